"""What goes out: the record, the layers, the HTML and the PDF; all of it or nothing."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from ..errors import OutputError
from ..model import Review
from ..model.arrays import Progress
from .basis.resubmission import Earlier

NEEDED_MB = 40.0
MB = 1024 * 1024

Extra = Callable[[Path], dict[str, Path]]


def check_writable(folder: Path) -> None:
    """Raise ``OutputError`` when outputs cannot be written to ``folder`` (made when it does not exist yet)."""
    folder = Path(folder)
    with staging(folder):
        free = shutil.disk_usage(_existing(folder)).free / MB
        if free < NEEDED_MB:
            raise OutputError("output_disk_full", path=str(folder), free=free)


def _existing(folder: Path) -> Path:
    return next(parent for parent in (folder.resolve(), *folder.resolve().parents) if parent.exists())


@contextlib.contextmanager
def staging(folder: Path) -> Iterator[Path]:
    """Yield a hidden folder beside ``folder``, on the same disk; it is gone afterwards, whatever happens."""
    parent = _existing(folder.parent)
    if folder.exists() and not (folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)):
        raise OutputError("output_not_writable", path=str(folder))
    try:
        stage = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=parent))
    except OSError as reason:
        code = "output_disk_full" if reason.errno == errno.ENOSPC else "output_not_writable"
        raise OutputError(code, path=str(folder), free=0.0, details=str(reason)) from reason
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def write_outputs(
    review: Review, folder: Path, lang: str = "nl", progress: Progress | None = None, also: Extra | None = None, earlier: Earlier | None = None,
    template: Path | None = None,
) -> dict[str, Path]:
    """Write review.json, findings.gpkg (and .csv, .xlsx), surroundings.gpkg, terrain.tif, report.html, report.pdf and what was read in plans; return
    their paths.

    Everything is made in a hidden folder and moved at the end: on any failure, or Ctrl-C, nothing new is left and earlier
    outputs stand. ``also(staging)`` may add files (the QGIS project) once the layers are there; ``earlier``: a review of an earlier version
    of the design, for the page that says what changed; ``template``: an ODT after which the letter is made. Raises ``OutputError``.
    """
    folder = Path(folder)
    tell = progress or (lambda fraction, code: None)
    with staging(folder) as stage:
        try:
            return _publish(_write_all(review, stage, folder, lang, tell, also, earlier, template), stage, folder)
        except OSError as reason:
            free = shutil.disk_usage(_existing(folder)).free / MB
            full = reason.errno == errno.ENOSPC or free < 1
            raise OutputError("output_disk_full" if full else "output_failed", path=str(folder), free=free, details=str(reason)) from reason
        except RuntimeError as reason:  # GDAL and typst raise their own kinds of it
            raise OutputError("output_failed", path=str(folder), details=f"{type(reason).__name__}: {reason}") from reason


def _write_all(
    review: Review, stage: Path, folder: Path, lang: str, tell: Progress, also: Extra | None, earlier: Earlier | None, template: Path | None = None
) -> dict[str, Path]:
    from .exchange.bcf import write_bcf
    from .exchange.letter import write_letter
    from .layers.finding_table import finding_rows, write_sheets
    from .layers.review_layers import write_layers
    from .pages.document import make_document
    from .pages.html import to_html
    from .pages.pdf import write_pdf
    from .pages.resubmission_rows import resubmission_rows
    from .pictures.gallery import Gallery
    from .record import dumps, to_dict
    from .sun.sun_pages import write_sun

    tell(0.0, "report_progress")
    said = to_dict(review, folder.resolve())
    record = dumps(said)
    written = {"record": stage / "review.json", "letter": write_letter(review, stage / "letter.odt", lang, template)}
    written["record"].write_text(record, encoding="utf-8")
    written.update(_write_profiles(review, stage))
    with Gallery(review, lang) as gallery:  # paints while the layers are written
        written.update(write_layers(review, stage, lang))
        written.update(write_sheets(finding_rows(review, lang), stage, lang))
        written.update(write_sun(review, stage, record, lang))
        written.update(also(stage) if also else {})
        tell(0.3, "report_progress_pictures")
        written.update(write_bcf(review, stage, gallery, lang))
        document = make_document(review, lang, gallery, resubmission_rows(review, said, earlier, lang) if earlier is not None else ("", ()))
    tell(0.7, "report_progress")
    written["html"] = stage / "report.html"
    written["html"].write_text(to_html(document), encoding="utf-8")
    written["pdf"] = write_pdf(document, record, stage / "report.pdf")
    return written


def _write_profiles(review: Review, stage: Path) -> dict[str, Path]:
    """Write the measuring profile of each plan whose text was read, also for this case alone, so that a next case can take it."""
    from ..data_sources.rules.measuring_profiles import write_profile

    written = {}
    for profile in review.profiles:
        if profile.entries or profile.norms:
            name = re.sub(r"[^A-Za-z0-9._-]", "_", profile.plan_id)
            written[f"profile {profile.plan_id}"] = stage / f"profile_{name}.yaml"
            write_profile(profile, written[f"profile {profile.plan_id}"])
    return written


def _publish(written: dict[str, Path], stage: Path, folder: Path) -> dict[str, Path]:
    """Move every finished file into place; each move is one step of the file system."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(stage.iterdir()):
        os.replace(path, folder / path.name)
    return {name: folder / path.name for name, path in written.items()}
