"""One design in one reading, for tests of the small parts of checks: places in local metres, as ``scenes`` has them."""

from __future__ import annotations

import shapely
from shapely import box

import scenes
from drieluik.checks.engine.base import Context
from drieluik.model import Finding, LegalSource, Measurement, Note, PlanValue, RegisteredBuilding, Rule, Verdict

HOUSE = scenes.box_part(6, 6, 14, 14, 0, 8)
PEIL = {"peil": {"method": "nap_value", "nap_m": scenes.GROUND}}
ABOUT = Note.of("about")
EVERYWHERE = box(0, 0, 20, 20)


def context(*parts, answers=None, levels=(), **changes):
    """Return the context of a house of 8 x 8 x 8 m (or other parts) on the plot of ``scenes.site``."""
    return Context(scenes.site(**changes), scenes.design(*(parts or (HOUSE,)), levels=levels), {**PEIL, **(answers or {})})


def rule(id="r", check="c", limit=None, **words):
    """Return a rule of one article."""
    return Rule(id, check, {"nl": id}, words.pop("legal", (LegalSource("Plan X", "5.2"),)), limit, **words)


def finding(rule="r", verdict=Verdict.VIOLATES, value=10.0, limit=8.0, op="<=", name="height", unit="m", **words):
    """Return a finding with one measurement."""
    measured = words.pop("measurements", (Measurement(name, value, unit, op, limit),))
    return Finding(rule, words.pop("check", "c"), words.pop("subject", Note.of("subject_building")), "A", verdict, measured, **words)


def pand(fid, shape, *uses):
    """Return a registered building."""
    return RegisteredBuilding(fid, scenes.shift(shape), 1990, "Pand in gebruik", uses)


def local(shape):
    """Return a geometry (RD) in local metres."""
    return shapely.transform(shape, lambda xy: xy - scenes.ORIGIN)


def maatvoering(*given):
    """Return plan areas that state a height each: (value, where) with qualifier and unit where these are others than maximum and m."""
    base = [one for one in scenes.site().plans if one.kind != "maatvoering"]
    return (*base, *(_area(number, *one) for number, one in enumerate(given)))


def _area(number, value, where, qualifier="maximum", unit="m"):
    return scenes.plan_area(f"m{number}", "maatvoering", "", where, PlanValue("bouwhoogte", qualifier, value, unit, f"tekst {number}"), belongs_to="b1")
