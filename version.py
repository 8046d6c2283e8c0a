"""The version of Drieluik, read from ``metadata.txt`` so that it stands in one place."""

from __future__ import annotations

import configparser
from pathlib import Path


def version() -> str:
    """Return the plugin's version as ``metadata.txt`` states it."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(Path(__file__).with_name("metadata.txt"), encoding="utf-8")
    return parser.get("general", "version")
