"""The names of AHN rasters: which is ground and which is surface."""

import pytest

from drieluik.data_sources.physical.terrain_files import DSM_NAMES


@pytest.mark.parametrize("name", [
    "R_37EN1", "r5_37en1", "2023_R_25GN1", "AHN4_R_171000_438000", "AHN5_R5_171000_438000", "AHN6_2025_R_171000_438000", "r32cn1", "dsm_05m", "my-dsm-2",
])
def test_surface(name):
    assert DSM_NAMES.search(name)


@pytest.mark.parametrize("name", [
    "M_37EN1", "M5_32CN1", "2023_M_25GN1", "AHN4_M_171000_438000", "AHN6_2025_M5_171000_438000", "i32cn1", "n32cn1", "ahn2_5_01cz1", "dtm_05m", "terrein", "Rotterdam",
])
def test_ground(name):
    assert not DSM_NAMES.search(name)
