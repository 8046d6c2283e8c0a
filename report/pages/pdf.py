"""The report as PDF by typst: tagged (PDF/UA-1) and archivable (PDF/A-3a), with the record attached."""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typst

from ...texts import printable
from ..basis.palette import VERDICT_TEXT
from ..pictures.picture import Picture
from .document import Document

TEMPLATE = Path(__file__).parents[1] / "templates" / "report.typ"
STANDARDS: list[Any] = ["ua-1", "a-3a"]


def write_pdf(document: Document, record: str, path: Path) -> Path:
    """Write the PDF; ``record`` is the text of ``review.json``. The document's words reach typst as data, never as markup."""
    with tempfile.TemporaryDirectory(prefix="drieluik-pdf-") as name:
        folder = Path(name)
        for picture in _pictures(document):
            (folder / picture.name).write_bytes(picture.data)
        data = asdict(document, dict_factory=plain)
        data["colours"] = {verdict.value: colour for verdict, colour in VERDICT_TEXT.items()}
        (folder / "document.json").write_text(json.dumps(_printable(data), ensure_ascii=False), encoding="utf-8")
        (folder / "review.json").write_text(record, encoding="utf-8")
        main = folder / "report.typ"
        main.write_text(TEMPLATE.read_text(encoding="utf-8"), encoding="utf-8")
        path.write_bytes(typst.compile(str(main), root=str(folder), format="pdf", pdf_standards=STANDARDS))
    return path


def _pictures(document: Document) -> list[Picture]:
    return [*document.overview, *(picture for page in document.pages for picture in page.pictures)]


def _printable(value: Any) -> Any:
    """Return data whose words are such as PDF/A takes."""
    if isinstance(value, dict):
        return {key: _printable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_printable(item) for item in value]
    return printable(value) if isinstance(value, str) else value


def plain(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return a dataclass's fields without bytes: pictures reach typst as files."""
    return {key: value for key, value in pairs if not isinstance(value, bytes)}
