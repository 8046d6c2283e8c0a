"""Where an IFC says it stands: the site's placement, a rigid operation, the world coordinate system, and what contradicts."""

from __future__ import annotations

import math

import ifcopenshell
import ifcopenshell.api
import numpy as np
import pytest

from drieluik.command.inspection import inspect_group

EAST, NORTH, HEIGHT, TURN = 155_012.345, 463_098.765, 12.5, 30.0


def house(schema: str, site_at=(0.0, 0.0, 0.0), turn: float = 0.0, more=None) -> ifcopenshell.file:
    """A block of 10 x 8 x 6 m on a site at a place, in metres."""
    run = ifcopenshell.api.run
    model = run("project.create_file", version=schema)
    if schema == "IFC2X3":  # nothing exists there without an owner
        person, office = run("owner.add_person", model), run("owner.add_organisation", model)
        run("owner.add_person_and_organisation", model, person=person, organisation=office)
        run("owner.add_application", model)
    project = run("root.create_entity", model, ifc_class="IfcProject", name="P")
    run("unit.assign_unit", model, length={"is_metric": True, "raw": "METERS"})
    context = run("context.add_context", model, context_type="Model")
    body = run("context.add_context", model, context_type="Model", context_identifier="Body", target_view="MODEL_VIEW", parent=context)
    site, building, storey = (
        run("root.create_entity", model, ifc_class=name, name=name) for name in ("IfcSite", "IfcBuilding", "IfcBuildingStorey")
    )
    for whole, part in ((project, site), (site, building), (building, storey)):
        run("aggregate.assign_object", model, products=[part], relating_object=whole)
    c, s = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    matrix = np.array([[c, -s, 0, site_at[0]], [s, c, 0, site_at[1]], [0, 0, 1, site_at[2]], [0, 0, 0, 1]])
    wall = run("root.create_entity", model, ifc_class="IfcWall", name="mass")
    run("spatial.assign_container", model, products=[wall], relating_structure=storey)
    for thing in (site, building, storey, wall):
        run("geometry.edit_object_placement", model, product=thing, matrix=matrix, is_si=True, should_transform_children=False)
    point = model.create_entity("IfcCartesianPoint", (5.0, 4.0))
    profile = model.create_entity("IfcRectangleProfileDef", "AREA", None, model.create_entity("IfcAxis2Placement2D", point), 10.0, 8.0)
    axis = model.create_entity("IfcAxis2Placement3D", model.create_entity("IfcCartesianPoint", (0.0, 0.0, 0.0)))
    solid = model.create_entity("IfcExtrudedAreaSolid", profile, axis, model.create_entity("IfcDirection", (0.0, 0.0, 1.0)), 6.0)
    shape = model.create_entity("IfcShapeRepresentation", body, "Body", "SweptSolid", [solid])
    run("geometry.assign_representation", model, product=wall, representation=shape)
    if more:
        more(model, context)
    return model


def inspected(tmp_path, model):
    model.write(str(tmp_path / "house.ifc"))
    result = inspect_group([tmp_path / "house.ifc"])
    assert result["status"] != "reject", result["messages"]
    assert result["measures"]["footprint_m2"] == pytest.approx(80.0, abs=0.01)
    return result["georeference"], {message["code"] for message in result["messages"]}


@pytest.mark.parametrize("schema", ["IFC2X3", "IFC4"])
def test_rd_in_the_placement_of_the_site(tmp_path, schema):
    place, _ = inspected(tmp_path, house(schema, (EAST, NORTH, HEIGHT), TURN))
    assert place["method"] == "site_placement"
    assert [place["easting_m"], place["northing_m"], place["height_m"]] == pytest.approx([EAST, NORTH, HEIGHT], abs=5e-4)
    assert place["rotation_deg"] == pytest.approx(TURN, abs=1e-4)


def test_rigid_operation_of_ifc_4x3(tmp_path):
    def shift(model, context):
        crs = model.create_entity("IfcProjectedCRS", Name="EPSG:28992")
        model.create_entity(
            "IfcRigidOperation", context, crs, model.create_entity("IfcLengthMeasure", EAST), model.create_entity("IfcLengthMeasure", NORTH), HEIGHT
        )

    place, _ = inspected(tmp_path, house("IFC4X3", more=shift))
    assert place["method"] == "rigid_operation"
    assert [place["easting_m"], place["northing_m"], place["height_m"]] == pytest.approx([EAST, NORTH, HEIGHT], abs=5e-4)


def test_rd_in_the_world_coordinate_system(tmp_path):
    def world(model, context):
        context.WorldCoordinateSystem = model.create_entity("IfcAxis2Placement3D", model.create_entity("IfcCartesianPoint", (EAST, NORTH, HEIGHT)))

    place, codes = inspected(tmp_path, house("IFC2X3", more=world))
    assert place["method"] == "world_coordinates" and "design_world_coordinates" in codes
    assert [place["easting_m"], place["northing_m"]] == pytest.approx([EAST, NORTH], abs=5e-4)


def conversion(**values):
    def add(model, context):
        crs = model.create_entity("IfcProjectedCRS", Name=values.pop("crs", "EPSG:7415"))
        given = {"Eastings": EAST, "Northings": NORTH, "OrthogonalHeight": HEIGHT, "XAxisAbscissa": 1.0, "XAxisOrdinate": 0.0, "Scale": 1.0, **values}
        model.create_entity("IfcMapConversion", SourceCRS=context, TargetCRS=crs, **given)

    return add


