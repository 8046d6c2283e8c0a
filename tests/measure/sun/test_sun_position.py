"""Where the sun stands: docs/measuring.md C1, C2, and NREL's SPA where pvlib is present."""

from __future__ import annotations

import datetime
import math

import numpy as np
import pytest

from drieluik.measure.plane.rd import convergence_deg
from drieluik.measure.sun.sun_position import dates_between, directions_of, local_time, sun_position, suns_at, suns_of, utc_of

PLACE = (52.10, 5.12)


def at(text):
    altitude, azimuth = sun_position(np.array([text], dtype="datetime64[s]"), *PLACE)
    return float(altitude[0]), float(azimuth[0])


@pytest.mark.parametrize(
    ("time", "altitude", "azimuth"),
    [("2027-03-21T11:00", 37.22, 165.26), ("2027-06-21T10:00", 55.42, 136.26), ("2027-12-21T11:00", 14.02, 171.15), ("2027-02-19T12:00", 26.63, 181.82)],
)
def test_the_sun_stands_where_the_tables_say(time, altitude, azimuth):
    assert at(time) == pytest.approx((altitude, azimuth), abs=0.02)


@pytest.mark.parametrize(
    ("time", "shadow"), [("2027-03-21T11:00", 13.2), ("2027-06-21T10:00", 6.9), ("2027-02-19T12:00", 20.0), ("2027-12-21T11:00", 40.1)]
)
def test_a_pole_of_ten_metres_throws_its_known_shadow(time, shadow):
    assert 10 / math.tan(math.radians(at(time)[0])) == pytest.approx(shadow, abs=0.06)


def test_within_two_hundredths_of_a_degree_of_spa():
    solarposition = pytest.importorskip("pvlib.solarposition", reason="pvlib is not installed")
    import pandas

    for year in (2000, 2027, 2050):
        times = pandas.date_range(f"{year}-01-01", f"{year}-12-31", freq="97min", tz="UTC")
        for latitude, longitude in ((50.75, 5.9), (53.45, 6.8), (52.1, 3.4)):
            truth = solarposition.get_solarposition(times, latitude, longitude, method="nrel_numpy")
            altitude, azimuth = sun_position(times.tz_localize(None).to_numpy().astype("datetime64[s]"), latitude, longitude)
            up = altitude > -5
            apart = (azimuth - truth["azimuth"].to_numpy() + 180) % 360 - 180
            assert np.abs(altitude - truth["elevation"].to_numpy())[up].max() < 0.02
            assert np.abs(apart * np.cos(np.radians(altitude)))[up].max() < 0.02


def test_window_above_ten_degrees_and_noon_of_19_february():
    suns = suns_of(*PLACE, [datetime.date(2027, 2, 19)], 1.0)
    minutes = suns.times.astype("datetime64[m]").astype(str)
    assert minutes[0][11:] == "08:06" and minutes[-1][11:] == "15:41"
    noon = int(np.argmax(suns.altitude_deg))
    assert minutes[noon][11:] in ("11:53", "11:54", "11:55") and suns.altitude_deg[noon] == pytest.approx(26.6, abs=0.05)


def test_azimuth_turns_from_true_north_to_grid_north():
    groningen, almere = (233_883.0, 582_065.0), (144_000.0, 487_000.0)
    assert convergence_deg(*groningen) == pytest.approx(0.94, abs=0.01)
    assert convergence_deg(*almere) == pytest.approx(-0.13, abs=0.01)
    for place in (groningen, almere):
        suns = suns_at(place, [datetime.date(2027, 3, 21)], 5.0)
        grid = np.degrees(np.arctan2(suns.directions[:, 0], suns.directions[:, 1])) % 360
        assert grid - suns.azimuth_deg == pytest.approx(np.full(len(suns), -convergence_deg(*place)), abs=1e-9)


def test_directions_are_unit_vectors_to_the_sun():
    east, south, up = directions_of(np.array([0.0, 0.0, 90.0]), np.array([90.0, 180.0, 0.0]))
    assert east == pytest.approx([1, 0, 0], abs=1e-12) and south == pytest.approx([0, -1, 0], abs=1e-12) and up == pytest.approx([0, 0, 1], abs=1e-12)


def test_a_polar_day_has_no_suns_and_says_which():
    dates = [datetime.date(2027, 12, 21), datetime.date(2027, 6, 21)]
    suns = suns_of(75.0, 5.0, dates, 5.0, 0.0)
    assert suns.dark == (dates[0],)
    assert set(suns.day.tolist()) == {1} and len(suns) == 288


def test_the_clock_of_the_netherlands():
    assert local_time(np.datetime64("2027-02-19T08:06:00")) == "09:06 CET"
    assert local_time(np.datetime64("2027-06-21T10:00:00")) == "12:00 CEST"
    assert utc_of(datetime.date(2027, 6, 21), 12) == np.datetime64("2027-06-21T10:00:00")
    assert utc_of(datetime.date(2027, 12, 21), 9) == np.datetime64("2027-12-21T08:00:00")


def test_dates_of_a_period():
    first, last = datetime.date(2027, 2, 19), datetime.date(2027, 10, 21)
    assert dates_between(first, last, None) == (first, last)
    every = dates_between(first, last, 5)
    assert every[0] == first and every[-1] == last and len(every) == len(set(every)) == 50
    assert dates_between(first, first, 5) == (first,)
