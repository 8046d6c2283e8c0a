"""Small scenes, one or more for each check and each thing that it may say; what comes of them stands in ``finding_records.txt``.

The numbers of each can be worked out by hand from the line that makes it (metres from the scene's corner, heights above its ground of 1 m NAP).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import shapely

import roofs
import scenes
from drieluik.model import Address, Building3D, LayerState, Level, Parcel, PlanOrigin, PlanValue, RegisteredBuilding, TopographyObject
from one_rule import PEIL, rd
from scenes import GROUND, ORIGIN, box_part, gable_part, plan_area, shift

box = shapely.box
HOUSE = gable_part(5, 5, 15, 15, 5.5, 9.5)
BLOCK = box_part(5, 5, 15, 15, 0, 6)
SIDES = {"side_boundaries": {"lines": [rd((0, 0), (0, 40)), rd((20, 0), (20, 40))]}}
FRONT = {"front_boundary": {"line": rd((0, 0), (20, 0))}}
REAR = {"rear_boundary": {"line": rd((0, 40), (20, 40))}}
FACADE = {"facade_line": {"line": rd((0, 5), (20, 5))}}
PEILS = {"peil": {"candidates": {"road_at_main_entrance": GROUND + 0.4, "finished_ground_adjoining": GROUND, "water_level": None}}}
VLAK = box(5, 5, 15, 17)


def value(name, number, unit="m", qualifier="maximum"):
    return PlanValue(name, qualifier, number, unit, f"{qualifier} {name} ({unit})={number:g}")


def drawn(*values, fid="m1", kind="maatvoering", name="maatvoering", shape=VLAK):
    return plan_area(fid, kind, name, shape, *values, belongs_to="b1")


def plans(*more):
    return (
        plan_area("p1", "plangebied", "Voorbeeldplan", box(-60, -60, 80, 80)), plan_area("e1", "enkelbestemming", "Wonen", box(-40, 0, 60, 40)),
        plan_area("b1", "bouwvlak", "bouwvlak", VLAK, belongs_to="e1"), *more,
    )


YARD = TopographyObject("o", "onbegroeidterreindeel", shift(box(0, 0, 20, 40)), "erf")


def on(*areas, **changes):
    return scenes.site(plans=plans(*areas), **changes)


def failed(layer):
    """Return the scene without a layer that could not be read."""
    held = {"plans": "plans", "parcels": "parcels", "bag": "registered_buildings", "bgt": "topography", "buildings3d": "buildings3d"}
    here = scenes.site(**{"plans": plans(), held[layer]: ()})
    return replace(here, provenance=tuple(replace(r, state=LayerState.FAILED) if r.layer == layer else r for r in here.provenance))


NEIGHBOUR = RegisteredBuilding("9999100000000001", shift(box(24, 5, 32, 15)), 1975, "Pand in gebruik", ("woonfunctie",))
OLD_SHED = RegisteredBuilding("9999100000000002", shift(box(1, 30, 5, 35)), 1960, "Pand in gebruik")
OLD_HOUSE = RegisteredBuilding("9999100000000003", shift(box(5, 15, 15, 23)), 1955, "Pand in gebruik", ("woonfunctie",))
MILL = {"at": rd((0, 0))[0], "ground_nap": GROUND}
ARCHEOLOGY = plan_area("z1", "dubbelbestemming", "Waarde - Archeologie 3", box(-50, -50, 60, 60))
LINE = rd((-100, 10), (100, 10))
SOUTH = Building3D("9999100000000004", box_part(2, 24, 18, 34, 0, 6).triangles, np.array(["ground"] * 2 + ["roof"] * 2 + ["wall"] * 8), "2.2", GROUND, GROUND + 6, "2022-03-01")
WALL = Building3D("9999100000000007", box_part(-40, -12, 50, -10, 0, 30).triangles, np.array(["ground"] * 2 + ["roof"] * 2 + ["wall"] * 8), "2.2", GROUND, GROUND + 30, "2022-03-01")
HOMES = {
    "buildings3d": (SOUTH,), "parcels": (Parcel("1", "A 1", shift(box(0, 0, 20, 22))), Parcel("2", "A 2", shift(box(0, 22, 20, 44)))),
    "registered_buildings": (RegisteredBuilding(SOUTH.fid, shift(box(2, 24, 18, 34)), 1980, "Pand in gebruik", ("woonfunctie",)),),
    "addresses": (Address("a1", "Achterweg 7", shift(shapely.Point(10, 29)), (SOUTH.fid,), ("woonfunctie",)),), "trees": (),
}


def case(check, *parts, site=None, answers=None, op="<=", limit=None, unit="m", attribute="", levels=(), said=None, **measure):
    """Return one case; ``said``: what the rule says beside its check, limit and switches."""
    return check, parts, site, {**PEIL, **(answers or {})}, op, limit, unit, attribute, levels, said or {}, measure


def when(**condition):
    """Return a case of one rule that asks a condition."""
    answers, site = condition.pop("answers_given", {}), condition.pop("site", None)
    return case("max_area", BLOCK, limit=120.0, unit="m2", answers=answers, site=site, said={"applies_when": condition})


def windowed(*more):
    """Return a house whose windows face south and north."""
    return (box_part(0, 0, 8, 8, 0, 6), box_part(2, -0.05, 3, 0.05, 1, 2, kind="window", fid="south"), box_part(2, 7.95, 3, 8.05, 1, 2, kind="window", fid="north"), *more)


CASES = {
    "height below, answered peil": case("max_building_height", HOUSE, limit=10.0),
    "height above, drawn": case("max_building_height", HOUSE, attribute="bouwhoogte", site=on(drawn(value("bouwhoogte", 8.0)))),
    "height, peil not settled": case("max_building_height", HOUSE, limit=9.3, answers=PEILS),
    "height, peil proposed": case("max_building_height", HOUSE, limit=9.55, answers={"peil": {}}),
    "height, two zones": case("max_building_height", HOUSE, attribute="bouwhoogte", site=on(
        drawn(value("bouwhoogte", 10.0), shape=box(5, 5, 9, 17)), drawn(value("bouwhoogte", 7.5), fid="m2", shape=box(9, 5, 15, 17)))),
    "height, lift above": case("max_building_height", BLOCK, box_part(7, 7, 9, 9, 6, 7.5, fid="lift"), limit=6.5),
    "height, chimney exempt to a metre": case("max_building_height", BLOCK, box_part(7, 7, 7.5, 7.5, 6, 7.8, kind="chimney", fid="pipe"), limit=6.5, said={"exceptions": (
        {"id": "minor", "classes": ["chimney"], "max_extra_m": 1.0, "decision": "auto"},)}),
    "height, a power of ten percent": case("max_building_height", HOUSE, limit=9.0, said={"exceptions": (
        {"id": "tien", "effect": "limit*1.10", "decision": "officer", "legal": {"article": "30.1"}},)}),
    "height, nothing drawn": case("max_building_height", HOUSE, attribute="bouwhoogte", site=on()),
    "height, plans failed": case("max_building_height", HOUSE, attribute="bouwhoogte", site=failed("plans")),
    "height, at least": case("min_building_height", HOUSE, op=">=", limit=10.0),
    "height, at least, a low wing": case("min_building_height", BLOCK, box_part(15, 5, 18, 15, 0, 3, fid="wing"), op=">=", limit=5.0),
    "eaves at the limit": case("max_eaves_height", HOUSE, limit=5.5),
    "eaves above, drawn": case("max_eaves_height", HOUSE, attribute="goothoogte", site=on(drawn(value("goothoogte", 4.0), value("bouwhoogte", 10.0)))),
    "eaves of a flat roof": case("max_eaves_height", BLOCK, limit=5.0, flat_equals_eaves=True),
    "eaves, flat roof not said": case("max_eaves_height", BLOCK, limit=5.0),
    "eaves, a dormer": case("max_eaves_height", HOUSE, box_part(8, 6, 11, 9.5, 5, 8, fid="dormer"), limit=6.0),
    "eaves, the envelope": case("max_eaves_height", HOUSE, limit=5.0, roof_envelope_angle_deg=142),
    "eaves, at least": case("min_eaves_height", HOUSE, op=">=", limit=6.0),
    "pitch within": case("roof_pitch_range", HOUSE, op="between", limit=(30.0, 45.0), unit="deg"),
    "pitch too flat": case("roof_pitch_range", HOUSE, op=">=", limit=45.0, unit="deg"),
    "pitch of a flat roof": case("roof_pitch_range", BLOCK, op=">=", limit=30.0, unit="deg"),
    "a roof with a ridge asked": case("roof_pitch_range", BLOCK, roof_form="kap", unit="deg"),
    "pitch drawn": case("roof_pitch_range", HOUSE, op="<=", attribute="dakhelling", unit="deg", site=on(drawn(value("dakhelling", 35.0, "graden")))),
    "coverage of a plot": case("max_coverage_pct", BLOCK, limit=20.0, unit="%", denominator="bouwperceel"),
    "coverage with what stands": case("max_coverage_pct", BLOCK, limit=14.0, unit="%", denominator="bouwperceel", site=on(registered_buildings=(NEIGHBOUR, OLD_SHED))),
    "coverage of the bouwvlak, drawn": case("max_coverage_pct", BLOCK, unit="%", attribute="bebouwingspercentage", denominator="bouwvlak", site=on(drawn(value("bebouwingspercentage", 80.0, "%")))),
    "coverage, denominator not said": case("max_coverage_pct", BLOCK, limit=40.0, unit="%"),
    "coverage with an open carport": case("max_coverage_pct", BLOCK, box_part(15, 5, 18, 11, 2.5, 2.7, fid="roof", kind="canopy"), limit=13.5, unit="%", denominator="bouwperceel"),
    "coverage below ground": case("max_coverage_pct", BLOCK, box_part(3, 5, 15, 20, -3, 0, fid="cellar"), limit=15.0, unit="%", denominator="bouwperceel", count_below_ground=True),
    "coverage without a register": case("max_coverage_pct", BLOCK, limit=20.0, unit="%", denominator="bouwperceel", site=failed("bag")),
    "coverage, at least": case("min_coverage_pct", BLOCK, op=">=", limit=50.0, unit="%", denominator="bouwvlak", site=on()),
    "area too large": case("max_area", BLOCK, limit=90.0, unit="m2"),
    "area with the house that it joins": case("max_area", BLOCK, limit=150.0, unit="m2", include_existing=True, site=on(registered_buildings=(NEIGHBOUR, OLD_HOUSE))),
    "area, joins a house and nobody said": case("max_area", BLOCK, limit=150.0, unit="m2", site=on(registered_buildings=(NEIGHBOUR, OLD_HOUSE))),
    "area, projected": case("max_area", BLOCK, box_part(4, 4, 16, 16, 6, 6.2, kind="roof", fid="roof"), limit=120.0, unit="m2", of="projection"),
    "area, at least": case("min_area", BLOCK, op=">=", limit=120.0, unit="m2"),
    "volume": case("max_volume", HOUSE, limit=700.0, unit="m3", volume_base="top", answers={"ground_floor": {"top_nap_m": GROUND + 0.3, "underside_nap_m": GROUND}}),
    "volume, drawn": case("max_volume", HOUSE, unit="m3", attribute="volume", site=on(drawn(value("volume", 800.0, "m3")))),
    "volume from the underside": case("max_volume", HOUSE, limit=700.0, unit="m3", volume_base="underside", answers={"ground_floor": {"top_nap_m": GROUND + 0.3, "underside_nap_m": GROUND + 0.1}}),
    "storeys by the list": case("max_storeys", BLOCK, limit=2.0, unit="bouwlagen", levels=(Level("begane grond", GROUND), Level("verdieping", GROUND + 3))),
    "storeys without a list": case("max_storeys", BLOCK, limit=2.0, unit="bouwlagen"),
    "storeys, one too many": case("max_storeys", BLOCK, limit=1.0, unit="bouwlagen", levels=(Level("kelder", GROUND - 2.8), Level("00", GROUND), Level("01", GROUND + 3)), count_basement=True),
    "in the bouwvlak": case("within_building_plane", BLOCK),
    "out of the bouwvlak": case("within_building_plane", box_part(4.2, 5, 15, 15, 0, 6)),
    "out of the bouwvlak by a bay": case("within_building_plane", BLOCK, box_part(8, 4.2, 10, 5, 0, 3, kind="balcony", fid="bay"), minor_overshoot_m=1.0, minor_classes=["balcony"]),
    "cellar out of the bouwvlak": case("within_building_plane", BLOCK, box_part(3, 5, 15, 15, -3, 0, fid="cellar")),
    "no bouwvlak": case("within_building_plane", BLOCK, site=scenes.site(plans=plans()[:2])),
    "side boundaries": case("min_distance_side_boundary", BLOCK, op=">=", limit=5.0, answers=SIDES),
    "side boundaries, too near": case("min_distance_side_boundary", box_part(4, 5, 17.5, 15, 0, 6), op=">=", limit=3.0, answers=SIDES),
    "side boundaries, proposed": case("min_distance_side_boundary", box_part(4, 5, 16, 15, 0, 6), op=">=", limit=4.2, built_up=True),
    "rear boundary": case("min_distance_rear_boundary", BLOCK, op=">=", limit=30.0, answers=REAR),
    "front boundary": case("min_distance_front_boundary", BLOCK, op=">=", limit=4.0, answers=FRONT),
    "front boundary, projected roof": case("min_distance_front_boundary", BLOCK, box_part(5, 3, 15, 5, 5.5, 6, kind="roof", fid="eaves"), op=">=", limit=4.0, answers=FRONT, of="projection"),
    "road axis": case("min_distance_road_axis", BLOCK, op=">=", limit=12.0, answers={"road_axis": {"lines": [rd((-40, -6), (60, -6))]}}),
    "road axis, proposed": case("min_distance_road_axis", BLOCK, op=">=", limit=10.0),
    "other buildings": case("min_distance_buildings", BLOCK, op=">=", limit=8.0),
    "other buildings, clear": case("min_distance_buildings", box_part(5, 5, 12, 15, 0, 6), op=">=", limit=10.0),
    "own buildings": case("min_distance_buildings", BLOCK, box_part(5, 20, 9, 24, 0, 3, fid="shed"), op=">=", limit=6.0, between="own"),
    "depth": case("max_depth", BLOCK, limit=9.0, answers=FRONT),
    "width": case("max_width", box_part(5, 5, 17, 15, 0, 6), limit=12.0, answers=FRONT),
    "depth, which front": case("max_depth", box_part(5, 5, 17, 15, 0, 6), limit=11.0),
    "behind the facade line": case("facade_line", BLOCK, answers=FACADE, mode="not_in_front"),
    "behind a facade line of which nothing is told": case("facade_line", box_part(5, 6, 15, 15, 0, 6), answers=FACADE),
    "before the facade line": case("facade_line", box_part(5, 4.2, 15, 15, 0, 6), answers=FACADE),
    "on the facade line": case("facade_line", BLOCK, box_part(15, 7, 18, 15, 0, 6, fid="wing"), answers=FACADE, mode="must_be_on", tolerance_m=0.1, op=">=", limit=80.0, unit="%"),
    "facade line, not known": case("facade_line", BLOCK),
    "over the footpath": case("public_space_overlap", BLOCK, box_part(6, -1, 10, 5, 2.6, 2.8, kind="canopy", fid="canopy")),
    "clear of the footpath": case("public_space_overlap", BLOCK),
    "over green": case("public_space_overlap", box_part(5, -2, 15, 10, 0, 6), site=scenes.site(topography=(TopographyObject("g", "begroeidterreindeel", shift(box(0, -5, 20, 0)), "groenvoorziening"),))),
    "archaeology": case("overlay_hit", box_part(0, 0, 12, 10, -0.8, 6), site=on(ARCHEOLOGY), area_m2=100, depth_m=0.4),
    "archaeology, depth unknown": case("overlay_hit", box_part(0, 0, 12, 10, 0, 6), site=on(ARCHEOLOGY), area_m2=100, depth_m=0.4),
    "a pipeline": case("overlay_hit", BLOCK, kind="pipeline", name="Leiding", strip_m=8.0, line=LINE),
    "plan text": case("plan_text", BLOCK, unit="", site=on(plan_area("a1", "functieaanduiding", "kantoor", box(0, 0, 40, 40)))),
    "airport": case("aviation_height", box_part(0, 0, 10, 10, 0, 44.4), surface={"type": "constant", "nap_m": 46}),
    "airport, above": case("aviation_height", box_part(0, 0, 10, 10, 0, 44.4), surface={"type": "constant", "nap_m": 44}),
    "airport, a slope": case("aviation_height", box_part(20, 0, 30, 10, 0, 42), surface={"type": "plane", "at": rd((0, 0))[0], "nap_m": 40, "rise": [0.1, 0]}),
    "beacon": case("cns_height", box_part(200, 0, 210, 10, 0, 12), station_at=rd((0, 0))[0], begin=GROUND + 2, slope=0.05, r=50.0, a=GROUND + 2, R=500.0),
    "beacon by its kind": case("cns_height", box_part(200, 0, 210, 10, 0, 12), station="Pampus", station_at=rd((0, 0))[0]),
    "radio link": case("radio_link_height", box_part(0, 5, 10, 15, 0, 30), line=LINE, half_width_m=50.0, heights_nap=[25.0, 35.0]),
    "power line": case("powerline_zone", BLOCK, line=LINE, half_width_m=20.0),
    "power line, clear": case("powerline_zone", box_part(5, 60, 15, 70, 0, 6), line=LINE, half_width_m=20.0),
    "mill": case("mill_biotope", box_part(200, -5, 210, 5, 0, 6), site=scenes.site(plans=()), mill=MILL, model="formula", n=140, c=0.2, z=15.0),
    "mill, below": case("mill_biotope", box_part(200, -5, 210, 5, 0, 4), site=scenes.site(plans=()), mill=MILL, model="ratio", ratio=100.0, base_m=3.0),
    "shed": case("secondary_buildings", gable_part(12, 30, 18, 34, 2.8, 5.2, fid="shed"), site=on(registered_buildings=(OLD_SHED,), parcels=(Parcel("1", "A 1", shift(box(0, 0, 20, 40))),)),
                 max_eaves_m=3, max_height_m=5, max_total_area_m2=50, answers={"object_kind": "bijgebouw"}),
    "shed behind the front": case("secondary_buildings", BLOCK, box_part(16, 6, 19, 9, 0, 3, fid="shed"), secondary_parts=["shed"], behind_front_m=3.0, max_share_pct=50, answers=FACADE),
    "fence": case("other_structures", box_part(0, 0.2, 20, 0.4, 0, 1.4, fid="fence"), max_before_m=1.0, max_behind_m=2.0, parts=["fence"], answers=FACADE),
    "sun on facades": case("sun_hours_facade", box_part(2, 8, 18, 18, 0, 12), site=scenes.site(**HOMES), profile="den_haag", step_min=10.0),
    "sun on facades, clear": case("sun_hours_facade", box_part(5, 2, 8, 5, 0, 3), site=scenes.site(**HOMES), profile="den_haag", step_min=10.0),
    "sun without models": case("sun_hours_facade", BLOCK, site=failed("buildings3d")),
    "shadow study": case("shadow_study", box_part(2, 8, 18, 18, 0, 12), site=scenes.site(**HOMES), dates=["03-21"], hours=[12], unit="m2"),
    "eaves, nothing drawn": case("max_eaves_height", HOUSE, attribute="goothoogte", site=on()),
    "eaves at the front facade": case("max_eaves_height", HOUSE, limit=5.4, measured_at="front_facade"),
    "eaves, dormers left out by their width": case("max_eaves_height", HOUSE, box_part(8, 6, 11, 9.5, 5, 8, fid="dormer"), limit=6.0, exclude_dormers=True, exclude_below_pct=50),
    "eaves, dormers too wide": case("max_eaves_height", HOUSE, box_part(6, 6, 12.34, 9.5, 5, 8, fid="dormer"), limit=6.0, exclude_dormers=True, exclude_below_pct=50),
    "eaves, dormers count": case("max_eaves_height", HOUSE, box_part(8, 6, 11, 9.5, 5, 8, fid="dormer"), limit=6.0, exclude_dormers=False),
    "eaves, dormers answered": case("max_eaves_height", HOUSE, box_part(8, 6, 11, 9.5, 5, 8, fid="dormer"), limit=6.0, answers={"dormers_count": {"value": "no", "by": "J. de Vries", "reason": "ondergeschikt"}}),
    "eaves of a barrel": case("max_eaves_height", roofs.barrel(3.0), limit=6.0),
    "eaves of a low barrel": case("max_eaves_height", roofs.barrel(3.0), limit=9.0),
    "eaves of a lessenaarsdak": case("max_eaves_height", roofs.body([(5, 0), (15, 0), (15, 7), (5, 4)]), limit=5.0, pent_roof="low_side"),
    "eaves of a lessenaarsdak on both sides": case("max_eaves_height", roofs.body([(5, 0), (15, 0), (15, 7), (5, 4)]), limit=5.0, pent_roof="both_sides"),
    "eaves, at least, a low wing": case("min_eaves_height", HOUSE, gable_part(15, 5, 18, 15, 2.5, 6.5, fid="wing"), op=">=", limit=5.0),
    "eaves of a barrel, at least": case("min_eaves_height", roofs.barrel(3.0), op=">=", limit=4.0),
    "height, nothing said": case("min_building_height", HOUSE, attribute="bouwhoogte", site=on()),
    "height, at least, in two zones": case("min_building_height", HOUSE, op=">=", attribute="bouwhoogte", site=on(drawn(value("bouwhoogte", 8.0, qualifier="minimum")))),
    "height from NAP": case("max_building_height", HOUSE, limit=10.0, unit="m", site=on(drawn(PlanValue("bouwhoogte", "maximum", 9.0, "m NAP", "maximum bouwhoogte (m NAP)=9"))), attribute="bouwhoogte"),
    "height with a tolerance": case("max_building_height", HOUSE, limit=9.45, said={"uncertainty": {"level_m": 0.02}}),
    "height, a lift told to be minor": case("max_building_height", BLOCK, box_part(7, 7, 9, 9, 6, 7.5, fid="lift"), limit=6.5, answers={"minor_parts": {"value": "yes", "by": "J. de Vries"}}),
    "height, a chimney exempt": case("max_building_height", BLOCK, box_part(7, 7, 7.5, 7.5, 6, 7.8, kind="chimney", fid="pipe"), limit=6.5, exempt_classes=["chimney"]),
    "height, plant asked": case("max_building_height", BLOCK, box_part(7, 7, 9, 9, 6, 7.0, kind="installation", fid="plant"), limit=6.5, said={"exceptions": (
        {"id": "plant", "classes": ["installation"], "max_extra_m": 1.0, "decision": "officer", "question": "Ondergeschikt?"},)}),
    "height, a power that is too small": case("max_building_height", HOUSE, limit=8.0, said={"exceptions": ({"id": "tien", "effect": "limit*1.10", "decision": "officer"},)}),
    "height, a power that cannot be computed": case("max_building_height", HOUSE, limit=9.0, said={"exceptions": ({"id": "vrij", "decision": "officer", "question": "Vrijstelling?"},)}),
    "height, a power in words": case("max_building_height", HOUSE, limit=9.0, said={"exceptions": ({"id": "hogere", "effect": "hoger in overleg", "decision": "officer", "legal": {"article": "30.2", "quote": "kan afwijken"}},)}),
    "height, a power that names what nobody said": case("max_building_height", HOUSE, limit=9.0, said={"exceptions": ({"id": "meer", "effect": "limit+toeslag", "decision": "officer"},)}),
    "pitch drawn between two": case("roof_pitch_range", HOUSE, attribute="dakhelling", unit="deg", site=on(drawn(value("dakhelling", 30.0, "graden", "minimum"), value("dakhelling", 45.0, "graden")))),
    "a form drawn": case("roof_pitch_range", BLOCK, attribute="dakhelling", unit="deg", site=on(drawn(fid="x1", kind="bouwaanduiding", name="kap"))),
    "a flat roof drawn": case("roof_pitch_range", HOUSE, attribute="dakhelling", unit="deg", site=on(drawn(fid="x1", kind="bouwaanduiding", name="plat dak"))),
    "pitch of a barrel": case("roof_pitch_range", roofs.barrel(3.0), op=">=", limit=30.0, unit="deg"),
    "pitch of a small plane": case("roof_pitch_range", HOUSE, gable_part(15, 8, 17, 10, 3, 3.4, fid="porch"), op=">=", limit=30.0, unit="deg"),
    "pitch, flat allowed": case("roof_pitch_range", HOUSE, box_part(15, 5, 18, 15, 0, 3, fid="wing"), op=">=", limit=30.0, unit="deg", flat_allowed=True),
    "side boundaries, nothing said": case("min_distance_side_boundary", BLOCK, answers=SIDES),
    "side boundaries, drawn": case("min_distance_side_boundary", BLOCK, op=">=", attribute="afstand tot de zijdelingse perceelgrens", answers=SIDES, site=on(
        drawn(value("afstand tot de zijdelingse perceelgrens", 6.0, qualifier="minimum")))),
    "side boundaries, one attached": case("min_distance_side_boundary", box_part(0, 5, 12, 15, 0, 6), op=">=", limit=3.0, answers={"side_boundaries": {"lines": [rd((0, 0), (0, 40)), rd((20, 0), (20, 40))], "attached": [1]}}),
    "side boundaries, no parcels": case("min_distance_side_boundary", BLOCK, op=">=", limit=3.0, site=on(parcels=())),
    "side boundaries, parcels failed": case("min_distance_side_boundary", BLOCK, op=">=", limit=3.0, site=failed("parcels")),
    "side boundaries, an aanduiding attached": case("min_distance_side_boundary", box_part(0, 5, 12, 15, 0, 6), op=">=", limit=3.0, answers=SIDES, site=on(drawn(fid="x1", kind="bouwaanduiding", name="twee-aaneen"))),
    "front boundary, a bay that may be open": case("min_distance_front_boundary", BLOCK, box_part(7, 3, 9, 5, 2.6, 2.8, kind="canopy", fid="canopy"), op=">=", limit=4.0, answers=FRONT),
    "front boundary, a cellar": case("min_distance_front_boundary", BLOCK, box_part(5, 3, 15, 15, -3, 0, fid="cellar"), op=">=", limit=4.0, answers=FRONT),
    "front boundary, rural": case("min_distance_front_boundary", BLOCK, op=">=", limit=5.3, answers=FRONT, built_up=False),
    "rear boundary, proposed": case("min_distance_rear_boundary", BLOCK, op=">=", limit=24.0),
    "road axis, no road": case("min_distance_road_axis", BLOCK, op=">=", limit=10.0, site=on(topography=())),
    "road axis, unreadable": case("min_distance_road_axis", BLOCK, op=">=", limit=10.0, answers={"road_axis": {"lines": "none"}}),
    "road axis, nothing said": case("min_distance_road_axis", BLOCK),
    "other buildings, none": case("min_distance_buildings", BLOCK, op=">=", limit=3.0, site=on(registered_buildings=())),
    "other buildings, demolished": case("min_distance_buildings", BLOCK, op=">=", limit=30.0, answers={"demolition": ["9999100000000001"]}),
    "other buildings on the plot": case("min_distance_buildings", BLOCK, op=">=", limit=14.0, where="plot", site=on(registered_buildings=(NEIGHBOUR, OLD_SHED))),
    "other buildings, attached": case("min_distance_buildings", BLOCK, op=">=", limit=3.0, site=on(registered_buildings=(NEIGHBOUR, OLD_HOUSE))),
    "own buildings, one": case("min_distance_buildings", BLOCK, op=">=", limit=3.0, between="own"),
    "depth, nothing said": case("max_depth", BLOCK, answers=FRONT),
    "depth of the main building": case("max_depth", BLOCK, box_part(8, 20, 10, 22, 0, 3, fid="shed"), limit=11.0, answers=FRONT, body="main"),
    "depth of all": case("max_depth", BLOCK, box_part(8, 20, 10, 22, 0, 3, fid="shed"), limit=11.0, answers=FRONT, body="all"),
    "width with a house that it joins": case("max_width", BLOCK, limit=11.0, answers=FRONT, site=on(registered_buildings=(NEIGHBOUR, RegisteredBuilding("9999100000000005", shift(box(15, 5, 19, 15)), 1950)))),
    "facade line that may go on": case("facade_line", box_part(5, 4, 15, 15, 0, 6), answers={"facade_line": {"line": rd((-20, 5), (4, 5))}}),
    "facade line drawn": case("facade_line", box_part(5, 4.2, 15, 15, 0, 6), site=on(plan_area("fig1", "figuur", "gevellijn", shapely.LineString([(0, 5), (20, 5)])))),
    "facade line, a canopy before it": case("facade_line", BLOCK, box_part(7, 3, 9, 5, 2.6, 2.8, kind="canopy", fid="canopy"), answers=FACADE),
    "facade line, strictly on": case("facade_line", BLOCK, answers=FACADE, mode="must_be_on", tolerance_m=0.0),
    "coverage, denominator answered": case("max_coverage_pct", BLOCK, limit=40.0, unit="%", answers={"denominator": {"value": "bouwvlak", "by": "J. de Vries"}}),
    "coverage, denominator misspelt": case("max_coverage_pct", BLOCK, limit=40.0, unit="%", answers={"denominator": "perceel"}),
    "coverage of an aanduiding": case("max_coverage_pct", BLOCK, limit=40.0, unit="%", denominator="aanduidingsvlak", site=on(drawn(fid="f1", kind="functieaanduiding", name="kantoor"))),
    "coverage of a bestemming": case("max_coverage_pct", BLOCK, limit=4.0, unit="%", denominator="bestemmingsvlak"),
    "coverage, structures and permit-free": case("max_coverage_pct", BLOCK, box_part(16, 20, 19, 24, 0, 3, fid="shed"), limit=14.0, unit="%", denominator="bouwperceel", counts="bouwwerken", count_permit_free=False),
    "coverage by volume": case("max_coverage_pct", BLOCK, limit=40.0, unit="%", denominator="bouwvlak", basis="volume"),
    "coverage, a party wall": case("max_coverage_pct", box_part(0, 5, 10, 15, 0, 6), limit=12.4, unit="%", denominator="bouwperceel", party_walls="to_the_middle", site=on(
        registered_buildings=(NEIGHBOUR, RegisteredBuilding("9999100000000006", shift(box(-8, 5, 0, 15)), 1950)))),
    "coverage, two parcels asked": case("max_coverage_pct", box_part(15, 5, 25, 15, 0, 6), limit=10.0, unit="%", denominator="bouwperceel", site=on(registered_buildings=())),
    "coverage, parcels answered": case("max_coverage_pct", BLOCK, limit=10.0, unit="%", denominator="bouwperceel", answers={"parcels": {"value": ["1", "2"], "by": "J. de Vries"}}),
    "area of the main building": case("max_area", BLOCK, box_part(1, 30, 4, 33, 0, 3, fid="shed"), limit=105.0, unit="m2", body="main"),
    "area drawn in a zone": case("max_area", BLOCK, unit="m2", attribute="oppervlakte", site=on(drawn(value("oppervlakte", 90.0, "m2"), shape=box(5, 5, 10, 17)))),
    "area, stands alone": case("max_area", BLOCK, limit=150.0, unit="m2", answers={"whole_building": "no"}, site=on(registered_buildings=(NEIGHBOUR, OLD_HOUSE))),
    "area of some parts beside a house": case("max_area", BLOCK, limit=150.0, unit="m2", site=on(registered_buildings=(NEIGHBOUR, OLD_HOUSE)), said={"applies_when": {"object": {"classes_not": ["chimney"]}}}),
    "area of a shed beside a house": case("max_area", BLOCK, limit=150.0, unit="m2", site=on(registered_buildings=(NEIGHBOUR, OLD_HOUSE)), said={"applies_when": {"object": {"kind": "bijgebouw"}}}, answers={"object_kind": "bijgebouw"}),
    "area of a building beside a house": case("max_area", BLOCK, limit=150.0, unit="m2", site=on(registered_buildings=(NEIGHBOUR, OLD_HOUSE)), said={"applies_when": {"object": {"kind": "gebouw"}}}),
    "area with the ground drawn along": case("max_area", BLOCK, box_part(-5, -5, 25, 45, -0.4, 0.0, fid="terrain"), limit=150.0, unit="m2", of="projection"),
    "area with a tree drawn along": case("max_area", BLOCK, box_part(17.8, 30, 18.2, 30.4, 0, 3, fid="stem"), box_part(16, 28, 20, 32, 3, 8, fid="crown"), limit=110.0, unit="m2", of="projection"),
    "two sheds": case("secondary_buildings", box_part(5, 30, 9, 34, 0, 3.2, fid="a"), box_part(12, 30, 15, 33, 0, 2.8, fid="b"), max_height_m=3, answers={"object_kind": "bijgebouw"}),
    "a shed beside a house": case("secondary_buildings", BLOCK, box_part(12, 30, 15, 33, 0, 3.2, fid="shed"), max_height_m=3),
    "volume, nothing said": case("max_volume", HOUSE, unit="m3", attribute="volume", site=on()),
    "volume of an open model": case("max_volume", replace(HOUSE, closed=False), limit=745.0, unit="m3"),
    "volume, cellar counted": case("max_volume", BLOCK, box_part(5, 5, 15, 15, -3, 0, fid="cellar"), limit=700.0, unit="m3", count_basement=True, levels=(Level("kelder", GROUND - 3), Level("begane grond", GROUND))),
    "volume, cellar not counted": case("max_volume", BLOCK, box_part(5, 5, 15, 15, -3, 0, fid="cellar"), limit=700.0, unit="m3", count_basement=False, levels=(Level("kelder", GROUND - 3), Level("begane grond", GROUND))),
    "storeys, nothing said": case("max_storeys", BLOCK, unit="bouwlagen", attribute="aantal bouwlagen", site=on()),
    "storeys drawn": case("max_storeys", BLOCK, unit="bouwlagen", attribute="aantal bouwlagen", site=on(drawn(value("aantal bouwlagen", 1.0, ""))), levels=(Level("00", GROUND), Level("01", GROUND + 3))),
    "storeys, answered": case("max_storeys", BLOCK, limit=2.0, unit="bouwlagen", answers={"floors": {"nap_m": [GROUND, GROUND + 3]}}),
    "storeys with an attic": case("max_storeys", HOUSE, limit=2.0, unit="bouwlagen", levels=(Level("00", GROUND), Level("01", GROUND + 2.8), Level("zolder", GROUND + 5.6)), count_attic=False),
    "out of the bouwvlak, a roof edge": case("within_building_plane", BLOCK, box_part(4.4, 4.4, 15.6, 15.6, 5.8, 6, kind="roof", fid="roof")),
    "out of the bouwvlak, a deep roof": case("within_building_plane", BLOCK, box_part(3.5, 5, 15, 15, 5.8, 6, kind="roof", fid="roof")),
    "out of the bouwvlak, minor": case("within_building_plane", BLOCK, box_part(7, 4.2, 9, 5, 2.6, 2.8, kind="canopy", fid="canopy"), minor_overshoot_m=1.0, minor_classes=["canopy"]),
    "out of the bouwvlak, too deep to be minor": case("within_building_plane", BLOCK, box_part(7, 3.8, 9, 5, 2.6, 2.8, kind="canopy", fid="canopy"), minor_overshoot_m=1.0, minor_classes=["canopy"]),
    "out of the bouwvlak, towards the road": case("within_building_plane", BLOCK, box_part(7, 3.8, 9, 5, 2.6, 2.8, kind="canopy", fid="canopy"), minor_overshoot_m=1.0, minor_overshoot_road_m=1.5, minor_classes=["canopy"]),
    "out of the bouwvlak, a shed": case("within_building_plane", BLOCK, box_part(1, 30, 4, 33, 0, 3, fid="shed")),
    "out of the bouwvlak, cellar counted": case("within_building_plane", BLOCK, box_part(3, 5, 15, 15, -3, 0, fid="cellar"), count_below_ground=True),
    "out of the bouwvlak, a low wing": case("within_building_plane", BLOCK, box_part(15, 8, 18, 14, 0, 3, fid="wing"), site=on(), said={"applies_to": ("hoofdgebouw",)}),
    "out of the bouwvlak, a low wing of the map": case("within_building_plane", BLOCK, box_part(15, 8, 18, 14, 0, 3, fid="wing"), said={"plan_id": "NL.IMRO.9999.BP1", "origin": (PlanOrigin("NL.IMRO.9999.BP1", "b1", "bouwvlak", "bouwvlak"),)}),
    "bouwvlak, plans failed": case("within_building_plane", BLOCK, site=failed("plans")),
    "over the road, private": case("public_space_overlap", box_part(5, -4, 15, 10, 0, 6), private_functions=["rijbaan lokale weg"]),
    "over green, allowed": case("public_space_overlap", box_part(5, -2, 15, 10, 0, 6), over_green="complies", site=on(topography=(TopographyObject("g", "begroeidterreindeel", shift(box(0, -5, 20, 0)), "groenvoorziening"), YARD))),
    "over water": case("public_space_overlap", box_part(5, -2, 15, 10, 0, 6), site=on(topography=(TopographyObject("w", "waterdeel", shift(box(0, -5, 20, 0)), "waterloop"),))),
    "public space, failed": case("public_space_overlap", BLOCK, site=failed("bgt")),
    "an overlay of any kind": case("overlay_hit", BLOCK, site=on(drawn(fid="g1", kind="gebiedsaanduiding", name="geluidzone - industrie", shape=box(-50, -50, 60, 60))), kind="any", name="geluidzone"),
    "an overlay for sensitive use": case("overlay_hit", BLOCK, site=on(drawn(fid="g1", kind="gebiedsaanduiding", name="geluidzone - industrie", shape=box(-50, -50, 60, 60))), kind="sensitive", name="geluidzone"),
    "an overlay for sensitive use, answered": case("overlay_hit", BLOCK, site=on(drawn(fid="g1", kind="gebiedsaanduiding", name="geluidzone - industrie", shape=box(-50, -50, 60, 60))), kind="sensitive", name="geluidzone", answers={"function": "woning"}),
    "a dike": case("overlay_hit", BLOCK, site=on(drawn(fid="d1", kind="dubbelbestemming", name="Waterstaat - Waterkering", shape=box(-50, -50, 60, 60))), kind="flood_defence", name="Waterkering"),
    "an overlay beside": case("overlay_hit", BLOCK, site=on(drawn(fid="d1", kind="dubbelbestemming", name="Waterstaat - Waterkering", shape=box(30, -50, 60, 60))), kind="flood_defence", name="Waterkering"),
    "overlays, plans failed": case("overlay_hit", BLOCK, site=failed("plans"), kind="any", name="geluidzone"),
    "a pipeline with consent": case("overlay_hit", BLOCK, kind="pipeline", name="Leiding", strip_m=8.0, line=LINE, answers={"operator_consent": {"value": "yes", "by": "Gasunie"}}),
    "a pipeline, drawn": case("overlay_hit", BLOCK, kind="pipeline", name="Leiding", site=on(drawn(fid="d1", kind="dubbelbestemming", name="Leiding - Gas", shape=box(-50, 8, 60, 12)))),
    "archaeology, answered": case("overlay_hit", BLOCK, site=on(ARCHEOLOGY), area_m2=80, depth_m=0.4, answers={"ground_disturbance": {"depth_m": 0.6, "area_m2": 90}}),
    "archaeology, no number": case("overlay_hit", BLOCK, site=on(ARCHEOLOGY), area_m2=80, depth_m=0.4, answers={"ground_disturbance": {"depth_m": "diep"}}),
    "archaeology, shallow": case("overlay_hit", box_part(0, 0, 12, 10, -0.3, 6), site=on(ARCHEOLOGY), area_m2=100, depth_m=0.4),
    "airport, no surface": case("aviation_height", BLOCK),
    "airport, a raster": case("aviation_height", box_part(0, 0, 10, 10, 0, 44.4), surface={"type": "raster", "west": ORIGIN[0] - 50, "north": ORIGIN[1] + 50, "cell_m": 10.0, "heights": [[44.0 + 0.1 * column for column in range(12)]] * 12}),
    "airport, contours": case("aviation_height", box_part(0, 0, 10, 10, 0, 44.4), surface={"type": "contours", "lines": [{"line": rd((-50, -90), (-50, 90)), "nap_m": 44.0}, {"line": rd((50, -90), (50, 90)), "nap_m": 46.0}]}),
    "airport, drawn": case("aviation_height", box_part(0, 0, 10, 10, 0, 44.4), unit="m NAP", zone_name="luchtvaart", site=on(drawn(PlanValue("hoogte", "maximum", 45.0, "m NAP", "45"), fid="g1", kind="gebiedsaanduiding", name="luchtvaartverkeerzone", shape=box(-50, -50, 60, 60)))),
    "beacon, in the plan": case("cns_height", box_part(200, 0, 210, 10, 0, 12), station_at=rd((0, 0))[0], begin=GROUND + 2, slope=0.05, r=50.0, a=GROUND + 2, R=500.0, in_plan=True),
    "beacon, unknown": case("cns_height", BLOCK, station="Nergenshuizen", station_at=rd((0, 0))[0]),
    "beacon, no place": case("cns_height", BLOCK, station="Pampus"),
    "radio link, none": case("radio_link_height", BLOCK),
    "radio link, beside": case("radio_link_height", box_part(0, 80, 10, 90, 0, 30), line=LINE, half_width_m=50.0, heights_nap=[25.0, 35.0]),
    "power line, consent": case("powerline_zone", BLOCK, line=LINE, half_width_m=20.0, answers={"operator_consent": "no"}),
    "power line, magnetic": case("powerline_zone", BLOCK, line=LINE, half_width_m=20.0, zone="magnetic"),
    "power line, none": case("powerline_zone", BLOCK, site=on()),
    "mill, in the free circle": case("mill_biotope", box_part(80, -5, 90, 5, 0, 6), site=scenes.site(plans=()), mill=MILL, model="formula", n=75, c=0.2, z=15.0, r_free=100.0, h_free=5.0),
    "mill, out of reach": case("mill_biotope", box_part(500, -5, 510, 5, 0, 60), site=scenes.site(plans=()), mill=MILL, model="formula", n=75, c=0.2, z=15.0),
    "mill, nothing said": case("mill_biotope", BLOCK, site=scenes.site(plans=())),
    "mill by its terrain": case("mill_biotope", box_part(200, -5, 210, 5, 0, 6), site=scenes.site(plans=()), mill=MILL, model="formula", terrain="rough", c=0.2, z=15.0, datum="NAP"),
    "a house as a secondary building": case("secondary_buildings", BLOCK, max_eaves_m=3),
    "sheds, nothing said": case("secondary_buildings", BLOCK, box_part(16, 30, 19, 33, 0, 3, fid="shed"), secondary_parts=["shed"]),
    "shed above the first floor": case("secondary_buildings", BLOCK, gable_part(12, 30, 18, 34, 3.4, 5.2, fid="shed"), secondary_parts=["shed"], eaves_above_first_floor_m=0.3, answers={"first_floor": {"top_nap_m": GROUND + 3.0}}),
    "shed above the first floor, asked": case("secondary_buildings", BLOCK, gable_part(12, 30, 18, 34, 3.4, 5.2, fid="shed"), secondary_parts=["shed"], eaves_above_first_floor_m=0.3),
    "sheds with a stated area": case("secondary_buildings", BLOCK, box_part(12, 30, 18, 34, 0, 3, fid="shed"), secondary_parts=["shed"], max_total_area_m2=50, answers={"existing_secondary_m2": 27}),
    "sheds with a stated word": case("secondary_buildings", BLOCK, box_part(12, 30, 18, 34, 0, 3, fid="shed"), secondary_parts=["shed"], max_total_area_m2=50, answers={"existing_secondary_m2": "veel"}),
    "shed, no plot": case("secondary_buildings", BLOCK, box_part(12, 30, 18, 34, 0, 3, fid="shed"), secondary_parts=["shed"], max_total_area_m2=50, max_share_pct=30, site=on(parcels=())),
    "shed behind a front that is proposed": case("secondary_buildings", BLOCK, box_part(12, 16, 18, 20, 0, 3, fid="shed"), secondary_parts=["shed"], behind_front_m=1.0),
    "shed without a front": case("secondary_buildings", BLOCK, box_part(12, 16, 18, 20, 0, 3, fid="shed"), secondary_parts=["shed"], behind_front_m=1.0, site=on(topography=(), parcels=())),
    "shed with a chimney": case("secondary_buildings", BLOCK, box_part(12, 30, 18, 34, 0, 3, fid="shed"), box_part(13, 31, 13.4, 31.4, 3, 4, kind="chimney", fid="pipe"), secondary_parts=["shed", "pipe"], max_height_m=3.5, exempt_classes=["chimney"]),
    "fence, side not known": case("other_structures", box_part(0, 0.2, 20, 0.4, 0, 1.4, fid="fence"), max_before_m=1.0, max_behind_m=2.0, parts=["fence"]),
    "fence, side answered": case("other_structures", box_part(0, 0.2, 20, 0.4, 0, 1.4, fid="fence"), max_before_m=1.0, max_behind_m=2.0, parts=["fence"], answers={"fence_side": "behind"}),
    "dormer": case("dormers", roofs.house(), roofs.dormer(), max_width_pct=35, max_width_m=2.5, min_to_ridge_m=0.5, min_to_foot_m=0.5, min_to_side_m=1.0),
    "two dormers": case("dormers", roofs.house(), roofs.dormer(5.8, 8.3), roofs.dormer(11.2, 13.7), max_width_pct=30),
    "no dormer": case("dormers", roofs.house(), max_width_pct=30),
    "flagpole": case("other_structures", BLOCK, box_part(2, 2, 2.1, 2.1, 0, 6.5, fid="pole"), limit=6.0, parts=["pole"]),
    "no such part": case("other_structures", BLOCK, max_height_m=6.0, parts=["pole"]),
    "structures, nothing said": case("other_structures", BLOCK, parts=["box"]),
    "plan text with its value": case("plan_text", BLOCK, unit="", about="parkeernorm", said={"origin": (PlanOrigin("NL.IMRO.9999.BP1", "m1", "maatvoering", "parkeernorm", "5.2", value=2.0, unit="pp", raw="parkeernorm (pp)=2"),)}),
    "sun on facades, added up": case("sun_hours_facade", box_part(2, 12, 18, 20, 0, 9), site=scenes.site(**HOMES), profile="tno_light", step_min=10.0, sweep_days=0, add_facades=True),
    "sun on facades, guessed": case("sun_hours_facade", box_part(2, 12, 10, 20, 0, 9), site=scenes.site(**HOMES), profile="tno_strict", step_min=10.0, sweep_days=0),
    "sun on the design's own windows": case("sun_hours_facade", *windowed(), site=scenes.site(**{**HOMES, "buildings3d": (WALL,)}), step_min=10.0, sweep_days=0, own_windows=True, assume_dwellings=True),
    "sun, what the plan allows": case("sun_hours_facade", box_part(2, 8, 18, 18, 0, 12), site=scenes.site(**HOMES), profile="den_haag", step_min=10.0, plan_envelope=True, radius_m=40.0),
    "sun, a slip": case("sun_hours_facade", BLOCK, site=scenes.site(**HOMES), step_min=0.0),
    "shadow study with a limit": case("shadow_study", box_part(2, 8, 18, 18, 0, 12), site=scenes.site(**HOMES), limit=20.0, unit="m2", dates=["03-21", "06-21"], hours=[9, 12]),
    "shadow study, a slip": case("shadow_study", BLOCK, site=scenes.site(**HOMES), hours=[25], unit="m2"),
    "sun trigger, an inner court": case("sun_trigger", box_part(2, 8, 18, 18, 0, 12), site=scenes.site(**HOMES), max_ratio=3.0, unit="ratio", answers={"inner_court": "yes"}),
    "where a parcel lies": when(location={"layer": "parcels", "where": {"designation": "Voorbeeldwijk A 1"}}),
    "where a parcel lies, failed": when(location={"layer": "parcels"}, site=failed("parcels")),
    "where the register has it": when(location={"layer": "bag"}, site=on(registered_buildings=(OLD_HOUSE,))),
    "where the topography has it": when(location={"layer": "bgt", "where": {"function": "erf"}}),
    "where a bestemming is": when(location={"layer": "enkelbestemming", "where": {"naam": "wonen"}}),
    "where another bestemming is": when(location={"layer": "enkelbestemming", "where": {"naam": "Bedrijf"}}),
    "in an area of one's own": when(location={"polygon": [[ORIGIN[0], ORIGIN[1]], [ORIGIN[0] + 30, ORIGIN[1]], [ORIGIN[0] + 30, ORIGIN[1] + 30], [ORIGIN[0], ORIGIN[1] + 30]]}),
    "of a status that is told": when(status="monument", answers_given={"status": ["monument"]}),
    "of a status that is open": when(status="monument"),
    "of a status that is answered": when(status="monument", answers_given={"monument": {"value": "no", "by": "J. de Vries"}}),
    "of an answer that is a word": when(answers={"function": ["woning", "kantoor"]}, answers_given={"function": "kantoor"}),
    "of an answer that is open": when(answers={"function": ["woning", "kantoor"]}),
    "of a number": when(answers={"layers": [1, 2]}, answers_given={"layers": 3}),
    "of a number that is open": when(answers={"layers": [1, 2]}),
    "of yes": when(answers={"corner": True}, answers_given={"corner": "yes"}),
    "of a kind": when(object={"kind": "hoofdgebouw"}),
    "of another kind": when(object={"kind": "bijgebouw"}),
    "of classes": when(object={"classes": ["chimney"], "classes_not": ["roof"]}),
    "not there": when(**{"not": [{"location": {"layer": "enkelbestemming", "where": {"naam": "Wonen"}}}]}),
    "any of two": when(any=[{"status": "monument"}, {"location": {"layer": "enkelbestemming", "where": {"naam": "Wonen"}}}]),
    "all of two": when(all=[{"status": "monument"}, {"location": {"layer": "enkelbestemming", "where": {"naam": "Wonen"}}}]),
    "sun trigger": case("sun_trigger", box_part(2, 8, 18, 18, 0, 12), site=scenes.site(**HOMES), max_ratio=0.5, unit="ratio"),
}

NO_PEIL = (
    "height below, answered peil", "height, at least", "eaves at the limit", "eaves, at least", "eaves, the envelope", "storeys by the list", "shed", "fence", "mill", "mill by its terrain",
    "front boundary, a cellar", "coverage below ground", "cellar out of the bouwvlak", "facade line, a canopy before it", "volume, cellar counted", "over the footpath",
)
for name in NO_PEIL:
    check, parts, site, answers, *rest = CASES[name]
    CASES[f"{name}, no peil"] = (check, parts, replace(site or on(), terrain=None), {**answers, "peil": {}}, *rest)
