"""The rules that Drieluik can check: one rule, one file; a new one is registered here with one line."""

from .base import Check, Context
from .sunlight.sun_hours_facade import SunHoursFacade
from .sunlight.sun_trigger import SunTrigger
from .surroundings.public_space_overlap import PublicSpaceOverlap
from .zoning.max_building_height import MaxBuildingHeight
from .zoning.max_coverage_pct import MaxCoveragePct
from .zoning.within_building_plane import WithinBuildingPlane

REGISTRY: dict[str, Check] = {
    check.name: check
    for check in (
        WithinBuildingPlane(),
        MaxBuildingHeight(),
        MaxCoveragePct(),
        PublicSpaceOverlap(),
        SunHoursFacade(),
        SunTrigger(),
    )
}

__all__ = ["REGISTRY", "Check", "Context"]
