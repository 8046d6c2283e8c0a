"""RD against WGS84: the reference point, known places, and the convergence of the meridians."""

import pytest

from drieluik.measure.plane.rd import convergence_deg, wgs84_of


def test_amersfoort_is_the_origin():
    assert wgs84_of(155_000, 463_000) == pytest.approx((52.15517440, 5.38720621), abs=1e-9)


@pytest.mark.parametrize(("x", "y"), [(84_900, 447_490), (233_883, 582_065), (187_030, 440_992), (30_000, 380_000)])
def test_places_agree_with_proj(x, y):
    pyproj = pytest.importorskip("pyproj", reason="the projection library is not present")
    longitude, latitude = pyproj.Transformer.from_crs("EPSG:28992", "EPSG:4326", always_xy=True).transform(x, y)
    got = wgs84_of(x, y)
    assert abs(got[0] - latitude) * 111_000 < 2 and abs(got[1] - longitude) * 68_000 < 2


def test_meridian_convergence():
    """Azimuths turn by -0.94 degrees at Groningen and +0.13 at Almere (the project's own worked figures)."""
    assert convergence_deg(233_883, 582_065) == pytest.approx(0.94, abs=0.01)
    assert convergence_deg(143_000, 487_000) == pytest.approx(-0.14, abs=0.015)
    assert convergence_deg(155_000, 463_000) == pytest.approx(0.0, abs=0.001)


@pytest.mark.parametrize(("east", "north", "seconds", "turned"), [
    (1, 1, (3201.88879, 5368.12455), 1.184792), (2, 1, (3101.61505, 10730.97937), 2.367998), (1, 2, (6435.43811, 5481.80075), 1.217186), (-1, 1, (3201.90379, -5368.10057), -1.184526),
    (1, -1, (-3267.58807, 5156.20715), 1.124244), (-2, -1, (-3362.74141, -10307.86669), -2.246835),
])
def test_the_published_terms_at_whole_hundreds_of_kilometres(east, north, seconds, turned):
    """At (1, 1) the sums of the coefficients of Schreutelkamp and Strang van Hees (2001) themselves; elsewhere with the powers of two and of minus one."""
    x, y = 155_000 + 1e5 * east, 463_000 + 1e5 * north
    latitude, longitude = wgs84_of(x, y)
    assert ((latitude - 52.15517440) * 3600, (longitude - 5.38720621) * 3600) == pytest.approx(seconds, abs=1e-5)
    assert convergence_deg(x, y) == pytest.approx(turned, abs=1e-6)
