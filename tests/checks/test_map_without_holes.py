"""Registers that cover all land: ground of which they have nothing was not loaded; what they have there of another kind is asked."""

from __future__ import annotations

import pytest
from shapely import box

import scenes
from drieluik.model import Parcel, TopographyObject, Verdict
from one_rule import run
from scenes import box_part, shift

COMPLIES, VIOLATES, JUDGE, LACKS = (Verdict(word) for word in ("complies", "violates", "needs_judgement", "not_assessable"))
YARD = (-40, 0, 60, 40)
HOUSE = box_part(6, 8, 15, 18, 0, 5.5)


def thing(fid, collection, where, function="", level=0):
    return TopographyObject(fid, collection, shift(box(*where)), function, level=level)


def over(*parts, things, answers=None, **measure):
    yard = thing("yard", "onbegroeidterreindeel", YARD, "erf")
    return run("public_space_overlap", *parts, site=scenes.site(topography=(yard, *things), registered_buildings=()), answers=answers, **measure)


@pytest.mark.parametrize(("north", "verdict"), [(39.9, COMPLIES), (40.15, COMPLIES), (40.3, LACKS), (47, LACKS)])
def test_ground_of_which_the_map_has_nothing_is_not_loaded(north, verdict):
    found = over(box_part(6, 30, 15, north, 0, 5.5), things=())
    assert found.verdict is verdict and [note.code for note in found.missing] == ["surroundings_bgt_nothing"] * (verdict is LACKS)


def test_over_the_street_is_over_the_street_whatever_is_not_loaded_beside_it():
    street = thing("s", "wegdeel", (-40, -7, 60, 0), "rijbaan lokale weg")
    assert over(box_part(6, -2.5, 15, 43, 0, 5.5), things=(street,)).verdict is VIOLATES


@pytest.mark.parametrize(
    ("item", "part", "asked"),
    [
        (thing("b", "wegdeel", (8, 9, 11, 12), "rijbaan lokale weg", level=1), HOUSE, True),
        (thing("b", "wegdeel", (8, 20, 11, 23), "rijbaan lokale weg", level=1), HOUSE, False),
        (thing("b", "waterdeel", (8, 9, 11, 12), "sloot", level=-1), HOUSE, False),
        (thing("b", "waterdeel", (8, 9, 11, 12), "sloot", level=-1), box_part(6, 8, 15, 18, -2.5, 5.5), True),
        (thing("b", "vreemddeel", (8, 9, 11, 12), "rijbaan lokale weg"), HOUSE, True),
        (thing("b", "ongeclassificeerdobject", (8, 9, 11, 12)), HOUSE, True),
        (thing("b", "functioneelgebied", (8, 9, 11, 12), "bedrijvigheid"), HOUSE, False),
        (thing("b", "scheiding_vlak", (8, 9, 11, 12), "muur"), HOUSE, False),
        (thing("b", "pand", (8, 9, 11, 12)), HOUSE, False),
        (thing("b", "onbegroeidterreindeel", (8, 9, 11, 12), "erf", level=1), HOUSE, False),
    ],
)  # fmt: skip
def test_another_level_or_an_unknown_kind_of_object_is_asked(item, part, asked):
    found = over(part, things=(item,))
    assert found.verdict is (JUDGE if asked else COMPLIES) and [question.key for question in found.questions] == ["public.b"] * asked
    if asked:
        assert over(part, things=(item,), answers={"public.b": "nee"}).verdict is COMPLIES
        assert over(part, things=(item,), answers={"public.b": "ja"}).verdict is VIOLATES
        assert over(part, things=(item,), private_functions=[item.function]).verdict is COMPLIES


@pytest.mark.parametrize(("east", "verdict", "answered"), [(20.0, COMPLIES, COMPLIES), (20.3, COMPLIES, COMPLIES), (22.5, LACKS, COMPLIES)])
def test_a_share_of_a_plot_that_ends_under_the_house_is_not_known(east, verdict, answered):
    here = scenes.site(parcels=(Parcel("1", "A 1", shift(box(0, 0, 20, 40)), 800.0),), registered_buildings=())
    house = box_part(11, 8, east, 16, 0, 5.5)
    found = run("max_coverage_pct", house, value=12.0, unit="%", site=here, denominator="bouwperceel")
    assert found.verdict is verdict and ("checks_no_parcel_there" in [note.code for note in found.missing]) is (verdict is LACKS)
    assert run("max_coverage_pct", house, value=12.0, unit="%", site=here, answers={"parcels": ["1"]}, denominator="bouwperceel").verdict is answered
