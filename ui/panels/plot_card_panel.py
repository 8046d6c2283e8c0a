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
from ...texts import number, sentence
from ..widgets.words import tr

WIDTH = 330
"""Pixels beside the map."""
WORLDS = ("administrative", "juridical", "physical")


class CardPanel(QDockWidget):
    """Shows one card; never blocks the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Drieluik: what is known of this place"), parent)
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
    """Return a card as rich text: a table per world."""
    out = [f"<p><b>RD {card.x:.1f}, {card.y:.1f}</b></p>"]
    for world in WORLDS:
        rows = [row for row in card.rows if row.world == world]
        if rows:
            body = "".join(_row(row) for row in rows)
            out.append(f"<h4>{html.escape(sentence(f'card_world_{world}'))}</h4><table cellpadding='2' width='100%'>{body}</table>")
    notes = [sentence(one.note.code, one.note.as_dict()) for one in card.suspicions]
    notes += [sentence(note.code, {**note.as_dict(), "layer": sentence(f"layer_{note.as_dict()['layer']}")}) for note in card.missing]
    if notes:
        out.append("<ul>" + "".join(f"<li>{html.escape(note)}</li>" for note in notes) + "</ul>")
    return "".join(out)


def _row(row: CardRow) -> str:
    words = sentence(row.label)
    if row.detail and row.label == "card_plan_value":
        words = f"{row.detail[:1].upper()}{row.detail[1:]}"
    value = number(row.value, 2 if "m" in row.unit else 0) if isinstance(row.value, float) else str(row.value if row.value is not None else "–")
    if row.unit:
        value = f"{value} {wording.UNITS.get(row.unit, row.unit)}"
    if row.uncertainty is not None:
        value += f" ± {number(row.uncertainty, 2)} m"
    shown = html.escape(value)
    if row.detail and row.label != "card_plan_value":
        shown += f" <small>({html.escape(row.detail)})</small>"
    if row.url:
        word = tr("article")
        shown += f" <a href='{html.escape(row.url, quote=True)}'>{html.escape(word)}</a>"
    origin = " · ".join(word for word in (row.source, row.date) if word)
    return f"<tr><td><b>{html.escape(words)}</b></td><td>{shown}<br><small style='color:#595959'>{html.escape(origin)}</small></td></tr>"
