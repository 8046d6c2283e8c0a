"""From plan to rules: nothing lost, nothing invented, on an invented plan and on real ones (values read again with lxml and json)."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest
import shapely
from lxml import etree
from osgeo import ogr
from shapely import box

import scenes
from drieluik.checks import REGISTRY
from drieluik.checks.engine.from_plan.derive import derive
from drieluik.checks.engine.from_plan.plan_text_profile import profiles_with
from drieluik.model import LayerState, MeasuringProfile, PlanValue, ProfileEntry, Provenance, Verdict
from drieluik.review import review

SEED = 20260509
PLACE = scenes.shift(box(6, 6, 14, 16))


def value(name, number, qualifier="maximum", unit="m", raw=None):
    return PlanValue(name, qualifier, number, unit, f"{qualifier} {name} ({unit})={raw or number}")


def extra(fid, kind, name, *values, shape=None):
    return scenes.plan_area(fid, kind, name, shape or box(0, 0, 20, 40), *values)


def rules(*areas, place=PLACE, **words):
    return {rule.id.split(":", 2)[-1]: rule for rule in derive((*scenes.site().plans, *areas), place, REGISTRY, **words).rules}


def test_an_invented_plan():
    found = rules(
        extra("m2", "maatvoering", "eenheden", value("aantal wooneenheden", 2.0, unit="")),
        extra("m3", "maatvoering", "vrij", PlanValue("bouwhoogte", "maximum", None, "m", "maximum bouwhoogte (m)=zie tekst")),
        extra("d1", "dubbelbestemming", "Waarde - Archeologie"), extra("d2", "dubbelbestemming", "Waarde - Archeologie 2"),
        extra("g1", "gebiedsaanduiding", "vrijwaringszone - molenbiotoop"), extra("b9", "bouwaanduiding", "vrijstaand"),
        extra("far", "dubbelbestemming", "Leiding - Gas", shape=box(60, 60, 70, 70)),
    )
    height = found["maximum:bouwhoogte"]
    assert [(o.fid, o.value, o.unit) for o in height.origin] == [("m1", 9.0, "m")]
    assert (height.check, height.limit.operator, height.limit.from_plan, height.legal[0].article) == ("max_building_height", "<=", "bouwhoogte", "5.2")
    assert height.legal[0].work_id == "NL.IMRO.9999.BP1"
    assert found["within_building_plane"].origin[0].fid == "b1"
    assert found["text:maximum aantal wooneenheden"].check == "plan_text"
    assert found["text:maximum bouwhoogte"].origin[0].raw.endswith("zie tekst")
    assert [o.fid for o in found["dubbelbestemming:Waarde - Archeologie"].origin] == ["d1"]
    assert found["gebiedsaanduiding:vrijwaringszone - molenbiotoop"].check == "mill_biotope"
    assert found["text:bouwaanduiding vrijstaand"].measure["about"] == "bouwaanduiding vrijstaand"
    assert not any("Gas" in name for name in found)


def test_an_overlay_that_no_check_takes_makes_no_rule_and_the_others_do():
    some = {name: check for name, check in REGISTRY.items() if name != "overlay_hit"}
    areas = (extra("d1", "dubbelbestemming", "Waarde - Archeologie"), extra("g1", "gebiedsaanduiding", "vrijwaringszone - molenbiotoop"))
    found = [rule.id.split(":", 2)[-1] for rule in derive((*scenes.site().plans, *areas), PLACE, some).rules]
    assert "gebiedsaanduiding:vrijwaringszone - molenbiotoop" in found and not any("Archeologie" in name for name in found)


def findings(*areas, answers=None, profiles=()):
    site = replace(scenes.site(), plans=(*scenes.site().plans, *areas))
    design = scenes.design(scenes.gable_part(6, 6, 14, 16, 5.0, 9.5))
    derived = derive(site.plans, PLACE, REGISTRY, profiles)
    given = {"peil": {"method": "nap_value", "nap_m": scenes.GROUND}, **(answers or {})}
    return {f.rule.split(":", 2)[-1]: f for f in review(site, design, derived, given, profiles=profiles)}


def test_derived_rules_are_measured_and_each_names_what_it_came_from():
    found = findings(extra("d1", "dubbelbestemming", "Waarde - Archeologie"), extra("d2", "dubbelbestemming", "Waarde - Archeologie 2"))
    assert found["maximum:bouwhoogte"].verdict is Verdict.VIOLATES
    assert [i.fid for i in found["dubbelbestemming:Waarde - Archeologie"].inputs] == ["d1"]
    assert found["maximum:bebouwingspercentage"].verdict is Verdict.NOT_ASSESSABLE  # no value is never "no limit"
    assert not any(note.code == "checks_failed" for f in found.values() for note in f.missing)


def test_the_profile_of_a_plan_fills_in_its_text_and_what_is_not_read_is_asked_once():
    open_ = findings()["maximum:bouwhoogte"]
    assert {p.key for p in open_.premises if p.key.startswith("profile.")} == {"profile.exempt_parts", "profile.applies_to"}
    assert not any(p.flips for p in open_.premises) and not open_.questions  # a house that is too high is too high in every reading
    read = MeasuringProfile("NL.IMRO.9999.BP1", entries=(
        ProfileEntry("exempt_parts", ["building"], "2.4", "niet meegerekend worden"), ProfileEntry("applies_to", ["bijgebouw"], "5.2"),
    ))
    filled = rules(profiles=(read,))["maximum:bouwhoogte"]
    assert (filled.measure["exempt_classes"], filled.applies_to, filled.legal[-2].quote) == (["building"], ("bijgebouw",), "niet meegerekend worden")
    assert findings(profiles=(read,))["maximum:bouwhoogte"].verdict is Verdict.NOT_APPLICABLE
    assert rules(profiles=(replace(read, plan_id="another"),))["maximum:bouwhoogte"].applies_to == ()


def test_what_is_read_for_one_case_goes_before_the_profile():
    file = MeasuringProfile("NL.IMRO.9999.BP1", entries=(ProfileEntry("denominator", "bouwvlak", "2.6"), ProfileEntry("storeys", {"count_attic": True}, "2.8")))
    given = {"profile": {"NL.IMRO.9999.BP1": {"denominator": {"value": "bouwperceel", "article": "5.2", "by": "A"}}, "other": {"volume_base": "top"}}}
    first, second = profiles_with((file,), given)
    assert (first.entry("denominator").value, first.entry("denominator").article, first.entry("storeys").value) == ("bouwperceel", "5.2", {"count_attic": True})
    assert (second.plan_id, second.entry("volume_base").value) == ("other", "top")


def test_no_plan_is_said():
    bare = replace(scenes.site(), plans=(), provenance=(Provenance("plans", LayerState.FAILED),))
    derived = derive((), PLACE, REGISTRY)
    found = review(bare, scenes.design(scenes.box_part(6, 6, 14, 16, 0, 5)), derived)
    assert [(f.verdict, f.missing[0].code) for f in found] == [(Verdict.NOT_ASSESSABLE, "checks_layer_failed")]


def test_order_and_splitting_change_nothing():
    areas = (*scenes.site().plans, extra("d1", "dubbelbestemming", "Waarde - Archeologie"))
    assert derive(areas, PLACE, REGISTRY) == derive(tuple(reversed(areas)), PLACE, REGISTRY)
    whole = next(a for a in areas if a.fid == "m1")
    halves = [replace(whole, fid=f"m1{n}", geometry=scenes.shift(box(*b))) for n, b in enumerate([(5, 5, 10, 17), (10, 5, 15, 17)])]
    split = derive((*(a for a in areas if a.fid != "m1"), *halves), PLACE, REGISTRY)
    assert [(r.id, r.check) for r in split.rules] == [(r.id, r.check) for r in derive(areas, PLACE, REGISTRY).rules]


# ------------------------------------------------------------------------------------------------------------------ real plans


def gml_values(path):
    """Yield (fid, RD geometry, type of value as the file writes it, waarde) of a plan's GML, read with nothing of ours."""
    root = etree.parse(str(path)).getroot()
    for element in root.iter("{*}Maatvoering"):
        fid = next(value for key, value in element.attrib.items() if key.endswith("}id"))
        shape = next(child for child in element.iter() if isinstance(child.tag, str) and etree.QName(child).localname in ("Polygon", "Surface", "MultiSurface"))
        made = ogr.CreateGeometryFromGML(etree.tostring(shape).decode())
        geometry = shapely.make_valid(shapely.from_wkb(bytes((made.GetLinearGeometry(0.5) if made.HasCurveGeometry() else made).ExportToWkb())))
        for pair in element.iter("{*}WaardeEnTypeBP", "{*}WaardeEnType", "{*}OmvangWaardeBP"):
            kind = next(c.text for c in pair.iter() if isinstance(c.tag, str) and etree.QName(c).localname == "waardeType")
            number = next(c.text for c in pair.iter() if isinstance(c.tag, str) and etree.QName(c).localname == "waarde")
            yield fid, geometry, kind.strip(), number.strip()


