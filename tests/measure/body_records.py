"""What is measured of small bodies of every shape, and of the place that they stand in: every property of the design's geometry, every row and remark.

    python tests/measure/body_records.py     # writes body_records.txt anew: look at ``git diff`` and commit what was meant

Places from the scene's corner and heights above its ground (m), two decimals; the sizes are such that none is round of itself.
"""

from __future__ import annotations

import dataclasses
import math
import sys
from pathlib import Path

import numpy as np
from shapely import Point, box
from shapely.geometry.base import BaseGeometry

if str(Path(__file__).resolve().parent.parent) not in sys.path:  # the scenes, also when run by itself
    sys.path[:0] = [str(Path(__file__).resolve().parent.parent)]

import roofs
import scenes
from drieluik.measure.building import bodies, named_kinds
from drieluik.measure.building.design_geometry import DesignGeometry
from drieluik.measure.building.eaves_places import is_curved, is_flat, joint_share, springing
from drieluik.measure.building.height import lowest_point, minor_candidates
from drieluik.measure.building.leaning import leaning_outlines
from drieluik.measure.building.mending import mended
from drieluik.measure.surroundings.completion import completed
from drieluik.measure.surroundings.envelope import allowed_envelopes, envelope_records
from drieluik.measure.surroundings.placement_gate import placement_gate
from drieluik.measure.surroundings.plot_card import card_at
from drieluik.measure.surroundings.suspicions import gate_notes, suspicions
from drieluik.model import Address, Level, Note, Parcel, Part, PlanValue, RegisteredBuilding, Terrain, TopographyObject, Tree
from scenes import GROUND, ORIGIN, box_part, gable_part, plan_area, shift

SAMPLED = ("places", "point", "triangles")
"""Fields that hold where a roof was sampled: how finely is no outcome."""
HELD = Path(__file__).with_suffix(".txt")
WALLS = tuple(box_part(*ends, 0, 2.87, fid=f"w{number}") for number, ends in enumerate(((5, 5, 5.31, 15), (14.69, 5, 15, 15), (5, 5, 15, 5.31), (5, 14.69, 15, 15))))
LEVELS = (Level("kelder", GROUND - 2.71), Level("begane grond", GROUND), Level("verdieping", GROUND + 2.93), Level("zolder", GROUND + 5.57))


def turned(part, degrees):
    """Return a part turned about the middle of the plot."""
    middle, angle = np.array([ORIGIN[0] + 10, ORIGIN[1] + 10]), math.radians(degrees)
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    return dataclasses.replace(part, vertices=np.column_stack([(part.vertices[:, :2] - middle) @ turn.T + middle, part.vertices[:, 2]]))


