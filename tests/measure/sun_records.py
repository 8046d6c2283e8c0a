"""What a sun study measures in small streets: who lives there, where is measured, how many minutes, who takes them, and where shadow falls.

    python tests/measure/sun_records.py     # writes sun_records.txt anew: look at ``git diff`` and commit what was meant
"""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import numpy as np
import shapely
from shapely import box

if not {str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent)} <= set(sys.path):  # beside the scenes, also when run by itself
    sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent)]

from body_records import said

import scenes
from drieluik.measure.sun.garden_sun import garden_sun
from drieluik.measure.sun.neighbours import homes_without_model, neighbours_of, other_homes, without_model
from drieluik.measure.sun.shadows_in_time import ShadowScene, moments_of
from drieluik.measure.sun.sky_view import blocking_of, sky_view
from drieluik.measure.sun.sun_norms import norm_of
from drieluik.measure.sun.sun_position import utc_of
from drieluik.measure.sun.sun_review import PROPOSED, sun_review, window_study
from drieluik.model import Address, Building3D, Parcel, RegisteredBuilding, Terrain, TopographyObject, Tree
from scenes import GROUND, ORIGIN, box_part, shift

HELD = Path(__file__).with_suffix(".txt")
KINDS = np.array(["ground"] * 2 + ["roof"] * 2 + ["wall"] * 8)
HOMES = {"n": (2, 24, 18, 33), "e": (26, 6, 34, 16), "w": (-14, 8, -6, 15), "shop": (40, 24, 50, 33), "shed": (1, 36, 4, 39), "old": (5, 9, 15, 18)}
HEIGHTS = {"n": 6.1, "e": 7.3, "w": 5.9, "shop": 4.2, "shed": 2.6, "old": 6.6}
USES = {"n": ("woonfunctie",), "e": (), "w": ("woonfunctie",), "shop": ("winkelfunctie",), "old": ("woonfunctie",)}
DESIGN = (box_part(3.1, 7.2, 17.3, 18.1, 0, 11.7), box_part(5, 7.15, 6.2, 7.25, 1, 2.4, kind="window", fid="front"), box_part(9, 18.05, 10.4, 18.15, 4, 5.2, kind="window", fid="back"))
MARCH, JUNE = datetime.date(2026, 3, 21), datetime.date(2026, 6, 21)


def model(name):
    west, south, east, north = HOMES[name]
    body = box_part(west, south, east, north, 0, HEIGHTS[name])
    return Building3D(f"pand-{name}", body.triangles, KINDS, "2.2", GROUND, GROUND + HEIGHTS[name], "2022-03-01")


def street(**changes):
    """Return a street with six buildings, four parcels, a tree, and ground that rises to the north."""
    rows = np.arange(240)[:, None] + 0.0 * np.arange(240)[None, :]
    layers = {
        "buildings3d": tuple(model(name) for name in HOMES),
        "registered_buildings": tuple(RegisteredBuilding(f"pand-{name}", shift(box(*HOMES[name])), 1980, "Pand in gebruik", uses) for name, uses in USES.items()),
        "addresses": tuple(Address(f"a-{name}", f"Achterweg {number}", shift(shapely.Point(*np.mean(np.reshape(HOMES[name], (2, 2)), axis=0))), (f"pand-{name}",), uses)
                           for number, (name, uses) in enumerate(USES.items(), 1)),
        "parcels": tuple(Parcel(str(number), f"A {number}", shift(shape)) for number, shape in enumerate(
            (box(0, 0, 20, 22), box(0, 22, 22, 44), box(22, 0, 40, 22), box(-20, 0, 0, 22), box(-60, -12, 60, 0)), 1)),
        "topography": (
            TopographyObject("w1", "wegdeel", shift(box(-60, -12, 60, 0)), "rijbaan lokale weg", "gesloten verharding"),
            TopographyObject("o1", "onbegroeidterreindeel", shift(box(-20, 0, 40, 60)), "erf"),
        ),
        "trees": (Tree("t1", shift(shapely.Point(10, -4)), 9.3, 5.1), Tree("t2", shift(shapely.Point(30, -4)), None, None)),
        "terrain": Terrain(GROUND + 0.6 - 0.005 * rows, ORIGIN[0] - 50, ORIGIN[1] + 70, 0.5),
    }
    return scenes.site(**{**layers, **changes})


STREETS = {
    "everything": (street, {}, {}), "with trees": (street, {"demolition": ["pand-w"]}, {"trees": {"transparency": 0.4}}), "no register": (lambda: street(registered_buildings=(), addresses=()), {}, {"assume_dwellings": True}),
    "no models but one": (lambda: street(buildings3d=(model("n"),)), {}, {"terrain": False}), "no ground, no parcels": (lambda: street(terrain=None, parcels=()), {"demolition": {"value": "pand-old"}}, {"radius_m": 30.0}),
}


