"""Small scenes of our own drawn in every kind of picture, as texts with an element per line: what ``tests/golden/drawings`` holds.

``make golden`` writes them anew, as it does the demo's outputs.
"""

from __future__ import annotations

import datetime
import io
from dataclasses import replace
from pathlib import Path

import numpy as np
from shapely import LineString, MultiLineString, MultiPolygon, Point, box

import scenes
from drieluik.measure.building.footprint import projection
from drieluik.measure.sun.receptors import Receptor
from drieluik.measure.sun.shadows_in_time import ShadowScene
from drieluik.measure.sun.sky_view import ALTITUDES, AZIMUTHS, SkyView, blocking_of, sky_view
from drieluik.model import (
    Building3D,
    Choice,
    Evidence,
    Finding,
    Measurement,
    Note,
    Parcel,
    Premise,
    RegisteredBuilding,
    Site,
    Terrain,
    TopographyObject,
    Tree,
    UncertaintySource,
    Verdict,
)
from drieluik.report.pictures.gallery import SHOWN_BESIDE
from drieluik.report.pictures.map_picture import map_of
from drieluik.report.pictures.scene_picture import Picture
from drieluik.report.pictures.section_picture import section_of
from drieluik.report.pictures.sun_chart import chart_of
from drieluik.report.sun.sun_maps import SunMap, frame_of
from scenes import GROUND, ORIGIN, box_part, gable_part, shift, to_rd

FOLDER = Path(__file__).parent / "golden" / "drawings"
ACROSS, DOWN = 28, 19
"""A 3D picture is told by so many blocks of 20 x 20 pixels."""
HOUSE = gable_part(3, 2, 13, 11, 5.5, 9.5)
SHED = box_part(14.5, 8, 18, 11, 0, 3, kind="chimney", fid="shed")


def piece(role, shape=None, value=None, unit="", triangles=None, note=None) -> Evidence:
    """A piece of evidence given in local metres."""
    return Evidence(role, None if shape is None else shift(shape), None if triangles is None else triangles, value, unit, note)


def flat(x0, y0, x1, y1, z):
    """Two triangles of a level rectangle, or one that rises along y when ``z`` is a pair."""
    low, high = z if isinstance(z, tuple) else (z, z)
    a, b, c, d = (to_rd([(x0, y0, low), (x1, y0, low), (x1, y1, high), (x0, y1, high)]))
    return np.array([[a, b, c], [a, c, d]])


def finding(verdict, *evidence, check="max_building_height", value=10.1, limit=9.25, unit="m", op="<=", more=()) -> Finding:
    """A finding with one measurement against its limit, and peil."""
    first = Measurement("building_height", value, unit, op, limit, (UncertaintySource("level", 0.07),))
    return Finding("rule", check, Note.of("subject_design"), "A", verdict, (first, *more), evidence)


def lines_of(svg: str) -> str:
    """An SVG text with an element per line."""
    return svg.replace("<", "\n<").strip()


def around(**more) -> Site:
    """A corner with every kind of ground, parcels, trees in and out of the picture, and a pand."""
    tiles = [
        ("wegdeel", box(-40, -8, 60, -4), "rijbaan lokale weg", 0), ("wegdeel", box(-40, -4, 60, -2), "voetpad", 0), ("wegdeel", box(-8, -2, -5, 30), "fietspad", 0),
        ("waterdeel", box(-40, -14, 60, -11), "", 0), ("begroeidterreindeel", box(-40, -11, 60, -8), "groenvoorziening", 0), ("onbegroeidterreindeel", box(-5, -2, 30, 30), "erf", 0),
        ("ondersteunendwegdeel", box(30, -2, 33, 30), "berm", 0), ("ondersteunendwaterdeel", box(33, -2, 36, 30), "oever", 0), ("overigbouwwerk", MultiPolygon([box(24, 20, 27, 22), box(21, 16, 23, 18)]), "open loods", 0),
        ("pand", box(20, 2, 26, 12).difference(box(22, 6, 24, 8)), "", 0), ("scheiding", box(-5, 14, 20, 14.4), "muur", 0), ("overbruggingsdeel", box(8, -9, 11, -1), "", 1),
        ("wegdeel", LineString([(-40, -6), (60, -6)]), "rijbaan lokale weg", 0), ("wegdeel", box(300, 0, 310, 10), "inrit", 0),
    ]
    layers = {
        "topography": tuple(TopographyObject(f"t{n:02d}", kind, shift(shape), function, level=level) for n, (kind, shape, function, level) in enumerate(tiles)),
        "parcels": (Parcel("1", "Kade A 1", shift(box(0, 0, 19, 30)), 570.0), Parcel("2", "Kade A 2", shift(box(19, 0, 30, 30)), 330.0), Parcel("9", "ver", shift(box(500, 0, 510, 10)), 1.0)),
        "registered_buildings": (RegisteredBuilding("0001", shift(box(20, 2, 26, 12)), 1970, "", ()), RegisteredBuilding("0009", shift(box(400, 0, 410, 9)), 1970, "", ())),
        "trees": (Tree("t1", shift(Point(-3, 8)), 7.0, 4.0), Tree("t2", shift(Point(200, 8)), 7.0, 4.0), Tree("t3", shift(Point(10, 14)), None, 4.0), Tree("t4", shift(Point(28, 16)), 14.0, 4.0)),
        **more,
    }
    return scenes.site(**layers)


