"""Words by which files say what a body is to the application: of names, layers and statuses, in Dutch and English.

A word proposes. It counts only as a whole word, so that a "slagboom" is no tree and a "street" neither.
"""

from __future__ import annotations

import re

ROLE_OF_STATUS = {
    "new": "design", "nieuw": "design", "nieuwbouw": "design", "new construction": "design", "nieuw te bouwen": "design",
    "existing": "existing", "bestaand": "existing", "bestaande": "existing", "existing construction": "existing", "te handhaven": "existing",
    "demolish": "demolish", "demolition": "demolish", "demolished": "demolish", "to be demolished": "demolish", "te slopen": "demolish",
    "slopen": "demolish", "sloop": "demolish", "gesloopt": "demolish",
    "temporary": "context", "tijdelijk": "context",
}
"""Values of a status or a phase (IFC: PEnum_ElementStatus; what ArchiCAD and Revit write)."""
NAMED = {
    "demolish": ("sloop", "slopen", "gesloopt", "demolish", "demolished", "demolition"),
    "terrain": (
        "maaiveld", "terrein", "terrain", "toposurface", "toposolid", "topography", "topografie", "landscape", "landschap", "gras", "grass", "grasveld",
        "zandbed", "bestrating", "verharding", "tinrelief", "ondergrond",
    ),
    "vegetation": (
        "boom", "bomen", "tree", "trees", "haag", "hagen", "heg", "hedge", "struik", "struiken", "shrub", "shrubs", "beplanting", "vegetation", "vegetatie",
        "planting", "plantcover", "solitaryvegetationobject",
    ),
    "context": (
        "omgeving", "context", "belendend", "belendende", "belending", "belendingen", "buren", "buurpand", "buurman", "buurwoning", "neighbour", "neighbours",
        "neighbor", "neighbors", "neighbouring", "surrounding", "surroundings", "entourage", "auto", "autos", "car", "cars",
    ),
    "existing": ("bestaand", "bestaande", "existing", "bestaande_situatie"),
    "design": ("ontwerp", "nieuwbouw", "design", "proposed", "aanvraag"),
}
"""Role: the words of a name that propose it, the first role that has one: an existing tree is a tree."""
SPLIT = re.compile(r"[^a-z0-9]+|(?<=[a-z])(?=[0-9])")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")

MACHINE = re.compile(
    r"(?<![a-z])(airco|warmtepomp|heat ?pump|ventilati|ventilator|luchtbehandeling|air ?handling|dakopstelling|koelmachine|koelunit|koeltoren|chiller|"
    r"condensor|buitenunit|zonnepane|zonnecollector|pv-?pane|solar|installatie)",
    re.IGNORECASE,
)
"""Words that begin so name machines of a building and what carries them."""
NO_MACHINE = re.compile(r"ruimte|kamer|room|hok|huis|house|gebouw|building|lift", re.IGNORECASE)
"""What is called a room, a housing or a lift's top is built, whatever stands in it."""


def is_machine(name: str) -> bool:
    """Whether a name proposes an installation: a machine or solar panels; its shape must confirm it (``measure.building.named_kinds``)."""
    return bool(MACHINE.search(name)) and not NO_MACHINE.search(name)


def role_named(name: str) -> str:
    """Return the role that a name proposes, '' when none of its words does."""
    words = set(SPLIT.split(CAMEL.sub(" ", name).lower()))
    return next((role for role, known in NAMED.items() if words.intersection(known)), "")
