"""The national plan API's JSON: plans and their objects."""

from __future__ import annotations

import json

import pytest
from shapely import box
from shapely.geometry import mapping

from drieluik.data_sources.juridical.ihr import read_ihr
from drieluik.data_sources.juridical.proposing import propose
from drieluik.data_sources.juridical.reader import read_plan
from drieluik.errors import SourceError
from drieluik.texts import sentence

HERE = box(100_000, 400_000, 100_010, 400_010)
PLANS = [
    {"id": "NL.IMRO.0503.BP1-2001", "naam": "Binnenstad", "type": "bestemmingsplan", "planstatusInfo": {"planstatus": "vastgesteld", "datum": "2015-03-01"},
     "dossier": {"id": "d", "status": "geheel onherroepelijk in werking"}, "isParapluplan": False},
    {"id": "NL.IMRO.0503.BP2-2001", "naam": "Parkeren", "type": "bestemmingsplan", "planstatusInfo": {"planstatus": "vastgesteld", "datum": "2020-03-01"}, "isParapluplan": True},
]
OBJECTS = {
    "bestemmingsvlakken": [
        {"planId": PLANS[0]["id"], "id": "e", "naam": "Wonen", "type": "enkelbestemming", "bestemmingshoofdgroep": "wonen", "artikelnummer": "4", "geometrie": mapping(HERE),
         "verwijzingNaarTekst": ["https://x/r.html#4"]},
        {"planId": PLANS[0]["id"], "id": "d", "naam": "Waarde", "type": "dubbelbestemming", "geometrie": mapping(HERE)},
    ],
    "bouwvlakken": [{"planId": PLANS[0]["id"], "id": "b", "naam": "bouwvlak", "geometrie": mapping(HERE), "bestemmingsvlakken": [{"id": "e"}]}],
    "maatvoeringen": [{
        "planId": PLANS[0]["id"], "id": "m", "naam": "maatvoering", "geometrie": mapping(HERE), "bouwvlak": "b",
        "omvang": [{"naam": "maximum bouwhoogte (m)", "waarde": "10,5"}, {"naam": "maximum goothoogte (m)", "waarde": 6}, {"naam": "maximum aantal bouwlagen", "waarde": "2 + kap"}],
    }],
    "figuren": [{"planId": PLANS[0]["id"], "id": "f", "naam": "gevellijn", "geometrie": {"type": "LineString", "coordinates": [[100_000, 400_000, 0], [100_010, 400_000, 0]]}}],
    "gebiedsaanduidingen": [{"planId": PLANS[1]["id"], "id": "g", "naam": "overige zone - parkeren", "gebiedsaanduidinggroep": "overige zone", "geometrie": mapping(HERE)}],
}


def test_plans_and_objects():
    found = read_ihr(PLANS, OBJECTS)
    areas = {area.fid: area for area in found.areas}
    assert {key: area.kind for key, area in areas.items()} == {
        "e": "enkelbestemming", "d": "dubbelbestemming", "b": "bouwvlak", "m": "maatvoering", "f": "figuur", "g": "gebiedsaanduiding",
    }
    assert [(v.name, v.value, v.unit) for v in areas["m"].values] == [("bouwhoogte", 10.5, "m"), ("goothoogte", 6.0, "m"), ("aantal bouwlagen", None, "")]
    assert (areas["m"].belongs_to, areas["b"].belongs_to) == ("b", "e")
    assert (areas["e"].plan_name, areas["e"].date, areas["e"].article, areas["e"].url) == ("Binnenstad", "2015-03-01", "4", "https://x/r.html#4")
    assert not areas["f"].geometry.has_z
    assert found.plans[0].dossier_status == "geheel onherroepelijk in werking" and found.plans[1].umbrella
    assert found.notes == ()
    assert all(plan.proposed for plan in propose(found.plans, found.areas))


def test_lost_geometry_is_said():
    bare = {"maatvoeringen": [{"planId": "p", "id": "m", "omvang": [{"naam": "maximum bouwhoogte (m)", "waarde": "9"}]}],
            "bouwvlakken": [{"planId": "p", "id": "b", "geometrie": {"type": "Polygon", "coordinates": [[1]]}}]}
    found = read_ihr([{"id": "p"}], bare)
    said = " ".join(sentence(note.code, note.as_dict()) for note in found.notes)
    assert found.areas == () and "maximum bouwhoogte (m)=9" in said and "b" in said


@pytest.mark.parametrize(("plans", "objects"), [([{}], {}), (["x"], {}), (PLANS, {"bouwvlakken": ["x"]})])
def test_another_shape_is_one_sentence(plans, objects):
    with pytest.raises(SourceError) as caught:
        read_ihr(plans, objects)
    assert caught.value.code == "plans_other_shape"


def test_degrees_are_refused():
    with pytest.raises(SourceError) as caught:
        read_ihr(PLANS, {"bouwvlakken": [{"planId": "p", "id": "b", "geometrie": mapping(box(4.3, 52.0, 4.31, 52.01))}]})
    assert caught.value.code == "sources_degrees"


def test_as_a_file(tmp_path):
    path = tmp_path / "ihr.json"
    path.write_text(json.dumps({"plans": PLANS, "objects_by_kind": OBJECTS}))
    areas, plans, _ = read_plan(path, HERE)
    assert (len(areas), len(plans)) == (6, 2)