def maps() -> dict[str, str]:
    """Maps of findings: every role of evidence, in doubt and broken, with and without surroundings."""
    shape = projection([HOUSE, SHED])
    limits = [
        piece("bouwvlak", box(4, 0, 12, 12)), piece("boundary", LineString([(0, 0), (0, 30)])), piece("limit_contour", LineString([(-50, 6), (2, 6)]), 4.5, "m"),
        piece("limit_contour", LineString([(900, 6), (902, 6)]), 9.0, "m"), piece("facade_line", LineString([(-6, 2), (25, 2)])),
    ]
    loud = [
        piece("outside_area", box(12, 2, 13, 11), 9.0, "m2"), piece("highest_point", Point(8, 6.5, GROUND + 9.5), 9.5, "m"), piece("section_line", LineString([(8, -2), (8, 14)])),
        piece("shortest_distance", LineString([(0, 6), (3, 6)]), 3.0, "m"), piece("eaves", LineString([(3, 2, 6.5), (13, 2, 6.5)]), 5.5, "m"),
        piece("eaves_over", LineString([(3, 11, 6.5), (13, 11, 6.5)]), 5.5, "m"),
    ]
    volumes = [
        piece("excess_volume", triangles=flat(5, 5, 9, 8, 9.3), value=0.35, unit="m"), piece("roof_plane", triangles=flat(3, 2, 13, 6.5, (5.5, 9.5)), value=41.6, unit="deg"),
        piece("counted_volume", triangles=SHED.triangles, value=31.5, unit="m3"), piece("low_roof", triangles=flat(14.5, 8, 18, 11, 3.0)),
    ]
    dots = [piece("receptor", Point(20, 2 + n, 2.0), change, "min") for n, change in enumerate((-121.0, -61.0, -6.0, 0.0, None, 12.0))]
    bare = around(topography=(), parcels=(), trees=())
    wide = finding(Verdict.NEEDS_JUDGEMENT, piece("too_near", MultiPolygon([box(-30, 0, -20, 3), box(40, 0, 50, 3)])), piece("limit_contour", LineString([(200, 6), (202, 6)]), 9.0, "m"))
    answers = [{"lines": [[[x + ORIGIN[0], y + ORIGIN[1]] for x, y in line] for line in lines]} for lines in (
        [[(0, 0), (19, 0)]], [[(0, 0), (0, 30)], [(19, 0), (19, 9), (25, 9)], [(5, 5)]], [[(700, 0), (719, 0)]])]
    choices = tuple(Choice(Note.of("choice_drip"), answer, Verdict.COMPLIES) for answer in (*answers, "bouwvlak", {"at": "wall"}))
    turned = [Premise("facade_line", "open", Note.of("premise_open"), choices=choices, flips=True), Premise("side", "open", Note.of("premise_open"), choices=choices[:1]),
              Premise("front", "answer", Note.of("premise_answer"), choices=choices[:1], flips=True)]
    chosen = replace(finding(Verdict.NEEDS_JUDGEMENT, limits[0]), premises=tuple(turned))
    return {
        "map_choices": map_of(bare, shape, chosen, "nl"),
        "map_beside": map_of(bare, shape, finding(Verdict.VIOLATES), "en", {role: shift(box(20 + 6 * n, 0, 25 + 6 * n, 4)) for n, role in enumerate(SHOWN_BESIDE)}),
        "map_broken": map_of(around(), shape, finding(Verdict.VIOLATES, *limits, *loud), "nl"),
        "map_in_doubt": map_of(around(), shape, finding(Verdict.NEEDS_JUDGEMENT, *volumes, *limits[:1], loud[2]), "en"),
        "map_sun": map_of(bare, shape, finding(Verdict.VIOLATES, *dots, check="sun_hours_facade", value=100.0, limit=120.0, unit="min", op=">="), "nl"),
        "map_bare": map_of(bare, shape, finding(Verdict.NEEDS_JUDGEMENT, piece("built_area", box(3, 2, 18, 11), 110.0, "m2"), piece("zone", box(0, 0, 3, 9))), "nl"),
        "map_ground": map_of(around(), shape, wide, "nl"),
        "map_wide": map_of(bare, shape, finding(Verdict.VIOLATES, piece("too_near", box(-40, 0, 90, 3)), piece("eaves_under", LineString([(3, 2), (13, 2)]), 2.5, "m")), "en"),
    }


