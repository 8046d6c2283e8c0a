"""Hours of sun on the ground as a layer of the map: shown is the situation with the design on 21 March; the other bands stay there."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsColorRampShader, QgsRasterLayer, QgsRasterShader, QgsSingleBandPseudoColorRenderer
from qgis.PyQt.QtGui import QColor

from ...texts import sentence

PATTERN, PREFIX = "sun_hours_*.tif", "sun_hours_"
BAND = 5
RAMP = ((0.0, "#3B3B58"), (2.0, "#7D6A8A"), (4.0, "#C98B5F"), (8.0, "#F0C65A"), (12.0, "#FFF6C8"))
"""Hours and their colour; two hours is where the tone turns from cold to warm."""
OPACITY = 0.75


def hours_layers(folder: Path) -> list[QgsRasterLayer]:
    """Return a styled layer per raster of hours in a folder, by name of its design."""
    made = []
    for path in sorted(folder.glob(PATTERN)):
        layer = QgsRasterLayer(str(path), "")
        if not layer.isValid() or layer.bandCount() < BAND:
            continue
        layer.setName(f"{layer.bandName(BAND).split(': ', 1)[-1]} ({path.stem.removeprefix(PREFIX)})")
        ramp = QgsColorRampShader(0.0, RAMP[-1][0])
        ramp.setColorRampType(QgsColorRampShader.Type.Interpolated)
        steps = ((hours, colour, sentence("map_layer_hours", {"hours": f"{hours:.0f}"})) for hours, colour in RAMP)
        ramp.setColorRampItemList([QgsColorRampShader.ColorRampItem(hours, QColor(colour), said) for hours, colour, said in steps])
        shader = QgsRasterShader()
        shader.setRasterShaderFunction(ramp)
        layer.setRenderer(QgsSingleBandPseudoColorRenderer(layer.dataProvider(), BAND, shader))
        layer.setOpacity(OPACITY)
        layer.setCustomProperty("drieluik/layer", "sun_hours")
        made.append(layer)
    return made
