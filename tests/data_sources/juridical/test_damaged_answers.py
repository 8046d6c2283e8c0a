"""Seeded damage to what services and files give: one sentence, or plan objects with finite geometry; never a crash."""

from __future__ import annotations

import copy
import json
import random

import numpy as np
import pytest
import shapely
from shapely.geometry import mapping

from drieluik.data_sources.juridical.proposing import propose
from drieluik.data_sources.juridical.reader import read_plan
from drieluik.errors import SourceError
from drieluik.texts import sentence

SQUARE = mapping(shapely.box(100_000, 400_000, 100_010, 400_010))
IHR = {
    "plans": [{"id": "P", "naam": "Dorp", "type": "bestemmingsplan", "planstatusInfo": {"planstatus": "vastgesteld", "datum": "2015-03-01"}, "dossier": {"status": "x"}}],
    "objects_by_kind": {
        "bestemmingsvlakken": [{"planId": "P", "id": "e", "naam": "Wonen", "type": "enkelbestemming", "geometrie": SQUARE, "verwijzingNaarTekst": ["https://x"]}],
        "maatvoeringen": [{"planId": "P", "id": "m", "naam": "m", "geometrie": SQUARE, "omvang": [{"naam": "maximum bouwhoogte (m)", "waarde": "9"}], "bouwvlak": "b"}],
    },
}
DSO = {
    "regeling": {"identificatie": "R", "officieleTitel": "Plan", "type": {"waarde": "Omgevingsplan"}, "geregistreerdMet": {"beginInwerking": "2024-01-01"}},
    "annotations": {
        "regelteksten": [{"identificatie": "t", "wId": "x__art_1"}], "regelsVoorIedereen": [{"identificatie": "r", "regeltekstRef": "t", "locatieRefs": ["l"]}],
        "locaties": [{"identificatie": "l", "geometrieIdentificatie": "g"}],
        "omgevingsnormen": [{"identificatie": "n", "naam": "maximum bouwhoogte", "normwaarden": [{"identificatie": "w", "kwantitatieveWaarde": 9, "locatieRefs": ["l"]}]}],
    },
    "geometries": {"g": SQUARE}, "structure": [{"wId": "x__art_1", "inhoud": "<Al>a</Al>"}],
}
FEATURES = {"type": "FeatureCollection", "features": [
    {"type": "Feature", "id": "maatvoering.1", "geometry": SQUARE, "properties": {"identificatie": "m", "plangebied": "P", "maatvoering": '"maximum bouwhoogte (m)"="9"', "datum": "2020-01-01"}},
    {"type": "Feature", "id": "enkelbestemming.1", "geometry": SQUARE, "properties": {"identificatie": "e", "plangebied": "P", "naam": "Wonen", "planstatus": "vastgesteld"}},
]}
JUNK = [None, True, -1, 1e308, "", "x", "<a>&", [], {}, [[]], [None], {"a": 1}, "\u0000", "9" * 400, [1, 2], "2020-99-99"]


def spots(node, found):
    """Every (container, key) in a JSON tree."""
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in items:
        found.append((node, key))
        spots(value, found)
    return found


@pytest.mark.parametrize("seed", range(120))
@pytest.mark.parametrize("data", [IHR, DSO, FEATURES], ids=("ihr", "dso", "features"))
def test_damaged_json(tmp_path, data, seed):
    dice = random.Random(seed)
    data = copy.deepcopy(data)
    for _ in range(dice.randint(1, 3)):
        holder, key = dice.choice(spots(data, []) or [(data, "x")])
        if dice.random() < 0.3 and isinstance(holder, dict):
            holder.pop(key, None)
        else:
            holder[key] = copy.deepcopy(dice.choice(JUNK))
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(data))
    sound(path)


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("name", ["owLocaties-Gemeentestad.xml", "owOmgevingsnormOmgevingswaarde.xml", "Bouwhoogte.gml"])
def test_damaged_imow(tmp_path, shared, name, seed):
    dice = random.Random(seed)
    folder = tmp_path / "imow"
    folder.mkdir()
    for file in ("owLocaties-Gemeentestad.xml", "owOmgevingsnormOmgevingswaarde.xml", "Bouwhoogte.gml"):
        data = bytearray((shared / "data" / "imow" / file).read_bytes())
        if file == name:
            words = [b"13", b"Normwaarde", b"LocatieRef", b"href", b"identificatie", b"posList", b"MultiSurface", b"Gebied>", b"GeometrieRef", b"basisgeo:id"]
            word = dice.choice([word for word in words if word in data])
            at = data.index(word, dice.randrange(max(1, data.rindex(word))))
            data[at : at + len(word)] = dice.choice([b"x", b"", b"nan", word + b"2", b"<x/>"])
        (folder / file).write_bytes(bytes(data))
    sound(folder)


def sound(path):
    error, areas, plans, notes = None, (), (), ()
    try:
        areas, plans, notes = read_plan(path)
    except SourceError as caught:
        error = caught
    assert error is None or error.message().endswith(".")
    assert all(np.isfinite(shapely.get_coordinates(area.geometry)).all() and area.geometry.is_valid and not area.geometry.is_empty for area in areas)
    assert all(value.value is None or np.isfinite(value.value) for area in areas for value in area.values)
    for note in (*notes, *(note for plan in propose(plans, areas, "2026-01-01") for note in plan.reasons)):
        assert note.code not in sentence(note.code, note.as_dict())
