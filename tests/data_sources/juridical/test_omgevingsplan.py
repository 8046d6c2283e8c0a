"""Omgevingsplannen: Geonovum's example as files, invented files for each trap, and the DSO's JSON."""

from __future__ import annotations

import json
import zipfile
from collections import Counter

import pytest
from shapely import box
from shapely.geometry import mapping

from drieluik.data_sources.juridical.dso import read_dso
from drieluik.data_sources.juridical.maatvoering import level_of
from drieluik.data_sources.juridical.omgevingsplan import unit_of, words_of
from drieluik.data_sources.juridical.proposing import propose
from drieluik.data_sources.juridical.reader import read_plan, read_plans
from drieluik.errors import SourceError
from drieluik.texts import sentence


def said(notes):
    return " ".join(sentence(note.code, note.as_dict()) for note in notes)


@pytest.fixture(scope="module")
def city(shared):
    return read_plan(shared / "data" / "imow")


def test_example_plan(city):
    _, (plan,), _ = city
    assert (plan.id, plan.kind, plan.status) == ("/akn/nl/act/gm0297/2019/reg456", "omgevingsplan", "vastgesteld")
    assert (plan.date, plan.in_force, plan.authority) == ("2019-12-03", "2020-01-14", "gm0297")
    assert "Gemeentestad" in plan.name


def test_example_norms_on_their_areas(city):
    areas, _, notes = city
    norms = {area.values[0].value: area for area in areas if area.kind == "omgevingsnorm" and not area.unplaced}
    assert set(norms) == {13.0, 7.0}
    for value, area in norms.items():
        (one,) = area.values
        assert (one.name, one.qualifier, one.unit, one.raw) == ("bouwhoogte", "maximum", "m boven maaiveld", f"maximum bouwhoogte bedrijfsgebouw={value:.0f}")
        assert area.article == "2.14" and "maximum bouwhoogte van een bedrijfsgebouw" in area.quote
        assert area.geometry.is_valid
    # the two areas of 7 m: 2019000008 and 2019000009 together
    assert norms[7.0].geometry.area == pytest.approx(291_545, abs=1)
    assert norms[13.0].geometry.area == pytest.approx(367_579, abs=1)
    assert not norms[7.0].geometry.overlaps(norms[13.0].geometry)
    text = said(notes)
    assert "welstandsniveau=laag" in text and "welstandsniveau=midden" in text and "welstandsniveau=hoog" in text
    assert "fijnstof" in text and "niet machineleesbaar" in text
    assert "meters boven maaiveld" in text


def test_example_objects(city):
    areas, _, notes = city
    assert Counter(area.kind for area in areas if not area.unplaced) == {"regeltekst": 4, "activiteit": 2, "omgevingsnorm": 2, "gebiedsaanwijzing": 1, "pons": 1}
    centre = next(area for area in areas if area.kind == "gebiedsaanwijzing")
    assert (centre.name, centre.group, centre.article) == ("Centrumgebied", "functie - centrumgebied", "2.9")
    assert next(area for area in areas if area.kind == "activiteit").group == "toegestaan"
    # objects whose maps are not among the files are said, not lost
    assert next(note for note in notes if note.code == "plans_without_geometry").as_dict()["count"] > 10


def test_example_pons_ends_an_older_plan(city):
    from invented_plans import of

    from drieluik.model import PlanArea

    areas, plans, _ = city
    norm = next(area for area in areas if area.kind == "omgevingsnorm")
    old = PlanArea("old", "enkelbestemming", "Bedrijf", norm.geometry.buffer(-5), plan_id="old")
    found = {plan.id: plan for plan in propose((*plans, of("old", "2010-01-01")), (*areas, old))}
    assert [note.code for note in found["old"].reasons] == ["plans_reason_hole_whole"]
    assert found[plans[0].id].proposed


def test_example_as_a_list_of_files_and_without_text(shared):
    folder = shared / "data" / "imow"
    names = ("owLocaties-Gemeentestad.xml", "owOmgevingsnormOmgevingswaarde.xml", "Bouwhoogte.gml")
    areas, (plan,), _ = read_plans([folder / name for name in names])
    assert sorted(area.values[0].value for area in areas if not area.unplaced) == [7.0, 13.0]
    assert (plan.id, plan.status) == ("gm0297", "")
    areas, _, _ = read_plan(folder / "Bouwhoogte.gml")
    assert sorted((area.values[0].value, area.values[0].name, area.values[0].unit) for area in areas) == [
        *[(7.0, "bouwhoogte", "m boven maaiveld")] * 2, *[(13.0, "bouwhoogte", "m boven maaiveld")] * 2,
    ]


