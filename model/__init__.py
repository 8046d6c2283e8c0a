"""The words of Drieluik: frozen dataclasses that travel between the rooms. Imports only numpy and shapely."""

from .case import Case, DesignRequest, SiteRequest
from .design import Design, Level, Message, Part, Placement
from .finding import Deviation, Evidence, Finding, InputUsed, Question
from .measurement import EPSILON_M, OPERATORS, Measurement, UncertaintySource, combined_uncertainty
from .provenance import LayerState, Note, Provenance
from .review import Review
from .rule import LegalSource, Limit, Rule, Ruleset
from .site import (
    Address,
    Building3D,
    Parcel,
    PlanArea,
    PlanValue,
    RegisteredBuilding,
    Site,
    TopographyObject,
    Tree,
)
from .terrain import PointCloud, Terrain
from .verdict import PRECEDENCE, Verdict, combine

__all__ = [name for name in dir() if not name.startswith("_")]
