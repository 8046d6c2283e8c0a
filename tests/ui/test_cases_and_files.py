"""Files and cases in the dock: what is bad, stopped or typed half never costs what was there; a case is kept in the project and asked about."""

from __future__ import annotations

import ast
import contextlib
import threading
from dataclasses import replace

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python is not present")

from qgis.core import QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QWidget
from stub_qgis import settle, wait_for

import scenes
from drieluik.errors import DesignError
from drieluik.model import Case, DesignRequest, Placement, SiteRequest


def given(conductor, **answers):
    """Put a house in the session, as if its case was opened."""
    session = conductor.session
    session.set_case(Case("c", "Proef", SiteRequest(tuple(map(float, scenes.ORIGIN[:2]))), (DesignRequest(("a.ifc",), "A"),), answers=answers, folder="/map"))
    session.take(scenes.site(), (scenes.design(scenes.box_part(6, 6, 12, 14, 0, 6, fid="huis")),), None)
    return session


def fails(conductor, monkeypatch, error):
    """Let every design file fail."""
    from drieluik.data_sources import design

    def refused(*_args, **_more):
        raise error

    monkeypatch.setattr(design, "load_designs", refused)


def test_a_bad_file_leaves_the_former_design_and_its_message_stays(conductor, monkeypatch):
    session = given(conductor)
    session.place_design("A", Placement("case", 1.0, 2.0, 0.0, 0.0))
    designs, case = session.designs, session.case
    fails(conductor, monkeypatch, DesignError("design_unknown_format", path="bad.ifc"))
    field = conductor.dock.design.file
    field.setFilePath("/map/bad.ifc")
    wait_for(lambda: session.problem is not None and not conductor.task.busy, 15)
    assert session.designs == designs and session.case == case
    step = conductor.dock.design
    assert "✗" in step.state.text() and "bad.ifc" in step.state.text() and not step.failed.isHidden() and "bad.ifc" in step.failed.text()
    assert step.file.filePath().endswith("a.ifc") and not step.again.isHidden()
    assert conductor.iface.bar.currentItem().duration() == 0  # it stays until it is closed
    monkeypatch.undo()
    read = (scenes.design(scenes.box_part(6, 6, 10, 10, 0, 5, fid="ander")),)
    from drieluik.data_sources import design

    monkeypatch.setattr(design, "load_designs", lambda *_args, **_more: read)
    step.again.click()
    wait_for(lambda: not conductor.task.busy)
    assert session.problem is None
    assert [part.fid for part in session.design.parts] == ["ander"] and session.case.designs[0].files == ("/map/bad.ifc",) and step.failed.isHidden()


def test_what_was_confirmed_of_a_place_is_not_of_another_file(conductor):
    session = given(conductor, placement={"A": {"ground": {"reason": "terp"}}}, roles={"weg": "context", "huis": "design"})
    session.take_designs((DesignRequest(("b.ifc",), "A"),), session.site, session.designs)
    assert "placement" not in session.case.answers and set(session.case.answers["roles"]) == {"huis"}
    assert {one.path[:2] for one in session.ended()} == {("placement", "A"), ("roles", "weg")}


def test_a_path_that_is_typed_is_tried_after_enter_only(qgis_app, tmp_path):
    from drieluik.ui.widgets.fields import file_box

    box, told = file_box("Zaak", ""), []
    box.chosen.connect(told.append)
    QTest.keyClicks(box.lineEdit(), "/a/b.yaml")
    assert told == []
    QTest.keyClick(box.lineEdit(), Qt.Key.Key_Return)
    assert told == ["/a/b.yaml"]
    box.setFilePath("/c.yaml")  # picked
    assert told == ["/a/b.yaml", "/c.yaml"]
    box.show_file("/d.yaml")
    assert told == ["/a/b.yaml", "/c.yaml"] and box.filePath() == "/d.yaml"
    box.deleteLater()


def test_a_double_click_and_enter_open_a_part_that_is_to_be_read(qgis_app):
    from small_review import review as small_review

    from drieluik.ui.steps.step_output import ROLE, ResultStep

    review = small_review()
    for design in (request.name for request in review.designs):
        step, read, opened = ResultStep(), [], []
        step.read_asked.connect(read.append)
        step.opened.connect(opened.append)
        step.refresh(review, design)
        groups = [step.tree.topLevelItem(n) for n in range(step.tree.topLevelItemCount())]
        items = [group.child(n) for group in groups for n in range(group.childCount()) if group.child(n).data(0, ROLE) is not None]
        for item in items:
            step.tree.itemActivated.emit(item, 0)  # what QGIS's tree tells on a double click or Enter
        assert len(read) + len(opened) == len(items)
        assert len(read) == sum(line.state == "to_read" for line in review.cover(design).left())
        step.deleteLater()
    settle()


