"""What is drawn in two pieces is looked at as what is drawn in one: cards, envelopes, outlines, doubts, the plan's rules and what they say."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely
from shapely import MultiPolygon, Polygon, box

import scenes
from drieluik.checks import REGISTRY
from drieluik.checks.engine.from_plan.derive import derive
from drieluik.measure.building.footprint import polygons_only
from drieluik.measure.plan.peil import Peil, PeilCandidate
from drieluik.measure.surroundings.envelope import allowed_envelopes
from drieluik.measure.surroundings.extruded import outlines
from drieluik.measure.surroundings.plot_card import card_at
from drieluik.measure.surroundings.suspicions import suspicions
from drieluik.model import TopographyObject
from drieluik.review import review
from scenes import GROUND, ORIGIN, shift

FAR = shift(box(50, 62, 50.5, 62.5))
"""A second piece, where nothing else is."""
LAYERS = ("plans", "parcels", "registered_buildings", "topography")
HERE = replace(scenes.site(), plans=(*scenes.site().plans, scenes.plan_area("d1", "dubbelbestemming", "Waarde - Archeologie", box(0, 0, 20, 40))))


def in_pieces(site, more=True):
    """Return a site with each area as a MultiPolygon: itself, ``more``: with a piece far off."""
    def parted(shape):
        return MultiPolygon([shape, FAR] if more else [shape]) if isinstance(shape, Polygon) else shape

    return replace(site, **{name: tuple(replace(one, geometry=parted(one.geometry)) for one in getattr(site, name)) for name in LAYERS})


def rows(site, x, y):
    return [(row.world, row.label, row.value, row.detail, row.fid) for row in card_at(site, ORIGIN[0] + x, ORIGIN[1] + y).rows if "drawn" not in row.label and "area" not in row.label]


@pytest.mark.parametrize("place", [(28, 10), (10, 10), (-10, -5)])
def test_a_card_has_the_same_rows(place):
    assert rows(in_pieces(HERE), *place) == rows(HERE, *place) and len(rows(HERE, *place)) > 2


def test_an_outline_holds_both_pieces():
    (shape,) = outlines(in_pieces(HERE)).values()
    assert shape.equals(shapely.union(shift(box(24, 5, 32, 15)), FAR))
    (shape,) = outlines(replace(in_pieces(HERE), topography=())).values()
    assert shape.area == pytest.approx(80.25)
    assert [shape.area for shape in outlines(replace(in_pieces(HERE), registered_buildings=())).values()] == pytest.approx([80.25])
    assert polygons_only(shape) is shape


def test_an_envelope_stands_on_both():
    peil = Peil(PeilCandidate("authority_fixed", GROUND))
    plain, parted = (allowed_envelopes(replace(site, parcels=()), None, site.plans, peil) for site in (HERE, in_pieces(HERE)))
    assert [one.ground.area for one in plain] == pytest.approx([120.0]) and [one.ground.area for one in parted] == pytest.approx([120.25])


def test_ground_that_overlaps_is_told():
    extra = TopographyObject("o2", "onbegroeidterreindeel", shift(box(30, 30, 34, 34)))
    over = replace(HERE, topography=(*HERE.topography, extra))
    told = [[(one.fid, one.note.code) for one in suspicions(site) if one.note.code == "doubt_overlap"] for site in (over, in_pieces(over, more=False))]
    assert told[0] == told[1] and ("o2", "doubt_overlap") in told[0]


def test_the_plan_makes_the_same_rules_and_they_say_the_same():
    design = scenes.design(scenes.gable_part(6, 6, 14, 16, 5.0, 8.5))
    said = []
    for site in (HERE, in_pieces(HERE, more=False)):
        ruleset = derive(site.plans, shift(box(6, 6, 14, 16)), REGISTRY)
        said.append([(found.rule, found.verdict) for found in review(site, design, ruleset, {"peil": {"method": "nap_value", "nap_m": GROUND}})])
    assert said[0] == said[1] and any("Archeologie" in rule for rule, _ in said[0])


def test_an_area_that_the_design_only_touches_is_not_here_whatever_it_is_drawn_of():
    touched = scenes.plan_area("d2", "dubbelbestemming", "Leiding - Gas", box(14, 6, 20, 16))
    for site in (replace(HERE, plans=(*HERE.plans, touched)), in_pieces(replace(HERE, plans=(*HERE.plans, touched)))):
        found = [rule.id for rule in derive(site.plans, shift(box(6, 6, 14, 16)), REGISTRY).rules]
        assert any("Archeologie" in name for name in found) and not any("Gas" in name for name in found)
