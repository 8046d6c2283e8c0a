"""Every attribute that a flat plan object is read from, in GeoJSON and in the national GML files, and how its kind is known."""

from __future__ import annotations

import gzip
import json

import pytest
from shapely import Point, box
from shapely.geometry import mapping

from drieluik.data_sources.formats.vector_files import Feature
from drieluik.data_sources.juridical.feature_gml import is_feature_gml, read_feature_gml
from drieluik.data_sources.juridical.plan_features import kind_in, kind_of, read_feature_file, read_plan_features, values_of
from drieluik.errors import SourceError

KINDS = (
    "enkelbestemming", "dubbelbestemming", "bouwvlak", "maatvoering", "functieaanduiding", "bouwaanduiding", "gebiedsaanduiding", "figuur", "lettertekenaanduiding",
    "plangebied",
)
GROUND = box(140_000, 470_000, 140_030, 470_020)


def read_all(features, name="", layer=""):
    """Return (areas, plans, remarks) of features of one layer; those without a place are among the areas."""
    found = read_plan_features(((layer, one) for one in features), name)
    return (*found.areas, *found.unplaced), found.plans, found.notes


def feature(geometry=GROUND, fid=None, **words):
    return {"type": "Feature", "id": fid, "geometry": geometry and mapping(geometry), "properties": words}


def one_area(**words):
    (area,), _, _ = read_all([feature(**{"objecttype": "bouwvlak", "identificatie": "o", "plangebied": "P", **words})])
    return area


def one_plan(**words):
    _, (plan,), _ = read_all([feature(**{"objecttype": "Bestemmingsplangebied", "identificatie": "P", **words})])
    return plan


def notes_of(features, name="x.json", layer=""):
    return [(note.code, note.as_dict()) for note in read_all(features, name, layer)[2]]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("shape", ["{}", "rp_{}", "plan.{}", "ns:{}", "kaart-{}"])
def test_a_word_names_or_ends_in_a_kind(kind, shape):
    assert kind_in(shape.format(kind)) == kind_in(shape.format(kind.capitalize())) == kind
    assert kind_in(shape.format(kind) + "je") == ""


@pytest.mark.parametrize("word", ["bestemmingsplangebied", "Besluitplangebied", "app:Structuurvisieplangebied"])
def test_every_plangebied_is_the_plan(word):
    assert kind_in(word) == "plangebied"


@pytest.mark.parametrize("word", ["", "perceel", "hoofdbouwvlak", "figuurzaag"])
def test_a_word_that_only_looks_like_a_kind_names_none(word):
    assert kind_in(word) == ""


@pytest.mark.parametrize("key", ["objecttype", "typePlanobject", "type_planobject", "layer", "layerName"])
def test_a_kind_by_each_attribute_that_names_it(key):
    assert kind_of({key: "Gebiedsaanduiding"}) == "gebiedsaanduiding"
    assert kind_of({key: None, "id": "figuur.3"}) == "figuur"


@pytest.mark.parametrize("key", ["id", "gml_id", "gmlId"])
def test_a_kind_by_the_id_of_a_feature(key):
    assert kind_of({key: "enkelbestemming.77"}) == "enkelbestemming"


@pytest.mark.parametrize(
    ("prefix", "kind"),
    [
        ("EB", "enkelbestemming"), ("DB", "dubbelbestemming"), ("BV", "bouwvlak"), ("MV", "maatvoering"), ("FA", "functieaanduiding"), ("BA", "bouwaanduiding"),
        ("GA", "gebiedsaanduiding"), ("FI", "figuur"), ("LA", "lettertekenaanduiding"), ("PG", "plangebied"), ("BP", "plangebied"),
    ],
)
def test_a_kind_by_the_first_letters_of_a_gml_id(prefix, kind):
    assert kind_of({"gml_id": f"{prefix}_5", "plangebied": "P"}) == kind_of({"gml_id": f"{prefix.lower()}_5", "plangebied": "P"}) == kind
    assert kind_of({"gml_id": f"{prefix}_5"}) == ""  # without a plan these letters may stand for anything
    assert kind_of({"gml_id": f"{prefix}_5", "typePlan": "x"}) == ("plangebied" if kind == "plangebied" else "")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ({"bestemmingshoofdgroep": "Waarde"}, "dubbelbestemming"), ({"bestemmingshoofdgroep": "waterstaat"}, "dubbelbestemming"),
        ({"bestemmingshoofdgroep": "leiding"}, "dubbelbestemming"), ({"bestemmingshoofdgroep": "water"}, "enkelbestemming"),
        ({"typeplan": "x"}, ""), ({"naamoverheid": "x"}, ""), ({"naam": "Bouwvlak", "plangebied": ""}, "bouwvlak"), ({"naam": "bouwvlak"}, ""), ({"plangebied": "P"}, ""),
    ],
)
def test_a_kind_by_what_an_object_has(words, kind):
    assert kind_of(words) == kind
    assert kind_of({**words, "gml_id": "zz_1"}) == kind


