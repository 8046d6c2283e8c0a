"""Findings as BCF: read by an independent reader, with the camera and the parts of the model itself; and what the architect answers, read back."""

from __future__ import annotations

import io
import math
import zipfile
from dataclasses import replace

import numpy as np
import pytest
import small_review
from bcf.bcfxml import load
from lxml import etree
from PIL import Image
from shapely import Point, Polygon, box

from drieluik.data_sources.design.placement import place
from drieluik.errors import SourceError
from drieluik.model import Evidence, Placement
from drieluik.report.exchange import bcf, bcf_replies
from drieluik.report.exchange.bcf_replies import read_replies
from drieluik.report.exchange.touched_parts import touched_parts
from drieluik.report.pictures.gallery import Gallery, open_findings
from drieluik.report.record import to_dict
from scenes import GROUND, ORIGIN, box_part

VERSIONS = ("2.1", "3.0")
IDS = ("1hFdnwXy1MvhNEqxJZNW4Z", "20TISVDifPJAFtnTe_v13A")
PLACED = Placement("map_conversion", 100_000.0, 450_000.0, 30.0, 1.4)


def body(*size, fid="body"):
    """Return a box, given in the model's own metres, as it is placed."""
    made = box_part(*size, fid=fid)
    return replace(made, vertices=place(made.vertices - (*ORIGIN, GROUND), PLACED))


def model():
    """Return a low wing and a tower beside it, as the placed parts of an IFC file."""
    return body(0, 0, 6, 8, 0, 3, fid=IDS[0]), body(6, 0, 10, 8, 0, 9.6, fid=IDS[1])


@pytest.fixture(scope="module")
def review():
    """The small review with an IFC model, whose tower is too high: the excess lies at its top."""
    made = small_review.review()
    design = replace(made.designs[0], parts=model(), format="IFC4", placement=PLACED)
    excess = body(6, 0, 10, 8, 8.5, 9.6).triangles
    first = replace(made.findings[0], evidence=(Evidence("excess_volume", triangles=excess, value=1.1, unit="m"),))
    return replace(made, designs=(design, *(replace(other, format="OBJ") for other in made.designs[1:])), findings=(first, *made.findings[1:]))


@pytest.fixture(scope="module")
def written(review, tmp_path_factory):
    folder = tmp_path_factory.mktemp("bcf")
    with Gallery(review, "nl") as gallery:
        return bcf.write_bcf(review, folder, gallery, "nl")


def topic_of(file, title):
    return next(topic for topic in file.topics.values() if topic.topic.title.startswith(title))


def seen_at(camera, point):
    """Return where a point of the model (m) stands in a square picture: -1 to 1 across and up; in front of the camera."""
    eye, ahead, up = (np.array([p.x, p.y, p.z]) for p in (camera.camera_view_point, camera.camera_direction, camera.camera_up_vector))
    assert np.allclose([np.linalg.norm(ahead), np.linalg.norm(up), ahead @ up], [1, 1, 0], atol=1e-5)
    away = np.asarray(point) - eye
    assert away @ ahead > 0
    half = math.tan(math.radians(camera.field_of_view) / 2) * (away @ ahead)
    return float(away @ np.cross(ahead, up) / half), float(away @ up / half)


@pytest.mark.parametrize("version", VERSIONS)
def test_an_independent_reader_finds_each_open_finding_with_its_words(review, written, version):
    with load(written[f"bcf{version}"]) as file:
        assert file.version.version_id == version and file.project.name == review.case.title
        assert len(file.topics) == sum(finding.design == "A" for finding in open_findings(review)) > 3
        topic = topic_of(file, "Hoogte: maximum")
        said = topic.topic
        assert (said.topic_type, said.topic_status) == ("Error", "Open")
        assert said.description.startswith("Het ontwerp steekt 1,40 m uit") and "4.2.1 onder a" in said.description
        assert topic.comments[0].comment.startswith("Oordeel: voldoet niet. 10,40 m")


@pytest.mark.parametrize("version", VERSIONS)
def test_the_camera_stands_in_the_models_own_metres_and_looks_at_what_does_not_fit(written, version):
    with load(written[f"bcf{version}"]) as file:
        view = topic_of(file, "Hoogte: maximum").viewpoints["viewpoint.bcfv"]
        info = view.visualization_info
        assert [part.ifc_guid for part in info.components.selection.component] == [IDS[1]]  # the tower, not the wing
        across, up = seen_at(info.perspective_camera, (8, 4, 9.05))
        assert abs(across) < 0.8 and abs(up) < 0.8
        assert all(abs(value) < 1.5 for corner in ((0, 0, 0), (10, 8, 9.6)) for value in seen_at(info.perspective_camera, corner))
        picture = Image.open(io.BytesIO(view.snapshot))
        assert picture.size[0] / picture.size[1] == pytest.approx(getattr(info.perspective_camera, "aspect_ratio", picture.size[0] / picture.size[1]), abs=1e-3)