def lines_of(name):
    """Yield what is measured in one street."""
    make, answers, measure = STREETS[name]
    site, design = make(), scenes.design(*DESIGN)
    outline = ShadowScene(site, design).outline
    found = neighbours_of(site, outline, frozenset(), bool(measure.get("assume_dwellings")))
    yield f"  dwellings {[(d.name, d.basis, d.building.fid) for d in found.dwellings]}"
    yield f"  replaced {[b.fid for b in found.replaced]} own {[b.fid for b in found.own]} unknown {[b.fid for b in found.unknown]} unused {[b.fid for b in found.unused]}"
    yield f"  without model {without_model(site)} homes without {[(b.fid, len(a)) for b, a in homes_without_model(site, outline)]} other homes {[b.fid for b in other_homes(site, outline)]}"
    for profile in ("tno_light", "tno_strict", "den_haag"):
        norm = norm_of({"profile": profile, "step_min": 12.0, "sweep_days": 40})
        review = sun_review(site, design, answers, norm, measure)
        yield f"  {profile} from {norm.period[0]} to {norm.period[1]} within {review.radius_m:.2f} m, {len(review.receptors)} receptors, owners {said(review.owners)}"
        yield from (f"    {said(note)}" for note in review.notes)
        if profile != "tno_light":
            continue
        for number, receptor in enumerate(review.receptors[::7]):
            row = number * 7
            x, y, z = receptor.point
            minutes = " / ".join(" ".join(f"{one:.0f}" for one in table[row]) for table in (review.minutes.before, review.minutes.after[PROPOSED], review.minutes.empty))
            blocker = review.blocker(row, 0)
            yield f"    {receptor.building} {x - ORIGIN[0]:.2f} {y - ORIGIN[1]:.2f} {z - GROUND:.2f} facing {said(receptor.facade)} floor {receptor.floor}: {minutes}; {said(blocker)}"
    yield from _windows_and_sky(site, design, answers, measure)
    yield from _shadows(site, design)


def _windows_and_sky(site, design, answers, measure):
    study = window_study(site, design, answers, norm_of({"step_min": 12.0, "sweep_days": 0}), measure)
    for number, window in enumerate(study.receptors):
        yield f"  window {window.building} facing {said(window.facade)}: {study.after[PROPOSED][number].round(0).tolist()} bare {study.empty[number].round(0).tolist()}"
        view = sky_view(blocking_of(site, design, answers, measure), window, site.centre, MARCH, 12.0)
        yield f"    sky {view.minutes:.0f} min, taken {[(view.owners[n], m) for n, m in view.blocked]}, free cells {(view.sky == -1).sum()}, behind {(view.sky == -2).sum()}"


def _shadows(site, design):
    scene = ShadowScene(site, design, frozenset({"pand-e"}))
    yield f"  ground {scene.ground_nap:.2f} frame {' '.join(f'{one:.1f}' for one in np.array(scene.frame) - [*ORIGIN, *ORIGIN])} built {said(scene.built)} roofs {said(scene.roofs)}"
    yield from (f"  plot {said(plot)}" for plot in scene.plots)
    for moment in moments_of(scene, {"dates": ["03-21", "12-21"], "hours": [9, 12.5, 17]}).moments:
        areas = " ".join(f"{name} {getattr(moment, name).area:.1f}" for name in ("existing", "new", "extra", "gone"))
        yield f"  {moment.clock} {moment.altitude_deg:.1f} {moment.azimuth_deg:.1f} lit {moment.lit}: {areas} others {moment.others_m2:.1f}"
        yield from (f"    {plot.plot.name} {plot.plot.kind} own {plot.plot.own}: {plot.existing_m2:.1f} {plot.new_m2:.1f} {plot.extra_m2:.1f}" for plot in moment.plots)
    now = scene.instant(utc_of(JUNE, 19.5))
    yield f"  at {now.clock} existing {now.existing.area:.1f} extra {now.extra.area:.1f} towards {said(now.direction)}"
    hours = scene.hours(MARCH, cell_m=5.0, step_min=30.0)
    yield f"  hours {hours.before.shape} cells {hours.cell_m:.2f}: before {np.nansum(hours.before):.1f} after {np.nansum(hours.after):.1f} unknown {np.isnan(hours.before).sum()} lit {hours.lit_before.sum()} {hours.lit_after.sum()}"
    for garden in garden_sun(scene, [plot for plot in scene.plots if plot.kind == "garden"]):
        yield f"  garden {garden.plot.name}: {garden.share_before:.2f} {garden.share_after:.2f} {garden.mean_before:.0f} {garden.mean_after:.0f}"


def text():
    """Return all lines as text."""
    return "\n".join(line for name in STREETS for line in (f"== {name}", *lines_of(name), ""))


if __name__ == "__main__":
    HELD.write_text(text(), encoding="utf-8")
