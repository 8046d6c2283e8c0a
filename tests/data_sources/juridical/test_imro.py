"""IMRO plans: the real files against the table of their README, and an invented file for each trap."""

from __future__ import annotations

import gzip
import random
import zipfile
from collections import Counter

import invented_plans as plans
import numpy as np
import pytest
import shapely
from lxml import etree
from osgeo import ogr
from shapely import box

from drieluik.data_sources.juridical.reader import read_plan, read_plans
from drieluik.errors import SourceError
from drieluik.texts import sentence

KINDS = {
    "EB": "enkelbestemming", "DB": "dubbelbestemming", "BV": "bouwvlak", "MV": "maatvoering", "BA": "bouwaanduiding",
    "FA": "functieaanduiding", "GA": "gebiedsaanduiding", "FI": "figuur",
}
FILES = {
    "NL.IMRO.0267.BP0174-0001.gml": "EB235 DB2 BV260 MV200 BA172 FA141 GA2",
    "stationspleinzuidoost.gml": "EB11 DB4 BV25 MV26 BA3 FA11",
    "NL.IMRO.0664.BPBS03-ON99.gml": "EB13 DB1 BV9 MV14 FA9",
    "NL.IMRO.0202.974-0301.gml": "EB16 BV5 MV11 BA18",
    "NL.IMRO.0200.bp1416-ont1.gml": "EB5 BV5 MV8 FA3 GA2",
    "TAM_NL.IMRO.0200.bp1416-ont1.gml": "EB5 BV5 MV8 FA3 GA2",
    "NL.IMRO.0345.UPDeOntmoetingDp7-ow01.gml": "EB1 DB1 BV1 MV6 BA7 FI1",
    "NL.IMRO.1930.BPRaadhuislaanSP-1001.gml": "EB1 DB1 BV1 MV4 BA1",
    "NL.IMRO.0798.BPDoornboom-ON01.gml": "EB4 MV12 BA4 FI7",
    "2008.gml": "EB84 DB6 BV88 MV8 BA6 FA18 GA7",
    "2012_10.gml": "EB84 DB2 BV34 MV28 BA25 FA7 GA2 FI3",
}


def local(element):
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def codes(notes):
    return [note.code for note in notes]


@pytest.mark.parametrize("name", FILES)
def test_real_plan_has_every_object_and_every_value(shared, name):
    path = shared / "data" / "imro2012" / name
    areas, (document,), notes = read_plan(path)
    root = etree.parse(str(path)).getroot()
    counts = Counter(area.kind for area in areas)
    assert counts == {"plangebied": 1, **{KINDS[word[:2]]: int(word[2:]) for word in FILES[name].split()}}
    texts = sorted(child.text.strip() for child in root.iter() if local(child) == "waarde")
    assert sorted(value.raw.rpartition("=")[2] for area in areas for value in area.values) == texts
    assert all(area.values for area in areas if area.kind == "maatvoering")
    assert all(value.value is not None for area in areas for value in area.values)
    assert all(area.geometry.is_valid and not area.geometry.is_empty and not area.geometry.has_z for area in areas)
    known = {area.fid for area in areas}
    assert len(known) == len(areas)
    assert all(area.belongs_to in known for area in areas if area.belongs_to)
    assert all(area.plan_id == document.id and area.plan_status == document.status and area.date == document.date for area in areas)
    assert all(area.article and area.url for area in areas if area.kind == "enkelbestemming")
    assert document.geometry.equals(next(area.geometry for area in areas if area.kind == "plangebied"))
    assert not set(codes(notes)) - {"sources_plan_draft"}


