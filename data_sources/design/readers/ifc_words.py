"""What the products of an IFC are: which have a shape that counts, their kind, the building they belong to, and their role by what the file says.

Roles come from ``Status`` of the common property sets and the phases that programs write, from the classes, and from the names of products
whose class says nothing, of layers and of buildings. They propose: the engine tries the file's word and its opposite.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from ..bodies.raw import NO_ROLE
from ..bodies.role_words import ROLE_OF_STATUS, is_machine, role_named

NOT_BUILDING = (
    "IfcSite", "IfcSpace", "IfcFeatureElementSubtraction", "IfcSurfaceFeature", "IfcAnnotation", "IfcVirtualElement", "IfcGrid", "IfcSpatialZone",
    "IfcSpatialElement", "IfcSpatialStructureElement", "IfcGeographicElement", "IfcPositioningElement", "IfcLinearElement", "IfcPort",
    "IfcDistributionPort", "IfcStructuralItem", "IfcStructuralActivity",
)
"""Classes, with all their subtypes, whose shapes are no bodies of the building: voids, spaces, the ground, lines of drawings."""
INSTEAD = (("IfcBuilding", "IfcFacility"), ("IfcBuildingStorey", "IfcFacilityPart"), ("IfcSpatialZone",), ("IfcSpace",))
"""What stands for the building where nothing else in the file has a shape, in this order."""
KINDS = {
    "wall": ("IfcWall", "IfcCurtainWall", "IfcPlate"), "roof": ("IfcRoof",), "slab": ("IfcSlab",), "window": ("IfcWindow",), "door": ("IfcDoor",),
    "chimney": ("IfcChimney",), "stair": ("IfcStair", "IfcStairFlight", "IfcRamp", "IfcRampFlight"), "railing": ("IfcRailing",),
    "beam": ("IfcBeam", "IfcColumn"), "member": ("IfcMember",), "covering": ("IfcCovering",), "furnishing": ("IfcFurnishingElement",),
    "installation": ("IfcDistributionElement", "IfcEquipmentElement"), "canopy": ("IfcShadingDevice",),
}
"""Kind: classes, with all the subtypes that the file's own schema gives them."""
WORDS = {
    "schoorsteen": "chimney", "chimney": "chimney", "antenne": "antenna", "antenna": "antenna", "balkon": "balcony", "balcony": "balcony",
    "luifel": "canopy", "canopy": "canopy",
}
GUTTERS = ("goot", "gutter")
"""Words of names and predefined types (lower case) of pipes that are the eaves of a roof, and no installation."""
FLAT = ("Axis", "FootPrint", "Plan", "Annotation", "Box", "Profile", "CoG")
FLAT_TYPES = ("Curve2D", "GeometricCurveSet", "Annotation2D", "BoundingBox", "Point", "Curve3D")
"""Representations that are no bodies, by identifier and by type."""
NO_MATTER = ("clearance", "reference", "lighting")
"""Representations (lower case) of room that must stay free, of what others refer to, and of light: bodies in which nothing is."""
AROUND = ("IfcSite", "IfcGeographicElement", "IfcSpatialZone", "IfcBuilding", "IfcBuildingStorey", "IfcFacility", "IfcFacilityPart")
"""Classes that are no body of the building, and may hold what is one all the same: that they were left out is told."""
ROLE_OF_CLASS = {
    "terrain": ("IfcEarthworksElement", "IfcReinforcedSoil", "IfcPavement", "IfcCourse", "IfcKerb"),
    "context": ("IfcVehicle",),
}
"""Role: classes that propose it; of the ground and what is laid on it, and of what stands there for a while."""
SAYS_NOTHING = ("IfcBuildingElementProxy", "IfcProxy", "IfcCivilElement", "IfcElementAssembly", "IfcFurnishingElement")
"""Classes that leave it to the name what a product is."""
STATUS, PHASES, GONE = ("status",), ("renovation status", "renovatiestatus", "phase created", "fase gemaakt", "bouwfase"), ("phase demolished", "fase gesloopt")
"""Names of properties that tell whether a product is there, comes, or goes: buildingSMART's, ArchiCAD's, Revit's."""
NEVER = ("", "none", "geen", "-", "n/a", "unset")


def is_building(product: Any) -> bool:
    """Whether a product has a shape that is part of a building (no site, space, void or annotation, nor a subtype of these)."""
    return product.Representation is not None and not any(product.is_a(cls) for cls in NOT_BUILDING)


