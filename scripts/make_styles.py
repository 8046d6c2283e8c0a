"""Writes the QML styles of ``ui/styles`` (2D symbology) with QGIS's own API: run it after changing a look here."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent

from qgis.core import (
    Qgis,
    QgsFillSymbol,
    QgsLineSymbol,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsRuleBasedLabeling,
    QgsRuleBasedRenderer,
    QgsSymbol,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor, QFont

from drieluik.report.basis import palette, roles
from drieluik.report.sun.sun_maps import EXISTING, EXTRA
from drieluik.texts import sentence
from drieluik.ui.headless import application

NOT_MET = " AND \"verdict\" <> 'complies'"
ENVELOPE_LABEL = "'max. ' || format_number(\"height_m\", 1) || ' m'"
VIOLATED, DOUBT = "\"verdict\" = 'violates'", "\"verdict\" = 'needs_judgement'"


def fill(colour: str, line: str = "#FFFFFF", width: float = 0.15, opacity: float = 1.0, style: str = "solid") -> QgsFillSymbol:
    """Return a plain fill."""
    rgb = QColor(colour)
    rgb.setAlphaF(opacity)
    words = f"{rgb.red()},{rgb.green()},{rgb.blue()},{rgb.alpha()}"
    return QgsFillSymbol.createSimple({"color": words, "outline_color": line, "outline_width": str(width), "style": style})


def outline(colour: str, width: float, dash: str = "solid") -> QgsFillSymbol:
    """Return an outline without fill."""
    return QgsFillSymbol.createSimple({"style": "no", "outline_color": colour, "outline_width": str(width), "outline_style": dash})


def hatched(colour: str) -> QgsFillSymbol:
    """Return a light fill with slanting lines and a firm edge."""
    from qgis.core import QgsLinePatternFillSymbolLayer

    symbol = fill(colour, colour, 0.6, 0.35)
    lines = QgsLinePatternFillSymbolLayer()
    lines.setLineAngle(45)
    lines.setDistance(1.6)
    lines.setSubSymbol(QgsLineSymbol.createSimple({"line_color": colour, "line_width": "0.5"}))
    symbol.appendSymbolLayer(lines)
    return symbol


def dotted(colour: str) -> QgsFillSymbol:
    """Return a light fill with dots."""
    from qgis.core import QgsPointPatternFillSymbolLayer

    symbol = fill(colour, colour, 0.6, 0.3)
    dots = QgsPointPatternFillSymbolLayer()
    dots.setDistanceX(2.4)
    dots.setDistanceY(2.4)
    dots.setSubSymbol(QgsMarkerSymbol.createSimple({"color": colour, "size": "1.2", "outline_style": "no"}))
    symbol.appendSymbolLayer(dots)
    return symbol


def rules(*pairs: tuple[str, QgsSymbol, str]) -> QgsRuleBasedRenderer:
    """Return a renderer of (filter, symbol, title); what no rule takes is not drawn."""
    root = QgsRuleBasedRenderer.Rule(None)
    for expression, symbol, title in pairs:
        root.appendChild(QgsRuleBasedRenderer.Rule(symbol, 0, 0, expression, title))
    return QgsRuleBasedRenderer(root)


SAID = "\"verdict\" <> 'complies' OR @drieluik_alone"
"""Whose numbers are said: of what does not comply, and of a finding that is shown alone (``ui.map.map_layers.show_design``)."""


def labels(expression: str, field: str, colour: str = palette.INK, size: float = 9, bold: bool = True, scale: float = 2000, every: bool = False) -> QgsRuleBasedLabeling:
    """Return labels with a white halo, from a scale on; ``every``: also those that stand in each other's way."""
    settings = QgsPalLayerSettings()
    settings.displayAll = every
    settings.fieldName, settings.isExpression = field, True
    text = QgsTextFormat()
    font = QFont("Open Sans")
    font.setBold(bold)
    text.setFont(font)
    text.setSize(size)
    text.setColor(QColor(colour))
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setSize(1.0)
    text.setBuffer(halo)
    settings.setFormat(text)
    rule = QgsRuleBasedLabeling.Rule(settings)
    rule.setFilterExpression(expression)
    rule.setMinimumScale(scale)
    root = QgsRuleBasedLabeling.Rule(None)
    root.appendChild(rule)
    return QgsRuleBasedLabeling(root)


