"""The laws, each a function that says what it finds broken in one world; and how tests gather them."""

from __future__ import annotations

import functools
import itertools
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import shapely
from laws import changes, files, whole
from laws.asked import MAKERS, MORE
from laws.broken import BROKEN, SEEDS
from laws.engine import FIRM, Outcome, Trial, covered, outcomes, trial

WORLDS = int(os.environ.get("DRIELUIK_LAWS", "200"))
FIRST = int(os.environ.get("DRIELUIK_SEED", "0"))
STRICT = WORLDS == 200 and FIRST == 0
SHARES = {8: 10, 9: 1, 10: 1}
SHARE = 4
"""Every world goes through laws 9 and 10 and, in turn, one in four through each other law (one in ten through law 8, which derives the plan's rules twice)."""
EDGE = 0.05
GREEN = ("complies", "not_applicable")
RULES = tuple(sorted(name.replace(" ", "-") for name in (*MAKERS, *MORE)))


@dataclass(frozen=True)
class Breach:
    """A law that does not hold: in which world, about which rule, what was done and what came."""

    seed: int
    rule: str
    what: str

    def __str__(self) -> str:
        return f"seed {self.seed}, {self.rule}: {self.what}"


Law = Callable[[random.Random, Trial], Iterator[Breach]]


def _pairs(tried: Trial, found: dict[str, Outcome]) -> Iterator[tuple[str, Outcome, Outcome | None]]:
    for asked in tried.asked:
        if asked.id in tried.found:
            yield asked.id, tried.found[asked.id], found.get(asked.id)


def _flips(tried: Trial, found: dict[str, Outcome], what: str) -> Iterator[Breach]:
    """Every firm verdict that became the opposite, and every rule that broke down or vanished."""
    for rule, before, after in _pairs(tried, found):
        if after is None or after.verdict == "failed":
            yield Breach(tried.world.seed, rule, f"{what}: {before.verdict} -> {after.verdict if after else 'no finding'}")
        elif before.firm and after.firm and before.verdict != after.verdict:
            yield Breach(tried.world.seed, rule, f"{what}: {before.verdict} {before.values} -> {after.verdict} {after.values}")


def law_1(rng: random.Random, tried: Trial) -> Iterator[Breach]:
    """A false name never turns a firm verdict round, nor makes green what is not."""
    scene, what = changes.renamed(rng, tried)
    found = outcomes(scene)
    yield from _flips(tried, found, what)
    truths = {asked.id: asked.truth for asked in tried.asked}
    for rule, before, after in _pairs(tried, found):
        if after and after.verdict == "complies" and before.verdict not in FIRM and truths[rule].wrong("complies"):
            yield Breach(tried.world.seed, rule, f"{what}: {before.verdict} -> complies; {truths[rule].why}")


def law_2(rng: random.Random, tried: Trial) -> Iterator[Breach]:
    """Less known is never greener."""
    scene, what = changes.taken_away(rng, tried)
    for rule, before, after in _pairs(tried, outcomes(scene)):
        gone = after is None or after.verdict == "failed"
        if gone or (after is not None and after.verdict in GREEN and before.verdict not in GREEN):
            yield Breach(tried.world.seed, rule, f"{what}: {before.verdict} -> {after.verdict if after else 'no finding'}")


def law_3(rng: random.Random, tried: Trial) -> Iterator[Breach]:
    """What is added outside, over the boundary or above the limit is told."""
    scene, what, body = changes.added(rng, tried)
    world, found = tried.world, outcomes(scene)
    outside = shapely.difference(body.flat, shapely.union_all([world.plane, *(own.flat for own in world.own)])).area > 0.5
    concerned = {
        "plane": outside and body.low < 1.0, "height": body.high > world.built.top + 8.0, "zoned-height": body.high > world.built.top + 8.0,
        "side": body.flat.bounds[0] < 0.0,
    }
    for rule, before, after in _pairs(tried, found):
        silent = after is not None and after.verdict in GREEN and not (after.codes - before.codes or after.questions - before.questions)
        if concerned.get(rule) and before.verdict == "complies" and silent:
            yield Breach(world.seed, rule, f"{what}: complies -> complies, nothing told")


def law_4(rng: random.Random, tried: Trial) -> Iterator[Breach]:
    """An extension beside the house that stands is judged as both together, where the norm is about the whole."""
    scenes = whole.three_ways(rng, tried.world)
    if scenes is None:
        return
    alone, drawn, both = (outcomes(scene) for scene in scenes)
    for (what, found), rule in itertools.product((("alone", alone), ("house drawn along", drawn)), whole.NAMES):
        one, other = found[rule], both[rule]
        opposite = one.firm and other.firm and one.verdict != other.verdict
        greener = one.verdict in GREEN and other.verdict not in GREEN
        if opposite or greener or "failed" in (one.verdict, other.verdict):
            yield Breach(tried.world.seed, rule, f"{what} {one.verdict} {one.values}, with the house {other.verdict} {other.values}")


def law_5(rng: random.Random, tried: Trial) -> Iterator[Breach]:
    """Noise within what the sources state never turns a firm verdict round."""
    scene, what = changes.shaken(rng, tried)
    yield from (breach for breach in _flips(tried, outcomes(scene), what) if not _at_the_edge(tried, breach.rule))