def flat_values(path):
    """Yield the same of a file in the flat spelling of the plan services."""
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        said = feature["properties"]
        pairs = [part.split('"="') for part in said["maatvoering"].strip('"').split('", "')]
        for kind, number in pairs:
            yield said["identificatie"], shapely.make_valid(shapely.geometry.shape(feature["geometry"])), kind, number


PLANS = {
    "nijkerk": ("imro2012/NL.IMRO.0267.BP0174-0001.gml", gml_values), "spijkenisse": ("imro2012/NL.IMRO.1930.BPRaadhuislaanSP-1001.gml", gml_values),
    "strijp": ("eindhoven-strijp-s/rp_maatvoering.geojson", flat_values),
}


@pytest.mark.parametrize("name", PLANS)
def test_derived_limits_equal_the_raw_values_of_real_plans(shared, name):
    path, reader = shared / "data" / PLANS[name][0], PLANS[name][1]
    raw = list(reader(path))
    areas = areas_of(path)
    zones = sorted({(fid, geometry.wkb): geometry for fid, geometry, _, _ in raw}.values(), key=lambda g: g.wkb)
    chance = random.Random(SEED)
    chosen = [chance.choice(zones) for _ in range(12)]
    for zone in chosen:
        side = chance.uniform(3.0, 12.0)
        middle = zone.representative_point()
        place = box(middle.x - side / 2, middle.y - side / 3, middle.x + side / 2, middle.y + side / 3)
        expected = sorted((fid, kind, number) for fid, geometry, kind, number in raw if shapely.intersection(geometry, place).area > 1e-6)
        found = []
        for rule in derive(areas, place, REGISTRY).rules:
            for item in rule.origin:
                if item.raw:
                    kind, number = item.raw.split("=", 1)
                    assert item.value == float(number.replace(",", ".")), item
                    assert rule.check == "plan_text" or rule.limit.from_plan in kind.lower()
                    found.append((item.fid, kind, number))
        assert sorted(found) == expected
        assert expected, "a design in a zone has at least that zone's value"