@pytest.mark.parametrize("name", FILES)
def test_real_outlines_within_a_centimetre_of_gdals(shared, name):
    """Another reader as witness: GDAL's own curves, cut at 0.05 degrees, against ours, corner by corner both ways."""
    path = shared / "data" / "imro2012" / name
    ours = {area.fid: area.geometry for area in read_plan(path)[0]}
    arcs = 0
    for element in (one for member in etree.parse(str(path)).getroot() for one in member if local(one)):
        holder = next((one for one in element if local(one) == "geometrie"), None)
        if holder is None:
            continue
        arcs += sum(local(one) == "Arc" for one in holder.iter())
        curved = ogr.CreateGeometryFromGML(etree.tostring(holder[0], encoding="unicode"))
        theirs = shapely.make_valid(shapely.from_wkb(bytes(curved.GetLinearGeometry(0.05).ExportToWkb())))
        key = next(value for key, value in element.attrib.items() if key.endswith("}id"))
        assert shapely.hausdorff_distance(ours[key], theirs) < 0.01, key
    assert arcs == {"NL.IMRO.0267.BP0174-0001.gml": 68, "2012_10.gml": 276}.get(name, arcs)


def test_nijkerk_values(shared):
    areas, _, _ = read_plan(shared / "data" / "imro2012" / "NL.IMRO.0267.BP0174-0001.gml")
    names = Counter((value.name, value.qualifier, value.unit) for area in areas for value in area.values)
    assert names["bouwhoogte", "maximum", "m"] == 184 and names["goothoogte", "maximum", "m"] == 118
    assert names["bebouwingspercentage", "maximum", "%"] == 3
    owner = {area.fid: area for area in areas}
    for area in areas:
        if area.kind == "bouwvlak":
            assert owner[area.belongs_to].kind in ("enkelbestemming", "dubbelbestemming") and area.article == owner[area.belongs_to].article
            assert owner[area.belongs_to].geometry.buffer(0.1).contains(area.geometry)


def test_what_a_plan_says_of_itself(shared):
    folder = shared / "data" / "imro2012"
    _, (one,), _ = read_plan(folder / "NL.IMRO.0345.UPDeOntmoetingDp7-ow01.gml")
    assert (one.kind, one.status, one.date, one.authority) == ("uitwerkingsplan", "ontwerp", "2024-01-01", "gemeente Veenendaal")
    assert one.changes == ("NL.IMRO.0345.Buurtstede-vg01",)
    assert one.url == "https://ruimtelijkeplannen.nl/documents/NL.IMRO.0345.UPDeOntmoetingDp7-ow01/r_NL.IMRO.0345.UPDeOntmoetingDp7-ow01.html"
    assert read_plan(folder / "TAM_NL.IMRO.0200.bp1416-ont1.gml")[1][0].kind == "TAM-omgevingsplan"
    areas, (old,), _ = read_plan(folder / "2008.gml")
    assert (old.id, old.status) == ("NL.IMRO.1680.1800030105-0000", "concept")
    assert {(v.name, v.value, v.unit) for a in areas for v in a.values if a.name.endswith("(m2)")} >= {("oppervlakte", 370.0, "m2")}


def test_box_takes_what_touches_it(shared):
    path = shared / "data" / "imro2012" / "NL.IMRO.0267.BP0174-0001.gml"
    here = box(161700, 470500, 161750, 470550)
    areas, found, _ = read_plan(path, here)
    every, _, _ = read_plan(path)
    assert {a.fid for a in areas} == {a.fid for a in every if a.geometry.intersects(here)} and 0 < len(areas) < 100
    assert len(found) == 1
    assert read_plan(path, box(0, 300000, 10, 300010))[:2] == ((), ())


def written(folder, text, name="plan.gml"):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


ZONE = "<imro:naam>Wonen</imro:naam><imro:bestemmingshoofdgroep>wonen</imro:bestemmingshoofdgroep><imro:artikelnummer>4</imro:artikelnummer>"


def test_every_kind_of_object_is_kept_by_its_kind(tmp_path):
    kinds = ["Lettertekenaanduiding", "Figuur", "Besluitvlak_X", "Besluitsubvlak_X", "Structuurvisiegebied_G", "ProvinciaalGebied", "Iets_Nieuws"]
    text = plans.document(plans.plan(kind="structuurvisie", element="Structuurvisieplangebied_G"), *(plans.member(kind, f"o{i}") for i, kind in enumerate(kinds)))
    areas, (found,), _ = read_plan(written(tmp_path, text))
    assert [area.kind for area in areas] == [
        "plangebied", "lettertekenaanduiding", "figuur", "besluitvlak", "besluitsubvlak", "structuurvisiegebied", "provinciaalgebied", "iets_nieuws",
    ]
    assert found.kind == "structuurvisie"