HOUSE = gable_part(5.13, 5.27, 14.91, 14.83, 5.53, 9.47, fid="house")
BODIES = {
    "a box": (box_part(5.13, 5.27, 14.91, 14.83, 0, 6.07),),
    "a saddle roof with a dormer and a chimney": (HOUSE, box_part(8.11, 6.03, 11.17, 9.49, 5, 8.03, fid="dormer"), box_part(6.05, 9.71, 6.57, 10.33, 9, 10.71, kind="chimney", fid="chimney")),
    "a saddle roof, turned": (turned(HOUSE, 23.7), turned(box_part(8.11, 6.03, 11.17, 9.49, 5, 8.03, fid="dormer"), 23.7)),
    "two dormers, one on each side, and one that is nearly the roof": (HOUSE, box_part(8.11, 6.03, 9.17, 9.49, 5, 8.03, fid="d1"), box_part(6.4, 10.3, 13.9, 13.6, 5, 8.6, fid="d2")),
    "a wing of two heights": (HOUSE, gable_part(14.91, 7.03, 19.37, 13.11, 2.83, 5.17, fid="wing"), box_part(5.13, 14.83, 9.21, 18.02, 0, 3.11, fid="annex")),
    "a barrel": (roofs.barrel(3.07),), "a pent roof": (roofs.body([(5, 0), (15, 0), (15, 7.13), (5, 4.21)]),),
    "a mansard": (roofs.body([(5, 0), (15, 0), (15, 3.17), (13.6, 6.43), (10, 8.01), (6.4, 6.43), (5, 3.17)]),),
    "walls, floor and a plate": (*WALLS, box_part(5, 5, 15, 15, 0, 0.21, kind="slab", fid="floor"), box_part(4.37, 4.37, 15.63, 15.63, 2.87, 3.09, kind="roof", fid="plate")),
    "walls without a roof": WALLS,
    "an overhang, a balcony, a canopy on posts": (
        box_part(5.13, 5.27, 14.91, 14.83, 0, 6.07), box_part(4.4, 4.4, 15.6, 15.6, 6.07, 6.31, kind="roof", fid="roof"), box_part(8, 3.79, 11, 5.27, 2.8, 3.02, kind="balcony", fid="balcony"),
        box_part(14.91, 6, 18.03, 11, 2.53, 2.71, kind="canopy", fid="canopy"), box_part(17.81, 6, 18.03, 6.22, 0, 2.53, kind="column", fid="post"), box_part(7, 14.83, 9, 16.07, 2.9, 5.8, fid="bay")),
    "a house with a cellar, a shed and a garden wall": (HOUSE, box_part(6, 6, 14, 18.2, -2.71, 0, fid="cellar"), gable_part(15.5, 30, 19.1, 34, 2.61, 4.23, fid="shed"), box_part(0.1, 0.2, 19.9, 0.41, 0, 1.83, fid="wall")),
    "a mast and a tank by themselves": (box_part(2, 28, 2.5, 28.5, 0, 11.23, kind="antenna", fid="mast"), box_part(8, 8, 11, 11, 0, 4.07, fid="tank"), box_part(9, 9, 9.4, 9.4, 4.07, 6.1, kind="chimney", fid="pipe")),
    "a tower on a hall": (box_part(5, 5, 18, 15, 0, 4.03, fid="hall"), box_part(7, 7, 9.3, 9.3, 4.03, 12.31, fid="tower"), box_part(12, 8, 13, 9, 4.03, 5.2, kind="installation", fid="plant")),
    "open sheets": (Part("sheet", scenes.to_rd([(5, 5, 0), (12, 5, 0), (12, 5, 3.1), (5, 5, 3.1), (12, 9, 3.1), (5, 9, 3.1)]), np.array([[0, 1, 2], [0, 2, 3], [3, 2, 4], [3, 4, 5]]), kind="building"),),
}
"""Bodies by name; the last has no inside."""
PROPERTIES = ("footprint_method", "encloses", "footprint", "projection", "highest_points", "eaves", "roof_objects", "eaves_places", "overhangs", "storeys")


def fields(value):
    """Return an object by its fields."""
    return f"({', '.join(f'{field.name} {said(getattr(value, field.name))}' for field in dataclasses.fields(value) if field.name not in SAMPLED)})"


def shape(value):
    """Return a shape by kind, size and bounds."""
    at = np.array(value.bounds) - [*ORIGIN, *ORIGIN] if not value.is_empty else []
    return f"{value.geom_type} {value.area or value.length:.2f} within {' '.join(f'{one + 0.0:.2f}' for one in at)}"


KINDS = (
    ((bool, str, type(None)), str), ((int, np.integer), lambda value: str(int(value))), ((float, np.floating), lambda value: f"{value + 0.0:.2f}"),
    (Note, lambda value: " ".join([value.code, *(f"{key}={said(one)}" for key, one in value.data)])), (BaseGeometry, shape), (Part, lambda value: value.fid),
    (np.ndarray, lambda value: array(value)), (dict, lambda value: "{" + ", ".join(f"{key}: {said(one)}" for key, one in value.items()) + "}"),
    ((set, frozenset), lambda value: f"{len(value)} in a set"), ((list, tuple), lambda value: "[" + ", ".join(said(one) for one in value) + "]"),
)
"""How each kind of value is said: numbers in two decimals."""


def said(value):
    """Return a value in words."""
    return next((way for kind, way in KINDS if isinstance(value, kind)), fields)(value)