def test_no_signal_is_compared_by_identity():
    """``self.signal is self.signal`` is never true in PyQt."""
    wrong = []
    for path in (scenes.ROOT / "ui").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        signals = {t.id for node in ast.walk(tree) if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
                   and getattr(node.value.func, "id", "") == "pyqtSignal" for t in node.targets}
        for node in ast.walk(tree):
            if isinstance(node, ast.Compare) and any(isinstance(op, (ast.Is, ast.IsNot, ast.Eq)) for op in node.ops):
                names = {side.attr for side in (node.left, *node.comparators) if isinstance(side, ast.Attribute)}
                wrong += [f"{path.name}:{node.lineno}"] if names & signals else []
    assert wrong == []


def test_a_place_far_outside_the_country_is_shown_as_it_is(qgis_app):
    from drieluik.ui.steps.step_placement import PlacementBox

    box = PlacementBox()
    box.refresh(Placement("rd_coordinates", 0.0, 0.0, 0.0, 0.0), ())
    assert (box.east.value(), box.north.value()) == (0.0, 0.0)
    box.deleteLater()


def test_nothing_in_the_dock_asks_for_more_than_its_width(conductor):
    """Whatever is told, nothing is cut off at the right: the dock has no bar to scroll sideways."""
    from drieluik.model import Note, Role
    from drieluik.ui.dock import WIDTH

    words = ("design", "existing", "context", "terrain", "vegetation", "demolish")
    session = given(conductor, peil={"nap_m": 1.4, "method": "road_at_main_entrance", "reason": "Een lange reden die zo maar niet past " * 3, "by": "J. de Vries"})
    parts = [replace(scenes.box_part(6 + 9 * n, 6, 12 + 9 * n, 14, 0, 6, fid=f"deel {n}"), name=f"Een bouwdeel met een lange naam, nummer {n}",
                     role=Role(word, "file", Note.of("part_role_name", name=word))) for n, word in enumerate(words)]
    session.take(scenes.site(), (scenes.design(*parts),), None)
    session.take_problem("een_heel_lange_naam_van_een_bestand_zonder_spaties.ifc", "Waarom het niet gelezen is " * 4, None)
    dock = conductor.dock
    for step in dock.steps:
        step.open()
    dock.design.roles.open()
    row = dock.design.roles.list.topLevelItem(1)
    row.setSelected(True)
    dock.setFloating(True)
    dock.show()
    dock.resize(WIDTH, 900)
    wait_for(lambda: dock.area.widget().width() < 2 * WIDTH, 20)
    settle()
    inside = dock.area.widget()
    wide = [f"{type(w).__name__} {w.accessibleName() or getattr(w, 'text', str)()}: {w.minimumSizeHint().width()}"
            for w in inside.findChildren(QWidget) if w.isVisibleTo(inside) and w.minimumSizeHint().width() > WIDTH - 20]
    assert inside.minimumSizeHint().width() <= WIDTH, "\n".join(wide)
    assert inside.width() <= dock.area.viewport().width()


def test_a_panel_folds_its_longest_answer(conductor):
    from small_review import review as small_review

    from drieluik.ui.panels.finding_panel import WIDTH, FindingPanel, answered

    review, panel = small_review(), FindingPanel(conductor.iface.mainWindow())
    for finding in review.findings:
        panel.fill(review, finding, 1)
        assert panel.answers.widget().minimumSizeHint().width() <= WIDTH, (finding.rule, answered(finding))
    panel.deleteLater()
    settle()


def test_a_move_is_undone_step_by_step(conductor):
    session = given(conductor)
    box, start = conductor.dock.design.placement, session.design.placement
    assert box.undo.isHidden() and box.hint.isHidden()
    for east in (1.0, 2.0):
        box.east.setValue(east)
        assert not box.hint.isHidden()  # it holds only after the button
        box.use.click()
        assert box.hint.isHidden() and session.design.placement.easting_m == east
    box.undo.click()
    assert session.design.placement.easting_m == 1.0 and session.case.designs[0].placement.easting_m == 1.0
    box.undo.click()
    assert session.design.placement == start and session.case.designs[0].placement is None and box.undo.isHidden()