def test_what_the_object_says_of_its_kind_goes_before_its_layer():
    assert kind_of({"objecttype": "figuur"}, "rp_bouwvlak") == "figuur"
    assert kind_of({"gml_id": "FI_1", "plangebied": "P"}, "rp_bouwvlak") == "figuur"
    assert kind_of({"maatvoering": "x"}, "rp_bouwvlak") == "bouwvlak"


def test_what_an_object_says_of_itself():
    area = one_area(
        objecttype="enkelbestemming", naam="Wonen", planNaam="Kom", planStatus="Vastgesteld", datum="2017-09-30", artikelnummer="12",
        verwijzingNaarTekst=" https://a.example , https://b.example", bestemmingshoofdgroep="wonen",
    )
    assert (area.fid, area.kind, area.name, area.plan_id, area.plan_name, area.plan_status) == ("o", "enkelbestemming", "Wonen", "P", "Kom", "vastgesteld")
    assert (area.date, area.article, area.url, area.group, area.belongs_to) == ("2017-09-30", "12", "https://a.example", "wonen", "")
    assert area.geometry.equals(GROUND)
    assert one_area(gebiedsaanduidinggroep="geluidzone").group == "geluidzone"


def test_other_names_for_an_objects_id_and_plan():
    (area,), (plan,), _ = read_all([feature(fid="bouwvlak.9", plan_id="Q", naamPlan="Kom")])
    assert (area.fid, area.plan_id, area.plan_name, plan.id, plan.name) == ("bouwvlak.9", "Q", "Kom", "Q", "Kom")
    (area,), _, _ = read_all([feature(fid="bouwvlak.9", gml_id="BV_9", plangebied="Q")])
    assert area.fid == "BV_9"


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2013-05-21", "2013-05-21"), ("2013/05/21", "2013-05-21"), ("20130521", "2013-05-21"), ("2013-05-21T00:00:00", "2013-05-21"), ("21-05-2013", "2013-05-21"),
        ("3/7/2013", "2013-07-03"), ("mei 2013", ""), ("", ""), (None, ""),
    ],
)
def test_dates_in_every_spelling(written, date):
    assert one_area(datum=written).date == date
    assert one_plan(datum=written).date == date


@pytest.mark.parametrize("key", ["bouwvlak", "aanduiding", "bestemmingsvlak"])
@pytest.mark.parametrize(
    ("said", "fid"),
    [('"Bouwvlak=NL.7"', "NL.7"), ("Bouwvlak=NL.7,Bouwvlak=NL.8", "NL.7"), ("NL.7", "NL.7"), ("#NL.7", "NL.7"), ('Bouwvlak="NL.7"', "NL.7"), ("Bouwvlak = NL.7 ", "NL.7"),
     ('"Bouwvlak=heror"', "heror"), ("#heror", "heror"), ('Bouwvlak="heror"', "heror")],
)
def test_what_an_object_belongs_to(key, said, fid):
    assert one_area(**{key: said}).belongs_to == fid


def test_the_nearest_owner_goes_first():
    assert one_area(bestemmingsvlak="e", aanduiding="a").belongs_to == "a" and one_area(bestemmingsvlak="e", bouwvlak="b", aanduiding="a").belongs_to == "b"


def test_what_a_plangebied_says_of_its_plan():
    plan = one_plan(
        naam="Kom", typePlan="Uitwerkingsplan", planStatus="Onherroepelijk", dossierStatus="Geheel in werking", datum="2016-04-05", naamOverheid="Dijk",
        verwijzingNaarTekst="https://a.example,https://b.example",
    )
    assert (plan.id, plan.name, plan.kind, plan.status, plan.dossier_status) == ("P", "Kom", "uitwerkingsplan", "onherroepelijk", "geheel in werking")
    assert (plan.date, plan.authority, plan.url, plan.umbrella, plan.historic) == ("2016-04-05", "Dijk", "https://a.example", False, False)
    assert plan.geometry.equals(GROUND)
    (area,), _, _ = read_all([feature(objecttype="plangebied", identificatie="P", naam="Kom", planNaam="anders")])
    assert (area.kind, area.plan_id, area.plan_name, area.name) == ("plangebied", "P", "Kom", "Kom")


