"""The door to the juridical files: each kind of file by its content, folders and zips, and what several files say together."""

from __future__ import annotations

import gzip
import json
import zipfile
from dataclasses import replace

import invented_plans as plans
import pytest
from shapely import box
from shapely.geometry import mapping

from drieluik.data_sources.juridical import reader
from drieluik.data_sources.juridical.placed import Parsed
from drieluik.data_sources.juridical.reader import drafts, json_of, read_plan, read_plans, unparsed
from drieluik.errors import SourceError
from drieluik.model import Note, PlanValue

HERE = box(100_000, 400_000, 100_010, 400_010)
IMRO = plans.document(plans.plan(), plans.member("Bouwvlak", "b"))
IHR = {"plans": [{"id": "P"}], "objects_by_kind": {"bouwvlakken": [{"planId": "P", "id": "b", "geometrie": mapping(HERE)}]}}
DSO = {
    "regeling": {"identificatie": "R"}, "geometries": {"g": mapping(HERE)}, "structure": [{"wId": "x__art_4", "inhoud": "Hooguit 6 m."}], "annotations": {
        "locaties": [{"identificatie": "l", "geometrieIdentificatie": "g"}, {"identificatie": "all", "locatieType": "Ambtsgebied"}],
        "regelteksten": [{"identificatie": "t", "wId": "x__art_4"}], "regelsVoorIedereen": [{"identificatie": "r", "regeltekstRef": "t", "locatieRefs": ["l"]}],
        "omgevingsnormen": [{"identificatie": "n", "normwaarden": [{"identificatie": "v", "kwantitatieveWaarde": 3, "locatieRefs": ["all"]}]}],
    },
}
FEATURES = {"type": "FeatureCollection", "features": [
    {"type": "Feature", "geometry": mapping(HERE), "properties": {"objecttype": "bouwvlak", "identificatie": "b", "plangebied": "P"}},
]}


def written(folder, content, name="file"):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else (content if isinstance(content, str) else json.dumps(content)).encode())
    return path


def refused(*paths):
    with pytest.raises(SourceError) as caught:
        read_plans(paths)
    return caught.value.code, caught.value.data


def notes_of(found):
    return [(note.code, note.as_dict()) for note in found[2]]


@pytest.mark.parametrize("front", [b"", b"\xef\xbb\xbf", b" \r\n\t"])
@pytest.mark.parametrize("content", [IHR, DSO, FEATURES])
def test_json_is_known_by_its_members(tmp_path, content, front):
    path = written(tmp_path, front + json.dumps(content).encode(), "naam.gml")
    kinds = {area.kind for area in read_plan(path, HERE)[0]}
    assert kinds == ({"regeltekst", "omgevingsnorm"} if content is DSO else {"bouwvlak"})


def test_the_dsos_answer_is_read_with_its_text_and_place(tmp_path):
    areas, _, _ = read_plan(written(tmp_path, DSO), HERE)
    assert {area.fid: (area.quote, area.geometry.equals(HERE)) for area in areas} == {"t": ("Hooguit 6 m.", True), "v": ("", True)}
    bare = {key: value for key, value in DSO.items() if key not in ("geometries", "structure")}
    assert [(area.fid, area.unplaced) for area in read_plan(written(tmp_path, bare), HERE)[0]] == [("v", False), ("t", True)]


@pytest.mark.parametrize("content", [{**IHR, "plans": {}}, {**IHR, "objects_by_kind": []}, {**DSO, "regeling": 4}, {**DSO, "annotations": []}])
def test_json_of_another_shape_is_taken_for_features(tmp_path, content):
    assert refused(written(tmp_path, content))[0] == "sources_not_features"


@pytest.mark.parametrize(
    ("content", "code"),
    [(b'{"a": 1', "sources_truncated"), (b'{"a": Infinity}', "sources_truncated"), (b'{"a": "\xff"}', "sources_unreadable"), (b"[1]", "sources_not_features"), (b"[" * 100_000, "sources_truncated")],
)
def test_json_that_cannot_be_read_is_named_with_the_reason(tmp_path, content, code):
    path = written(tmp_path, content)
    with pytest.raises(SourceError) as caught:
        json_of(path)
    assert (caught.value.code, caught.value.data, bool(caught.value.details)) == (code, {"path": "file"}, code != "sources_not_features")


def test_a_file_that_is_not_there_or_is_a_link_to_nothing(tmp_path):
    assert refused(tmp_path / "none") == ("sources_missing", {"path": str(tmp_path / "none")})
    with pytest.raises(SourceError) as caught:
        json_of(tmp_path)
    assert (caught.value.code, caught.value.data) == ("sources_unreadable", {"path": tmp_path.name})


