"""What ``inspect`` says of a design and what a review measures of it, above the same peil and with nothing around it, are the same numbers."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from drieluik.command.inspection import inspect_group
from drieluik.data_sources.design import assemble
from drieluik.data_sources.design.process import read_files
from drieluik.model import DesignRequest, LayerState, LegalSource, Limit, Placement, Provenance, Rule, Ruleset, Site, Verdict
from drieluik.review import review
from scenes import ROOT

sys.path.insert(0, str(ROOT / "tests" / "fixtures" / "designs"))
import made

SHARED = ROOT.parent / "shared" / "designs" / "good"
BRIDGE = "nl_brienenoord_bridge_ifc4x3.ifc"
"""A review of it takes minutes; test_good_designs measures it."""
GOOD = sorted(path.name for path in SHARED.glob("*") if (path.suffix not in (".md", ".json") or ".city" in path.name) and path.name != BRIDGE)
OWN = [name for name, one in {**made.GOOD, **made.BAD}.items() if one.expect != "reject"]
EAST, NORTH, BASE = 155_000.0, 463_000.0, 1.37
LAYERS = ("plans", "parcels", "bag", "bgt", "buildings3d", "terrain")
RULES = {
    "height": ("max_building_height", "<=", "m", {}), "area": ("max_area", "<=", "m2", {"counts": "gebouwen"}),
    "projected": ("max_area", "<=", "m2", {"of": "projection"}), "volume": ("max_volume", "<=", "m3", {}),
    "storeys": ("max_storeys", "<=", "", {}), "eaves": ("max_eaves_height", "<=", "m", {"eaves_at": "wall_plane"}),
}


def rules() -> Ruleset:
    told = (LegalSource("made for a test"),)
    every = (Rule(name, check, {"nl": name}, told, Limit(op, unit, 1e6), measure=measure) for name, (check, op, unit, measure) in RULES.items())
    return Ruleset("t", "1", {}, tuple(every))


def reviewed(path: Path, zero: float) -> dict[str, dict[str, object]]:
    """The verdict and the measurements (by name, the first of each) of every rule; a model without a place has its zero at ``BASE`` m NAP."""
    raws = read_files([path], lambda fraction: None)
    placed = any(raw.georeference for raw in raws)
    design = assemble(DesignRequest((path.name,), "it", None if placed else Placement("case", EAST, NORTH, 0.0, BASE)), raws, [path])
    records = tuple(Provenance(layer, LayerState.LOADED, layer, "", "", "", "", 1) for layer in LAYERS)
    middle = design.bounds.mean(axis=0)
    site = Site((float(middle[0]), float(middle[1])), 500.0, provenance=records)
    answers = {"peil": {"method": "nap_value", "nap_m": zero + design.placement.base_nap_m, "reason": "made for a test"}}
    found = review(site, design, rules(), answers)
    return {one.rule: {"verdict": one.verdict, **{m.name: m.value for m in reversed(one.measurements)}} for one in found}


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """Inspected and reviewed, two at a time, by name."""
    folder = tmp_path_factory.mktemp("both")
    for name in OWN:
        (folder / name).write_bytes({**made.GOOD, **made.BAD}[name].data())

    def one(path: Path):
        result = inspect_group([path])
        return result, reviewed(path, result["measures"]["zero_m"]) if result.get("measures") else {}

    paths = [*(SHARED / name for name in GOOD), *(folder / name for name in OWN)]
    with ThreadPoolExecutor(2) as pool:
        return dict(zip((path.name for path in paths), pool.map(one, paths)))


@pytest.mark.parametrize("name", [*GOOD, *OWN])
def test_every_number_is_the_same(both, name):
    result, found = both[name]
    got = result["measures"]
    if not got:
        pytest.skip("several buildings, none of which is named")
    assert got["top_m"] == pytest.approx(found["height"]["height_above_peil"], abs=0.002)
    if found["projected"]["verdict"] is Verdict.COMPLIES:  # a part of which the role is open is told as such, by both
        assert got["projection_above_m2"] == pytest.approx(found["projected"]["area"], rel=1e-4, abs=0.01)
    if got["footprint_m2"] is None:  # nothing encloses: no number is a fact, and what depends on it is asked
        assert found["volume"]["verdict"] is not Verdict.COMPLIES or got["top_m"] == 0.0  # over a sheet lies no room, whatever counts
        assert found["storeys"]["verdict"] is not Verdict.COMPLIES
        return
    if found["area"]["verdict"] is Verdict.COMPLIES:
        assert got["footprint_m2"] == pytest.approx(found["area"]["area"], rel=1e-4, abs=0.01)
    else:
        assert result["open_points"]
    if found["volume"].get("volume_base") == pytest.approx(found["height"]["peil"], abs=0.001):
        volume = got["volume_m3"] if got["volume_m3"] is not None else got["volume_estimate_m3"][0]
        assert volume == pytest.approx(found["volume"]["volume"], rel=1e-4, abs=0.6)
    low, high = (found["storeys"].get(name, found["storeys"].get("storeys")) for name in ("storeys_low", "storeys_high"))
    likely = got["storeys_range"] or [got["storeys"]] * 2
    assert (low is None and result["open_points"]) or likely == [low, high] or (got["storeys_range"] and low <= likely[0] and likely[1] <= high)  # without floors a review names what bounds the count
    if got["eaves_m"] and got["eaves_between_m"] is None and found["area"]["verdict"] is Verdict.COMPLIES:  # of what is no building eaves are nothing
        assert min(abs(found["eaves"]["eaves_above_peil"] - one) for one in (*got["eaves_m"], *(got["eaves_other_m"] or []))) < 0.03
