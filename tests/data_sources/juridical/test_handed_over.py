"""What the juridical readers hand over is frozen; what holds geometry is one thing by itself, not by its content."""

from __future__ import annotations

import dataclasses

import pytest
from shapely import box

from drieluik.data_sources.juridical import omgevingsplan, stop
from drieluik.data_sources.juridical.placed import Parsed

GATHERING = {omgevingsplan.Objects, omgevingsplan._Placing}
"""What is filled while files are read, and handed over to nobody."""
FROZEN = [one for module in (omgevingsplan, stop) for one in vars(module).values() if dataclasses.is_dataclass(one) and one.__module__ == module.__name__ and one not in GATHERING]


@pytest.mark.parametrize("one", [*FROZEN, Parsed], ids=lambda one: one.__name__)
def test_nobody_changes_what_was_read(one):
    made = object.__new__(one)
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(made, dataclasses.fields(one)[0].name, "other")


def test_two_readings_are_two_things():
    one, other = (Parsed((box(0, 0, 1, 1),)) for _ in range(2))
    assert one != other and len({one, other}) == 2
