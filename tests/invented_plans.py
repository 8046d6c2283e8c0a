"""Invented plans for the tests: IMRO documents and plan objects made of a few words."""

from __future__ import annotations

from shapely import box

from drieluik.model import Plan, PlanArea

HEAD = (
    '<imro:FeatureCollectionIMRO xmlns:imro="http://www.geonovum.nl/imro/2012/1.1" xmlns:gml="http://www.opengis.net/gml/3.2" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" gml:id="C">'
)
SQUARE = "100000 400000 100010 400000 100010 400010 100000 400010 100000 400000"


def surface(points: str = SQUARE) -> str:
    return (
        '<gml:Surface srsName="urn:ogc:def:crs:EPSG::28992"><gml:patches><gml:PolygonPatch><gml:exterior><gml:LinearRing>'
        f"<gml:posList>{points}</gml:posList></gml:LinearRing></gml:exterior></gml:PolygonPatch></gml:patches></gml:Surface>"
    )


def member(kind: str, key: str, body: str = "", geometry: str | None = None) -> str:
    shape = surface() if geometry is None else geometry
    held = f"<imro:geometrie>{shape}</imro:geometrie>" if shape else ""
    return f'<imro:featureMember><imro:{kind} gml:id="{key}">{body}{held}</imro:{kind}></imro:featureMember>'


def measure(key: str, *pairs: tuple[str, str], geometry: str | None = None, name: str = "maatvoering", code: str = "") -> str:
    symbol = f"<imro:symboolCode>{code}</imro:symboolCode>" if code else ""
    infos = "".join(
        f"<imro:maatvoeringInfo><imro:WaardeEnType><imro:waarde>{raw}</imro:waarde><imro:waardeType>{kind}</imro:waardeType>{symbol}"
        "</imro:WaardeEnType></imro:maatvoeringInfo>" for kind, raw in pairs
    )
    return member("Maatvoering", key, f"<imro:naam>{name}</imro:naam>{infos}", geometry)


def plan(name: str = "Dorp", status: str = "vastgesteld", kind: str = "bestemmingsplan", more: str = "", element: str = "Bestemmingsplangebied") -> str:
    return member(element, "NL.IMRO.0001.BP1-VA01", (
        f"<imro:typePlan>{kind}</imro:typePlan><imro:naam>{name}</imro:naam><imro:planstatusInfo><imro:PlanstatusEnDatum>"
        f"<imro:planstatus>{status}</imro:planstatus><imro:datum>2020-05-01</imro:datum></imro:PlanstatusEnDatum></imro:planstatusInfo>{more}"
    ))


def document(*members: str, head: str = HEAD) -> str:
    return head + "".join(members) + "</imro:FeatureCollectionIMRO>"


def area(plan_id: str, kind: str = "enkelbestemming", x: float = 0, width: float = 100, **words) -> PlanArea:
    """A square area of 100 m high that starts x metres east of (100000, 400000)."""
    words.setdefault("fid", f"{plan_id}.{kind}.{x}")
    return PlanArea(kind=kind, name=kind, geometry=box(100_000 + x, 400_000, 100_000 + x + width, 400_100), plan_id=plan_id, **words)


def of(key: str, date: str = "2020-01-01", status: str = "vastgesteld", kind: str = "bestemmingsplan", **words) -> Plan:
    return Plan(key, words.pop("name", key), kind, status, date=date, **words)
