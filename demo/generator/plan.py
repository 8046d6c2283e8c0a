"""Writes the zoning plan as IMRO2012 GML, in the structure of the real files."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any, cast

import numpy as np
import shapely
from shapely import Polygon, box

from . import neighbourhood as n

PLAN_ID = "NL.IMRO.9999.BPVoorbeeldwijk-VA01"
PLAN_NAME = "Bestemmingsplan Voorbeeldwijk"
RULES = "r_NL.IMRO.9999.BPVoorbeeldwijk-VA01.html"
HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n<imro:FeatureCollectionIMRO gml:id="NL.IMRO.FEATURECOLLECTION" '
    'xmlns:imro="http://www.geonovum.nl/imro/2012/1.1" xmlns:gml="http://www.opengis.net/gml/3.2" '
    'xmlns:xlink="http://www.w3.org/1999/xlink">\n'
)


def surface(polygon: Polygon, key: str) -> str:
    """Return a polygon (RD) as a GML Surface."""

    def ring(coordinates: Any) -> str:
        numbers = " ".join(f"{v:.3f}" for v in np.asarray(coordinates)[:, :2].ravel())
        return f"<gml:LinearRing><gml:posList>{numbers}</gml:posList></gml:LinearRing>"

    holes = "".join(f"<gml:interior>{ring(i.coords)}</gml:interior>" for i in polygon.interiors)
    return (
        f'<gml:Surface srsName="urn:ogc:def:crs:EPSG::28992" gml:id="g.{key}"><gml:patches><gml:PolygonPatch><gml:exterior>'
        f"{ring(polygon.exterior.coords)}</gml:exterior>{holes}</gml:PolygonPatch></gml:patches></gml:Surface>"
    )


def member(kind: str, key: str, polygon: Polygon, body: str) -> str:
    """Return one plan object."""
    return (
        f'<imro:featureMember><imro:{kind} gml:id="NL.IMRO.{key}"><imro:identificatie><imro:NEN3610ID><imro:namespace>NL.IMRO'
        f"</imro:namespace><imro:lokaalID>{key}</imro:lokaalID></imro:NEN3610ID></imro:identificatie>{body}"
        f"<imro:geometrie>{surface(n.to_rd(polygon), key)}</imro:geometrie></imro:{kind}></imro:featureMember>\n"
    )


def text_reference(anchor: str) -> str:
    """Return the link to the plan's text."""
    return (
        "<imro:verwijzingNaarTekstInfo><imro:TekstReferentie_BP><imro:verwijzingNaarTekst>"
        f"{RULES}#{anchor}</imro:verwijzingNaarTekst><imro:typeTekst>regels</imro:typeTekst></imro:TekstReferentie_BP></imro:verwijzingNaarTekstInfo>"
    )


def zone(key: str, name: str, group: str, article: int, polygon: Polygon) -> str:
    """Return an enkelbestemming."""
    body = (
        f"<imro:typePlanobject>enkelbestemming</imro:typePlanobject><imro:naam>{escape(name)}</imro:naam>"
        f"<imro:bestemmingshoofdgroep>{group}</imro:bestemmingshoofdgroep><imro:artikelnummer>{article}</imro:artikelnummer>{text_reference(f'art{article}')}"
    )
    return member("Enkelbestemming", key, polygon, body)


def bouwvlak(key: str, of: str, polygon: Polygon) -> str:
    """Return a bouwvlak inside a zone."""
    body = (
        f'<imro:typePlanobject>bouwvlak</imro:typePlanobject><imro:plangebied xlink:href="#{PLAN_ID}"/>'
        f'<imro:bestemmingsvlak xlink:href="#NL.IMRO.{of}"/><imro:naam>bouwvlak</imro:naam>'
    )
    return member("Bouwvlak", key, polygon, body)


def measures(key: str, of: str, polygon: Polygon, *values: tuple[str, str, str]) -> str:
    """Return a maatvoering with its values (text, type, symbol code)."""
    infos = "".join(
        f"<imro:maatvoeringInfo><imro:WaardeEnType><imro:waarde>{v}</imro:waarde><imro:waardeType>{t}</imro:waardeType>"
        f"<imro:symboolCode>{s}</imro:symboolCode></imro:WaardeEnType></imro:maatvoeringInfo>"
        for v, t, s in values
    )
    body = (
        f'<imro:typePlanobject>maatvoering</imro:typePlanobject><imro:plangebied xlink:href="#{PLAN_ID}"/>'
        f'<imro:bouwvlak xlink:href="#NL.IMRO.{of}"/><imro:naam>{values[0][1]}</imro:naam>{infos}'
    )
    return member("Maatvoering", key, polygon, body)


