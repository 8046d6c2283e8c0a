"""Colours of maps and pictures: quiet surroundings, loud findings, never red against green (Okabe and Ito,
"Color Universal Design", https://jfly.uni-koeln.de/color/)."""

from __future__ import annotations

from ...model import Verdict

DESIGN = "#0072B2"
LIMIT = "#7B4FA3"
VIOLATION = "#D55E00"
DOUBT = "#E69F00"
INK = "#222222"
LINE = "#8C8C8C"

GROUND = {
    "pand": "#C9C9C9", "waterdeel": "#CFE3F0", "begroeidterreindeel": "#DCE9D2", "onbegroeidterreindeel": "#F3F1EA",
    "wegdeel": "#E3E3E3", "ondersteunendwegdeel": "#E0EAD8", "ondersteunendwaterdeel": "#DCE9D2", "overigbouwwerk": "#D4D4D4",
}
PATH = "#EDE6DC"
OTHER = "#EFEFEF"

ROLES = {"existing": "#8E8A82", "demolish": "#C77B58", "context": "#DAD7D2", "terrain": "#E4E0D2", "vegetation": "#A9C695", "unknown": "#E8C268"}
"""What a body of a design file is, where it is not (or not surely) the design; the design itself keeps the colours of its parts."""

VERDICT_TEXT = {
    Verdict.VIOLATES: "#9C3D00", Verdict.NEEDS_JUDGEMENT: "#7A5200", Verdict.NOT_ASSESSABLE: "#5A3D78", Verdict.COMPLIES: "#00527F",
    Verdict.NOT_APPLICABLE: "#595959",
}
"""Text colours with at least 4.5:1 on white and on the report's light fills."""


LOSS = ((120.0, "#8C2D04", "sun_loss_much"), (60.0, "#D55E00", "sun_loss_more"), (5.0, "#F0B35A", "sun_loss_some"), (-1e9, "#FFFFFF", "sun_loss_none"))
"""Minutes of sun lost from which a colour counts, its colour, and its name."""


def loss_colour(change: float | None) -> str:
    """Return the colour of a change in minutes of sun (negative: lost)."""
    return next(colour for least, colour, _ in LOSS if -(change or 0.0) > least)


def ground_colour(collection: str, function: str) -> str:
    """Return the fill of a topographic object."""
    if collection == "wegdeel" and function in ("voetpad", "fietspad", "voetgangersgebied", "inrit", "woonerf"):
        return PATH
    return GROUND.get(collection, OTHER)


def rgb(colour: str) -> tuple[int, int, int]:
    """Return ``#RRGGBB`` as three numbers."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
