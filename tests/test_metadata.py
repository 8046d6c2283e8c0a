"""metadata.txt as the plugin site wants it."""

from __future__ import annotations

import configparser

from scenes import ROOT


def test_required_fields():
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(ROOT / "metadata.txt", encoding="utf-8")
    general = parser["general"]
    for field in ("name", "description", "version", "qgisMinimumVersion", "author", "email", "about", "tracker", "repository", "homepage"):
        assert general[field].strip(), field
    assert (general["qgisMinimumVersion"], general["qgisMaximumVersion"]) == ("3.22", "4.99")
    assert general["supportsQt6"] == "True"
    assert general["hasProcessingProvider"] == "yes"
    assert general["description[nl]"] and general["about[nl]"]
    assert (ROOT / general["icon"]).exists()
    assert "GNU GENERAL PUBLIC LICENSE" in (ROOT / "LICENSE").read_text()
    assert f"## [{general['version']}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
