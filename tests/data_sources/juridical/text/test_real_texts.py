"""The reader on real texts with hand-made truth, where they are present: what is asked of it stays reached."""

import importlib.util
import json

import pytest

from drieluik.data_sources.juridical.text.reading_text import read_text


@pytest.fixture(scope="module")
def scores(shared, tmp_path_factory):
    folder = shared / "data" / "plan-texts"
    if not folder.is_dir():
        pytest.skip("real plan texts with their truth stand beside the project, not in it; test_norms.py holds texts of our own")
    predictions = {}
    for record in json.loads((folder / "truth.json").read_text(encoding="utf-8")):
        found = read_text((folder / record["file"]).read_text(encoding="utf-8"))
        items = [
            {"object": c.object, "quantity": c.quantity, "op": c.operator, "value": c.value, "value2": c.value2, "unit": c.unit, "from_map": c.from_map or None,
             "power": c.power, "conditions": list(c.conditions), "quote": c.quote, "span": [c.start, c.end]} for c in found.clauses
        ]
        items += [{"quantity": "profile", "profile_key": {m.key: m.value}, "quote": m.quote, "span": [m.start, m.end]} for m in found.measuring]
        predictions[record["file"]] = {"items": items, "unread": [{"start": u.start, "end": u.end} for u in found.unread]}
    out = tmp_path_factory.mktemp("texts")
    (out / "predictions.json").write_text(json.dumps(predictions), encoding="utf-8")
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.main([str(folder / "truth.json"), str(out / "predictions.json"), "--object", "--json", str(out / "scores.json")])
    return json.loads((out / "scores.json").read_text(encoding="utf-8"))


def test_rules_with_their_object_are_right_in_nine_of_ten(scores):
    rules = scores["rules"]
    assert rules["right"] / rules["predicted"] >= 0.90
    assert rules["right"] / rules["truth"] >= 0.85


def test_measuring_keys_are_right_in_nine_of_ten(scores):
    truth, _, right, _ = (sum(column) for column in zip(*scores["profile"].values()))
    assert right / truth >= 0.90


def test_no_number_is_lost_and_every_quote_can_be_confirmed(scores):
    assert scores["numbers"].get("LOST", 0) == 0
    assert scores["bad_quotes"] == 0
    assert scores["wide_quotes"] == 0