def drawn_instead(model: Any) -> list[Any]:
    """Return the products that stand for the building where no element has a shape: its own mass, else storeys, zones, rooms."""
    for classes in INSTEAD:
        found = {p.id(): p for cls in classes for p in of_type(model, cls) if p.Representation is not None}
        if found:
            return list(found.values())
    return []


def shaped_classes(model: Any) -> str:
    """Return the classes of everything that has a shape, with their numbers, as words for a sentence."""
    return _counted(p for p in model.by_type("IfcProduct") if p.Representation is not None)


def left_out(model: Any, drawn: Collection[str]) -> str:
    """Return the classes around the building that have a body, with their numbers, as words for a sentence, without what was ``drawn`` (GlobalIds)."""
    around = {p.id(): p for cls in AROUND for p in of_type(model, cls) if has_body(p) and p.GlobalId not in drawn}
    return _counted(around.values())


def _counted(products: Iterable[Any]) -> str:
    return ", ".join(f"{cls} {number}" for cls, number in Counter(product.is_a() for product in products).most_common(4))


def has_body(product: Any) -> bool:
    """Whether a product has a shape that is more than lines, points or a box."""
    return product.Representation is not None and not all(is_flat(shape) for shape in product.Representation.Representations)


def is_flat(shape: Any) -> bool:
    """Whether a representation is no body."""
    return str(shape.RepresentationIdentifier or "") in FLAT or str(shape.RepresentationType or "") in FLAT_TYPES or is_no_matter(shape)


def is_no_matter(shape: Any) -> bool:
    """Whether a representation is a body in which nothing is."""
    return str(getattr(shape, "RepresentationIdentifier", "") or "").lower() in NO_MATTER


def of_type(model: Any, cls: str) -> Iterable[Any]:
    """Return the entities of a class, none where the schema does not know it."""
    try:
        return model.by_type(cls)
    except RuntimeError:
        return ()


def kind_of(product: Any) -> str:
    """Return our word for the role of an IFC product: by its class, its predefined type, else by its name."""
    name = (product.Name or "").lower()
    predefined = str(getattr(product, "PredefinedType", "") or "")
    if product.is_a("IfcSlab") and predefined == "ROOF":
        return "roof"
    named = next((kind for word, kind in WORDS.items() if word in name), "")
    if named:
        return named
    kind = next((kind for kind, classes in KINDS.items() if any(product.is_a(cls) for cls in classes)), "other")
    if kind == "installation" and any(word in f"{name} {predefined.lower()}" for word in GUTTERS):
        return "other"
    named = " ".join(str(getattr(product, word, None) or "") for word in ("Name", "ObjectType"))
    return "installation" if any(product.is_a(cls) for cls in SAYS_NOTHING) and kind == "other" and is_machine(named) else kind


class FileWords:
    """What an IFC says of its products: building and role; looked up once for the whole file."""

    def __init__(self, model: Any) -> None:
        self.status = _statuses(model)
        self.layers = _layers(model)
        buildings = [building for building in of_type(model, "IfcBuilding") if not _of_a_complex(building)]
        names = Counter(building.Name or "" for building in buildings)
        self.names = {b.id(): b.Name if b.Name and names[b.Name] == 1 else f"{b.Name or 'IfcBuilding'} ({b.GlobalId})" for b in buildings}
        self.above: dict[int, tuple[str, tuple[str, str, dict[str, Any]]]] = {}

    def of(self, product: Any) -> tuple[str, tuple[str, str, dict[str, Any]]]:
        """Return the building that a product belongs to ('' in a file of one), and its role with the code and data of why."""
        found, inherited = self._around(product)
        own = self.status.get(product.id()) or self._named(product)
        return (found if len(self.names) > 1 else ""), own or inherited

    def _around(self, thing: Any) -> tuple[str, tuple[str, str, dict[str, Any]]]:
        """Return building and role that the wholes above a thing give it."""
        whole = next(_wholes(thing), None)
        if whole is None:
            return self.names.get(thing.id(), ""), NO_ROLE
        if whole.id() not in self.above:
            self.above[whole.id()] = (self.names.get(whole.id(), ""), NO_ROLE)  # a whole that is its own part ends here
            found, inherited = self._around(whole)
            own = self.status.get(whole.id()) or (_of_a_name(whole.Name) if whole.is_a("IfcBuilding") and len(self.names) > 1 else None)
            self.above[whole.id()] = (self.names.get(whole.id(), "") or found, own or inherited)
        return self.above[whole.id()]

    def _named(self, product: Any) -> tuple[str, str, dict[str, Any]] | None:
        for word, classes in ROLE_OF_CLASS.items():
            if any(product.is_a(cls) for cls in classes):
                return word, "part_role_class", {"cls": product.is_a()}
        if any(product.is_a(cls) for cls in SAYS_NOTHING):
            named = _of_a_name(" ".join(str(getattr(product, word, None) or "") for word in ("Name", "ObjectType")))
            if named:
                return named
        return self.layers.get(product.Representation.id()) if self.layers and product.Representation else None


