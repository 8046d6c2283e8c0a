"""What is there: the juridical, administrative and physical world around one plot.

xy is EPSG:28992 (RD New) in metres, heights are metres NAP.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Point
from shapely.geometry.base import BaseGeometry

from .arrays import Floats
from .provenance import LayerState, Note, Provenance
from .terrain import PointCloud, Terrain


@dataclass(frozen=True)
class PlanValue:
    """One value of a plan area: ``name`` normalised without qualifier (``bouwhoogte``, ``goothoogte``,
    ``bebouwingspercentage``, ``aantal bouwlagen``...), ``qualifier`` maximum | minimum | None, ``value`` None when the raw
    text is not a number; ``raw`` keeps both texts of the source; ``about`` the kind of
    object that the plan says it is about (``name`` ends with it: "bouwhoogte erfafscheiding"), '' for any."""

    name: str
    qualifier: str | None
    value: float | None
    unit: str
    raw: str
    about: str = ""

    @property
    def quantity(self) -> str:
        """The name without what it is about: what is measured."""
        return self.name.removesuffix(f" {self.about}") if self.about else self.name

    def may_widen(self, other: PlanValue) -> bool:
        """Whether it may be a milder limit than another for the same quantity and some of the same objects: its number is, or the two cannot be
        compared as they stand (text, another unit)."""
        words = {word for word in (self.qualifier, other.qualifier) if word}
        other_things = self.about and other.about and self.about != other.about
        if other.value is None or self.quantity != other.quantity or len(words) > 1 or other_things:
            return False
        if self.value is None or self.unit != other.unit:
            return True
        return self.value < other.value if words == {"minimum"} else self.value > other.value


@dataclass(frozen=True)
class PlanArea:
    """One object of a zoning plan or omgevingsplan.

    ``kind`` is the object type of its standard in lower case. IMRO: plangebied, enkelbestemming, dubbelbestemming, bouwvlak,
    maatvoering, functieaanduiding, bouwaanduiding, gebiedsaanduiding, figuur, lettertekenaanduiding. IMOW: regeltekst,
    gebiedsaanwijzing, activiteit, omgevingsnorm, omgevingswaarde, pons. ``belongs_to`` is the fid of the area it refers to;
    ``group`` its bestemmingshoofdgroep, gebiedsaanduidinggroep or IMOW group; ``quote`` the article's text where the source has it.
    ``unplaced``: the source has no readable place of it; ``geometry`` is the ground of what it belongs to, on which it lies somewhere.
    """

    fid: str
    kind: str
    name: str
    geometry: BaseGeometry
    values: tuple[PlanValue, ...] = ()
    plan_id: str = ""
    plan_name: str = ""
    plan_status: str = ""
    date: str = ""
    article: str = ""
    url: str = ""
    belongs_to: str = ""
    group: str = ""
    quote: str = ""
    unplaced: bool = False


@dataclass(frozen=True)
class Plan:
    """A plan at the place, governing or not.

    ``id`` is its IMRO number or the identification of its regeling; ``kind`` bestemmingsplan, wijzigingsplan, inpassingsplan,
    voorbereidingsbesluit, TAM-omgevingsplan, omgevingsplan...; ``status`` its own (vastgesteld, ontwerp), ``dossier_status`` that of
    its procedure (geheel in werking...); ``date`` ISO, of its status; ``in_force`` ISO, from when it works if the source says;
    ``ended`` ISO, the first day on which it no longer holds; ``suspended``: from when until when (ISO; until '' = still) a court held it up;
    ``changes`` the ids or names of plans that it works out or changes, ``replaces`` of those that it takes the place of as it says itself;
    ``version`` which of several versions of one regeling it is; ``part``: the source is a change of a regeling only, not the whole;
    ``revised_by``: the ids of plans that are later, or may be, and give a value of this one anew, that is wider or may be; ``umbrella``: the source
    says that it only adds to other plans (paraplu); ``geometry`` its plangebied (RD), None when unknown.

    ``order``: 1 for the first of the list: proposed before others, then by hierarchy, the youngest first (0 = not ordered yet).
    ``proposed``: it is proposed that it governs, except where it was ``replaced`` (RD; None = nowhere) by a later plan or a pons;
    ``reasons`` say why, or why not. ``otherwise``: whether it would be proposed if plans that were adopted so shortly before the
    application that they may not work yet, and others of which it is open whether they hold, did the opposite; None when no such plan is
    there. ``contested``: the ground (RD) that it then loses to others and keeps as proposed, or the reverse.
    The officer's answer ``governing_plans`` decides. ``effect``: what the document does at the place, one of ``EFFECTS``.
    """

    id: str
    name: str
    kind: str = ""
    status: str = ""
    dossier_status: str = ""
    date: str = ""
    in_force: str = ""
    ended: str = ""
    authority: str = ""
    url: str = ""
    geometry: BaseGeometry | None = None
    suspended: tuple[tuple[str, str], ...] = ()
    changes: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    version: str = ""
    part: bool = False
    umbrella: bool = False
    historic: bool = False
    order: int = 0
    proposed: bool = False
    replaced: BaseGeometry | None = None
    reasons: tuple[Note, ...] = ()
    otherwise: bool | None = None
    contested: BaseGeometry | None = None
    revised_by: tuple[str, ...] = ()
    effect: str = ""


EFFECTS = ("binds", "replaces", "adds", "suspends", "annuls", "permits", "beside", "informs", "waits", "ended", "unknown")
"""What a document does at a place: it binds by itself, in the place of others, or in addition to them; it holds applications up; it may have ended
what another says; it allows one project; it holds for everyone beside the plan and is not tested here; it binds no builder; it does not work yet;
it no longer holds; nobody knows."""


@dataclass(frozen=True)
class Parcel:
    """A cadastral parcel; ``designation`` as users say it: ``Voorbeeldwijk A 123``; area as registered (m2); ``unmeasured``: its boundary was
    drawn and not yet measured (BRK soortGrootte: voorlopig, administratief)."""

    fid: str
    designation: str
    geometry: BaseGeometry
    registered_area_m2: float | None = None
    unmeasured: bool = False


@dataclass(frozen=True)
class RegisteredBuilding:
    """A BAG pand; ``fid`` is its 16-digit id as text."""

    fid: str
    geometry: BaseGeometry
    year: int | None = None
    status: str = ""
    uses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Address:
    """A BAG verblijfsobject with its main address; ``building_ids`` are 16-digit pand ids."""

    fid: str
    text: str
    geometry: Point
    building_ids: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()


@dataclass(frozen=True)
class TopographyObject:
    """A current BGT object. ``collection`` is the PDOK collection (wegdeel, waterdeel, begroeidterreindeel, pand...);
    ``function`` its functie, fysiek voorkomen or type; ``level`` relatieve hoogteligging (0 = ground); ``planned``: not there
    yet, or a building or structure of a state that nobody knows."""

    fid: str
    collection: str
    geometry: BaseGeometry
    function: str = ""
    surface: str = ""
    level: int = 0
    owner: str = ""
    building_id: str = ""
    planned: bool = False


@dataclass(frozen=True, eq=False)
class Building3D:
    """A building model: ``triangles`` (n, 3, 3) RD + NAP, ``semantics`` (n,) of ``roof | wall | ground | other``.

    ``lod`` as the source says, or ``extruded``: made here from an outline and AHN heights. ``ground_nap`` is the 5th percentile of the
    ground within 4 m, ``roof_nap`` the height that 70 % of the roof stays under (3DBAG's definitions); ``date`` of the flight; ``failings`` what the
    source itself says is wrong with the model (its attributes).
    """

    fid: str
    triangles: Floats
    semantics: NDArray[np.str_]
    lod: str = ""
    ground_nap: float | None = None
    roof_nap: float | None = None
    date: str = ""
    failings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tree:
    """A tree at (x, y); heights NAP/metres, None when unknown."""

    fid: str
    geometry: Point
    height_m: float | None = None
    crown_m: float | None = None


SUCCESSORS = {"maatvoering": ("omgevingsnorm", "omgevingswaarde"), "gebiedsaanduiding": ("gebiedsaanwijzing",)}
"""Per IMRO kind the IMOW kinds that do the same in an omgevingsplan: a norm with a value at a place, an area with a name."""


IN_FORCE = ("vastgesteld", "geconsolideerd", "onherroepelijk", "goedgekeurd", "in werking", "vigerend")
"""Words of a plan's status that say that it works."""


@dataclass(frozen=True)
class Suspicion:
    """An object that does not fit the other sources: ``layer`` is a case's source key, ``fid`` the object's, ``note`` says why."""

    layer: str
    fid: str
    note: Note


@dataclass(frozen=True, eq=False)
class Site:
    """Everything known around ``centre`` (RD) within ``radius_m``; each layer's state is in ``provenance``.

    ``plans`` are the objects of the plans, ``plan_documents`` the plans themselves, with the proposal of what governs; ``unplaced``: objects
    of them that lie somewhere on the ground that is their geometry.
    ``planned_buildings``: permitted, not yet built; ``planned_topography``: what the map has as a plan, and buildings and structures in a state
    that nobody knows. ``terrain`` is the bare ground (AHN DTM), ``surface`` what stands on it included (AHN DSM).
    """

    centre: tuple[float, float]
    radius_m: float
    plans: tuple[PlanArea, ...] = ()
    parcels: tuple[Parcel, ...] = ()
    addresses: tuple[Address, ...] = ()
    registered_buildings: tuple[RegisteredBuilding, ...] = ()
    planned_buildings: tuple[RegisteredBuilding, ...] = ()
    topography: tuple[TopographyObject, ...] = ()
    buildings3d: tuple[Building3D, ...] = ()
    trees: tuple[Tree, ...] = ()
    terrain: Terrain | None = None
    surface: Terrain | None = None
    points: PointCloud | None = None
    provenance: tuple[Provenance, ...] = field(default=())
    plan_documents: tuple[Plan, ...] = ()
    unplaced: tuple[PlanArea, ...] = ()
    planned_topography: tuple[TopographyObject, ...] = ()

    def provenance_of(self, layer: str) -> tuple[Provenance, ...]:
        """Return the provenance records of a layer (several files give several)."""
        return tuple(record for record in self.provenance if record.layer == layer)

    def state(self, layer: str) -> LayerState:
        """Return a layer's state: failed if any of its parts failed, else loaded, empty or not_asked."""
        states = {record.state for record in self.provenance_of(layer)}
        order = (LayerState.FAILED, LayerState.LOADED, LayerState.EMPTY)
        return next((state for state in order if state in states), LayerState.NOT_ASKED)

    def areas(self, kind: str) -> tuple[PlanArea, ...]:
        """Return the plan areas of one IMRO kind, and what takes its place in an omgevingsplan."""
        kinds = (kind, *SUCCESSORS.get(kind, ()))
        return tuple(area for area in self.plans if area.kind in kinds)


ABOVE_NAP, ABOVE = "m NAP", "m boven "
"""Units of heights whose norm names the level itself: NAP, or what stands after the second ("m boven maaiveld"); all others are above peil."""
CROSSES = "sources_outline_crosses"
"""The remark of a source that an outline crosses itself; its data are the box (west, south, east, north in RD) within which."""
NO_AREA = "sources_object_without_area"
"""The remark of a source that an object has no area that can be read; its data are the ids and the box within which it lies somewhere."""
CROSSED_M2 = 1.0
"""An outline that encloses less than this the other way round has a fold, of which the repair is certain enough."""


def valid_area(shape: BaseGeometry) -> BaseGeometry:
    """Return a geometry made valid; of an area only areas are kept."""
    if shape.geom_type in ("Polygon", "MultiPolygon"):
        return shapely.make_valid(shape, method="structure", keep_collapsed=False)
    return shapely.make_valid(shape)


def crossings(shapes: Iterable[BaseGeometry], path: str) -> tuple[Note, ...]:
    """Return a remark for each outline (RD) that crosses itself, so that what it encloses depends on how it is repaired: what lies on the one
    side of the crossing is enclosed the other way round, and the signed size of the ring is less than that of the repaired areas. An outline
    that touches itself, or a hair-thin fold, is no such thing."""
    found = []
    for polygon in shapely.get_parts([shape for shape in shapes if shape.geom_type in ("Polygon", "MultiPolygon")]):
        if polygon.is_valid or not np.isfinite(polygon.bounds).all():
            continue
        lobes = sorted(shapely.get_parts(valid_area(polygon)), key=lambda part: part.area)
        if abs(polygon.area - sum(lobe.area for lobe in lobes)) <= CROSSED_M2:
            continue
        small = shapely.union_all(lobes[:-1]) if len(lobes) > 1 else polygon
        reach = float(np.hypot(*(np.array(small.bounds[2:]) - small.bounds[:2])))  # so far round the smaller lobe lies what it is the corner of
        around = shapely.box(*small.bounds).buffer(reach).intersection(shapely.box(*polygon.bounds)).bounds
        found.append(Note.of(CROSSES, path=path, **dict(zip(("west", "south", "east", "north"), (round(value, 1) for value in around)))))
    return tuple(found)