OW = (
    '<ow-dc:owBestand xmlns:ow-dc="http://www.geostandaarden.nl/imow/bestanden/deelbestand" xmlns:l="http://www.geostandaarden.nl/imow/locatie" '
    'xmlns:r="http://www.geostandaarden.nl/imow/regels" xmlns:rol="http://www.geostandaarden.nl/imow/regelsoplocatie" xmlns:p="http://www.geostandaarden.nl/imow/pons" '
    'xmlns:rg="http://www.geostandaarden.nl/imow/regelingsgebied" xmlns:ow="http://www.geostandaarden.nl/imow/owobject" '
    'xmlns:xlink="http://www.w3.org/1999/xlink">{}</ow-dc:owBestand>'
)
GIO = (
    '<geo:GeoInformatieObjectVaststelling xmlns:geo="https://standaarden.overheid.nl/stop/imop/geo/" xmlns:b="http://www.geostandaarden.nl/basisgeometrie/1.0" '
    'xmlns:gml="http://www.opengis.net/gml/3.2"><geo:vastgesteldeVersie><geo:GeoInformatieObjectVersie><geo:FRBRWork>/join/id/regdata/gm0001/2024/x</geo:FRBRWork>'
    "{head}<geo:locaties>{places}</geo:locaties></geo:GeoInformatieObjectVersie></geo:vastgesteldeVersie></geo:GeoInformatieObjectVaststelling>"
)
SQUARE = (
    '<gml:Polygon srsName="urn:ogc:def:crs:EPSG::28992"><gml:exterior><gml:LinearRing><gml:posList>{x} 400000 {y} 400000 {y} 400010 {x} 400010 {x} 400000'
    "</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>"
)
POINT = '<gml:Point srsName="urn:ogc:def:crs:EPSG::28992"><gml:pos>{x} 400000</gml:pos></gml:Point>'
LINE = '<gml:LineString srsName="urn:ogc:def:crs:EPSG::28992"><gml:posList>{x} 400000 {y} 400000</gml:posList></gml:LineString>'


def place(key, x, shape=SQUARE, value=""):
    number = f"<geo:kwantitatieveNormwaarde>{value}</geo:kwantitatieveNormwaarde>" if value else ""
    return (f"<geo:Locatie><geo:naam>{key}</geo:naam><geo:geometrie><b:Geometrie><b:id>{key}</b:id><b:geometrie>{shape.format(x=x, y=x + 10)}"
            f"</b:geometrie></b:Geometrie></geo:geometrie>{number}</geo:Locatie>")


def obj(body):
    return f"<ow-dc:owObject>{body}</ow-dc:owObject>"


def location(kind, key, geometry="", members=(), more=""):
    inside = f'<l:geometrie><l:GeometrieRef xlink:href="{geometry}"/></l:geometrie>' if geometry else ""
    inside += "".join(f'<l:groepselement><l:GebiedRef xlink:href="{one}"/></l:groepselement>' for one in members)
    return obj(f"<l:{kind}><l:identificatie>{key}</l:identificatie>{inside}{more}</l:{kind}>")


def norm(*values, name="maximum goothoogte", kind="MaximumGoothoogte", more=""):
    body = "".join(
        f"<rol:Normwaarde><rol:identificatie>v{i}</rol:identificatie>{value}<rol:locatieaanduiding><l:LocatieRef xlink:href=\"{where}\"/></rol:locatieaanduiding>"
        "</rol:Normwaarde>" for i, (value, where) in enumerate(values)
    )
    return obj(
        f"<rol:Omgevingsnorm>{more}<rol:identificatie>n</rol:identificatie><rol:naam>{name}</rol:naam><rol:type>http://x/typenorm/id/concept/{kind}</rol:type>"
        f"<rol:eenheid>http://x/eenheid/id/concept/Meter</rol:eenheid><rol:normwaarde>{body}</rol:normwaarde></rol:Omgevingsnorm>"
    )


def number(value):
    return f"<rol:kwantitatieveWaarde>{value}</rol:kwantitatieveWaarde>"


