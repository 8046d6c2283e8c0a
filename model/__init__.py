"""The words of Drieluik: frozen dataclasses that travel between the rooms. Imports only numpy and shapely."""

from .case_review import LADDER, Review
from .case_words import Case, DesignRequest, PlanTextRequest, SiteRequest
from .design import NO_ROLE, PART_KINDS, PART_ROLES, Design, Level, Message, Part, Placement, Role, shifted
from .finding import Change, Choice, Decision, Deviation, Evidence, Finding, Fingerprint, InputUsed, Lapsed, Premise, Question
from .gate import GateItem
from .measurement import EPSILON_M, OPERATORS, Measurement, UncertaintySource, combined_uncertainty
from .plan_cover import CoverLine, PlanCover
from .plan_words import PROFILE_KEYS, MeasuringProfile, PlanNorm, ProfileEntry
from .provenance import LayerState, Note, Provenance
from .rule import Doubt, LegalSource, Limit, Parameter, PlanOrigin, Rule, Ruleset
from .site import Address, Building3D, Parcel, Plan, PlanArea, PlanValue, RegisteredBuilding, Site, Suspicion, TopographyObject, Tree
from .subject import numbered, subject_key, subject_kind
from .terrain import PointCloud, Terrain
from .verdict import PRECEDENCE, Verdict, combine

__all__ = [
    "EPSILON_M",
    "LADDER",
    "NO_ROLE",
    "OPERATORS",
    "PART_KINDS",
    "PART_ROLES",
    "PRECEDENCE",
    "PROFILE_KEYS",
    "Address",
    "Building3D",
    "Case",
    "Change",
    "Choice",
    "CoverLine",
    "Decision",
    "Design",
    "DesignRequest",
    "Deviation",
    "Doubt",
    "Evidence",
    "Finding",
    "Fingerprint",
    "GateItem",
    "InputUsed",
    "Lapsed",
    "LayerState",
    "LegalSource",
    "Level",
    "Limit",
    "Measurement",
    "MeasuringProfile",
    "Message",
    "Note",
    "Parameter",
    "Parcel",
    "Part",
    "Placement",
    "Plan",
    "PlanArea",
    "PlanCover",
    "PlanNorm",
    "PlanOrigin",
    "PlanTextRequest",
    "PlanValue",
    "PointCloud",
    "Premise",
    "ProfileEntry",
    "Provenance",
    "Question",
    "RegisteredBuilding",
    "Review",
    "Role",
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
    "numbered",
    "shifted",
    "subject_key",
    "subject_kind",
]
