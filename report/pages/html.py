"""The report as one HTML file: no outside resources, readable on a phone and by a screen reader."""

from __future__ import annotations

import base64
import functools
from pathlib import Path
from typing import Any

import jinja2

from ...texts import printable
from ..basis.palette import VERDICT_TEXT
from ..pictures.picture import Picture
from .document import Document

TEMPLATES = Path(__file__).parents[1] / "templates"


def picture_source(picture: Picture) -> str:
    """Return a picture as a data URI."""
    kind = "image/svg+xml" if picture.kind == "svg" else "image/png"
    return f"data:{kind};base64,{base64.b64encode(picture.data).decode()}"


def _finished(value: Any) -> Any:
    return printable(value) if type(value) is str else value  # markup of our own is a kind of text too, and stays what it is


@functools.cache
def environment() -> jinja2.Environment:
    """Return the templates, with all values escaped."""
    return jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True, finalize=_finished)


def to_html(document: Document) -> str:
    """Return the document as HTML text."""
    colours = {verdict.value: colour for verdict, colour in VERDICT_TEXT.items()}
    return environment().get_template("report.html").render(d=document, w=document.words, source=picture_source, colours=colours)
