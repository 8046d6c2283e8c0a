"""The main reading path on designs of our own making: good ones to their measures, hostile ones refused or told. Runs in any clone."""

from __future__ import annotations

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from drieluik.command.inspection import inspect_group
from scenes import ROOT

FOLDER = ROOT / "tests" / "fixtures" / "designs"
sys.path.insert(0, str(FOLDER))
import made  # noqa: E402

FILES = {**made.GOOD, **made.BAD}
WHOLE = [name for name, one in FILES.items() if one.whole]
PLACED = [name for name in made.GOOD if name.endswith((".ifc", ".ifczip")) and "2x3" not in name]
PLACED += ["east_and_north_swapped.ifc", "map_in_millimetres.ifc", "map_without_scale.ifc"]


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """Every file inspected, two at a time: (result, seconds)."""
    folder = tmp_path_factory.mktemp("own") / "in" / "here"
    folder.mkdir(parents=True)

    def one(name: str):
        (folder / name).write_bytes(FILES[name].data())
        start = time.monotonic()
        return inspect_group([folder / name]), time.monotonic() - start

    with ThreadPoolExecutor(2) as pool:
        results = dict(zip(FILES, pool.map(one, FILES)))
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES) and [path.name for path in folder.parent.iterdir()] == ["here"]
    return results


@pytest.mark.parametrize("name", FILES)
def test_outcome_and_its_reason(found, name):
    (result, seconds), expected = found[name], FILES[name]
    codes = [message["code"] for message in result["messages"]]
    assert (result["status"], expected.code or None) == (expected.expect, expected.code if expected.code in codes else None), codes
    assert seconds < 20  # two at a time on a shared machine; alone each stays under 2 s
    text = json.dumps(result, allow_nan=False)
    assert "Traceback" not in text and all(message["text"] != message["code"] and "{" not in message["text"] for message in result["messages"])


@pytest.mark.parametrize("name", WHOLE)
def test_the_house_comes_out_whole(found, name):
    """11 x 7 m, eaves 3.60 m, ridge 6.80 m: 77 m2, 42.44 degrees, 400.40 m3."""
    got = found[name][0]["measures"]
    assert sorted(found[name][0]["size_m"]) == pytest.approx([6.8, 7.0, 11.0], abs=0.002)
    assert (got["height_m"], got["ridge_m"], got["eaves_m"]) == (pytest.approx(6.8, abs=0.002), pytest.approx(6.8, abs=0.002), [pytest.approx(3.6, abs=0.002)])
    assert (got["projection_m2"], got["footprint_m2"], got["volume_m3"]) == (pytest.approx(77, abs=0.02), pytest.approx(77, abs=0.02), pytest.approx(400.4, abs=0.05))
    assert got["roof_pitch_deg"] == [42.4]


@pytest.mark.parametrize("name", PLACED)
def test_the_house_stands_at_its_place(found, name):
    place = found[name][0]["georeference"]
    assert (place["easting_m"], place["northing_m"], place["height_m"]) == pytest.approx(made.h.RD, abs=0.001)


def test_two_houses_through_each_other_are_counted_once(found):
    """Moved by (6, 2): they share 5 x 5 m of ground."""
    assert found["two_in_each_other.obj"][0]["measures"]["footprint_m2"] == pytest.approx(2 * 77 - 25, abs=0.02)


def test_an_open_house_has_no_volume(found):
    assert found["no_floor.obj"][0]["measures"]["volume_m3"] is None


def test_the_page_describes_every_file():
    assert (FOLDER / "README.md").read_text(encoding="utf-8") == made.readme()


def test_what_stands_in_the_repository_is_small_text():
    files = [path for path in (ROOT / "tests" / "fixtures").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert sum(path.stat().st_size for path in files) < 300_000 and {path.suffix for path in files} <= {".py", ".md"}