@pytest.mark.parametrize("word", ["true", "True", "1", "ja", "JA"])
def test_a_plan_is_an_umbrella_or_historic_when_that_is_said(word):
    assert (one_plan(isParapluplan=word).umbrella, one_plan(isParapluplan=word).historic) == (True, False)
    assert (one_plan(historisch=word).historic, one_plan(historisch=word).umbrella) == (True, False)
    assert not one_plan(isParapluplan=f"{word}?").umbrella


def test_an_object_tells_less_of_its_plan():
    _, (plan,), _ = read_all([feature(
        objecttype="bouwvlak", identificatie="o", plangebied="P", naam="bouwvlak", planNaam="TAM-omgevingsplan Kom", verwijzingNaarTekst="https://a.example", planStatus="ontwerp",
    )])
    assert (plan.id, plan.name, plan.kind, plan.url, plan.geometry, plan.status) == ("P", "TAM-omgevingsplan Kom", "TAM-omgevingsplan", "", None, "ontwerp")


def test_a_plangebied_goes_before_an_object_and_the_first_object_before_the_next():
    outline = feature(objecttype="plangebied", identificatie="P", naam="Kom")
    first, second = (feature(objecttype="bouwvlak", identificatie=key, plangebied="P", planNaam=key) for key in "ab")
    assert [plan.name for plan in read_all([first, second])[1]] == ["a"]
    assert [plan.name for plan in read_all([first, outline, second])[1]] == ["Kom"]
    assert read_all([feature(objecttype="bouwvlak", identificatie="o")])[1] == ()


def test_lost_objects_are_named_with_their_values():
    lost = {"objecttype": "maatvoering", "plangebied": "P"}
    long = '"maximum bouwhoogte (m)"="{}"'.format("hoog " * 80)
    assert notes_of([
        feature(None, identificatie="m1", maatvoering='"maximum diepte (m)"="4", "maximum breedte (m)"="5"', **lost), feature(None, gml_id="m2", maatvoering=long, **lost),
        feature(None, **lost), feature(Point(), identificatie="m4", **lost), feature(soort="eik"), feature(soort="es"),
    ]) == [
        ("plans_values_without_place", {"fid": "m1", "values": "maximum diepte (m)=4; maximum breedte (m)=5"}),
        ("plans_values_without_place", {"fid": "m2", "values": ("maximum bouwhoogte (m)=" + "hoog " * 80)[:300]}),
        ("plans_features_unknown", {"path": "x.json", "count": 2}), ("plans_without_geometry", {"path": "x.json", "count": 4, "ids": "m1, m2, maatvoering, m4"}),
    ]


@pytest.mark.parametrize("geometry", [{"type": "Polygon"}, {"type": "Polygon", "coordinates": [[1]]}, "x", {"type": "Polygon", "coordinates": "x"}, 5])
def test_a_geometry_that_cannot_be_read_is_none(geometry):
    given = {"id": "bouwvlak.1", "geometry": geometry, "properties": {"identificatie": "o"}}
    assert notes_of([given]) == [("plans_without_geometry", {"path": "x.json", "count": 1, "ids": "o"})]
    assert notes_of([{**given, "properties": "x"}])[0][1]["ids"] == "bouwvlak.1"


def test_symbol_codes_are_read_where_imro_2012_numbers_them():
    words = {"objecttype": "maatvoering", "identificatie": "m", "maatvoering": '"maximum bouwhoogte (m)"="9"', "symboolcode": "s101"}
    assert notes_of([feature(versieIMRO="IMRO2012", **words)]) == [
        ("plans_symbol_contradicts", {"fid": "m", "symbol": "s101", "meant": "maximum goothoogte", "said": "maximum bouwhoogte"}),
    ]
    assert notes_of([feature(versieIMRO="IMRO2008", **words)]) == notes_of([feature(**words)]) == []
    assert notes_of([feature(versieIMRO="IMRO2012", **{**words, "symboolcode": ""})]) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"maximum diepte (m)"="4", "maximum breedte (m)"="5"', [("diepte", 4.0), ("breedte", 5.0)]), ('  "maximum diepte (m)" = "4";', [("diepte", 4.0)]),
        ("maximum diepte (m) = 4; maximum breedte (m) = 5", [("diepte", 4.0), ("breedte", 5.0)]), ("maximum diepte (m)=4,5, maximum breedte (m)=5", [("diepte", 4.5), ("breedte", 5.0)]),
        ('vooraf "maximum diepte (m)"="4" achteraf', [("lengte", None), ("diepte", 4.0), ("lengte", None)]), ("12,5", [("lengte", 12.5)]), (" ; , ", []),
        ("a=b=c", [("lengte", None)]), ('maximum diepte (m)=4 "', [("lengte", None)]),
    ],
)
def test_texts_of_a_maatvoering(text, expected):
    assert [(v.name, v.value) for v in values_of(text, "maximum lengte (m)")] == expected


