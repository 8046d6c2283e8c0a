"""What an IFC says of its parts: roles by status, phase, class, name, layer and building; shapes in odd places; one shape drawn many times."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from drieluik.data_sources.design.bodies.role_words import is_machine, role_named
from drieluik.data_sources.design.readers.ifc import read_ifc
from drieluik.errors import DesignError
from scenes import ROOT

sys.path.insert(0, str(ROOT / "tests" / "fixtures" / "designs"))
import house as h

DATA_MODEL = (
    b"DATA;\n#29=IFCGEOMETRICREPRESENTATIONCONTEXT($,'Model',3,1.E-05,#21,$);"
    b"#28=IFCGEOMETRICREPRESENTATIONSUBCONTEXT('FootPrint','Model',*,*,*,*,#29,$,.MODEL_VIEW.,$);\n"
)
GUID = iter(f"'9999999999999999999{n:03d}'" for n in range(1000))


def box(first: int, cls: str, name: str, at=(20.0, 0.0, 0.0), size=(3.0, 2.0, 4.0), tail=",$,$", context="#20") -> str:
    """An extruded box as a product; its own number is ``first`` + 9."""
    n = first
    return (
        f"#{n + 10}=IFCCARTESIANPOINT((0.,0.));#{n + 8}=IFCAXIS2PLACEMENT2D(#{n + 10},$);#{n}=IFCRECTANGLEPROFILEDEF(.AREA.,$,#{n + 8},{size[0]},{size[1]});#{n + 1}=IFCDIRECTION((0.,0.,1.));#{n + 2}=IFCEXTRUDEDAREASOLID(#{n},#21,#{n + 1},{size[2]});"
        f"#{n + 3}=IFCSHAPEREPRESENTATION({context},'Body','SweptSolid',(#{n + 2}));#{n + 4}=IFCPRODUCTDEFINITIONSHAPE($,$,(#{n + 3}));"
        f"#{n + 5}=IFCCARTESIANPOINT(({at[0]},{at[1]},{at[2]}));#{n + 6}=IFCAXIS2PLACEMENT3D(#{n + 5},$,$);#{n + 7}=IFCLOCALPLACEMENT($,#{n + 6});"
        f"#{n + 9}={cls}({next(GUID)},$,'{name}',$,$,#{n + 7},#{n + 4}{tail});"
    )


def read(tmp_path, data: bytes):
    (tmp_path / "it.ifc").write_bytes(data)
    raw = read_ifc(tmp_path / "it.ifc", lambda fraction: None)
    return {part.name: part for part in raw.parts}, [code for _, code, _ in raw.messages], raw


def status(number: int, product: int, prop: str, value: str, pset="Pset_SlabCommon", listed=False) -> str:
    given = f"IFCPROPERTYENUMERATEDVALUE('{prop}',$,(IFCLABEL('{value}')),$)" if listed else f"IFCPROPERTYSINGLEVALUE('{prop}',$,IFCLABEL('{value}'),$)"
    return (
        f"#{number}={given};#{number + 1}=IFCPROPERTYSET({next(GUID)},$,'{pset}',$,(#{number}));"
        f"#{number + 2}=IFCRELDEFINESBYPROPERTIES({next(GUID)},$,$,$,(#{product}),#{number + 1});"
    )


@pytest.mark.parametrize("schema", ["IFC2X3", "IFC4"])
@pytest.mark.parametrize(
    ("prop", "value", "pset", "listed", "role"),
    [
        ("Status", "DEMOLISH", "Pset_SlabCommon", True, "demolish"), ("Status", "Existing", "Pset_SlabCommon", False, "existing"),
        ("Status", "NEW", "Pset_SlabCommon", True, "design"), ("Status", "TEMPORARY", "Pset_SlabCommon", True, "context"),
        ("Renovation Status", "Te slopen", "AC_Pset_Renovation", False, "demolish"), ("Phase Demolished", "New Construction", "Phasing", False, "demolish"),
        ("Phase Demolished", "None", "Phasing", False, ""), ("Phase Created", "Existing", "Phasing", False, "existing"), ("Status", "paid", "Invoice", False, ""),
    ],
)
def test_status_and_phase(tmp_path, schema, prop, value, pset, listed, role):
    tail = ",$,$"
    parts, _, _ = read(tmp_path, h.ifc(schema, more=box(600, "IFCSLAB", "plate", tail=tail) + status(700, 609, prop, value, pset, listed)))
    assert parts["plate"].role[0] == role and parts["mass"].role[0] == ""
    if role:
        assert parts["plate"].role[2]["value"] == value


def test_a_status_of_the_type_holds_for_its_products_and_that_of_a_whole_for_its_parts(tmp_path):
    more = box(600, "IFCSLAB", "typed") + box(620, "IFCSLAB", "part") + (
        f"#700=IFCPROPERTYSINGLEVALUE('Status',$,IFCLABEL('EXISTING'),$);#701=IFCPROPERTYSET({next(GUID)},$,'Pset_SlabCommon',$,(#700));"
        f"#702=IFCSLABTYPE({next(GUID)},$,'type',$,$,(#701),$,$,$,.FLOOR.);#703=IFCRELDEFINESBYTYPE({next(GUID)},$,$,$,(#609),#702);"
        f"#710=IFCELEMENTASSEMBLY({next(GUID)},$,'whole',$,$,$,$,$,$,$);#711=IFCRELAGGREGATES({next(GUID)},$,$,$,#710,(#629));"
    ) + status(720, 710, "Status", "DEMOLISH", "Pset_ElementAssemblyCommon")
    parts, _, _ = read(tmp_path, h.ifc(more=more))
    assert (parts["typed"].role[0], parts["part"].role[0]) == ("existing", "demolish")


@pytest.mark.parametrize(("name", "role"), [("Maaiveld", "terrain"), ("Boom eik", "vegetation"), ("Buurpand links", "context"), ("Kast", "")])
def test_a_proxy_says_it_by_its_name(tmp_path, name, role):
    parts, _, _ = read(tmp_path, h.ifc(more=box(600, "IFCBUILDINGELEMENTPROXY", name) + box(620, "IFCWALL", f"{name} wand")))
    assert parts[name].role[0] == role
    assert parts[f"{name} wand"].role[0] == ""  # a wall says by its class what it is


def test_a_layer_says_it(tmp_path):
    more = box(600, "IFCWALL", "old") + "#700=IFCPRESENTATIONLAYERASSIGNMENT('A-bestaand',$,(#603),$);"
    parts, _, _ = read(tmp_path, h.ifc(more=more))
    assert parts["old"].role == ("existing", "part_role_layer", {"layer": "A-bestaand"})


def test_voids_of_every_subtype_are_no_bodies(tmp_path):
    more = box(600, "IFCOPENINGSTANDARDCASE", "hole", tail=",$,$") + box(620, "IFCOPENINGELEMENT", "other hole", tail=",$,$")
    assert set(read(tmp_path, h.ifc(more=more))[0]) == {"mass"}
    dug = box(600, "IFCEARTHWORKSCUT", "pit", tail=",$,$") + box(620, "IFCEARTHWORKSFILL", "mound", tail=",$,$")
    parts, _, _ = read(tmp_path, h.ifc("IFC4X3_ADD2", more=dug))
    assert set(parts) == {"mass", "mound"} and parts["mound"].role[0] == "terrain"


def test_each_of_several_buildings_is_told(tmp_path):
    more = box(600, "IFCWALL", "other wall") + (
        f"#700=IFCBUILDING({next(GUID)},$,'Buurpand 7',$,$,#41,$,$,.ELEMENT.,$,$,$);#701=IFCRELAGGREGATES({next(GUID)},$,$,$,#30,(#700));"
        f"#702=IFCRELCONTAINEDINSPATIALSTRUCTURE({next(GUID)},$,$,$,(#609),#700);"
    )
    parts, _, _ = read(tmp_path, h.ifc(more=more))
    assert (parts["mass"].object, parts["other wall"].object) == ("building", "Buurpand 7")
    assert parts["other wall"].role[:2] == ("context", "part_role_name")


def test_bodies_in_a_context_of_type_plan_are_read(tmp_path):
    drawn = box(600, "IFCANNOTATION", "note", tail="", context="#28")
    plan = h.ifc(more=drawn).replace(b"$,'Model',3,", b"$,'Plan',3,").replace(b"DATA;\n", DATA_MODEL, 1)
    parts, codes, _ = read(tmp_path, plan)
    assert set(parts) == {"mass"} and "design_ifc_other_context" in codes


@pytest.mark.parametrize(("cls", "tail", "code"), [("IFCBUILDING", ",$,.ELEMENT.,$,$,$", "design_ifc_instead"), ("IFCSPACE", ",$,.ELEMENT.,.INTERNAL.,$", "design_ifc_rooms")])
def test_a_building_or_its_rooms_stand_in_where_no_element_has_a_shape(tmp_path, cls, tail, code):
    parts, codes, _ = read(tmp_path, h.ifc(body=False, more=box(600, cls, "whole", tail=tail)))
    assert code in codes and parts["whole"].kind == "building" and np.ptp(parts["whole"].vertices, axis=0) == pytest.approx([3, 2, 4])


def test_only_the_site_has_a_shape(tmp_path):
    with pytest.raises(DesignError) as refused:
        read(tmp_path, h.ifc(body=False, more=box(600, "IFCSITE", "ground", tail=",$,.ELEMENT.,$,$,$,$,$")))
    assert "IfcSite 1" in refused.value.message()


def test_a_shape_that_many_share_is_made_once_and_stands_at_each_place(tmp_path, monkeypatch):
    shared = box(600, "IFCBUILDINGELEMENTPROXY", "boom") + "#680=IFCAXIS2PLACEMENT3D(#22,$,$);#681=IFCREPRESENTATIONMAP(#680,#603);#682=IFCCARTESIANTRANSFORMATIONOPERATOR3D($,$,#22,1.,$);"
    for n in range(30):
        at = 1000 + 10 * n
        shared += (
            f"#{at}=IFCMAPPEDITEM(#681,#682);#{at + 1}=IFCSHAPEREPRESENTATION(#20,'Body','MappedRepresentation',(#{at}));#{at + 2}=IFCPRODUCTDEFINITIONSHAPE($,$,(#{at + 1}));"
            f"#{at + 3}=IFCCARTESIANPOINT(({10.0 * n},50.,0.));#{at + 4}=IFCAXIS2PLACEMENT3D(#{at + 3},$,#{at + 6});#{at + 5}=IFCLOCALPLACEMENT($,#{at + 4});#{at + 6}=IFCDIRECTION((0.,1.,0.));"
            f"#{at + 7}=IFCBUILDINGELEMENTPROXY({next(GUID)},$,'boom {n}',$,$,#{at + 5},#{at + 2},$,$);"
        )
    parts, _, raw = read(tmp_path, h.ifc(more=shared))
    assert len(raw.parts) == 32
    for n in (0, 7, 29):  # a quarter turn: 2 m along x, 3 m along y
        corners = parts[f"boom {n}"].vertices
        assert corners.min(axis=0) == pytest.approx([10.0 * n - 1.0, 48.5, 0.0], abs=1e-9) and np.ptp(corners, axis=0) == pytest.approx([2, 3, 4])
    assert len({id(part.faces) for part in raw.parts if part.name.startswith("boom ")}) == 1


@pytest.mark.parametrize(
    ("name", "role"),
    [("slagboom", ""), ("street wall", ""), ("begane grond", ""), ("Trees_03", "vegetation"), ("bestaandeWoning", "existing"), ("te slopen schuur", "demolish"), ("car-2", "context")],
)
def test_only_whole_words_of_a_name_count(name, role):
    assert role_named(name) == role


@pytest.mark.parametrize("schema", ["IFC2X3", "IFC4"])
def test_the_ground_and_what_grows_on_it_are_told_as_left_out(tmp_path, schema):
    green = "IFCGEOGRAPHICELEMENT" if schema == "IFC4" else "IFCSITE"
    tail = ",.TERRAIN." if schema == "IFC4" else ",$,.ELEMENT.,$,$,$,$,$"
    parts, _, raw = read(tmp_path, h.ifc(schema, more=box(600, green, "berm", tail=tail if schema == "IFC2X3" else ",$,.TERRAIN.")))
    assert list(parts) == ["mass"]
    assert ("info", "design_left_out", {"classes": f"{'IfcGeographicElement' if schema == 'IFC4' else 'IfcSite'} 1"}) in raw.messages


def test_room_that_must_stay_free_is_no_body(tmp_path):
    free = box(600, "IFCDOOR", "door", size=(1.0, 1.0, 12.0), tail=",$,$,$,$,$").replace("'Body'", "'Clearance'")
    parts, codes, _ = read(tmp_path, h.ifc(more=free))
    assert (list(parts), "design_ifc_free_room" in codes) == (["mass"], True)


def test_the_parts_of_a_complex_are_one_building_and_the_buildings_of_one_are_several(tmp_path):
    def wings(kind: str) -> str:
        return box(600, "IFCSLAB", "one") + box(620, "IFCSLAB", "two") + (
            f"#700=IFCBUILDING({next(GUID)},$,'whole',$,$,$,$,$,.COMPLEX.,$,$,$);#701=IFCBUILDING({next(GUID)},$,'east',$,$,$,$,$,.{kind}.,$,$,$);"
            f"#702=IFCBUILDING({next(GUID)},$,'west',$,$,$,$,$,.{kind}.,$,$,$);#703=IFCRELAGGREGATES({next(GUID)},$,$,$,#700,(#701,#702));"
            f"#704=IFCRELCONTAINEDINSPATIALSTRUCTURE({next(GUID)},$,$,$,(#609),#701);#705=IFCRELCONTAINEDINSPATIALSTRUCTURE({next(GUID)},$,$,$,(#629),#702);"
        )

    partial, _, _ = read(tmp_path, h.ifc(more=wings("PARTIAL")))
    element, _, _ = read(tmp_path, h.ifc(more=wings("ELEMENT")))
    assert partial["one"].object == partial["two"].object
    assert (element["one"].object, element["two"].object) == ("east", "west")


@pytest.mark.parametrize(("factor", "told"), [("0.3048", False), ("0.3048006", False), ("0.5", True)])
def test_a_foot_of_another_length_is_told(tmp_path, factor, told):
    unit = "IFCCONVERSIONBASEDUNIT(#900,.LENGTHUNIT.,'FOOT',#901)"
    more = f"#900=IFCDIMENSIONALEXPONENTS(1,0,0,0,0,0,0);#901=IFCMEASUREWITHUNIT(IFCLENGTHMEASURE({factor}),#902);#902=IFCSIUNIT(*,.LENGTHUNIT.,$,.METRE.);"
    _, codes, raw = read(tmp_path, h.ifc(unit=unit, more=more))
    assert ("design_unit_lies" in codes) is told
    assert raw.unit_to_m == pytest.approx(float(factor))


def test_a_vehicle_stands_there_for_a_while(tmp_path):
    parts, _, _ = read(tmp_path, h.ifc("IFC4X3_ADD2", more=box(600, "IFCVEHICLE", "van", tail=",$,$")))
    assert parts["van"].role[0] == "context"


def test_a_map_conversion_without_a_name_of_its_system_is_told(tmp_path):
    _, codes, raw = read(tmp_path, h.ifc(at=("155000.", "463000.", "1.2"), crs="$"))
    assert "design_crs_unnamed" in codes and raw.georeference is not None


IFC4_TAILS = {"IFCBUILDINGELEMENTPROXY": ",$,$", "IFCWALL": ",$,$", "IFCTRANSPORTELEMENT": ",$,$", "IFCSYSTEMFURNITUREELEMENT": ",$,$", "IFCFURNISHINGELEMENT": ",$"}
MACHINES = (
    "IFCUNITARYEQUIPMENT", "IFCCHILLER", "IFCFAN", "IFCBOILER", "IFCTANK", "IFCPUMP", "IFCELECTRICAPPLIANCE", "IFCSOLARDEVICE", "IFCCOOLINGTOWER", "IFCEVAPORATOR",
    "IFCAIRTERMINAL", "IFCDUCTSEGMENT", "IFCSENSOR", "IFCCOIL", "IFCTRANSFORMER", "IFCLIGHTFIXTURE",
)


def kinds(tmp_path, *products):
    more = "".join(box(4000 + 40 * n, cls, name, (20.0 + 5 * n, 0.0, 0.0), tail=IFC4_TAILS.get(cls, ",$,$")) for n, (cls, name) in enumerate(products))
    parts = read(tmp_path, h.ifc("IFC4", more=more))[0]
    return [parts[name].kind for _, name in products]


def test_every_class_of_installations_is_one_by_the_schema(tmp_path):
    assert kinds(tmp_path, *((cls, cls.lower()) for cls in MACHINES)) == ["installation"] * len(MACHINES)
    assert kinds(tmp_path, ("IFCSYSTEMFURNITUREELEMENT", "kast"), ("IFCTRANSPORTELEMENT", "lift"), ("IFCWALL", "wand")) == ["furnishing", "other", "wall"]


def test_a_gutter_is_of_the_roof(tmp_path):
    assert kinds(tmp_path, ("IFCPIPESEGMENT", "Dakgoot 120"), ("IFCPIPESEGMENT", "hwa")) == ["other", "installation"]


@pytest.mark.parametrize(("name", "machine"), [
    ("Airco buitenunit", True), ("aircos", True), ("Warmtepomp_01", True), ("Ventilatie-unit dak", True), ("dakopstelling LBK", True), ("Koelmachine", True), ("zonnepanelen", True), ("PV-panelen", True),
    ("Luchtbehandelingskast", True), ("installatie", True), ("Liftopbouw", False), ("Installatieruimte", False), ("technische ruimte ventilatie", False), ("aircohuis", False), ("huisnummer", False), ("steenventilatie", False), ("paneel", False),
])
def test_names_of_machines_are_words_that_begin_so(tmp_path, name, machine):
    assert is_machine(name) is machine
    assert kinds(tmp_path, ("IFCBUILDINGELEMENTPROXY", name), ("IFCWALL", f"wand {name}")) == ["installation" if machine else "other", "wall"]
