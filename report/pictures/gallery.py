"""The pictures of a report, painted side by side in threads while the layers are written (Embree and numpy let go of
Python's lock)."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from shapely.geometry.base import BaseGeometry

from ...measure.building.footprint import projection
from ...measure.plane.overlay import shared
from ...model import Design, Finding, Review, Verdict
from ...texts import sentence
from ..basis import wording
from ..basis.matrix import in_full, room
from . import map_picture, scene_picture, section_picture
from .picture import Picture
from .sun_picture import finding_chart, has_chart

MOST_THREADS = 4
SHOWN_BESIDE = ("existing", "demolish", "context", "vegetation")
"""What a map shows of a design's file beside the design; its terrain would hide the ground."""
PAGES_PER_RULE = 3
"""So many places get a page of their own where one rule has the same verdict at many (every dwelling of a street); the others a row."""


def open_findings(review: Review) -> list[Finding]:
    """Return the violated and the undecided findings that get a page of their own: violated first, by design.

    Of one rule with one verdict at many places these are the worst; where the officer decided there is always a page.
    """
    further = {id(finding) for finding in further_findings(review)}
    return [finding for finding in _open(review) if id(finding) not in further]


def further_findings(review: Review) -> list[Finding]:
    """Return the violated and the undecided findings that have no page: the less bad places of a rule, worst first."""
    return [finding for found in alike(_open(review)) for finding in found[PAGES_PER_RULE:]]


def alike(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Return findings of one design, rule and verdict together, worst first, in the order of their first; a decided one alone."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for number, finding in enumerate(findings):
        decided = number if finding.decision is not None else -1
        groups.setdefault((finding.design, finding.rule, finding.verdict, decided), []).append(finding)
    return [sorted(some, key=room) for some in groups.values()]


def _open(review: Review) -> list[Finding]:
    found = [f for f in review.findings if {f.verdict, f.stands} & {Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT}]
    order = [design.name for design in review.designs]
    return sorted(found, key=lambda f: (f.verdict is not Verdict.VIOLATES, order.index(f.design)))


def _shapes(review: Review) -> Iterator[BaseGeometry]:
    """Give every shape that several pictures may look at."""
    site = review.site
    for things in (site.plans, site.parcels, site.registered_buildings, site.planned_buildings, site.topography):
        yield from (thing.geometry for thing in things)
    yield from (shown.geometry for finding in review.findings for shown in finding.evidence if shown.geometry is not None)


class Gallery:
    """The pictures of what a report tells in full. Starts painting when made; ``overview()`` and ``of(number)`` wait for theirs. Use as context
    manager: leaving it drops what is not painted yet."""

    def __init__(self, review: Review, lang: str) -> None:
        review = in_full(review)
        self._review, self._lang = review, lang
        self.findings = open_findings(review)
        shared(_shapes(review))
        self._pool = ThreadPoolExecutor(min(os.cpu_count() or 1, MOST_THREADS))
        self._scenes: dict[int, Future[bytes]] = {}
        self._maps: list[Future[str]] = []
        self._sections: dict[int, Future[str]] = {}
        self._charts: dict[int, Future[Picture | None]] = {}
        designs = {design.name: design for design in review.designs}
        subjects: list[tuple[Design, Finding | None]] = [(designs[f.design], f) for f in self.findings]
        if review.designs:
            subjects.insert(0, (review.designs[0], None))
        self._stages = self._made({design.name: design for design, _ in subjects})
        for number, (design, finding) in enumerate(subjects):
            if design.name in self._stages:
                self._scenes[number] = self._pool.submit(_scene, self._stages[design.name], finding)
            if finding:
                self._maps.append(self._pool.submit(_map, review, design, finding, lang))
                if has_chart(finding):
                    name = f"chart{len(self._maps)}.svg"
                    self._charts[len(self._maps)] = self._pool.submit(finding_chart, review, design, finding, name, lang)
                if section_picture.section_line_of(finding) is not None:
                    self._sections[len(self._maps)] = self._pool.submit(section_picture.section_of, review.site, design, finding, lang)

    def _made(self, designs: dict[str, Design]) -> dict[str, Future[scene_picture.Picture]]:
        """Return the 3D scene of each design that has a body; none where Embree is missing."""
        if not scene_picture.available():
            return {}
        solid = [design for design in designs.values() if len(design.triangles)]
        return {design.name: self._pool.submit(scene_picture.Picture, self._review.site, design) for design in solid}

    def __enter__(self) -> Gallery:
        return self

    def __exit__(self, *failure: Any) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def overview(self) -> tuple[Picture, ...]:
        """Return the 3D picture of the first design, or nothing where there is none."""
        if 0 not in self._scenes:
            return ()
        caption = sentence("report_overview", {"name": self._review.designs[0].name}, self._lang)
        return (Picture("scene0.png", self._scenes[0].result(), "png", sentence("report_overview_alt", {"say": ""}, self._lang), caption),)

    def camera(self, number: int) -> scene_picture.Camera | None:
        """Return the camera, in RD + NAP, of the 3D picture of finding ``number`` (from 1) of ``findings``; None where it has no picture."""
        if number not in self._scenes:
            return None
        finding = self.findings[number - 1]
        stage = self._stages[finding.design].result()
        seen = stage.camera(finding)
        return scene_picture.Camera(seen.eye + stage.mesh.origin, seen.target + stage.mesh.origin)

    def of(self, number: int) -> tuple[Picture, ...]:
        """Return the map and, where there are, the 3D picture, the profile and the sun's path of finding ``number`` (from 1) of ``findings``."""
        said = {"say": wording.say(self.findings[number - 1], self._lang)}
        codes = [f"{kind}_{part}" for kind in ("map", "scene", "section") for part in ("alt", "caption")]
        words = {code: sentence(f"report_{code}", said, self._lang) for code in codes}
        svg = self._maps[number - 1].result().encode()
        found = [Picture(f"map{number}.svg", svg, "svg", words["map_alt"], words["map_caption"])]
        if number in self._scenes:
            png = self._scenes[number].result()
            found.append(Picture(f"scene{number}.png", png, "png", words["scene_alt"], words["scene_caption"]))
        if number in self._sections:
            svg = self._sections[number].result().encode()
            found.append(Picture(f"section{number}.svg", svg, "svg", words["section_alt"], words["section_caption"]))
        chart = self._charts[number].result() if number in self._charts else None
        return (*found, chart) if chart else tuple(found)


def _scene(stage: Future[scene_picture.Picture], finding: Finding | None) -> bytes:
    return stage.result().png(finding)


def _map(review: Review, design: Design, finding: Finding, lang: str) -> str:
    own = design.own.parts
    found = {role: [part for part in design.parts if part.role.word == role] for role in SHOWN_BESIDE if len(own) < len(design.parts)}
    others = {role: projection(parts) for role, parts in found.items() if parts}
    return map_picture.map_of(review.site, projection(own), finding, lang, others)
