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
