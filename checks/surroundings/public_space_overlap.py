"""Over public space: does any part of the design hang over a road, path, water or public green?

What it checks
    The area of the projected design (roof overhang, canopies and balconies included) over current BGT objects at ground
    level, which object it is, and how high the design hangs above it.
Legal basis
    The omgevingsplan or verordening of the municipality on building over public land; the rule quotes it.
Inputs
    BGT wegdeel, waterdeel, ondersteunendwegdeel, begroeidterreindeel, onbegroeidterreindeel without erf; terrain for the free height; design mesh.
    ``limit`` (m2): how much the design may hang over, 0 where the rule states none. ``measure.private_functions``: BGT functions that are
    private ground; ``measure.over_green``: the verdict over public green (needs_judgement).
How measured
    Exact projection of the design, intersected with each object; roads and water are measured against the limit, and with the green that the
    design hangs over as well. Free height = lowest point of the design over the object minus the ground there.
Limits
    BGT outlines are known to 0.2 m: an overlap that is not wider than that needs judgement. Green, paved and bare ground is public unless the
    rule says otherwise; over it needs judgement. The BGT does not say what is public. Ground that is planned, objects on another level (a
    bridge above the design, a tunnel where the design goes below the ground) and objects of a kind that is neither ground nor stands on it are
    asked. The BGT covers all land: under a design of which it has nothing, it was not loaded.
References
    BGT gegevenscatalogus; docs/measuring.md 0.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from ...measure.building.footprint import polygons_only, without_neighbours
from ...measure.building.height import lowest_point
from ...measure.plane import overlay
from ...model import Evidence, Finding, Limit, Measurement, Note, Rule, TopographyObject, UncertaintySource, Verdict, combine
from ..declared.declaration import PART, STABLE, SURROUNDINGS, Switch
from ..engine.base import BGT_OUTLINE_UNCERTAINTY_M, Check, Context, finding, inputs_of, missing_layers, not_assessable
from ..engine.open_points.unseen import HIGHER, LOWER, Unseen
from ..engine.plot import boundary_doubt, nothing_under, parcels_told, parcels_under
from ..engine.standing import BUILT
from ..engine.weighing import against

FIRM = ("wegdeel", "waterdeel", "ondersteunendwegdeel", "ondersteunendwaterdeel")
GREEN = ("begroeidterreindeel", "onbegroeidterreindeel")
"""Ground that may be public: green, and paved or bare ground such as a square."""
CROSSING = ("overbruggingsdeel", "tunneldeel")
"""What goes over or under the ground: asked where the design meets it."""
YARD = "erf"
"""What the BGT calls the ground of a house (fysiek voorkomen of an onbegroeid terreindeel)."""
NO_GROUND = (
    "gebouwinstallatie", "scheiding", "overigescheiding", "vegetatieobject", "mast", "paal", "bak", "bord", "kast", "installatie", "put", "sensor",
    "straatmeubilair", "waterinrichtingselement", "weginrichtingselement", "functioneelgebied", "openbareruimte", "openbareruimtelabel", "buurt", "wijk",
    "stadsdeel", "waterschap", "plaatsbepalingspunt",
)
"""What IMGeo has besides ground: what stands or grows on it, and areas that only have a name."""
PRIVATE_FUNCTIONS = ("inrit",)
"""Functions of a wegdeel that are often, but not always, private ground."""
LEAST_M2 = 1e-4
"""Less is a touch."""
NEAR_M = 5.0
"""The ground under a design is that of the nearest terrain cell within this."""
SUBJECT = Note.of("subject_public_space")


@dataclass(frozen=True)
class Overlap:
    """The part of one object (RD polygon) that the design hangs over."""

    item: TopographyObject
    area: BaseGeometry

    @property
    def green(self) -> bool:
        """Whether it hangs over green, paved or bare ground."""
        return self.item.collection in GREEN


class PublicSpaceOverlap(Check):
    """``public_space_overlap``; see the module's text."""

    name = "public_space_overlap"
    code, stage, family, about = "DRL-A30", STABLE, SURROUNDINGS, PART
    in_plan = True
    title = {"nl": "Vrij van de openbare ruimte", "en": "Clear of public space"}
    needs: tuple[str, ...] = ("bgt",)
    reads = ("public.*",)
    units = ("m2",)
    switches: Mapping[str, Switch] = {"private_functions": "names", "over_green": ("complies", "violates", "needs_judgement")}

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return the one finding of the design over public space."""
        missing = missing_layers(self, context)
        if missing:
            return (not_assessable(rule, context, SUBJECT, *missing),)
        context.looks("bgt", HIGHER, context.projection, kinds=FIRM + GREEN + CROSSING)
        ground = [t.geometry for t in context.site.topography if t.level == 0 and kind_of(t) not in NO_GROUND]
        bare = nothing_under(context.projection, ground, BGT_OUTLINE_UNCERTAINTY_M)
        if bare > 0:
            context.ledger.missed(Unseen(Note.of("surroundings_bgt_nothing", area=round(bare, 2)), HIGHER, most=bare))
        public = [t for t in (*context.site.topography, *context.site.planned_topography) if is_public(t, rule, context)]
        shape = context.projection
        overlaps = [Overlap(t, polygons_only(overlay.intersection(t.geometry, shape))) for t in public if t.geometry.intersects(shape)]
        overlaps = sorted((o for o in overlaps if o.area.area > LEAST_M2), key=lambda o: (-o.area.area, o.item.fid))
        if not overlaps:
            return (clear(rule, context, public),)
        return (judge(rule, context, overlaps),)


def is_public(item: TopographyObject, rule: Rule, context: Context) -> bool:
    """Whether an object is public space at ground level, in this reading.

    The rule may say which functions are private. Where it does not, the function of the BGT (inrit) is no proof of who owns or uses
    it, nor is a road or path public that lies wholly on the design's own parcel: of what the design hangs over that is an open point.
    """
    if kind_of(item) in BUILT + NO_GROUND or (item.collection in GREEN and item.function == YARD):
        return False
    stated = rule.measure.get("private_functions")
    if stated is not None and item.function in stated:
        return False
    if item.planned or item.level != 0 or item.collection not in FIRM + GREEN:
        code = "surroundings_question_public_planned" if item.planned else "surroundings_question_public_other"
        note = Note.of(code, object=item.function or item.collection, fid=item.fid, level=item.level)
        return meets(item, context) and context.yes_no(f"public.{item.fid}", note, likely=False)
    if stated is not None:
        return True
    over = overlay.intersection(item.geometry, context.projection).area > LEAST_M2
    if item.function not in PRIVATE_FUNCTIONS and not (over and on_own_parcel(item, context)):
        return True
    if not over:
        return False
    likely = item.function not in PRIVATE_FUNCTIONS
    if likely:
        return context.yes_no(f"public.{item.fid}", Note.of("surroundings_question_public_own", function=item.function or item.collection), likely)
    return context.yes_no(f"public.{item.function}", Note.of("surroundings_question_public", function=item.function), likely=False)


def kind_of(item: TopographyObject) -> str:
    """Return the collection of an object without the kind of geometry that PDOK splits some by (``scheiding_vlak``)."""
    return item.collection.split("_")[0].lower()


def meets(item: TopographyObject, context: Context) -> bool:
    """Whether a design may meet an object that is no ground level's: it lies over it or under it, and one below the ground only where the design
    goes below the ground as well, or nobody knows where that is."""
    shape = overlay.intersection(item.geometry, context.projection)
    if shape.area <= LEAST_M2:
        return False
    if item.level >= 0 or context.site.terrain is None:
        return True
    low = lowest_point(context.design.triangles, shape)
    ground = None if low is None else context.site.terrain.nearest(float(low[0]), float(low[1]), within_m=NEAR_M)
    return low is None or ground is None or float(low[2]) < ground[0]


def on_own_parcel(item: TopographyObject, context: Context) -> bool:
    """Whether an object lies wholly on the parcel that the design stands on, but for what two drawings may differ. While no parcels are known
    it may, and so it is no firm violation (a design over several of them stands on that with the most of it)."""
    own = parcels_told(context) or parcels_under(context)[:1]
    context.looks("parcels", LOWER)
    ground = shapely.union_all([parcel.geometry for parcel in own])
    return bool(own) and shapely.difference(item.geometry, overlay.grown(ground, boundary_doubt(own))).area <= LEAST_M2


def clear(rule: Rule, context: Context, public: list[TopographyObject]) -> Finding:
    """Return the finding of a design that hangs over nothing public."""
    measured = [against(limit_of(rule), "overlap_area", 0.0, "m2")]
    notes: tuple[Note, ...] = ()
    if public:
        distance = float(min(shapely.distance([t.geometry for t in public], context.projection)))
        measured.append(Measurement("distance_to_public_space", round(distance, 3), "m"))
        if distance < BGT_OUTLINE_UNCERTAINTY_M:
            notes = (Note.of("checks_close_to_public", distance=round(distance, 3)),)
    return finding(rule, context, SUBJECT, measured[0].verdict(), measurements=tuple(measured), notes=notes)


def judge(rule: Rule, context: Context, overlaps: list[Overlap]) -> Finding:
    """Return the finding of a design that hangs over public objects: over roads and water, and over these with green; the heavier verdict counts."""
    kinds = [[overlap for overlap in overlaps if not overlap.green], overlaps if any(overlap.green for overlap in overlaps) else []]
    weighed = [(measured, verdict_of(some, measured, rule)) for some in kinds if some for measured in (measured_over(some, rule),)]
    verdict = combine(one for _, one in weighed)
    measured = [next(measured for measured, one in reversed(weighed) if one is verdict)]
    notes = []
    for overlap in overlaps:
        clearance = free_height(context, overlap.area)
        name = overlap.item.function or overlap.item.collection
        measured.append(Measurement("clearance", clearance, "m", at=name))
        notes.append(Note.of("checks_over_object", object=name, fid=overlap.item.fid, area=round(overlap.area.area, 2)))
        if clearance is None:
            notes.append(Note.of("checks_no_ground_height"))
    return finding(
        rule, context, SUBJECT, verdict,
        measurements=tuple(measured),
        evidence=tuple(Evidence("overlap_area", o.area, value=round(o.area.area, 4), unit="m2") for o in overlaps),
        inputs=inputs_of("bgt", *(overlap.item for overlap in overlaps)),
        notes=tuple(notes),
    )


def limit_of(rule: Rule) -> Limit:
    """Return how much (m2) a design may hang over public space: nothing where the rule states no limit."""
    return rule.limit or Limit("<=", "m2", 0.0)


def measured_over(overlaps: list[Overlap], rule: Rule) -> Measurement:
    """Return the area that a design hangs over, against the limit; as uncertain as the outlines of the objects are."""
    total, outline = together(overlaps)
    doubt = float(overlay.intersection(outline, total.buffer(0.01)).length) * BGT_OUTLINE_UNCERTAINTY_M
    return against(limit_of(rule), "overlap_area", total.area, "m2", (UncertaintySource("bgt_outline", round(doubt, 4)),))


def together(overlaps: list[Overlap]) -> tuple[BaseGeometry, BaseGeometry]:
    """Return what overlaps cover as one, and the outline of their objects as one: how a street is cut into objects changes nothing."""
    covered = polygons_only(shapely.union_all([overlap.area for overlap in overlaps]))
    return covered, shapely.union_all([overlap.item.geometry for overlap in overlaps]).boundary


def verdict_of(overlaps: list[Overlap], measured: Measurement, rule: Rule) -> Verdict:
    """Return the verdict over some objects: what the rule allows is weighed; beyond that road, path, water violate, and green needs judgement, as
    does what is nowhere wider than the outline is uncertain."""
    if measured.limit and measured.verdict() is not Verdict.VIOLATES:
        return measured.verdict()
    if together(overlaps)[0].buffer(-BGT_OUTLINE_UNCERTAINTY_M / 2).is_empty:
        return Verdict.NEEDS_JUDGEMENT
    if any(overlap.green for overlap in overlaps):
        return Verdict(rule.measure.get("over_green", "needs_judgement"))
    return Verdict.VIOLATES


def free_height(context: Context, area: BaseGeometry) -> float | None:
    """Return the free height (m) between the ground and the design over an area; None when the ground is unknown."""
    low = lowest_point(context.design.triangles, without_neighbours(area, context.projection))  # not the facade that it hangs on
    terrain = context.site.terrain
    if low is None or terrain is None:
        return None
    ground = terrain.nearest(float(low[0]), float(low[1]), within_m=NEAR_M)
    return None if ground is None else round(max(0.0, float(low[2]) - ground[0]), 3)