def _at_the_edge(tried: Trial, rule: str) -> bool:
    """Whether a rule of a number was met or passed by less than half a millimetre of mesh does to an area or a volume."""
    limit = next((asked.rule.limit for asked in tried.asked if asked.id == rule), None)
    return limit is not None and limit.value is not None and any(abs(value - limit.value) < EDGE for value in tried.found[rule].values)


def law_6(rng: random.Random, tried: Trial) -> Iterator[Breach]:
    """What is no part of the design never turns a firm verdict round."""
    scene, what = changes.with_context(rng, tried)
    yield from _flips(tried, outcomes(scene), what)


def law_7(rng: random.Random, tried: Trial) -> Iterator[Breach]:
    """The same solid, modelled otherwise, gives the same verdicts and values."""
    scene, what = changes.otherwise(rng, tried)
    found = outcomes(scene)
    if what == files.WELDED:
        yield from _flips(tried, found, what)
        return
    for rule, before, after in _pairs(tried, found):
        same = after is not None and before.verdict == after.verdict and len(before.values) == len(after.values)
        same = same and after is not None and all(abs(a - b) <= 0.002 + 1e-5 * abs(a) for a, b in zip(before.values, after.values))
        same = same or (after is not None and before.verdict == after.verdict == "not_assessable")  # what has no value has no exact size either
        if not same:
            came = f"{after.verdict} {after.values}" if after else "no finding"
            yield Breach(tried.world.seed, rule, f"{what}: {before.verdict} {before.values} -> {came}")


def law_8(rng: random.Random, tried: Trial) -> Iterator[Breach]:
    """What nobody knows never governs, and is told."""
    scene, what = changes.with_unknown(rng, tried)
    found = outcomes(scene)
    yield from _flips(tried, found, what)
    if what.startswith(changes.SECOND):  # each plan may be the one that holds
        firm = [rule for rule, one in found.items() if rule.endswith(("maximum:bouwhoogte", "within_building_plane")) and one.verdict == "violates"]
        if len({rule.split(":")[1] for rule in firm}) == 1:
            yield from (Breach(tried.world.seed, rule, f"{what}: violates by a plan that may be replaced") for rule in firm)
    plain = changes.replace(tried.scene, plan_too=True)
    if what != "topography" and not (_told(found) - _told(outcomes(plain)) or covered(scene) - covered(plain)):
        yield Breach(tried.world.seed, "told", f"{what}: no line says it")


def _told(found: dict[str, Outcome]) -> set[str]:
    return {*found, *(f"{rule} {word}" for rule, one in found.items() for word in (*one.codes, *one.questions, one.verdict, str(one.values)))}


def law_9(rng: random.Random, tried: Trial) -> Iterator[Breach]:
    """A rule file's own test with the measured number gives the verdict of the geometry."""
    from drieluik.checks.engine.rulebook.ruletests import outcome

    for asked in tried.asked:
        limit, found = asked.rule.limit, tried.found.get(asked.id)
        if limit is None or limit.from_plan or not found or not found.firm or found.verdict != asked.truth.firm or not found.values:
            continue
        given = {"value": asked.truth.value if asked.truth.value is not None else found.values[0], "uncertainty": asked.truth.band}
        verdict, _ = outcome(tried.scene.rulesets[0], asked.rule, given)
        if verdict.value != found.verdict:
            yield Breach(tried.world.seed, asked.id, f"test {given}: {verdict.value}, geometry: {found.verdict} {found.values}")


def law_10(rng: random.Random, tried: Trial) -> Iterator[Breach]:
    """No false verdict in a world of which the truth is known."""
    roles = "+".join(sorted({body.role for body in tried.world.bodies}))
    about = f"{tried.world.built.style} {'named' if tried.world.named else 'unnamed'} {roles}, {tried.world.zoning}"
    for asked in tried.asked:
        found = tried.found.get(asked.id)
        verdict = found.verdict if found else "no finding"
        if asked.truth.wrong(verdict) or verdict in ("failed", "no finding"):
            yield Breach(tried.world.seed, asked.id, f"{verdict} {found.values if found else ''}; right: {asked.truth.why} [{about}]")


LAWS: dict[int, Law] = {1: law_1, 2: law_2, 3: law_3, 4: law_4, 5: law_5, 6: law_6, 7: law_7, 8: law_8, 9: law_9, 10: law_10}


def seeds_of(number: int) -> list[int]:
    """The worlds that a law is tried on."""
    every = range(FIRST, FIRST + WORLDS)
    chosen = [seed for seed in every if (seed + number) % SHARES.get(number, SHARE) == 0]
    return sorted({*chosen, *SEEDS.get(number, ())})


@functools.cache
def breaches(number: int) -> tuple[Breach, ...]:
    """All that is broken of a law."""
    return tuple(breach for seed in seeds_of(number) for breach in LAWS[number](random.Random(f"law-{number}-{seed}"), trial(seed)))


def law(number: int, names: tuple[str, ...] = RULES) -> list[object]:
    """The rules that a law is tried on, as parameters; what is known to be broken still is expected to fail."""
    marks = {rule: pytest.mark.xfail(reason=reason, strict=STRICT) for (broken, rule), reason in BROKEN.items() if broken == number}
    return [pytest.param(name, marks=marks.get(name, ()), id=name) for name in names]


def holds(number: int, rule: str) -> None:
    """Fail with what is broken of a law about one rule."""
    found = [str(breach) for breach in breaches(number) if breach.rule == rule]
    if found:
        pytest.fail(f"law {number}: {len(found)} broken\n" + "\n".join(found[:8]), pytrace=False)