def sections() -> dict[str, str]:
    """Profiles of findings: limit, excess, eaves, planes, distances, with and without ground and peil."""
    line = piece("section_line", LineString([(8, -4), (8, 16)]))
    limit = piece("limit_surface", triangles=flat(3, -4, 13, 16, 9.25 - GROUND))
    far = piece("limit_surface", triangles=flat(3, -4, 13, 16, 40.0))
    excess = piece("excess_volume", triangles=box_part(7, 5.6, 9, 7.4, 8.25, 9.5).triangles, value=1.25, unit="m")
    top, peil = piece("highest_point", Point(8, 6.5, GROUND + 9.5), 9.5, "m"), Measurement("peil", 1.2, "m NAP")
    eaves = [piece(role, LineString([(3, y, z), (13, y, z)]), z - GROUND, "m") for role, y, z in (("eaves", 2, 6.5), ("eaves_over", 11, 6.5), ("eaves_under", 4, 3.0))]
    planes = [
        piece("roof_plane", triangles=flat(3, 2, 13, 6.5, (5.5, 9.5)), value=41.63, unit="deg"), piece("low_roof", triangles=flat(3, 8, 13, 9, 4.0), value=4.0, unit="m"),
        piece("storey_floor", triangles=flat(3, 2, 13, 11, 2.8), value=2.8, unit="m"), piece("roof_plane_outside", triangles=flat(3, 9, 13, 11, (7.5, 5.5)), value=45.0, unit="deg"),
        piece("roof_plane", triangles=flat(30, 2, 33, 6.5, 5.5), value=1.0, unit="deg"),
    ]
    sizes = [
        piece("outside_depth", LineString([(8, 11), (8, 13.5)]), 2.5, "m"), piece("shortest_distance", LineString([(0, 6), (3, 6)]), 3.0, "m"), piece("bouwvlak", box(0, 0, 19, 13)),
        piece("boundary", LineString([(0, 14.5), (19, 14.5)])), piece("outside_area", box(3, 11, 13, 13), 20.0, "m2"),
        piece("boundary", LineString([(8, 12), (8, 14)]), 2.0, "m"), piece("dimension", MultiLineString([[(8, -3), (8, -1)]]), 2.0, "m"), piece("dimension", None, 2.0, "m", flat(3, 2, 4, 3, 1.0)),
    ]
    holes = np.full((240, 240), np.nan)
    low = [piece("section_line", LineString([(8, 1), (8, 12)])), piece("highest_point", Point(8, 6.5, GROUND + 9.5), 9.5, "")]
    site, design, tall = scenes.site(), scenes.design(HOUSE, SHED), scenes.design(box_part(7, 5, 9, 7, 0, 48))
    return {
        "section_broken": section_of(site, design, finding(Verdict.VIOLATES, line, limit, excess, top, more=(peil,)), "nl"),
        "section_in_doubt": section_of(site, design, finding(Verdict.NEEDS_JUDGEMENT, line, limit, excess, top, *eaves), "en"),
        "section_planes": section_of(site, design, finding(Verdict.VIOLATES, line, *planes, more=(peil,)), "nl"),
        "section_planes_in_doubt": section_of(site, design, finding(Verdict.NEEDS_JUDGEMENT, line, far, *planes), "nl"),
        "section_sizes": section_of(site, design, finding(Verdict.VIOLATES, line, *sizes), "nl"),
        "section_bare": section_of(scenes.site(terrain=Terrain(holes, ORIGIN[0] - 50, ORIGIN[1] + 70, 0.5)), design, finding(Verdict.COMPLIES, *low, more=(peil,)), "nl"),
        "section_small": section_of(site, scenes.design(box_part(3, 2, 13, 11, 0, 2.2)), finding(Verdict.VIOLATES, line), "en"),
        "section_tall": section_of(site, tall, finding(Verdict.VIOLATES, line, piece("highest_point", Point(8, 6, GROUND + 48), 48.0, "m"), more=(peil,)), "en"),
        "section_empty": section_of(scenes.site(terrain=None), scenes.design(box_part(50, 50, 51, 51, 0, 1)), finding(Verdict.NEEDS_JUDGEMENT, line), "nl"),
    }


NEAR = Building3D("0363100012345678", box_part(0, 24, 9, 33, 0, 6).triangles, np.array(["ground"] * 2 + ["roof"] * 2 + ["wall"] * 8), "2.2", GROUND, GROUND + 6)
OTHER = Building3D("0363100012340000", box_part(14, 2, 22, 20, 0, 9).triangles, np.array(["wall"] * 12), "2.2", GROUND, GROUND + 9)
WALL = scenes.design(box_part(-6, 8, 12, 10, 0, 5))


