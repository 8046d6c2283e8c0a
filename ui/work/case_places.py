"""Where cases stand on this computer, which were open last, and who works on them."""

from __future__ import annotations

import os
import re
from pathlib import Path

from qgis.core import QgsApplication, QgsSettings
from qgis.PyQt.QtCore import QStandardPaths

from ...case_folder.case_log import Who
from .services import GROUP, officer_function, officer_name

VARIABLE = "DRIELUIK_CASES"
"""A folder for cases in place of the one of the options, and for what is kept beside them: for tests and for computers that are set up by script."""
RECENT = 10
"""Cases that the menu lists: more are found faster in the folder itself."""
LONGEST = 60
"""Letters of a folder's name: Windows allows 260 in a whole path."""
UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
"""What no folder's name may hold on Windows."""


def cases_folder() -> Path:
    """Return the folder in which new cases begin."""
    said = os.environ.get(VARIABLE) or str(QgsSettings().value(f"{GROUP}/cases", "") or "")
    return Path(said) if said else usual_folder()


def usual_folder() -> Path:
    """Return where cases begin when the options say nothing."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)) / "Drieluik"


def store_cases_folder(folder: str) -> None:
    """Let new cases begin in another folder; '' for the usual one."""
    QgsSettings().setValue(f"{GROUP}/cases", folder.strip())


def local_folder() -> Path:
    """Return where work goes on while the folder of a case is out of reach."""
    said = os.environ.get(VARIABLE)
    return Path(said) / ".away" if said else Path(QgsApplication.qgisSettingsDirPath()) / "drieluik" / "away"


def free_place(parent: Path, number: str, title: str) -> Path:
    """Return a folder for a case that is not there yet, named by its number and title."""
    words = UNFIT.sub(" ", " ".join(word for word in (number, title) if word)).strip(" .")[:LONGEST].strip(" .") or "zaak"
    place, n = parent / words, 1
    while place.exists():
        n += 1
        place = parent / f"{words} {n}"
    return place


def recent() -> list[Path]:
    """Return the cases that were open last, the last first."""
    return [Path(path) for path in QgsSettings().value(f"{GROUP}/recent", [], list) or [] if path]


def remember(path: Path) -> None:
    """Put a case before the others that were open last."""
    known = [str(path), *(str(one) for one in recent() if one != path)]
    QgsSettings().setValue(f"{GROUP}/recent", known[:RECENT])


def at_work() -> Path | None:
    """Return the case that was open when QGIS ended without closing it, None where it was closed."""
    said = str(QgsSettings().value(f"{GROUP}/at_work", "") or "")
    return Path(said) if said else None


def set_at_work(path: Path | None) -> None:
    """Keep which case is open, so that it can be offered after a crash; None: none is."""
    QgsSettings().setValue(f"{GROUP}/at_work", str(path) if path is not None else "")
    QgsSettings().sync()  # a crash leaves no time for it


def who() -> Who:
    """Return who works here, as the options say."""
    return Who(officer_name(), officer_function())
