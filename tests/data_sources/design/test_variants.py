"""A variant is its source, moved, turned, mirrored or with other storeys, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from drieluik.data_sources.design import load_designs
from drieluik.data_sources.design.masses import mass_design
from drieluik.data_sources.design.placement import replaced
from drieluik.data_sources.design.variants import laid, varied, with_made, zero_of
from drieluik.errors import DesignError
from drieluik.measure.plane.solids import solid_of
from drieluik.model import Design, DesignRequest, Level, Mass, Placement, Variation
from scenes import box_part, to_rd

AT = Placement("case", 187_000.0, 441_000.0, 20.0, 1.5)


def house():
    """A main body of 10 x 6 x 8 m with a cellar of 2 m, and a lower wing beside it: left and right differ."""
    boxes = (box_part(0, 0, 10, 6, -2, 8), box_part(10, 0, 13, 6, 0, 3))
    parts = tuple(replace(part, vertices=part.vertices - to_rd([(0.0, 0.0, 0.0)])) for part in boxes)
    return replaced(Design("A", parts, Placement("case"), levels=(Level("0", 0.0), Level("1", 4.0))), AT)


def volumes(design):
    return [solid_of(part, part.vertices.mean(axis=0)).volume() for part in design.parts]


def own(design):
    """The corners of all parts in the design's own frame."""
    return replaced(design, Placement("case")).triangles.reshape(-1, 3)


def test_moved_and_turned_keeps_the_body_and_says_where_its_zero_went():
    design = varied(house(), "B", Variation("A", east_m=3.0, north_m=-2.0, raised_m=0.4, turned_deg=15.0))
    assert design.name == "B"
    assert own(design) == pytest.approx(own(house()), abs=1e-7)
    assert design.placement.rotation_deg == pytest.approx(35) and design.placement.base_nap_m == pytest.approx(1.9)
    middle = house().bounds[:, :2].mean(axis=0)
    turn = np.radians(15.0)
    spun = [[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]] @ (house().parts[0].vertices[0, :2] - middle) + middle + (3.0, -2.0)
    assert design.parts[0].vertices[0, :2] == pytest.approx(spun)
    assert [level.elevation_nap for level in design.levels] == pytest.approx([1.9, 5.9])


def test_mirrored_is_the_other_hand_of_the_same_body_at_the_same_place():
    design = varied(house(), "B", Variation("A", mirrored_deg=110.0))
    assert volumes(design) == pytest.approx(volumes(house()))  # wound outwards still
    middle = house().bounds[:, :2].mean(axis=0)
    assert varied(design, "C", Variation("B")).bounds == pytest.approx(design.bounds)
    line = np.array([np.cos(np.radians(110)), np.sin(np.radians(110))])
    before, after = house().parts[1].vertices[:, :2] - middle, design.parts[1].vertices[:, :2] - middle
    assert after @ line == pytest.approx(before @ line)
    across = np.array([-line[1], line[0]])
    assert after @ across == pytest.approx(-(before @ across))


@pytest.mark.parametrize("factor", [0.75, 1.25])
def test_scaled_storeys_leave_the_plan_and_what_is_below_ground(factor):
    design = varied(house(), "B", Variation("A", storeys_factor=factor))
    assert design.bounds[:, 2] == pytest.approx([-0.5, 1.5 + 8 * factor])
    assert volumes(design) == pytest.approx([60 * (2 + 8 * factor), 18 * 3 * factor])
    assert [level.elevation_nap for level in design.levels] == pytest.approx([1.5, 1.5 + 4 * factor])
    assert design.bounds[:, :2] == pytest.approx(house().bounds[:, :2])


def test_a_model_in_nap_is_scaled_from_its_lowest_point():
    design = replace(house(), placement=replace(AT, method="rd_coordinates", base_nap_m=0.0))
    assert zero_of(design) == pytest.approx(-0.5)
    assert zero_of(house()) == pytest.approx(1.5)


def test_a_variant_of_a_variant_follows_when_the_first_moves():
    requests = (DesignRequest(("a.ifc",), "A"), DesignRequest((), "B", variation=Variation("A", east_m=2.0)), DesignRequest((), "C", variation=Variation("B", north_m=1.0)))
    there = with_made(requests, {"A": replaced(house(), replace(AT, easting_m=AT.easting_m + 10))})
    assert [design.name for design in there] == ["A", "B", "C"]
    assert there[2].bounds[:, :2] - house().bounds[:, :2] == pytest.approx(np.tile([12.0, 1.0], (2, 1)))
    with pytest.raises(DesignError, match="C is een variant van Z"):
        with_made((*requests[:2], DesignRequest((), "C", variation=Variation("Z"))), {"A": house()})


