"""The measuring profile of a plan put to work: what its text says becomes the switches of the rules that were derived from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...model import PROFILE_KEYS, LegalSource, MeasuringProfile, Note, ProfileEntry, Question, Rule

HEIGHTS = ("max_building_height", "min_building_height")
EAVES = ("max_eaves_height", "min_eaves_height")
COVERAGE = ("max_coverage_pct", "min_coverage_pct")
ASKED: Mapping[str, tuple[str, ...]] = {
    "minor_parts": ("within_building_plane",),
    "exempt_parts": (*HEIGHTS, *EAVES),
    "denominator": COVERAGE,
    "eaves": EAVES,
    "pitch": ("roof_pitch_range",),
    "volume_base": ("max_volume",),
    "storeys": ("max_storeys",),
    "applies_to": ("within_building_plane", *HEIGHTS, *EAVES),
    "peil": (*HEIGHTS, *EAVES, "max_volume", "max_storeys"),
}
"""Which checks an entry of a profile is for."""
SWITCH = {"exempt_parts": "exempt_classes", "denominator": "denominator", "volume_base": "volume_base"}
"""The switch of an entry that is one word or list; other entries hold switches by name."""
WIDEST_OVERSHOOT_M = 3.0
"""More than plans let minor parts pass the bouwgrens (0.5 to 1.5 m in rules.md A1; towards the road sometimes 2.5 m)."""
CHOICES = {
    "denominator": ("bouwperceel", "bouwvlak", "bestemmingsvlak", "aanduidingsvlak"), "volume_base": ("underside", "top"),
    "applies_to": ("hoofdgebouw", "gebouw", "bouwwerk"),
}


def with_profile(rule: Rule, profile: MeasuringProfile | None) -> Rule:
    """Return a derived rule with what its plan's text says of how to measure, and with the article that says it."""
    for entry in profile.entries if profile else ():
        if rule.check in ASKED.get(entry.key, ()) and entry.key != "peil":
            rule = _filled(rule, entry)
    return rule


def _filled(rule: Rule, entry: ProfileEntry) -> Rule:
    legal = rule.legal
    if entry.article or entry.quote:
        first = legal[0] if legal else LegalSource("")
        legal = (*legal, LegalSource(first.instrument, entry.article, entry.quote, "", first.version, first.work_id))
    if entry.key == "applies_to":
        kinds = (entry.value,) if isinstance(entry.value, str) else tuple(entry.value)
        return replace(rule, applies_to=kinds, legal=legal)
    switches: dict[str, Any] = dict(entry.value) if isinstance(entry.value, Mapping) else {SWITCH.get(entry.key, entry.key): entry.value}
    return replace(rule, measure={**rule.measure, **switches}, legal=legal)


def mildest_reading(rule: Rule, profile: MeasuringProfile | None) -> tuple[Rule, Question] | None:
    """Return a derived rule as the mildest text would have it, while nobody read its plan for that, and the question; else None.

    A plan shows its bouwvlak and not how far minor parts may pass it: what only minor parts do is then no firm violation.
    """
    if rule.check != "within_building_plane" or not rule.plan_id or (profile and profile.entry("minor_parts")):
        return None
    question = next(q for q in open_questions(rule, profile) if q.key == "profile.minor_parts")
    return replace(rule, measure={"minor_overshoot_m": WIDEST_OVERSHOOT_M, **rule.measure}), question


def open_questions(rule: Rule, profile: MeasuringProfile | None) -> tuple[Question, ...]:
    """Return what the text of a derived rule's plan must still be read for, each asked once per plan."""
    if not rule.plan_id:
        return ()
    known = {entry.key for entry in profile.entries} if profile else set()
    return tuple(
        Question(f"profile.{key}", Note.of(f"engine_profile_{key}"), "choice" if key in CHOICES else "text", "", CHOICES.get(key, ()), rule.plan_id)
        for key, checks in ASKED.items() if rule.check in checks and key not in known
    )


def profiles_with(profiles: Sequence[MeasuringProfile], answers: Mapping[str, Any]) -> tuple[MeasuringProfile, ...]:
    """Return profiles with what the officer read for this case: ``answers.profile: {plan id: {key: {value, article, quote, by}}}``."""
    found = {profile.plan_id: profile for profile in profiles}
    for plan_id, given in (answers.get("profile") or {}).items():
        known = found.get(plan_id, MeasuringProfile(plan_id))
        read = {key: _entry(key, said) for key, said in given.items() if key in PROFILE_KEYS}
        found[plan_id] = replace(known, entries=(*(entry for entry in known.entries if entry.key not in read), *read.values()))
    return tuple(found.values())


def _entry(key: str, said: Any) -> ProfileEntry:
    words = said if isinstance(said, Mapping) and "value" in said else {"value": said}
    return ProfileEntry(key, words["value"], *(str(words.get(word) or "") for word in ("article", "quote", "by", "at")))
