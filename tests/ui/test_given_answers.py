"""The list of answers in the dock: seen, changed, taken back, put back; under the officer's own name, asked once."""

from __future__ import annotations

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python is not present")

from qgis.core import QgsSettings
from qgis.PyQt.QtWidgets import QLabel, QPushButton
from stub_qgis import load, wait_for

from drieluik.model import Verdict


@pytest.fixture
def conductor(iface, demo_case):
    plugin = load(iface)
    plugin.open_case(str(demo_case))
    wait_for(lambda: plugin.conductor.session.designs and not plugin.conductor.task.busy)
    plugin.conductor.start_review()
    judged(plugin.conductor)
    yield plugin.conductor
    plugin.unload()


def judged(conductor):
    wait_for(lambda: conductor.session.review is not None and not conductor.task.busy)


def press(conductor, words, n=0):
    buttons = [b for b in conductor.dock.answers.findChildren(QPushButton) if b.text() and b.accessibleName().startswith(words)]
    buttons[n].click()


def listed(conductor):
    return [label.text() for label in conductor.dock.answers.findChildren(QLabel)]


def test_an_answer_is_taken_back_asked_anew_and_put_back(conductor):
    said = listed(conductor)
    assert any("Peil" in text and "1,40 m NAP" in text and "Kruin van de Lindelaan" in text and "J. de Vries" in text for text in said)
    assert any("Bebouwingspercentage over" in text and "bouwperceel" in text for text in said)
    (denominator,) = [one for one in conductor.session.given() if one.path == ("denominator",)]
    conductor.dock.answers.change_asked.emit(denominator)
    judged(conductor)
    panel, before = conductor.answering.panel, conductor.session.review
    assert conductor.session.case.answers["denominator"]["value"] == "bouwperceel" and panel.finding.check == "max_coverage_pct"  # it holds until another is given
    (box,) = [one for one in panel.boxes if one.question.key == "denominator"]
    assert all("→" in words for words, _ in box.ways[:2]) and box.value() == "bouwperceel" and box.why.text() == denominator.word("reason")
    panel.left_asked.emit()
    assert conductor.session.review is before and conductor.session.ended() == () and not panel.boxes
    conductor.dock.answers.change_asked.emit(denominator)
    judged(conductor)
    (box,) = [one for one in panel.boxes if one.question.key == "denominator"]
    box.rows.choose([answer for _, answer in box.ways].index("bouwvlak"))
    box.why.setText("Artikel 5.9")
    box.button.click()
    judged(conductor)
    holds = conductor.session.case.answers["denominator"]
    assert holds["value"] == "bouwvlak" and holds["by"] == "J. de Vries" and len(holds["at"]) == 10
    (gone,) = conductor.session.ended()
    assert gone.said["value"] == "bouwperceel" and any("gewijzigd door J. de Vries" in text for text in listed(conductor))
    conductor.dock.answers.restore_asked.emit(gone)
    judged(conductor)
    assert conductor.session.case.answers["denominator"]["value"] == "bouwperceel"
    assert [one.said["value"] for one in conductor.session.ended()] == ["bouwvlak", "bouwperceel"]


def test_a_decision_can_be_taken_back_from_the_list(conductor):
    found = next(f for f in conductor.session.review.findings if f.verdict is Verdict.VIOLATES)
    conductor.session.decide(found, "complies", "Vergunning 2019-04")
    conductor.start_review()
    judged(conductor)
    (decided,) = [one for one in conductor.session.given() if one.path[0] == "overrides"]
    assert any("Besluit over" in text and "Vergunning 2019-04" in text for text in listed(conductor))
    conductor.dock.answers.change_asked.emit(decided)
    assert conductor.answering.panel.finding.subject_key == found.subject_key and conductor.answering.panel.tabs.currentIndex() == 1
    conductor.dock.answers.back_asked.emit(decided)
    judged(conductor)
    assert all(f.decision is None for f in conductor.session.review.findings)
    assert conductor.session.ended()[0].said["reason"] == "Vergunning 2019-04"


def test_peil_needs_a_choice_and_a_reason_and_is_judged_again_at_once(conductor):
    peil = conductor.dock.rules.peil
    assert peil.nap.value() == pytest.approx(1.4) and not peil.fix.isEnabled() and peil.lacks.text()
    peil.nap.setValue(1.65)
    peil.reason.setText("Tekening 3")
    peil.fix.click()
    assert conductor.task.busy
    judged(conductor)
    assert conductor.session.case.answers["peil"] == {
        "method": "road_at_main_entrance", "nap_m": 1.65, "reason": "Tekening 3", "by": "J. de Vries", "at": conductor.session.case.answers["peil"]["at"],
    }
    assert conductor.session.ended()[0].said["nap_m"] == 1.4


