"""Aviation height (luchthavenindelingbesluit, luchthavenbesluit): no objects above the airport's surfaces.

What it checks
    Whether any part of the design, chimneys and antennas included, stands above the height that the map of the airport allows there.
Legal basis
    Luchthavenindelingbesluit Schiphol art. 2.2.2: no objects higher than the maximum values of the map of bijlage 4 (m NAP); exceptions are
    a permit from before 1-1-2015, rebuilding with the same height and volume, and a verklaring van geen bezwaar (art. 8.9 Wet
    luchtvaart). Other airports: the luchthavenbesluit or the plan.
Inputs
    ``measure.surface``: a number (m NAP), a plane, contours or a raster (see ``checks.height_surface.surface_from``), or a limit in m NAP,
    or a plan value (``limit: {value: {from: zone.waarde}}``, ``measure.plan_value``) of gebiedsaanduidingen and maatvoeringen.
    ``measure.zone_name``: the gebiedsaanduiding that the surface holds in.
How measured
    Highest z in NAP minus the surface at that place, at every corner and edge of the mesh, and inside triangles where the surface
    dips. No exemption of minor parts: the text says objects. Contours are interpolated in a straight line.
Limits
    Where the surface does not reach, nothing is concluded. Cranes are objects too and are not in the design.
References
    BWBR0014329 (LIB Schiphol) art. 2.2.1-2.2.2; docs/measuring.md A14.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...model import Finding, Note, Rule
from ..declared.declaration import PART, STABLE, SURROUNDINGS, Switch
from ..engine.base import Check, Context
from ..shared.vertical.height_surface import judge_described

SUBJECT = Note.of("subject_aviation")


class AviationHeight(Check):
    """``aviation_height``; see the module's text."""

    name = "aviation_height"
    code, stage, family, about = "DRL-A14", STABLE, SURROUNDINGS, PART
    title = {"nl": "Hoogte bij een luchthaven", "en": "Height near an airport"}
    needs: tuple[str, ...] = ()
    reads = ("peil",)
    units = ("m NAP", "m")
    switches: Mapping[str, Switch] = {"surface": "surface", "zone_name": "name"}

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return the one finding of the design under the airport's surface."""
        return (judge_described(rule, context, SUBJECT, (Note.of("surroundings_vvgb"),)),)
