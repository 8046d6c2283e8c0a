"""What every check is, gets and gives."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, TypeVar, cast

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ...measure.building.design_geometry import DesignGeometry
from ...measure.building.footprint import polygons_only, projection, without_slivers
from ...measure.plan.governing_areas import Way, governing_areas, is_open, largest, open_choice, ticked
from ...measure.plan.peil import AT_A_PLACE, Peil, PeilCandidate, resolve_peil
from ...measure.plan.peil_apart import peil_of_one, read_alike
from ...measure.plan.separate_ground import of_these, on_other_ground
from ...measure.plane import overlay
from ...measure.surroundings.extruded import EXTRUDED
from ...measure.surroundings.suspicions import suspicions
from ...model import (
    Design,
    Deviation,
    Finding,
    InputUsed,
    LayerState,
    LegalSource,
    MeasuringProfile,
    Note,
    Part,
    PlanArea,
    PlanValue,
    Premise,
    Question,
    RegisteredBuilding,
    Rule,
    Site,
    Verdict,
)
from ..declared.declaration import Declared
from .open_points.file_place import AS_PUT, as_said, file_says
from .open_points.named_levels import WAYS, entrance_meant, level_in
from .open_points.points import Alternative, Kept, Ledger, OpenPoint
from .open_points.settling import Settling
from .open_points.unseen import Unseen, is_of, uncertain_ground

T = TypeVar("T")
BGT_OUTLINE_UNCERTAINTY_M = 0.20
"""Of BGT and BAG outlines (docs/measuring.md 0.2)."""
LOADED_M = 0.01
"""What reaches further than this past the loaded surroundings reaches past them: their centre is given to the centimetre."""
COVERS_ALL = ("parcels",)
"""Registers that have something at every place of the country: an empty answer of theirs is none."""


@dataclass(frozen=True, eq=False)
class Joined:
    """The existing ``buildings`` that a context's design stands together with, the design ``alone``, and whether one is ``bare``: of a
    building without a 3D model only the outline is known."""

    buildings: tuple[RegisteredBuilding, ...]
    alone: Design
    bare: bool


@dataclass(frozen=True, eq=False)
class Context(Settling):
    """Everything a check may look at for one design, in one reading; what is measured once is shared by all readings.

    ``plan_id``: only the objects of this plan govern (a rule that was derived from it); '' = of every governing plan. ``profiles``: how
    the texts of plans measure; ``peil_definition``: how the rule's plan or file defines peil (``measure.plan.peil.resolve_peil``).
    ``reading``: how open points are settled in this run; ``ledger`` keeps which were consulted; ``vocabulary``: the words that conditions
    of the rules know for an answer. ``joined``: the existing buildings that are measured with the design, None: the design by itself. ``place``: where (RD)
    the rule holds, None: everywhere; a check measures what is ``here``. ``existing``: the parts of the file that draw buildings which stand and
    stay, in this reading; ``others``: those of the design that the rule is not about.
    """

    site: Site
    design: Design
    answers: Mapping[str, Any] = field(default_factory=dict)
    plan_id: str = ""
    profiles: tuple[MeasuringProfile, ...] = ()
    peil_definition: Mapping[str, Any] | None = None
    reading: Mapping[str, Alternative] = field(default_factory=dict)
    ledger: Ledger = field(default_factory=Ledger)
    vocabulary: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    shared: dict[Any, Any] = field(default_factory=dict)
    joined: Joined | None = None
    place: BaseGeometry | None = None
    existing: tuple[Part, ...] = ()
    others: tuple[Part, ...] = ()

    @property
    def alone(self) -> Context:
        """This context with the design by itself."""
        return self if self.joined is None else replace(self, design=self.joined.alone, joined=None)

    def here(self, shape: BaseGeometry) -> BaseGeometry:
        """Return what of a shape (RD) lies where the rule holds."""
        return shape if self.place is None or shape.is_empty else without_slivers(polygons_only(overlay.intersection(shape, self.place)))

    def memo(self, key: Any, compute: Callable[[], T]) -> T:
        """Return what was measured under a key, measured now when it is the first time; the key names all that it depends on, save the points
        that it settles itself: these are kept with it, so that a reading that settles them otherwise measures anew, and every finding says them."""
        known: list[Kept] = self.shared.setdefault(key, [])
        found = next((one for one in known if one.holds(self.reading)), None)
        if found is None:
            found = self._measured_now(compute)
            known.append(found)
        elif found.ledger is not None:
            self.ledger.joins(found.ledger)
        return cast("T", found.value)

    def _measured_now(self, compute: Callable[[], Any]) -> Kept:
        own = Ledger()
        self.ledger.within.append(own)
        try:
            value = compute()
        finally:
            self.ledger.within.pop()
        return Kept(value, None if own.is_empty else own, self.reading)

    @property
    def geometry(self) -> DesignGeometry:
        """The design's measured geometry; sections start at the peil (the lowest that it may be), or at its lowest point while nothing is known."""
        zero = self.lowest_peil
        return self.memo(("geometry", id(self.design), zero), lambda: self._measured(zero))

    def _measured(self, nap_m: float | None) -> DesignGeometry:
        found = DesignGeometry(self.design, nap_m)
        found.projection = self.projection  # measured once
        return found

    @property
    def peil(self) -> Peil:
        """Which levels heights may be measured from: of the whole design, however few parts this context has; where its buildings stand apart on ground
        of different heights, of those that these parts are of."""
        whole: Design = self.shared.setdefault("whole", self.design)
        outline, apart = self._projected(whole.own), self.apart
        own = of_these(apart, self.projection, outline) if apart else outline
        key = (*self._peil_key, own.wkb if own is not outline else None)
        return self.memo(key, lambda: peil_of_one(entrance_meant(self, outline), self.site, own, outline, self.peil_definition, whole))

    @property
    def apart(self) -> tuple[BaseGeometry, ...]:
        """The buildings (RD) of the whole design that stand apart on ground of different heights; () where it is one, or all stand equally high."""
        whole: Design = self.shared.setdefault("whole", self.design)
        return self.memo(("on other ground", id(whole)), lambda: on_other_ground(self._projected(whole.own), self.site))

    @functools.cached_property
    def _peil_key(self) -> tuple[str, str]:
        return "peil", json.dumps(self.peil_definition, sort_keys=True, default=str)

    @property
    def level(self) -> PeilCandidate | None:
        """The level to measure heights from in this reading; None when nothing is known of it."""
        peil = self.peil
        if peil.chosen is not None:
            told = self.answers.get("peil") or {}
            source = "answer" if isinstance(told, Mapping) and told.get("nap_m") is not None else "plan_text" if self.plan_id else "file"
            note = Note.of("premise_peil", nap=peil.chosen.nap_m, method=peil.chosen.method)
            self.ledger.took(Premise("peil", source, note, peil_question().note, str(told.get("by") or "") if isinstance(told, Mapping) else ""))
            return peil.chosen
        if not peil.candidates:
            return None
        groups = AT_A_PLACE if peil.apart else ()
        ways = tuple(
            Alternative(one, one.answer, Note.of("choice_peil", nap=one.nap_m, method=one.method), one.method if one.method in groups else "")
            for one in peil.candidates
        )
        found = cast("PeilCandidate", self.settle(OpenPoint("peil", peil_question(), ways, endless=bool(peil.lacking) or len(peil.candidates) < 2)))
        wanted = self.reading.get("peil")
        return found if wanted is None else read_alike(peil.candidates, wanted.value, found)

    def named_level(self, word: str) -> float | None:
        """Return the level (m NAP) that a norm names itself (``named_levels.WAYS``), in this reading; None while nothing is known."""
        whole: Design = self.shared.setdefault("whole", self.design)
        outline, ways = self._projected(whole.own), {"branches": list(WAYS[word])}

        def read(told: float | None) -> Peil:
            given = {"peil": told, "entrance": entrance_meant(self, outline).get("entrance")}
            return self.memo(("named level", word, told), lambda: resolve_peil(given, self.site, outline, ways, whole))

        level = self.level
        return None if level is None else level_in(self, word, level, read)

    @property
    def lowest_peil(self) -> float | None:
        """The lowest level (m NAP) that peil may be, None while nothing is known of it."""
        levels = self.peil.levels
        return levels[0].nap_m if levels else None

    @property
    def measured_from(self) -> tuple[int, float | None]:
        """What a footprint and what lies under and over the ground depend on, for ``memo``: the design, and the lowest that peil may be."""
        return id(self.design), self.lowest_peil

    @property
    def projection(self) -> BaseGeometry:
        """Union of everything of the design projected (RD)."""
        return self._projected(self.design)

    def _projected(self, design: Design) -> BaseGeometry:
        return self.memo(("projection", id(design)), lambda: projection(design.parts))

    @property
    def doubts(self) -> Mapping[tuple[str, str], tuple[Note, ...]]:
        """Why objects of the site are suspicious, or stand in for what is missing, by layer and id."""
        return self.memo("doubts", self._doubts)

    def _doubts(self) -> Mapping[tuple[str, str], tuple[Note, ...]]:
        blocks = (model.fid for model in self.site.buildings3d if model.lod == EXTRUDED)
        found: dict[tuple[str, str], tuple[Note, ...]] = {("buildings3d", fid): (Note.of("context_block", fid=fid),) for fid in blocks}
        for item in suspicions(self.site):
            found[item.layer, item.fid] = (*found.get((item.layer, item.fid), ()), item.note)
        return found

    def governing(self, kind: str = "") -> tuple[PlanArea, ...]:
        """Return the plan areas of a kind ('' = all) that govern in this reading, of this context's plan; see ``measure.plan.governing_areas``.
        Whether one without a readable place lies at the design is open: then it lies on all of its ground."""
        way = self.governing_plans
        answers = self.answers if way is None else {"governing_plans": way.answer}
        areas = self.memo(("governing", kind, self.plan_id, way), lambda: governing_areas(self.site, answers, kind, self.plan_id))
        lost = self.memo(("unplaced", kind, self.plan_id, way, id(self.design)), lambda: self._unplaced(answers, kind)) if self.site.unplaced else ()
        here = tuple(area for area in lost if self.yes_no(f"lies_here:{area.fid}", _lies_here(area), plan_id=area.plan_id))
        return (*areas, *here) if here else areas

    def _unplaced(self, answers: Mapping[str, Any], kind: str = "") -> tuple[PlanArea, ...]:
        areas = governing_areas(replace(self.site, plans=self.site.unplaced), answers, kind, self.plan_id)
        return tuple(area for area in areas if area.geometry.intersects(self.projection))

    @property
    def ways_to_govern(self) -> tuple[Way, ...]:
        """The ways in which plans may govern here while it is open whether one works already, or which took another's place; () where that is settled."""
        return () if ticked(self.answers) is not None else self.memo("ways to govern", self._open_choice)

    def _open_choice(self) -> tuple[Way, ...]:
        if not is_open(self.site):  # then nobody asks where the design stands
            return ()
        whole: Design = self.shared.setdefault("whole", self.design)
        return open_choice(self.site, self._projected(whole.own))

    @property
    def governing_plans(self) -> Way | None:
        """How plans govern in this reading, None while the answer or the proposal says it for every reading."""
        ways = self.ways_to_govern
        if not ways:
            return None
        names = {plan.id: plan.name or plan.id for plan in self.site.plan_documents}
        choices = tuple(Alternative(way, way.answer, Note.of("choice_plans", plans=", ".join(names.get(one, one) for one in way.here))) for way in ways)
        question = Question("governing_plans", Note.of("checks_question_governing"))
        return cast("Way", self.settle(OpenPoint("governing_plans", question, choices)))

    def may_govern(self) -> tuple[PlanArea, ...]:
        """Return the plan areas that govern in any of the ways in which plans may govern here, each once."""
        return largest(self._in_any_way(lambda answers: governing_areas(self.site, answers)))

    def may_lie_here(self) -> tuple[PlanArea, ...]:
        """Return the objects without a readable place of plans that govern, or may, whose ground the design stands on."""
        return largest(self._in_any_way(self._unplaced)) if self.site.unplaced else ()

    def _in_any_way(self, areas: Callable[[Mapping[str, Any]], tuple[PlanArea, ...]]) -> list[tuple[PlanArea, ...]]:
        given = tuple({"governing_plans": way.answer} for way in self.ways_to_govern)
        return [areas(answers) for answers in given or (self.answers,)]

    def speaks(self, plan_id: str) -> bool:
        """Whether a plan governs in this reading, and says something here."""
        way = self.governing_plans if plan_id else None
        return way is None or plan_id in way.here

    def profile(self, plan_id: str) -> MeasuringProfile | None:
        """Return the measuring profile of a plan, None while its text was not read."""
        return next((profile for profile in self.profiles if profile.plan_id == plan_id), None)

    def limited(self, plan_id: str, definition: Mapping[str, Any] | None) -> Context:
        """Return this context for one plan and its definition of peil."""
        return self if plan_id == self.plan_id and definition == self.peil_definition else replace(self, plan_id=plan_id, peil_definition=definition)

    def with_parts(self, parts: tuple[Part, ...]) -> Context:
        """Return this context for some parts of the design; peil stays that of the whole."""
        if parts == self.design.parts:
            return self
        self.shared.setdefault("whole", self.design)
        # one object of one selection, so that all readings share what is measured of it
        chosen = self.memo(("design", tuple(map(id, parts))), lambda: replace(self.design, parts=parts))
        return replace(self, design=chosen)

    def where_the_file_says(self) -> Context:
        """Return this context with the design where its file says, in this reading, that it stands, and as large; what is measured there is kept apart."""
        says = file_says(self, self.design)
        if says == AS_PUT:
            return self
        shared: dict[Any, Any] = self.memo(("measured at", says), lambda: {"moved": as_said(self.design, says)})
        return replace(self, design=shared["moved"], shared=shared)

    def looks(
        self, layer: str, could: str, area: BaseGeometry | None = None, names: tuple[str, ...] = (), most: float | None = None, around_m: float = 0.0,
        kinds: tuple[str, ...] = (),
    ) -> bool:
        """Look at a layer of the site (its collections ``kinds``, () = all), in an ``area`` (RD; None: at the design alone) and so far around it: what
        is not known there is kept in the ledger and makes no verdict firm that it could turn (``open_points.unseen``). Return whether all is known."""
        note = self.not_known(layer, area, around_m, kinds)
        if note is not None:
            self.ledger.missed(Unseen(note, could, names, most))
        return note is None

    def knows(self, layer: str, area: BaseGeometry | None = None, around_m: float = 0.0, kinds: tuple[str, ...] = ()) -> bool:
        """Whether a layer of the site answered, for an ``area`` (RD) and so far around it where one is given; one that is empty did: nothing is there."""
        return self.not_known(layer, area, around_m, kinds) is None

    def not_known(self, layer: str, area: BaseGeometry | None = None, around_m: float = 0.0, kinds: tuple[str, ...] = ()) -> Note | None:
        """Return why a layer of the site is not known, in an ``area`` (RD) and ``around_m`` m around it where one is given; None where it is."""
        state = self.site.state(layer)
        if state in (LayerState.FAILED, LayerState.NOT_ASKED) or (state is LayerState.EMPTY and layer in COVERS_ALL):
            return Note.of(f"checks_layer_{state.value}", layer=layer)
        if area is None or area.is_empty:
            return None
        uncertain = self.memo(("uncertain", layer), lambda: uncertain_ground(self.site, layer))
        doubted = next((note for note, place in uncertain if place.distance(area) <= around_m and is_of(note, kinds)), None)
        if doubted is not None:
            return doubted
        away = float(np.hypot(*(shapely.get_coordinates(area) - self.site.centre).T).max()) + around_m - self.site.radius_m
        return Note.of("checks_beyond_loaded", layer=layer, radius=self.site.radius_m, beyond=round(away, 2)) if away > LOADED_M else None

    def read_as(self, reading: Mapping[str, Alternative], ledger: Ledger) -> Context:
        """Return this context for one reading, with the ledger of its run."""
        return replace(self, reading=reading, ledger=ledger)


