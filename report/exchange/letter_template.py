"""The plain letter: an ODT with the fields of ``letter.py``, for who has no template of the own municipality."""

from __future__ import annotations

from lxml import etree

from ...texts import sentence

SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0", "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0", "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
}
OFFICE, TEXT, STYLE, FO, MANIFEST = (f"{{{SPACES[name]}}}" for name in ("office", "text", "style", "fo", "manifest"))
MIME = "application/vnd.oasis.opendocument.text"
LETTER = (
    ("title", "letter_title"), ("", "letter_head"), ("heading", "letter_answer"), ("", "{{conclusie}}"), ("heading", "letter_violates"),
    ("", "{{voldoet niet}}"), ("heading", "letter_open"), ("", "{{open}}"), ("heading", "letter_unread"), ("", "{{niet gelezen}}"),
    ("heading", "letter_advice"), ("", "{{advies}}"), ("", "{{behandelaar}}"),
)
"""Style and words of each paragraph: a code of a text, or a field."""
HEAD = {
    "zaak": "{{zaak}}", "zaaknummer": "{{zaaknummer}}", "locatie": "{{locatie}}", "aanvraag": "{{datum aanvraag}}", "toetsing": "{{datum toetsing}}",
}


def plain_template(lang: str) -> dict[str, bytes]:
    """Return the files of the plain letter by name."""
    return {"mimetype": MIME.encode(), "META-INF/manifest.xml": _manifest(), "content.xml": _content(lang), "styles.xml": _styles(lang)}


def _content(lang: str) -> bytes:
    root = etree.Element(f"{OFFICE}document-content", {f"{OFFICE}version": "1.2"}, nsmap=SPACES)
    text = etree.SubElement(etree.SubElement(root, f"{OFFICE}body"), f"{OFFICE}text")
    for style, words in LETTER:
        said = words if words.startswith("{{") else sentence(words, HEAD, lang)
        for line in said.split("\n"):
            if style:
                level = {f"{TEXT}outline-level": "1" if style == "title" else "2"}
                etree.SubElement(text, f"{TEXT}h", {f"{TEXT}style-name": style, **level}).text = line
            else:
                etree.SubElement(text, f"{TEXT}p", {f"{TEXT}style-name": "body"}).text = line
    return _bytes(root)


def _styles(lang: str) -> bytes:
    root = etree.Element(f"{OFFICE}document-styles", {f"{OFFICE}version": "1.2"}, nsmap=SPACES)
    styles = etree.SubElement(root, f"{OFFICE}styles")
    for name, size, weight, above in (("title", "18pt", "bold", "0cm"), ("heading", "12pt", "bold", "0.5cm"), ("body", "10.5pt", "normal", "0cm")):
        style = etree.SubElement(styles, f"{STYLE}style", {f"{STYLE}name": name, f"{STYLE}family": "paragraph"})
        etree.SubElement(style, f"{STYLE}paragraph-properties", {f"{FO}margin-top": above, f"{FO}margin-bottom": "0.2cm"})
        country = {"nl": "NL", "en": "GB"}[lang]
        etree.SubElement(style, f"{STYLE}text-properties", {f"{FO}font-size": size, f"{FO}font-weight": weight, f"{FO}language": lang, f"{FO}country": country})
    return _bytes(root)


def _manifest() -> bytes:
    root = etree.Element(f"{MANIFEST}manifest", {f"{MANIFEST}version": "1.2"}, nsmap={"manifest": SPACES["manifest"]})
    for path, kind in (("/", MIME), ("content.xml", "text/xml"), ("styles.xml", "text/xml")):
        etree.SubElement(root, f"{MANIFEST}file-entry", {f"{MANIFEST}full-path": path, f"{MANIFEST}media-type": kind})
    return _bytes(root)


def _bytes(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))
