"""What each check says of one house with everything on it, for each word that each of its switches may have: told by all, told to nobody, too much, enough.

    python tests/checks/switch_records.py     # writes switch_records.txt anew: look at ``git diff`` and commit what was meant

The switches are those that a check declares itself, so that a new one comes here by itself; ``placed``: the rule holds in the west half alone. Of each word the record holds what it changes.
"""

from __future__ import annotations

import difflib
import sys
from dataclasses import replace
from pathlib import Path

import shapely

if not {str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent)} <= set(sys.path):  # beside the scenes, also when run by itself
    sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent)]

from finding_records import lines_of
from finding_scenes import FACADE, FRONT, LINE, MILL, NEIGHBOUR, OLD_HOUSE, OLD_SHED, REAR, SIDES, drawn, on, value

import scenes
from drieluik.checks import REGISTRY
from drieluik.checks.declared.declaration import SUNLIGHT
from drieluik.model import LegalSource, Level, Limit, Rule, Ruleset
from drieluik.review import review
from one_rule import PEIL, rd
from scenes import GROUND, box_part, gable_part

HELD = Path(__file__).with_suffix(".txt")
box = shapely.box
PARTS = (
    gable_part(5, 5, 15, 15, 5.5, 9.5, fid="house"), box_part(8, 6, 11, 9.5, 5, 8, fid="dormer"), box_part(7, 9.7, 7.6, 10.3, 9, 10.7, kind="chimney", fid="chimney"),
    box_part(4.4, 4.4, 15.6, 15.6, 5.3, 5.5, kind="roof", fid="overhang"), box_part(9, 3.8, 11, 5, 2.8, 3, kind="balcony", fid="balcony"), box_part(7, 15, 9, 16.3, 0, 3, fid="bay"),
    box_part(15, 6, 18, 11, 2.5, 2.7, kind="canopy", fid="carport"), box_part(17.8, 6, 18, 6.2, 0, 2.5, kind="column", fid="post"), box_part(6, 6, 14, 18, -2.8, 0, fid="cellar"),
    gable_part(15.5, 30, 19, 34, 2.6, 4.2, fid="shed"), box_part(2, 28, 2.5, 28.5, 0, 11.2, kind="chimney", fid="stack"),
)
LEVELS = (Level("kelder", GROUND - 2.8), Level("begane grond", GROUND), Level("verdieping", GROUND + 2.9), Level("zolder", GROUND + 5.6))
VALUES = (value("bouwhoogte", 9.0), value("goothoogte", 5.0), value("bebouwingspercentage", 90.0, "%"), value("dakhelling", 38.0, "graden"), value("bouwhoogte", 9.6, qualifier="minimum"))
SITE = on(drawn(*VALUES), drawn(fid="f1", kind="functieaanduiding", name="kantoor"), registered_buildings=(NEIGHBOUR, OLD_SHED, OLD_HOUSE))
ANSWERS = {**PEIL, **SIDES, **FRONT, **REAR, **FACADE, "ground_floor": {"top_nap_m": GROUND + 0.3, "underside_nap_m": GROUND}}
LIMITS = {
    "max_building_height": (9.0, 10.0), "max_eaves_height": (5.0, 8.2), "roof_pitch_range": (30.0, 45.0), "max_area": (100.0, 200.0), "min_area": (90.0, 200.0), "max_volume": (700.0, 1300.0),
    "max_storeys": (1.0, 3.0), "min_building_height": (5.0, 9.6), "min_eaves_height": (3.0, 5.6), "min_coverage_pct": (10.0, 30.0), "max_coverage_pct": (14.0, 40.0),
    "min_distance_side_boundary": (1.5, 4.7), "min_distance_rear_boundary": (5.0, 24.0), "min_distance_front_boundary": (4.1, 4.9), "min_distance_road_axis": (7.0, 11.5),
    "min_distance_buildings": (2.0, 15.0), "max_depth": (9.0, 13.0), "max_width": (9.0, 13.0),
}
"""Of each check one that is passed by some way of measuring and one that is not."""
WORDS = {
    "yes_no": (True, False), "metres": (1.0,), "percent": (60.0,), "square_metres": (40.0,), "part_kinds": ([], ["chimney", "balcony"]), "roof_angle": (142.0,), "party_walls": ("ignore",),
    "names": (["shed"],), "positive": (2.0,), "nap": (GROUND + 4.0,),
}
"""What stands for each type of switch."""
MORE = {
    "secondary_buildings": {"secondary_parts": ["shed"], "max_height_m": 4.0}, "other_structures": {"parts": ["stack", "post"], "max_height_m": 3.0},
    "mill_biotope": {"mill": MILL, "model": "formula", "n": 140.0, "c": 0.2, "z": 12.0}, "aviation_height": {"surface": {"type": "constant", "nap_m": GROUND + 9.0}},
    "cns_height": {"station_at": rd((0, 0))[0], "begin": GROUND + 2.0, "slope": 0.05, "r": 10.0, "a": GROUND + 2.0, "R": 500.0}, "radio_link_height": {
        "line": LINE, "half_width_m": 20.0, "heights_nap": [5.0, 15.0]}, "powerline_zone": {"line": LINE, "half_width_m": 3.0},
    "overlay_hit": {"area_m2": 50.0}, "facade_line": {"mode": "must_be_on", "tolerance_m": 0.1},
}
"""What a check needs beside its limit to have something to say."""
ROAD, NEAREST = "min_distance_road_axis", "choice_lines"
"""Along a road beside the house every place is as near as another: which one GEOS takes differs from version to version."""
SILENT = {"terrain": None}
"""Of the second reading of each word: nobody answered anything, and the ground is not known."""


