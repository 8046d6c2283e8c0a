"""A case in the dock: kept by itself, found again, undone and redone; another place is another case; nothing is let go unkept."""

from __future__ import annotations

import json
import os
import shutil
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python is not present")

from qgis.core import QgsProject, QgsSettings
from qgis.PyQt.QtXml import QDomDocument
from stub_qgis import load, settle, wait_for

import scenes
from drieluik.case_folder import case_log, disk
from drieluik.case_folder.case_log import Who
from drieluik.case_folder.folder import CaseFolder
from drieluik.case_folder.lock import LOCK, holder_of
from drieluik.case_folder.open_case import OpenCase
from drieluik.data_sources.services.cache import Cache
from drieluik.data_sources.services.endpoints import Endpoint
from drieluik.model import Case, DesignRequest, Placement, SiteRequest
from drieluik.ui.work import case_places

OTHER = Who("A. Bakker", "")


@pytest.fixture
def conductor(iface):
    plugin = load(iface)
    plugin.toggle(True)
    yield plugin.conductor
    if plugin.conductor is not None:
        plugin.unload()


def given(conductor, tmp_path, number="Z1"):
    """Put a house in the session, as if the officer had chosen a place and a file."""
    file = tmp_path / "mail" / "huis.ifc"
    file.parent.mkdir(exist_ok=True)
    file.write_text("ISO-10303-21;")
    session = conductor.session
    session.set_case(Case(number, "Proef", SiteRequest(tuple(map(float, scenes.ORIGIN[:2]))), (DesignRequest((str(file),), "A"),), folder=str(tmp_path)))
    session.take(scenes.site(), (scenes.design(scenes.box_part(6, 6, 12, 14, 0, 6, fid="huis")),), None)
    return session


def kept(conductor):
    wait_for(lambda: conductor.keeping.opened is not None and not conductor.keeping.dirty and conductor.keeping._work is None, 20)
    return conductor.keeping.opened.home.path


def peil(conductor, nap_m):
    conductor.session.answer_signed("peil", {"method": "nap_value", "nap_m": nap_m, "reason": f"Tekening {nap_m}"})


def read(place):
    return CaseFolder.open(place, OTHER, write=False)


def test_every_change_is_in_the_folder_a_moment_later(conductor, tmp_path, cases):
    session = given(conductor, tmp_path)
    place = kept(conductor)
    assert place == cases / "Z1 Proef" and session.case.folder == str(place) and session.case.designs[0].files == ("inputs/huis.ifc",)
    head = conductor.dock.case
    assert "bewaard" in head.state.text() and head.state.toolTip() == str(place) and (head.number.text(), head.title.text()) == ("Z1", "Proef")
    peil(conductor, 1.4)
    assert conductor.keeping.dirty and "wordt bewaard" in head.state.text()
    kept(conductor)
    assert read(place).case == session.case and read(place).case.answers["peil"]["nap_m"] == 1.4
    line = case_log.lines(place)[-1]
    assert line["who"] == "J. de Vries" and line["why"] == "Tekening 1.4"
    head.title.setText("Dakopbouw")
    head.title.editingFinished.emit()
    kept(conductor)
    assert read(place).title == "Dakopbouw" == session.case.title


def test_a_place_alone_begins_no_case(conductor, cases):
    conductor.session.set_place(*map(float, scenes.ORIGIN[:2]), "Dorpsweg 3")
    assert not conductor.keeping.dirty and list(cases.iterdir()) == []


def test_a_change_never_waits_for_the_disk_on_the_main_thread(conductor, tmp_path, monkeypatch):
    given(conductor, tmp_path)
    kept(conductor)
    real = disk.write_flushed

    def slow(*given):
        time.sleep(1.0)
        real(*given)

    monkeypatch.setattr(disk, "write_flushed", slow)
    peil(conductor, 1.4)
    longest, before = 0.0, time.monotonic()

    def done():
        nonlocal longest, before
        longest, before = max(longest, time.monotonic() - before), time.monotonic()
        return not conductor.keeping.dirty

    wait_for(done, 20)
    assert longest < 0.3