def test_what_is_asked_as_before_of_the_same_design_is_not_made_again():
    requests = (DesignRequest(("a.ifc",), "A"), DesignRequest((), "B", variation=Variation("A", east_m=2.0)), DesignRequest((), "C", variation=Variation("B")))
    first = with_made(requests, {"A": house()})
    before = {request.name: (request, design) for request, design in zip(requests, first)}
    read = {"A": first[0]}
    assert all(now is then for now, then in zip(with_made(requests, read, before), first))
    other = (*requests[:1], replace(requests[1], variation=Variation("A", east_m=3.0)), requests[2])
    assert [now is then for now, then in zip(with_made(other, read, before), first)] == [True, False, False]
    assert [now is then for now, then in zip(with_made(requests, {"A": house()}, before), first)] == [False, False, False]


def test_a_variant_of_nothing_on_earth_is_refused():
    with pytest.raises(DesignError):
        with_made((DesignRequest(("a",), "A"), DesignRequest((), "B", variation=Variation("A", raised_m=0.0, storeys_factor=1000.0))), {"A": house()})


def test_files_variants_and_masses_of_a_case_are_loaded_in_its_order(tmp_path):
    box = "\n".join(["v 0 0 0", "v 10 0 0", "v 10 6 0", "v 0 6 0", "v 0 0 5", "v 10 0 5", "v 10 6 5", "v 0 6 5"]
                    + ["f 4 3 2 1", "f 5 6 7 8", "f 1 2 6 5", "f 2 3 7 6", "f 3 4 8 7", "f 4 1 5 8"])
    (tmp_path / "doos.obj").write_text(box + "\n")
    mass = Mass(((187_000.0, 441_000.0), (187_004.0, 441_000.0), (187_004.0, 441_003.0)), 1.5, height_m=3.0)
    requests = (
        DesignRequest(("doos.obj",), "A", AT), DesignRequest((), "M", mass=mass), DesignRequest((), "B", variation=Variation("A", storeys_factor=2.0)),
    )
    found = load_designs(requests, str(tmp_path))
    assert [design.name for design in found] == ["A", "M", "B"]
    assert found[2].bounds[:, 2] == pytest.approx([1.5, 11.5])
    assert load_designs(requests[1:2], str(tmp_path))[0].format == "mass"


def test_the_import_log_of_a_variant_says_that_it_is_computed_and_how():
    design = varied(house(), "B", Variation("A", east_m=1.0, turned_deg=2.0, mirrored_deg=0.0, storeys_factor=0.9, raised_m=-0.1))
    assert [message.note.code for message in design.messages] == [
        "design_from", "design_storeys_scaled", "design_mirrored", "design_turned_by", "design_moved_by", "design_raised_by",
    ]


@pytest.mark.parametrize(
    "how",
    [Variation("A"), Variation("A", 1.0, 2.0, 0.3, 10.0), Variation("A", mirrored_deg=20.0, turned_deg=5.0), Variation("A", storeys_factor=1.1, north_m=4.0)],
)
def test_a_variant_that_is_laid_elsewhere_is_made_there_again(how):
    source, request = house(), DesignRequest((), "B", variation=how)
    made = varied(source, "B", how)
    there = Placement("case", made.placement.easting_m + 4.5, made.placement.northing_m - 1.25, made.placement.rotation_deg + 30.0, 2.0)
    again = varied(source, "B", laid(request, made, source, there).variation)
    assert again.triangles == pytest.approx(replaced(made, there).triangles, abs=2e-3)  # as many digits as a case file keeps


def test_a_mass_that_is_laid_elsewhere_is_drawn_there():
    mass = Mass(((187_000.0, 441_000.0), (187_012.0, 441_000.0), (187_012.0, 441_008.0), (187_000.0, 441_008.0)), 1.0, "gable", eaves_m=3.0, height_m=6.0, ridge_deg=0.0)
    request = DesignRequest((), "M", mass=mass)
    made = mass_design(request, mass)
    there = replace(made.placement, easting_m=made.placement.easting_m + 5.0, rotation_deg=90.0, base_nap_m=2.0)  # its first side lay along the east
    again = laid(request, made, None, there)
    assert again.mass.ridge_deg == pytest.approx(90) and again.mass.base_nap_m == 2.0
    assert mass_design(again, again.mass).bounds == pytest.approx(replaced(made, there).bounds, abs=2e-3)