class Check(Declared, Protocol):
    """One rule, with what it declares of itself."""

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return the findings of this rule for the design in the context; at least one."""


def _lies_here(area: PlanArea) -> Note:
    values = "; ".join(value.raw for value in area.values)
    return Note.of("checks_question_lies_here", kind=area.kind, name=values or area.name, fid=area.fid, plan=area.plan_name or area.plan_id)


def finding(rule: Rule, context: Context, subject: Note, verdict: Verdict, **parts: Any) -> Finding:
    """Return a finding of ``rule`` for the design in the context; legal sources and deviation powers come from the rule.

    An input that does not fit the other sources shows in the notes.
    """
    parts.setdefault("legal", rule.legal)
    doubts = [note for item in parts.get("inputs", ()) for note in context.doubts.get((item.layer, item.fid), ())]
    if doubts:
        parts["notes"] = tuple(dict.fromkeys((*parts.get("notes", ()), *doubts)))
    if verdict in (Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT):
        parts.setdefault("deviations", deviations(rule))
    return Finding(rule.id, rule.check, subject, context.design.name, verdict, **parts)


def not_assessable(rule: Rule, context: Context, subject: Note, *missing: Note, **parts: Any) -> Finding:
    """Return the finding that says what is missing."""
    return finding(rule, context, subject, Verdict.NOT_ASSESSABLE, missing=missing, **parts)


def missing_layers(check: Check, context: Context) -> tuple[Note, ...]:
    """Return a note for each needed layer that failed, was empty or was not asked."""
    notes = []
    for layer in check.needs:
        state = context.site.state(layer)
        if state is not LayerState.LOADED:
            notes.append(Note.of(f"checks_layer_{state.value}", layer=layer))
    return tuple(notes)


def deviations(rule: Rule) -> tuple[Deviation, ...]:
    """Return the powers to deviate that the rule's exceptions name; shown, never applied."""
    found = []
    for exception in rule.exceptions:
        if "effect" not in exception:
            continue
        legal = exception.get("legal")
        sources = (LegalSource(**{"instrument": "", **legal}),) if legal else ()
        found.append(Deviation(str(exception["id"]), Note.of("checks_deviation", effect=str(exception["effect"])), sources))
    return tuple(found)