def array(value):
    """Return an array: as it is where it is small, else its shape and the least and the most of it; places from the scene's corner."""
    if value.dtype.kind not in "fiu":
        return f"{value.dtype.kind}{value.shape}"
    shifted = np.asarray(value, float)
    if value.ndim and value.shape[-1] in (2, 3) and value.size and np.nanmin(shifted[..., 0]) > ORIGIN[0] / 2:
        shifted = shifted - np.array([*ORIGIN, GROUND])[: value.shape[-1]]
    if value.size <= 3:
        return " ".join(f"{one + 0.0:.2f}" for one in shifted.ravel())
    return f"{value.shape} {np.nanmin(shifted):.2f} to {np.nanmax(shifted):.2f}" if value.size else f"{value.shape}"


def body_lines(name):
    """Yield what is measured of one body."""
    design = scenes.design(*BODIES[name], levels=LEVELS)
    found, ground, parts = DesignGeometry(design, GROUND), GROUND, design.parts
    for word in PROPERTIES:
        value = found.highest_points.highest() if word == "highest_points" else getattr(found, word)
        if isinstance(value, tuple) and value:
            yield from (f"  {word} {said(one)}" for one in sorted(value, key=said))
        else:
            yield f"  {word} {said(value)}"
    yield f"  highest in the west {said(found.highest_points.highest(shift(box(0, 0, 9, 40))))}, lowest {said(lowest_point(np.concatenate([part.triangles for part in parts])))}"
    yield f"  planes {sorted((round(plane.pitch_deg, 2) + 0.0, round(plane.area_m2, 2), plane.flat) for plane in found.roof.planes)}"
    yield f"  ridge {said(found.roof.ridge)} pitches {said(found.roof.pitches())} and of a half {said(found.roof.pitches(0.5))}"
    yield f"  bodies {sorted(said(one) for one in found.roof_shape.bodies)} kinked {len(found.roof_shape.kinked)} steps {sorted(said(one) for one in found.roof_shape.steps)}"
    yield f"  curved {is_curved(found)} flat {is_flat(found)} springing {said(springing(found))} joint {said(joint_share(found, found.eaves_places)) if found.eaves_places else '-'}"
    yield from (f"  volume from {base} {said(found.volume(GROUND + base))}" for base in (0.0, 0.31, -2.71))
    yield f"  footprint without chimneys {said(found.footprint_without(('chimney', 'canopy')))}"
    yield f"  candidates {said(minor_candidates(parts, GROUND + 5.9, found.footprint.area))}" if found.encloses else "  candidates -"
    yield f"  apart {sorted(said(one) for one in bodies.bodies_apart(parts, found.projection, ground, 0.1))}"
    kinds = (bodies.ground_plates, bodies.garden_walls, bodies.on_stems)
    yield "  " + ", ".join(f"{kind.__name__} {said(kind(parts, ground))}" for kind in kinds) + f", sides {said(bodies.sides_of(parts))}"
    named = (named_kinds.stacks_of_no_building, named_kinds.machines_together, named_kinds.stacks_apart, named_kinds.walls_of_rooms, named_kinds.plates_over_rooms)
    yield "  " + ", ".join(f"{kind.__name__} {said(kind(parts))}" for kind in named) + f", has its shape {said([named_kinds.has_its_shape(part) for part in parts])}"
    yield f"  leaning {said(leaning_outlines(parts, ground))} mended {said(mended(parts)[1])} {said([len(part.faces) for part in mended(parts)[0]])}"


def place(**changes):
    """Return a plot with everything that a card or a doubt can be about."""
    values = (PlanValue("bouwhoogte", "maximum", 9.13, "m", "maximum bouwhoogte (m)=9,13"), PlanValue("goothoogte", "maximum", 5.07, "m", "maximum goothoogte (m)=5,07"))
    base = [one for one in scenes.site().plans if one.kind != "maatvoering"]
    more = (
        plan_area("m1", "maatvoering", "h", box(5, 5, 15, 17), *values, belongs_to="b1"), plan_area("d1", "dubbelbestemming", "Waarde - Archeologie 3", box(-50, -50, 60, 60)),
        plan_area("f1", "functieaanduiding", "kantoor", box(0, 0, 40, 40)),
    )
    old = RegisteredBuilding("9999100000000003", shift(box(5, 18, 15, 26)), 1955, "Pand in gebruik", ("woonfunctie",))
    shed = TopographyObject("s1", "overigbouwwerk", shift(box(1, 30, 5, 35)), "bassin", level=0)
    site = scenes.site(plans=(*base, *more))
    words = {"plans": (*base, *more), "registered_buildings": (*site.registered_buildings, old), "topography": (*site.topography, shed)}
    return scenes.site(**{**words, **changes})


