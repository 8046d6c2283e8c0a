"""A mass is the body that its numbers say: volume, footprint, eaves and ridge in closed form."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely

from drieluik.data_sources.design.masses import fault_of, mass_design
from drieluik.errors import DesignError
from drieluik.measure.building.design_geometry import DesignGeometry
from drieluik.measure.plane.solids import solid_of
from drieluik.model import DesignRequest, Mass

X, Y, BASE = 187_000.0, 441_000.0, 1.2


def block(length=12.0, width=8.0, turned=0.0):
    """The outline of a rectangle at a place in RD, turned about its first corner."""
    turn = math.radians(turned)
    corners = ((0, 0), (length, 0), (length, width), (0, width))
    return tuple((X + x * math.cos(turn) - y * math.sin(turn), Y + x * math.sin(turn) + y * math.cos(turn)) for x, y in corners)


def made(**words):
    mass = Mass(**{"outline": block(), "base_nap_m": BASE, **words})
    return mass_design(DesignRequest((), "M", mass=mass), mass)


def volume(design):
    return solid_of(design.parts[0], design.parts[0].vertices.mean(axis=0)).volume()


def test_a_flat_mass_is_its_outline_times_its_height():
    design = made(storeys=3, storey_height_m=2.8)
    assert volume(design) == pytest.approx(12 * 8 * 8.4)
    assert design.bounds[:, 2] == pytest.approx([BASE, BASE + 8.4])
    assert [level.elevation_nap for level in design.levels] == pytest.approx([BASE, BASE + 2.8, BASE + 5.6])
    assert DesignGeometry(design).projection.area == pytest.approx(96)


@pytest.mark.parametrize("turned", [0.0, 33.0, 90.0])
def test_a_gable_rises_from_both_eaves_to_its_ridge(turned):
    design = made(outline=block(turned=turned), roof="gable", eaves_m=5.0, height_m=9.0, ridge_deg=turned)
    assert volume(design) == pytest.approx(12 * 8 * 5 + 12 * 8 * 4 / 2)
    corners = design.parts[0].vertices
    ridge = np.unique(np.round(corners[corners[:, 2] > BASE + 8.999], 6), axis=0)
    assert np.ptp(ridge[:, :2] @ (math.cos(math.radians(turned)), math.sin(math.radians(turned)))) == pytest.approx(12, abs=1e-6)
    assert np.ptp(ridge[:, :2] @ (-math.sin(math.radians(turned)), math.cos(math.radians(turned)))) == pytest.approx(0, abs=1e-6)
    assert set(np.round(corners[:, 2] - BASE, 6)) == {0.0, 5.0, 9.0}
    assert DesignGeometry(design).projection.area == pytest.approx(96)


def test_a_ridge_across_makes_the_other_sides_the_gables():
    design = made(roof="gable", eaves_m=5.0, height_m=9.0, ridge_deg=90.0)
    ridge = design.parts[0].vertices[design.parts[0].vertices[:, 2] > BASE + 8.999]
    assert np.ptp(ridge[:, 1]) == pytest.approx(8)


@pytest.mark.parametrize("turned", [0.0, 71.0])
def test_a_hip_has_one_slope_all_round(turned):
    design = made(outline=block(turned=turned), roof="hip", storeys=2, storey_height_m=2.5, height_m=8.0)
    half, rise, ridge = 4.0, 3.0, 4.0
    assert volume(design) == pytest.approx(12 * 8 * 5 + ridge * 8 * rise / 2 + 8 * 8 * rise / 3)
    corners = design.parts[0].vertices
    top = np.unique(np.round(corners[corners[:, 2] > BASE + 7.999], 5), axis=0)
    assert np.linalg.norm(np.ptp(top[:, :2], axis=0)) == pytest.approx(12 - 2 * half, abs=1e-4)


def test_a_hip_on_a_square_is_a_pyramid():
    design = made(outline=block(9.0, 9.0), roof="hip", eaves_m=3.0, height_m=6.0)
    assert volume(design) == pytest.approx(81 * 3 + 81 * 3 / 3)


def test_an_outline_the_other_way_round_or_with_a_notch_is_the_same_body():
    assert volume(made(outline=block()[::-1], height_m=4.0)) == pytest.approx(96 * 4)
    notched = ((X, Y), (X + 10, Y), (X + 10, Y + 4), (X + 5, Y + 4), (X + 5, Y + 8), (X, Y + 8))
    design = made(outline=notched, height_m=4.0)
    assert volume(design) == pytest.approx(60 * 4)
    assert shapely.equals(DesignGeometry(design).projection.buffer(0), shapely.Polygon(notched)) or DesignGeometry(design).projection.area == pytest.approx(60)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"outline": ((X, Y), (X + 5, Y + 5), (X + 5, Y), (X, Y + 5)), "height_m": 3.0}, "outline"),
        ({}, "no_height"),
        ({"storeys": 2}, "storey_height"),
        ({"storeys": 2, "storey_height_m": 3.0, "height_m": 6.0}, "two_heights"),
        ({"height_m": 6.0, "eaves_m": 3.0}, "eaves_of_flat"),
        ({"height_m": 6.0, "ridge_deg": 3.0}, "ridge_of_none"),
        ({"roof": "gable", "height_m": 6.0, "ridge_deg": 0.0}, "no_height"),
        ({"roof": "gable", "height_m": 6.0, "eaves_m": 6.0, "ridge_deg": 0.0}, "ridge_below"),
        ({"roof": "gable", "height_m": 6.0, "eaves_m": 3.0}, "no_ridge"),
        ({"roof": "hip", "height_m": 6.0, "eaves_m": 3.0, "outline": ((X, Y), (X + 9, Y), (X + 9, Y + 3), (X + 3, Y + 3), (X + 3, Y + 9), (X, Y + 9))}, "hip_notch"),
    ],
)
def test_what_is_no_body_is_refused_with_one_sentence(words, why):
    assert fault_of(Mass(**{"outline": block(), "base_nap_m": BASE, **words})) == why
    with pytest.raises(DesignError) as caught:
        made(**words)
    assert str(caught.value).startswith("Massa M klopt niet: ") and "mass_" not in str(caught.value) and "?" not in str(caught.value)