def test_a_file_that_may_not_be_opened_is_named_with_the_reason(tmp_path, monkeypatch):
    def shut(self, *given, **more):
        raise PermissionError(13, "dicht")

    path = written(tmp_path, IMRO, "plan.gml")
    monkeypatch.setattr(type(path), "open", shut)
    with pytest.raises(SourceError) as caught:
        reader._start(path)
    assert (caught.value.code, caught.value.data) == ("sources_unreadable", {"path": "plan.gml"}) and "dicht" in caught.value.details


@pytest.mark.parametrize("content", [b"%PDF-1.4", b"hallo", b"<x/>", b"<collectie><a/></collectie>"])
def test_a_file_that_was_named_and_is_no_plan_is_refused(tmp_path, content):
    assert refused(written(tmp_path, content, "naam.gml")) == ("plans_not_recognised", {"path": "naam.gml"})


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lambda text: text.decode().encode("utf-16-le"), lambda text: text.decode().encode("utf-16")])
def test_imro_in_every_packing(tmp_path, pack):
    path = written(tmp_path, (b"\xff\xfe" if pack(b"ab") == b"a\0b\0" else b"") + pack(IMRO.encode()))
    assert [area.fid for area in read_plan(path)[0]] == ["NL.IMRO.0001.BP1-VA01", "b"]


def test_a_folder_passes_over_what_is_no_plan_and_says_it(tmp_path):
    written(tmp_path, IMRO, "a/plan.gml"), written(tmp_path, "<html>regels</html>", "a/r.html"), written(tmp_path, "<!doctype html>", "r2.html")
    written(tmp_path, "%PDF", ".verborgen"), written(tmp_path, "%PDF", "t.pdf")
    found = read_plan(tmp_path)
    assert [area.fid for area in found[0]] == ["NL.IMRO.0001.BP1-VA01", "b"] and notes_of(found) == [("plans_passed_over", {"count": 3, "names": "r.html, r2.html, t.pdf"})]
    for number in range(6):
        written(tmp_path, "%PDF", f"z{number}.pdf")
    assert notes_of(read_plan(tmp_path))[0][1] == {"count": 9, "names": "r.html, r2.html, t.pdf, z0.pdf, z1.pdf, z2.pdf, z3.pdf, z4.pdf, ..."}


def test_a_folder_without_any_plan_names_what_is_in_it(tmp_path):
    written(tmp_path, "%PDF", "x/a.pdf"), written(tmp_path, "<x/>", "x/b.xml")
    assert refused(tmp_path / "x") == ("plans_not_recognised", {"path": "a.pdf, b.xml"})
    (tmp_path / "leeg").mkdir(), (tmp_path / "kaal").mkdir()
    assert refused(tmp_path / "leeg", tmp_path / "kaal") == ("plans_not_recognised", {"path": "leeg, kaal"})
    assert read_plans([]) == ((), (), ())
    for number in range(9):
        written(tmp_path, "%PDF", f"x/c{number}.pdf")
    assert refused(tmp_path / "x")[1]["path"].count(",") == 7


def zipped(folder, files, name="plan.zip"):
    with zipfile.ZipFile(folder / name, "w") as archive:
        for inner, content in files.items():
            archive.writestr(inner, content)
    return folder / name


def test_zips_are_unpacked_each_apart(tmp_path):
    other = IMRO.replace("BP1", "BP2")
    one, two = zipped(tmp_path, {"x\\plan.gml": IMRO, "map/": "", "y/plan.gml": "%PDF", "y\\t.pdf": "%PDF"}), zipped(tmp_path, {"plan.gml": other}, "twee.zip")
    found = read_plans([one, two])
    assert [plan.id for plan in found[1]] == ["NL.IMRO.0001.BP1-VA01", "NL.IMRO.0001.BP2-VA01"]
    assert notes_of(found) == [("plans_passed_over", {"count": 2, "names": "plan.gml, t.pdf"})]


def test_a_zip_beyond_its_limits_or_damaged_is_refused(tmp_path, monkeypatch):
    path = zipped(tmp_path, {"plan.gml": IMRO, "r.txt": "regels"})
    content = bytearray(path.read_bytes())
    content[80] ^= 0xFF
    assert refused(written(tmp_path, bytes(content), "kapot.zip")) == ("sources_corrupt", {"path": "kapot.zip"})
    monkeypatch.setattr(reader, "FILES_MAX", 1)
    assert refused(path) == ("plans_too_large", {"path": "plan.zip", "megabytes": 1000})
    monkeypatch.setattr(reader, "FILES_MAX", 2), monkeypatch.setattr(reader, "UNPACKED_MAX", len(IMRO) + 6)
    assert len(read_plan(path)[0]) == 2
    monkeypatch.setattr(reader, "FILES_MAX", 1)
    assert refused(path) == ("plans_too_large", {"path": "plan.zip", "megabytes": 0})
    monkeypatch.setattr(reader, "FILES_MAX", 2), monkeypatch.setattr(reader, "UNPACKED_MAX", len(IMRO) + 5)
    assert refused(path)[0] == "plans_too_large"