def read(folder, objects, places="", head="", near=None, **more):
    (folder / "ow.xml").write_text(OW.format("".join(objects)))
    (folder / "gio.gml").write_text(GIO.format(head=head, places=places or place("g1", 100_000)))
    for name, text in more.items():
        (folder / f"{name}.xml").write_text(text)
    return read_plan(folder, near)


def test_groups_in_groups_points_and_lines(tmp_path):
    objects = [
        location("Gebied", "a", "G1"), location("Gebied", "b", "g2"), location("Gebiedengroep", "ab", members=("a", "b")), location("Gebiedengroep", "top", members=("ab",)),
        location("Punt", "p", "g3"), location("Lijn", "l", "g4"), norm((number("4,5"), "top"), (number("6"), "p"), (number("7"), "l")),
    ]
    places = place("g1", 100_000) + place("g2", 100_010) + place("g3", 100_100, POINT) + place("g4", 100_200, LINE)
    areas, _, notes = read(tmp_path, objects, places)
    assert [(area.values[0].value, area.geometry.geom_type) for area in areas] == [(4.5, "Polygon"), (6.0, "Point"), (7.0, "LineString")]
    assert areas[0].geometry.area == pytest.approx(200) and areas[0].values[0].name == "goothoogte"
    assert notes == ()


def test_a_circle_of_groups_and_a_missing_location_are_said(tmp_path):
    objects = [location("Gebiedengroep", "a", members=("b",)), location("Gebiedengroep", "b", members=("a",)), location("Gebied", "c", "g1"),
               norm((number("4"), "a"), (number("5"), "gone"), (number("6"), "c"))]
    areas, _, notes = read(tmp_path, objects)
    assert [(area.values[0].value, area.unplaced) for area in areas] == [(6.0, False), (4.0, True), (5.0, True)]
    assert "maximum goothoogte=4" in said(notes) and "maximum goothoogte=5" in said(notes)


def test_whole_territory_is_the_place_asked_for(tmp_path):
    objects = [location("Ambtsgebied", "all"), location("Gebied", "c", "g1"), norm((number("4"), "all"), (number("6"), "c"))]
    here = box(99_990, 399_990, 100_050, 400_050)
    areas, _, notes = read(tmp_path, objects, near=here)
    assert areas[0].values[0].value == 4.0 and areas[0].geometry.equals(here)
    assert "plans_whole_territory" in {note.code for note in notes}
    assert [area.values[0].value for area in read(tmp_path, objects)[0]] == [6.0]


def test_value_that_is_only_in_the_text(tmp_path):
    objects = [location("Gebied", "c", "g1"), norm(("<rol:waardeInRegeltekst>waarde staat in regeltekst</rol:waardeInRegeltekst>", "c"),
                                                   ("<rol:kwalitatieveWaarde>laag</rol:kwalitatieveWaarde>", "c"))]
    areas, _, notes = read(tmp_path, objects)
    assert [(a.values[0].value, a.values[0].raw) for a in areas] == [(None, "maximum goothoogte=waarde staat in regeltekst"), (None, "maximum goothoogte=laag")]
    assert "plans_value_in_text" in {note.code for note in notes}


def test_drafts_and_ended_objects(tmp_path):
    objects = [location("Gebied", "c", "g1"), norm((number("4"), "c"), more="<ow:procedurestatus>ontwerp</ow:procedurestatus>"),
               obj("<rol:Activiteit><ow:status>beëindigen</ow:status><rol:identificatie>x</rol:identificatie></rol:Activiteit>"),
               obj('<p:Pons><ow:procedurestatus>ontwerp</ow:procedurestatus><p:identificatie>p</p:identificatie><p:locatieaanduiding><l:LocatieRef xlink:href="c"/>'
                   "</p:locatieaanduiding></p:Pons>")]
    areas, _, notes = read(tmp_path, objects)
    assert {area.kind: area.plan_status for area in areas} == {"pons": "ontwerp", "omgevingsnorm": "ontwerp"}
    assert "plans_objects_ended" in {note.code for note in notes}


def test_map_and_norm_that_differ_are_said(tmp_path):
    objects = [location("Gebied", "c", "g1"), norm((number("4"), "c"))]
    head = "<geo:normlabel>maximum goothoogte</geo:normlabel><geo:eenheidlabel>meters boven NAP</geo:eenheidlabel>"
    notes = read(tmp_path, objects, place("g1", 100_000, value="5"), head)[2]
    assert {note.code for note in notes} == {"plans_map_differs", "plans_norm_level"}