def test_answers_places_and_roles_are_undone_and_redone(conductor, tmp_path):
    session = given(conductor, tmp_path)
    start, head = session.design.placement, conductor.dock.case
    assert not head.undo.isEnabled() and not head.redo.isEnabled()
    peil(conductor, 1.4)
    session.place_design("A", Placement("case", 1.0, 2.0, 0.0, 0.0))
    session.give_roles([(("huis",), "context")], "Staat er al")
    kept(conductor)  # other names of files in between are nothing to undo
    head.undo.click()
    assert "roles" not in session.case.answers and session.design.placement.easting_m == 1.0
    head.undo.click()
    assert session.design.placement == start and session.case.designs[0].placement is None
    head.undo.click()
    assert session.case.answers == {} and not head.undo.isEnabled()
    place = kept(conductor)
    assert read(place).case.answers == {} and case_log.lines(place)[-1]["why"] == "undone"
    for _ in range(3):
        head.redo.click()
    assert session.case.answers["peil"]["nap_m"] == 1.4 and session.case.answers["roles"] and session.design.placement.easting_m == 1.0
    assert not head.redo.isEnabled()
    head.undo.click()
    peil(conductor, 1.5)
    assert not head.redo.isEnabled()  # from here it goes another way


def test_what_was_of_another_file_is_not_undone_into_this_one(conductor, tmp_path):
    session = given(conductor, tmp_path)
    peil(conductor, 1.4)
    session.take_designs((replace(session.case.designs[0], unit="mm"),), session.site, session.designs)
    assert not conductor.dock.case.undo.isEnabled()


@pytest.mark.parametrize("answer", ["new", "moved", ""])
def test_another_place_is_another_case_unless_the_officer_says_so(conductor, tmp_path, monkeypatch, cases, answer):
    session = given(conductor, tmp_path)
    first = kept(conductor)
    monkeypatch.setattr(conductor.surroundings, "_which_case", lambda _case: answer)
    x, y = session.case.site.centre
    conductor.dock.location.place_chosen.emit(x + 300.0, y)
    wait_for(lambda: not answer or session.case.site.centre[0] == x + 300.0)
    if answer == "new":
        assert session.case.designs == () and session.number == "" and conductor.keeping.opened is None
        assert read(first).case.designs and read(first).case.site.centre == (x, y) and not (first / LOCK).exists()
    else:
        kept(conductor)
        assert read(first).case.site.centre[0] == (x + 300.0 if answer else x) and conductor.keeping.opened.home.path == first


def test_a_point_on_the_same_plot_asks_nothing(conductor, tmp_path, monkeypatch):
    session = given(conductor, tmp_path)
    monkeypatch.setattr(conductor.surroundings, "_which_case", lambda _case: pytest.fail("asked"))
    x, y = session.case.site.centre
    conductor.dock.location.place_chosen.emit(x + 1.0, y)
    assert session.case.site.centre == (x + 1.0, y)


def test_a_new_case_has_its_number_and_title_from_the_beginning(conductor, cases, tmp_path):
    conductor.menu.begin(cases / "Z9 Schuur", "Z9", "Schuur")
    wait_for(lambda: conductor.keeping.opened is not None and not conductor.task.busy)
    head = conductor.dock.case
    assert (head.number.text(), head.title.text(), conductor.session.case) == ("Z9", "Schuur", None) and head.title.isEnabled()
    conductor.session.set_place(*map(float, scenes.ORIGIN[:2]), "Dorpsweg 3")
    place = kept(conductor)
    assert read(place).case.site.address == "Dorpsweg 3" and read(place).case.id == "Z9" and read(place).title == "Schuur"
    assert case_places.recent()[0] == place and [action.text() for action in head.recent.actions()] == ["Z9 Schuur"]