@pytest.mark.parametrize("wrapper", ["WaardeEnType", "WaardeEnTypeBP", "MatrixEnWaarde", "OmvangWaardeBP"])
def test_values_in_any_wrapper(tmp_path, wrapper):
    text = plans.document(plans.plan(), plans.measure("m", ("maximum bouwhoogte (m)", "10"), ("maximum goothoogte (m)", "4,5"))).replace("WaardeEnType", wrapper)
    (value, other), = (area.values for area in read_plan(written(tmp_path, text))[0] if area.kind == "maatvoering")
    assert (value.value, other.value, other.name) == (10.0, 4.5, "goothoogte")


def test_what_is_not_a_number_is_listed_by_its_text(tmp_path):
    text = plans.document(plans.plan(), plans.measure("m", ("maximum aantal bouwlagen", "2 + kap"), ("maximum bouwhoogte (m)", "")))
    areas, _, notes = read_plan(written(tmp_path, text))
    assert [v.value for v in areas[1].values] == [None, None]
    note = next(note for note in notes if note.code == "plans_unparsed")
    assert note.as_dict()["count"] == 2 and "maximum aantal bouwlagen=2 + kap" in sentence(note.code, note.as_dict())


@pytest.mark.parametrize("geometry", ["", "<gml:Surface/>", plans.surface("100000 400000 100001 400001"), plans.surface("a b c d"), "<gml:Polygon/>"])
def test_object_without_geometry_is_listed_with_its_values(tmp_path, geometry):
    text = plans.document(plans.plan(), plans.measure("lost", ("maximum bouwhoogte (m)", "10"), geometry=geometry))
    areas, _, notes = read_plan(written(tmp_path, text))
    assert [(area.kind, area.unplaced, area.geometry.bounds) for area in areas] == [
        ("plangebied", False, (100_000, 400_000, 100_010, 400_010)), ("maatvoering", True, (100_000, 400_000, 100_010, 400_010)),
    ]
    said = " ".join(sentence(note.code, note.as_dict()) for note in notes)
    assert "lost" in said and "maximum bouwhoogte (m)=10" in said


@pytest.mark.parametrize(("kind", "lost"), [("Bouwvlak", True), ("Gebiedsaanduiding", True), ("Figuur", False), ("Functieaanduiding", False)])
def test_an_area_that_is_drawn_as_a_line_has_no_place_but_the_ground_of_what_it_belongs_to(tmp_path, kind, lost):
    line = '<gml:LineString srsName="urn:ogc:def:crs:EPSG::28992"><gml:posList>100002 400002 100004 400002</gml:posList></gml:LineString>'
    zone = plans.member("Enkelbestemming", "e", "<imro:artikelnummer>7</imro:artikelnummer>", plans.surface("100001 400001 100006 400001 100006 400006 100001 400001"))
    owner, inner = '<imro:bestemmingsvlak xlink:href="#e"/>', '<imro:aanduiding xlink:href="#b"/>'
    text = plans.document(plans.plan(), zone, plans.member(kind, "b", owner, line), plans.member("Maatvoering", "m", inner, ""))
    found = {area.fid: area for area in read_plan(written(tmp_path, text))[0]}
    assert (found["b"].unplaced, found["b"].geometry.area) == (lost, 12.5 if lost else 0.0)
    assert (found["m"].unplaced, found["m"].geometry.area, found["m"].article) == (True, 12.5 if lost else 100.0, "7")


