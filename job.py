"""The main job from a case file to a review: getting in, judging, and the record; the same for every way in.

The command line, the dock and the Processing algorithm all call ``run_case``; ``review.py`` itself stays pure.
"""

from __future__ import annotations

import datetime
import importlib.metadata
import platform
from dataclasses import replace
from pathlib import Path

from .checks import REGISTRY, Context
from .checks.engine.cover.covering import plan_cover, unheard_reading
from .checks.engine.design_as_told import as_told
from .checks.engine.design_roles import possible
from .checks.engine.drawn_along import unheard_going
from .checks.engine.from_plan.derive import PLAN_RULESET, derive, merged
from .checks.engine.from_plan.plan_text_profile import profiles_with, text_remarks
from .checks.engine.officer.decisions import unused_overrides
from .checks.engine.officer.officer_answers import misplaced_profile, refused_answers, unheard_roles
from .checks.engine.rulebook.in_force import date_remarks
from .checks.engine.rulebook.switched import switched
from .data_sources.design import load_designs
from .data_sources.design.placement import placement_problems
from .data_sources.live import Live, services_for
from .data_sources.plan_texts import services_for_texts, with_plan_texts
from .data_sources.rules.measuring_profiles import read_profile
from .data_sources.rules.rulesets import read_ruleset
from .data_sources.site_loading import load_site, with_proposal
from .measure.plan.governing_areas import not_here
from .measure.surroundings.completion import completed
from .measure.surroundings.placement_gate import placement_gate
from .model import Case, Design, Finding, MeasuringProfile, Note, PlanCover, Review, Ruleset, Site, SiteRequest
from .model.arrays import Progress
from .review import review
from .version import version

LIBRARIES = ("numpy", "shapely", "manifold3d", "trimesh", "ifcopenshell", "laspy")


def no_progress(fraction: float, code: str) -> None:
    """Take progress and show it nowhere."""


def part_of(progress: Progress, start: float, end: float) -> Progress:
    """Return a progress that fills ``start`` to ``end`` of ``progress``."""
    return lambda fraction, code: progress(start + (end - start) * fraction, code)


def versions() -> dict[str, str]:
    """Return the versions that a result rests on: ours, Python's and those of the geometry libraries present."""
    found = {"drieluik": version(), "python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            found[name] = "-"
    return found


def load_rulesets(case: Case) -> tuple[Ruleset, ...]:
    """Read the rule files of a case; the word ``plan`` is none: it stands for the rules that are derived from the plans."""
    return tuple(read_ruleset(Path(case.folder) / path) for path in case.rulesets if path != PLAN_RULESET)


def load_profiles(case: Case, live: Live | None = None) -> tuple[MeasuringProfile, ...]:
    """Read the profiles of a case, with what the texts of its plans say and its answers add to them; without ``live`` only kept texts are at hand."""
    kept = tuple(read_profile(Path(case.folder) / path, path) for path in case.profiles)
    return profiles_with(with_plan_texts(kept, case.plan_texts, Path(case.folder), live), case.answers)


def wants_plan(case: Case) -> bool:
    """Whether the plan's own rules are asked: the case names ``plan``, or no rule sets at all."""
    return not case.rulesets or PLAN_RULESET in case.rulesets


def rulesets_for(design: Design, case: Case, site: Site, files: tuple[Ruleset, ...], profiles: tuple[MeasuringProfile, ...]) -> tuple[Ruleset, ...]:
    """Return the rule sets for a design: those of the plans at its place, where the case asks for them, and the files."""
    return _rulesets_at(Context(site, design, case.answers), case, switched(files, case.answers), profiles)


def _rulesets_at(context: Context, case: Case, files: tuple[Ruleset, ...], profiles: tuple[MeasuringProfile, ...]) -> tuple[Ruleset, ...]:
    if not wants_plan(case):
        return files
    here = possible(context)
    return (derive((*here.may_govern(), *here.may_lie_here()), here.projection, REGISTRY, profiles, here.site.parcels), *files)


def placed(designs: tuple[Design, ...], case: Case) -> tuple[Design, ...]:
    """Return the designs with what was noticed of their place; one that stands elsewhere raises ``DesignError``."""
    return tuple(replace(d, messages=d.messages + placement_problems(d, case.site)) for d in designs)


def judge(
    case: Case, site: Site, designs: tuple[Design, ...], rulesets: tuple[Ruleset, ...], progress: Progress = no_progress,
    profiles: tuple[MeasuringProfile, ...] = (),
) -> Review:
    """Return the review of loaded inputs, stamped with the time of the run; which plans govern is proposed for the application's date."""
    today = datetime.date.today().isoformat()
    rulesets = switched(rulesets, case.answers)
    site = with_proposal(site, case.application_date, today)
    findings: list[Finding] = []
    derived: list[Ruleset] = []
    covers: list[PlanCover] = []
    shown: list[Design] = []
    gone: list[Note] = []
    for number, design in enumerate(designs):
        step = part_of(progress, number / len(designs), (number + 1) / len(designs))
        context = Context(site, design, case.answers, profiles=profiles)  # which parts are the design is found out once for rules, cover and pictures
        own = _rulesets_at(context, case, rulesets, profiles)
        derived += [ruleset for ruleset in own if ruleset.location == PLAN_RULESET]
        found = review(site, design, own, case.answers, step, case.application_date, profiles, context.shared, today)
        gone += unheard_going(context)
        covers.append(plan_cover(possible(context), own, found, case.application_date, today))
        shown.append(as_told(context))
        findings += found
    derived_set = merged(derived)
    plans = {rule.plan_id for ruleset in derived_set for rule in ruleset.rules if rule.plan_id}
    asides = (*refused_answers(findings), *unused_overrides(findings, case.answers, today), *misplaced_profile(case.answers, plans))
    asides += (*not_here(site, case.answers), *unheard_roles(designs, case.answers), *unheard_reading(covers, case.answers))
    remarks = (*date_remarks(rulesets, case.application_date), *dict.fromkeys((*asides, *gone)), *text_remarks(profiles))
    rulesets = (*derived_set, *rulesets)
    inputs = site.provenance + tuple(record for design in designs for record in design.provenance)
    at = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
    gate = tuple(item for design in shown for item in placement_gate(design, site, case.answers))
    return Review(case, site, tuple(shown), rulesets, tuple(findings), inputs, versions(), case.answers, at, gate, profiles, remarks, tuple(covers))


def surroundings(request: SiteRequest, folder: str, progress: Progress = no_progress, live: Live | None = None) -> Site:
    """Load the three worlds of a place, made whole: files where they are named, else the services (``live``; None: over httpx)."""
    with services_for(request, live) as services:
        return completed(load_site(request, folder, progress, services))


def run_case(case: Case, progress: Progress = no_progress, live: Live | None = None) -> Review:
    """Load what a case names, judge it, and return the review.

    Raises ``CaseError``, ``DesignError`` or ``RulesetError`` with a sentence when the job is not possible; a layer of the
    surroundings that fails does not stop it: what needs that layer becomes ``not_assessable``.
    """
    rulesets = load_rulesets(case)
    with services_for_texts(case.plan_texts, live) as services:
        profiles = load_profiles(case, services)
    site = surroundings(case.site, case.folder, part_of(progress, 0.0, 0.3), live)
    designs = placed(load_designs(case.designs, case.folder, part_of(progress, 0.3, 0.8)), case)
    return judge(case, site, designs, rulesets, part_of(progress, 0.8, 1.0), profiles)
