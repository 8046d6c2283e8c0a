"""What the architect answered: a BCF file that comes back, read as remarks on our findings and as topics of their own."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from ...data_sources.formats.safe_xml import children, descendants, parse_bytes, text_of
from ...errors import SourceError
from .bcf import own_remarks, topic_guids
from .packing import bounded

MOST_TOPICS = 5_000
MOST_BYTES = 5_000_000
"""Of one ``markup.bcf``: words only; a thousand remarks take a tenth of it."""


@dataclass(frozen=True)
class Reply:
    """A topic that came back. ``design``, ``rule``, ``subject_key`` are of the finding that it answers, '' where it is not one of ours; ``remarks``:
    (author, ISO time, text) of what others said, in their order."""

    title: str
    status: str
    design: str
    rule: str
    subject_key: str
    remarks: tuple[tuple[str, str, str], ...]


def read_replies(path: Path, record: Mapping[str, Any]) -> tuple[Reply, ...]:
    """Return the topics of a BCF file (2.0, 2.1, 3.0) that others said something of or began, those on the findings of a record in its order first.

    Raises ``SourceError``: missing, no BCF, damaged, or larger than words are.
    """
    findings = [(f["design"], f["rule"], f["subject_key"]) for f in record["findings"]]
    ours = {guid: (number, *finding) for number, (guid, finding) in enumerate(zip(topic_guids(record["case"]["case"]["id"], findings), findings))}
    found = []
    for name, markup in _markups(path):
        topic = next(children(markup, "Topic"), None)
        if topic is None:
            raise SourceError("bcf_no_topic", path=path.name, place=name)
        guid = topic.get("Guid", "").lower()
        number, design, rule, subject = ours.get(guid, (len(ours), "", "", ""))
        reply = Reply(text_of(topic, "Title"), topic.get("TopicStatus", ""), design, rule, subject, _remarks(markup, guid))
        if reply.remarks or not reply.rule:
            found.append((number, reply))
    return tuple(reply for _, reply in sorted(found, key=lambda one: one[0]))


def _remarks(markup: etree._Element, guid: str) -> tuple[tuple[str, str, str], ...]:
    own = own_remarks(guid)
    said = [comment for comment in descendants(markup, "Comment") if comment.get("Guid") and comment.get("Guid", "").lower() not in own]
    return tuple((text_of(c, "Author"), text_of(c, "Date"), text_of(next(children(c, "Comment"), None))) for c in said)


def _markups(path: Path) -> list[tuple[str, etree._Element]]:
    try:
        with zipfile.ZipFile(path) as packed:
            names = [name for name in packed.namelist() if name.endswith("/markup.bcf")]
            if "bcf.version" not in packed.namelist() or len(names) > MOST_TOPICS:
                raise SourceError("bcf_is_none", path=path.name)
            return [(name, parse_bytes(_words(packed, name, path), name)) for name in names]
    except FileNotFoundError:
        raise SourceError("sources_missing", path=str(path)) from None
    except (zipfile.BadZipFile, EOFError, ValueError, RuntimeError, NotImplementedError, OSError) as reason:
        raise SourceError("bcf_is_none", path=path.name, details=str(reason)) from reason


def _words(packed: zipfile.ZipFile, name: str, path: Path) -> bytes:
    content = bounded(packed, name, MOST_BYTES)
    if content is None:
        raise SourceError("bcf_too_large", path=path.name, place=name, megabytes=MOST_BYTES // 1_000_000)
    return content