def test_nothing_is_judged_while_the_place_is_to_be_confirmed(conductor):
    from drieluik.model import GateItem, Note

    session = given(conductor)
    session.gate = (GateItem("A", "ground", "attention", Note.of("gate_ground", mean=1.0, low=1.0, high=1.0)),)
    conductor.start_review()
    told = conductor.iface.bar.currentItem().text()
    assert not conductor.task.busy and ("plaats" in told or "place" in told)


def test_a_place_that_is_none_is_refused_in_the_field_and_in_the_answers(conductor):
    from drieluik.checks.engine.officer.officer_answers import with_answer
    from drieluik.errors import CaseError
    from drieluik.model import Note, Question
    from drieluik.ui.panels.question_box import QuestionBox

    question, told = Question("mill", Note.of("surroundings_question_mill"), "place"), []
    box = QuestionBox(question)
    box.answered.connect(lambda *said: told.append(said))
    box.why.setText("Kaart 3")
    assert not box.button.isEnabled() and box.lacks.text()
    box.numbers["x"].setValue(12.0)
    assert not box.button.isEnabled()
    box.take_place(187_100.04, 441_200.0)
    box.button.click()
    assert [said[1] for said in told] == [[187_100.0, 441_200.0]]
    for wrong in ("achter de kerk", [12.0, 13.0], [187_100.0]):
        with pytest.raises(CaseError):
            with_answer({}, question, wrong, "x")
    assert with_answer({}, question, [187_100.0, 441_200.0], "x")["mill"]["value"] == [187_100.0, 441_200.0]
    box.deleteLater()


def test_a_project_that_goes_takes_the_layers_and_that_is_said(conductor):
    given(conductor)
    conductor.showing.loaded(conductor.session.fresh_folder())
    conductor.iface.bar.clearWidgets()
    QgsProject.instance().clear()
    assert "project" in conductor.iface.bar.currentItem().text()
    conductor.iface.bar.clearWidgets()
    QgsProject.instance().clear()
    assert conductor.iface.bar.currentItem() is None  # said once


def test_the_text_of_a_part_that_is_to_be_read_is_one_click_away(conductor):
    from drieluik.model import CoverLine, Note, Plan
    from drieluik.ui.panels.reading_dialog import ReadingDialog

    session = given(conductor)
    session.site = replace(session.site, plan_documents=(Plan("p", "Plan", url="https://plannen.example/p"),))
    line = CoverLine("p:document", "document", "Plan", "to_read", Note.of("cover_document", plan="Plan"), "p", "Plan")
    dialog = ReadingDialog(line, conductor.iface.mainWindow(), session.text_of(line))
    assert "https://plannen.example/p" in dialog.says.text() and dialog.says.openExternalLinks()
    dialog.deleteLater()


def test_loading_the_surroundings_keeps_what_services_say_of_plan_texts(monkeypatch):
    import drieluik.job
    from drieluik.data_sources.live import Live
    from drieluik.model.case_words import PlanTextRequest
    from drieluik.ui.work import tasks

    asked = []
    monkeypatch.setattr(drieluik.job, "surroundings", lambda *_: scenes.site())
    monkeypatch.setattr(drieluik.job, "load_profiles", lambda case, live=None: asked.append((case.plan_texts, live)))
    case = Case("c", "Proef", SiteRequest(tuple(map(float, scenes.ORIGIN[:2]))), (), plan_texts=(PlanTextRequest("NL.IMRO.0", ""),))
    tasks._surroundings(case, True, lambda *_: None)
    assert asked[0][0] == case.plan_texts and isinstance(asked[0][1], Live) and asked[0][1].offline


def test_a_session_ends_while_something_still_writes_in_its_folder(conductor):
    """A task that was just cancelled writes on for a moment: that is no error, and the next folder is another one."""
    session, done = conductor.session, threading.Event()
    folder = session.fresh_folder()

    def write():
        number = 0
        while not done.is_set():
            number += 1
            with contextlib.suppress(OSError):
                (folder / str(number)).write_text("x", encoding="utf-8")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(20):
            session.close()
            folder = session.fresh_folder()
    finally:
        done.set()
        writer.join()
    assert folder.is_dir()
