"""What was loaded for one case, kept with it: it opens without any service, on any computer, with the data of that day."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from ...errors import SourceError
from .cache import Cache, Entry
from .endpoints import ENDPOINTS, Endpoint, Endpoints

ABOUT = re.compile(r"(/plannen/[^#]*)?(#.*)?$")
"""What of an address says which answer it is: of which plan, for which day. The rest is where a service stands, which differs by computer."""


@dataclass(frozen=True)
class CaseCache(Cache):
    """The answers in the folder of a case: by service, wherever that stands."""

    def _shelf(self, endpoint: Endpoint) -> Path:
        found = ABOUT.search(endpoint.url)
        about = found.group(0) if found else ""
        return self.root / (f"{endpoint.key}-{hashlib.sha256(about.encode()).hexdigest()[:8]}" if about else endpoint.key)

    def take(self, endpoint: Endpoint, entry: Entry) -> None:
        """Keep an answer with the case, in one step; older ones of the same box go. Raises ``SourceError``."""
        shelf = self._shelf(endpoint)
        place = shelf / entry.folder.name
        if place.exists() or entry.folder.parent == shelf:
            return
        try:
            shelf.mkdir(parents=True, exist_ok=True)
            stage = Path(tempfile.mkdtemp(prefix=".making-", dir=shelf))
            try:
                shutil.copytree(entry.folder, stage, dirs_exist_ok=True, copy_function=shutil.copyfile)
                stage.chmod(shelf.stat().st_mode & 0o777)
                os.rename(stage, place)
            finally:
                shutil.rmtree(stage, ignore_errors=True)
        except OSError as reason:
            raise SourceError("cache_not_writable", path=str(self.root), details=str(reason)) from reason
        self._tidy(endpoint, entry.box, place)

    def empty(self) -> bool:
        """Whether nothing is kept."""
        return not any(self.root.glob("*/*/entry.json"))


def wherever(endpoints: Endpoints) -> Endpoints:
    """Return a table in which every service has an address: what is kept of one that is switched off here is still what was loaded."""
    usual = {endpoint.key: endpoint for endpoint in ENDPOINTS}
    return Endpoints({key: endpoint if endpoint.url else usual[key] for key, endpoint in endpoints.table.items()})
