"""An address that a file names is a link when it is one of the web: not a file, a script or a share, in no panel, page or report."""

from __future__ import annotations

import pytest

from drieluik.report.pages import document
from drieluik.texts import web_address
from scenes import ROOT

GOOD = ("https://www.ruimtelijkeplannen.nl/web-roo/?planidn=NL.IMRO.1#x", "http://lokaleregelgeving.overheid.nl/CVDR1/2", "https://[2001:db8::1]:8443/a", "HTTPS://X.NL")
BAD = (
    "javascript:alert(1)", "data:text/html,<script>", "file:///etc/passwd", r"\\host\share\x", "//host/share", r"http:\\host\x", "smb://host/x", "vbscript:x",
    "ms-msdt:/id", "https://naam:geheim@host/x", "https://host\n/x", "https://host/\u202egpj", " https://x.nl", "x", "", "https:///x", "https://host/a b", 'https://x.nl/"onclick=',
)


@pytest.mark.parametrize("url", GOOD)
def test_an_address_of_the_web_is_a_link(url):
    assert web_address(url) == url


@pytest.mark.parametrize("url", BAD)
def test_whatever_else_an_address_may_start_is_none(url):
    assert web_address(url) == ""


def test_the_pages_link_through_that_gate_alone():
    source = (ROOT / "report/pages/document.py").read_text(encoding="utf-8")
    assert "s.url" not in source.replace("web_address(s.url)", "") and document.web_address is web_address
    for path in (ROOT / "ui").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "href=" not in text or path.name == "words.py", path


def test_the_dock_links_to_the_web_alone():
    pytest.importorskip("qgis.PyQt.QtCore")
    from drieluik.ui.widgets.words import link

    assert [link(url, "x") for url in BAD] == [""] * len(BAD)
    assert link("https://x.nl/'a", "<img src=x>") == "<a href='https://x.nl/&#x27;a'>&lt;img src=x&gt;</a>"