def test_a_number_without_any_name_is_free_text():
    assert [(v.name, v.value, v.raw) for v in values_of("12")] == [("vrije tekst", 12.0, "vrije tekst=12")]
    assert one_area(objecttype="maatvoering", naam="minimum lengte (m)", maatvoering="12").values[0].qualifier == "minimum"


def test_a_layer_names_the_kind_of_its_features():
    found, _, _ = read_all([feature(identificatie="a"), Feature(GROUND, {"identificatie": "b"})], "x", "rp_figuur")
    assert [(area.fid, area.kind) for area in found] == [("a", "figuur"), ("b", "figuur")]


def test_a_file_of_features(tmp_path):
    path = tmp_path / "rp_bouwvlak.geojson"
    tie = {"type": "Polygon", "coordinates": [[[140_000, 470_000], [140_010, 470_010], [140_010, 470_000], [140_000, 470_010], [140_000, 470_000]]]}
    objects = [feature(objecttype="bouwvlak", identificatie="b", plangebied="P", planNaam="Kom"), feature(objecttype="bouwvlak", identificatie="c", plangebied="P"), feature(soort="eik")]
    objects[1]["geometry"] = tie
    path.write_text(json.dumps({"type": "FeatureCollection", "name": "vlakken", "features": objects}))
    found = read_feature_file(path)
    assert [(area.fid, round(area.geometry.area)) for area in found.areas] == [("b", 600), ("c", 50)] and [plan.name for plan in found.plans] == ["Kom"]
    codes = {note.code: note.as_dict() for note in found.notes}
    assert codes["plans_features_unknown"] == {"path": "rp_bouwvlak.geojson", "count": 1} and "sources_made_valid" in codes


HEAD = '<app:FeatureCollection xmlns:app="http://www.opengis.net/gml" xmlns:gml="http://www.opengis.net/gml/3.2">'
FOOT = "</app:FeatureCollection>"
RING = "<gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>{}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>"
RIGHT, TIE = "140000 470000 140010 470000 140010 470010 140000 470010 140000 470000", "140000 470000 140010 470010 140010 470000 140000 470010 140000 470000"


def member(kind="Bouwvlak", key="BV_1", ring=RIGHT, more="", wrap="featureMember"):
    shape = f"<app:geometrie>{RING.format(ring)}</app:geometrie>" if ring else ""
    return f"<app:{wrap}><app:{kind} gml:id='{key}'>{more}{shape}</app:{kind}></app:{wrap}>"


def national(tmp_path, *members, pack=bytes, head=HEAD):
    path = tmp_path / "Bouwvlak.gml.gz"
    path.write_bytes(pack((head + "".join(members) + FOOT).encode()))
    return path


def test_objects_of_a_national_file(tmp_path):
    words = "<app:identificatie>NL.1</app:identificatie><app:plangebied>P</app:plangebied><app:bouwvlak>Bouwvlak=x</app:bouwvlak><app:bouwvlak>Bouwvlak=y</app:bouwvlak>"
    label = f"<app:geometrieLabel>{RING.format(TIE)}</app:geometrieLabel>"
    found = read_feature_gml(national(tmp_path, member(more=words), member("Figuur", "FI_2", more=label)))
    assert [(area.fid, area.kind, area.belongs_to) for area in found.areas] == [("NL.1", "bouwvlak", "x"), ("FI_2", "figuur", "")]
    assert found.areas[0].geometry.area == 100.0 and [plan.id for plan in found.plans] == ["P"]


