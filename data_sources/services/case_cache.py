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
from .cache import Cache, Entry, entries_of, tidy
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
        """Keep an answer with the case, in one step; older ones of the same box go. One that is no more, since a younger answer took its place in
        the cache, is let go. Raises ``SourceError``."""
        shelf = self._shelf(endpoint)
        if entry.folder.parent != shelf and entry.folder.is_dir():
            self._put(shelf, entry)

    def take_all(self, other: CaseCache) -> None:
        """Keep the answers of another copy of the case too; of the same box the younger one stays. Raises ``SourceError``."""
        for theirs in sorted(path for path in other.root.glob("*") if path.is_dir()):
            shelf = self.root / theirs.name
            for entry in entries_of(theirs):
                if all(one.retrieved < entry.retrieved for one in entries_of(shelf) if one.serves(entry.box, exact=True)):
                    self._put(shelf, entry)

    def _put(self, shelf: Path, entry: Entry) -> None:
        place = shelf / entry.folder.name
        if place.exists():
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
        tidy(shelf, entry.box, place)

    def empty(self) -> bool:
        """Whether nothing is kept."""
        return not any(self.root.glob("*/*/entry.json"))


def wherever(endpoints: Endpoints) -> Endpoints:
    """Return a table in which every service has an address: what is kept of one that is switched off here is still what was loaded."""
    usual = {endpoint.key: endpoint for endpoint in ENDPOINTS}
    return Endpoints({key: endpoint if endpoint.url else usual[key] for key, endpoint in endpoints.table.items()})
