"""The one place that asks the engine: review of a scene, and what came of each rule."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace

from laws.asked import Asked, make_rules
from laws.worlds import Scene, World, make_world, scene_of

from drieluik.checks import REGISTRY
from drieluik.checks.engine.base import Context
from drieluik.checks.engine.cover.covering import plan_cover
from drieluik.checks.engine.from_plan.derive import derive
from drieluik.model import PRECEDENCE, Finding, Verdict
from drieluik.review import review

FIRM = ("complies", "violates")


@dataclass(frozen=True, eq=False)
class Outcome:
    """What came of one rule: the worst verdict of its findings (``failed``: a check broke down), the first values of the worst, the keys asked,
    the codes said."""

    verdict: str
    values: tuple[float, ...]
    questions: frozenset[str]
    codes: frozenset[str]

    @property
    def firm(self) -> bool:
        """Whether it is decided."""
        return self.verdict in FIRM


def outcomes(scene: Scene) -> dict[str, Outcome]:
    """The outcome of every rule of a scene, by rule id."""
    rulesets = scene.rulesets
    if scene.plan_too:
        context = Context(scene.site, scene.design, scene.answers)
        rulesets = (derive(context.may_govern(), context.projection, REGISTRY, scene.profiles), *rulesets)
    found: dict[str, list[Finding]] = {}
    for finding in review(scene.site, scene.design, rulesets, scene.answers, profiles=scene.profiles):
        found.setdefault(finding.rule, []).append(finding)
    return {rule: _outcome(findings) for rule, findings in found.items()}


def covered(scene: Scene) -> frozenset[str]:
    """The keys of what the cover of the plan has a line for."""
    return frozenset(line.key for line in plan_cover(Context(scene.site, scene.design, scene.answers), (), ()).lines)


def _outcome(findings: list[Finding]) -> Outcome:
    worst = next(verdict for verdict in PRECEDENCE if any(f.verdict is verdict for f in findings))
    values = tuple(round(f.measurements[0].value, 3) for f in findings if f.verdict is worst and f.measurements and f.measurements[0].value is not None)
    notes = [note for f in findings for note in (*f.notes, *f.missing)]
    crashed = [note for note in notes if note.code == "checks_failed"]
    return Outcome("failed" if crashed else worst.value, values, frozenset(q.key for f in findings for q in f.questions), frozenset(note.code for note in notes))


@dataclass(frozen=True, eq=False)
class Trial:
    """A world with its rules, its scene and what the engine says of it."""

    world: World
    asked: tuple[Asked, ...]
    scene: Scene
    found: dict[str, Outcome]


@functools.lru_cache(maxsize=4096)
def trial(seed: int) -> Trial:
    """The world of a seed, judged as it is."""
    world = make_world(seed)
    asked = make_rules(world)
    scene = scene_of(world, tuple(one.rule for one in asked))
    return Trial(world, asked, scene, outcomes(scene))


def verdict_names() -> tuple[str, ...]:
    """All verdicts."""
    return tuple(verdict.value for verdict in Verdict)


def with_scene(scene: Scene, **changes: object) -> Scene:
    """A scene with something changed."""
    return replace(scene, **changes)  # type: ignore[arg-type]