def test_a_case_folder_opens_with_what_was_said(conductor, tmp_path, demo_case, cases):
    demo = tmp_path / "demo"
    shutil.copytree(demo_case.parent, demo, ignore=shutil.ignore_patterns("generator", "__pycache__"))
    conductor.open_case(str(demo / "case.yaml"))
    wait_for(lambda: conductor.session.designs and not conductor.task.busy)
    assert conductor.keeping.opened is None and not conductor.keeping.dirty  # looked at only: nothing is copied
    peil(conductor, 1.45)
    place = kept(conductor)
    shutil.rmtree(demo)
    conductor.open_case(str(place / "case.yaml"))
    wait_for(lambda: conductor.session.designs and not conductor.task.busy)
    assert conductor.session.case.answers["peil"]["nap_m"] == 1.45 and conductor.session.site is not None and conductor.keeping.opened.home.path == place
    assert not conductor.keeping.dirty and conductor.keeping.opened.holder is None
    peil(conductor, 1.5)
    conductor.dock.case.undo.click()
    conductor.start_review()
    wait_for(lambda: conductor.session.review is not None and not conductor.task.busy)
    assert conductor.dock.case.redo.isEnabled()  # judging changes nothing that was said
    conductor.write_report("", "nl")
    wait_for(lambda: (place / "reviews" / "1" / "report.pdf").is_file() and not conductor.task.busy)
    assert conductor.dock.report.open_pdf.isEnabled() and str(place) in conductor.dock.report.note.text().replace("\u200b", "")
    assert conductor.dock.case.redo.isEnabled()
    from drieluik.report.record import case_of, read_record

    record = read_record(place / "reviews" / "1" / "review.json")
    assert case_of(record, place / "reviews" / "1") == conductor.session.case
    assert CaseFolder.open(place, OTHER, write=False).altered() == ()


def test_save_as_goes_on_in_the_copy(conductor, tmp_path, cases):
    given(conductor, tmp_path)
    first = kept(conductor)
    conductor.menu.copy_to(cases / "Z2", "Z2", "Tweede")
    wait_for(lambda: not conductor.task.busy and conductor.session.number == "Z2")
    peil(conductor, 1.9)
    second = kept(conductor)
    assert second == cases / "Z2" and read(second).case.id == "Z2" and read(second).case.answers["peil"]["nap_m"] == 1.9
    assert read(first).case.answers == {} and read(first).number == "Z1" and not (first / LOCK).exists()


def test_a_case_without_a_number_moves_when_it_gets_one(conductor, tmp_path, cases):
    given(conductor, tmp_path, number="")
    first = kept(conductor)
    conductor.menu.copy_to(cases / "Z2", "Z2", "Tweede")
    wait_for(lambda: not conductor.task.busy and conductor.session.number == "Z2")
    assert kept(conductor) == cases / "Z2" and not first.exists() and read(cases / "Z2").altered() == ()


def test_the_second_reads_only(conductor, tmp_path):
    given(conductor, tmp_path)
    place = kept(conductor)
    conductor.start_elsewhere(lambda: None)
    wait_for(lambda: conductor.keeping.opened is None)
    other = OpenCase.open(place, OTHER, tmp_path / "hier")
    conductor.menu.open_folder(place)
    wait_for(lambda: conductor.keeping.opened is not None and conductor.session.case is not None and not conductor.task.busy)
    assert conductor.dock.case.state.text() == "alleen lezen" and "A. Bakker" in conductor.iface.bar.currentItem().text() + said(conductor)
    peil(conductor, 3.0)
    settle()
    assert read(place).case.answers == {}
    other.close()


def said(conductor):
    return " ".join(item.text() for item in conductor.iface.bar.items()) if hasattr(conductor.iface.bar, "items") else ""


