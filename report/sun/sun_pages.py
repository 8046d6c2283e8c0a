"""A sun study as files: its pages (PDF, HTML), the shadows in time, the hours of sun on the ground and a day as moving picture."""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict
from pathlib import Path

import typst

from ...measure.sun.shadows_in_time import ShadowScene, ShadowStudy
from ...measure.sun.sun_review import demolished
from ...model import Review
from ..basis.palette import VERDICT_TEXT
from ..pages import html, pdf
from .sun_document import SunDocument, make_sun_document, study_of, wanted
from .sun_layers import Days, days_of, write_rasters, write_shadow_layers

TEMPLATE = Path(__file__).parents[1] / "templates" / "sun.typ"
COLOURS = {verdict.value: colour for verdict, colour in VERDICT_TEXT.items()}


def write_sun(review: Review, folder: Path, record: str, lang: str = "nl") -> dict[str, Path]:
    """Write the sun study of a review into a folder that has its ``findings.gpkg``; nothing when no rule asked for one.

    ``record`` is the text of ``review.json``, attached to the PDF.
    """
    if not wanted(review):
        return {}
    scenes, studies, days = _shadows(review)
    made = make_sun_document(review, scenes, studies, lang)
    written = {"sun_html": folder / "sun_study.html", "sun_pdf": folder / "sun_study.pdf"}
    written["sun_html"].write_text(to_html(made), encoding="utf-8")
    write_pdf(made, record, written["sun_pdf"])
    write_shadow_layers(days, studies, folder)
    for name, scene in scenes.items():
        written.update(write_rasters(scene, days[name], folder, lang))
    return written


def write_sun_map(review: Review, folder: Path) -> None:
    """Write only the layers of shadows of a review into a folder that has its ``findings.gpkg``; nothing when no rule asked for one."""
    if wanted(review):
        _, studies, days = _shadows(review)
        write_shadow_layers(days, studies, folder)


def _shadows(review: Review) -> tuple[dict[str, ShadowScene], dict[str, ShadowStudy], dict[str, Days]]:
    """Return scene, study and days of shadows of each design that has a body, by its name."""
    gone = demolished(review.answers)
    scenes = {d.name: ShadowScene(review.site, d, gone) for d in review.designs if len(d.triangles)}
    return scenes, {name: study_of(review, scene) for name, scene in scenes.items()}, {name: days_of(scene) for name, scene in scenes.items()}


def to_html(made: SunDocument) -> str:
    """Return the study as one HTML file without outside resources."""
    return html.environment().get_template("sun.html").render(d=made, w=made.words, source=html.picture_source, colours=COLOURS)


def write_pdf(made: SunDocument, record: str, path: Path) -> Path:
    """Write the study as tagged, archivable A4 pages; its words reach typst as data, never as markup."""
    with tempfile.TemporaryDirectory(prefix="drieluik-sun-") as name:
        folder = Path(name)
        for picture in made.pictures:
            (folder / picture.name).write_bytes(picture.data)
        data = {**asdict(made, dict_factory=pdf.plain), "colours": COLOURS}
        (folder / "document.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        (folder / "review.json").write_text(record, encoding="utf-8")
        main = folder / "sun.typ"
        main.write_text(TEMPLATE.read_text(encoding="utf-8"), encoding="utf-8")
        path.write_bytes(typst.compile(str(main), root=str(folder), format="pdf", pdf_standards=pdf.STANDARDS))
    return path