def areas_of(path):
    """Return the plan areas of a file by the readers of the house; the flat spelling has a reader of its own."""
    try:
        from drieluik.data_sources.juridical import reader
    except ImportError:
        if path.suffix == ".geojson":
            pytest.skip("no reader of flat plan features here")
        from drieluik.data_sources.juridical import imro as reader
    return reader.read_plan(path)[0]


def test_what_only_minor_parts_do_is_no_firm_violation_while_nobody_read_the_text():
    def plane(*parts, profiles=()):
        site = scenes.site()
        derived = derive(site.plans, PLACE, REGISTRY, profiles)
        found = review(site, scenes.design(scenes.box_part(5, 5, 15, 15, 0, 6), *parts), derived, profiles=profiles)
        return next(f for f in found if f.check == "within_building_plane")

    balcony = scenes.box_part(8, 3.8, 12, 5, 3, 3.3, kind="balcony", fid="balcony")
    found = plane(balcony)
    assert (found.verdict, "profile.minor_parts" in [q.key for q in found.questions]) == (Verdict.NEEDS_JUDGEMENT, True)
    read = MeasuringProfile("NL.IMRO.9999.BP1", entries=(ProfileEntry("minor_parts", {"minor_overshoot_m": 1.0, "minor_classes": ["balcony"]}, "2.7"),))
    assert plane(balcony, profiles=(read,)).verdict is Verdict.VIOLATES
    assert plane(scenes.box_part(5, 2, 15, 5, 0, 3, fid="wing")).verdict is Verdict.NEEDS_JUDGEMENT  # or an aanbouw, where the text holds only hoofdgebouwen to the bouwvlak
    only = MeasuringProfile("NL.IMRO.9999.BP1", entries=(ProfileEntry("applies_to", "bouwwerk", "5.2"),))
    assert plane(scenes.box_part(5, 1, 15, 5, 0, 3, fid="wing"), profiles=(only,)).verdict is Verdict.VIOLATES


def about(kind, number):
    return PlanValue(f"bouwhoogte {kind}", "maximum", number, "m", f"maximum bouwhoogte {kind}={number}", kind)


def test_a_value_that_is_about_one_kind_of_object_is_a_rule_for_that_kind_only():
    found = rules(extra("n1", "omgevingsnorm", "hek", about("erfafscheiding", 2.0)), extra("n2", "omgevingsnorm", "huis", about("hoofdgebouw", 12.0)))
    fence, house = found["maximum:bouwhoogte erfafscheiding"], found["maximum:bouwhoogte hoofdgebouw"]
    assert (fence.check, fence.applies_to, fence.limit.from_plan) == ("max_building_height", ("erfafscheiding",), "bouwhoogte erfafscheiding")
    assert house.applies_to == ("hoofdgebouw",)
    assert [item.fid for item in found["maximum:bouwhoogte"].origin] == ["m1"]


def test_what_an_activity_rule_does_not_allow_is_to_be_read():
    forbidden = replace(extra("a1", "activiteit", "bouwwerk bouwen"), group="verbod")
    allowed = replace(extra("a2", "activiteit", "tuinieren"), group="toegestaan")
    found = rules(forbidden, allowed)
    assert found["text:activiteit bouwwerk bouwen: verbod"].check == "plan_text"
    assert not any("tuinieren" in name for name in found)


def test_of_two_values_in_one_object_somebody_says_which_holds():
    two = extra("m9", "maatvoering", "hoogte", value("bouwhoogte", 12.0), value("bouwhoogte", 5.5))
    site = replace(scenes.site(), plans=tuple(area for area in scenes.site().plans if area.kind != "maatvoering") + (two,))
    design = scenes.design(scenes.box_part(6, 6, 12, 14, 0, 6))
    derived = derive(site.plans, PLACE, REGISTRY)
    [found] = [one for one in review(site, design, (derived,), {"peil": {"nap_m": 0.0, "method": "chosen"}}) if one.check == "max_building_height"]
    assert (found.verdict, found.measurements[0].limit) == (Verdict.NEEDS_JUDGEMENT, 5.5)
    assert "overlap.bouwhoogte" in [question.key for question in found.questions]