def test_a_full_disk_is_told_and_tried_again(conductor, tmp_path, monkeypatch):
    given(conductor, tmp_path)
    place, real = kept(conductor), disk.write_flushed

    def full(*_):
        raise OSError(28, "full")

    monkeypatch.setattr(disk, "write_flushed", full)
    peil(conductor, 1.4)
    wait_for(lambda: conductor.dock.case.state.text() == "niet bewaard", 20)
    assert "geen ruimte" in conductor.iface.bar.currentItem().text() and conductor.session.case.answers["peil"]["nap_m"] == 1.4
    asked = []
    monkeypatch.setattr(conductor.keeping, "_ask", asked.append)
    conductor.start_elsewhere(lambda: None)
    wait_for(lambda: asked, 20)
    assert conductor.session.case.answers["peil"]["nap_m"] == 1.4  # nothing is let go
    monkeypatch.setattr(disk, "write_flushed", real)
    conductor.keeping.keep()
    assert kept(conductor) == place and read(place).case.answers["peil"]["nap_m"] == 1.4


def test_closing_keeps_the_last_change(iface, tmp_path):
    plugin = load(iface)
    plugin.toggle(True)
    given(plugin.conductor, tmp_path)
    place = kept(plugin.conductor)
    peil(plugin.conductor, 1.4)
    plugin.unload()  # at once: the timer did not run yet
    assert read(place).case.answers["peil"]["nap_m"] == 1.4 and not (place / LOCK).exists() and case_places.at_work() is None


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_after_a_crash_the_case_is_offered(iface, tmp_path, cases):
    child = os.fork()
    if not child:
        OpenCase.begin(cases / "Z5 Erker", "Z5", "Erker", OTHER, tmp_path / "hier")
        os._exit(9)  # as a program that ends unexpectedly: nothing is closed
    os.waitpid(child, 0)
    case_places.set_at_work(cases / "Z5 Erker")
    plugin = load(iface)
    plugin.toggle(True)
    head = plugin.conductor.dock.case
    assert not head.restore.isHidden() and "Z5 Erker" in head.restore.words and "onverwacht" in head.restore.words
    head.restore.click()
    wait_for(lambda: plugin.conductor.session.number == "Z5" and not plugin.conductor.task.busy)
    assert head.restore.isHidden() and plugin.conductor.keeping.opened.holder is None
    plugin.unload()


def test_a_project_opens_the_case_folder_on_another_day(conductor, tmp_path, cases):
    given(conductor, tmp_path)
    peil(conductor, 1.4)
    place = kept(conductor)
    assert QgsProject.instance().write(str(place / "project.qgz"))
    with zipfile.ZipFile(place / "project.qgz") as archive:
        text = archive.read("project.qgs").decode()
    from drieluik.ui.work import in_project

    document = QDomDocument()
    document.setContent(text)
    assert in_project.read(document, str(place)).place == str(place) and in_project.read(QDomDocument(), "") is None
    peil(conductor, 1.7)  # after the project was saved
    kept(conductor)
    conductor.start_elsewhere(lambda: None)
    wait_for(lambda: conductor.keeping.opened is None)
    moved = Path(shutil.move(str(place), str(cases / "elders")))  # another drive, another computer
    back = in_project.read(document, str(moved))
    assert back.place == str(moved)
    conductor._take_kept(back)
    wait_for(lambda: conductor.keeping.opened is not None)
    assert conductor.session.case.answers["peil"]["nap_m"] == 1.7 and conductor.session.case.folder == str(moved)
    shutil.rmtree(moved / "reviews", ignore_errors=True)


def test_name_and_function_stand_with_what_is_said(conductor, tmp_path):
    QgsSettings().setValue("drieluik/officer_function", "vergunningverlener")
    session = given(conductor, tmp_path)
    peil(conductor, 1.4)
    assert session.case.answers["peil"]["by"] == "J. de Vries, vergunningverlener"
    place = kept(conductor)
    assert case_log.lines(place)[-1]["who"] == "J. de Vries, vergunningverlener"


