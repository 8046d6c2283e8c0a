"""PLY (Turk, "The PLY polygon file format", Stanford 1994): text or binary, faces of any and mixed number of corners.

Read by ourselves: the general loader gives up on binary files whose faces differ in number of corners, which is what drawing
programs write.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .pieces import Piece

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

TYPES = {
    "char": "i1", "int8": "i1", "uchar": "u1", "uint8": "u1", "short": "i2", "int16": "i2", "ushort": "u2", "uint16": "u2",
    "int": "i4", "int32": "i4", "uint": "u4", "uint32": "u4", "float": "f4", "float32": "f4", "double": "f8", "float64": "f8",
}
ORDER = {"binary_little_endian": "<", "binary_big_endian": ">", "ascii": ""}
INDEX_NAMES = ("vertex_indices", "vertex_index")
HEADER_END = re.compile(rb"^end_header[ \t]*\r?\n", re.MULTILINE)
HEADER_LIMIT = 1 << 20


@dataclass
class Element:
    """A table of the file: ``fields`` are (name, type, type of the list's length or '')."""

    name: str
    count: int
    fields: list[tuple[str, str, str]] = field(default_factory=list)


def ply_pieces(data: bytes) -> list[Piece]:
    """Return the mesh of a PLY; raises ``ValueError`` when it is broken or shorter than it says."""
    end = HEADER_END.search(data, 0, HEADER_LIMIT)
    if not end:
        raise ValueError("no end of header")
    order, elements = _header(data[: end.start()].decode("latin-1"))
    reader = _Text(data[end.end() :]) if order == "" else _Binary(data[end.end() :], order)
    vertices, faces = np.zeros((0, 3)), np.zeros((0, 3), dtype=np.int64)
    for element in elements:
        if element.count < 0:
            raise ValueError("negative count")
        lists = [name for name, _, length in element.fields if length]
        if not lists:
            table = reader.table(element)
            if element.name == "vertex":
                vertices = np.column_stack([table["x"], table["y"], table["z"]]).astype(np.float64)
            continue
        index = next((name for name in INDEX_NAMES if name in lists), "")
        found = reader.polygons(element, index)
        if element.name == "face" and index:
            faces = found
    return [Piece("ply", vertices, faces)]


def _header(text: str) -> tuple[str, list[Element]]:
    order, elements = None, []
    for line in text.splitlines():
        words = line.split()
        if words[:1] == ["format"]:
            order = ORDER[words[1]]
        elif words[:1] == ["element"]:
            elements.append(Element(words[1], int(words[2])))
        elif words[:2] == ["property", "list"]:
            elements[-1].fields.append((words[4], TYPES[words[3]], TYPES[words[2]]))
        elif words[:1] == ["property"]:
            elements[-1].fields.append((words[2], TYPES[words[1]], ""))
    if order is None:
        raise ValueError("no format")
    return order, elements


def fan(corners: Ints) -> Ints:
    """Return polygons of one number of corners (n, k) as triangles from their first corner."""
    count = corners.shape[1]
    if count < 3:
        return np.zeros((0, 3), dtype=np.int64)
    return np.concatenate([corners[:, [0, i, i + 1]] for i in range(1, count - 1)])


class _Binary:
    def __init__(self, body: bytes, order: str) -> None:
        self.body, self.order, self.at = body, order, 0

    def table(self, element: Element) -> NDArray[np.void]:
        kind = np.dtype([(name, self.order + one) for name, one, _ in element.fields])
        return self._take(kind, element.count)

    def _take(self, kind: np.dtype, count: int) -> NDArray[np.void]:
        size = kind.itemsize * count
        if size > len(self.body) - self.at:
            raise ValueError("shorter than its header says")
        found = np.frombuffer(self.body, kind, count, self.at)
        self.at += size
        return found

    def polygons(self, element: Element, index: str) -> Ints:
        """Return the triangles (m, 3) of a list: at once where all rows are alike, else row by row."""
        start = self.at
        alike = self._row(element, start) if element.count else {}
        kind = np.dtype([
            *((f"{name}.n", self.order + length) if part == 0 else (name, self.order + one, (alike[name],) if length else ())
              for name, one, length in element.fields for part in ((0, 1) if length else (1,)))
        ]) if element.count else None
        if kind is not None and kind.itemsize * element.count <= len(self.body) - start:
            rows = self._take(kind, element.count)
            if all((rows[f"{name}.n"] == count).all() for name, count in alike.items()):
                return fan(rows[index].astype(np.int64)) if index else np.zeros((0, 3), dtype=np.int64)
        self.at = start
        found = [fan(row[None]) for row in self._rows(element, index)]
        return np.concatenate(found) if found else np.zeros((0, 3), dtype=np.int64)

    def _row(self, element: Element, at: int) -> dict[str, int]:
        """Return the length of every list of the row at a place."""
        lengths: dict[str, int] = {}
        for name, one, length in element.fields:
            count = 1
            if length:
                count = int(np.frombuffer(self.body, self.order + length, 1, at)[0])
                if count < 0:
                    raise ValueError("negative length")
                lengths[name] = count
                at += np.dtype(length).itemsize
            at += count * np.dtype(one).itemsize
            if at > len(self.body):
                raise ValueError("shorter than its header says")
        return lengths

    def _rows(self, element: Element, index: str):  # type: ignore[no-untyped-def]
        for _ in range(element.count):
            lengths = self._row(element, self.at)
            for name, one, length in element.fields:
                self.at += np.dtype(length).itemsize if length else 0
                count = lengths.get(name, 1)
                if name == index:
                    yield np.frombuffer(self.body, self.order + one, count, self.at).astype(np.int64)
                self.at += count * np.dtype(one).itemsize


class _Text:
    def __init__(self, body: bytes) -> None:
        self.numbers = np.array(body.split(), dtype=np.float64)
        self.at = 0

    def _take(self, count: int) -> Floats:
        if count < 0 or count > len(self.numbers) - self.at:
            raise ValueError("shorter than its header says")
        self.at += count
        return self.numbers[self.at - count : self.at]

    def table(self, element: Element) -> dict[str, Floats]:
        rows = self._take(element.count * len(element.fields)).reshape(element.count, len(element.fields))
        return {name: rows[:, column] for column, (name, _, _) in enumerate(element.fields)}

    def polygons(self, element: Element, index: str) -> Ints:
        found = []
        for _ in range(element.count):
            for name, _, length in element.fields:
                row = self._take(int(self._take(1)[0]) if length else 1)
                if name == index:
                    found.append(row)
        groups: dict[int, list[Floats]] = {}
        for row in found:
            groups.setdefault(len(row), []).append(row)
        faces = [fan(_whole(np.array(rows))) for rows in groups.values()]
        return np.concatenate(faces) if faces else np.zeros((0, 3), dtype=np.int64)


def _whole(numbers: Floats) -> Ints:
    if not np.isfinite(numbers).all() or (np.abs(numbers) > 2**53).any():
        raise ValueError("an index is no whole number")
    return numbers.astype(np.int64)
