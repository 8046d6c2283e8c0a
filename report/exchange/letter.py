"""The advice as a letter (ODT), after a template of the municipality or a plain one: its fields are filled, its own words and styles stay."""

from __future__ import annotations

import copy
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from lxml import etree

from ...data_sources.formats.safe_xml import parse_bytes
from ...errors import OutputError, SourceError
from ...model import Finding, Review, Verdict
from ...texts import sentence, spoken_date, spoken_moment
from ..basis import grounds, said, wording
from .letter_template import TEXT, plain_template
from .packing import bounded, pack

FIELD = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
FIELDS = (
    "zaaknummer", "zaak", "locatie", "datum aanvraag", "datum toetsing", "behandelaar", "conclusie", "voldoet niet", "open", "voldoet", "niet gelezen",
    "advies",
)
"""What a template can hold between double braces, in either language of the letter: a municipality makes its template once."""
FILLED = ("content.xml", "styles.xml")
"""The files of an ODT that have text: the letter, and the head and foot of its pages."""
MIMETYPE = "mimetype"
"""Stands first in an ODT and is not compressed: so it is recognised."""
MOST_BYTES = 20_000_000
"""Of one file of a template; the largest letter head with a picture has a tenth of it."""
PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")


def write_letter(review: Review, path: Path, lang: str, template: Path | None = None) -> Path:
    """Write the letter of a review; raises ``OutputError`` for a template that is no ODT or has a field that nobody knows."""
    words = letter_words(review, lang)
    files = _read(template) if template is not None else plain_template(lang)
    for name in FILLED:
        if name in files:
            files[name] = _filled(files[name], words, template)
    return pack(path, {MIMETYPE: files.pop(MIMETYPE), **files}, plain=MIMETYPE)


def check_template(template: Path | None) -> None:
    """Raise ``OutputError`` for a template that a letter cannot be made after."""
    if template is None:
        return
    files = _read(template)
    nothing: dict[str, tuple[str, ...]] = dict.fromkeys(FIELDS, ())
    for name in FILLED:
        if name in files:
            _filled(files[name], nothing, template)


def letter_words(review: Review, lang: str) -> dict[str, tuple[str, ...]]:
    """Return the lines of each field."""
    advice, by = said.advice_of(review.answers, lang)
    case = review.case
    return {
        "zaaknummer": (case.id,), "zaak": (case.title,), "locatie": (case.site.address or "RD {:.0f}, {:.0f}".format(*case.site.centre),),
        "datum aanvraag": (spoken_date(case.application_date, lang),), "datum toetsing": (spoken_moment(review.at, lang),), "behandelaar": (by,),
        "conclusie": tuple(_conclusions(review, lang)), "voldoet niet": _lines(review, (Verdict.VIOLATES,), lang),
        "open": _lines(review, (Verdict.NEEDS_JUDGEMENT, Verdict.NOT_ASSESSABLE), lang), "voldoet": _lines(review, (Verdict.COMPLIES,), lang),
        "niet gelezen": _unread(review) or (sentence("letter_none", lang=lang),),
        "advies": tuple(filter(None, advice.split("\n"))),
    }


def _conclusions(review: Review, lang: str) -> Iterator[str]:
    for design in review.designs:
        yield sentence("letter_conclusion", {"design": design.name, "said": wording.answer(review, design.name, lang)}, lang)


def _unread(review: Review) -> tuple[str, ...]:
    lines = [line for cover in review.covers for line in cover.left()]
    return tuple(dict.fromkeys(f"{line.name}: {line.raw}" if line.raw else line.name for line in lines))


def _lines(review: Review, verdicts: tuple[Verdict, ...], lang: str) -> tuple[str, ...]:
    """Return a line for each finding with one of these verdicts that stand: the rule, what was found, by which article, what would cure it."""
    several = len(review.designs) > 1
    lines = tuple(_line(review, finding, several, lang) for finding in review.findings if finding.stands in verdicts)
    return lines or (sentence("letter_none", lang=lang),)


