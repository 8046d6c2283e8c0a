"""Flat plan objects: Strijp-S as WFS gave it, and the spellings of WMS and of the national GML files."""

from __future__ import annotations

import gzip
import json
from collections import Counter

import pytest
from shapely import Point, box
from shapely.geometry import mapping

from drieluik.data_sources.formats.vector_files import Feature
from drieluik.data_sources.juridical.plan_features import kind_of, read_plan_features
from drieluik.data_sources.juridical.proposing import propose
from drieluik.data_sources.juridical.reader import read_plan, read_plans
from drieluik.data_sources.site_loading import load_site
from drieluik.errors import SourceError
from drieluik.model import LayerState, SiteRequest

FILES = ("rp_enkelbestemming.geojson", "rp_maatvoering.geojson")
DRAFT = "NL.IMRO.0772.80373-0201"


@pytest.fixture(scope="module")
def strijp(shared):
    return read_plans([shared / "data" / "eindhoven-strijp-s" / name for name in FILES])


def read_all(features, name="", layer=""):
    """Return (areas, plans, remarks) of features of one layer; those without a place are among the areas."""
    found = read_plan_features(((layer, one) for one in features), name)
    return (*found.areas, *found.unplaced), found.plans, found.notes


def test_strijp_counts(strijp):
    areas, plans, notes = strijp
    assert Counter(area.kind for area in areas) == {"enkelbestemming": 164, "maatvoering": 206}
    assert len(plans) == 9
    measures = [area for area in areas if area.kind == "maatvoering"]
    assert all(area.values and all(value.value is not None for value in area.values) for area in measures)
    heights = [value.value for area in measures for value in area.values if value.name == "bouwhoogte"]
    assert (len(heights), min(heights), max(heights)) == (204, 2.5, 75.0)
    names = Counter((value.name, value.qualifier, value.unit) for area in measures for value in area.values)
    assert names["goothoogte", "maximum", "m"] == 106
    assert names["bebouwd oppervlak", "maximum", "m2"] == names["aantal wooneenheden", "maximum", ""] == 1
    assert all(area.geometry.is_valid for area in areas)
    assert {note.code for note in notes} == {"sources_plan_draft"}


def test_strijp_references_are_ids(strijp):
    areas, _, _ = strijp
    assert {area.belongs_to.split(".")[2] for area in areas if area.belongs_to} == {"0772"}
    assert all(area.url.startswith("https://") for area in areas if area.kind == "enkelbestemming")


def test_the_draft_is_listed_and_not_proposed(strijp):
    areas, plans, _ = strijp
    found = propose(plans, areas)
    assert [plan.order for plan in found] == list(range(1, 10))
    assert [plan.id for plan in found if not plan.proposed] == [DRAFT]
    assert found[-1].id == DRAFT and found[-1].status == "ontwerp" and found[-1].dossier_status == "in voorbereiding"
    assert [note.code for note in found[-1].reasons] == ["plans_reason_draft"]
    # the vastgestelde plans lie side by side, but for two that were partly replaced by later ones (0.67 ha and 0.06 ha broad)
    partly = {plan.id: plan for plan in found if plan.replaced is not None}
    later = {key: dict(plan.reasons[-1].data)["plans"] for key, plan in partly.items()}
    assert later == {"NL.IMRO.0772.80284-0301": "NL.IMRO.0772.80354-0301", "NL.IMRO.0772.80190-0301": "NL.IMRO.0772.80366-0301"}
    assert 3_500 < partly["NL.IMRO.0772.80284-0301"].replaced.area < 7_000 and 500 < partly["NL.IMRO.0772.80190-0301"].replaced.area < 650


def test_geopackage_gives_the_same(shared, strijp):
    areas, plans, _ = read_plan(shared / "data" / "eindhoven-strijp-s" / "eindhoven.gpkg")
    assert {(a.fid, a.plan_id, a.kind, a.values) for a in areas} == {(a.fid, a.plan_id, a.kind, a.values) for a in strijp[0]}
    assert {plan.id for plan in plans} == {plan.id for plan in strijp[1]}


