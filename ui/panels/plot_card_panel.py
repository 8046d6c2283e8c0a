"""The card of a place: what the registrations, the plans and the terrain say of it, with source and date."""

from __future__ import annotations

import html

from qgis.PyQt.QtWidgets import QDockWidget, QTextBrowser, QWidget
from shapely import Point
from shapely.geometry.base import BaseGeometry

from ...measure.surroundings.plot_card import Card, CardRow, card_at
from ...measure.surroundings.suspicions import suspicions
from ...model import Site, Suspicion
from ...report.basis import wording
from ...report.basis.rule_words import UNIT_IN_TITLE
from ...texts import number, sentence, spoken_date
from ..widgets.words import link, tr

WIDTH = 330
"""Pixels beside the map."""
WORLDS = ("administrative", "juridical", "physical")


class CardPanel(QDockWidget):
    """Shows one card; never blocks the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Drieluik: this place"), parent)
        self.setObjectName("drieluikCard")
        self.text = QTextBrowser()
        self.text.setOpenExternalLinks(True)
        self.text.setAccessibleName(tr("Card of a place"))
        self.setWidget(self.text)
        self.shapes: list[BaseGeometry] = []
        self._site: Site | None = None
        self._doubts: tuple[Suspicion, ...] = ()

    def show_place(self, site: Site, x: float, y: float) -> None:
        """Show the card of a place (RD); ``shapes`` are then the building and parcels there."""
        if self._site is not site:
            self._site, self._doubts = site, suspicions(site)
        card = card_at(site, x, y, self._doubts)
        place = Point(x, y)
        shapes = (*(building.geometry for building in site.registered_buildings), *(parcel.geometry for parcel in site.parcels))
        self.shapes = [shape for shape in shapes if shape.intersects(place)]
        self.text.setHtml(card_html(card))


def card_html(card: Card) -> str:
    """Return a card as rich text: a table per world; what says the same twice stands once, and a source under the last row that it gave."""
    place = sentence("rule_place", {"x": wording.thousands(card.x, 1), "y": wording.thousands(card.y, 1)})
    out = [f"<p><b>{html.escape(place)}</b></p>"]
    for world in WORLDS:
        rows = once([row for row in card.rows if row.world == world])
        if rows:
            nexts = [*map(_origin, rows[1:]), None]
            body = "".join(_row(row, _origin(row) != after) for row, after in zip(rows, nexts))
            out.append(f"<h4>{html.escape(sentence(f'card_world_{world}'))}</h4><table cellpadding='2' width='100%'>{body}</table>")
    notes = [sentence(one.note.code, one.note.as_dict()) for one in card.suspicions]
    notes += [sentence(note.code, {**note.as_dict(), "layer": sentence(f"layer_{note.as_dict()['layer']}")}) for note in card.missing]
    if notes:
        out.append("<ul>" + "".join(f"<li>{html.escape(note)}</li>" for note in notes) + "</ul>")
    return "".join(out)


def once(rows: list[CardRow]) -> list[CardRow]:
    """Return rows without those that another row says already: the name of a maatvoering that has values, a use of building and address alike."""
    valued = {row.fid for row in rows if row.label == "card_plan_value"}
    told: set[tuple[str, object, str]] = set()
    kept = []
    for row in rows:
        said = (row.label, row.value, row.unit)
        if (row.label == "card_kind_maatvoering" and row.fid in valued) or (row.label == "card_address_use" and said in told):
            continue
        told.add(said)
        kept.append(row)
    return kept


def _origin(row: CardRow) -> str:
    return " · ".join(word for word in (row.source, spoken_date(row.date) if row.date else "") if word)


def _value(row: CardRow) -> str:
    if not isinstance(row.value, float):
        return str(row.value if row.value is not None else "–")
    if row.unit == "m2":
        return wording.thousands(row.value, 0 if row.value.is_integer() else 1)
    return number(row.value, 2 if "m" in row.unit else 0)


def _row(row: CardRow, last: bool) -> str:
    words = sentence(row.label)
    if row.detail and row.label == "card_plan_value":
        words = UNIT_IN_TITLE.sub("", f"{row.detail[:1].upper()}{row.detail[1:]}")
    value = _value(row)
    if row.unit:
        value = f"{value} {wording.UNITS.get(row.unit, row.unit)}"
    if row.uncertainty is not None:
        value += f" ± {number(row.uncertainty, 2)} m"
    shown = html.escape(value)
    if row.detail and row.label != "card_plan_value":
        detail = tr("art. {article}").format(article=row.detail) if row.world == "juridical" else row.detail
        shown += f" <small>({html.escape(detail)})</small>"
    if row.url:
        shown += " " + link(row.url, tr("article"))
    origin = f"<br><small>{html.escape(_origin(row))}</small>" if last and _origin(row) else ""
    return f"<tr><td><b>{html.escape(words)}</b></td><td>{shown}{origin}</td></tr>"
