"""A value of the map that is about one kind of object, taken by a rule of a file that names none."""

from __future__ import annotations

import pytest
from shapely import box

import scenes
from drieluik.model import Limit, PlanValue, Rule, Ruleset, Verdict
from drieluik.review import review
from scenes import box_part, plan_area

HOUSE = box_part(5, 5, 15, 15, 0, 8, fid="h")
OBJECTS = {"h": "hoofdgebouw", "s": "bijgebouw"}


def found(shed_top, value, **rule):
    """The finding of a rule of a file that takes a value of the map, for a house of 8 m and a shed."""
    area = plan_area("n1", "maatvoering", "maatvoering", box(0, 0, 20, 40), value)
    site = scenes.site(registered_buildings=(), buildings3d=(), plans=(*(one for one in scenes.site().plans if one.kind != "maatvoering"), area))
    parts = (HOUSE, *([box_part(5, 30, 9, 35, 0, shed_top, fid="s")] if shed_top else []))
    own = Rule("r", "max_building_height", {"nl": "r", "en": "r"}, (), Limit("<=", "m", from_plan=value.name), **rule)
    answers = {"peil": {"method": "nap_value", "nap_m": scenes.GROUND}, "objects": OBJECTS, "roles": dict.fromkeys(OBJECTS, "design")}
    return review(site, scenes.design(*parts), Ruleset("t", "1", {"nl": "t", "en": "t"}, (own,)), answers)[0]


ABOUT = PlanValue("bouwhoogte bijgebouw", "maximum", 3.5, "m", "maximum bouwhoogte bijgebouw (m)=3,5", "bijgebouw")


@pytest.mark.parametrize(("top", "verdict"), [(3.0, Verdict.COMPLIES), (4.0, Verdict.VIOLATES)])
def test_a_value_about_a_shed_holds_the_shed_alone(top, verdict):
    one = found(top, ABOUT)
    assert (one.verdict, one.measurements[0].value) == (verdict, pytest.approx(top, abs=0.01))


def test_a_value_about_a_shed_holds_no_house_by_itself():
    assert found(None, ABOUT).verdict is Verdict.NOT_APPLICABLE


def test_a_value_about_anything_and_a_rule_that_names_its_object_stay_as_they_are():
    assert found(3.0, PlanValue("bouwhoogte", "maximum", 3.5, "m", "maximum bouwhoogte (m)=3,5")).verdict is Verdict.VIOLATES
    assert found(3.0, ABOUT, applies_to=("hoofdgebouw",)).measurements[0].value == pytest.approx(8.0, abs=0.01)
