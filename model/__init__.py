"""The words of Drieluik: frozen dataclasses that travel between the rooms. Imports only numpy and shapely."""

from .case import Case, DesignRequest, SiteRequest
from .design import Design, Level, Message, Part, Placement
from .finding import Deviation, Evidence, Finding, InputUsed, Question
from .gate import GateItem
from .measurement import EPSILON_M, OPERATORS, Measurement, UncertaintySource, combined_uncertainty
from .provenance import LayerState, Note, Provenance
from .review import Review
from .rule import LegalSource, Limit, Rule, Ruleset
from .site import (
    Address,
    Building3D,
    Parcel,
    Plan,
    PlanArea,
    PlanValue,
    RegisteredBuilding,
    Site,
    Suspicion,
    TopographyObject,
    Tree,
)
from .terrain import PointCloud, Terrain
from .verdict import PRECEDENCE, Verdict, combine

__all__ = [
    "Address",
    "Building3D",
    "Case",
    "Design",
    "DesignRequest",
    "Deviation",
    "EPSILON_M",
    "Evidence",
    "Finding",
    "GateItem",
    "InputUsed",
    "LayerState",
    "LegalSource",
    "Level",
    "Limit",
    "Measurement",
    "Message",
    "Note",
    "OPERATORS",
    "PRECEDENCE",
    "Parcel",
    "Part",
    "Placement",
    "Plan",
    "PlanArea",
    "PlanValue",
    "PointCloud",
    "Provenance",
    "Question",
    "RegisteredBuilding",
    "Review",
    "Rule",
    "Ruleset",
    "Site",
    "SiteRequest",
    "Suspicion",
    "Terrain",
    "TopographyObject",
    "Tree",
    "UncertaintySource",
    "Verdict",
    "combine",
    "combined_uncertainty",
]
