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
    QgsLabelObstacleSettings,
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

ENVELOPE_LABEL = "'max. ' || format_number(\"height_m\", 1) || ' m'"
VIOLATED, DOUBT, UNSURE, MET = (f"\"verdict\" = '{word}'" for word in ("violates", "needs_judgement", "not_assessable", "complies"))
WRAP_AT = 16
"""Characters of a line of a label: what the plan says of a zone fits inside a narrow one."""


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


ALONE = "coalesce(@drieluik_alone, 0) = 1"
"""One finding is shown alone (``ui.map.map_layers.show_design``): then all of its evidence is drawn."""
SAID = f"(\"verdict\" = 'violates' OR {ALONE})"
"""Whose measures are drawn and said: of what is violated, and of a finding that is shown alone."""
FIRST, LAST = 10, 2
"""Which label goes where two do not fit: a finding's own before what the plan says there."""


def labels(expression: str, field: str, colour: str = palette.INK, size: float = 9, bold: bool = True, scale: float = 2000, priority: int = 5) -> QgsRuleBasedLabeling:
    """Return labels with a white halo, from a scale on; where two do not fit the one with the higher ``priority`` (0 to 10) is said."""
    settings = QgsPalLayerSettings()
    settings.priority = priority
    settings.autoWrapLength, settings.multilineAlign = WRAP_AT, QgsPalLayerSettings.MultiLineAlign.MultiCenter
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


def obstacle() -> QgsRuleBasedLabeling:
    """Return a labelling that says nothing and keeps the labels of others off what it stands for."""
    settings = QgsPalLayerSettings()
    settings.drawLabels = False
    avoided = QgsLabelObstacleSettings()
    avoided.setIsObstacle(True)
    avoided.setFactor(0.5)
    settings.setObstacleSettings(avoided)
    root = QgsRuleBasedLabeling.Rule(None)
    root.appendChild(QgsRuleBasedLabeling.Rule(settings))
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
        "parcel": ("MultiPolygon", rules(("", outline("#6B6B6B", 0.25, "dash dot"), "perceelgrens")), labels("", "regexp_substr(\"designation\", '(\\\\d+)$')", "#6B6B6B", 6.5, False, 800, LAST)),
        "plan_area": ("MultiPolygon", rules(
            (kind("bouwvlak"), outline(palette.LIMIT, 0.5), "bouwvlak"), (kind("maatvoering"), outline(palette.LIMIT, 0.25, "dot"), "maatvoering"),
        ), labels(kind("maatvoering"), '"label"', palette.LIMIT, 6.5, False, 500, LAST)),
        "tree": ("PointZ", rules(("", QgsMarkerSymbol.createSimple({"color": "185,211,166,170", "outline_color": "#86A873", "size": "4", "size_unit": "RenderMetersInMapUnits"}), "boom")), None),
        "building_3d": ("MultiPolygonZ", rules(), None),
        "design_3d": ("MultiPolygonZ", rules(), None),
        "envelope": ("MultiPolygonZ", rules(("", fill(palette.LIMIT, palette.LIMIT, 0.3, 0.2), "toegelaten bouwmassa")), labels("", ENVELOPE_LABEL, palette.LIMIT, 7, False, 800, LAST)),
        "design_footprint": ("MultiPolygon", rules(("", fill(palette.DESIGN, palette.DESIGN, 0.5, 0.45), "ontwerp")), obstacle()),
        "finding_areas": ("MultiPolygon", rules(
            (f"{VIOLATED} AND {loud}", hatched(palette.VIOLATION), "voldoet niet"), (f"{DOUBT} AND {loud}", dotted(palette.DOUBT), "beoordeling nodig"),
            (f"{UNSURE} AND {loud}", dotted(palette.LINE), "niet te beoordelen"), (f"{MET} AND {loud} AND {ALONE}", outline(palette.DESIGN, 0.6), "voldoet"),
            (f"{limit} AND {SAID}", outline(palette.LIMIT, 0.6, "dash"), "grens"),
        ), labels(f"{loud} AND {SAID}", '"label"', priority=FIRST)),
        "finding_lines": ("MultiLineString", rules(
            (f"{limit_line} AND {SAID}", QgsLineSymbol.createSimple({"line_color": palette.LIMIT, "line_width": "0.6", "line_style": "dash"}), "grens"),
            (f"{section} AND {ALONE}", QgsLineSymbol.createSimple({"line_color": palette.INK, "line_width": "0.2", "line_style": "dash dot"}), "doorsnede"),
            (f"{wrong_eaves} AND {SAID}", QgsLineSymbol.createSimple({"line_color": palette.VIOLATION, "line_width": "1.2"}), "goot buiten de grens"),
            (f"{eaves} AND NOT {wrong_eaves} AND {SAID}", QgsLineSymbol.createSimple({"line_color": palette.DESIGN, "line_width": "0.9"}), "goot"),
            (f"NOT ({limit_line} OR {section} OR {eaves}) AND {SAID}", QgsLineSymbol.createSimple({"line_color": palette.INK, "line_width": "0.5"}), "maat"),
        ), labels(SAID, '"label"', priority=FIRST)),
        "finding_points": ("PointZ", rules(
            *((f"{receptor} AND -\"value\" > {least} AND -\"value\" <= {most}", dot(colour), sentence(code, lang="nl")) for least, most, colour, code in losses()),
            (f"{SAID} AND NOT {receptor}", QgsMarkerSymbol.createSimple({"name": "triangle", "color": palette.VIOLATION, "outline_color": "#FFFFFF", "size": "3.2"}), "hoogste punt"),
        ), labels(f"{SAID} AND NOT {receptor}", '"label"', priority=FIRST)),
        "shadow": ("MultiPolygon", rules(
            ("\"situation\" = 'existing'", fill(EXISTING, EXISTING, 0.0, 0.5), "schaduw nu"), ("\"situation\" = 'extra'", fill(EXTRA, EXTRA, 0.0, 0.7), "extra schaduw"),
        ), None),
        "finding_volumes": ("MultiPolygonZ", rules(
            (f"{volume} AND {VIOLATED}", fill(palette.VIOLATION, palette.VIOLATION, 0.3, 0.55), "boven de grens"),
            (f"{volume} AND {DOUBT}", fill(palette.DOUBT, palette.DOUBT, 0.3, 0.5), "boven de grens?"),
        ), labels(f"{volume} AND {SAID}", '"label"', palette.INK, priority=FIRST)),
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
