"""What the report's rooms hand to each other is frozen."""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil

import pytest

from drieluik import report
from drieluik.report.pictures.scene_mesh import SceneMesh

MODULES = [importlib.import_module(found.name) for found in pkgutil.walk_packages(report.__path__, f"{report.__name__}.")]
KINDS = sorted({one for module in MODULES for one in vars(module).values() if dataclasses.is_dataclass(one) and one.__module__ == module.__name__}, key=lambda one: one.__name__)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_nobody_changes_what_was_made(kind):
    made = object.__new__(kind)
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(made, dataclasses.fields(kind)[0].name, "other")


def test_scenes_are_told_apart_by_themselves():
    one, other = (SceneMesh(*(None,) * 6) for _ in range(2))
    assert one != other and len({one, other}) == 2
