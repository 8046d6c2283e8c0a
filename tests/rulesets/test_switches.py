"""The switches of a rule: what each may be, and a file with many faults that names them all."""

from __future__ import annotations

import json

import jsonschema
import pytest

from drieluik import cli
from drieluik.data_sources.rules.check_pages import switch_types
from drieluik.data_sources.rules.rulesets import read_ruleset
from drieluik.errors import RulesetError

HEAD = "ruleset: {id: t, version: 1}\nparameters: {marge_m: -1}\nrules:\n"


def rule(check, measure="{}", limit='{op: "<=", value: 9, unit: m}', name="r"):
    said = f"  limit: {limit}\n" if limit else ""
    return f"- id: {name}\n  check: {check}\n  legal: {{instrument: plan, quote: tekst}}\n  measure: {measure}\n{said}"


def read(tmp_path, *rules):
    path = tmp_path / "rules.yaml"
    path.write_text(HEAD + "".join(rules), encoding="utf-8")
    return read_ruleset(path)


PCT, NONE = '{op: "<=", value: 40, unit: "%"}', ""
SLIPS = [
    ("max_coverage_pct", "{denominator: bouwpercel}", PCT, "bedoelt u 'bouwperceel'"),
    ("max_coverage_pct", "{denominator: 40}", PCT, "'40'"),
    ("max_coverage_pct", "{count_below_ground: nee}", PCT, "true of false"),
    ("max_coverage_pct", "{counts: gebouw}", PCT, "bedoelt u 'gebouwen'"),
    ("max_building_height", "{exempt_classes: chimney}", None, "een lijst"),
    ("max_building_height", "{exempt_classes: [chimny]}", None, "bedoelt u 'chimney'"),
    ("max_building_height", "{exempt_classes: [schoorsteen]}", None, "bedoelt u 'chimney'"),
    ("max_building_height", '{candidate_area_pct: "10"}', None, "een percentage"),
    ("max_building_height", "{candidate_area_pct: 1000}", None, "een percentage"),
    ("max_eaves_height", "{eaves_at: wallplane}", None, "bedoelt u 'wall_plane'"),
    ("max_eaves_height", "{roof_envelope_angle_deg: 42}", None, "tussen 90 en 180"),
    ("max_eaves_height", "{exclude_below_pct: 0,5}", None, "met een punt"),
    ("within_building_plane", "{minor_overshoot_m: 1,5}", NONE, "met een punt"),
    ("within_building_plane", "{minor_overshoot_m: -1}", NONE, "0 of meer"),
    ("within_building_plane", "{minor_overshoot_m: {parameter: marge_m}}", NONE, "'-1'"),
    ("within_building_plane", "{minor_overshoot_m: {parameter: marge}}", NONE, "bedoelt u 'marge_m'"),
    ("mill_biotope", "{terrain: opn}", NONE, "bedoelt u 'open'"),
    ("mill_biotope", "{mill: [1]}", NONE, "een plaats [x, y]"),
    ("mill_biotope", "{mill: {ground_nap: 1}}", NONE, "'at'"),
    ("sun_hours_facade", "{period: [19-02]}", NONE, "een begin en een eind"),
    ("sun_hours_facade", "{trees: {doorzicht: 0.5}}", NONE, "bedoelt u 'transparency'"),
    ("overlay_hit", "{kinds: [dubbelbesteming]}", NONE, "bedoelt u 'dubbelbestemming'"),
    ("overlay_hit", "{zones: {A4: {area: 100}}}", NONE, "bedoelt u 'area_m2'"),
    ("facade_line", "{mode: in_front}", NONE, "not_in_front"),
    ("min_distance_side_boundary", "{}", '{op: ">=", value: {from: zone.waarde}, unit: m}', "meet geen waarde van de plankaart"),
    ("max_building_height", "{}", '{op: "<=", value: -9, unit: m}', "negatief"),
    ("max_building_height", "{}", '{op: "<=", value: "1/0", unit: m}', "deelt de formule '1/0' door nul"),
    ("max_building_height", "{}", '{op: "<=", value: "9/(3-3)", unit: m}', "door nul"),
    ("max_building_height", "{}", '{op: "<=", value: "9 m", unit: m}', "zet haar bij 'unit'"),
    ("max_building_height", "{}", '{op: "<=", value: "9,5", unit: m}', "met een punt: 9.5"),
    ("max_building_height", "{}", '{op: "<=", value: "mаx(8, 9)", unit: m}', "geen gewone letter"),
    ("max_building_height", "{}", '{op: "<=", value: 9, unit: meter}', "bedoelt u 'm'"),
    ("max_building_height", "{}", '{op: "<=", value: 9, unit: m, tolerance: -1}', "≥ 0"),
    ("max_building_height", "{}", '{op: "<=", value: "٣+1", unit: m}', "geen gewone letter"),
    ("max_building_height", "{}", '{op: "<=", value: true, unit: m}', "True"),
    ("max_building_height", "{}", '{op: "<=", value: 9,5, unit: m}', "met een punt"),
    ("overlay_hit", "{name: Waarde - Archeologie, hoog}", NONE, "bedoelt u"),
    ("max_area", "{}", '{op: ">=", value: 70, unit: m2}', "kent alleen '<='"),
    ("min_building_height", "{}", '{op: "<", value: 4, unit: m}', "kent alleen '>='"),
    ("max_building_height", "{}", '{op: "<=", value: 9, unit: m, tolerance: 1.4}', "een tiende"),
    ("mill_biotope", "{ratio: 0.01}", NONE, "100 voor 1:100"),
    ("overlay_hit", "{name: Waarde, zeer hoog}", NONE, "tussen aanhalingstekens"),
]


