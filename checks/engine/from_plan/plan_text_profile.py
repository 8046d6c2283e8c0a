"""The measuring profile of a plan put to work: what its text says becomes the switches of the rules that were derived from it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ....model import PROFILE_KEYS, LegalSource, MeasuringProfile, Note, Premise, ProfileEntry, Question, Rule
from ....model.plan_words import OPEN
from ...declared.declaration import DENOMINATORS
from ..base import Context
from ..open_points.points import Alternative, OpenPoint
from .norm_decisions import NORMS, with_decisions

WIDEST_OVERSHOOT_M = 3.0
"""More than plans let minor parts pass the bouwgrens (0.5 to 1.5 m in most; towards the road sometimes 2.5 m)."""
WIDE_EXEMPT = ("chimney", "antenna", "installation", "railing", "stair")
"""What the widest texts exempt from a height: SVBP2012's chimneys and antennas, and roof equipment, railings, stair and lift houses."""
CHOICES = {
    "denominator": DENOMINATORS, "volume_base": ("underside", "top"),
    "applies_to": ("gebouw", "hoofdgebouw", "bouwwerk"),
}
WAYS: Mapping[str, tuple[tuple[Any, Note], ...]] = {
    **{key: tuple((word, Note.of("choice_word", word=word)) for word in words) for key, words in CHOICES.items()},
    "volume_base": (
        *((side, Note.of("choice_word", word=side)) for side in CHOICES["volume_base"]),
        ({"volume_base": "underside", "count_basement": True}, Note.of("choice_volume_cellars")),
    ),
    "minor_parts": (
        ({"minor_overshoot_m": 0.0}, Note.of("choice_no_overshoot")),
        ({"minor_overshoot_m": WIDEST_OVERSHOOT_M}, Note.of("choice_overshoot", value=WIDEST_OVERSHOOT_M)),
    ),
    "exempt_parts": (
        (["chimney", "antenna"], Note.of("choice_svbp_exempt")), (list(WIDE_EXEMPT), Note.of("choice_wide_exempt")), ([], Note.of("choice_none_exempt")),
    ),
    "eaves": (
        ({}, Note.of("choice_svbp_eaves")), ({"eaves_at": "wall_plane"}, Note.of("choice_eaves_wall")),
        ({"pent_roof": "both_sides"}, Note.of("choice_eaves_pent")), ({"flat_equals_eaves": True}, Note.of("choice_eaves_flat")),
    ),
    "pitch": (({}, Note.of("choice_pitch_map")), ({"flat_allowed": True}, Note.of("choice_pitch_flat"))),
    "storeys": (({}, Note.of("choice_storeys_silent")), ({"count_basement": True}, Note.of("choice_storeys_basement"))),
}
"""The admissible ways of each entry while nobody read the text, the likeliest first: the variants that the pages of the checks (docs/checks) know of plans."""


def with_profile(rule: Rule, profile: MeasuringProfile | None, asked: Mapping[str, str]) -> Rule:
    """Return a derived rule with what its plan's text says of how to measure, and with the article that says it; ``asked``: the entries of a
    profile that its check declares, each with the switch that takes it."""
    for entry in profile.entries if profile else ():
        if entry.key in asked and not _says_itself(rule, asked[entry.key]):
            rule = _filled(rule, entry, asked[entry.key])
    return rule


def _says_itself(rule: Rule, switch: str) -> bool:
    """Whether a clause of a text says in its own words what a switch is: "van het bouwvlak"."""
    return rule.read is not None and bool(switch) and switch in rule.measure


def _filled(rule: Rule, entry: ProfileEntry, switch: str) -> Rule:
    legal = rule.legal
    if entry.article or entry.quote:
        first = legal[0] if legal else LegalSource("")
        legal = (*legal, LegalSource(first.instrument, entry.article, entry.quote, "", first.version, first.work_id))
    if entry.key == "applies_to":
        kinds = (entry.value,) if isinstance(entry.value, str) else tuple(entry.value)
        return replace(rule, applies_to=kinds, legal=legal)
    switches: dict[str, Any] = dict(entry.value) if isinstance(entry.value, Mapping) else {switch or entry.key: entry.value}
    return replace(rule, measure={**rule.measure, **switches}, legal=legal)