def test_strijp_as_a_case_source(shared):
    sources = {"plans": FILES, **dict.fromkeys(("bag", "parcels", "bgt", "terrain", "points", "buildings3d"), ())}
    site = load_site(SiteRequest((159900.0, 384200.0), 300.0, sources), str(shared / "data" / "eindhoven-strijp-s"))
    assert site.state("plans") is LayerState.LOADED
    assert site.provenance_of("plans")[0].count == len(site.plans)
    assert site.areas("maatvoering") and site.plan_documents
    assert {plan.id for plan in site.plan_documents} >= {area.plan_id for area in site.plans}
    assert not any(plan.proposed for plan in site.plan_documents if plan.id == DRAFT)


SQUARE = box(100_000, 400_000, 100_010, 400_010)


def feature(kind="", spelling=str, geometry=SQUARE, **words):
    return {"type": "Feature", "id": f"{kind}.1", "geometry": geometry and mapping(geometry), "properties": {spelling(key): value for key, value in words.items()}}


WORDS = {
    "gml_id": "MV_1", "identificatie": "NL.IMRO.1", "plangebied": "NL.IMRO.0001.BP1-VA01", "planStatus": "vastgesteld", "typePlan": "bestemmingsplan",
    "dossierStatus": "geheel in werking", "datum": "2020-05-01T00:00:00", "historisch": "False", "naam": "maximum bouwhoogte (m)",
    "maatvoering": '"maximum bouwhoogte (m)"="4,5"', "aanduiding": "Bouwvlak=NL.IMRO.2", "versieIMRO": "IMRO2012", "SymboolCode": "s104",
}


@pytest.mark.parametrize("spelling", [str, str.lower, str.upper])
def test_spellings_give_the_same(spelling):
    (area,), (plan,), notes = read_all([feature("maatvoering", spelling, **WORDS)])
    assert (area.kind, area.fid, area.belongs_to, area.plan_id, area.date) == ("maatvoering", "NL.IMRO.1", "NL.IMRO.2", "NL.IMRO.0001.BP1-VA01", "2020-05-01")
    assert [(v.name, v.value, v.unit) for v in area.values] == [("bouwhoogte", 4.5, "m")]
    assert (plan.kind, plan.status, plan.dossier_status, plan.historic) == ("bestemmingsplan", "vastgesteld", "geheel in werking", False)
    assert notes == ()


@pytest.mark.parametrize(
    ("attributes", "layer", "kind"),
    [
        ({"objecttype": "Bouwvlak"}, "", "bouwvlak"), ({"id": "dubbelbestemming.12"}, "", "dubbelbestemming"), ({}, "rp_enkelbestemming", "enkelbestemming"),
        ({"gml_id": "FA_12", "plangebied": "x"}, "", "functieaanduiding"), ({"layer": "app:Bestemmingsplangebied"}, "", "plangebied"), ({}, "plangebied", "plangebied"),
        ({"maatvoering": ""}, "", "maatvoering"), ({"bestemmingshoofdgroep": "wonen"}, "", "enkelbestemming"), ({"bestemmingshoofdgroep": "waarde"}, "", "dubbelbestemming"),
        ({"gebiedsaanduidinggroep": "geluidzone"}, "", "gebiedsaanduiding"), ({"naam": "bouwvlak", "plangebied": "x"}, "", "bouwvlak"),
        ({"typePlan": "bestemmingsplan", "naamOverheid": "Dorp"}, "", "plangebied"), ({"naam": "iets"}, "perceel", ""), ({"gml_id": "FA_12"}, "bgt", ""),
    ],
)
def test_kinds(attributes, layer, kind):
    assert kind_of(attributes, layer) == kind


def test_a_plangebied_says_more_of_its_plan():
    outline = feature("bestemmingsplangebied", identificatie="P", naam="TAM-omgevingsplan Dorp", planstatus="vastgesteld", naamOverheid="Dorp", isParapluplan="true")
    other = feature("bouwvlak", identificatie="b", plangebied="P", planstatus="vastgesteld", naam="bouwvlak")
    areas, (plan,), _ = read_all([other, outline])
    assert (plan.kind, plan.authority, plan.umbrella) == ("TAM-omgevingsplan", "Dorp", True)
    assert plan.geometry.equals(SQUARE)
    assert [area.kind for area in areas] == ["bouwvlak", "plangebied"]


