"""The window with the text of a plan: marked by what became of each part, twenty clauses in a few clicks, kept with name, judged again when it closes."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python is not present")

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from stub_qgis import load, wait_for

from drieluik.checks.engine.open_points.answer_history import given
from drieluik.data_sources.rules.measuring_profiles import read_profile
from drieluik.job import load_profiles
from drieluik.model import PlanTextRequest
from drieluik.ui.panels.text_window import COLOURS, NOT_READ

TEXT = """<h2>Artikel 5 Wonen</h2><h3>5.1 Bestemmingsomschrijving</h3><p>De voor 'Wonen' aangewezen gronden zijn bestemd voor wonen.</p>
<h3>5.2 Bouwregels</h3><h4>5.2.1 Hoofdgebouwen</h4><ul><li>a. de goothoogte van een hoofdgebouw bedraagt ten hoogste 6&nbsp;m;</li>
<li>b. de bouwhoogte van een hoofdgebouw bedraagt niet meer dan 10 m;</li><li>c. de diepte van een hoofdgebouw bedraagt niet meer dan 12 m.</li></ul>
<h4>5.2.2 Bijbehorende bouwwerken</h4><ul><li>a. de gezamenlijke oppervlakte van bijbehorende bouwwerken bedraagt niet meer dan 60 m<sup>2</sup>;</li>
<li>b. van de oppervlakte van een bouwperceel is ten hoogste 50% van het bouwperceel bebouwd;</li><li>c. 17 m<sup>2</sup> blijft onbenoemd groen.</li></ul>"""
EAVES, HEIGHT, DEPTH, AREA, LEFT, USE = (
    "5.2.1 a goothoogte", "5.2.1 b bouwhoogte", "5.2.1 c diepte", "5.2.2 a oppervlakte", "niet gelezen", "5.1 gebruik")


@pytest.fixture
def opened(iface, demo_case, tmp_path):
    """The demo with a text of its plan, and the window open."""
    plugin = load(iface)
    plugin.open_case(str(demo_case))
    conductor = plugin.conductor
    wait_for(lambda: conductor.session.designs and not conductor.task.busy)
    [plan] = [plan.id for plan in conductor.session.site.plan_documents if plan.proposed][:1]
    (tmp_path / "regels.html").write_text(TEXT, encoding="utf-8")
    conductor.session.case = replace(conductor.session.case, rulesets=("plan",))
    conductor.session.set_rulesets(())
    conductor.session.take_texts((PlanTextRequest(plan, str(tmp_path / "regels.html")),))
    conductor.dock.rules.read_text.click()
    yield conductor, conductor.reading.window
    plugin.unload()


def decisions(conductor):
    [profile] = load_profiles(conductor.session.case)
    return {norm.key: (norm.decision, norm.by) for norm in profile.norms}


def marks(window):
    """{words of the text as shown: colour} of each part."""
    text = window.text.toPlainText()
    return {text[one.start:one.end]: one.colour for one in window.text.stretches}


def test_the_text_is_shown_as_people_see_it_with_each_part_in_the_colour_of_its_state(opened):
    _, window = opened
    assert "<" not in window.text.toPlainText() and "ten hoogste 6 m" in window.text.toPlainText()
    found = marks(window)
    [eaves] = [words for words in found if "goothoogte" in words]
    assert found[eaves] == COLOURS["open"] and NOT_READ in found.values()
    assert [words for words, colour in found.items() if colour == NOT_READ] == ["17 m2"] or "17 m" in "".join(found)


def test_a_clause_is_confirmed_with_enter_and_the_next_one_is_shown(opened):
    conductor, window = opened
    window.card.confirm.click()
    window._show(EAVES)
    assert window.card.says.text() == "hoofdgebouw: goothoogte ≤ 6 m"
    window.card.reason.setText("geldt hier niet")
    QTest.keyClick(window.card.reason, Qt.Key.Key_Return)
    assert decisions(conductor)[EAVES][0] == "open"  # Enter never confirms what somebody is about to reject
    window.card.reason.clear()
    QTest.keyClick(window, Qt.Key.Key_Return)
    assert decisions(conductor)[EAVES] == ("confirmed", "J. de Vries") and window.key == HEIGHT
    assert COLOURS["confirmed"] in marks(window).values()


def test_a_way_of_measuring_stands_at_its_words_and_is_kept_with_the_name(opened):
    conductor, window = opened
    [way] = [part for part in window.reading.parts if part.key.startswith("way:")]
    assert way.key == "way:denominator" and "50%" in window.text.toPlainText()[way.start:way.end]
    window._show(way.key)
    assert not window.card.reject.isEnabled()
    window.card.confirm.click()
    [profile] = load_profiles(conductor.session.case)
    entry = profile.entry("denominator")
    assert (entry.value, entry.by) == ("bouwperceel", "J. de Vries")
    assert [part.decision for part in window.reading.parts if part.key == way.key] == ["confirmed"]


def test_a_whole_article_is_confirmed_at_once(opened):
    conductor, window = opened
    window._show(HEIGHT)
    assert "5.2.1" in window.card.article.words and "3" in window.card.article.words
    window.card.article.click()
    found = decisions(conductor)
    assert {found[key][0] for key in (EAVES, HEIGHT, DEPTH)} == {"confirmed"} and found[AREA][0] == "open" and window.key == AREA


def test_a_correction_and_a_rejection_need_a_reason(opened):
    conductor, window = opened
    window._show(EAVES)
    window.card.value.setText("6,5")
    assert not window.card.correct.isEnabled() and not window.card.reject.isEnabled()
    window.card.reason.setText("de verbeelding zegt 6,5")
    assert window.card.corrections() == {"value": 6.5}
    window.card.correct.click()
    [profile] = load_profiles(conductor.session.case)
    norm = next(norm for norm in profile.norms if norm.key == EAVES)
    assert (norm.decision, norm.clause.value, norm.reason) == ("corrected", 6.5, "de verbeelding zegt 6,5")
    window._show(DEPTH)
    window.card.reason.setText("geldt hier niet")
    window.card.reject.click()
    assert decisions(conductor)[DEPTH][0] == "rejected"
    assert any(one.struck for one in window.text.stretches)


def test_a_number_that_was_not_read_needs_a_reason_and_is_no_clause_to_correct(opened):
    conductor, window = opened
    window._show(LEFT)
    assert "17 m" in window.card.says.text() and not window.card.confirm.isEnabled() and not window.card.head.isEnabled()
    window.card.reason.setText("zegt niets over bouwen")
    window.card.confirm.click()
    assert decisions(conductor)[LEFT] == ("confirmed", "J. de Vries")


def test_a_click_in_the_text_shows_its_part(opened):
    _, window = opened
    stretch = next(one for one in window.text.stretches if one.key == AREA)
    window.text.picked.emit(stretch.key)
    assert window.key == AREA and "oppervlakte" in window.card.says.text()


def test_closing_judges_again_by_what_was_decided_and_it_can_be_kept_as_a_profile(opened, tmp_path):
    conductor, window = opened
    window.close()
    conductor.start_review()
    wait_for(lambda: conductor.session.review is not None and not conductor.task.busy)
    conductor.dock.rules.read_text.click()
    window._show(HEIGHT)
    window.card.article.click()
    assert conductor.session.review is None
    window.close()
    wait_for(lambda: conductor.session.review is not None and not conductor.task.busy)
    found = [one for one in conductor.session.review.findings if one.rule.endswith(HEIGHT) and one.design == "A"]
    assert found and all(one.verdict.value in ("complies", "violates") for one in found)
    assert {one.path[0] for one in given(conductor.session.case.answers)} >= {"plan_norms"}
    conductor.answering.save_profile(str(tmp_path / "profiel.yaml"))
    kept = {norm.key: norm.decision for norm in read_profile(tmp_path / "profiel.yaml").norms}
    assert kept[HEIGHT] == "confirmed"


def test_another_text_makes_it_lapse_and_says_whose(opened, tmp_path):
    conductor, window = opened
    window._show(HEIGHT)
    window.card.article.click()
    [text] = conductor.session.case.plan_texts
    (tmp_path / "nieuw.html").write_text(re.sub("10 m", "11 m", TEXT), encoding="utf-8")
    conductor.reading._take(replace(text, path=str(tmp_path / "nieuw.html")))
    assert {state for state, _ in decisions(conductor).values()} == {"open"}
    assert "J. de Vries" in window.told.text()


def test_without_a_text_it_says_how_to_get_one(iface, demo_case):
    plugin = load(iface)
    plugin.open_case(str(demo_case))
    wait_for(lambda: plugin.conductor.session.designs and not plugin.conductor.task.busy)
    plugin.conductor.dock.rules.read_text.click()
    window = plugin.conductor.reading.window
    assert window.card.says.text() == "" and not window.progress.isVisible()
    assert window.text.toPlainText() == "" and window.told.text() and not window.card.isEnabled()
    asked = []
    window.text_asked.connect(lambda plan, how: asked.append(how))
    plugin.conductor.reading._file = lambda: ""
    window.ways["file"].click()
    assert asked == ["file"]
    plugin.unload()
