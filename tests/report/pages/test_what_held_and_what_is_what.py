"""What the officer said and took back, what is what in a design's file, a place that nobody confirmed, and tables that keep their columns."""

from __future__ import annotations

import re
from dataclasses import replace

import small_review

import scenes
from drieluik.checks.engine.open_points.answer_history import Given
from drieluik.measure.building.footprint import projection
from drieluik.model import GateItem, Note, Role
from drieluik.report.basis import said
from drieluik.report.pages.document import answers, former
from drieluik.report.pages.pdf import TEMPLATE
from drieluik.report.pages.placement_rows import placement_unsure
from drieluik.report.pages.role_rows import role_rows
from drieluik.report.pictures.map_picture import map_of
from drieluik.texts import sentence
from scenes import box_part

TOLD = {
    "denominator": {"value": "bouwperceel", "reason": "artikel 4", "by": "P. Smit", "at": "2026-03-02"},
    "history": [
        {"path": ["denominator"], "said": {"value": "bouwvlak", "reason": "eerst", "by": "K. Vos", "at": "2026-03-01"}, "became": "changed", "by": "P. Smit", "at": "2026-03-02"},
        {"path": ["overrides", "hoogte", "s", "A"], "said": {"verdict": "needs_judgement", "reason": "akkoord", "by": "K. Vos"}, "became": "taken_back", "by": "K. Vos", "at": "2026-03-03"},
    ],
}  # fmt: skip


def test_what_holds_and_what_held_are_apart_and_a_decision_taken_back_is_told():
    assert [(row[1], row[3]) for row in answers(TOLD, "nl")] == [("bouwperceel", "P. Smit, 2 maart 2026")]
    rows = former(replace(small_review.review(), answers=TOLD), "nl")
    assert [row[1:] for row in rows] == [
        ("beoordeling nodig", "akkoord", "K. Vos", "teruggenomen door K. Vos op 3 maart 2026; nu geen"),
        ("bouwvlak", "eerst", "K. Vos, 1 maart 2026", "gewijzigd door P. Smit op 2 maart 2026; nu: bouwperceel"),
    ]


def test_a_role_is_a_word_and_its_reason_is_none():
    given = {"hal": "design", "schuur": "context", "reason": "zo gevraagd", "by": "K. Vos", "at": "2026-03-01"}
    assert said.value_of(Given(("roles",), given), None, "nl") == "hal: ontwerp; schuur: omgeving"
    assert said.value_of(Given(("roles", "hal"), {"value": "existing", "reason": "x"}), None, "nl") == "bestaand"


def test_what_is_what_stands_in_a_table_with_who_said_it():
    told = {"schuur": {"value": "existing", "reason": "vergund in 1998", "by": "K. Vos"}}
    parts = (
        replace(box_part(6, 6, 14, 14, 0, 6), object="hal", role=Role("design", "file", Note.of("part_role_said", said="nieuw"))),
        replace(box_part(16, 6, 18, 14, 0, 3), object="schuur", role=Role("existing", "answer", Note.of("part_role_answer"))),
    )
    review = replace(small_review.review(), answers={"roles": told}, designs=(scenes.design(*parts),))
    assert [row[1:] for row in role_rows(review, "nl")] == [
        ("hal", "ontwerp", "zo in het bestand genoemd (nieuw)"), ("schuur", "bestaand", "door de behandelaar gezegd: K. Vos, vergund in 1998"),
    ]
    assert role_rows(replace(review, designs=(scenes.design(parts[0]),)), "nl") == ()


def test_a_map_shows_what_the_file_draws_beside_the_design_as_what_it_is():
    found = small_review.review().findings[0]
    own, other = projection([box_part(6, 6, 14, 14, 0, 6)]), projection([box_part(60, 6, 70, 14, 0, 3)])
    alone, both = (map_of(scenes.site(), own, found, "nl", others) for others in ({}, {"context": other}))
    assert "#DAD7D2" not in alone and sentence("map_role_context", lang="nl") not in alone
    assert "#DAD7D2" in both and sentence("map_role_context", lang="nl") in both
    scale = re.compile(r">(\d+) m</text></g>")
    assert scale.findall(alone) == scale.findall(both)  # framed on the design, not on the neighbour


def test_a_place_that_nobody_confirmed_is_said_of_each_design():
    item = GateItem("A", "rotation", "attention", Note.of("gate_rotation", apart=12.5))
    review = replace(small_review.review(), gate=(item, replace(item, item="parcel", state="passes"), replace(item, design="B", state="confirmed")))
    (line,) = placement_unsure(review, "nl")
    assert "ontwerp A" in line and "(richting)" in line


def test_no_table_leaves_the_width_of_its_columns_to_the_longest_text():
    template = TEMPLATE.read_text(encoding="utf-8")
    tables = re.findall(r"table\(\s*columns: \(([^)]*)\)", template)
    free = [columns for columns in tables if "auto" in columns]
    assert len(tables) > 10 and free == ["auto, 1fr", "1fr, auto"]  # our own short labels, and amounts
