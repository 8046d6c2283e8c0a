"""The texts of plans that a case names: from a file, a folder of articles, or the service, read and put beside what an officer kept of them."""

from __future__ import annotations

import contextlib
import datetime
import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ..errors import SourceError
from ..model import MeasuringProfile, Note, PlanTextRequest
from ..model.plan_words import PlanText
from .formats.files import newest, refuse_odd
from .formats.safe_xml import parse_bytes
from .juridical.stop import is_stop, written_out
from .juridical.text.reading_text import read_text
from .juridical.text.text_profile import proposed_profile, with_text
from .live import Live, open_live
from .services.adapters.ihr_service import fetch_texts
from .services.endpoints import endpoints_in_force

BYTES_MAX = 20_000_000
"""The largest rules of a plan as HTML stay below 5 MB; what is larger is no text of a plan."""
KINDS = (".html", ".htm", ".xhtml", ".txt", ".xml")
"""Files of a folder that hold text."""
KEPT = 16
"""So many texts are kept as read: a case has a few, and the dock reads them at every step."""


def with_plan_texts(
    profiles: Sequence[MeasuringProfile], requests: Sequence[PlanTextRequest], folder: Path, live: Live | None = None
) -> tuple[MeasuringProfile, ...]:
    """Return the profiles of plans with what the texts that a case names say; a text that cannot be had is a note of its profile.

    ``live``: the services, None: only what the cache keeps of them is at hand. Raises ``SourceError`` for a file that the case names and that cannot be read.
    """
    found = {profile.plan_id: profile for profile in profiles}
    services = live or Live(None, endpoints_in_force(), offline=True)
    for request in requests:
        kept = found.get(request.plan_id)
        try:
            text, source, at = _given(request, folder, services)
        except SourceError as error:
            if request.path:
                raise
            own = kept or MeasuringProfile(request.plan_id)
            found[request.plan_id] = replace(own, notes=(*own.notes, Note.of(error.code, **error.data)))
            continue
        found[request.plan_id] = with_text(kept, proposed_profile(read_once(text), request.plan_id, source=source, at=at))
    return tuple(found.values())


@contextlib.contextmanager
def services_for_texts(requests: Sequence[PlanTextRequest], live: Live | None) -> Iterator[Live | None]:
    """Yield the services that texts of plans need: those given, else over httpx; None when all of them are files."""
    if live is not None or all(request.path for request in requests):
        yield live
        return
    with open_live() as opened:
        yield opened


def _given(request: PlanTextRequest, folder: Path, live: Live) -> tuple[str, str, str]:
    """Return the text of a request, where it came from and when (ISO date)."""
    if request.path:
        paths = text_files(folder / request.path)
        return "\n".join(text_in(path) for path in paths), request.path, newest(paths)
    entry = live.text_entry(request.plan_id, fetch_texts)
    return "\n".join(text_in(path) for path in entry.paths), live.endpoints["ihr"].url, entry.date


def text_given(request: PlanTextRequest, folder: Path) -> str:
    """Return the text of a request as given, of a service as the cache keeps it. Raises ``SourceError`` where it is not at hand."""
    return _given(request, folder, Live(None, endpoints_in_force(), offline=True))[0]


@functools.lru_cache(maxsize=KEPT)
def read_once(text: str) -> PlanText:
    """Return what a text says; the texts at hand are read once."""
    return read_text(text)


def text_files(path: Path) -> list[Path]:
    """Return a file, or the files with text of a folder in the order of their articles (2 before 10). Raises ``SourceError`` for none."""
    refuse_odd(path, SourceError)
    if not path.is_dir() and path.suffix.lower() not in KINDS:  # a case may name any file of this computer, and the report quotes what it holds
        raise SourceError("plan_text_other_kind", path=str(path), known=", ".join(KINDS))
    if not path.is_dir():
        return [path]
    found = sorted((one for one in path.iterdir() if one.is_file() and one.suffix.lower() in KINDS), key=_in_order)
    if not found:
        raise SourceError("plan_text_empty_folder", path=str(path))
    return found


def _in_order(path: Path) -> list[tuple[int, str]]:
    return [(int(word), "") if word.isdecimal() else (-1, word) for word in re.split(r"(\d+)", path.name.lower()) if word]


def text_in(path: Path) -> str:
    """Return the text of a file (UTF-8, else Windows-1252, as plan pages have), of STOP its articles. Raises ``SourceError``."""
    try:
        if path.stat().st_size > BYTES_MAX:
            raise SourceError("plan_text_too_large", path=str(path), most=BYTES_MAX // 1_000_000)
        raw = path.read_bytes()
    except OSError as reason:
        raise SourceError("plan_text_not_read", path=str(path), details=str(reason)) from reason
    written = _by_stop(raw, path.name) if raw.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml") else ""
    if written:
        return written
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _by_stop(raw: bytes, name: str) -> str:
    """Return the articles of a regeling (STOP) as text, '' of any other page."""
    try:
        root = parse_bytes(raw, name)
    except SourceError:
        return ""
    return written_out(root) if is_stop(root) else ""


def moment() -> str:
    """Return now as ISO 8601, to the second."""
    return datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