def test_a_dock_that_goes_while_it_works_is_shown_nothing_more(iface, tmp_path, monkeypatch):
    plugin = load(iface)
    plugin.toggle(True)
    told = []
    plugin.conductor.task.start(plugin.conductor.dock.location, "Proef", lambda progress: time.sleep(0.5), told.append, told.append)
    plugin.unload()
    settle()
    end = time.monotonic() + 1.5
    wait_for(lambda: time.monotonic() > end, 5)
    assert told == []


def layers_of(place):
    """Return the layers that ``project.qgz`` of a case folder opens with where there is no plugin, and its text."""
    project = QgsProject()
    assert project.read(str(place / "project.qgz"))
    valid = {layer.customProperty("drieluik/layer"): layer.isValid() for layer in project.mapLayers().values()}
    project.clear()
    with zipfile.ZipFile(place / "project.qgz") as archive:
        return valid, "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".qgs"))


def test_the_project_of_a_case_folder_has_its_layers_also_without_the_plugin_wherever_it_stands(qgis_app, demo_case, tmp_path):
    from drieluik.data_sources.case import read_case
    from drieluik.job import run_case
    from drieluik.report import write_outputs
    from drieluik.ui.project import write_case_project
    from drieluik.ui.work import in_project

    review = run_case(read_case(demo_case))
    opened = OpenCase.begin(tmp_path / "Z1", "Z1", "Erker", OTHER, tmp_path / "hier")
    opened.save(review.case, OTHER)
    place, _ = opened.add_review(lambda stage: write_outputs(review, stage, "nl"), OTHER)
    write_case_project(review, place, opened.home.path)
    write_case_project(review, place, opened.home.path)  # its own it replaces
    opened.close()
    moved = tmp_path / "elders"
    shutil.move(str(tmp_path / "Z1"), str(moved))
    valid, text = layers_of(moved)
    assert {"finding_areas", "design_footprint", "plan_area", "registered_building", "parcel", "topography"} <= set(valid) and all(valid.values())
    assert "./reviews/1/findings.gpkg" in text and str(tmp_path) not in text and not list(moved.glob(".making-*"))
    assert read(moved).altered() == ()  # looking at the layers of a review changes nothing of it
    document = QDomDocument()
    document.setContent(text)
    assert in_project.read(document, str(moved)) == in_project.KeptCase(None, "", False, str(moved))
    own = QgsProject()
    assert own.write(str(moved / "project.qgz"))
    saved = (moved / "project.qgz").read_bytes()
    write_case_project(review, moved / "reviews" / "1", moved)
    assert (moved / "project.qgz").read_bytes() == saved  # an officer saved it: it stays


def test_a_new_version_of_the_design_says_what_changed(conductor, demo_case, tmp_path):
    from drieluik.data_sources.case import read_case, write_case

    case = read_case(demo_case)
    write_case(replace(case, designs=case.designs[:1]), tmp_path / "case.yaml")
    conductor.open_case(str(tmp_path / "case.yaml"))
    wait_for(lambda: conductor.session.designs and not conductor.task.busy)
    step = conductor.dock.result

    def judged():
        conductor.start_review()
        wait_for(lambda: conductor.session.review is not None and not conductor.task.busy)

    peil(conductor, 1.4)
    place = kept(conductor)
    judged()
    conductor.write_report("", "nl")
    wait_for(lambda: (place / "reviews" / "1").is_dir() and not conductor.task.busy)
    assert step.against.text() == ""
    conductor.dock.design.file_chosen.emit(str(demo_case.parent / "designs" / "house_B.ifc"))
    wait_for(lambda: conductor.session.review is None and not conductor.task.busy)
    judged()
    wait_for(lambda: step.against.text() != "")
    assert "beoordeling 1" in step.against.text() and "opgelost" in step.against.text() and not step.against.isHidden()
    conductor.write_report("", "nl")
    wait_for(lambda: (place / "reviews" / "2").is_dir() and not conductor.task.busy)
    wait_for(lambda: "reviews/2/" in layers_of(place)[1])
    assert "sinds de vorige versie" in (place / "reviews" / "2" / "report.html").read_text(encoding="utf-8")
    assert (place / "reviews" / "1" / "report.pdf").is_file()
    assert QgsProject.instance().read(str(place / "project.qgz"))  # with the plugin: its layers make place for those of the case
    wait_for(lambda: conductor.session.review is None)
    wait_for(lambda: conductor.session.designs and not conductor.task.busy)
    (group,) = [node for node in QgsProject.instance().layerTreeRoot().children() if node.name() == "Drieluik"]
    assert group.findLayers() and not any("reviews" in node.layer().source() for node in group.findLayers())