STOP = (
    '<AanleveringBesluit xmlns="https://standaarden.overheid.nl/lvbb/stop/aanlevering/"><x xmlns="https://standaarden.overheid.nl/stop/imop/data/"><FRBRWork>/akn/nl/act/'
    "gm0001/2024/omgevingsplan</FRBRWork><RegelingMetadata><officieleTitel>Omgevingsplan Dorp</officieleTitel><soortRegeling>/join/id/stop/regelingtype_003"
    "</soortRegeling></RegelingMetadata><soortProcedure>/join/id/stop/proceduretype_{}</soortProcedure></x>"
    '<RegelingCompact xmlns="https://standaarden.overheid.nl/stop/imop/tekst/"><Artikel wId="art1"><Kop><Label>Artikel</Label><Nummer>5.3</Nummer><Opschrift>Hoogte'
    '</Opschrift></Kop><Lid wId="lid2"><LidNummer>2.</LidNummer><Inhoud><Al>Niet <VerwijderdeTekst>lager</VerwijderdeTekst><NieuweTekst>hoger</NieuweTekst> dan 4 m.</Al>'
    "<Lijst><Li><LiNummer>a.</LiNummer><Al>behalve een <b>schoorsteen</b>;</Al></Li></Lijst></Inhoud></Lid></Artikel></RegelingCompact></AanleveringBesluit>"
)
RULE = (
    '<r:RegelVoorIedereen><r:identificatie>rule</r:identificatie><r:artikelOfLid><r:RegeltekstRef xlink:href="text"/></r:artikelOfLid><r:locatieaanduiding>'
    '<l:LocatieRef xlink:href="c"/></r:locatieaanduiding><r:omgevingsnormaanduiding><rol:OmgevingsnormRef xlink:href="n"/></r:omgevingsnormaanduiding></r:RegelVoorIedereen>'
)


@pytest.mark.parametrize(("procedure", "status"), [("definitief", "vastgesteld"), ("ontwerp", "ontwerp")])
def test_article_and_quote(tmp_path, procedure, status):
    text = obj('<r:Regeltekst wId="lid2"><r:identificatie>text</r:identificatie></r:Regeltekst>')
    objects = [location("Gebied", "c", "g1"), text, obj(RULE), norm((number("4"), "c"))]
    areas, (plan,), _ = read(tmp_path, objects, akn=STOP.format(procedure))
    assert (plan.id, plan.name, plan.status) == ("/akn/nl/act/gm0001/2024/omgevingsplan", "Omgevingsplan Dorp", status)
    rule, found = areas
    assert (rule.kind, rule.name, rule.article, found.article, found.belongs_to) == ("regeltekst", "Hoogte", "5.3 lid 2", "5.3 lid 2", "text")
    assert found.quote == "2. Niet hoger dan 4 m. a. behalve een schoorsteen;"
    assert found.plan_status == status