@pytest.mark.parametrize(("check", "measure", "limit", "says"), SLIPS, ids=[f"{check} {measure} {limit or ''}"[:60] for check, measure, limit, _ in SLIPS])
def test_a_slip_is_named_with_its_line(tmp_path, check, measure, limit, says):
    text = rule(check, measure) if limit is None else rule(check, measure, limit)
    with pytest.raises(RulesetError) as caught:
        read(tmp_path, text)
    line = 7 if measure != "{}" else 8
    assert says in str(caught.value) and f"rules.yaml:{line}" in str(caught.value), str(caught.value)
    assert "rules.0" not in str(caught.value)


def test_all_faults_are_listed_in_the_order_of_the_file(tmp_path, capsys):
    bad = [rule("max_coverage_pct", "{denominator: bouwpercel}", PCT, "a"), rule("max_building_hight", name="b"), rule("mill_biotope", "{terrain: opn}", "", "c")]
    with pytest.raises(RulesetError) as caught:
        read(tmp_path, *bad)
    assert len(caught.value.others) == 2 and "nog 2 andere fout(en)" in str(caught.value)
    path = tmp_path / "rules.yaml"
    assert cli.main(["rules", "validate", str(path)]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert [next(word for word in ("bouwpercel", "max_building_hight", "opn", "3 fout(en)") if word in line) for line in lines] == [
        "bouwpercel", "max_building_hight", "opn", "3 fout(en)",
    ]
    assert cli.main(["rules", "validate", "--json", str(path)]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [fault["line"] for fault in found["errors"]] == [7, 10, 17] and found["error"] == found["errors"][0]


def test_a_rule_that_cannot_be_read_does_not_hide_the_others(tmp_path):
    with pytest.raises(RulesetError) as caught:
        read(tmp_path, "- id: a\n  chek: max_area\n  legal: {instrument: plan}\n", rule("mill_biotope", "{terrain: opn}", "", "c"))
    assert ["chek" in text or "opn" in text for text in caught.value.each()] == [True, True]


def test_every_type_of_a_switch_is_sound():
    for schema in switch_types().values():
        jsonschema.Draft7Validator.check_schema(schema)


def test_a_kind_of_part_that_two_exceptions_name_is_told(tmp_path):
    told = "  exceptions:\n  - {id: kap, classes: [chimney], decision: auto, max_extra_m: 0.5}\n  - {id: mast, classes: [antenna, chimney], decision: auto}\n"
    with pytest.raises(RulesetError, match="'kap' en 'mast' allebei 'chimney'"):
        read(tmp_path, rule("max_building_height") + told)
    read(tmp_path, rule("max_building_height") + told.replace("[antenna, chimney]", "[antenna]"))
