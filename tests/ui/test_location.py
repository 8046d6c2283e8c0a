"""The first step of the dock against the replay server: address, loading, retry, card, envelope, offline; options; locator bar."""

from __future__ import annotations

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python is not present")

from qgis.core import QgsFeedback, QgsLocatorContext, QgsProject
from replay.scene import Scene
from replay.server import Replay
from stub_qgis import load, wait_for

from drieluik.model import LayerState
from scenes import ROOT

DATA = ROOT / "demo" / "data"
CENTRE = (187030.3, 440992.1)


@pytest.fixture(scope="module")
def replay():
    with Replay(Scene(DATA)) as server:
        yield server


@pytest.fixture
def conductor(iface, replay, tmp_path):
    from drieluik.ui.work import services

    replay.behave()
    for key, url in replay.endpoints.items():
        services.store(key, "url", url)
    for key in ("bag_ogc", "brk_wfs", "bgt_download", "ihr", "dso", "dso_geometry"):
        services.store(key, "url", "none")
    services.store_cache_folder(str(tmp_path / "kept"))
    plugin = load(iface)
    plugin.toggle(True)
    yield plugin.conductor
    plugin.unload()
    for key in replay.endpoints:
        services.store(key, "url", "")
    services.store_cache_folder("")


def states(conductor):
    return {record.layer: record.state for record in conductor.session.site.provenance}


def loaded(conductor):
    conductor.session.set_place(*CENTRE)
    conductor.dock.location.load.click()
    wait_for(lambda: conductor.session.site is not None and not conductor.task.busy)


def test_an_address_is_suggested_chosen_and_loaded(conductor, replay):
    field = conductor.dock.location.address
    field.line.setText("Voorbeeldstraat 1")
    field.line.textEdited.emit(field.line.text())
    wait_for(lambda: field.list.count() > 0 or field.note.text())
    assert field.list.count() > 0, field.note.text()
    assert conductor.session.case is None  # nothing is taken before the user chooses
    words = field.list.item(0).text()
    field.list.itemClicked.emit(field.list.item(0))
    wait_for(lambda: conductor.session.site is not None and not conductor.task.busy)
    assert conductor.session.case.site.address == words
    assert states(conductor)["parcels"] is LayerState.LOADED
    assert conductor.dock.location.layers.topLevelItemCount() >= 7


def test_a_failed_layer_is_tried_again_alone(conductor, replay):
    replay.misbehave("html_with_200", "brk_ogc")
    loaded(conductor)
    assert states(conductor)["parcels"] is LayerState.FAILED and states(conductor)["bag"] is LayerState.LOADED
    chosen = conductor.dock.location.layers.currentItem().data(0, 256)
    assert chosen.layer == "parcels" and conductor.dock.location.retry.isEnabled() and conductor.dock.location.why.text()
    replay.behave()
    before = len(replay.asked)
    conductor.dock.location.retry.click()
    wait_for(lambda: not conductor.task.busy)
    assert states(conductor)["parcels"] is LayerState.LOADED and states(conductor)["bag"] is LayerState.LOADED
    assert all("brk" in url or "kadastrale" in url for url in replay.asked[before:])


def choose(conductor, layer, words):
    """Select a layer and choose another source for it."""
    tree = conductor.dock.location.layers
    tree.setCurrentItem(next(item for n in range(tree.topLevelItemCount()) if (item := tree.topLevelItem(n)).data(0, 256).layer == layer))
    button = conductor.dock.location.source
    assert button.isEnabled()
    next(action for action in button.menu().actions() if action.text() == words).trigger()
    wait_for(lambda: not conductor.task.busy)


def test_a_layer_comes_from_own_files_from_its_service_or_is_left_out(conductor, replay, monkeypatch, tmp_path):
    from drieluik.ui.conduct import surroundings

    replay.misbehave("html_with_200", "brk_ogc")
    loaded(conductor)
    assert "eigen bestanden" in conductor.iface.bar.currentItem().text()  # what is not there says what to do
    picked = []
    monkeypatch.setattr(surroundings.QFileDialog, "getOpenFileNames", lambda *_: (picked, ""))
    choose(conductor, "parcels", "Eigen bestanden…")
    assert conductor.session.case.site.sources == {} and states(conductor)["parcels"] is LayerState.FAILED  # none was picked
    picked = [str(DATA / "brk_perceel.geojson")]
    asked = len(replay.asked)
    choose(conductor, "parcels", "Eigen bestanden…")
    case = conductor.session.case
    assert case.site.sources == {"parcels": (str(DATA / "brk_perceel.geojson"),)} and states(conductor)["parcels"] is LayerState.LOADED
    assert conductor.session.site.parcels and states(conductor)["bag"] is LayerState.LOADED and len(replay.asked) == asked
    there = conductor.session.site
    picked = [str(tmp_path / "geen.geojson")]
    (tmp_path / "geen.geojson").write_text("geen kaart")
    choose(conductor, "parcels", "Eigen bestanden…")
    assert conductor.session.case == case and conductor.session.site is there and "blijft zoals" in conductor.iface.bar.currentItem().text()
    choose(conductor, "parcels", "Weglaten")
    assert conductor.session.case.site.sources == {"parcels": ()} and states(conductor)["parcels"] is LayerState.NOT_ASKED
    assert not conductor.session.site.parcels
    replay.behave()
    choose(conductor, "parcels", "Van de dienst")
    assert conductor.session.case.site.sources == {} and states(conductor)["parcels"] is LayerState.LOADED