def as_read(rule: Rule, context: Context, asked: Mapping[str, str], possible: Callable[[str, Context], Collection[str]] | None = None) -> Rule:
    """Return a derived rule as its plan's text has it; what nobody read yet is an open point, asked once per plan. ``possible``: which words of an
    entry mean anything here (() = any)."""
    profile = context.profile(rule.plan_id) if rule.plan_id else None
    known = {entry.key for entry in profile.entries} if profile else set()
    for key, switch in asked.items() if rule.plan_id else ():
        if key == "applies_to" and rule.applies_to and key not in known:  # the plan's own value says what it is about
            continue
        if _says_itself(rule, switch):
            continue
        about = Note.of(f"engine_profile_{key}")
        if key in known:
            entry = profile.entry(key) if profile else None
            context.ledger.took(Premise(f"profile.{key}", "plan_text", Note.of("premise_plan_text", article=entry.article if entry else ""), about))
        else:
            here = possible(key, context) if possible else ()
            ways = tuple(Alternative(value, value, note) for value, note in _ways(key, profile, here))
            question = Question(f"profile.{key}", about, "choice" if key in CHOICES else "text", "", CHOICES.get(key, ()), rule.plan_id)
            rule = _filled(rule, ProfileEntry(key, context.settle(OpenPoint(f"profile.{key}", question, ways))), switch)
    return rule


def _ways(key: str, profile: MeasuringProfile | None, possible: Collection[str] = ()) -> list[tuple[Any, Note]]:
    """Return the ways of an entry that nobody confirmed: as it was read in the text, where it was, and then as plans have it, of those that mean anything
    here."""
    read = next((entry for entry in profile.proposed if entry.key == key), None) if profile else None
    here = [way for way in WAYS[key] if not possible or way[0] in possible]
    if read is None:
        return here
    return [(read.value, Note.of("choice_as_read", article=read.article or "–", quote=read.quote)), *(way for way in here if way[0] != read.value)]


def profiles_with(profiles: Sequence[MeasuringProfile], answers: Mapping[str, Any]) -> tuple[MeasuringProfile, ...]:
    """Return profiles with what the officer read for this case: ``answers.profile: {plan id: {key: {value, article, quote, by}}}``, and decided of the
    clauses of the texts (``norm_decisions.py``)."""
    found = {profile.plan_id: profile for profile in profiles}
    for plan_id, given in (answers.get("profile") or {}).items():
        known = found.get(plan_id, MeasuringProfile(plan_id))
        read = {key: _entry(key, said) for key, said in given.items() if key in PROFILE_KEYS}
        found[plan_id] = replace(known, entries=(*(entry for entry in known.entries if entry.key not in read), *read.values()))
    decided = answers.get(NORMS)
    for plan_id, told in decided.items() if isinstance(decided, Mapping) else ():
        found[plan_id] = with_decisions(found.get(plan_id, MeasuringProfile(plan_id)), told)
    return tuple(found.values())


def text_remarks(profiles: Sequence[MeasuringProfile]) -> tuple[Note, ...]:
    """Return what is to be said of the texts of plans: one that could not be had, one that is another now, and what of one is confirmed."""
    notes = [note for profile in profiles for note in profile.notes]
    for one in (profile for profile in profiles if profile.norms):
        name = one.plan_name or one.plan_id
        if one.lapsed:
            notes.append(Note.of("plan_text_lapsed", plan=name, by=", ".join(one.lapsed)))
        left = sum(norm.decision == OPEN for norm in one.norms)
        notes.append(Note.of("plan_text_state", plan=name, norms=len(one.norms), open=left, source=one.text_source or "–", at=one.text_at or "–"))
    return tuple(notes)


def _entry(key: str, said: Any) -> ProfileEntry:
    words = said if isinstance(said, Mapping) and "value" in said else {"value": said}
    return ProfileEntry(key, words["value"], *(str(words.get(word) or "") for word in ("article", "quote", "by", "at")))