MEANT = ("maximum", "minimum", "precies")
"""What a value of the map may be that says neither maximum nor minimum: words of the answer ``qualifier.<name>``."""
LEAST = ("afstand",)
"""Of these the map normally shows a minimum."""


def value_of(area: PlanArea, name: str, qualifier: str, context: Context) -> PlanValue | None:
    """Return the plan value of a name and qualifier (maximum | minimum), or None."""
    return next(iter(values_of(area, name, qualifier, context)), None)


def values_of(area: PlanArea, name: str, qualifier: str, context: Context) -> tuple[PlanValue, ...]:
    """Return every plan value of a name and qualifier: one object may state two, and neither of them is lost. What a number without a word is,
    is an open point."""
    own = [value for value in area.values if value.name == name and value.qualifier in (qualifier, "", None)]
    silent = next((value for value in own if not value.qualifier and value.value is not None), None)
    if silent is None:
        return tuple(own)
    words = (MEANT[1], MEANT[0], MEANT[2]) if name in LEAST else MEANT
    here = area.geometry.intersects(context.projection)
    meant = context.word(f"qualifier.{name}", Note.of("checks_question_qualifier", name=name, raw=silent.raw), words) if here else words[0]
    return tuple(value for value in own if value.qualifier or value.value is None or meant in (qualifier, MEANT[2]))


def inputs_of(layer: str, *objects: Any) -> tuple[InputUsed, ...]:
    """Return the inputs used of one layer, in order of id."""
    return tuple(InputUsed(layer, item.fid, getattr(item, "date", "")) for item in sorted(objects, key=lambda o: o.fid))


def peil_question() -> Question:
    """The question that an unresolved peil leaves."""
    return Question("peil", Note.of("checks_question_peil"))