def test_download_of_the_dso_has_files_of_one_name_in_many_folders(tmp_path):
    """Identificatie.xml and Metadata.xml come once for the regeling and once for each map."""
    data = 'xmlns="https://standaarden.overheid.nl/stop/imop/data/"'
    files = {
        "IO-1/Identificatie.xml": f"<ExpressionIdentificatie {data}><FRBRWork>/join/id/regdata/gm0001/2024/x</FRBRWork></ExpressionIdentificatie>",
        "IO-1/map.gml": GIO.format(head="", places=place("g1", 100_000)),
        "IO-2/Identificatie.xml": f"<ExpressionIdentificatie {data}><FRBRWork>/join/id/regdata/gm0001/2024/y</FRBRWork></ExpressionIdentificatie>",
        "IO-2/map.gml": GIO.format(head="", places=place("g2", 100_010)),
        "Regeling/Identificatie.xml": f"<ExpressionIdentificatie {data}><FRBRWork>/akn/nl/act/gm0001/2024/omgevingsplan</FRBRWork></ExpressionIdentificatie>",
        "Regeling/Metadata.xml": f"<RegelingMetadata {data}><officieleTitel>Omgevingsplan Dorp</officieleTitel></RegelingMetadata>",
        "Regeling/Tekst.xml": '<RegelingCompact xmlns="https://standaarden.overheid.nl/stop/imop/tekst/"><Artikel wId="lid2"><Kop><Nummer>7</Nummer></Kop></Artikel></RegelingCompact>',
        "OW-bestanden/locaties.xml": OW.format(location("Gebied", "a", "g1") + location("Gebied", "b", "g2")),
        "OW-bestanden/normen.xml": OW.format(norm((number("4"), "a"), (number("5"), "b"))),
        "OW-bestanden/regels.xml": OW.format(obj('<r:Regeltekst wId="lid2"><r:identificatie>text</r:identificatie></r:Regeltekst>') + obj(RULE)),
        "pakbon.xml": "<pakbon/>",
    }
    with zipfile.ZipFile(tmp_path / "plan.zip", "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    areas, (plan,), notes = read_plan(tmp_path / "plan.zip")
    assert (plan.id, plan.name, plan.kind) == ("/akn/nl/act/gm0001/2024/omgevingsplan", "Omgevingsplan Dorp", "omgevingsplan")
    assert [(area.values[0].value, area.article) for area in areas if area.values] == [(4.0, "7"), (5.0, "7")]
    assert "plans_passed_over" in {note.code for note in notes}


def test_an_empty_folder_is_no_plan(tmp_path):
    with pytest.raises(SourceError) as caught:
        read_plan(tmp_path)
    assert caught.value.code == "plans_not_recognised"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (OW.format(""), "plans_without_objects"), (OW.format("")[:-5], "sources_truncated"), (GIO.format(head="", places=place("a", 600_000)), "plans_without_objects"),
        ("<!DOCTYPE x [<!ENTITY a 'b'>]>" + OW.format("&a;"), "plans_entities"),
    ],
)
def test_bad_files(tmp_path, text, code):
    (tmp_path / "ow.xml").write_text(text)
    with pytest.raises(SourceError) as caught:
        read_plan(tmp_path / "ow.xml")
    assert caught.value.code == code


def test_words_of_the_standard():
    assert words_of("http://x/typenorm/id/concept/MaximumBouwhoogte") == "maximum bouwhoogte"
    assert [unit_of(f"http://x/eenheid/id/concept/{word}") for word in ("Meter", "VierkanteMeter", "Procent", "Graad", "Decibel")] == ["m", "m2", "%", "graden", "decibel"]
    assert unit_of("meters boven NAP") == "m NAP" and level_of("meters boven maaiveld") == "maaiveld" and level_of("meter") == ""


REGELING = {
    "identificatie": "/akn/nl/act/gm0503/2020/omgevingsplan", "officieleTitel": "Omgevingsplan Delft", "type": {"code": "regelingtype_003", "waarde": "Omgevingsplan"},
    "aangeleverdDoorEen": {"code": "gm0503", "naam": "Delft"}, "geregistreerdMet": {"beginInwerking": "2024-01-01", "beginGeldigheid": "2024-01-01", "versie": 3},
}
ANNOTATIONS = {
    "regelteksten": [{"identificatie": "t1", "wId": "gm0503_1__chp_5__art_5.3__para_2"}],
    "regelsVoorIedereen": [{
        "identificatie": "r1", "regeltekstRef": "t1", "omgevingsnormRefs": ["n1"], "gebiedsaanwijzingRefs": ["g1"], "locatieRefs": ["group"],
        "activiteitLocatieaanduidingen": [{"identificatie": "a1", "activiteitRef": "act", "activiteitregelkwalificatie": {"waarde": "vergunningplicht"}, "locatieRefs": ["l1"]}],
    }],
    "activiteiten": [{"identificatie": "act", "naam": "bouwwerk bouwen", "groep": {"waarde": "bouwactiviteit (omgevingsplan)"}}],
    "gebiedsaanwijzingen": [{"identificatie": "g1", "naam": "Molenbiotoop", "type": {"waarde": "Beperkingengebied"}, "groep": {"waarde": "molen"}, "locatieRefs": ["l2"]}],
    "locaties": [
        {"identificatie": "l1", "locatieType": "Gebied", "geometrieIdentificatie": "GEO-1"}, {"identificatie": "l2", "locatieType": "Gebied", "geometrieIdentificatie": "geo-2"},
        {"identificatie": "group", "locatieType": "Gebiedengroep", "omvat": ["l1", "l2"]}, {"identificatie": "all", "locatieType": "Ambtsgebied"},
    ],
    "omgevingsnormen": [{
        "identificatie": "n1", "naam": "maximum bouwhoogte", "type": {"waarde": "maximum bouwhoogte"}, "eenheid": {"waarde": "meter"}, "groep": {"waarde": "bouwen"},
        "normwaarden": [{"identificatie": "w1", "kwantitatieveWaarde": 9.5, "locatieRefs": ["l1"]}, {"identificatie": "w2", "waardeInRegeltekst": True, "locatieRefs": ["all"]}],
    }],
}
HERE = box(100_000, 400_000, 100_010, 400_010)
GEOMETRIES = {"geo-1": mapping(HERE), "geo-2": mapping(box(100_010, 400_000, 100_030, 400_010))}