def asked(monkeypatch, answer):
    """Answer the questions of the menu of cases; return what was asked."""
    questions = []

    def line(_parent, _title, question, _text=""):
        questions.append(question)
        return answer

    def sure(_parent, _title, text, _yes):
        questions.append(text)
        return bool(answer)

    monkeypatch.setattr("drieluik.ui.conduct.case_menu.ask_line", line)
    monkeypatch.setattr("drieluik.ui.conduct.case_menu.sure", sure)
    return questions


def of_another_machine(place):
    (place / LOCK).write_text(json.dumps({"who": "A. Bakker", "machine": "bureau 4", "since": "2026-11-29T08:00:00+00:00"}))


def let_go(conductor, tmp_path):
    """Return the folder of a case that nobody has."""
    given(conductor, tmp_path)
    place = kept(conductor)
    conductor.start_elsewhere(lambda: None)
    wait_for(lambda: conductor.keeping.opened is None)
    return place


def opens(conductor, place):
    conductor.menu.open_folder(place)
    wait_for(lambda: conductor.keeping.opened is not None and conductor.session.case is not None and not conductor.task.busy)


@pytest.mark.parametrize("reason", ["A. is ziek", ""])
def test_a_case_of_another_machine_is_taken_over_with_a_reason(conductor, tmp_path, monkeypatch, reason):
    place, head = let_go(conductor, tmp_path), conductor.dock.case
    assert head.take.isHidden() and head.held.isHidden()
    of_another_machine(place)
    opens(conductor, place)
    for words in ("A. Bakker", "bureau 4", "29 november 2026, 09:00"):
        assert words in head.held.text()
    assert conductor.keeping.read_only and not head.take.isHidden() and not head.held.isHidden()
    questions = asked(monkeypatch, reason)
    head.take.click()
    wait_for(lambda: conductor.keeping.read_only != bool(reason) and not conductor.task.busy)
    assert "bureau 4" in questions[0] and head.take.isHidden() == bool(reason)
    last = case_log.lines(place)[-1]
    if reason:
        assert (last["what"], last["why"], last["who"]) == ("lock_taken_over", reason, "J. de Vries")
        peil(conductor, 2.0)
        kept(conductor)
        assert read(place).case.answers["peil"]["nap_m"] == 2.0
    else:
        assert last["what"] != "lock_taken_over"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.parametrize("yes", ["ja", ""])
def test_a_case_whose_program_ended_is_taken_over_after_a_question(conductor, tmp_path, monkeypatch, yes):
    place = let_go(conductor, tmp_path)
    child = os.fork()
    if not child:
        OpenCase.open(place, OTHER, tmp_path / "daar")
        os._exit(9)
    os.waitpid(child, 0)
    questions = asked(monkeypatch, yes)
    opens(conductor, place)
    assert len(questions) == 1 and "A. Bakker" in questions[0] and "draait niet meer" in questions[0]
    assert conductor.keeping.read_only != bool(yes) and conductor.dock.case.take.isHidden() == bool(yes)


