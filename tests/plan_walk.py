"""The walk of a plan: its map and its text as files, the text read and confirmed as a profile file, a house with what stands around it, and the review."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import yaml
from shapely import affinity, box
from shapely.geometry import mapping

from drieluik.cli import main
from drieluik.data_sources.case import read_case
from drieluik.data_sources.rules.measuring_profiles import read_profile, write_profile
from drieluik.job import run_case
from drieluik.model import Part
from drieluik.model.plan_words import CONFIRMED, NUMBER_LEFT
from scenes import ORIGIN, box_part, gable_part

PEIL = 1.0
HOUSE, EXTENSION = gable_part(-4, -4.5, 4, 4.5, 5.5, 8.2, fid="house"), box_part(-3, 4.5, 1, 7.5, 0, 3.1, fid="extension")
DORMER = box_part(-1, -3.4, 1, -0.6, 5.0, 7.4, fid="dormer")
SHED, REAR, FRONT = box_part(3, 12, 7, 16, 0, 2.8, fid="shed"), box_part(-8, 18.8, 8, 18.9, 0, 1.9, fid="rear"), box_part(-8, -6.9, 8, -6.8, 0, 1.2, fid="front")
KINDS = {"house": "hoofdgebouw", "dormer": "hoofdgebouw", "extension": "aanbouw", "shed": "bijgebouw", "rear": "erfafscheiding", "front": "erfafscheiding"}
PLOT = box(-8, -7, 8, 19)
"""Metres from the middle of the house, x along its front, y to the rear."""


@dataclass(frozen=True)
class Spot:
    """Where the middle of the house stands (RD), turned over so many degrees."""

    x: float
    y: float
    turn: float = 0.0

    def rd(self, shape):
        """Return a shape in metres from the house at its place."""
        return affinity.translate(affinity.rotate(shape, self.turn, origin=(0, 0)), self.x, self.y)

    def at(self, x, y):
        """Return a place in metres from the house in RD."""
        return [round(one, 3) for one in self.rd(box(x, y, x, y)).bounds[:2]]


def walked(folder: Path, plan_id: str, plan: Path, texts: dict[str, str], spot: Spot, decide=None, parts=(HOUSE, DORMER, EXTENSION, SHED, REAR, FRONT), answers=None):
    """Return the review of the house by the rules of a plan whose text (files by name) somebody confirmed; ``decide(norm) -> norm`` decides otherwise."""
    (folder / "regels").mkdir()
    for name, text in texts.items():
        (folder / "regels" / name).write_text(text, encoding="utf-8")
    profile = folder / "profiel.yaml"
    assert main(["plan", "read", str(folder / "regels"), "--profile", str(profile), "--plan", plan_id]) == 0
    read = read_profile(profile)
    norms = tuple((decide or confirmed)(norm) for norm in read.norms)
    entries = tuple(replace(entry, by="J. Toets", at="2026-05-01") for entry in (*read.entries, *read.proposed))
    write_profile(replace(read, norms=norms, entries=entries, proposed=()), profile)
    _write_design(parts, folder / "huis.obj")
    _write_surroundings(spot, folder)
    (folder / "case.yaml").write_text(yaml.safe_dump(_case(plan_id, plan, spot, answers or {})), encoding="utf-8")
    return run_case(read_case(folder / "case.yaml"))


def confirmed(norm):
    """Return a norm as an officer confirms it; a number that no proposal holds stays as it is."""
    return norm if norm.clause.quantity == NUMBER_LEFT else replace(norm, decision=CONFIRMED, by="J. Toets", at="2026-05-01")


def _case(plan_id: str, plan: Path, spot: Spot, answers):
    given = {
        "dormers_count": "no", "peil": {"method": "nap_value", "nap_m": PEIL, "by": "J. Toets"}, "objects": KINDS, "roles": dict.fromkeys(KINDS, "design"),
        "facade_line": {"lines": [[spot.at(-4, -4.5), spot.at(4, -4.5)]], "road_side": spot.at(0, -12)}, **answers,
    }
    bgt = [f"bgt_{name}.geojson" for name in ("wegdeel", "onbegroeidterreindeel", "pand")]
    sources = {"plans": str(plan), "parcels": "perceel.geojson", "bag": "bag_pand.geojson", "bgt": bgt, **dict.fromkeys(("terrain", "buildings3d"), "none")}
    return {
        "case": {"id": "W-1", "application_date": "2026-05-01"}, "site": {"centre": [spot.x, spot.y], "radius_m": 60, "sources": sources},
        "design": {
            "name": "A", "files": ["huis.obj"], "unit": "m", "up_axis": "z",
            "placement": {"easting_m": spot.x, "northing_m": spot.y, "rotation_deg": spot.turn, "base_nap_m": PEIL},
        },
        "rulesets": ["plan"], "profiles": ["profiel.yaml"], "plan_texts": [{"plan": plan_id, "path": "regels"}], "answers": given,
    }


def _write_design(parts: tuple[Part, ...], path: Path) -> None:
    lines, first = [], 1
    for part in parts:
        lines.append(f"o {part.fid}")
        lines += [f"v {x:.4f} {y:.4f} {z:.4f}" for x, y, z in part.vertices - np.array([*ORIGIN, 1.0])]
        lines += [f"f {a + first} {b + first} {c + first}" for a, b, c in part.faces]
        first += len(part.vertices)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _write_surroundings(spot: Spot, folder: Path) -> None:
    """A street in front, gardens behind it, the plot and that of a neighbour with a house."""
    parcels = [(PLOT, 101), (box(8, -7, 24, 19), 102)]
    _write(folder / "perceel.geojson", spot, [(shape, {
        "identificatieLokaalID": f"9999001{number}0000", "kadastraleGemeenteWaarde": "Voorbeeldwijk", "AKRKadastraleGemeenteCodeWaarde": "VBW00", "sectie": "A",
        "perceelnummer": number, "kadastraleGrootteWaarde": round(shape.area), "soortGrootteWaarde": "Vastgesteld", "statusHistorieWaarde": "Geldig",
    }) for shape, number in parcels])
    neighbour = box(13, -4, 20, 4)
    _write(folder / "bag_pand.geojson", spot, [(neighbour, {
        "identificatie": "9999100000000001", "bouwjaar": 1958, "status": "Pand in gebruik", "gebruiksdoel": "woonfunctie", "aantal_verblijfsobjecten": 1,
    })])
    mapped = {"tijdstip_registratie": "2020-01-15T10:00:00Z", "relatieve_hoogteligging": 0, "status": "bestaand"}
    for name, shape, words in (
        ("wegdeel", box(-40, -13, 40, -7), {"functie": "rijbaan lokale weg", "fysiek_voorkomen": "gesloten verharding"}),
        ("onbegroeidterreindeel", box(-40, -7, 40, 40), {"fysiek_voorkomen": "erf"}), ("pand", neighbour, {"bag_pnd": "9999100000000001"}),
    ):
        _write(folder / f"bgt_{name}.geojson", spot, [(shape, {"lokaal_id": f"G9999.{name}", **mapped, **words})])


def _write(path: Path, spot: Spot, features) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
    told = [{"type": "Feature", "geometry": mapping(spot.rd(shape)), "properties": words} for shape, words in features]
    path.write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": told}), encoding="utf-8")