def test_north_that_contradicts_the_map_conversion_is_told(tmp_path):
    def both(model, context):
        conversion()(model, context)
        context.TrueNorth = model.create_entity("IfcDirection", (0.5, math.sqrt(0.75)))

    place, codes = inspected(tmp_path, house("IFC4", more=both))
    assert place["method"] == "map_conversion" and "design_north_differs" in codes


def test_eastings_in_millimetres_and_an_axis_of_zeros(tmp_path):
    more = conversion(Eastings=EAST * 1000, Northings=NORTH * 1000, OrthogonalHeight=HEIGHT * 1000, XAxisAbscissa=0.0)
    place, codes = inspected(tmp_path, house("IFC4", more=more))
    assert {"design_map_in_mm", "design_map_axis_empty"} <= codes
    assert [place["easting_m"], place["northing_m"], place["height_m"]] == pytest.approx([EAST, NORTH, HEIGHT], abs=5e-4)


def test_another_crs_is_named_and_not_used(tmp_path):
    place, codes = inspected(tmp_path, house("IFC4", more=conversion(crs="EPSG:25831")))
    assert place is None and "design_other_crs" in codes


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"/* exported by a program */\n"])
def test_what_stands_before_the_header_does_not_matter(tmp_path, before):
    model = house("IFC4")
    model.write(str(tmp_path / "plain.ifc"))
    (tmp_path / "before.ifc").write_bytes(before + (tmp_path / "plain.ifc").read_bytes())
    result = inspect_group([tmp_path / "before.ifc"])
    assert result["status"] != "reject" and result["measures"]["footprint_m2"] == pytest.approx(80.0, abs=0.01)


@pytest.mark.parametrize("name", ["RDNAPTRANS2018", "Rijksdriehoekstelsel 2008", "Stelsel-RDNew-2004", "rd / nap"])
def test_a_year_in_the_name_of_rd_is_no_code(tmp_path, name):
    place, codes = inspected(tmp_path, house("IFC4", more=conversion(crs=name)))
    assert place["easting_m"] == pytest.approx(EAST, abs=5e-4) and not codes & {"design_other_crs", "design_crs_unknown"}


def in_feet(model, context):
    metre = model.create_entity("IfcSIUnit", UnitType="LENGTHUNIT", Name="METRE")
    factor = model.create_entity("IfcMeasureWithUnit", model.create_entity("IfcLengthMeasure", 0.3048), metre)
    none = model.create_entity("IfcDimensionalExponents", 1, 0, 0, 0, 0, 0, 0)
    foot = model.create_entity("IfcConversionBasedUnit", none, "LENGTHUNIT", "FOOT", factor)
    crs = model.create_entity("IfcProjectedCRS", Name="EPSG:28992", MapUnit=foot)
    given = {"Eastings": EAST / 0.3048, "Northings": NORTH / 0.3048, "OrthogonalHeight": HEIGHT / 0.3048}
    model.create_entity("IfcMapConversion", SourceCRS=context, TargetCRS=crs, Scale=1 / 0.3048, **given)


def test_a_map_in_feet(tmp_path):
    place, codes = inspected(tmp_path, house("IFC4", more=in_feet))
    assert [place["easting_m"], place["northing_m"], place["height_m"]] == pytest.approx([EAST, NORTH, HEIGHT], abs=5e-4)
    assert not codes & {"design_map_not_rd", "design_map_scale_odd"}


def test_an_offset_of_the_world_system_is_shown_both_ways(tmp_path):
    def both(model, context):
        conversion(XAxisAbscissa=0.0, XAxisOrdinate=1.0)(model, context)
        context.WorldCoordinateSystem = model.create_entity("IfcAxis2Placement3D", model.create_entity("IfcCartesianPoint", (6.0, 2.0, 0.0)))

    model = house("IFC4", more=both)
    model.write(str(tmp_path / "offset.ifc"))
    told = next(m for m in inspect_group([tmp_path / "offset.ifc"])["messages"] if m["code"] == "design_world_offset")
    assert "155014,35" in told["text"] and "463092,77" in told["text"]  # a quarter turn: 6 m along north, 2 m back along east


@pytest.mark.parametrize(("site_z", "reference", "told"), [(2.0, 2.0, True), (2.0, 14.5, False), (0.0, 12.5, False), (0.0, 3.0, True), (12.5, None, True), (2.0, None, False)])
def test_a_height_that_is_given_twice_is_told(tmp_path, site_z, reference, told):
    def more(model, context):
        conversion()(model, context)
        model.by_type("IfcSite")[0].RefElevation = reference

    place, codes = inspected(tmp_path, house("IFC4", (0.0, 0.0, site_z), more=more))
    assert place["height_m"] == pytest.approx(HEIGHT) and ("design_height_twice" in codes) is told


def test_several_map_conversions_are_compared(tmp_path):
    def two(model, context):
        conversion()(model, context)
        conversion(Eastings=EAST + 40.0)(model, context)

    place, codes = inspected(tmp_path, house("IFC4", more=two))
    assert place["easting_m"] == pytest.approx(EAST, abs=5e-4) and "design_map_several" in codes


def test_a_conversion_to_another_system_beside_one_to_rd_does_not_hide_it(tmp_path):
    def two(model, context):
        conversion(crs="EPSG:25831")(model, context)
        conversion()(model, context)

    place, _ = inspected(tmp_path, house("IFC4", more=two))
    assert place["easting_m"] == pytest.approx(EAST, abs=5e-4)
