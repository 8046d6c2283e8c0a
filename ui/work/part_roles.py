"""What the bodies of a design file are to the application, as rows that an officer reads and changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shapely.geometry.base import BaseGeometry

from ...checks.engine.base import Context
from ...checks.engine.design_roles import roles_of
from ...checks.engine.open_points.answer_words import bare
from ...measure.building.footprint import projection
from ...model import PART_ROLES, Design, Part, Role, Site
from ...texts import sentence

ROLES = "roles"
"""The officer's answer: the role of parts and objects, by their name."""


@dataclass(frozen=True, eq=False)
class PartRow:
    """One object of the file, or the parts of one name: the key under which its role is answered, its role and why, how many parts it has,
    and its plan (RD)."""

    key: str
    name: str
    role: str
    why: str
    source: str
    parts: int
    outline: BaseGeometry


def part_rows(site: Site, design: Design, answers: Mapping[str, Any]) -> tuple[PartRow, ...]:
    """Return the rows of a design, the design itself first, then as ``PART_ROLES`` has them; parts of one object with other roles are apart."""
    grouped: dict[tuple[str, str], list[tuple[Part, Role]]] = {}
    for part, role in zip(design.parts, roles_of(Context(site, design, answers))):
        grouped.setdefault((part.object or part.name or part.fid, role.word), []).append((part, role))
    rows = [_row(name, word, members) for (name, word), members in grouped.items()]
    return tuple(sorted(rows, key=lambda row: (PART_ROLES.index(row.role), row.name)))


def _row(name: str, word: str, members: Sequence[tuple[Part, Role]]) -> PartRow:
    role = members[0][1]
    why = sentence(role.note.code, role.note.as_dict()) if role.note else ""
    return PartRow(name, name, word, why, role.source, len(members), projection([part for part, _ in members]))


def role_name(word: str) -> str:
    """Return a role in the language in use."""
    return sentence(f"part_role_word_{word}")


def counted(rows: Sequence[PartRow]) -> str:
    """Return how many objects there are of each role: "Ontwerp 1, omgeving 3"."""
    counts = Counter(row.role for row in rows)
    words = ", ".join(f"{role_name(word)} {counts[word]}" for word in PART_ROLES if counts[word])
    return words[:1].upper() + words[1:]


def with_role(answers: Mapping[str, Any], key: str, word: str, reason: str) -> dict[str, Any]:
    """Return the answer about roles with that of one object in it, beside what was said of others before."""
    told = bare(answers.get(ROLES))
    return {"value": {**(told if isinstance(told, Mapping) else {}), key: word}, "reason": reason}
