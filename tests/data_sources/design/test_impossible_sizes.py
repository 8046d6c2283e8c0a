"""A unit makes a building or it is wrong: whoever said it, what comes out as a speck or a city is refused, and what is far from usual is told."""

from __future__ import annotations

import pytest

from drieluik.data_sources.design import load_design
from drieluik.errors import DesignError
from drieluik.model import DesignRequest, Placement

AT = Placement("case", 155_000.0, 463_000.0, 0.0, 1.5)


def house(folder, east, north, high, scale):
    corners = [(x * east * scale, y * north * scale, z * high * scale) for z in (0, 1) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]
    faces = ("4 3 2 1", "5 6 7 8", "1 2 6 5", "2 3 7 6", "3 4 8 7", "4 1 5 8")
    path = folder / "huis.obj"
    path.write_text("\n".join([*("v {:.6f} {:.6f} {:.6f}".format(*corner) for corner in corners), *(f"f {face}" for face in faces)]) + "\n", encoding="utf-8")
    return path


def read(path, unit):
    return load_design(DesignRequest((path.name,), path.stem, AT, unit=unit), str(path.parent))


@pytest.mark.parametrize(("scale", "unit"), [(1, "mm"), (1, "cm"), (1, "inch"), (1000, "m"), (1000, "ft")])
def test_a_told_unit_that_makes_no_building_is_refused(tmp_path, scale, unit):
    with pytest.raises(DesignError) as refused:
        read(house(tmp_path, 9.4, 11.2, 7.3, scale), unit)
    assert refused.value.code == "design_size_impossible" and "unit" in refused.value.data


@pytest.mark.parametrize(("scale", "unit", "size"), [(1, "m", 11.2), (1000, "mm", 11.2), (100, "cm", 11.2), (1, "", 11.2), (1000, "", 11.2), (0.05, "m", 0.56)])
def test_a_unit_that_makes_a_building_is_taken(tmp_path, scale, unit, size):
    bounds = read(house(tmp_path, 9.4, 11.2, 7.3, scale), unit).bounds
    assert float((bounds[1] - bounds[0]).max()) == pytest.approx(size)


def test_a_told_unit_far_from_a_house_is_told(tmp_path):
    told = [message.note.code for message in read(house(tmp_path, 9.4, 11.2, 7.3, 100), "m").messages]
    assert "design_unit_doubt" in told and "design_unit_given" in told
    assert "design_unit_doubt" not in [message.note.code for message in read(house(tmp_path, 9.4, 11.2, 7.3, 1), "m").messages]
