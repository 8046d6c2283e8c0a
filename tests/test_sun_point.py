"""``drieluik sun``: the answer, its chart, and bad input that gets a sentence."""

from __future__ import annotations

import json
import shutil

import pytest
import yaml

from drieluik import cli

HERE = "187032.0,441005.0,3.0"
"""North of the demo's house."""


@pytest.fixture
def ask(demo_case, capsys):
    def run(*words, at=HERE, date="2027-03-21", case=demo_case):
        code = cli.main(["sun", "--case", str(case), "--at", at, "--date", date, *map(str, words)])
        seen = capsys.readouterr()
        return code, seen.out, seen.err

    return run


@pytest.fixture
def changed(demo_case, tmp_path):
    """Return a function that copies the demo's case with changes made to it."""

    def copy(change):
        shutil.copytree(demo_case.parent, tmp_path / "demo", ignore=shutil.ignore_patterns("generator"))
        path = tmp_path / "demo" / demo_case.name
        words = yaml.safe_load(path.read_text(encoding="utf-8"))
        change(words)
        path.write_text(yaml.safe_dump(words), encoding="utf-8")
        return path

    return copy


def test_the_answer_as_data_and_as_a_sentence(ask):
    code, out, _ = ask("--json", "--normal", "0,-1")
    found = json.loads(out)
    assert code == 0 and 0 <= found["minutes_after"] <= found["minutes_before"] <= 720 and found["step_min"] <= 5
    assert (found["date"], found["design"]) == ("2027-03-21", "A")
    code, out, _ = ask("--lang", "en")
    assert code == 0 and "21 March 2027" in out


def test_a_chart_of_the_sky_with_who_stands_in_it(ask, tmp_path):
    code, _, _ = ask("--chart", tmp_path / "sky.svg")
    assert code == 0 and "ontwerp A" in (tmp_path / "sky.svg").read_text(encoding="utf-8")
    code, _, err = ask("--chart", tmp_path / "no" / "sky.svg")
    assert code == 1 and "sky.svg" in err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"date": "2027-02-30"}, "geen datum"), ({"at": "187030,440990"}, "geen punt"), ({"at": "a,b,c"}, "geen punt"),
        ({"at": "nan,440990,1"}, "geen punt"), ({"at": "4.36,52.01,1"}, "niet in Nederland"),
        ({"at": "187030,440990,1e300"}, "geen hoogte"), ({"at": "187030,440990,-50"}, "geen hoogte"),
    ],
)
def test_bad_words_get_a_sentence(ask, words, says):
    code, _, err = ask(**words)
    assert code == 2 and says in err and "Traceback" not in err


def test_a_normal_of_no_length(ask):
    code, _, err = ask("--normal", "0,0")
    assert code == 2 and "richting" in err


def test_a_point_inside_a_wall_and_one_far_away_are_said(ask):
    _, inside, _ = ask(at="186938.9,440973.5,3.0")
    _, far, _ = ask(at="187930.3,440992.1,3.0")
    assert "daar komt geen zon" in inside and "buiten de geladen omgeving" in far


@pytest.mark.parametrize("height", ["2.5", "5.0"])
def test_a_point_in_a_room_of_the_design_is_said(ask, height):
    _, room, _ = ask(at=f"187029.5,440995,{height}")
    _, before_the_facade, _ = ask(at=f"187030.3,440990,{height}")
    assert "ligt binnen in A" in room and "binnen in" not in before_the_facade


def test_a_sun_that_never_comes_high_enough_is_said(ask, monkeypatch):
    from drieluik.command import sun_point
    from drieluik.measure.sun.sun_norms import SunNorm

    monkeypatch.setattr(sun_point, "SunNorm", lambda: SunNorm(min_altitude_deg=20.0))
    code, out, _ = ask("--json", date="2027-12-21")
    found = json.loads(out)
    assert code == 0 and found["minutes_before"] == 0 and any("komt de zon niet boven 20°" in note for note in found["notes"])


def test_without_buildings_or_with_a_failed_layer(ask, changed):
    code, out, _ = ask(case=changed(lambda c: c["site"]["sources"].update(buildings3d="none")))
    assert code == 0 and "geen gebouwen in 3D" in out


def test_a_failed_layer_of_buildings_is_no_empty_place(ask, changed):
    code, _, err = ask(case=changed(lambda c: c["site"]["sources"].update(buildings3d="data/none.city.jsonl")))
    assert code == 1 and "none.city.jsonl" in err and "zonder die gebouwen" in err
