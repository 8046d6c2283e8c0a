"""What is done to a world's scene: renamed, taken away, added, shaken, modelled otherwise. Each returns the changed scene and says what it did."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import shapely
from laws import files
from laws.designs import CONTEXT, Body, context_body
from laws.engine import Trial
from laws.solids import box as solid_box
from laws.solids import polygon, rectangle
from laws.worlds import PLAN_ID, Scene, World, part_of, valid
from shapely import box
from shapely.geometry.base import BaseGeometry

from drieluik.data_sources.juridical.proposing import propose
from drieluik.model import Design, LayerState, Part, Plan, PlanArea, PlanValue, RegisteredBuilding, Site, TopographyObject

WORDS = {
    "balkon": "balcony", "schoorsteen": "chimney", "luifel": "canopy", "dak": "roof", "trap": "stair", "antenne": "antenna", "installatie": "installation",
    "gevel": "wall", "hekwerk": "railing", "blok": "building", "meubel": "furnishing", "deel": "other",
}
"""A name, and the class that a file so named gives."""
TRUE_KINDS = {
    "chimney": ("chimney", "antenna", "installation"), "balcony": ("balcony", "canopy", "railing", "stair"), "carport": ("canopy", "roof"), "veranda": ("canopy", "roof"), "terrace": ("slab", "covering"),
    "overhang": ("roof", "canopy", "balcony"),
}
"""What would be no false name of a role."""
LEVEL_NAMES = ("Peil = 0", "02 liftbordes", "dak", "terreinverdieping", "kelder", "zolder", "entresol", "Level 7")
LAYERS = {
    "plans": ("plans",), "parcels": ("parcels",), "bag": ("registered_buildings", "addresses"), "bgt": ("topography",), "terrain": ("terrain",),
    "buildings3d": ("buildings3d",),
}
SECOND, SECOND_ID, SECOND_PLAN = "second plan", "NL.IMRO.9999.BPzegel-VA01", 0.25
"""Another plan on the ground of the world's own, and the share of the worlds that have one in law 8."""
Changed = tuple[Scene, str]


def roles_of(world: World) -> list[str]:
    """The role of each part of the design, in order."""
    return [body.role for body in world.bodies for _ in body.solids]


def renamed(rng: random.Random, tried: Trial) -> Changed:
    """Every part of a body gets a name that is not its own, levels and file too."""
    design, world = tried.scene.design, tried.world
    parts, said = [], []
    words = {}
    for number, body in enumerate(world.bodies):
        false = [word for word, kind in WORDS.items() if kind not in TRUE_KINDS.get(body.role, ())]
        words[number] = rng.choice(false)
        said.append(f"{body.role} -> {words[number]}")
    owners = [number for number, body in enumerate(world.bodies) for _ in body.solids]
    for index, (part, owner) in enumerate(zip(design.parts, owners)):
        word = words[owner]
        parts.append(replace(part, fid=f"{word} {index}", name=f"{word} {index}", kind=WORDS[word], source_class=f"Class{index}"))
    levels = tuple(replace(level, name=rng.choice(LEVEL_NAMES)) for level in design.levels)
    return replace(tried.scene, design=replace(design, parts=tuple(parts), levels=levels, name=rng.choice(("A", "bestaand", "buren")))), ", ".join(said)


def taken_away(rng: random.Random, tried: Trial) -> Changed:
    """A source, an object, a value, an answer, the classes or the level list is gone."""
    ways = [_without_layer, _without_object, _without_value, _without_answer, _without_classes]
    return rng.choice(ways)(rng, tried)


def _without_layer(rng: random.Random, tried: Trial) -> Changed:
    layer, state = rng.choice(sorted(LAYERS)), rng.choice((LayerState.FAILED, LayerState.NOT_ASKED))
    site = tried.scene.site
    records = tuple(replace(r, state=state, count=0) if r.layer == layer else r for r in site.provenance)
    gone = {name: None if name == "terrain" else () for name in LAYERS[layer]}
    return replace(tried.scene, site=replace(site, provenance=records, **gone)), f"without {layer} ({state.value})"  # type: ignore[arg-type]


def _without_object(rng: random.Random, tried: Trial) -> Changed:
    """Of a source that answered one object is missing: the plot's own parcel, or one of the plan's areas (where two values overlap the other may
    be all there is to know)."""
    site = tried.scene.site
    if tried.world.zoning == "overlap" or rng.random() < 0.3:
        return replace(tried.scene, site=replace(site, parcels=tuple(p for p in site.parcels if p.fid != "1"))), "without the plot's parcel"
    lost = rng.choice([area for area in site.plans if area.kind != "plangebied"])
    return replace(tried.scene, site=replace(site, plans=tuple(area for area in site.plans if area is not lost))), f"without {lost.kind} {lost.fid}"


