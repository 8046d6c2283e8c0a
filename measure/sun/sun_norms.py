"""Sun norms as data: how long, when, where, and what a point's minutes mean (docs/measuring.md C1)."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from ...model import Verdict

TOLERANCE_MIN = 5.0
"""A smaller change than this is within what the method can tell (docs/measuring.md C1)."""
REFERENCE_YEAR = 2027
"""The sun's place on a date shifts by less than 0.2 degree between years; a fixed year keeps reviews repeatable."""


@dataclass(frozen=True)
class SunNorm:
    """A norm: at least ``minutes`` of possible sun a day at each point, from ``start`` to ``end`` (month, day), both included.

    The sun counts above ``min_altitude_deg``. ``sweep_days``: also every so many days between the ends (0: the ends alone).
    ``guessed``: the points stand for windows that are not known, so one failing point decides nothing. ``add_facades``: the
    minutes of a dwelling's facades may be added up.
    """

    minutes: float = 120.0
    start: tuple[int, int] = (2, 19)
    end: tuple[int, int] = (10, 21)
    min_altitude_deg: float = 10.0
    step_min: float = 2.0
    sweep_days: int = 5
    guessed: bool = True
    add_facades: bool = False
    above_floor_m: float = 0.75
    spacing_m: float = 2.0
    storey_m: float = 2.8
    year: int = REFERENCE_YEAR

    @property
    def uncertainty_min(self) -> float:
        """Doubt about the minutes of a day: 5, or the step where that is larger."""
        return max(TOLERANCE_MIN, self.step_min)

    @property
    def period(self) -> tuple[datetime.date, datetime.date]:
        """First and last date; a period over the turn of the year ends in the next one."""
        first, last = datetime.date(self.year, *self.start), datetime.date(self.year, *self.end)
        return first, last if last >= first else datetime.date(self.year + 1, *self.end)


PROFILES: Mapping[str, SunNorm] = {
    "tno_light": SunNorm(),
    "tno_strict": SunNorm(minutes=180.0, start=(1, 21), end=(11, 22)),
    "den_haag": SunNorm(sweep_days=0, guessed=False),
}
WORDS = frozenset(f.name for f in fields(SunNorm)) - {"minutes", "start", "end"}
POSITIVE = ("step_min", "above_floor_m", "spacing_m", "storey_m")
YES_NO = ("guessed", "add_facades")
WHOLE = ("sweep_days", "year")
LONGEST_STEP_MIN = 15.0
FIRST_YEAR, LAST_YEAR = 1950, 2100
"""Outside these a year in a rule is a slip of the pen."""


class NormError(ValueError):
    """A norm's key has a value that cannot be used; ``key`` and ``value`` say which."""

    def __init__(self, key: str, value: Any) -> None:
        super().__init__(f"{key}: {value}")
        self.key, self.value = key, value


def norm_of(measure: Mapping[str, Any], minutes: float | None = None) -> SunNorm:
    """Return the norm that a rule states: its ``profile`` (default tno_light), with the rule's own words over it.

    Words: ``hours`` or ``minutes``, ``period: [MM-DD, MM-DD]`` and the fields of ``SunNorm``; ``minutes`` given wins (the rule's
    limit). Raises ``NormError``.
    """
    name = str(measure.get("profile", "tno_light"))
    if name not in PROFILES:
        raise NormError(key="profile", value=name)
    changes: dict[str, Any] = {key: measure[key] for key in WORDS if key in measure}
    if "hours" in measure:
        changes["minutes"] = 60.0 * _number("hours", measure["hours"])
    if "minutes" in measure:
        changes["minutes"] = _number("minutes", measure["minutes"])
    if minutes is not None:
        changes["minutes"] = minutes
    if "period" in measure:
        period = measure["period"]
        if not isinstance(period, (list, tuple)) or len(period) != 2:
            raise NormError(key="period", value=period)
        changes["start"], changes["end"] = (month_day(value) for value in period)
    for key, value in changes.items():
        if key in YES_NO:
            if not isinstance(value, bool):  # a word such as "nee" would count as yes
                raise NormError(key, value)
        elif key not in ("start", "end"):
            changes[key] = _whole(key, value) if key in WHOLE else _number(key, value)
            if changes[key] < 0 or (key in POSITIVE and changes[key] <= 0) or (key == "step_min" and changes[key] > LONGEST_STEP_MIN):
                raise NormError(key, value)
    if not FIRST_YEAR <= changes.get("year", REFERENCE_YEAR) <= LAST_YEAR:
        raise NormError(key="year", value=changes["year"])
    return replace(PROFILES[name], **changes)


def _number(key: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise NormError(key, value)
    return float(value)


def _whole(key: str, value: Any) -> int:
    number = _number(key, value)
    if number != int(number):
        raise NormError(key, value)
    return int(number)


def month_day(value: Any, key: str = "period") -> tuple[int, int]:
    """Return (month, day) of ``02-19``, ``2027-02-19`` or a date; raises ``NormError`` that names ``key``."""
    try:
        month, day = (value.month, value.day) if isinstance(value, datetime.date) else (int(word) for word in str(value).split("-")[-2:])
        datetime.date(REFERENCE_YEAR, month, day)
    except (ValueError, TypeError) as reason:
        raise NormError(key=key, value=value) from reason
    return month, day


def point_verdict(before: float, after: float, empty: float, norm: SunNorm) -> tuple[Verdict, str]:
    """Return the verdict over minutes of one point on one day, and its reason as a code of ``i18n/messages``.

    ``empty``: the minutes with only the own building there. What the norm can never give a point is no fault of a design; a
    point that failed already is weighed when it gets worse by more than 5 minutes; a point on the edge of the norm that the
    design does change is left to judgement (docs/measuring.md 0.2 and C1).
    """
    limit = norm.minutes
    if empty < limit:
        return Verdict.NOT_APPLICABLE, "sun_never_reaches"
    if before < limit:
        if after >= limit + TOLERANCE_MIN:
            return Verdict.COMPLIES, "sun_enough"
        if after < before - TOLERANCE_MIN:
            return Verdict.NEEDS_JUDGEMENT, "sun_worse_below"
        return Verdict.COMPLIES, "sun_was_below"
    if abs(after - limit) <= norm.uncertainty_min and after != before:
        return Verdict.NEEDS_JUDGEMENT, "sun_on_the_edge"
    if after >= limit:
        return Verdict.COMPLIES, "sun_enough"
    return Verdict.VIOLATES, "sun_falls_below"