def sun_site() -> Site:
    """A garden between two houses, with a wall proposed in it."""
    return around(buildings3d=(NEAR, OTHER), terrain=Terrain(np.full((240, 240), GROUND), ORIGIN[0] - 50, ORIGIN[1] + 70, 0.5))


def sun() -> dict[str, str]:
    """Charts of the sky from two points, and sun maps: points, moments with and without sun, at two scales."""
    site = sun_site()
    receptor = Receptor((ORIGIN[0] + 4, ORIGIN[1] + 23.95, GROUND + 0.75), (0.0, -1.0, 0.0), "facade", NEAR.fid)
    view = sky_view(blocking_of(site, WALL, {}, {}), receptor, site.centre, datetime.date(2027, 2, 19))
    free = SkyView(receptor, (), np.full((len(ALTITUDES), len(AZIMUTHS)), -1), view.suns, np.full(len(view.path), -1))
    scene = ShadowScene(site, WALL)
    day, evening = scene.study([datetime.date(2027, 3, 21)], [15.0, 5.0]).moments
    drawn = SunMap(site, WALL, scene.frame, "nl")
    points = finding(Verdict.VIOLATES, *(piece("receptor", Point(x, 24, 2.0), change, "min") for x, change in ((1, -130.0), (3, -20.0), (5, None), (7, 4.0))))
    near = SunMap(around(topography=(), parcels=(), buildings3d=()), WALL, frame_of([points], scene.outline), "en")
    many = SkyView(receptor, tuple(("building", f"pand {n}") for n in range(9)), np.repeat(np.arange(-2, 9), 6)[:, None] + np.zeros((1, len(AZIMUTHS)), int), view.suns,
                   np.arange(len(view.path)) % 11 - 2)
    return {
        "sun_chart": chart_of(view, site.centre, "nl"), "sun_chart_free": chart_of(free, site.centre, "en"), "sun_chart_many": chart_of(many, site.centre, "nl"),
        "sun_map_day": drawn.shadows(day), "sun_map_evening": drawn.shadows(evening), "sun_map_points": drawn.receptors([points], "punten & <gevels>"), "sun_map_bare": near.receptors([points], "points"),
    }


def spaces() -> dict[str, str]:
    """3D pictures as the mean colours of their blocks: of a place as a whole, and with what findings mark."""
    from PIL import Image

    rows = np.full((240, 240), GROUND)
    rows[:60] += 2.0
    rows[100:140, 100:140] = np.nan
    site = around(buildings3d=(NEAR, OTHER), terrain=Terrain(rows, ORIGIN[0] - 50, ORIGIN[1] + 70, 0.5))
    window = box_part(5, 1.9, 7, 2.1, 1, 2.5, kind="window", fid="w")
    picture = Picture(site, scenes.design(HOUSE, SHED, window, box_part(9, 1.9, 10, 2.1, 0, 2.2, kind="door", fid="d"), box_part(2.5, 1.5, 13.5, 2, 5.4, 5.6, kind="roof", fid="r")))
    loud = [piece("excess_volume", triangles=box_part(7, 5.6, 9, 7.4, 8.25, 9.6).triangles), piece("limit_surface", triangles=flat(2, 1, 14, 12, 8.25))]
    found = {
        "space": None, "space_excess": finding(Verdict.VIOLATES, *loud), "space_area": finding(Verdict.NEEDS_JUDGEMENT, piece("outside_area", box(10, 2, 13, 11))),
        "space_area_broken": finding(Verdict.VIOLATES, piece("outside_area", box(3, 2, 5, 11))), "space_nothing": finding(Verdict.VIOLATES, piece("bouwvlak", box(0, 0, 9, 9))),
    }
    bare = Picture(scenes.site(topography=(), buildings3d=(), terrain=None, trees=()), scenes.design(HOUSE))
    pictures = {**{name: picture.png(one) for name, one in found.items()}, "space_bare": bare.png()}
    return {name: blocks(np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), dtype=np.float64)) for name, png in pictures.items()}


def blocks(pixels) -> str:
    """The size of a picture and the mean red/green/blue (0 to 1) of its blocks."""
    rows, columns, _ = pixels.shape
    means = pixels.reshape(DOWN, rows // DOWN, ACROSS, columns // ACROSS, 3).mean(axis=(1, 3)) / 255
    return "\n".join([f"{columns} x {rows}", *(" ".join("/".join(f"{value:.2f}" for value in mean) for mean in row) for row in means)])


def drawings() -> dict[str, str]:
    """All drawings as texts, by the name of their golden file."""
    drawn = {**maps(), **sections(), **sun()}
    return {**{f"{name}.txt": lines_of(svg) + "\n" for name, svg in drawn.items()}, **{f"{name}.txt": text + "\n" for name, text in spaces().items()}}
