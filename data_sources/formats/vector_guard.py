"""What a vector file is, told by its first bytes before a library opens it: GDAL would follow a file that is really a list of other files or addresses.

Nothing but these kinds is handed on, and a database only when reading it runs no program of its maker: SQLite computes a view, a virtual table and a
generated column while it is merely listed, for hours where the maker wants that, and a virtual table can read any file.
"""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from ...errors import SourceError

KINDS = {b"SQLite format 3\0": ("GPKG", "SQLite"), b"fgb\x03": ("FlatGeobuf",), b"\0\0\x27\x0a": ("ESRI Shapefile",)}
"""How a file begins -> the drivers of GDAL that may read it. Each holds a zero byte early on, behind which no driver finds words to go by."""
PLAIN_VIEW = re.compile(r"create\s+view\s+[^()]+?\s+as\s+select\s+[^()]*?\s+from\s+(\"[^\"]+\"|'[^']+'|`[^`]+`|\w+)(\s+where\s+[^()]*)?\s*;?\s*", re.IGNORECASE)
"""A view that is some columns and records of one table, and calls nothing: as GDAL and QGIS make them."""
INDEX_MODULES = re.compile(r"create\s+virtual\s+table\s+.+?\s+using\s+\"?(rtree|rtree_i32|fts3|fts4|fts5)\"?\s*\(", re.IGNORECASE | re.DOTALL)
"""Virtual tables that are an index inside the file; others are programs."""
GENERATED = re.compile(r"\bas\s*\(|\bgenerated\s+always\b", re.IGNORECASE)
JOINING = re.compile(r"\b(from.*\bfrom|union|intersect|except|join|with|recursive)\b", re.IGNORECASE | re.DOTALL)
"""Words of a view that is more than one table."""
MOST_OBJECTS = 10_000
"""Tables, views and indexes of a database; the topography of a whole country has some hundreds."""


def drivers_for(path: Path) -> tuple[str, ...]:
    """Return the names of the drivers that may read a file. Raises ``SourceError`` for any other kind of file, and for a database that computes."""
    try:
        with path.open("rb") as stream:
            start = stream.read(16)
    except OSError as reason:
        raise SourceError("sources_unreadable", path=path.name, details=str(reason)) from reason
    drivers = next((names for magic, names in KINDS.items() if start.startswith(magic)), ())
    if not drivers:
        raise SourceError("sources_other_kind", path=path.name)
    if "SQLite" in drivers:
        _refuse_programs(path)
    return drivers


def _refuse_programs(path: Path) -> None:
    beside = Path(f"{path}-wal").exists() or Path(f"{path}-journal").exists()  # what stands there is read along by whoever opens the file
    address = f"{path.absolute().as_uri()}?mode=ro{'' if beside else '&immutable=1'}"
    try:
        database = sqlite3.connect(address, uri=True)
        try:
            found = database.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL LIMIT ?", (MOST_OBJECTS + 1,)).fetchall()
        finally:
            database.close()
    except (sqlite3.Error, UnicodeDecodeError) as reason:
        raise SourceError("sources_corrupt", path=path.name, details=str(reason)) from reason
    views = {str(name).lower() for kind, name, _ in found if kind == "view"}
    odd = [str(name) for kind, name, text in found if _computes(str(kind), str(text), views)]
    if odd or len(found) > MOST_OBJECTS:
        raise SourceError("sources_database_computes", path=path.name, name=odd[0] if odd else "...")


def _computes(kind: str, text: str, views: set[str]) -> bool:
    """Whether reading an object of a database runs what its maker wrote."""
    if kind == "view":
        plain = PLAIN_VIEW.fullmatch(text.strip())
        return plain is None or JOINING.search(text) is not None or plain.group(1).strip("\"'`").lower() in views
    if kind != "table":
        return False
    virtual = re.match(r"\s*create\s+virtual\b", text, re.IGNORECASE) is not None
    return INDEX_MODULES.match(text.strip()) is None if virtual else GENERATED.search(text) is not None
