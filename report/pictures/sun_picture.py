"""The sun-path chart of a finding as a picture with its caption."""

from __future__ import annotations

import datetime
import math

from ...measure.sun.receptors import Receptor
from ...measure.sun.sky_view import blocking_of, sky_view
from ...measure.sun.sun_norms import norm_of
from ...measure.sun.sun_review import Blocking
from ...model import Design, Evidence, Finding, Review, Rule
from ...texts import sentence
from ..basis import wording
from ..basis.sun_table import CHECK, change_text, data_of, facades_of, place_of
from .picture import Picture
from .sun_chart import alt_of, chart_of


def has_chart(finding: Finding) -> bool:
    """Whether a finding rests on a point of which the sun's path can be drawn."""
    return finding.check == CHECK and facades_of(finding)[0] is not None


def finding_chart(review: Review, design: Design, finding: Finding, name: str, lang: str) -> Picture | None:
    """Return the chart of a finding; None when its rule or its points are not there."""
    rule = wording.rule_of(review, finding)
    if rule is None:
        return None
    return chart_picture(review, finding, rule, blocking_of(review.site, design, review.answers, rule.measure), name, lang)


def chart_picture(
    review: Review, finding: Finding, rule: Rule, around: Blocking, name: str, lang: str, piece: Evidence | None = None,
) -> Picture | None:
    """Return the chart of the point that decides a finding, or of another of its points; None when its evidence has no points."""
    deciding = piece or facades_of(finding)[0]
    if deciding is None or deciding.geometry is None:
        return None
    data, norm = data_of(deciding), norm_of(rule.measure)
    bearing = data.get("bearing")
    normal = None if bearing is None else (math.sin(math.radians(bearing)), math.cos(math.radians(bearing)), 0.0)
    x, y, z = deciding.geometry.coords[0]
    receptor = Receptor((x, y, z), normal, "facade", data["pand"], data["facade"], data["floor"])
    date = datetime.date.fromisoformat(data["date"])
    view = sky_view(around, receptor, review.site.centre, date, norm.step_min, norm.min_altitude_deg)
    words = {
        "subject": wording.subject(finding, lang), "place": place_of(deciding, lang), "before": data["before"], "after": data["after"], "date": data["date"],
        "change": change_text(data["after"] - data["before"], lang), "height": round(receptor.point[2], 2),
    }
    return Picture(name, chart_of(view, review.site.centre, lang).encode(), "svg", alt_of(view, lang), sentence("sun_chart_caption", words, lang))
