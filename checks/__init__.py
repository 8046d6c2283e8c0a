"""The rules that Drieluik can check: one rule, one file; a new one is registered here with one line."""

from .engine.base import Check, Context
from .sunlight.shadow_study import ShadowStudyCheck
from .sunlight.sun_hours_facade import SunHoursFacade
from .sunlight.sun_trigger import SunTrigger
from .surroundings.aviation_height import AviationHeight
from .surroundings.cns_height import CnsHeight
from .surroundings.mill_biotope import MillBiotope
from .surroundings.powerline_zone import PowerlineZone
from .surroundings.public_space_overlap import PublicSpaceOverlap
from .surroundings.radio_link_height import RadioLinkHeight
from .zoning.dormers import Dormers
from .zoning.facade_line import FacadeLine
from .zoning.max_area import MaxArea
from .zoning.max_building_height import MaxBuildingHeight
from .zoning.max_coverage_pct import MaxCoveragePct
from .zoning.max_depth import MaxDepth
from .zoning.max_eaves_height import MaxEavesHeight
from .zoning.max_storeys import MaxStoreys
from .zoning.max_volume import MaxVolume
from .zoning.max_width import MaxWidth
from .zoning.min_area import MinArea
from .zoning.min_building_height import MinBuildingHeight
from .zoning.min_coverage_pct import MinCoveragePct
from .zoning.min_distance_buildings import MinDistanceBuildings
from .zoning.min_distance_front_boundary import MinDistanceFrontBoundary
from .zoning.min_distance_rear_boundary import MinDistanceRearBoundary
from .zoning.min_distance_road_axis import MinDistanceRoadAxis
from .zoning.min_distance_side_boundary import MinDistanceSideBoundary
from .zoning.min_eaves_height import MinEavesHeight
from .zoning.other_structures import OtherStructures
from .zoning.overlay_hit import OverlayHit
from .zoning.plan_text import PlanText
from .zoning.roof_pitch_range import RoofPitchRange
from .zoning.secondary_buildings import SecondaryBuildings
from .zoning.within_building_plane import WithinBuildingPlane

REGISTRY: dict[str, Check] = {
    check.name: check
    for check in (
        WithinBuildingPlane(),
        MaxBuildingHeight(),
        MaxEavesHeight(),
        RoofPitchRange(),
        MaxArea(),
        MinArea(),
        MaxVolume(),
        MaxStoreys(),
        MinBuildingHeight(),
        MinEavesHeight(),
        MinCoveragePct(),
        MaxCoveragePct(),
        PublicSpaceOverlap(),
        SunHoursFacade(),
        SunTrigger(),
        ShadowStudyCheck(),
        FacadeLine(),
        MinDistanceSideBoundary(),
        MinDistanceRearBoundary(),
        MinDistanceFrontBoundary(),
        MinDistanceRoadAxis(),
        MinDistanceBuildings(),
        MaxDepth(),
        MaxWidth(),
        OverlayHit(),
        MillBiotope(),
        AviationHeight(),
        CnsHeight(),
        RadioLinkHeight(),
        PowerlineZone(),
        SecondaryBuildings(),
        OtherStructures(),
        Dormers(),
        PlanText(),
    )
}

__all__ = ["REGISTRY", "Check", "Context"]
