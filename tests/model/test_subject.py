"""What a finding is about: its key holds what identifies it and no value, its sentence is made late in both languages."""

from __future__ import annotations

from drieluik.model import Finding, Note, Verdict, numbered, subject_key, subject_kind
from drieluik.report.basis.wording import subject


def zone(value, fid, name="bouwhoogte"):
    return Note.of("subject_maximum", name=name, value=value, unit="m", zone=fid)


def test_a_key_has_no_value_and_tells_zones_apart():
    assert subject_key(zone(8.5, "m1")) == subject_key(zone(9.0, "m1")) == "subject_maximum|name=bouwhoogte|zone=m1"
    assert subject_key(zone(8.5, "m1")) != subject_key(zone(8.5, "m2"))
    assert subject_key(Note.of("subject_maximum", name="bouwhoogte", value=7.0, unit="m", zone="")) == "subject_maximum|name=bouwhoogte"


def test_rules_are_compared_by_kind_and_dwellings_of_one_street_are_not_one_kind():
    assert subject_kind(zone(8.5, "m1")) == subject_kind(zone(11.0, "m7")) != subject_kind(zone(8.5, "m1", "goothoogte"))
    homes = [Note.of("subject_dwelling", building=fid, text=text) for fid, text in (("1", "Laan 1"), ("3", "Laan 3"))]
    assert subject_kind(homes[0]) != subject_kind(homes[1])
    renamed = Note.of("subject_dwelling", building="1", text="Laan 1-1A")
    assert subject_key(homes[0]) == subject_key(renamed)


def test_one_of_several_is_numbered_and_still_the_same_kind():
    side = Note.of("subject_boundary_side")
    assert subject_key(numbered(side, 2)) == "subject_boundary_side|number=2" and subject_kind(numbered(side, 2)) == subject_kind(side)


def test_the_sentence_is_made_late_in_both_languages():
    def said(note, lang):
        return subject(Finding("r", "c", note, "A", Verdict.COMPLIES), lang)

    assert [said(zone(8.5, "m1"), lang) for lang in ("nl", "en")] == ["maximum bouwhoogte 8,5 m", "maximum building height 8.5 m"]
    storeys = Note.of("subject_maximum", name="aantal bouwlagen", value=2.0, unit="", zone="")
    assert said(storeys, "nl") == "maximum aantal bouwlagen 2"
    rule = Note.of("subject_rule", title_nl="Hoogte", title_en="Height")
    assert [said(rule, lang) for lang in ("nl", "en")] == ["Hoogte", "Height"]
    assert said(numbered(Note.of("subject_facade_line"), 3), "nl") == "gevellijn 3"
    assert said(Note.of("subject_overlay", name="Waarde - Archeologie 4"), "en") == "Waarde - Archeologie 4"
