"""What a finding rests on, what would turn it, and what would cure it, in words: shared by the report, the terminal and the dock."""

from __future__ import annotations

from ...checks.engine.ladder import POLICY
from ...model import PART_ROLES, Choice, Deviation, Finding, Note, Premise, Question, Verdict
from ...texts import catalogue, sentence
from . import wording


def point_name(premise: Premise, lang: str | None = None) -> str:
    """Return the name of a point as short as there is one: a title, else its question; '' for what has neither."""
    key = premise.key.partition("profile.")[2]
    code = f"profile_word_{key}" if key else f"answer_{premise.key.partition(':')[0]}"
    if code in catalogue():
        return sentence(code, lang=lang)
    return taken(premise.about, lang) if premise.about else ""


def taken(note: Note, lang: str | None = None) -> str:
    """Return a note whose words may be those of an answer (yes, a class of parts) as a reader's text."""
    data = {name: _word(value, lang) if isinstance(value, str) else value for name, value in note.as_dict().items()}
    return sentence(note.code, data, lang)


def _word(value: str, lang: str | None) -> str:
    words = value.split(", ")
    if value != "unknown" and all(word in PART_ROLES for word in words):
        return ", ".join(wording.role_word(word, lang) for word in words)
    return sentence(f"answer_{value}", lang=lang) if value in ("yes", "no", "unknown") else wording.word(value, lang)


def rests_on(finding: Finding, lang: str | None = None) -> list[str]:
    """Return what is settled under a finding, each with how: ``Peil 1,40 m NAP (antwoord van J. de Vries)``."""
    return [rests_line(premise, lang) for premise in finding.premises if premise.settled != "open" and premise.about is not None]


def rests_line(premise: Premise, lang: str | None = None) -> str:
    """Return a settled point with how it was: ``Peil 1,40 m NAP (antwoord van J. de Vries)``."""
    said, name = taken(premise.note, lang).strip(), point_name(premise, lang)
    if premise.note.code == "premise_plan_text":
        return f"{name[:1].upper()}{name[1:]} ({said})"
    if name and not said.lower().startswith(name.lower()):
        said = f"{name} {wording.begun(said)}" if name.endswith("?") else f"{name}: {said}"
    code = "premise_by" if premise.settled == "answer" and premise.by else f"premise_from_{premise.settled}"
    return f"{said[:1].upper()}{said[1:]} ({sentence(code, {'by': premise.by}, lang)})"


def no_matter(finding: Finding, lang: str | None = None) -> list[str]:
    """Return the names of the open points that do not change a finding."""
    return [name for premise in finding.premises if premise.settled == "open" and not premise.flips and (name := point_name(premise, lang))]


def grounds(finding: Finding, lang: str | None = None) -> list[str]:
    """Return in at most two lines what a finding rests on, and which open points do not matter to it."""
    lines = []
    open_ones = [wording.gone_on(name) for name in no_matter(finding, lang)]
    for code, found in (("premise_rests", rests_on(finding, lang)), ("premise_no_matter", open_ones)):
        if found:
            said = sentence(code, {"points": "; ".join(found)}, lang)
            lines.append(said if said.endswith("?") else f"{said}.")
    return lines


def own_notes(finding: Finding) -> list[Note]:
    """Return the notes of a finding that nothing beside it says: proposals for an open peil are its choices, and what is open without effect is named."""
    open_peil = any(premise.key == "peil" and premise.settled == "open" for premise in finding.premises)
    quiet = finding.verdict is not Verdict.VIOLATES or not no_matter(finding)
    return [note for note in finding.notes if not (open_peil and note.code.startswith(PROPOSED_PEIL)) and (quiet or note.code != "readings_every")]


PROPOSED_PEIL = "engine_peil_"
"""How the codes of proposals for peil begin."""


def choice_line(choice: Choice, lang: str | None = None) -> str:
    """Return what a choice gives: ``perceel 2214: 62,50 %, voldoet niet``."""
    return f"{taken(choice.note, lang)}: {gives(choice, lang)}"


def gives(choice: Choice, lang: str | None = None) -> str:
    """Return the outcome of a choice: ``62,50 %, voldoet niet``."""
    return ", ".join(part for part in choice_row(choice, lang)[1:] if part)


def choice_row(choice: Choice, lang: str | None = None) -> tuple[str, str, str]:
    """Return a choice, the value that it gives ('' where there is none) and its verdict: ``("bouwvlak", "50,85 %", "voldoet niet")``."""
    outcome = sentence("premise_nothing", lang=lang) if choice.verdict is None else wording.verdict_word(choice.verdict, lang)
    value = "" if choice.value is None else wording.amount(choice.value, choice.unit, lang)
    return taken(choice.note, lang), value, outcome.lower()


def asked(finding: Finding, question: Question, lang: str | None = None) -> str:
    """Return a question of a finding with what each of its choices gives, where that is known."""
    text = sentence(question.note.code, question.note.as_dict(), lang)
    premise = turning(finding, question)
    if premise is None or not premise.choices:
        return text
    return f"{text} {sentence('premise_gives', {'choices': '; '.join(choice_line(choice, lang) for choice in premise.choices)}, lang)}"


def turning(finding: Finding, question: Question) -> Premise | None:
    """Return the open point that a question is about, None where the question stands alone."""
    return next((premise for premise in finding.premises if premise.key == question.key and premise.settled == "open"), None)


def cures(finding: Finding, lang: str | None = None) -> list[str]:
    """Return what would cure a finding, and nothing else: the plain measure first, then a power of the rule that does, or whose effect still has to
    be read. Nothing is said of what is not violated."""
    if finding.verdict is not Verdict.VIOLATES:
        return []
    found = wording.notes(finding.cures, lang)
    doubt = finding.measurements[0].uncertainty if finding.measurements else 0.0
    if found and doubt:
        said = wording.amount(doubt, wording.difference_unit(finding.measurements[0].unit), lang)
        found[0] = f"{found[0].rstrip('.')} {sentence('report_cure_doubt', {'doubt': said}, lang)}."
    powers = [power for power in finding.deviations if power.cures]
    unread = [power for power in finding.deviations if power.cures is None]
    found += [_power(power, lang) for power in (*powers, *unread)]
    return [*found, sentence("report_policy_cure", lang=lang)] if finding.ladder == POLICY else found


def no_cures(finding: Finding, lang: str | None = None) -> list[str]:
    """Return what does not cure a violation, so that nobody has to reckon it: the powers that fall short where none does, and what is then left."""
    if finding.verdict is not Verdict.VIOLATES or any(power.cures is not False for power in finding.deviations):
        return []
    short = [_power(power, lang) for power in finding.deviations]
    left = [] if finding.ladder == POLICY else [sentence("report_no_cure" if finding.cures or short else "report_no_cure_alone", lang=lang)]
    return [*short, *left]


def _power(power: Deviation, lang: str | None) -> str:
    where = ", ".join(source.article for source in power.legal if source.article)
    said = sentence(power.note.code, power.note.as_dict(), lang)
    return f"{said.rstrip('.')} ({where})." if where else said