def _of_a_name(name: str | None) -> tuple[str, str, dict[str, Any]] | None:
    word = role_named(name or "")
    return (word, "part_role_name", {"name": (name or "").strip()}) if word else None


def _of_a_complex(building: Any) -> bool:
    """Whether an IfcBuilding is a part of another one: a wing, a section, no building by itself."""
    return str(building.CompositionType or "") == "PARTIAL" and any(whole.is_a("IfcBuilding") for whole in _wholes(building))


def _wholes(thing: Any) -> Iterator[Any]:
    """Yield what a thing is a part of, or stands in."""
    for relation in (*(getattr(thing, "Decomposes", None) or ()), *(getattr(thing, "Nests", None) or ())):
        yield relation.RelatingObject
    for relation in getattr(thing, "FillsVoids", None) or ():
        for void in relation.RelatingOpeningElement.VoidsElements or ():
            yield void.RelatingBuildingElement
    for relation in getattr(thing, "ContainedInStructure", None) or ():
        yield relation.RelatingStructure


def _statuses(model: Any) -> dict[int, tuple[str, str, dict[str, Any]]]:
    """Return the role by status or phase of every product, type's products and whole that has one; what goes outweighs what is there."""
    found: dict[int, tuple[str, str, dict[str, Any]]] = {}
    for cls in ("IfcPropertyEnumeratedValue", "IfcPropertySingleValue"):
        for entry in of_type(model, cls):
            name = str(entry.Name or "").strip().lower()
            if name not in STATUS and name not in PHASES and name not in GONE:
                continue
            value = _value(entry)
            word = "demolish" if name in GONE and value.lower() not in NEVER else ROLE_OF_STATUS.get(value.lower(), "") if name not in GONE else ""
            if not word:
                continue
            for owner in (one for one in model.get_inverse(entry) if one.is_a("IfcPropertySet")):
                if name in STATUS and not str(owner.Name or "").lower().startswith("pset_"):
                    continue
                said = (word, "part_role_status", {"property": str(entry.Name), "value": value, "set": str(owner.Name or "")})
                for product, own in _having(owner):
                    known = found.get(product.id())
                    if known is None or (known[0] != "demolish" and (own or word == "demolish")):
                        found[product.id()] = said
    return found


def _value(entry: Any) -> str:
    values = entry.EnumerationValues if entry.is_a("IfcPropertyEnumeratedValue") else (entry.NominalValue,)
    return ", ".join(str(value.wrappedValue).strip() for value in values or () if value is not None)


def _having(owner: Any) -> Iterator[tuple[Any, bool]]:
    """Yield every object that has a property set, and whether as its own; of a type all its objects."""
    for relation in getattr(owner, "DefinesOccurrence", None) or getattr(owner, "PropertyDefinitionOf", None) or ():
        yield from ((thing, True) for thing in relation.RelatedObjects)
    for kind in getattr(owner, "DefinesType", None) or ():
        for relation in getattr(kind, "Types", None) or getattr(kind, "ObjectTypeOf", None) or ():
            yield from ((thing, False) for thing in relation.RelatedObjects)


def _layers(model: Any) -> Mapping[int, tuple[str, str, dict[str, Any]]]:
    """Return the role by the name of its layer of every shape whose layer's name gives one."""
    found: dict[int, tuple[str, str, dict[str, Any]]] = {}
    for layer in of_type(model, "IfcPresentationLayerAssignment"):
        word = role_named(str(layer.Name or ""))
        for item in layer.AssignedItems if word else ():
            for whole in (one for one in model.get_inverse(item) if one.is_a("IfcProductDefinitionShape")):
                found.setdefault(whole.id(), (word, "part_role_layer", {"layer": str(layer.Name)}))
    return found