def test_the_same_review_gives_the_same_file_and_ids_outlive_a_version(review, written, tmp_path):
    with Gallery(review, "nl") as gallery:
        again = bcf.write_bcf(review, tmp_path, gallery, "nl")
    assert all(again[name].read_bytes() == path.read_bytes() for name, path in written.items())
    assert bcf.topic_guids("Z", [("A", "r", "s")]) == bcf.topic_guids("Z", [("A", "r", "s")]) != bcf.topic_guids("Z2", [("A", "r", "s")])
    assert len(set(bcf.topic_guids("Z", [("A", "r", "s"), ("A", "r", "s"), ("B", "r", "s")]))) == 3


def test_a_design_without_global_ids_has_no_bcf(review, tmp_path):
    meshes = replace(review, designs=tuple(replace(design, format="OBJ") for design in review.designs))
    with Gallery(meshes, "nl") as gallery:
        assert bcf.write_bcf(meshes, tmp_path, gallery, "nl") == {} and not list(tmp_path.iterdir())


def test_parts_are_those_that_the_evidence_lies_on(review):
    design, finding = review.designs[0], review.findings[0]
    over = Polygon(place(np.array([[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]]), PLACED)[:, :2])
    top = place(np.array([[6.0, 0.0, 9.6]]), PLACED)[0]
    for piece, ids in (
        (Evidence("outside_area", geometry=over), IDS[:1]), (Evidence("highest_point", geometry=Point(*top)), IDS[1:]),
        (Evidence("bouwvlak", geometry=over), ()), (Evidence("outside_area", geometry=box(0, 0, 1, 1)), ()),
    ):
        assert tuple(part.fid for part in touched_parts(design, replace(finding, evidence=(piece,)))) == ids, piece.role


def answered(path, target, **more):
    """Return a BCF as an architect sends it back: a remark on every topic, and a topic of its own."""
    with zipfile.ZipFile(path) as given, zipfile.ZipFile(target, "w") as sent:
        for name in given.namelist():
            content = given.read(name)
            if name.endswith("markup.bcf"):
                root = etree.fromstring(content)
                where = root.find("Topic/Comments") if root.find("Topic/Comments") is not None else root
                comment = etree.SubElement(where, "Comment", Guid="0c0c0c0c-0000-4000-8000-000000000001")
                for word, text in (("Date", "2026-05-20T09:00:00Z"), ("Author", "bureau@example.org"), ("Comment", "Wij verlagen de nok.")):
                    etree.SubElement(comment, word).text = text
                root.find("Topic").set("TopicStatus", "Closed")
                content = etree.tostring(root)
            sent.writestr(name, content)
        for name, content in more.items():
            sent.writestr(name.replace("__", "/") + ".bcf", content)
    return target


@pytest.mark.parametrize("version", VERSIONS)
def test_what_the_architect_answers_is_read_back_with_its_finding(review, written, tmp_path, version):
    own = '<Markup><Topic Guid="aaaaaaaa-0000-4000-8000-000000000000" TopicStatus="Open"><Title>Welke goot?</Title></Topic></Markup>'
    path = answered(written[f"bcf{version}"], tmp_path / "terug.bcf", x__markup=own)
    replies = read_replies(path, to_dict(review))
    first = replies[0]
    assert (first.design, first.rule, first.status) == ("A", review.findings[0].rule, "Closed")
    assert first.remarks == (("bureau@example.org", "2026-05-20T09:00:00Z", "Wij verlagen de nok."),)  # ours are not among them
    assert (replies[-1].title, replies[-1].rule, replies[-1].remarks) == ("Welke goot?", "", ())
    assert read_replies(written[f"bcf{version}"], to_dict(review)) == ()


@pytest.mark.parametrize(("content", "code"), [
    (b"no zip", "bcf_is_none"), ("<Markup/>", "bcf_no_topic"), ('<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]><Markup>&e;</Markup>', "plans_entities"),
    ("<Markup>" + " " * bcf_replies.MOST_BYTES + "</Markup>", "bcf_too_large"),
])
def test_what_is_no_bcf_is_said_in_a_sentence(review, tmp_path, content, code):
    path = tmp_path / "x.bcf"
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("bcf.version", '<Version VersionId="2.1"/>')
            packed.writestr("a/markup.bcf", content)
    with pytest.raises(SourceError) as said:
        read_replies(path, to_dict(review))
    assert said.value.code == code and said.value.message()


def test_a_file_that_is_not_there_is_said(review, tmp_path):
    with pytest.raises(SourceError) as said:
        read_replies(tmp_path / "weg.bcf", to_dict(review))
    assert said.value.code == "sources_missing"