def test_the_limits_of_a_zip_and_of_a_folder(tmp_path, monkeypatch):
    assert (reader.FILES_MAX, reader.UNPACKED_MAX) == (5_000, 1_000_000_000)
    written(tmp_path, IMRO, "a.gml"), written(tmp_path, IMRO.replace("BP1", "BP2"), "b.gml")
    monkeypatch.setattr(reader, "FILES_MAX", 1)
    assert [plan.id for plan in read_plan(tmp_path)[1]] == ["NL.IMRO.0001.BP1-VA01"]


def together(*parts, near=None):
    return reader._together(parts, near)


def test_an_object_that_two_files_have_is_one():
    one, other = plans.area("P", "bouwvlak"), replace(plans.area("P", "bouwvlak"), name="anders")
    assert [area.name for area in together(Parsed((one,)), Parsed((other, replace(other, plan_id="Q"), replace(other, kind="figuur"))))[0]] == ["bouwvlak", "anders", "anders"]
    nameless = [Parsed((replace(one, fid=""), replace(one, fid=""))), Parsed((replace(one, fid=""),))]
    assert len(together(*nameless)[0]) == 3


def test_what_does_not_touch_the_place_is_left_out_with_its_plan():
    far = box(200_000, 500_000, 200_010, 500_010)
    documents = (plans.of("P"), replace(plans.of("Q"), geometry=HERE), replace(plans.of("R"), geometry=far), plans.of("S"))
    areas, kept, _ = together(Parsed((plans.area("P"), replace(plans.area("P"), fid="far", geometry=far)), documents), near=HERE)
    assert [area.fid for area in areas] == ["P.enkelbestemming.0"] and [plan.id for plan in kept] == ["P", "Q"]
    assert len(together(Parsed((), documents))[1]) == 4


def test_what_two_files_say_of_a_plan_is_put_together():
    one, other = replace(plans.of("P", ""), name=""), replace(plans.of("P", "2021-01-01"), name="Kade")
    (plan,) = together(Parsed((), (one,)), Parsed((), (other,)))[1]
    assert (plan.name, plan.date) == ("Kade", "2021-01-01")


def test_remarks_that_are_equal_are_one_and_of_many_eight_are_kept():
    notes = [Note.of("plans_geometry_numbers", fid=f"o{n}", what="x") for n in range(11)] + [Note.of("plans_norm_level", name=f"n{n}", unit="x", level="nap") for n in range(9)]
    lost = [Note.of("plans_values_without_place", fid=f"m{n}", values="x") for n in range(12)] + [Note.of("plans_value_in_text", name=f"n{n}") for n in range(12)]
    said = together(Parsed(notes=(*notes, *lost)), Parsed(notes=tuple(notes)))[2]
    counts = {code: sum(note.code == code for note in said) for code in {note.code for note in said}}
    assert counts == {"plans_geometry_numbers": 8, "plans_norm_level": 8, "plans_values_without_place": 12, "plans_value_in_text": 12, "plans_more_of_these": 2}
    assert [note.as_dict() for note in said if note.code == "plans_more_of_these"] == [{"count": 3, "example": "o7"}, {"count": 1, "example": ""}]


def test_values_that_are_no_number_are_named_once_each_up_to_eight():
    values = [PlanValue("x", None, None, "", f"x={n}") for n in (1, 1, *range(2, 10))]
    area = replace(plans.area("P"), values=(PlanValue("x", None, 4.0, "m", "x=4"), *values))
    (note,) = unparsed([area])
    assert (note.code, note.as_dict()) == ("plans_unparsed", {"count": 10, "texts": "x=1; x=2; x=3; x=4; x=5; x=6; x=7; x=8"})
    assert unparsed([replace(area, values=area.values[:1])]) == []
    assert [note.code for note in together(Parsed((area,), (plans.of("P", status="ontwerp"),)))[2]] == ["plans_unparsed", "sources_plan_draft"]


def test_drafts_are_said_by_their_name():
    found = drafts([plans.of("P", status="ontwerp", name="Kade"), plans.of("Q"), plans.of("R", status="Concept", name="")])
    assert [(note.code, note.as_dict()) for note in found] == [("sources_plan_draft", {"plan": "Kade", "status": "ontwerp"}), ("sources_plan_draft", {"plan": "R", "status": "Concept"})]