def _line(review: Review, finding: Finding, several: bool, lang: str) -> str:
    law = wording.law(finding.legal[0]) if finding.legal else ""
    head = wording.title(review, finding, lang) + (f" ({sentence('report_design', lang=lang).lower()} {finding.design})" if several else "")
    cures = grounds.cures(finding, lang)[:1] if finding.stands is Verdict.VIOLATES else []
    decided = [wording.decision_text(finding, lang)] if finding.decision is not None else []
    return " ".join((f"{head}:", wording.say(finding, lang), *cures, *decided, *([f"({law})"] if law else [])))


def _read(template: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(template) as packed:
            files = {}
            for name in packed.namelist():
                content = bounded(packed, name, MOST_BYTES)
                if content is None:
                    raise OutputError("letter_too_large", path=template.name, place=name, megabytes=MOST_BYTES // 1_000_000)
                files[name] = content
    except FileNotFoundError:
        raise OutputError("letter_missing", path=str(template)) from None
    except (zipfile.BadZipFile, EOFError, ValueError, RuntimeError, NotImplementedError, OSError) as reason:
        raise OutputError("letter_no_odt", path=template.name, details=str(reason)) from reason
    if b"opendocument.text" not in files.get(MIMETYPE, b"") or "content.xml" not in files:
        raise OutputError("letter_no_odt", path=template.name)
    files[MIMETYPE] = b"application/vnd.oasis.opendocument.text"  # of a template (OTT) comes a letter
    if "META-INF/manifest.xml" in files:
        files["META-INF/manifest.xml"] = files["META-INF/manifest.xml"].replace(b"opendocument.text-template", b"opendocument.text")
    return files


def _filled(content: bytes, words: Mapping[str, tuple[str, ...]], template: Path | None) -> bytes:
    name = template.name if template is not None else "content.xml"
    try:
        root = parse_bytes(content, name)
    except SourceError as reason:
        raise OutputError("letter_no_odt", path=name, details=str(reason)) from reason
    for paragraph in list(root.iter(*PARAGRAPHS)):
        found = FIELD.findall("".join(paragraph.itertext()))
        unknown = [field for field in found if field.lower() not in words]
        if unknown:
            raise OutputError("letter_unknown_field", path=name, field=unknown[0], known=", ".join(FIELDS))
        if found:
            _fill(paragraph, words)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def _fill(paragraph: etree._Element, words: Mapping[str, tuple[str, ...]]) -> None:
    """Fill the fields of a paragraph; one that is nothing but a field of several lines becomes as many, one of no lines goes."""
    whole = "".join(paragraph.itertext())
    alone = FIELD.fullmatch(whole.strip())
    if alone is None:
        _replace(paragraph, whole, lambda match: "; ".join(words[match.group(1).lower()]))
        return
    lines = [line for line in words[alone.group(1).lower()] if line]
    parent = paragraph.getparent()
    if parent is None:
        return
    for line in lines:
        made = copy.deepcopy(paragraph)
        _replace(made, whole, _always(line))
        paragraph.addprevious(made)
    paragraph.tail = None
    if lines or len(parent) > 1:
        parent.remove(paragraph)
    else:  # a cell of a table must keep a paragraph
        _replace(paragraph, whole, _always(""))


def _always(text: str) -> Callable[[re.Match[str]], str]:
    return lambda match: text


def _replace(paragraph: etree._Element, whole: str, value: Callable[[re.Match[str]], str]) -> None:
    """Replace fields where each stands in one piece of text; where an editor split one over spans, the paragraph becomes one piece."""
    every = [(element, where) for element in paragraph.iter() for where in ("text", "tail") if where == "text" or element is not paragraph]
    texts = [(element, where) for element, where in every if getattr(element, where)]
    if sum(len(FIELD.findall(getattr(element, where))) for element, where in texts) == len(FIELD.findall(whole)):
        for element, where in texts:
            setattr(element, where, FIELD.sub(value, getattr(element, where)))
        return
    for inside in list(paragraph):
        paragraph.remove(inside)
    paragraph.text = FIELD.sub(value, whole)