def _without_value(rng: random.Random, tried: Trial) -> Changed:
    site = tried.scene.site
    if tried.world.zoning == "overlap":  # the other of two values may be all there is to know
        return _without_object(rng, tried)
    areas = [area for area in site.plans if area.values]
    chosen = rng.choice(areas)
    lost = rng.choice(chosen.values)
    changed = tuple(replace(a, values=tuple(v for v in a.values if v is not lost)) if a is chosen else a for a in site.plans)
    return replace(tried.scene, site=replace(site, plans=changed)), f"{chosen.fid} without {lost.raw}"


def _without_answer(rng: random.Random, tried: Trial) -> Changed:
    answers = dict(tried.scene.answers)
    if not answers:
        return _without_classes(rng, tried)
    key = rng.choice(sorted(answers))
    del answers[key]
    return replace(tried.scene, answers=answers), f"without the answer {key}"


def _without_classes(rng: random.Random, tried: Trial) -> Changed:
    design = tried.scene.design
    parts = tuple(replace(part, kind="other", name="", source_class="") for part in design.parts)
    levels = () if rng.random() < 0.5 else design.levels
    return replace(tried.scene, design=replace(design, parts=parts, levels=levels)), f"without classes{'' if levels else ' and levels'}"


def added(rng: random.Random, tried: Trial) -> tuple[Scene, str, Body]:
    """A body outside the bouwvlak, over the boundary or on the roof; named as anything, or not."""
    world = tried.world
    x0, y0, x1, y1 = world.built.bodies[0].flat.bounds
    where = rng.choice(("beside", "boundary", "roof"))
    if where == "roof":
        corners, low, high = (x0 + 0.5, y0 + 0.5, x1 - 0.5, y1 - 0.5), world.built.bodies[0].eaves, world.built.top + 9.0
    elif where == "boundary":
        corners, low, high = (-1.0, y0 + 1.0, x0, y1 - 1.0), 0.0, 2.7
    else:
        corners, low, high = (x0 + 0.5, world.bouwvlak[3] - 0.2, x1 - 0.5, world.bouwvlak[3] + 2.5), 0.0, 2.7
    word = rng.choice(sorted(WORDS))
    solid = solid_box(*corners, low, high, WORDS[word] if rng.random() < 0.6 else "building", word)
    body = Body("added", (solid,), polygon(rectangle(*corners)), low, high, high)
    part = replace(part_of(world.frame, 99, body, 0, True), kind=solid.kind)
    design = tried.scene.design
    return replace(tried.scene, design=replace(design, parts=(*design.parts, part))), f"{where}: {word} as {solid.kind}", body


def shaken(rng: random.Random, tried: Trial) -> Changed:
    """Parcels and outlines drawn again, each corner up to 0.08 m off; the mesh up to a millimetre."""
    site, design = tried.scene.site, tried.scene.design
    noise = np.random.default_rng(rng.randrange(10**9))

    def moved(shape: BaseGeometry) -> BaseGeometry:
        return valid(shapely.transform(shape, lambda xy: _once(xy, noise)))

    parcels = tuple(replace(p, geometry=moved(p.geometry)) for p in site.parcels)
    panden = tuple(replace(b, geometry=moved(b.geometry)) for b in site.registered_buildings)
    parts = tuple(replace(p, vertices=p.vertices + noise.uniform(-0.0005, 0.0005, (1, 3))) for p in design.parts)
    changed = replace(tried.scene, site=replace(site, parcels=parcels, registered_buildings=panden), design=replace(design, parts=parts))
    return changed, "parcels and BAG within 0.08 m"


def _once(xy: np.ndarray, noise: np.random.Generator) -> np.ndarray:
    """Each corner moved; the first and last of a ring stay one corner."""
    moved = xy + noise.uniform(-0.08, 0.08, xy.shape)
    moved[-1] = moved[0]
    return moved


def with_context(rng: random.Random, tried: Trial) -> Changed:
    """The neighbour's house, a tree, the garden wall, the ground or a car comes into the file."""
    world, design = tried.world, tried.scene.design
    role = rng.choice([role for role in CONTEXT if not world.of(role)])
    body = context_body(rng, role, (world.width, world.depth))
    parts = tuple(part_of(world.frame, 98, body, piece, world.named) for piece in range(len(body.solids)))
    return replace(tried.scene, design=replace(design, parts=(*design.parts, *parts))), f"with {role}"


def otherwise(rng: random.Random, tried: Trial) -> Changed:
    """The same solids with other triangles, in another order, boxes cut in two, or written to a file in another unit or axis and read again."""
    design, world = tried.scene.design, tried.world
    way = rng.choice(("order", "triangles", "halves", *(() if world.named else files.WAYS)))
    if way in files.WAYS:
        return replace(tried.scene, design=files.through_a_file(design, world.frame, way)), way
    if way == "order":
        parts = [_reordered(part, rng) for part in design.parts]
        rng.shuffle(parts)
    elif way == "triangles":
        parts = [_refined(part) for part in design.parts]
    else:
        parts = _halved(design, world)
    return replace(tried.scene, design=replace(design, parts=tuple(parts))), way


