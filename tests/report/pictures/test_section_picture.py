"""The profile picture: true to scale, with its limit, its values and the letters of the map."""

from __future__ import annotations

import re

import pytest
from lxml import etree

import scenes
from drieluik.measure.building.footprint import projection
from drieluik.report.pictures.map_picture import map_of
from drieluik.report.pictures.section_picture import section_line_of, section_of
from one_rule import run
from roofs import house
from scenes import box_part, gable_part


def picture(check, *parts, lang="nl", **words):
    found = run(check, *parts, **words)
    return found, section_of(scenes.site(), scenes.design(*parts), found, lang)


def test_height_shows_limit_excess_peil_and_value():
    found, svg = picture("max_building_height", gable_part(5, 5, 15, 15, 6, 10.4))
    etree.fromstring(svg.encode())
    for text in ("10,40 m", "peil 1,00 m NAP", ">A</text>", ">B</text>", "boven de grens", "maaiveld", "url(#loud)"):
        assert text in svg
    assert "nan" not in svg
    english = picture("max_building_height", gable_part(5, 5, 15, 15, 6, 10.4), lang="en")[1]
    assert "10.40 m" in english and "above the limit" in english
    assert ">A</text>" in map_of(scenes.site(), projection([gable_part(5, 5, 15, 15, 6, 10.4)]), found, "nl")


def test_it_is_true_to_scale():
    svg = picture("max_building_height", box_part(5, 5, 15, 15, 0, 10))[1]
    path = re.search(r'<path d="(M[^"]*)Z" fill="#0072B2"', svg).group(1)
    xy = [tuple(map(float, pair.split())) for pair in path[1:].split("L")]
    wide, tall = (max(v) - min(v) for v in zip(*xy))
    assert wide == pytest.approx(tall, rel=0.01)  # 10 m wide and 10 m high


@pytest.mark.parametrize(
    ("check", "words", "text"),
    [
        ("max_eaves_height", {"value": 6.0}, "6,40 m"), ("roof_pitch_range", {"value": 50.0, "op": ">=", "unit": "deg"}, "35,80 °"),
        ("within_building_plane", {}, "+1,00 m"), ("min_distance_side_boundary", {"value": 6.0, "op": ">="}, "5,00 m"),
    ],
)
def test_each_kind_of_finding_shows_its_value(check, words, text):
    part = box_part(5, 5, 15, 18, 0, 6) if check in ("within_building_plane", "min_distance_side_boundary") else house(6.4, 10)
    svg = picture(check, part, **words)[1]
    assert text in svg


def test_without_a_line_there_is_no_picture():
    found = run("within_building_plane", box_part(6, 6, 8, 8, 0, 3))
    assert section_line_of(found) is None
    assert section_of(scenes.site(), scenes.design(box_part(6, 6, 8, 8, 0, 3)), found, "nl") == ""