@pytest.mark.parametrize("system", ["EPSG:28992", "EPSG:3857"])
def test_a_layer_comes_from_layers_of_the_project(conductor, replay, monkeypatch, system):
    from qgis.core import QgsCoordinateTransform, QgsProject, QgsVectorLayer

    from drieluik.ui.conduct import surroundings
    from drieluik.ui.map import project_layers

    loaded(conductor)
    before = {parcel.designation for parcel in conductor.session.site.parcels}
    own = QgsVectorLayer(str(DATA / "brk_perceel.geojson"), "Mijn percelen", "ogr")
    if system != "EPSG:28992":
        there, rd = QgsVectorLayer(f"Polygon?crs={system}", "Mijn percelen", "memory"), own
        there.dataProvider().addAttributes(rd.fields())
        there.updateFields()
        to = QgsCoordinateTransform(rd.crs(), there.crs(), QgsProject.instance())
        for feature in rd.getFeatures():
            shape = feature.geometry()
            shape.transform(to)
            feature.setGeometry(shape)
            assert there.dataProvider().addFeature(feature)
        own = there
    QgsProject.instance().addMapLayer(own)
    assert [layer.name() for layer in project_layers.offered(QgsProject.instance())] == ["Mijn percelen"]  # none of our own
    monkeypatch.setattr(surroundings.LayersDialog, "exec", lambda dialog: dialog.list.item(0).setCheckState(2) or 1)
    choose(conductor, "parcels", "Lagen van het project…")
    (path,) = conductor.session.case.site.sources["parcels"]
    assert path.endswith(".gpkg") and states(conductor)["parcels"] is LayerState.LOADED
    assert {parcel.designation for parcel in conductor.session.site.parcels} == before
    monkeypatch.setattr(surroundings.LayersDialog, "exec", lambda dialog: 0)
    case = conductor.session.case
    choose(conductor, "parcels", "Lagen van het project…")
    assert conductor.session.case == case  # none was chosen


def test_offline_uses_what_is_kept(conductor, replay):
    loaded(conductor)
    asked = len(replay.asked)
    conductor.dock.location.offline.setChecked(True)
    conductor.dock.location.load.click()
    wait_for(lambda: not conductor.task.busy)
    assert states(conductor)["parcels"] is LayerState.LOADED and len(replay.asked) == asked
    conductor.dock.location.layers.setCurrentItem(next(
        item for n in range(conductor.dock.location.layers.topLevelItemCount())
        if (item := conductor.dock.location.layers.topLevelItem(n)).data(0, 256).layer == "parcels"
    ))
    assert "cache" in conductor.dock.location.why.text().lower()


def test_the_card_and_what_may_be_built(conductor, demo_case):
    from drieluik.ui.map import map_layers as layers

    conductor.open_case(str(demo_case))
    wait_for(lambda: conductor.session.designs and not conductor.task.busy)
    conductor.surroundings.show_card(*conductor.session.site.centre)
    text = conductor.surroundings._card.text.toPlainText()
    assert "Administratief" in text and "Juridisch" in text and "Fysiek" in text and "Voorbeeldwijk A" in text
    envelope = layers.layer_named(QgsProject.instance(), "envelope")
    node = QgsProject.instance().layerTreeRoot().findLayer(envelope.id())
    assert envelope.featureCount() > 0 and not node.isVisible()
    conductor.dock.location.allowed.setChecked(True)
    assert node.isVisible() and envelope.renderer3D() is not None


def test_plans_are_ticked(conductor, demo_case):
    from qgis.PyQt.QtCore import Qt

    conductor.open_case(str(demo_case))
    wait_for(lambda: conductor.session.designs and not conductor.task.busy)
    plans = conductor.dock.location.plans
    assert plans.topLevelItemCount() >= 1
    item = plans.topLevelItem(0)
    before = item.checkState(0)
    item.setCheckState(0, Qt.CheckState.Unchecked if before == Qt.CheckState.Checked else Qt.CheckState.Checked)
    assert "ids" in conductor.session.case.answers["governing_plans"]