def _reordered(part: Part, rng: random.Random) -> Part:
    order = list(range(len(part.vertices)))
    rng.shuffle(order)
    back = np.argsort(order)
    faces = back[part.faces][:: -1]
    return replace(part, vertices=part.vertices[order], faces=np.roll(faces, rng.randrange(3), axis=1))


def _refined(part: Part) -> Part:
    """Each triangle in four, at the middles of its edges."""
    middles: dict[tuple[int, int], int] = {}
    vertices = list(part.vertices)

    def middle(a: int, b: int) -> int:
        key = (min(a, b), max(a, b))
        if key not in middles:
            middles[key] = len(vertices)
            vertices.append((part.vertices[a] + part.vertices[b]) / 2)
        return middles[key]

    faces = []
    for a, b, c in part.faces.tolist():
        ab, bc, ca = middle(a, b), middle(b, c), middle(c, a)
        faces += [[a, ab, ca], [ab, b, bc], [ca, bc, c], [ab, bc, ca]]
    return replace(part, vertices=np.array(vertices), faces=np.array(faces))


def _halved(design: Design, world: World) -> list[Part]:
    """Upright boxes of the enclosing bodies cut in two side by side, the rest as it is."""
    found, parts = [], iter(design.parts)
    for number, body in enumerate(world.bodies):
        for solid in body.solids:
            part = next(parts)
            low, high = solid.vertices.min(axis=0), solid.vertices.max(axis=0)
            whole = float(np.prod(high - low))
            if not body.encloses or world.built.style == "walls" or len(solid.vertices) != 8 or abs(solid.volume - whole) > 1e-6:
                found.append(part)
                continue
            x = (low[0] + high[0]) / 2
            for side, (a, b) in enumerate(((low[0], x), (x, high[0]))):
                half = Body(body.role, (solid_box(a, low[1], b, high[1], low[2], high[2], solid.kind, solid.name),), body.flat, low[2], high[2])
                made = part_of(world.frame, number, half, 0, world.named)
                found.append(replace(made, fid=f"{part.fid}.{side}", name=part.name, kind=part.kind))
    return found


UNKNOWN = ("kind", "status", "unit", "pand", "topography")


def with_unknown(rng: random.Random, tried: Trial) -> Changed:
    """An object whose kind, status, unit or use nobody knows, over the house."""
    world, site = tried.world, tried.scene.site
    way = rng.choice(UNKNOWN)
    here = world.frame.shape(box(*world.bouwvlak))
    value = rng.choice((0.5, 99.0))
    stated = PlanValue("bouwhoogte", "maximum", value, "m", f"maximum bouwhoogte (m)={value:g}")
    base = PlanArea("x1", "maatvoering", "maatvoering", here, (stated,), PLAN_ID, "Wetten", "vastgesteld", "2021-05-01", "5.2", "", "b1")
    odd = {
        "kind": replace(base, kind="fantasievlak"), "status": replace(base, plan_status="zwevend", plan_id="NL.IMRO.9999.BPx-VA01"),
        "unit": replace(base, values=(replace(stated, unit="el", raw=f"maximum bouwhoogte (el)={value:g}"),)),
    }
    if random.Random(f"second plan {world.seed}").random() < SECOND_PLAN:
        return _with_a_second_plan(tried, value), f"{SECOND}, {value:g}"
    if way in odd:
        return replace(tried.scene, site=replace(site, plans=(*site.plans, odd[way])), plan_too=True), f"{way}, {value:g}"
    return replace(tried.scene, site=_with_object(world, site, way), plan_too=True), way


def _with_a_second_plan(tried: Trial, value: float) -> Scene:
    """Another plan over the plot with a bestemming, a bouwvlak and a height of its own, and no day that tells which of the two is the later."""
    world, site = tried.world, tried.scene.site
    plot = world.frame.shape(world.plot)
    height = PlanValue("bouwhoogte", "maximum", value, "m", f"maximum bouwhoogte (m)={value:g}")
    areas = tuple(
        PlanArea(fid, kind, kind, plot, values, SECOND_ID, "Zegel", "vastgesteld", "", "3.2", "", "")
        for fid, kind, values in (("z1", "enkelbestemming", ()), ("z2", "bouwvlak", ()), ("z3", "maatvoering", (height,)))
    )
    plans, known = (*site.plans, *areas), {area.plan_id for area in site.plans}
    documents = propose([Plan(key, key, "bestemmingsplan", "vastgesteld") for key in (*sorted(known), SECOND_ID)], plans, "2026-03-01", "2026-03-01")
    return replace(tried.scene, site=replace(site, plans=plans, plan_documents=documents), plan_too=True)


def _with_object(world: World, site: Site, way: str) -> Site:
    corner = world.frame.shape(box(world.width - 2.0, world.depth - 9.0, world.width - 0.5, world.depth - 7.5))
    if way == "pand":
        pand = RegisteredBuilding("9999100000000077", corner, 1999, "Pand zweeft", ("onbekend gebruik",))
        return replace(site, registered_buildings=(*site.registered_buildings, pand))
    return replace(site, topography=(*site.topography, TopographyObject("t77", "fantasiedeel", corner, "onbekend")))