def names():
    """Return the names of all cases: check, limit (by its place), switch, word (by its place)."""
    found = []
    for name, check in REGISTRY.items():
        if check.family == SUNLIGHT:  # tests/measure/sun_records.py has the sun
            continue
        last = len(LIMITS.get(name, (None,))) - 1
        found += [*(f"{name} {k}" for k in range(last + 1)), f"{name} {last} placed 0"]
        for switch, kind in check.switches.items():
            words = kind if isinstance(kind, tuple) else WORDS.get(kind, ())
            found += [f"{name} {last} {switch} {j}" for j in range(len(words))]
    return found


def findings(case, told=True):
    """Return the findings of a case; ``told``: with all answers and levels."""
    name, k, *more = case.split()
    check = REGISTRY[name]
    bound = LIMITS.get(name, (None,))[int(k)]
    op = ">=" if name.startswith("min_") or (name == "roof_pitch_range" and k == "0") else "<="
    limit = None if bound is None else Limit(op, check.units[0], bound)
    measure = dict(MORE.get(name, {}))
    placed = {"applies_when": {"location": {"polygon": rd((-60, -60), (10, -60), (10, 60), (-60, 60))}}} if more[:1] == ["placed"] else {}
    if more and not placed:
        kind = check.switches[more[0]]
        measure[more[0]] = (kind if isinstance(kind, tuple) else WORDS[kind])[int(more[1])]
    rule = Rule(name, name, {"nl": name}, (LegalSource("Voorbeeldplan", "5.2"),), limit, measure=measure, **placed)
    site, levels, answers = (SITE, LEVELS, ANSWERS) if told else (replace(SITE, **SILENT), (), {})
    return review(site, scenes.design(*PARTS, levels=levels), Ruleset("t", "1", {}, (rule,)), answers)


def lines(case):
    """Return what a case says, told and untold; what is shown by its roles alone."""
    found = []
    for told in (True, False):
        found.append("  told" if told else "  untold")
        for finding in findings(case, told):
            found += ["  " + line for line in lines_of(finding) if not line.startswith(("  shows", "  used")) and not (NEAREST in line and case.startswith(ROAD))]
            found.append("    shows " + ", ".join(sorted({piece.role for piece in finding.evidence})))
    return found


def record(cases):
    """Return the record of some cases as text: of a switch only what it adds and takes away."""
    plain, parts = {}, []
    for case in cases:
        said = lines(case)
        base = " ".join(case.split()[:2])
        plain.setdefault(base, said if case == base else lines(base))
        if case != base:
            said = [line for line in list(difflib.unified_diff(plain[base], said, n=0, lineterm=""))[2:] if not line.startswith("@@")] or ["  as without it"]
        parts.append("\n".join([f"== {case}", *said]))
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    HELD.write_text(record(names()), encoding="utf-8")