def odd_place():
    """Return a plot where things lie that a card has one row more for, or no row of: trees, a bridge, an unnamed plan, a street of flats, a hole in the ground."""
    heights = np.full((240, 240), GROUND)
    heights[100:140, 150:170] = np.nan  # from 25 to 35 m east, under the neighbour
    plain = place()
    flats = tuple(Address(f"a{number:02d}", f"Laan {number}", shift(Point(26 + number % 5, 8)), ("9999100000000001",), ("woonfunctie", "winkelfunctie") if number == 3 else ()) for number in range(14))
    beside = (Address("b1", "Laan 99", shift(Point(3, 31)), (), ("industriefunctie",)),)
    bare = dataclasses.replace(plan_area("x1", "figuur", "gevellijn", box(-1, -2, 1, 40), PlanValue("diepte", None, None, "", "diepte=zie regels"), PlanValue("aantal", "minimum", 2.0, "", "aantal=2")), plan_name="", plan_status="", article="", url="https://plan.example/x1")
    return place(
        addresses=(*flats, *beside), terrain=Terrain(heights, ORIGIN[0] - 50, ORIGIN[1] + 70, 0.5), plans=(*plain.plans, bare),
        trees=(Tree("t1", shift(Point(3, 33.9)), 8.13, None), Tree("t2", shift(Point(3, 34.1)), 7.0, None), Tree("t3", shift(Point(13.05, 10)), None, 6.1), Tree("t4", shift(Point(13.06, 10)), 9.2, 6.1), Tree("t5", shift(Point(10, 7.1)), 4.4, 5.9)),
        topography=(*plain.topography, TopographyObject("v1", "overbruggingsdeel", shift(box(-5, -3, 5, 0)), "brug", "open verharding", 1), TopographyObject("v2", "wegdeel", shift(box(-5, -3, 5, 0)), "inrit", "inrit", -1), TopographyObject("p1", "paal", shift(Point(0, -1.5)), "lichtmast")),
        buildings3d=(*plain.buildings3d, dataclasses.replace(plain.buildings3d[0], fid="other", triangles=box_part(2, 31, 4, 33, 0, 3.3).triangles, roof_nap=None, ground_nap=None, date=""), dataclasses.replace(plain.buildings3d[0], fid="empty", triangles=np.zeros((0, 3, 3)))),
        parcels=(*plain.parcels, Parcel("3", "", shift(box(0, 30, 20, 40)), None, True)),
    )


PLACES = {
    "as it is": lambda: place(), "no ground": lambda: place(terrain=None), "no models": lambda: place(buildings3d=()), "no topography": lambda: place(topography=()),
    "completed": lambda: completed(place()), "no plan": lambda: place(plans=()), "odd": odd_place,
}


def place_lines(name):
    """Yield what is known of one place."""
    site = PLACES[name]()
    for x, y in ((10, 10), (28, 10), (10, 22), (3, 32), (0, -1.5)):
        card = card_at(site, ORIGIN[0] + x, ORIGIN[1] + y, suspicions(site))
        yield f"  card at {x} {y}"
        yield from (f"    {said(row)}" for row in card.rows)
    yield from (f"  doubts {said(one)}" for one in suspicions(site))
    yield from (f"  remark {layer} {said(notes)}" for layer, notes in sorted(gate_notes(site).items()))
    for degrees in (0.0, 3.7):
        design = scenes.design(turned(HOUSE, degrees), levels=LEVELS)
        yield from (f"  gate {degrees} {said(one)}" for one in placement_gate(design, site, {}))
    envelopes = allowed_envelopes(site, site.parcels[0], site.plans)
    for record in envelope_records(envelopes):
        yield f"  allowed {said(record)}"
    yield from (f"  recorded {said(one.notes)}" for one in site.provenance if one.notes)


def text():
    """Return all lines as text."""
    made = [(f"body: {name}", body_lines(name)) for name in BODIES] + [(f"place: {name}", place_lines(name)) for name in PLACES]
    return "\n".join(line for name, lines in made for line in (f"== {name}", *lines, ""))


if __name__ == "__main__":
    HELD.write_text(text(), encoding="utf-8")
