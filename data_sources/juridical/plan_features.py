"""Plan objects as flat features, in the spelling of PDOK's WFS of old, of WMS GetFeatureInfo and of the national files (ATOM).

All attributes are text; a maatvoering is one text with all its values. Standard: IMRO2012, flattened by PDOK.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from ...errors import SourceError
from ...model import Note, Plan, PlanArea, PlanValue
from ..formats.vector_files import NOWHERE, Feature, FeatureLayer, layer_names, read_layer, text
from .imro import PLAN
from .maatvoering import contradictions, plan_values
from .placed import Parsed, kind_of_plan, parsed, without_place

KINDS = (
    "enkelbestemming", "dubbelbestemming", "bouwvlak", "maatvoering", "functieaanduiding", "bouwaanduiding", "gebiedsaanduiding", "figuur",
    "lettertekenaanduiding", PLAN,
)
PREFIXES = {
    "eb": "enkelbestemming", "db": "dubbelbestemming", "bv": "bouwvlak", "mv": "maatvoering", "fa": "functieaanduiding", "ba": "bouwaanduiding",
    "ga": "gebiedsaanduiding", "fi": "figuur", "la": "lettertekenaanduiding", "pg": PLAN, "bp": PLAN,
}
"""First letters of a gml_id."""
TYPE_KEYS = ("objecttype", "typeplanobject", "layer", "layername")
UNKNOWN = "onbekend soort"
"""How the kind of an object begins that is none of ours: it is measured by nothing and stays to be read."""
DOUBLE = ("waarde", "waterstaat", "leiding")
"""Hoofdgroepen that only a dubbelbestemming has."""
PAIR = re.compile(r'"([^"]+)"\s*=\s*"([^"]*)"')
BETWEEN = re.compile(r"^[\s,;]+|[\s,;]+$")
UNQUOTED = re.compile(r"\s*([^=;\"]+?)\s*=\s*([^=;\"]*?)\s*(?:;|,(?=\s*[^\d=\s][^=]*=)|$)")
BARE = re.compile(r"[=;,\s]")
REFERENCES = ("bouwvlak", "aanduiding", "bestemmingsvlak")


def read_feature_file(path: Path) -> Parsed:
    """Return the areas, plans and remarks of a GeoJSON or GeoPackage; layers that hold no plan objects are passed over.

    Raises ``SourceError``: not readable, not in RD, or no plan object in it.
    """
    layers = [read_layer(path, name) for name in layer_names(path)]
    of_plans = [layer for layer in layers if any(kind_of(feature.attributes, layer.name) for feature in _every(layer))]
    if not of_plans and any(_every(layer) for layer in layers):
        raise SourceError("plans_not_recognised", path=path.name)
    remarks = [note for layer in of_plans for note in layer.notes]
    found = read_plan_features(((layer.name, feature) for layer in of_plans for feature in _every(layer)), path.name)
    return replace(found, notes=(*remarks, *found.notes))


def _every(layer: FeatureLayer) -> tuple[Feature, ...]:
    return (*layer.features, *layer.lost)


def read_plan_features(features: Iterable[tuple[str, Feature | Mapping[str, Any]]], name: str = "") -> Parsed:
    """Return what features say, ours or GeoJSON's, in any of the spellings, each with the name of its layer; geometry in RD.

    ``name`` is the source in the remarks; the layer tells the kind of features that do not say it themselves. Of unknown kind those that name their
    plan are objects of it, of which nobody knows what they ask; others, and those without geometry, are counted in a remark. Raises
    ``SourceError`` when the coordinates are not RD.
    """
    areas: list[PlanArea] = []
    unplaced: list[PlanArea] = []
    plans: dict[str, Plan] = {}
    notes: list[Note] = []
    bare, unknown = [], 0
    for layer, feature in features:
        attributes, geometry = _spelled(feature)
        kind = kind_told(attributes, layer)
        if not kind:
            unknown += 1
            continue
        area = _area(kind, attributes, geometry, notes)
        plan = _plan(kind, attributes, geometry)
        if plan.id and (kind == PLAN or plan.id not in plans):
            plans[plan.id] = plan
        if without_place(area):
            bare.append(area.fid or kind)
        if not without_place(area):
            areas.append(area)
        elif kind != PLAN:
            unplaced.append(area)
    if unknown:
        notes.append(Note.of("plans_features_unknown", path=name, count=unknown))
    return parsed(name, areas, tuple(plans.values()), notes, bare, unplaced=unplaced)


def _spelled(feature: Feature | Mapping[str, Any]) -> tuple[dict[str, Any], BaseGeometry | None]:
    """Return attributes with names in one spelling (lower case, no underscores), the GeoJSON id among them, and the geometry."""
    if isinstance(feature, Feature):
        return _one_spelling(feature.attributes), feature.geometry
    given = feature.get("properties")
    named = {"id": feature.get("id"), **(given if isinstance(given, Mapping) else {})}
    try:
        return _one_spelling(named), shape(feature["geometry"]) if feature.get("geometry") else None
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, shapely.errors.ShapelyError):
        return _one_spelling(named), None


def _one_spelling(attributes: Any) -> dict[str, Any]:
    """Return attributes with their names in lower case without underscores; none for what is no mapping."""
    return {key.lower().replace("_", ""): value for key, value in attributes.items()} if isinstance(attributes, Mapping) else {}


def kind_of(attributes: Mapping[str, Any], layer: str = "") -> str:
    """Return the kind of a plan object: as an attribute names it, its feature id, its layer, or what it has; '' when unknown."""
    own = _one_spelling(attributes)
    for key in TYPE_KEYS:
        if kind := kind_in(str(own.get(key) or "")):
            return kind
    for key in ("id", "gmlid"):
        if kind := kind_in(str(own.get(key) or "").split(".")[0]):
            return kind
    prefix = str(own.get("gmlid") or "").split("_")[0].lower()
    if (prefix in PREFIXES and "plangebied" in own) or (prefix in ("pg", "bp") and "typeplan" in own):
        return PREFIXES[prefix]
    if kind := kind_in(layer):
        return kind
    return _kind_by_attributes(own)


def kind_told(attributes: Mapping[str, Any], layer: str = "") -> str:
    """Return the kind of a plan object (``kind_of``), or of one that names its plan that it is of a kind that nobody knows; '' for any other feature."""
    own = _one_spelling(attributes)
    if (kind := kind_of(own, layer)) or not _plan_id("", own):
        return kind
    return f"{UNKNOWN} {text(own, *TYPE_KEYS).rpartition(':')[2].lower()}".strip()


@functools.lru_cache(maxsize=4096)  # a service says the same few words of every object
def kind_in(word: str) -> str:
    """Return the kind that a word names, or ends in: ``rp_enkelbestemming``, ``app:Maatvoering``; '' for none."""
    word = word.rpartition(":")[2].lower()
    if word.endswith(PLAN):
        return PLAN
    return next((kind for kind in KINDS if word == kind or word.endswith((f"_{kind}", f".{kind}", f"-{kind}"))), "")


def _kind_by_attributes(own: Mapping[str, Any]) -> str:
    if "maatvoering" in own:
        return "maatvoering"
    if "gebiedsaanduidinggroep" in own:
        return "gebiedsaanduiding"
    if "bestemmingshoofdgroep" in own:
        return "dubbelbestemming" if str(own["bestemmingshoofdgroep"]).lower() in DOUBLE else "enkelbestemming"
    if "typeplan" in own and "naamoverheid" in own:
        return PLAN
    return "bouwvlak" if str(own.get("naam") or "").lower() == "bouwvlak" and "plangebied" in own else ""


def _area(kind: str, own: Mapping[str, Any], geometry: BaseGeometry | None, notes: list[Note]) -> PlanArea:
    fid = text(own, "identificatie", "gmlid", "id")
    values = values_of(text(own, "maatvoering"), text(own, "naam")) if "maatvoering" in own else ()
    if text(own, "versieimro") >= "IMRO2012" and (code := text(own, "symboolcode")):
        notes += contradictions(values, code, fid)
    area = PlanArea(
        fid=fid, kind=kind, name=text(own, "naam"), geometry=NOWHERE if geometry is None else geometry, values=values, plan_id=_plan_id(kind, own),
        plan_name=text(own, "naam") if kind == PLAN else text(own, "plannaam", "naamplan"), plan_status=text(own, "planstatus").lower(),
        date=_date(text(own, "datum")), article=text(own, "artikelnummer"), url=text(own, "verwijzingnaartekst").split(",")[0].strip(),
        belongs_to=_reference(own), group=text(own, "bestemmingshoofdgroep", "gebiedsaanduidinggroep"),
    )
    if values and without_place(area):
        notes.append(Note.of("plans_values_without_place", fid=fid, values="; ".join(value.raw for value in values)[:300]))
    return area


def _plan_id(kind: str, own: Mapping[str, Any]) -> str:
    return text(own, "plangebied", "planid", *(("identificatie",) if kind == PLAN else ()))


def _plan(kind: str, own: Mapping[str, Any], geometry: BaseGeometry | None) -> Plan:
    """Return what a feature says of its plan; a plangebied says more."""
    whole = kind == PLAN
    name = text(own, "naam") if whole else text(own, "plannaam", "naamplan")
    return Plan(
        id=_plan_id(kind, own), name=name, kind=kind_of_plan(name, text(own, "typeplan")), status=text(own, "planstatus").lower(),
        dossier_status=text(own, "dossierstatus").lower(), date=_date(text(own, "datum")), authority=text(own, "naamoverheid"),
        url=text(own, "verwijzingnaartekst").split(",")[0].strip() if whole else "", geometry=geometry if whole else None,
        umbrella=text(own, "isparapluplan").lower() in ("true", "1", "ja"), historic=text(own, "historisch").lower() in ("true", "1", "ja"),
    )


def _date(written: str) -> str:
    """Return a date as ISO text: ``2013-05-21``, with or without a time, or ``21-05-2013``."""
    if match := re.match(r"(\d{4})[-/]?(\d{2})[-/]?(\d{2})", written):
        return "-".join(match.groups())
    match = re.match(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})", written)
    return f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}" if match else ""


def _reference(own: Mapping[str, Any]) -> str:
    """Return the id after ``Bouwvlak=`` or ``Enkelbestemming=`` of the nearest reference, or the reference itself."""
    for name in REFERENCES:
        if said := text(own, name):
            return said.strip('"').split(",")[0].rpartition("=")[2].strip().strip('"').lstrip("#")
    return ""


def values_of(maatvoering: str, name: str = "") -> tuple[PlanValue, ...]:
    """Return the values of the text ``"maximum bouwhoogte (m)"="10", "maximum goothoogte (m)"="6"``; what is no such pair is kept
    as text. ``name`` is the object's name, for a text that is only a number."""
    found: list[PlanValue] = []
    end = 0
    for match in PAIR.finditer(maatvoering):
        found += _left_over(maatvoering[end : match.start()], name)
        found += plan_values(match[1].strip(), match[2].strip(), name)
        end = match.end()
    found += _left_over(maatvoering[end:], name)
    return tuple(found)


def _left_over(part: str, name: str) -> list[PlanValue]:
    """Return the values of what stands between quoted pairs: pairs without quotes, or plain text of the object itself."""
    part = BETWEEN.sub("", part)
    if not part:
        return []
    pairs = [match.groups() for match in UNQUOTED.finditer(part)] if "=" in part and '"' not in part else []
    if pairs and BARE.sub("", "".join(sum(pairs, ()))) == BARE.sub("", part):
        return [value for kind, raw in pairs for value in plan_values(kind, raw, name)]
    return list(plan_values(name or "vrije tekst", part, name))
