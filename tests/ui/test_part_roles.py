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


def test_a_role_is_changed_in_its_row_and_kept_with_name_and_reason(qgis_app, iface):
    from drieluik.ui.conduct.part_roling import PartRoling
    from drieluik.ui.steps.roles_box import RolesBox

    session, box = session_with(planted()), RolesBox()
    roling = PartRoling(session, box, iface.mapCanvas(), session.answer_signed)
    session.changed.connect(roling.refresh)
    roling.refresh()
    assert not box.isHidden() and not roling.marks.bands
    box.head.setChecked(True)
    assert len(roling.marks.bands) == 2
    box.reason.setText("hoort bij de aanvraag")
    chooser = box.list.itemWidget(box.list.topLevelItem(1), 1)
    chooser.activated.emit(chooser.findData("design"))
    settle()
    told = session.case.answers["roles"]
    assert (told["value"], told["reason"], told["by"]) == ({"eik": "design"}, "hoort bij de aanvraag", "J. de Vries")
    assert [(row.name, row.role, row.source) for row in session.part_rows()] == [("eik", "design", "answer"), ("huis", "design", "shape")]
    assert box.reason.text() == ""
    roling.shut()
    assert not roling.marks.bands
    box.deleteLater()
    settle()


def test_a_file_of_one_design_shows_no_list(qgis_app):
    from drieluik.ui.steps.roles_box import RolesBox

    box = RolesBox()
    box.refresh(session_with(scenes.design(replace(HOUSE, name="huis"))).part_rows())
    assert box.isHidden()


def test_what_was_said_of_other_parts_stays(qgis_app):
    from drieluik.ui.work.part_roles import with_role

    assert with_role({"roles": {"value": {"a": "context"}, "by": "x"}}, "b", "design", "r") == {"value": {"a": "context", "b": "design"}, "reason": "r"}
