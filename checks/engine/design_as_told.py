"""A design with the role of each part as the likeliest reading has it, for what shows it: maps, the gate, the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...model import Design, Part, Role
from .base import Context
from .design_roles import roles_of


def as_told(context: Context) -> Design:
    """Return the design of a context with the roles of the likeliest reading: what is shown, framed and placed is then what is judged.

    What judges reads the file's own words, not these.
    """
    return with_roles(context.design, roles_of(context))


def with_roles(design: Design, roles: Sequence[Role]) -> Design:
    """Return a design with a role for each of its parts; what was measured of a part is kept, since its shape is the same."""
    parts = tuple(_with_role(part, role) for part, role in zip(design.parts, roles))
    return design if all(new is old for new, old in zip(parts, design.parts)) else replace(design, parts=parts)


def _with_role(part: Part, role: Role) -> Part:
    if (part.role.word, part.role.source) == (role.word, role.source):
        return part
    told = replace(part, role=role)
    told.kept.update(part.kept)
    return told
