"""Designs in a case file that are no files: read, written back, and refused with one sentence; names are unique and never changed."""

from __future__ import annotations

import pytest
import yaml

from drieluik.data_sources.case import case_from, case_text, case_to, read_case
from drieluik.data_sources.case_designs import free_name
from drieluik.errors import CaseError
from drieluik.model import Mass, Variation

CASE = """
case: {id: Z1}
site: {centre: [187000, 441000]}
design: {name: A, files: [house.ifc]}
variants:
- {name: lager, from: A, moved_m: [1.5, -2], turned_deg: 15, mirrored_deg: 90, storeys_factor: 0.9, raised_m: 0.2}
- {from: lager}
- {name: blok, mass: {outline: [[187000, 441000], [187010, 441000], [187010, 441008]], base_nap_m: 1, roof: flat, storeys: 2, storey_height_m: 3}}
- {mass: {outline: [[187000, 441000], [187010, 441000], [187010, 441008]], base_nap_m: 0, roof: gable, height_m: 9, eaves_m: 5, ridge_deg: 30}}
"""


def read(tmp_path, text):
    path = tmp_path / "case.yaml"
    path.write_text(text, encoding="utf-8")
    return read_case(path)


def test_variants_and_masses_are_read_and_written_back(tmp_path):
    case = read(tmp_path, CASE)
    assert [design.name for design in case.designs] == ["A", "lager", "B", "blok", "C"]
    assert case.designs[1].variation == Variation("A", 1.5, -2.0, 0.2, 15.0, 90.0, 0.9)
    assert case.designs[2].variation == Variation("lager")
    assert case.designs[3].mass == Mass(((187000, 441000), (187010, 441000), (187010, 441008)), 1.0, "flat", 2, 3.0)
    assert case.designs[4].mass.ridge_deg == 30.0 and case.designs[4].files == ()
    assert case_from(case_to(case), case.folder, "again") == case
    assert case_from(yaml.safe_load(case_text(case, tmp_path)), str(tmp_path), "again").designs == case.designs


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("name: blok", "name: A", ["twee ontwerpen 'A'", "eigen naam"]),
        ("{name: A, files: [house.ifc]}", "{name: A}", ["'A'", "precies één", "'mass'"]),
        ("{from: lager}", "{from: lager, files: [a.ifc]}", ["precies één"]),
        ("{from: lager}", "{from: C}", ["variant van 'C'", "A, lager"]),
        ("{from: lager}", "{from: B, name: B}", ["variant van 'B'"]),
        ("{from: lager}", "{from: lager, unit: mm}", ["'unit'", "'files'"]),
        ("files: [house.ifc]", "files: [house.ifc], turned_deg: 3", ["'turned_deg'", "'from'"]),
        ("storeys: 2, ", "", ["'blok'", "hoogte van een bouwlaag"]),
        ("roof: gable", "roof: mansard", ["roof", "'mansard'"]),
        ("storeys_factor: 0.9", "storeys_factor: 0", ["storeys_factor"]),
        ("ridge_deg: 30", "ridge: 30", ["'ridge'", "bedoelt u 'ridge_deg'"]),
    ],
)
def test_what_is_wrong_with_a_design_is_one_sentence_that_names_it(tmp_path, old, new, words):
    assert old in CASE
    with pytest.raises(CaseError) as caught:
        read(tmp_path, CASE.replace(old, new, 1))
    said = str(caught.value)
    assert all(word in said for word in words) and said.endswith((".", "?")) and "case.yaml" in said, said


def test_names_that_are_free_go_on_after_the_alphabet():
    assert free_name(()) == "A"
    assert free_name(("B", "A", "D")) == "C"
    assert free_name([chr(65 + number) for number in range(26)]) == "AA"
    assert free_name([*(chr(65 + number) for number in range(26)), "AA", "AB"]) == "AC"