def dot(colour: str) -> QgsMarkerSymbol:
    """Return a dot of a point where sun is measured."""
    return QgsMarkerSymbol.createSimple({"name": "circle", "color": colour, "outline_color": palette.INK, "outline_width": "0.15", "size": "1.8"})


def losses() -> list[tuple[float, float, str, str]]:
    """Return the classes of minutes lost: more than, at most, colour, name; the largest first, so that it is named first."""
    tops = [1e9, *(least for least, _, _ in palette.LOSS)]
    return [(least, most, colour, code) for (least, colour, code), most in zip(palette.LOSS, tops)]


def in_time(layer: QgsVectorLayer) -> None:
    """Let QGIS's temporal controller show what stands between its fields ``from`` and ``to``."""
    properties = layer.temporalProperties()
    properties.setMode(Qgis.VectorTemporalMode.FeatureDateTimeStartAndEndFromFields)
    properties.setStartField("from")
    properties.setEndField("to")
    properties.setIsActive(True)


def looks() -> dict[str, tuple[str, QgsRuleBasedRenderer, QgsRuleBasedLabeling | None]]:
    """Return geometry type, renderer and labels per layer."""
    g, kind = palette.GROUND, lambda name: f"\"kind\" = '{name}'"
    paths = "\"function\" IN ('voetpad', 'fietspad', 'voetgangersgebied', 'inrit', 'woonerf')"
    loud, limit, limit_line = (f"\"role\" IN {tuple(names)}" for names in (roles.LOUD_AREAS, roles.LIMIT_AREAS, roles.LIMIT_LINES))
    receptor = f"\"role\" = '{roles.RECEPTOR}'"
    section = f"\"role\" = '{roles.SECTION_LINE}'"
    volume, wrong_eaves, eaves = (f"\"role\" IN {tuple(names)}" for names in (roles.LOUD_VOLUMES, roles.EAVES[1:], roles.EAVES))
    return {
        "topography": ("MultiPolygon", rules(
            (f"{kind('wegdeel')} AND {paths}", fill(palette.PATH), "pad"), (f"{kind('wegdeel')} AND NOT {paths}", fill(g["wegdeel"]), "weg"),
            (kind("waterdeel"), fill(g["waterdeel"]), "water"), (kind("begroeidterreindeel"), fill(g["begroeidterreindeel"]), "groen"),
            (kind("onbegroeidterreindeel"), fill(g["onbegroeidterreindeel"]), "erf"),
            (kind("pand"), fill(g["pand"], palette.LINE, 0.2), "gebouw"), ("ELSE", fill(palette.OTHER), "overig"),
        ), None),
        "registered_building": ("MultiPolygon", rules(("", outline("#777777", 0.3), "pand")), None),
        "parcel": ("MultiPolygon", rules(("", outline("#6B6B6B", 0.25, "dash dot"), "perceelgrens")), labels("", "regexp_substr(\"designation\", '(\\\\d+)$')", "#6B6B6B", 6.5, False, 800)),
        "plan_area": ("MultiPolygon", rules(
            (kind("bouwvlak"), outline(palette.LIMIT, 0.5), "bouwvlak"), (kind("maatvoering"), outline(palette.LIMIT, 0.25, "dot"), "maatvoering"),
        ), labels(kind("maatvoering"), '"label"', palette.LIMIT, 6.5, False, 500)),
        "tree": ("PointZ", rules(("", QgsMarkerSymbol.createSimple({"color": "185,211,166,170", "outline_color": "#86A873", "size": "4", "size_unit": "RenderMetersInMapUnits"}), "boom")), None),
        "building_3d": ("MultiPolygonZ", rules(), None),
        "design_3d": ("MultiPolygonZ", rules(), None),
        "envelope": ("MultiPolygonZ", rules(("", fill(palette.LIMIT, palette.LIMIT, 0.3, 0.2), "toegelaten bouwmassa")), labels("", ENVELOPE_LABEL, palette.LIMIT, 7, False, 800)),
        "design_footprint": ("MultiPolygon", rules(("", fill(palette.DESIGN, palette.DESIGN, 0.5, 0.45), "ontwerp")), None),
        "finding_areas": ("MultiPolygon", rules(
            (f"{VIOLATED} AND {loud}", hatched(palette.VIOLATION), "voldoet niet"), (f"{DOUBT} AND {loud}", dotted(palette.DOUBT), "beoordeling nodig"),
            (f"{limit} AND \"verdict\" <> 'complies'", outline(palette.LIMIT, 0.6, "dash"), "grens"),
        ), labels(f"{loud} AND \"verdict\" <> 'complies'", '"label"')),
        "finding_lines": ("MultiLineString", rules(
            ("\"verdict\" = 'complies'", QgsLineSymbol.createSimple({"line_color": "#9A9A9A", "line_width": "0.2"}), "voldoet"),
            (limit_line + NOT_MET, QgsLineSymbol.createSimple({"line_color": palette.LIMIT, "line_width": "0.6", "line_style": "dash"}), "grens"),
            (section + NOT_MET, QgsLineSymbol.createSimple({"line_color": palette.INK, "line_width": "0.2", "line_style": "dash dot"}), "doorsnede"),
            (f"{wrong_eaves}{NOT_MET}", QgsLineSymbol.createSimple({"line_color": palette.VIOLATION, "line_width": "1.2"}), "goot buiten de grens"),
            (f"{eaves} AND NOT {wrong_eaves}{NOT_MET}", QgsLineSymbol.createSimple({"line_color": palette.DESIGN, "line_width": "0.9"}), "goot"),
            ("ELSE", QgsLineSymbol.createSimple({"line_color": palette.INK, "line_width": "0.5"}), "maat"),
        ), labels(SAID, '"label"', every=True)),
        "finding_points": ("PointZ", rules(
            *((f"{receptor} AND -\"value\" > {least} AND -\"value\" <= {most}", dot(colour), sentence(code, lang="nl")) for least, most, colour, code in losses()),
            (f"\"verdict\" <> 'complies' AND NOT {receptor}", QgsMarkerSymbol.createSimple({"name": "triangle", "color": palette.VIOLATION, "outline_color": "#FFFFFF", "size": "3.2"}), "hoogste punt"),
        ), labels(f"({SAID}) AND NOT {receptor}", '"label"')),
        "shadow": ("MultiPolygon", rules(
            ("\"situation\" = 'existing'", fill(EXISTING, EXISTING, 0.0, 0.5), "schaduw nu"), ("\"situation\" = 'extra'", fill(EXTRA, EXTRA, 0.0, 0.7), "extra schaduw"),
        ), None),
        "finding_volumes": ("MultiPolygonZ", rules(
            (f"{volume} AND {VIOLATED}", fill(palette.VIOLATION, palette.VIOLATION, 0.3, 0.55), "boven de grens"),
            (f"{volume} AND {DOUBT}", fill(palette.DOUBT, palette.DOUBT, 0.3, 0.5), "boven de grens?"),
        ), labels(volume, '"label"', palette.INK)),
    }


def main() -> int:
    """Write every style."""
    folder = ROOT / "ui" / "styles"
    fields = "field=kind:string&field=function:string&field=verdict:string&field=role:string&field=label:string&field=designation:string&field=design:string&field=height_m:double"
    fields += "&field=value:double"
    timed = "&field=situation:string&field=from:datetime&field=to:datetime"
    with application():
        for name, (geometry, renderer, labeling) in looks().items():
            layer = QgsVectorLayer(f"{geometry}?crs=EPSG:28992&{fields}{timed if name == 'shadow' else ''}", name, "memory")
            layer.setRenderer(renderer)
            if labeling:
                layer.setLabeling(labeling)
                layer.setLabelsEnabled(True)
            if name == "shadow":
                in_time(layer)
            layer.saveNamedStyle(str(folder / f"{name}.qml"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