def test_coordinates_with_y_first_are_turned(tmp_path):
    turned = " ".join(f"{y} {x}" for x, y in np.array(plans.SQUARE.split()).reshape(-1, 2))
    areas, (found,), notes = read_plan(written(tmp_path, plans.document(plans.plan()).replace(plans.SQUARE, turned)))
    assert areas[0].geometry.bounds == (100000, 400000, 100010, 400010) == found.geometry.bounds
    assert "plans_axes_swapped" in codes(notes)


def test_a_bow_tie_is_made_valid_and_said(tmp_path):
    text = plans.document(plans.plan(), plans.member("Bouwvlak", "b", geometry=plans.surface("100000 400000 100010 400010 100010 400000 100000 400010 100000 400000")))
    areas, _, notes = read_plan(written(tmp_path, text))
    assert areas[1].geometry.is_valid and areas[1].geometry.area == pytest.approx(50)
    assert "sources_made_valid" in codes(notes)


def test_references_and_articles_follow_the_bestemming(tmp_path):
    ref = '<imro:{} xlink:href="#{}"/>'
    text = plans.document(
        plans.plan(), plans.member("Enkelbestemming", "e", ZONE), plans.member("Bouwvlak", "b", ref.format("bestemmingsvlak", "e")),
        plans.measure("m", ("maximum bouwhoogte (m)", "9")).replace("</imro:naam>", "</imro:naam>" + ref.format("bestemmingsvlak", "e") + ref.format("aanduiding", "b"), 1),
        plans.member("Figuur", "f", ref.format("bestemmingsvlak", "gone")),
    )
    areas, _, notes = read_plan(written(tmp_path, text))
    found = {area.fid: area for area in areas}
    assert (found["b"].belongs_to, found["m"].belongs_to, found["f"].belongs_to) == ("e", "b", "gone")
    assert found["m"].article == found["b"].article == "4" and found["f"].article == ""
    assert found["e"].group == "wonen"
    assert "plans_dangling" in codes(notes)


def test_symbol_that_contradicts_its_name_is_said(tmp_path):
    path = written(tmp_path, plans.document(plans.plan(), plans.measure("m", ("maximum bouwhoogte (m)", "10"), code="s101")))
    assert "plans_symbol_contradicts" in codes(read_plan(path)[2])


def test_many_remarks_of_one_kind_are_counted(tmp_path):
    text = plans.document(plans.plan(), *(plans.measure(f"m{i}", ("maximum bouwhoogte (m)", "10"), code="s101") for i in range(30)))
    notes = read_plan(written(tmp_path, text))[2]
    assert codes(notes).count("plans_symbol_contradicts") == 8
    assert next(note.as_dict()["count"] for note in notes if note.code == "plans_more_of_these") == 22


def test_the_last_status_counts(tmp_path):
    later = ("<imro:planstatusInfo><imro:PlanstatusEnDatum><imro:planstatus>onherroepelijk</imro:planstatus><imro:datum>2021-01-01</imro:datum>"
             "</imro:PlanstatusEnDatum></imro:planstatusInfo>")
    _, (found,), _ = read_plan(written(tmp_path, plans.document(plans.plan(more=later))))
    assert (found.status, found.date) == ("onherroepelijk", "2021-01-01")


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij")) + "]>"
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
GOOD = plans.document(plans.plan(), plans.measure("m", ("maximum bouwhoogte (m)", "10")))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (LAUGHS + GOOD.replace("Dorp", "&j;"), "plans_entities"), (OUTSIDE + GOOD.replace("Dorp", "&a;"), "plans_entities"),
        (GOOD[:-30], "sources_truncated"), (GOOD[:60], "sources_truncated"), ("", "plans_file_empty"), ("  \n", "plans_file_empty"),
        ("<!DOCTYPE html><html><body>502</body></html>", "sources_html"), ("<html/>", "sources_html"),
        ('<?xml version="1.0"?><FeatureCollection xmlns="http://www.opengis.net/gml"/>', "plans_not_recognised"),
        ("<x/>", "plans_not_recognised"), ("hello", "plans_not_recognised"), (b"%PDF-1.4 ...", "plans_not_recognised"), (b"\x89PNG\r\n", "plans_not_recognised"),
        (plans.document(plans.member("Bouwvlak", "b")), "plans_without_plan"),
        (plans.document(plans.member("Bestemmingsplangebied", "p", "<imro:typePlan>x</imro:typePlan>", "")), "plans_without_objects"),
        (GOOD.replace("EPSG::28992", "EPSG::4258"), "sources_wrong_crs"),
        (GOOD.replace(plans.SQUARE, "5 52 5.1 52 5.1 52.1 5 52"), "sources_degrees"),
        (GOOD.replace(plans.SQUARE, "600000 5760000 600010 5760000 600010 5760010 600000 5760000"), "sources_not_rd"),
        (gzip.compress(GOOD.encode())[:-20], "sources_truncated"), (b"\x1f\x8bnonsense", "sources_truncated"),
        ("[1, 2]", "sources_not_features"), ("{", "sources_truncated"), ('{"features": [], "x": NaN}', "sources_truncated"), ("{}", "sources_not_features"),
    ],
)
def test_bad_file_is_one_sentence(tmp_path, content, code):
    with pytest.raises(SourceError) as caught:
        read_plan(written(tmp_path, content))
    assert caught.value.code == code
    for lang in ("nl", "en"):
        said = caught.value.message(lang)
        assert said[0].isupper() or said.startswith("plan.gml")
        assert said.endswith(".") and "{" not in said and "?" not in said