def test_nothing_is_fixed_that_nobody_chose(qgis_app):
    from drieluik.ui.steps.peil_box import PeilBox, proposal_words
    from drieluik.ui.work.proposals import PeilProposal

    box = PeilBox()
    box.reason.setText("Zomaar")
    assert not box.fix.isEnabled() and box.nap.text() in ("niet gekozen", "not chosen")
    north, west = PeilProposal("road_at_main_entrance", 1.48, 3.0, 9.0), PeilProposal("road_at_main_entrance", 1.7, 268.0, 31.0)
    assert "noord" in proposal_words(north) and "west" in proposal_words(west) and proposal_words(north) != proposal_words(west)
    box.propose((north, west))
    assert box.proposals.number == -1 and not box.fix.isEnabled()
    box.proposals.choose(1)
    assert box.value() == {"method": "road_at_main_entrance", "nap_m": 1.7, "reason": "Zomaar"} and box.fix.isEnabled()


def test_the_name_is_asked_once_and_never_taken_from_the_login(conductor, monkeypatch):
    QgsSettings().remove("drieluik/officer")
    asked = []

    def answer(*words):
        asked.append(words)
        return "" if len(asked) == 1 else "M. Bakker"

    monkeypatch.setattr("drieluik.ui.conduct.officer.ask_line", answer)
    assert conductor.session.officer == ""
    before = dict(conductor.session.case.answers)
    conductor.dock.rules.answered.emit("peil", {"method": "nap_value", "nap_m": 1.5, "reason": "x"})
    assert conductor.session.case.answers == before  # without a name nothing is answered
    for level in (1.5, 1.6):
        conductor.dock.rules.answered.emit("peil", {"method": "nap_value", "nap_m": level, "reason": "x"})
        judged(conductor)
    assert len(asked) == 2 and conductor.session.case.answers["peil"]["by"] == "M. Bakker"


def test_a_part_of_the_plan_is_told_as_read_with_what_was_found(conductor):
    design = conductor.session.variant
    left = conductor.session.review.cover(design).left()
    line = next(one for one in left if one.state == "to_read")
    conductor.dock.result.read_asked.emit(line)
    dialog = conductor.answering.reading
    assert line.name in dialog.says.text() and not dialog.met.isEnabled() and not dialog.not_met.isEnabled()
    dialog.reason.setPlainText("Gelezen; gaat over reclame")
    dialog.met.click()
    judged(conductor)
    after = conductor.session.review.cover(design)
    assert line.key not in [one.key for one in after.left()] and len(after.left()) < len(left)
    said = conductor.session.case.answers["plan_read"][line.key]
    assert said["value"] is True and said["reason"] == "Gelezen; gaat over reclame" and said["by"] == "J. de Vries"
    assert any("Gelezen in het plan" in text and line.name.split(":")[0] in text for text in listed(conductor))


def test_a_part_of_the_plan_that_is_read_and_not_met_holds_the_conclusion(conductor):
    design = conductor.session.variant
    line = next(one for one in conductor.session.review.cover(design).left() if one.state == "to_read")
    conductor.dock.result.read_asked.emit(line)
    conductor.answering.reading.reason.setPlainText("Reclame is hier verboden")
    conductor.answering.reading.not_met.click()
    judged(conductor)
    after = conductor.session.review.cover(design)
    told = next(one for one in after.lines if one.key == line.key)
    assert (told.state, told.note.code) == ("not_met", "cover_read_not_met") and "cover_unmet" in [note.code for note in after.conclusion]
    assert conductor.session.case.answers["plan_read"][line.key]["value"] is False


def test_the_advice_is_typed_in_the_dock_and_kept_with_the_name(conductor, monkeypatch):
    from drieluik.ui.conduct import answering

    monkeypatch.setattr(answering, "ask_text", lambda *_: "Medewerking verlenen.\nDe nok gaat omlaag.")
    step = conductor.dock.report
    assert not step.advised.text()
    step.advice.click()
    judged(conductor)
    kept = conductor.session.case.answers["advice"]
    assert (kept["value"], kept["by"]) == ("Medewerking verlenen.\nDe nok gaat omlaag.", "J. de Vries") and kept["at"]
    assert step.advised.text().startswith("Medewerking verlenen. De nok") and conductor.session.review.answers["advice"] == kept
    monkeypatch.setattr(answering, "ask_text", lambda *_: "")  # stopped: what was said stays
    step.advice.click()
    assert conductor.session.case.answers["advice"] == kept
