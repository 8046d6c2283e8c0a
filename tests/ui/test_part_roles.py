"""What is what in a design file: the rows of the dock, their colours on the map, and a role that the officer changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python is not present")

from stub_qgis import settle

import scenes
from drieluik.model import Case, DesignRequest, Note, Role, SiteRequest

HOUSE, TREE = scenes.box_part(6, 6, 12, 14, 0, 6, fid="huis"), scenes.box_part(2, 30, 5, 33, 0, 8, kind="other", fid="eik")


def planted():
    """Return a house and what the file calls a tree."""
    tree = replace(TREE, name="eik", role=Role("vegetation", "file", Note.of("part_role_name", name="eik")))
    return scenes.design(replace(HOUSE, name="huis"), tree)


def session_with(design):
    from drieluik.ui.work.session import Session

    session = Session()
    session.case = Case("c", "Proef", SiteRequest((0.0, 0.0)), (DesignRequest(("a.ifc",), "A"),))
    session.site, session.designs, session.variant = scenes.site(), (design,), "A"
    return session


def test_rows_say_what_each_part_is_and_why(qgis_app):
    from drieluik.ui.work.part_roles import counted

    rows = session_with(planted()).part_rows()
    assert [(row.name, row.role, row.parts) for row in rows] == [("huis", "design", 1), ("eik", "vegetation", 1)]
    assert all(row.why for row in rows)
    assert counted(rows).lower().endswith("1") and len(counted(rows).split(",")) == 2


def test_rows_are_made_once_for_one_state(qgis_app):
    session = session_with(planted())
    assert session.part_rows() is session.part_rows()


def row_items(box):
    return {item.text(0): item for item in box._items()}


@pytest.fixture
def roling(qgis_app, iface):
    from drieluik.ui.conduct.part_roling import PartRoling
    from drieluik.ui.steps.step_input import DesignStep

    made = []

    def of(design):
        session, step = session_with(design), DesignStep()
        one = PartRoling(session, step, iface.mapCanvas(), lambda change, *given: change(*given))
        session.changed.connect(one.refresh)
        one.refresh()
        step.open()
        made.append(one)
        return one

    yield of
    for one in made:
        one.shut()
        assert not one.marks.bands
        one.session.changed.disconnect(one.refresh)
        one.step.deleteLater()
    settle()


def test_a_role_is_chosen_for_a_row_and_kept_with_name_and_reason(roling):
    one = roling(planted())
    box, session = one.box, one.session
    assert not box.isHidden() and not one.marks.bands
    box.head.setChecked(True)
    assert len(one.marks.bands) == 1  # the tree; the design is shown as it always is
    row_items(box)["eik"].setSelected(True)
    assert len(one.marks.bands) == 2 and "eik" in box.about.text() and box.role.currentData() == "vegetation"
    box.role.setCurrentIndex(box.role.findData("design"))
    box.reason.setText("hoort bij de aanvraag")
    box.fix.click()
    assert session.case.answers["roles"]["eik"] == {**session.case.answers["roles"]["eik"], "value": "design", "reason": "hoort bij de aanvraag", "by": "J. de Vries"}
    assert [(row.name, row.role, row.source) for row in session.part_rows()] == [("eik", "design", "answer"), ("huis", "design", "shape")]
    assert "hoort bij de aanvraag" in session.part_rows()[0].why and box.reason.text() == ""
    one.step.open(False)
    assert not one.marks.bands  # folded with its step


def test_each_part_keeps_its_own_reason_and_is_taken_back_alone(roling):
    one = roling(planted())
    box, session = one.box, one.session
    for name, word, why in (("eik", "context", "staat er al"), ("huis", "existing", "vergund 2019")):
        one.box.list.clearSelection()
        row_items(box)[name].setSelected(True)
        box.role.setCurrentIndex(box.role.findData(word))
        box.reason.setText(why)
        box.fix.click()
    assert {given.path: given.word("reason") for given in session.given()} == {("roles", "eik"): "staat er al", ("roles", "huis"): "vergund 2019"}
    assert session.ended() == ()
    session.take_back(("roles", "eik"))
    assert [given.path for given in session.given()] == [("roles", "huis")] and session.ended()[0].said["reason"] == "staat er al"
    session.put_back(session.ended()[0])
    assert {given.path for given in session.given()} == {("roles", "huis"), ("roles", "eik")}


def test_what_file_and_shape_propose_is_confirmed_at_once(roling):
    one = roling(planted())
    assert "2" in one.box.head.words and one.box.every.isEnabled()
    one.box.every.click()
    told = one.session.case.answers["roles"]
    assert {name: said["value"] for name, said in told.items()} == {"eik": "vegetation", "huis": "design"} and all(said["reason"] for said in told.values())
    assert all(row.settled for row in one.session.part_rows()) and not one.box.every.isEnabled()


def test_parts_of_one_building_have_rows_of_their_own(roling):
    house = replace(HOUSE, name="Massa huis", object="Lindelaan 16", role=Role("existing", "file", Note.of("part_role_name", name="bestaand")))
    wing = replace(scenes.box_part(12, 6, 15, 14, 0, 3, fid="w"), name="Massa aanbouw", object="Lindelaan 16")
    one = roling(scenes.design(house, wing))
    box, session = one.box, one.session
    assert {"Massa huis", "Massa aanbouw"} <= set(row_items(box))
    row_items(box)["Massa aanbouw"].setSelected(True)
    box.role.setCurrentIndex(box.role.findData("design"))
    box.fix.click()
    assert set(session.case.answers["roles"]) == {"Massa aanbouw"}
    (row,) = session.part_rows()
    assert {one.name: one.role for one in row.below}["Massa aanbouw"] == "design" and {one.name: one.role for one in row.below}["Massa huis"] == "existing"


def test_a_file_of_one_design_shows_no_list(qgis_app):
    from drieluik.ui.steps.roles_box import RolesBox

    box = RolesBox()
    box.refresh(session_with(scenes.design(replace(HOUSE, name="huis"))).part_rows())
    assert box.isHidden()


def test_an_answer_never_overwrites_what_was_said_of_a_part_before(qgis_app):
    from drieluik.checks.engine.officer.officer_answers import with_answer
    from drieluik.model import Question

    before = {"roles": {"b": {"value": "existing", "reason": "vergund 2019", "by": "M. Bakker", "at": "2026-01-02"}}}
    after = with_answer(before, Question("roles", Note.of("engine_question_roles")), {"a": "design", "b": "context"}, "aangevraagd", "J. de Vries", at="2026-03-04")
    assert after["roles"]["b"] == before["roles"]["b"]
    assert after["roles"]["a"] == {"value": "design", "reason": "aangevraagd", "by": "J. de Vries", "at": "2026-03-04"}


def test_former_answers_about_roles_are_read_as_one_for_each_part(qgis_app):
    from drieluik.checks.engine.open_points.answer_history import given
    from drieluik.checks.engine.open_points.answer_words import roles_told

    flat = {"roles": {"a": "design", "b": "existing", "reason": "zo", "by": "M. Bakker", "at": "2026-01-02"}}
    whole = {"roles": {"value": {"a": "design", "b": "existing"}, "reason": "zo", "by": "M. Bakker", "at": "2026-01-02"}}
    bare = {"roles": {"a": "design", "b": "existing"}}
    assert roles_told(flat) == roles_told(whole) and roles_told(flat)["a"]["reason"] == "zo"
    assert [one.path for one in given(flat)] == [("roles", "a"), ("roles", "b")] == [one.path for one in given(bare)]
    assert roles_told(bare) == bare["roles"] and roles_told({}) == {} == roles_told({"roles": "x"})


def test_place_and_outline_follow_what_is_told(qgis_app):
    """What is said to be none of the design is none of what is placed, confirmed and drawn as the design."""
    house, shed = replace(HOUSE, name="huis"), replace(scenes.box_part(60, 6, 66, 12, 0, 3, fid="schuur"), name="schuur")
    session = session_with(scenes.design(house, shed))
    whole = session.outline("A").area
    session.give_roles([(("schuur",), "existing")], "staat er al")
    assert session.outline("A").area == pytest.approx(whole - 36.0)
    assert [part.fid for part in session.as_told(session.design).own.parts] == ["huis"]
    session.give_roles([(("schuur",), "design")], "toch nieuw")
    assert session.outline("A").area == pytest.approx(whole)
