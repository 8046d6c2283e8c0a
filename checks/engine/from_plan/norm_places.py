"""Where a clause of a plan's text holds: on the ground of the bestemming of its article, at an aanduiding that it names, or in the whole plan."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ....model import MeasuringProfile, PlanArea
from ....model.plan_words import USE, Clause

GROUNDS = ("enkelbestemming", "dubbelbestemming", "gebiedsaanduiding", "gebiedsaanwijzing")
"""Objects of a map that have an article of their own."""
VALUED = ("maatvoering", "omgevingsnorm", "omgevingswaarde")
NUMBER = re.compile(r"\d+[a-z]?", re.IGNORECASE)
NAMED = re.compile(r"['\"‘“](?P<name>[^'\"’”]{2,90})['\"’”]")
ON_MAP = re.compile(r"aangegeven|aangeduid|aanduiding|verbeelding|plankaart|op de kaart")
BEFORE, BEHIND = "voor voorgevelrooilijn", "achter voorgevelrooilijn"
INSIDE, OUTSIDE = "binnen bouwvlak", "buiten bouwvlak"
Condition = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Ground:
    """Where an article holds: ``here`` under the design at all, on what ``condition``; ``asked``: the map does not say."""

    here: bool
    condition: Condition
    asked: bool = False


@dataclass(frozen=True, eq=False)
class Places:
    """The objects of one plan: ``every`` in its data, ``own`` those at the design; ``allotting``: the articles that give ground a bestemming."""

    every: tuple[PlanArea, ...]
    own: tuple[PlanArea, ...]
    allotting: frozenset[str]
    titles: Mapping[str, str]

    @functools.cached_property
    def _here(self) -> frozenset[str]:
        return frozenset(area.fid for area in self.own)

    @functools.cached_property
    def _by_name(self) -> Mapping[str, Sequence[PlanArea]]:
        """The objects of the plan by their plain name."""
        return _grouped(self.every, lambda area: plain(area.name))

    @functools.cached_property
    def _by_article(self) -> Mapping[str, Sequence[PlanArea]]:
        """The objects that have an article of their own, by its number."""
        return _grouped((area for area in self.every if area.kind in GROUNDS), lambda area: root_of(area.article))

    def of(self, clause: Clause) -> Ground:
        """Return where the article of a clause holds."""
        root = root_of(clause.article)
        areas = self._of_article(root, clause.title)
        if areas:
            here = [area for area in areas if area.fid in self._here]
            return Ground(bool(here), at([(area.kind, area.name) for area in here]) if here else {})
        if root not in self.allotting:
            return Ground(True, {})
        known = all(self._is_told(area) for area in self.own if area.kind == "enkelbestemming")
        return Ground(not known, {}, not known)

    def _of_article(self, root: str, title: str) -> list[PlanArea]:
        named = [area for area in self._by_name.get(plain(title), ()) if area.kind in GROUNDS] if title else []
        return named or [area for area in self._by_article.get(root, ()) if root and _alike(area.name, title)]

    def _is_told(self, area: PlanArea) -> bool:
        """Whether the text has an article of a bestemming: by its number or by its name."""
        return root_of(area.article) in self.allotting or plain(area.name) in {plain(title) for title in self.titles.values()}

    def named(self, text: str) -> Condition | None:
        """Return where the objects of the map lie that a text names in quotes; None where it names none, or none that the plan has."""
        names = {plain(found["name"]) for found in NAMED.finditer(text)}
        found = [(area.kind, area.name) for name in sorted(names) for area in self._by_name.get(name, ()) if name]
        return at(found) if found and len({plain(name) for _, name in found}) == len(names) else None

    def has_here(self, text: str) -> bool | None:
        """Whether an object that a text names in quotes lies at the design; None where the plan has none of that name."""
        known = [area for found in NAMED.finditer(text) for area in self._by_name.get(plain(found["name"]), ())]
        return any(area.fid in self._here for area in known) if known else None

    def valued(self, quantity: str) -> Condition:
        """Return where the map gives a size of its own; {} where it does nowhere in the plan."""
        kinds = {value.raw.split("=")[0] for area in self.every if area.kind in VALUED for value in area.values if value.quantity == quantity}
        return {"location": {"layer": "maatvoering", "where": {"waardeType": sorted(kinds)}}} if kinds else {}


def places_of(profile: MeasuringProfile, every: Sequence[PlanArea], own: Sequence[PlanArea]) -> Places:
    """Return the places of a plan whose text was read."""
    clauses = [norm.clause for norm in profile.norms]
    allotting = frozenset(root_of(one.article) for one in clauses if one.quantity == USE)
    return Places(tuple(every), tuple(own), allotting, {root_of(one.article): one.title for one in clauses if one.title})


def at(found: Iterable[tuple[str, str]]) -> Condition:
    """Return the condition that the design stands in objects of the map (kind, name)."""
    kinds: dict[str, list[str]] = {}
    for kind, name in dict.fromkeys(found):
        kinds.setdefault(kind, []).append(name)
    ways = [{"location": {"layer": kind, "where": {"naam": names}}} for kind, names in kinds.items()]
    return ways[0] if len(ways) == 1 else {"any": ways}


def _grouped(areas: Iterable[PlanArea], key: Callable[[PlanArea], str]) -> dict[str, list[PlanArea]]:
    groups: dict[str, list[PlanArea]] = {}
    for area in areas:
        groups.setdefault(key(area), []).append(area)
    return groups


def root_of(article: str) -> str:
    """Return the number of the article of a member: "5.2.1 b" is of article 5."""
    found = NUMBER.search(article)
    return found.group().lower() if found else ""


def _alike(name: str, title: str) -> bool:
    """Whether the name of an object of the map and the title of the article with its number may be one; another title is another article."""
    one, other = plain(name), plain(title)
    return not other or one in other or other in one


def plain(name: str) -> str:
    """Return a name as names are compared: without case, quotes, odd spaces and dashes."""
    return " ".join(re.sub(r"['\"‘’“”]", "", re.sub(r"\s*[-–—]\s*", "-", name.lower())).split())