def test_the_options_page_refuses_what_is_no_address(conductor):
    from drieluik.data_sources.services.endpoints import ENDPOINTS
    from drieluik.ui.entries.options import OptionsFactory
    from drieluik.ui.entries.options_page import ADDRESS
    from drieluik.ui.work import services

    page = OptionsFactory().createWidget(None)
    before = services.stored(ENDPOINTS[0].key, "url")
    page.table.item(0, ADDRESS).setText("ftp://x")
    page.apply()
    assert not page.isValid() and page.problem.text() and services.stored(ENDPOINTS[0].key, "url") == before
    page.table.item(0, ADDRESS).setText("none")
    page.apply()
    assert page.isValid() and services.stored(ENDPOINTS[0].key, "url") == "none"


def test_the_options_page_takes_a_template_that_is_a_letter_and_no_other(conductor, tmp_path):
    import zipfile

    from drieluik.report.exchange.letter_template import plain_template
    from drieluik.ui.entries.options import OptionsFactory
    from drieluik.ui.work import services, tasks

    page = OptionsFactory().createWidget(None)
    (tmp_path / "brief.odt").write_text("geen ODT")
    page.letter.setFilePath(str(tmp_path / "brief.odt"))
    page.apply()
    assert not page.isValid() and "brief.odt" in page.problem.text() and services.letter_template() is None
    with zipfile.ZipFile(tmp_path / "brief.odt", "w") as packed:
        for name, content in plain_template("nl").items():
            packed.writestr(name, content)
    page.apply()
    assert page.isValid() and services.letter_template() == tmp_path / "brief.odt" and tasks._usable_template() == (tmp_path / "brief.odt", ())
    (tmp_path / "brief.odt").unlink()  # gone since: the report is written all the same, and that is told
    template, told = tasks._usable_template()
    assert template is None and [note.code for note in told] == ["letter_missing", "letter_plain"]
    services.store_letter_template("")


def test_the_locator_bar_asks_only_with_its_prefix(conductor, replay):
    from drieluik.ui.entries.locator import AddressFilter
    from drieluik.ui.map import compat

    taken, found = [], []
    made = AddressFilter(taken.append)
    made.resultFetched.connect(found.append)
    context = QgsLocatorContext()
    before = len(replay.asked)
    made.fetchResults("Voorbeeldstraat 1", context, QgsFeedback())
    assert len(replay.asked) == before and not found
    context.usingPrefix = True
    made.fetchResults("Voorbeeldstraat 1", context, QgsFeedback())
    assert found and compat.locator_data(found[0])
    made.triggerResult(found[0])
    assert taken and taken[0].id and taken[0].text == found[0].displayString


def test_a_case_opens_with_what_was_loaded_that_day_and_asks_no_service(conductor, replay, cases, tmp_path):
    import json
    import shutil

    from drieluik.ui.work import services

    loaded(conductor)
    conductor.session.answer_signed("peil", {"method": "nap_value", "nap_m": 1.4, "reason": "Tekening"})  # now it is a case
    wait_for(lambda: conductor.keeping.opened is not None and not conductor.keeping.dirty)
    place = conductor.keeping.opened.home.path
    used = {path.parent.name for path in (tmp_path / "kept").glob("*/*/entry.json")}
    wait_for(lambda: {path.parent.name for path in (place / "surroundings").glob("*/*/entry.json")} == used)
    assert len(used) >= 5
    before = states(conductor)
    conductor.start_elsewhere(lambda: None)
    wait_for(lambda: conductor.keeping.opened is None)
    for path in (place / "surroundings").glob("*/*/entry.json"):  # as if it was loaded long ago
        path.write_text(json.dumps({**json.loads(path.read_text()), "retrieved": "2026-03-12T10:00:00+00:00"}))
    shutil.rmtree(tmp_path / "kept")
    moved = shutil.move(str(place), str(cases / "andere computer"))
    for key in replay.endpoints:
        services.store(key, "url", "http://127.0.0.1:9/elders")
    asked = len(replay.asked)
    conductor.open_case(f"{moved}/case.yaml")
    wait_for(lambda: conductor.session.site is not None and not conductor.task.busy)
    assert states(conductor) == before and len(replay.asked) == asked
    dates = {r.layer: r.retrieved for r in conductor.session.site.provenance if r.state is LayerState.LOADED}
    assert dates and set(dates.values()) == {"2026-03-12"}, dates


def test_the_project_of_a_case_folder_opens_the_dock_with_it(iface, conductor, replay, cases, tmp_path):
    import shutil

    from drieluik.case_folder.folder import CaseFolder
    from drieluik.ui.work.case_places import who

    conductor.menu.begin(cases / "Z3", "Z3", "Erker")
    wait_for(lambda: conductor.session.number == "Z3" and not conductor.task.busy)
    conductor.start_elsewhere(lambda: None)
    wait_for(lambda: conductor.keeping.opened is None)
    moved = shutil.move(str(cases / "Z3"), str(tmp_path / "elders"))
    assert QgsProject.instance().read(f"{moved}/project.qgz")
    wait_for(lambda: conductor.session.number == "Z3" and not conductor.task.busy)
    assert str(conductor.keeping.opened.home.path) == moved and CaseFolder.open(moved, who(), write=False).title == "Erker"