def test_a_folder_that_another_took_over_is_not_moved_away(conductor, tmp_path, cases):
    given(conductor, tmp_path, number="")
    first = kept(conductor)
    other = OpenCase.open(first, OTHER, tmp_path / "daar", holder_of(first), "Spoed")
    conductor.menu.copy_to(cases / "Z2", "Z2", "Tweede")
    wait_for(lambda: not conductor.task.busy and conductor.session.number == "Z2")
    assert kept(conductor) == cases / "Z2" and read(first).case is not None and other.held
    other.close()


def test_surroundings_are_kept_where_the_case_is_also_when_the_dock_goes_at_once(iface, tmp_path):
    plugin = load(iface)
    plugin.toggle(True)
    conductor = plugin.conductor
    given(conductor, tmp_path)
    place = kept(conductor)

    def fill(folder):
        (folder / "a.json").write_text("{}")
        return [folder / "a.json"], ()

    def loaded(url):
        endpoint = Endpoint("bgt", "BGT", url)
        conductor.keeping._taken.append((endpoint, Cache(tmp_path / "gedeeld").store(endpoint, (0.0, 0.0, 9.0, 9.0), fill)))

    def there():
        return len(list((place / "surroundings").glob("*/*/a.json")))

    loaded("https://a.example")
    conductor.session.changed.emit()
    wait_for(lambda: there() == 1 and conductor.keeping._beside is None)
    loaded("https://a.example#2026-03-01")
    plugin.unload()
    assert there() == 2


def test_a_file_that_changed_since_is_told_when_the_case_is_opened(conductor, tmp_path, monkeypatch):
    place, told = let_go(conductor, tmp_path), []
    monkeypatch.setattr(conductor.teller, "warn", told.append)
    (place / "inputs" / "huis.ifc").write_text("een ander huis")
    opens(conductor, place)
    wait_for(lambda: any("inputs/huis.ifc" in words and "stap 2" in words for words in told), 20)
    assert conductor.keeping._looking is None


def test_what_the_folder_refuses_while_qgis_closes_is_offered_the_next_day(iface, tmp_path, monkeypatch):
    plugin = load(iface)
    plugin.toggle(True)
    given(plugin.conductor, tmp_path)
    place, real = kept(plugin.conductor), disk.write_flushed

    def full(path, data):
        if path.parent == place:
            raise OSError(28, "full")
        real(path, data)

    monkeypatch.setattr(disk, "write_flushed", full)
    peil(plugin.conductor, 1.4)
    plugin.unload()
    assert read(place).case.answers == {} and not (place / LOCK).exists()
    monkeypatch.setattr(disk, "write_flushed", real)
    plugin = load(iface)
    plugin.toggle(True)
    conductor = plugin.conductor
    assert not conductor.dock.case.restore.isHidden() and place.name in conductor.dock.case.restore.words
    conductor.dock.case.restore.click()
    wait_for(lambda: conductor.session.case is not None and not conductor.task.busy)
    assert conductor.session.case.answers["peil"]["nap_m"] == 1.4 == read(place).case.answers["peil"]["nap_m"] and conductor.dock.case.restore.isHidden()
    plugin.unload()


def test_a_case_that_the_folder_of_cases_refuses_is_kept_on_this_computer_when_qgis_closes(iface, tmp_path, monkeypatch):
    (tmp_path / "bestand").write_text("geen map")
    monkeypatch.setenv("DRIELUIK_CASES", str(tmp_path / "bestand"))  # as a share that is not there
    monkeypatch.setattr(case_places, "usual_folder", lambda: tmp_path / "documenten")
    plugin = load(iface)
    plugin.toggle(True)
    given(plugin.conductor, tmp_path)
    peil(plugin.conductor, 1.4)
    plugin.unload()
    place = case_places.recent()[0]
    assert place == tmp_path / "documenten" / "Z1 Proef" and read(place).case.answers["peil"]["nap_m"] == 1.4 and not (place / LOCK).exists()