def test_lost_objects_are_said():
    _, _, notes = read_all([
        feature("maatvoering", geometry=None, identificatie="m", plangebied="P", maatvoering='"maximum bouwhoogte (m)"="9"'), feature("boom", naam="eik"),
        Feature(SQUARE, {"objecttype": "bouwvlak", "identificatie": "b", "plangebied": "P"}),
    ], "x.json")
    assert {note.code for note in notes} == {"plans_values_without_place", "plans_features_unknown", "plans_without_geometry"}


@pytest.mark.parametrize(("words", "kind"), [
    ({"objecttype": "zonderling"}, "onbekend soort zonderling"), ({"layer": "app:Pons"}, "onbekend soort pons"), ({"objecttype": "besluitvlak"}, "onbekend soort besluitvlak"), ({}, "onbekend soort"),
])  # fmt: skip
def test_an_object_of_a_plan_of_a_kind_that_nobody_knows_stays_an_object(words, kind):
    """It is none of the kinds that something is measured of, whatever word it has."""
    own = {"geometry": SQUARE.__geo_interface__, "properties": {"identificatie": "z", "plangebied": "P", "naam": "geheim", **words}}
    (area,), (plan,), notes = read_all([own], "x.json")
    assert (area.kind, area.name, area.plan_id, plan.id, area.geometry.equals(SQUARE)) == (kind, "geheim", "P", "P", True) and not notes
    own["properties"].pop("plangebied")
    areas, _, notes = read_all([own], "x.json")
    assert areas == () and [note.code for note in notes] == ["plans_features_unknown"]


def test_features_that_are_no_plans(tmp_path):
    path = tmp_path / "trees.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature("boom", geometry=Point(1e5, 4e5), soort="eik")]}))
    with pytest.raises(SourceError) as caught:
        read_plan(path)
    assert (caught.value.code, caught.value.data) == ("plans_not_recognised", {"path": "trees.geojson"})
    path.write_text(json.dumps({"type": "FeatureCollection", "features": []}))
    assert read_plan(path)[:2] == ((), ())


ATOM = (
    '<app:FeatureCollection xmlns:app="http://www.opengis.net/gml" xmlns:gml="http://www.opengis.net/gml/3.2">{}</app:FeatureCollection>'
)
MEMBER = (
    "<app:{wrap}><app:Maatvoering gml:id='MV_{n}'><app:identificatie>NL.{n}</app:identificatie><app:naam>maatvoering</app:naam><app:plangebied>P</app:plangebied>"
    "<app:planstatus>vastgesteld</app:planstatus><app:maatvoering>\"maximum bouwhoogte (m)\"=\"{n}\"</app:maatvoering><app:geometrie><gml:MultiSurface "
    "srsName='urn:ogc:def:crs:EPSG::28992'><gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>{x} 400000 {y} 400000 {y} 400010 {x} 400000"
    "</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface></app:geometrie></app:Maatvoering></app:{wrap}>"
)


def atom(count, wrap="featureMember"):
    return ATOM.format("".join(MEMBER.format(n=n, x=100_000 + 20 * n, y=100_010 + 20 * n, wrap=wrap) for n in range(1, count + 1)))


@pytest.mark.parametrize("wrap", ["featureMember", "member"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_national_gml(tmp_path, pack, wrap):
    path = tmp_path / "Maatvoering.gml.gz"
    path.write_bytes(pack(atom(50, wrap).encode()))
    areas, (plan,), notes = read_plan(path)
    assert [area.values[0].value for area in areas] == [float(n) for n in range(1, 51)]
    assert plan.id == "P" and notes == ()
    near = read_plan(path, box(100_100, 400_000, 100_150, 400_010))[0]
    assert [area.fid for area in near] == ["NL.5", "NL.6", "NL.7"]
    path.write_bytes(pack(atom(50, wrap).encode()[:-500]))
    with pytest.raises(SourceError) as caught:
        read_plan(path)
    assert caught.value.code == "sources_truncated"


def test_the_same_object_of_two_plan_versions_stays_two():
    one = {**WORDS, "plangebied": "NL.IMRO.0001.BP1-ON01", "planStatus": "ontwerp"}
    areas, plans, _ = read_all([feature("maatvoering", **WORDS), feature("maatvoering", **one)])
    assert len(areas) == len(plans) == 2