def test_missing_file(tmp_path):
    with pytest.raises(SourceError) as caught:
        read_plan(tmp_path / "none.gml")
    assert caught.value.code == "sources_missing"


def test_gzip_zip_folder_and_list_give_the_same(tmp_path):
    path = written(tmp_path, GOOD)
    packed = written(tmp_path, gzip.compress(GOOD.encode()), "plan.gml.gz")
    folder = tmp_path / "folder"
    folder.mkdir()
    written(folder, GOOD)
    written(folder, "<html>regels</html>", "r_plan.html")
    with zipfile.ZipFile(tmp_path / "plan.zip", "w") as archive:
        archive.writestr("x/../../plan.gml", GOOD)
        archive.writestr("x/toelichting.pdf", b"%PDF-1.4")
    expected = read_plan(path)
    for source in (packed, folder, tmp_path / "plan.zip"):
        areas, found, notes = read_plan(source)
        assert (areas, found) == expected[:2]
        assert set(codes(notes)) <= {"plans_passed_over"}
    assert read_plans([path, packed])[:2] == expected[:2]
    assert not (tmp_path.parent / "plan.gml").exists()


@pytest.mark.parametrize("seed", range(60))
def test_damaged_files_never_crash_or_give_nan(tmp_path, shared, seed):
    """Seeded damage to a real plan: a sentence, or objects with finite geometry and finite values."""
    dice = random.Random(seed)
    data = bytearray((shared / "data" / "imro2012" / "NL.IMRO.1930.BPRaadhuislaanSP-1001.gml").read_bytes())
    for _ in range(dice.randint(1, 12)):
        at = dice.randrange(len(data))
        kind = dice.randrange(4)
        if kind == 0:
            data[at] = dice.randrange(256)
        elif kind == 1:
            del data[at : at + dice.randint(1, 200)]
        elif kind == 2:
            data[at:at] = data[at - 100 : at]
        else:
            data[at:at] = dice.choice([b"nan", b"1e400", b"-", b"</gml:posList>", b"<imro:waarde>", b"\xff\xfe", b" 0 0 "])
    error, areas, notes = None, (), ()
    try:
        areas, _, notes = read_plan(written(tmp_path, bytes(data)))
    except SourceError as caught:
        error = caught
    assert areas or error.message().endswith(".")
    assert all(np.isfinite(shapely.get_coordinates(area.geometry)).all() and area.geometry.is_valid for area in areas)
    assert all(value.value is None or np.isfinite(value.value) for area in areas for value in area.values)
    assert all("?" not in sentence(note.code, note.as_dict()) for note in notes)
