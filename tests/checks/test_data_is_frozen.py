"""What rooms hand to each other does not change, and is compared by what it says only where that is cheap."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil
import re

import pytest

import drieluik.checks
import drieluik.measure
import drieluik.model

ARRAYS = ("Floats", "Ints", "NDArray", "BaseGeometry", "ndarray", "LineString", "Polygon", "Point", "Manifold", "Mapping", "Callable", "Any")
"""Arrays and mappings do not compare, or not cheaply."""
OWN_STATE = {"Ledger", "_Found"}
"""What a run or a reader writes in while it works, and hands to nobody."""
COMPARED = {"PeilCandidate", "Overlap", "AlongLine", "Contours", "Given"}
"""Shapes of GEOS compare as a whole, arrays do not."""


def data(*packages):
    """Return every dataclass of the two rooms, or of other packages."""
    found = {}
    for package in packages or (drieluik.measure, drieluik.checks):
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            for name, item in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
                if dataclasses.is_dataclass(item) and item.__module__ == module.name:
                    found[f"{module.name.partition('.')[2]}.{name}"] = item
    return found


BY_ITSELF = {item.__name__ for item in data(drieluik.measure, drieluik.checks, drieluik.model).values() if not item.__dataclass_params__.eq}
"""Data that are compared as objects: what holds them is too."""


@pytest.mark.parametrize(("name", "item"), data().items(), ids=data())
def test_data_is_frozen(name, item):
    assert item.__dataclass_params__.frozen or item.__name__ in OWN_STATE, name


@pytest.mark.parametrize(("name", "item"), data().items(), ids=data())
def test_what_holds_arrays_or_shapes_is_itself_only(name, item):
    holds = {word for field in dataclasses.fields(item) for word in re.findall(r"\w+", str(field.type))} & (set(ARRAYS) | BY_ITSELF)
    assert not (item.__dataclass_params__.eq and holds) or item.__name__ in COMPARED, f"{name} compares {', '.join(holds)}: eq=False"
