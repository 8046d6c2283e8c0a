"""What each check declares is what the rule files are tested against, word for word, and each switch has a kind that is known."""

import importlib.util
import json

import scenes
from drieluik.checks import REGISTRY


def test_what_rule_files_are_tested_against_is_what_is_declared():
    spec = importlib.util.spec_from_file_location("catalogue_script", scenes.ROOT / "scripts" / "catalogue.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert (scenes.ROOT / "rulesets" / "checks.json").read_text(encoding="utf-8") == script.declared(), "make catalogue"


def test_each_switch_has_words_to_choose_from_or_a_kind_that_is_known():
    kinds = json.loads((scenes.ROOT / "rulesets" / "switch_types.json").read_text(encoding="utf-8"))
    for check in REGISTRY.values():
        for switch, kind in check.switches.items():
            assert (len(kind) > 1 or switch == "measured_at") if isinstance(kind, tuple) else kind in kinds, (check.name, switch, kind)


def test_a_norm_of_a_text_goes_to_a_switch_that_its_check_has():
    for check in REGISTRY.values():
        for norm in getattr(check, "text_norms", ()):
            assert norm.switch in {"", *check.switches} and norm.way in ("<=", ">=", "<", ">") and norm.unit in (*check.units, "m", "m2", "%"), (check.name, norm)


def test_which_checks_measure_each_place_by_itself():
    """What stands at a place, or is asked of it, is of that place; a distance, a width or a depth is of the whole."""
    whole = {"max_area", "max_coverage_pct", "max_storeys", "max_volume", "min_area", "min_coverage_pct", "overlay_hit", "plan_text", "roof_pitch_range", "within_building_plane"}
    heights = {f"{end}_{size}" for end in ("max", "min") for size in ("building_height", "eaves_height")}
    assert {name for name, check in REGISTRY.items() if getattr(check, "by_place", False)} == whole | heights
