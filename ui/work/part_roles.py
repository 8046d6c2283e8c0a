"""What the bodies of a design file are to the application, as rows that an officer reads, confirms and changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from shapely.geometry.base import BaseGeometry

from ...checks.engine.base import Context
from ...checks.engine.design_roles import roles_of
from ...checks.engine.open_points.answer_history import Given
from ...checks.engine.open_points.answer_words import ROLES, roles_told, told_of
from ...measure.building.footprint import projection
from ...model import PART_ROLES, Design, Part, Role, Site
from ...report.basis import wording
from ...report.basis.said import by_whom
from ...texts import sentence

DESIGN, UNKNOWN, MIXED = "design", "unknown", ""
"""Of ``PART_ROLES``, and the role of an object whose parts have several."""
Member = tuple[Part, Role]


@dataclass(frozen=True, eq=False)
class PartRow:
    """One object of the file, or the parts of one name: ``keys``, the names under which its role is answered; its ``role`` (``MIXED``: its parts
    differ) and why; ``source`` of the role (answer | case | file | shape); its ``members``, the parts, and rows of its parts."""

    keys: tuple[str, ...]
    name: str
    role: str
    why: str
    source: str
    members: tuple[Part, ...]
    below: tuple[PartRow, ...] = ()

    @property
    def parts(self) -> int:
        """How many parts it has."""
        return len(self.members)

    @cached_property
    def outline(self) -> BaseGeometry:
        """Its plan (RD), projected when it is first drawn: the rows are made anew at every answer, and most are never drawn."""
        return projection(self.members)

    @property
    def settled(self) -> bool:
        """Whether somebody said what it is."""
        return all(row.settled for row in self.below) if self.below else self.source in ("answer", "case")


def part_rows(design: Design, roles: Sequence[Role], answers: Mapping[str, Any]) -> tuple[PartRow, ...]:
    """Return the rows of a design by the roles of its parts, the design itself first, then as ``PART_ROLES`` has them; of an object whose parts
    have names of their own or other roles, these stand below it."""
    grouped: dict[str, list[Member]] = {}
    for part, role in zip(design.parts, roles):
        grouped.setdefault(part.called, []).append((part, role))
    rows = [_object_row(name, own, design, roles_told(answers)) for name, own in grouped.items()]
    return tuple(sorted(rows, key=lambda row: (PART_ROLES.index(row.role) if row.role else 0, row.name)))


def roles_at(site: Site, design: Design, answers: Mapping[str, Any]) -> tuple[Role, ...]:
    """Return what each part of a design is to the application, where it stands and by what was said."""
    return roles_of(Context(site, design, answers))


def _object_row(name: str, members: Sequence[Member], design: Design, told: Mapping[str, Any]) -> PartRow:
    groups: dict[tuple[str, str], list[Member]] = {}
    for part, role in members:
        groups.setdefault((part.name or part.fid, role.word), []).append((part, role))
    below: tuple[PartRow, ...] = ()
    if len(groups) > 1:
        below = tuple(_row(own_name, own, _keys(own, own_name, design), told) for (own_name, _), own in groups.items())
    own_words = [word for part, _ in members for word in (part.fid, part.name) if word in told]
    row = _row(name, members, tuple(dict.fromkeys((name, *own_words))), told)
    roles = {role.word for _, role in members}
    return replace(row, below=below) if len(roles) == 1 else replace(row, role=MIXED, why="", below=below)


def _keys(members: Sequence[Member], name: str, design: Design) -> tuple[str, ...]:
    """Return under what the role of some parts is answered: their name where it means no others, else their ids."""
    own = {part.fid for part, _ in members}
    meant = {part.fid for part in design.parts if name in (part.fid, part.name, part.object)}
    return (name,) if meant == own else tuple(sorted(own))


def _row(name: str, members: Sequence[Member], keys: tuple[str, ...], told: Mapping[str, Any]) -> PartRow:
    part, role = members[0]
    said = told_of(part, told) if role.source == "answer" else None
    why = sentence(role.note.code, role.note.as_dict()) if role.note else ""
    if isinstance(said, Mapping):
        why = by_whom(Given((ROLES,), said)) + (f": {said['reason']}" if said.get("reason") else "")
    return PartRow(keys, name, role.word, why, role.source, tuple(one for one, _ in members))


def role_name(word: str) -> str:
    """Return a role in the language in use."""
    return wording.role_word(word or "mixed")


def counted(rows: Sequence[PartRow]) -> str:
    """Return how many objects there are of each role, an object of which the parts differ once for each: "Ontwerp 1, omgeving 3"."""
    counts = Counter(word for row in rows for word in ({one.role for one in row.below} if row.role == MIXED else {row.role}))
    words = ", ".join(f"{role_name(word)} {counts[word]}" for word in PART_ROLES if counts[word])
    return words[:1].upper() + words[1:]


def roles_given(answers: Mapping[str, Any], said: Sequence[tuple[tuple[str, ...], str]], reason: str, by: str, at: str) -> dict[str, Any]:
    """Return answers with roles of parts or objects (by their names), each with its own reason, author and date (ISO), beside what was said of
    others."""
    beside = {"reason": reason, "by": by, "at": at}
    return {**answers, ROLES: {**roles_told(answers), **{key: {"value": word, **beside} for keys, word in said for key in keys}}}


def of_designs(answers: Mapping[str, Any], designs: Sequence[Design], changed: Collection[str]) -> dict[str, Any]:
    """Return the answers that still speak of something: without roles of parts that no design has, and without what was confirmed of the place of
    designs (by name) that are ``changed``."""
    names = {name for design in designs for part in design.parts for name in (part.fid, part.name, part.object)}
    told = {key: value for key, value in roles_told(answers).items() if key in names}
    places = {name: items for name, items in (answers.get("placement") or {}).items() if name not in changed}
    rest = {key: value for key, value in answers.items() if key not in (ROLES, "placement")}
    return {**rest, **({ROLES: told} if told else {}), **({"placement": places} if places else {})}