def write_plan(path: Path, built: list[n.House]) -> None:
    """Write the plan: zones, bouwvlakken round the rows and houses, two heights on the plot of the application."""
    roads = shapely.union_all([road.buffer(n.FOOTPATH_M, join_style="mitre") for road in n.ROADS.values()])
    water = shapely.union_all([n.DITCH, n.POND])
    green = shapely.difference(shapely.union_all([n.PARK, n.BANK]), shapely.union_all([water, roads]))
    living = shapely.difference(n.EXTENT, shapely.union_all([roads, water, n.PARK, n.BANK]))
    out = [HEAD]
    body = (
        f"<imro:typePlan>bestemmingsplan</imro:typePlan><imro:naamOverheid>Gemeente Voorbeeldwijk</imro:naamOverheid><imro:overheidsCode>9999</imro:overheidsCode>"
        f"<imro:naam>{PLAN_NAME}</imro:naam><imro:planstatusInfo><imro:PlanstatusEnDatum><imro:planstatus>vastgesteld</imro:planstatus>"
        f"<imro:datum>2022-06-14</imro:datum></imro:PlanstatusEnDatum></imro:planstatusInfo>{text_reference('plan')}"
    )
    plan = member("Bestemmingsplangebied", "x", n.EXTENT, body).replace('gml:id="NL.IMRO.x"', f'gml:id="{PLAN_ID}"')
    out.append(plan)
    for name, group, article, shape in (("Wonen", "wonen", 5, living), ("Verkeer", "verkeer", 4, roads), ("Groen", "groen", 3, green), ("Water", "water", 6, water)):
        for i, piece in enumerate(p for p in shapely.get_parts(shape) if p.area > 1):
            out.append(zone(f"EB{group}{i}", name, group, article, piece))
    rows = shapely.union_all([box(*h.outline).buffer(1.5, join_style="mitre") for h in built])
    for i, piece in enumerate(shapely.get_parts(rows)):
        heights = [h for h in built if piece.contains(box(*h.outline))]
        top = "13" if heights[0].along == "flat" else "10"
        out.append(bouwvlak(f"BV{i}", "EBwonen0", piece))
        out.append(measures(
            f"MV{i}", f"BV{i}", piece, (top, "maximum bouwhoogte (m)", "s104"),
            *(() if top == "13" else (("6", "maximum goothoogte (m)", "s101"),)),
        ))
    out.append(bouwvlak("BVplot", "EBwonen0", n.BOUWVLAK))
    out.append(measures("MVlow", "BVplot", n.ZONE_LOW, ("8,5", "maximum bouwhoogte (m)", "s104"), ("6", "maximum goothoogte (m)", "s101")))
    out.append(measures("MVhigh", "BVplot", n.ZONE_HIGH, ("11", "maximum bouwhoogte (m)", "s104"), ("40", "maximum bebouwingspercentage (%)", "s109")))
    body = '<imro:typePlanobject>bouwaanduiding</imro:typePlanobject><imro:bestemmingsvlak xlink:href="#NL.IMRO.EBwonen0"/><imro:naam>vrijstaand</imro:naam>'
    out.append(member("Bouwaanduiding", "BAplot", n.PLOT, body))
    body = "<imro:typePlanobject>dubbelbestemming</imro:typePlanobject><imro:naam>Waarde - Archeologie 3</imro:naam><imro:bestemmingshoofdgroep>waarde</imro:bestemmingshoofdgroep><imro:artikelnummer>8</imro:artikelnummer>"
    out.append(member("Dubbelbestemming", "DBarcheologie", box(200, 30, 300, 140), body))
    body = "<imro:typePlanobject>dubbelbestemming</imro:typePlanobject><imro:naam>Waarde - Archeologie 4</imro:naam><imro:bestemmingshoofdgroep>waarde</imro:bestemmingshoofdgroep><imro:artikelnummer>9</imro:artikelnummer>"
    out.append(member("Dubbelbestemming", "DBarcheologie4", n.ARCHAEOLOGY, body))
    body = "<imro:typePlanobject>gebiedsaanduiding</imro:typePlanobject><imro:naam>vrijwaringszone - molenbiotoop</imro:naam><imro:gebiedsaanduidinggroep>vrijwaringszone</imro:gebiedsaanduidinggroep><imro:artikelnummer>14</imro:artikelnummer>"
    out.append(member("Gebiedsaanduiding", "GAmolenbiotoop", cast(Polygon, shapely.intersection(shapely.Point(n.MILL).buffer(n.MILL_REACH_M, 16), n.EXTENT)), body))
    out.append("</imro:FeatureCollectionIMRO>\n")
    path.write_text("".join(out), encoding="utf-8")