def test_dso_objects():
    found = read_dso(REGELING, ANNOTATIONS, GEOMETRIES, box=HERE)
    (plan,) = found.plans
    assert (plan.id, plan.name, plan.kind, plan.status, plan.in_force) == (REGELING["identificatie"], "Omgevingsplan Delft", "omgevingsplan", "vastgesteld", "2024-01-01")
    areas = {area.fid: area for area in found.areas}
    assert {key: area.kind for key, area in areas.items()} == {
        "t1": "regeltekst", "g1": "gebiedsaanwijzing", "a1": "activiteit", "w1": "omgevingsnorm", "w2": "omgevingsnorm",
    }
    assert areas["t1"].geometry.area == pytest.approx(300)
    (value,) = areas["w1"].values
    assert (value.name, value.qualifier, value.value, value.unit) == ("bouwhoogte", "maximum", 9.5, "m")
    assert areas["w1"].article == "5.3 lid 2" and areas["w2"].values[0].value is None and "staat in regeltekst" in areas["w2"].values[0].raw
    assert (areas["a1"].name, areas["a1"].group) == ("bouwwerk bouwen", "vergunningplicht")
    assert areas["g1"].group == "Beperkingengebied - molen"
    assert {note.code for note in found.notes} == {"plans_value_in_text", "plans_whole_territory"}


def test_dso_text_by_its_structure():
    structure = {"_embedded": {"documentComponenten": [{"wId": "chp", "_embedded": {"documentComponenten": [{
        "wId": "gm0503_1__chp_5__art_5.3__para_2", "nummer": "5.3 lid 2", "opschrift": "<Opschrift>Hoogte</Opschrift>",
        "inhoud": "<Inhoud><Al>Niet hoger dan <i>9,5 m</i>.</Al></Inhoud>",
    }]}}]}}
    area = next(area for area in read_dso(REGELING, ANNOTATIONS, GEOMETRIES, structure).areas if area.fid == "w1")
    assert (area.article, area.quote) == ("5.3 lid 2", "Niet hoger dan 9,5 m.")


def test_dso_without_norms_says_that_this_is_no_freedom():
    found = read_dso(REGELING, {"regelteksten": [], "locaties": []}, {})
    assert found.areas == () and "plans_without_norms" in {note.code for note in found.notes}


@pytest.mark.parametrize(
    ("change", "code"),
    [({"locaties": {"a": 1}}, "plans_other_shape"), ({"omgevingsnormen": ["n1"]}, "plans_other_shape")],
)
def test_dso_of_another_shape(change, code):
    with pytest.raises(SourceError) as caught:
        read_dso(REGELING, {**ANNOTATIONS, **change}, GEOMETRIES)
    assert caught.value.code == code


@pytest.mark.parametrize("broken", [{"type": "Polygon"}, {"type": "Polygon", "coordinates": [[[0]]]}, None, 5, {"type": "Polygon", "coordinates": "x"}])
def test_dso_broken_geometry_is_said(broken):
    found = read_dso(REGELING, ANNOTATIONS, {**GEOMETRIES, "GEO-1": broken, "geo-1": broken})
    assert {"plans_geometry_numbers", "plans_values_without_place"} <= {note.code for note in found.notes}


def test_dso_as_a_file(tmp_path):
    path = tmp_path / "dso_00.json"
    path.write_text(json.dumps({"regeling": REGELING, "annotations": ANNOTATIONS, "geometries": GEOMETRIES}))
    areas, plans, _ = read_plan(path, HERE)
    assert {area.fid for area in areas} == {"t1", "g1", "a1", "w1", "w2"} and len(plans) == 1
