"""What does not fit or is open as BCF 2.1 and 3.0, for the architect: a topic for each finding, with camera, picture and the parts that it is about."""

from __future__ import annotations

import math
import re
import uuid
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from ...data_sources.design.placement import unplace
from ...data_sources.rules.check_pages import code
from ...model import Design, Finding, Review, Verdict
from ...texts import sentence
from ..basis import grounds, palette, wording
from ..pictures.gallery import Gallery
from ..pictures.scene_picture import FIELD_DEG, SIZE, Camera
from . import bcf_documents
from .bcf_documents import TYPES, VERSIONS, Remark, Topic, View, extensions_file, markup_file, project_file, version_file, viewpoint_file
from .packing import pack
from .touched_parts import touched_parts

GLOBAL_ID = re.compile(r"[0-9A-Za-z_$]{22}")
OURS = uuid.UUID("6c0f6c1e-3f0f-5c3e-9a44-0d7d4f1b6f55")
"""Ids are made from it and from what a topic is about: the same finding of a later review is the same topic."""
AUTHOR = "Drieluik"
MOST_PARTS = 500
"""More is no selection: a viewer shows the whole model then anyhow."""


def topic_guids(case: str, findings: Iterable[tuple[str, str, str]]) -> list[str]:
    """Return the id of the topic of each finding of a case, told by design, rule and subject key; of several alike each has its own."""
    told: Counter[tuple[str, str, str]] = Counter()
    guids = []
    for finding in findings:
        guids.append(str(uuid.uuid5(OURS, "\n".join((case, *finding, *([str(told[finding])] if told[finding] else ()))))))
        told[finding] += 1
    return guids


def own_remarks(guid: str) -> tuple[str, str]:
    """Return the ids of our remarks on a topic: the verdict, and what the officer decided."""
    return str(uuid.uuid5(OURS, f"{guid} verdict")), str(uuid.uuid5(OURS, f"{guid} decision"))


def write_bcf(review: Review, folder: Path, gallery: Gallery, lang: str) -> dict[str, Path]:
    """Write ``findings_bcf21.bcf`` and ``findings_bcf30.bcf`` into a folder and return their paths by name; nothing where no IFC design has a
    finding that is violated or open: only a model with GlobalIds can be pointed at."""
    designs = {design.name: design for design in review.designs if design.format.upper().startswith("IFC")}
    guids = dict(zip(map(id, review.findings), topic_guids(review.case.id, ((f.design, f.rule, f.subject_key) for f in review.findings))))
    topics = [_topic(review, designs[finding.design], guids[id(finding)], number, gallery, lang)
              for number, finding in enumerate(gallery.findings, 1) if finding.design in designs]
    if not topics:
        return {}
    return {f"bcf{version}": _write(folder / f"findings_bcf{version.replace('.', '')}.bcf", version, review, topics) for version in VERSIONS}


def _write(path: Path, version: str, review: Review, topics: list[Topic]) -> Path:
    case = review.case
    files = {"bcf.version": version_file(version), "project.bcfp": project_file(version, str(uuid.uuid5(OURS, case.id)), case.title or case.id)}
    if version == "3.0":
        labels = dict.fromkeys(label for topic in topics for label in topic.labels)
        files["extensions.xml"] = extensions_file(list(labels), [AUTHOR])
    for topic in topics:
        files[f"{topic.guid}/markup.bcf"] = markup_file(version, topic)
        if topic.view is not None:
            files[f"{topic.guid}/viewpoint.bcfv"] = viewpoint_file(version, topic, topic.view)
            if topic.picture is not None:
                files[f"{topic.guid}/snapshot.png"] = topic.picture
    return pack(path, files)


def _topic(review: Review, design: Design, guid: str, number: int, gallery: Gallery, lang: str) -> Topic:
    finding = gallery.findings[number - 1]
    parts = tuple(part.fid for part in touched_parts(design, finding) if GLOBAL_ID.fullmatch(part.fid))
    seen = gallery.camera(number)
    picture = next((shown.data for shown in gallery.of(number) if shown.kind == "png"), None) if seen else None
    violated = finding.stands is Verdict.VIOLATES
    return Topic(
        guid, TYPES[0] if violated else TYPES[1], "Closed" if finding.stands is Verdict.COMPLIES else "Open", _title(review, finding, lang),
        tuple(filter(None, (code(finding.check),))), AUTHOR, review.at, _description(finding, lang), _remarks(guid, review, finding, lang),
        _file(review, finding.design), parts if len(parts) <= MOST_PARTS else (), f"FF{(palette.VIOLATION if violated else palette.LIMIT).lstrip('#').upper()}",
        str(uuid.uuid5(OURS, f"{guid} view")), _in_model(seen, design) if seen else None, picture,
    )


def _in_model(seen: Camera, design: Design) -> View:
    """Return a camera in RD + NAP in the model's own metres, as much nearer as BCF's field of view is wider than ours."""
    nearer = math.tan(math.radians(FIELD_DEG) / 2) / math.tan(math.radians(bcf_documents.FIELD_DEG) / 2)
    eye, target = unplace(np.stack([seen.target + (seen.eye - seen.target) * nearer, seen.target]), design.placement)
    return View(eye, target, SIZE[0] / SIZE[1])


def _title(review: Review, finding: Finding, lang: str) -> str:
    about = wording.place(review, finding, lang)
    return ": ".join(filter(None, (wording.title(review, finding, lang), about)))


def _description(finding: Finding, lang: str) -> str:
    """Return what was found, what would cure it and by which article, in lines."""
    lines = [wording.say(finding, lang), *grounds.cures(finding, lang)]
    lines += [wording.law(source) + (f": {source.quote}" if source.quote else "") for source in finding.legal[:1]]
    return "\n".join(filter(None, lines))


def _remarks(guid: str, review: Review, finding: Finding, lang: str) -> tuple[Remark, ...]:
    """Return the verdict with its number, and what the officer decided."""
    said = sentence("bcf_verdict", {"verdict": wording.verdict_word(finding.verdict, lang), "measured": wording.measured_line(finding, lang)}, lang)
    verdict, decided = own_remarks(guid)
    remarks = [Remark(verdict, AUTHOR, review.at, said.strip(" :·"))]
    if finding.decision is not None:
        decision = finding.decision
        at = decision.at if "T" in decision.at else f"{decision.at}T00:00:00" if decision.at else review.at
        remarks.append(Remark(decided, decision.by or AUTHOR, at, wording.decision_text(finding, lang)))
    return tuple(remarks)


def _file(review: Review, name: str) -> str:
    return next((Path(request.files[0]).name for request in review.case.designs if request.name == name and request.files), "")