def test_a_national_file_names_what_it_lost_and_what_it_mended(tmp_path):
    members = [member(key=f"BV_{n}", ring="140000 470000 140010 470010") for n in range(10)]
    found = read_feature_gml(national(tmp_path, member(key="BV_ok", ring=TIE), member(key="BV_bare", ring="", more="<app:identificatie>NL.9</app:identificatie>"), *members))
    assert [(note.code, note.as_dict()) for note in found.notes if note.code != "sources_crs_assumed"] == [
        ("plans_without_geometry", {"path": "Bouwvlak.gml.gz", "count": 11, "ids": "NL.9, BV_0, BV_1, BV_2, BV_3, BV_4, BV_5, BV_6, ..."}),
        ("sources_made_valid", {"path": "Bouwvlak.gml.gz", "count": 1}),
        ("sources_outline_crosses", {"path": "Bouwvlak.gml.gz", "west": 140000, "south": 470000, "east": 140010, "north": 470010}),
    ]
    assert [area.geometry.area for area in found.areas] == [pytest.approx(50)]


def test_what_is_no_plan_object_in_a_national_file_is_passed_over(tmp_path):
    inner = "<app:deel><app:Bouwvlak><app:x>1</app:x></app:Bouwvlak></app:deel>"
    found = read_feature_gml(national(tmp_path, member("Boom", "B_1"), member(more=inner), "<app:boundedBy><app:Bouwvlak/></app:boundedBy>"))
    assert [area.fid for area in found.areas] == ["BV_1"]


def test_only_the_objects_that_touch_the_place_are_kept(tmp_path):
    far = "150000 470000 150010 470000 150010 470010 150000 470010 150000 470000"
    path = national(tmp_path, member(), member(key="BV_2", ring=far))
    assert [area.fid for area in read_feature_gml(path, box(140_010, 470_010, 140_020, 470_020)).areas] == ["BV_1"]
    assert [area.fid for area in read_feature_gml(path).areas] == ["BV_1", "BV_2"]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize("wrap", ["featureMember", "featureMembers", "member"])
def test_a_national_file_is_known_by_its_first_object(tmp_path, pack, wrap):
    path = national(tmp_path, member(wrap=wrap), pack=pack)
    assert is_feature_gml(path, path.read_bytes()[:400].lower())
    assert [area.fid for area in read_feature_gml(path).areas] == ["BV_1"]


IMRO = '<i:FeatureCollection xmlns:i="http://www.geonovum.nl/imro/2012/1.1" xmlns:app="http://x" xmlns:gml="http://www.opengis.net/gml/3.2">'


@pytest.mark.parametrize(
    "text",
    [
        HEAD + member("Boom") + FOOT, HEAD + FOOT, HEAD[:-20], "{}", "", HEAD.replace("FeatureCollection", "Collectie") + member() + "</app:Collectie>",
        IMRO + member() + "</i:FeatureCollection>", HEAD + member().replace("<app:Bouwvlak", "<app:Bouwvlak xmlns:app='http://x/imro'") + FOOT,
        HEAD + "<app:x/>" * 50 + member() + FOOT,
    ],
)
def test_what_is_no_national_file(tmp_path, text):
    path = tmp_path / "x.gml"
    path.write_text(text)
    assert is_feature_gml(path, text[:400].lower().encode()) is False


def test_the_first_object_may_stand_some_way_down(tmp_path):
    assert is_feature_gml(national(tmp_path, "<app:x/>" * 48, member()), b"<") is True
    assert is_feature_gml(national(tmp_path, "<app:x/>" * 49, member()), b"<") is False


def test_a_national_file_that_is_broken_or_absent_is_one_sentence(tmp_path):
    path = national(tmp_path, member(), pack=gzip.compress)
    path.write_bytes(path.read_bytes()[:-30])
    assert is_feature_gml(tmp_path / "none.gml", b"<") is False
    for broken, code in ((path, "sources_truncated"), (tmp_path / "none.gml", "sources_unreadable")):
        with pytest.raises(SourceError) as caught:
            read_feature_gml(broken)
        assert (caught.value.code, caught.value.data) == (code, {"path": broken.name})
        assert caught.value.details


@pytest.mark.parametrize("entity", ['"9"', 'SYSTEM "other.txt"'])
def test_a_national_file_with_entities_of_its_own_is_refused(tmp_path, entity):
    """What they stand for is not read: a value would be lost without a word."""
    (tmp_path / "other.txt").write_text("9")
    value = '<app:plangebied>P</app:plangebied><app:maatvoering>"maximum bouwhoogte (m)"="&hoog;"</app:maatvoering>'
    path = national(tmp_path, member("Maatvoering", "MV_1", more=value), head=f"<!DOCTYPE x [<!ENTITY hoog {entity}>]>{HEAD}")
    with pytest.raises(SourceError) as caught:
        read_feature_gml(path)
    assert (caught.value.code, caught.value.data) == ("plans_entities", {"path": "Bouwvlak.gml.gz"})
