"""Where the sun stands, and which suns a study looks at.

Formulas: Meeus, "Astronomical Algorithms" (2nd ed., 1998), chapters 12, 13, 22 and 25, low accuracy, as NOAA's solar
calculator uses them: within 0.02 degrees of NREL SPA (Reda and Andreas, 2004). Altitudes are geometric: refraction lifts
the sun by less than 0.1 degree above 10 degrees and is left out, as the norms' own tables do.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from ...model.arrays import Floats
from ..plane.rd import convergence_deg, wgs84_of

Times = NDArray[np.datetime64]

J2000 = np.datetime64("2000-01-01T12:00:00")
TERRESTRIAL_TIME_S = 69.2
"""Terrestrial time minus UTC since 2017 (IERS): 32.184 s and 37 leap seconds."""
MINUTES_A_DAY = 1440
LOCAL = "Europe/Amsterdam"


@dataclass(frozen=True, eq=False)
class Suns:
    """The suns of some days: each stands for ``step_min`` minutes around its time.

    ``directions`` (n, 3) unit vectors to the sun in the grid of the scene (x east, y grid north, z up); ``times`` (n,) UTC;
    ``altitude_deg`` and ``azimuth_deg`` (n,) geometric, from true north clockwise; ``day`` (n,) the number of its date in ``dates``.
    """

    dates: tuple[datetime.date, ...]
    step_min: float
    directions: Floats
    times: Times
    altitude_deg: Floats
    azimuth_deg: Floats
    day: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.times)

    @property
    def dark(self) -> tuple[datetime.date, ...]:
        """The dates on which the sun does not come above the minimum altitude."""
        seen = set(self.day.tolist())
        return tuple(date for number, date in enumerate(self.dates) if number not in seen)


def sun_position(times: Times, latitude: float, longitude: float) -> tuple[Floats, Floats]:
    """Return geometric altitude and azimuth (degrees; from true north, clockwise, 0..360) at UTC times (n,)."""
    seconds = (np.asarray(times, dtype="datetime64[s]") - J2000) / np.timedelta64(1, "s")
    days = seconds / 86400.0
    right_ascension, declination, equation = _apparent_place(days + TERRESTRIAL_TIME_S / 86400.0)
    centuries = days / 36525.0
    sidereal = 280.46061837 + 360.98564736629 * days + 0.000387933 * centuries**2 + equation
    hour = np.radians(sidereal + longitude) - right_ascension
    phi = math.radians(latitude)
    altitude = np.arcsin(np.sin(phi) * np.sin(declination) + np.cos(phi) * np.cos(declination) * np.cos(hour))
    azimuth = np.arctan2(np.sin(hour), np.cos(hour) * np.sin(phi) - np.tan(declination) * np.cos(phi)) + np.pi
    return np.degrees(altitude), np.degrees(azimuth) % 360.0


def _apparent_place(days: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the sun's right ascension and declination (radians) and the equation of the equinoxes (degrees)."""
    t = days / 36525.0
    mean_longitude = 280.46646 + t * (36000.76983 + 0.0003032 * t)
    anomaly = np.radians(357.52911 + t * (35999.05029 - 0.0001537 * t))
    centre = (
        (1.914602 - t * (0.004817 + 0.000014 * t)) * np.sin(anomaly)
        + (0.019993 - 0.000101 * t) * np.sin(2 * anomaly)
        + 0.000289 * np.sin(3 * anomaly)
    )
    node = np.radians(125.04 - 1934.136 * t)
    nutation = -0.00478 * np.sin(node)
    longitude = np.radians(mean_longitude + centre - 0.00569 + nutation)
    obliquity = np.radians(23.43929111 - t * (0.0130042 + t * (1.64e-7 - t * 5.04e-7)) + 0.00256 * np.cos(node))
    right_ascension = np.arctan2(np.cos(obliquity) * np.sin(longitude), np.cos(longitude))
    declination = np.arcsin(np.sin(obliquity) * np.sin(longitude))
    return right_ascension, declination, nutation * np.cos(obliquity)


def directions_of(altitude_deg: Floats, azimuth_deg: Floats, convergence: float = 0.0) -> Floats:
    """Return unit vectors (n, 3) to the sun; ``convergence`` is how far grid north is turned clockwise from true north (degrees)."""
    altitude, azimuth = np.radians(altitude_deg), np.radians(azimuth_deg - convergence)
    flat = np.cos(altitude)
    return np.stack([flat * np.sin(azimuth), flat * np.cos(azimuth), np.sin(altitude)], axis=-1)


def suns_of(
    latitude: float, longitude: float, dates: Sequence[datetime.date], step_min: float = 5.0, min_altitude_deg: float = 10.0,
    convergence: float = 0.0,
) -> Suns:
    """Return the suns above ``min_altitude_deg`` in the middle of every step of the dates (UTC days: sunlight in Europe lies within one)."""
    steps = np.arange(step_min / 2, MINUTES_A_DAY, step_min) * 60.0
    days = np.array([np.datetime64(date, "s") for date in dates], dtype="datetime64[s]")
    times = (days[:, None] + np.round(steps).astype("timedelta64[s]")).reshape(-1)
    altitude, azimuth = sun_position(times, latitude, longitude)
    up = altitude > min_altitude_deg
    number = np.repeat(np.arange(len(days)), len(steps))[up]
    directions = directions_of(altitude[up], azimuth[up], convergence)
    return Suns(tuple(dates), step_min, directions, times[up], altitude[up], azimuth[up], number)


def suns_at(place: tuple[float, float], dates: Sequence[datetime.date], step_min: float = 5.0, min_altitude_deg: float = 10.0) -> Suns:
    """Return the suns at an RD place (m), directions in the RD grid: azimuths turned from true north by the meridian convergence."""
    latitude, longitude = wgs84_of(*place)
    return suns_of(latitude, longitude, dates, step_min, min_altitude_deg, convergence_deg(*place))


def dates_between(start: datetime.date, end: datetime.date, every_days: int | None) -> tuple[datetime.date, ...]:
    """Return both ends of a period, and with ``every_days`` also the dates that far apart between them."""
    if not every_days:
        return tuple(dict.fromkeys((start, end)))
    count = (end - start).days
    between = [start + datetime.timedelta(days=n) for n in range(0, count, every_days)]
    return tuple(dict.fromkeys((*between, end)))


def local_time(time: np.datetime64) -> str:
    """Return a UTC time as the clock in the Netherlands shows it, with its zone: ``09:06 CET``."""
    moment = time.astype("datetime64[s]").astype(datetime.datetime).replace(tzinfo=datetime.timezone.utc)
    return moment.astimezone(ZoneInfo(LOCAL)).strftime("%H:%M %Z")


def utc_of(date: datetime.date, hour: float) -> np.datetime64:
    """Return the UTC time of an hour on the clock in the Netherlands."""
    moment = datetime.datetime.combine(date, datetime.time(0), ZoneInfo(LOCAL)) + datetime.timedelta(hours=hour)
    return np.datetime64(moment.astimezone(datetime.timezone.utc).replace(tzinfo=None), "s")
