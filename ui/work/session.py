"""The state behind the dock: what is loaded, asked and found; no widgets."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from shapely.geometry.base import BaseGeometry

from ...checks.engine.design_as_told import with_roles
from ...checks.engine.from_plan.norm_decisions import NORMS
from ...checks.engine.open_points.answer_history import kept
from ...checks.engine.rulebook.switched import switched
from ...data_sources.case import PLAN
from ...data_sources.design.placement import replaced
from ...data_sources.design.variants import laid, with_made
from ...job import load_profiles, rulesets_for
from ...measure.building.footprint import projection
from ...measure.surroundings.placement_gate import placement_gate
from ...model import (
    Case,
    Design,
    DesignRequest,
    GateItem,
    MeasuringProfile,
    Placement,
    PlanTextRequest,
    Review,
    Role,
    Ruleset,
    Site,
    SiteRequest,
)
from ...model.plan_cover import CoverLine
from ..map.place_tools import model_outline, placed_outline
from .kept import Kept
from .part_roles import PartRow, of_designs, part_rows, roles_at
from .proposals import PeilProposal, peil_proposals
from .saying import Saying, today
from .scenarios import remade

DESIGN, RULES, PROFILE = "design", "rules", "profile"
FIRST = "A"
"""The name of a first design."""


@dataclass(frozen=True)
class Problem:
    """A design file that was not read: its name, and why in a sentence; what was read before stays."""

    file: str
    why: str


class Session(Saying):
    """One case at work. ``changed`` is emitted after every change; loaded things that a change makes stale are dropped. ``early``: files that were
    chosen before there was a place, by what they are (DESIGN, RULES, PROFILE): used once the surroundings are there."""

    def __init__(self) -> None:
        super().__init__()
        self.case: Case | None = None
        self.number = self.title = ""
        self.site: Site | None = None
        self.designs: tuple[Design, ...] = ()
        self.rulesets: tuple[Ruleset, ...] = ()
        self.review: Review | None = None
        self.variant = ""
        self.gate: tuple[GateItem, ...] = ()
        self.problem: Problem | None = None
        self.early: dict[str, str] = {}
        self._places: dict[str, Placement] = {}
        self.former_places: dict[str, list[Placement]] = {}
        self._outlines: dict[str, tuple[tuple[str, ...], BaseGeometry, Design, Mapping[str, Any]]] = {}
        self._roles: dict[str, Kept[tuple[Role, ...]]] = {}
        self._derived = Kept(self._with_plan_rules)
        self._rows = Kept(part_rows)
        self._levels = Kept(self._peil_levels)
        self._folder: Path | None = None

    @property
    def folder(self) -> Path:
        """Folder of this session's layers; it goes when the session is closed."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="drieluik-run-"))
            atexit.register(shutil.rmtree, self._folder, ignore_errors=True)
        return self._folder

    def fresh_folder(self) -> Path:
        """Return a new empty folder for a run, so that layers in use are never overwritten."""
        return Path(tempfile.mkdtemp(dir=self.folder))

    def close(self) -> None:
        """Forget everything. What a task that was just cancelled still writes goes when QGIS ends."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def begin(self, number: str, title: str) -> None:
        """Start a case that has a number and a title and nothing else yet."""
        self.number, self.title = number, title
        self._start(None)

    def set_case(self, case: Case) -> None:
        """Start a case."""
        self.number, self.title, self.early = case.id, case.title, {}
        self._start(case)

    def _start(self, case: Case | None) -> None:
        self.case, self.site, self.designs, self.rulesets, self.review = case, None, (), (), None
        self.gate, self.problem, self._places = (), None, {}
        self.former_places = {}
        self.variant = case.designs[0].name if case is not None and case.designs else ""
        self.changed.emit()

    def rename(self, number: str, title: str) -> None:
        """Give the case another number or title."""
        self.number, self.title = number, title
        if self.case is not None:
            self.take_kept(replace(self.case, id=number, title=title))
        self.changed.emit()

    def take_kept(self, case: Case) -> None:
        """Take the same case under the names that it, or its files, are kept by; what was judged is as it was."""
        self.case = case
        if self.review is not None:
            self.review = replace(self.review, case=case)

    def set_place(self, x: float, y: float, address: str = "") -> None:
        """Move the case's centre (RD), keeping its sources; without a case one begins here, with every layer from its service."""
        if self.case is None:
            self.title = self.title or address
            self.case = Case(self.number, self.title, SiteRequest((x, y), address=address), (), folder=str(self.folder))
        else:
            self.case = replace(self.case, site=replace(self.case.site, centre=(x, y), address=address))
        self.site = self.review = None
        self.changed.emit()

    def with_source(self, key: str, files: tuple[str, ...] | None) -> Case | None:
        """Return the case with another source for one layer (files; none of them: left out; None: its service); nothing changes."""
        if self.case is None:
            return None
        others = {name: paths for name, paths in self.case.site.sources.items() if name != key}
        sources = others if files is None else {**others, key: files}
        return replace(self.case, site=replace(self.case.site, sources=sources))

    def set_radius(self, radius_m: float) -> None:
        """Ask for surroundings of another size."""
        if self.case is not None:
            self.case = replace(self.case, site=replace(self.case.site, radius_m=radius_m))

    def with_design_file(self, path: str) -> tuple[DesignRequest, ...]:
        """Return what would be asked with another file for the variant shown, at the place that the officer gave it before; nothing changes."""
        name = self.variant or FIRST
        request = DesignRequest((path,), name, self._places.get(path))
        known = self.case.designs if self.case is not None else ()
        return tuple(request if r.name == name else r for r in known) if known else (request,)

    def with_reading(self, unit: str, up_axis: str) -> tuple[DesignRequest, ...]:
        """Return what would be asked with the variant shown read in another unit or with another axis up; nothing changes."""
        known = self.case.designs if self.case is not None else ()
        return tuple(replace(r, unit=unit, up_axis=up_axis) if r.name == self.variant and r.files else r for r in known)

    def read_before(self, requests: tuple[DesignRequest, ...]) -> dict[str, Design]:
        """Return the designs, by name, that are read already as they are asked."""
        known = self.case.designs if self.case is not None else ()
        return {design.name: design for design in self.designs if any(r.name == design.name and r in known for r in requests)}

    def take_designs(self, requests: tuple[DesignRequest, ...], site: Site, designs: tuple[Design, ...]) -> None:
        """Take the designs that were read. What was confirmed of the place of a file that another came for, and said of parts that are in none
        of the files, holds no longer; it is kept among what was."""
        if self.case is None:
            return
        gone = {request.name for request in self.case.designs} - {r.name for r in requests if r in self.case.designs}
        self.case, self.problem = replace(self.case, designs=requests), None
        for name in gone:
            self.former_places.pop(name, None)
        if gone:
            answers = kept(self.case.answers, of_designs(self.case.answers, designs, gone), self.officer, today())
            self.case = replace(self.case, answers=answers)
        self.take(site, designs, None)

    def take_problem(self, file: str, why: str, site: Site | None) -> None:
        """Take that a design was not read, and why; what was read before stays, with the surroundings where these were loaded."""
        self.problem = Problem(file, why)
        if site is not None and self.site is None:
            self.site = site
        self.changed.emit()

    @property
    def design(self) -> Design | None:
        """The design of the variant shown, None while nothing is read."""
        return next((design for design in self.designs if design.name == self.variant), None)

    def outline(self, name: str) -> BaseGeometry:
        """Return the outline of what is the design of a file, in model metres; projected once for the same parts."""
        return self._outline_of(next(design for design in self.designs if design.name == name))

    def _outline_of(self, whole: Design, anew: bool = False) -> BaseGeometry:
        answers, known = self.case.answers if self.case is not None else {}, None if anew else self._outlines.get(whole.name)
        if known is not None and known[2] is whole and known[3] is answers:
            return known[1]
        design = self.as_told(whole).own
        names = tuple(part.fid for part in design.parts)
        shape = known[1] if known is not None and known[0] == names else model_outline(projection(design.parts), design.placement)
        self._outlines[whole.name] = (names, shape, whole, answers)
        return shape

    @property
    def looked_at(self) -> tuple[Design, ...]:
        """The designs that are looked at now: those of files, and the variant shown; of twenty variants nobody looks at all."""
        files = {request.name for request in self.case.designs if request.files} if self.case is not None else set()
        return tuple(design for design in self.designs if design.name in files or design.name == self.variant)

    def as_told(self, design: Design) -> Design:
        """Return a design with the role of each part by what file, shape, place and officer say."""
        if self.site is None or self.case is None or not design.parts:
            return design
        return with_roles(design, self._roles_of(design))

    def _roles_of(self, design: Design) -> tuple[Role, ...]:
        answers = self.case.answers if self.case is not None else {}
        return self._roles.setdefault(design.name, Kept(roles_at)).of(self.site, design, answers)

    def peil_proposals(self) -> tuple[PeilProposal, ...]:
        """Return the levels that peil may be by road and ground at the variant shown; none once it is fixed."""
        design = self.design
        if self.case is None or self.site is None or design is None or (self.case.answers.get("peil") or {}).get("nap_m") is not None:
            return ()
        return self._levels.of(self.case.answers, self.site, design)

    def _peil_levels(self, answers: Mapping[str, Any], site: Site, design: Design) -> tuple[PeilProposal, ...]:
        return peil_proposals(answers, site, placed_outline(self.outline(design.name), design.placement))

    def plan_names(self) -> dict[str, str]:
        """Return the names of the plans here by their ids."""
        return {plan.id: plan.name for plan in self.site.plan_documents if plan.name} if self.site is not None else {}

    def place_design(self, name: str, placement: Placement) -> None:
        """Give a design another place; it is not read again."""
        if self.case is None:
            return
        self.former_places.setdefault(name, []).extend(design.placement for design in self.designs if design.name == name)
        self._lay(self.case, name, placement)

    def place_back(self, name: str) -> None:
        """Lay a design where it was before it was last moved."""
        former = self.former_places.get(name)
        if former and self.case is not None:
            self._lay(self.case, name, former.pop())

    def _lay(self, case: Case, name: str, placement: Placement) -> None:
        for design in self.looked_at:
            self.outline(design.name)
        now, self._places = {d.name: d for d in self.designs}, {**self._places, **{file: placement for r in case.designs if r.name == name for file in r.files}}
        said = placement if placement.method == "case" else None  # back where the file itself lies: nobody placed it
        source = {r.name: now.get(r.variation.of) for r in case.designs if r.variation is not None}
        requests = tuple(
            r if r.name != name else replace(r, placement=said) if r.files else laid(r, now[name], source.get(name), placement) for r in case.designs
        )
        there = {**now, name: replaced(now[name], placement)}
        self.designs = with_made(requests, there, {r.name: (r, now[r.name]) for r in case.designs})
        for design in self.designs:
            if design.name != name and design is not now[design.name]:
                self._outlines.pop(design.name, None)  # it follows, and what is mirrored is another shape in its own frame
        self.case, self.review = replace(case, designs=requests), None
        self.judge_place()
        self.changed.emit()

    def made(self, requests: tuple[DesignRequest, ...]) -> tuple[Design, ...]:
        """Return the designs of requests that are made of those that were read; what shows a new one is worked out with it, so that this may run in
        the background. Raises ``DesignError`` for what cannot be made."""
        found = remade(self.case, self.designs, requests) if self.case is not None else ()
        fresh = [design for design in found if all(design is not known for known in self.designs)]
        for design in fresh:
            self._outlines.pop(design.name, None)  # of the same parts, and another shape
        if len(fresh) == 1:
            self._outline_of(fresh[0], anew=True)
        return found

    def take_made(self, requests: tuple[DesignRequest, ...], shown: str = "", made: tuple[Design, ...] | None = None) -> None:
        """Take other designs that are made of those that were read (``made`` already, or here), and show one of them."""
        if self.case is None:
            return
        self.designs = self.made(requests) if made is None else made
        self.case, self.review = replace(self.case, designs=requests), None
        self.variant = shown or self.variant
        self.judge_place()
        self.changed.emit()

    def restore(
        self, answers: Mapping[str, Any], places: Sequence[tuple[str, Placement | None, Placement | None]], designs: Sequence[DesignRequest]
    ) -> None:
        """Go to other answers and places (per design the one that is said, and the one where it lies) and to other ``designs`` that are made here;
        of one of a file these say its name alone."""
        if self.case is None:
            return
        said = {name: placement for name, placement, _ in places}
        lies = {name: placement for name, _, placement in places if placement is not None}
        files = {request.name: replace(request, placement=said.get(request.name)) for request in self.case.designs if request.files}
        there = {d.name: replaced(d, lies[d.name]) if d.name in lies and lies[d.name] != d.placement else d for d in self.designs}
        self.designs = tuple(there[d.name] if d.name in files else d for d in self.designs)
        self.case, self.former_places = replace(self.case, answers=answers), {}
        names = [request.name for request in designs]
        self.take_made(tuple(files.get(request.name, request) for request in designs), self.variant if self.variant in names else names[0] if names else "")

    def confirm(self, item: str, reason: str) -> None:
        """Take the officer's reason why an item of the gate is right."""
        if self.case is None:
            return
        whole = {key: dict(value) for key, value in (self.case.answers.get("placement") or {}).items()}
        whole.setdefault(self.variant, {})[item] = {"reason": reason, "by": self.officer, "at": today()}
        self.answer("placement", whole)

    def judge_place(self) -> None:
        """Judge the place of the designs anew, by what was said."""
        if self.case is None or self.site is None:
            self.gate = ()
            return
        outlines = {d.name: placed_outline(self.outline(d.name), d.placement) for d in self.looked_at}
        self.gate = tuple(
            item for d in self.looked_at for item in placement_gate(self.as_told(d), self.site, self.case.answers, outlines[d.name])
        )

    def set_rulesets(self, rulesets: tuple[Ruleset, ...]) -> None:
        """Take the rules that were read."""
        self.rulesets = rulesets
        self.changed.emit()

    def part_rows(self) -> tuple[PartRow, ...]:
        """Return what the parts of the design that is shown are to the application; none before surroundings and design are there."""
        if self.case is None or self.site is None or self.design is None or not self.design.parts:
            return ()
        return self._rows.of(self.design, self._roles_of(self.design), self.case.answers)

    @property
    def unconfirmed(self) -> bool:
        """Whether something of the place of a design is still to be confirmed: nothing is judged before. A variant that was made here stands where the
        officer laid it: what is out of the ordinary there is shown and reported, and keeps no other design from being judged."""
        made = {request.name for request in self.case.designs if not request.files} if self.case is not None else set()
        return any(item.state == "attention" and item.design not in made for item in self.gate)

    def text_of(self, line: CoverLine) -> str:
        """Return where the text of a part of the plan is found: that of its object, else of its plan, '' where no source says so."""
        if self.site is None:
            return ""
        own = [area.url for area in self.site.plans if area.fid in line.fids] + [plan.url for plan in self.site.plan_documents if plan.id == line.plan_id]
        return next((url for url in own if url), "")

    def add_ruleset(self, path: str, ruleset: Ruleset) -> None:
        """Add a rule file to the case; one that the case already names is read anew."""
        if self.case is None:
            return
        kept = self.case.rulesets or (PLAN,)
        self.case = replace(self.case, rulesets=(*(name for name in kept if name != path), path))
        self.rulesets = (*(known for known in self.rulesets if known.location != ruleset.location), ruleset)
        self.review = None
        self.changed.emit()

    def add_profile(self, path: str) -> None:
        """Use a measuring profile."""
        if self.case is not None:
            self.case = replace(self.case, profiles=(*(name for name in self.case.profiles if name != path), path))
            self.review = None
            self.changed.emit()

    def take_texts(self, texts: tuple[PlanTextRequest, ...]) -> None:
        """Take where the texts of the plans are found."""
        if self.case is not None:
            self.case, self.review = replace(self.case, plan_texts=texts), None
            self.changed.emit()

    def rulesets_shown(self) -> tuple[Ruleset, ...]:
        """Return the rule files, and before them the rules of the plans at the variant shown once these are loaded."""
        if self.case is None or self.site is None or self.design is None:
            return switched(self.rulesets, self.case.answers) if self.case is not None else self.rulesets
        return self._derived.of(self.site, self.design, self.rulesets, self.case.rulesets, self.case.answers)

    def _with_plan_rules(self, site: Site, design: Design, rulesets: tuple[Ruleset, ...], *_case: Any) -> tuple[Ruleset, ...]:
        return rulesets_for(design, self.case, site, rulesets, ()) if self.case is not None else rulesets

    def profiles_read(self) -> tuple[MeasuringProfile, ...]:
        """Return the measuring profiles of the plans about whose text something was answered in this case."""
        if self.case is None:
            return ()
        asked = {**(self.case.answers.get("profile") or {}), **(self.case.answers.get(NORMS) or {})}
        return tuple(profile for profile in load_profiles(self.case) if profile.plan_id in asked)

    def take(self, site: Site | None, designs: tuple[Design, ...], review: Review | None) -> None:
        """Take what a task loaded and found."""
        self.site, self.designs, self.review = site, designs, review
        self._outlines = {}
        self.judge_place()
        if designs and self.variant not in [design.name for design in designs]:
            self.variant = designs[0].name
        self.changed.emit()
