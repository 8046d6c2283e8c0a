"""Height rasters and point clouds: windows, holes, tiles, and what does not fit."""

from __future__ import annotations

import laspy
import numpy as np
import pytest
from copc import write_copc
from osgeo import gdal, osr
from shapely import box

from drieluik.data_sources.physical.point_cloud import read_points
from drieluik.data_sources.physical.terrain_files import read_heights, read_terrain
from drieluik.errors import SourceError

AHN_NODATA = 3.4028234663852886e38


def raster(path, heights, west, north, cell=0.5, nodata=AHN_NODATA, kind=gdal.GDT_Float32, epsg=28992, **scaling):
    heights = np.asarray(heights)
    made = gdal.GetDriverByName("GTiff").Create(str(path), heights.shape[1], heights.shape[0], 1, kind)
    made.SetGeoTransform((west, cell, 0, north, 0, -cell))
    if epsg:
        crs = osr.SpatialReference()
        crs.ImportFromEPSG(epsg)
        made.SetProjection(crs.ExportToWkt())
    band = made.GetRasterBand(1)
    if nodata is not None:
        band.SetNoDataValue(nodata)
    band.WriteArray(heights)
    if scaling:
        band.SetScale(scaling["scale"])
        band.SetOffset(scaling["offset"])
    made.FlushCache()
    return path


def ramp(rows, columns):
    return np.add.outer(np.arange(rows) * 10.0, np.arange(columns) * 1.0)


def test_the_window_has_the_cells_of_the_box_and_no_half_cell_shift(tmp_path):
    path = raster(tmp_path / "dtm.tif", ramp(20, 20), 100_000.0, 450_010.0)
    terrain, _ = read_terrain(path, box(100_002, 450_003, 100_005, 450_006))
    assert terrain.heights.shape == (6, 6)
    assert (terrain.west, terrain.north) == (100_002.0, 450_006.0)
    assert terrain.heights[0, 0] == 8 * 10 + 4
    assert terrain.sample(np.array([100_002.25]), np.array([450_005.75]))[0] == 84.0
    part, _ = read_terrain(path, box(100_002.1, 450_003.1, 100_004.9, 450_005.9))
    assert part.heights.shape == (6, 6)


def test_a_raster_whose_first_row_is_the_southernmost_is_the_same(tmp_path):
    heights = ramp(20, 24)
    north_up = raster(tmp_path / "n.tif", heights, 100_000.0, 450_010.0)
    south_up = raster(tmp_path / "s.tif", heights[::-1], 100_000.0, 450_010.0)
    made = gdal.Open(str(south_up), gdal.GA_Update)
    made.SetGeoTransform((100_000.0, 0.5, 0, 450_000.0, 0, 0.5))
    made.FlushCache()
    del made
    for area in (box(100_002, 450_003, 100_005, 450_006), box(99_000, 449_000, 101_000, 451_000), box(100_001.1, 450_007.3, 100_090, 450_090)):
        one, other = (read_terrain(path, area)[0] for path in (north_up, south_up))
        assert np.array_equal(one.heights, other.heights, equal_nan=True) and (one.west, one.north) == (other.west, other.north)


def test_nodata_declared_or_not_is_a_hole(tmp_path):
    heights = ramp(4, 4)
    heights[1, 1], heights[2, 2], heights[3, 3] = AHN_NODATA, np.nan, -9999.0
    terrain, notes = read_terrain(raster(tmp_path / "a.tif", heights, 100_000, 450_002), box(100_000, 450_000, 100_002, 450_002))
    assert np.isnan(terrain.heights).sum() == 3
    assert np.nanmax(terrain.heights) == 32.0
    assert notes[0].as_dict()["share"] == pytest.approx(18.8)


def test_heights_that_cannot_be_in_nap_are_holes(tmp_path):
    heights = ramp(20, 20)
    heights[3, 4], heights[5, 6], heights[7, 8] = -499.0, 700.0, -12.0
    terrain = read_heights([raster(tmp_path / "a.tif", heights, 100_000, 450_010)], box(100_000, 450_000, 100_010, 450_010))[0]
    assert np.isnan(terrain.heights[[3, 5], [4, 6]]).all() and terrain.heights[7, 8] == -12.0


def test_whole_centimetres_with_a_scale(tmp_path):
    path = raster(tmp_path / "cm.tif", np.full((4, 4), 150, np.int16), 100_000, 450_002, nodata=-32768, kind=gdal.GDT_Int16, scale=0.01, offset=0.5)
    assert read_terrain(path, box(100_000, 450_000, 100_002, 450_002))[0].heights[0, 0] == pytest.approx(2.0)


def test_tiles_are_laid_together_and_the_dsm_is_told_apart(tmp_path):
    whole = ramp(8, 8)
    left = raster(tmp_path / "M_37EN1.tif", whole[:, :4], 100_000, 450_004)
    right = raster(tmp_path / "M_37EN2.tif", whole[:, 4:], 100_002, 450_004)
    surface = raster(tmp_path / "R_37EN1.tif", whole + 7, 100_000, 450_004)
    terrain, top, notes = read_heights([left, right, surface], box(100_000, 450_000, 100_004, 450_004))
    np.testing.assert_array_equal(terrain.heights, whole)
    np.testing.assert_array_equal(top.heights, whole + 7)
    assert [note.code for note in notes] == ["sources_terrain_holes"]
    folder, _, _ = read_heights([tmp_path], box(100_000, 450_000, 100_004, 450_004))
    np.testing.assert_array_equal(folder.heights, whole)


def test_tiles_that_do_not_fit_and_cells_off_the_grid(tmp_path):
    one, other = raster(tmp_path / "a.tif", ramp(4, 4), 100_000, 450_002), raster(tmp_path / "b.tif", ramp(4, 4), 100_002.25, 450_002)
    with pytest.raises(SourceError) as caught:
        read_heights([one, other], box(100_000, 450_000, 100_004, 450_002))
    assert caught.value.code == "sources_raster_other_grid"
    _, _, notes = read_heights([other], box(100_000, 450_000, 100_004, 450_002))
    assert [note.as_dict()["off"] for note in notes if note.code == "sources_raster_off_grid"] == [0.25]


def test_outside_the_box_there_is_nothing_and_degrees_are_named(tmp_path):
    path = raster(tmp_path / "a.tif", ramp(4, 4), 100_000, 450_002)
    assert read_heights([path], box(200_000, 450_000, 200_004, 450_002))[:2] == (None, None)
    with pytest.raises(SourceError) as caught:
        read_heights([raster(tmp_path / "w.tif", ramp(4, 4), 4.3, 52.0, 0.001, epsg=4326)], box(100_000, 450_000, 100_004, 450_002))
    assert caught.value.code == "sources_wrong_crs"


def cloud(path, xyz, classes, point_format=6):
    header = laspy.LasHeader(point_format=point_format, version="1.4" if point_format >= 6 else "1.2")
    header.scales, header.offsets = [0.001] * 3, [100_000.0, 450_000.0, 0.0]
    las = laspy.LasData(header)
    las.x, las.y, las.z = np.asarray(xyz, float).T
    las.classification = np.asarray(classes, np.uint8)
    las.write(path)
    return path


POINTS = np.array([[100_000.0, 450_000.0, 1.0], [100_005.0, 450_005.0, 2.5], [100_020.0, 450_005.0, 3.0], [100_010.0, 450_010.0, -4.25]])


@pytest.mark.parametrize("name, point_format", [("a.laz", 6), ("a.laz", 1), ("a.las", 7)])
def test_only_the_box_of_a_cloud_edges_included(tmp_path, name, point_format):
    path = cloud(tmp_path / name, POINTS, [2, 6, 1, 9], point_format)
    found, notes = read_points([path], box(100_000, 450_000, 100_010, 450_010))
    np.testing.assert_allclose(found.xyz, POINTS[[0, 1, 3]], atol=1e-9)
    assert found.classification.tolist() == [2, 6, 9]
    assert notes == ()


def test_several_tiles_noise_and_an_empty_box(tmp_path):
    one, other = cloud(tmp_path / "1.laz", POINTS[:2], [2, 7]), cloud(tmp_path / "2.laz", POINTS[2:], [1, 18])
    found, notes = read_points([one, other], box(99_000, 449_000, 101_000, 451_000))
    assert sorted(found.classification.tolist()) == [1, 2]
    assert [note.as_dict()["count"] for note in notes] == [2]
    assert read_points([one], box(0, 300_001, 10, 300_010)) == (None, ())
    assert len(read_points([tmp_path], box(99_000, 449_000, 101_000, 451_000))[0].xyz) == 2


def test_copc_gives_the_points_of_the_box_once(tmp_path):
    rng = np.random.default_rng(1)
    xyz = np.round(np.column_stack([100_000 + rng.uniform(0, 400, 20_000), 450_000 + rng.uniform(0, 400, 20_000), rng.uniform(0, 10, 20_000)]), 3)
    xyz[:40, 0] = 100_000 + np.repeat([110.0, 197.5, 285.0, 20.0], 10)  # on the edges of strips and of the box
    classes = rng.choice([1, 2, 6, 7], 20_000)
    path = write_copc(tmp_path / "c.copc.laz", xyz, classes, (100_200, 450_200, 200), 200.0)
    area = box(100_020, 450_050, 100_370, 450_200)
    found, notes = read_points([path], area)
    inside = (xyz[:, 0] >= 100_020) & (xyz[:, 0] <= 100_370) & (xyz[:, 1] >= 450_050) & (xyz[:, 1] <= 450_200)
    kept = inside & (classes != 7)
    order, wanted = np.lexsort(found.xyz.T), np.lexsort(xyz[kept].T)
    np.testing.assert_allclose(found.xyz[order], xyz[kept][wanted], atol=1e-9)
    assert found.classification[order].tolist() == classes[kept][wanted].tolist()
    assert [note.as_dict()["count"] for note in notes] == [int((inside & (classes == 7)).sum())]


def test_a_cloud_in_degrees_and_one_cut_off(tmp_path):
    header = laspy.LasHeader(point_format=6, version="1.4")
    header.scales = [1e-7, 1e-7, 0.001]
    las = laspy.LasData(header)
    las.x, las.y, las.z = np.array([[4.36, 52.01, 1.0], [4.37, 52.02, 2.0]]).T
    las.write(tmp_path / "d.laz")
    with pytest.raises(SourceError) as caught:
        read_points([tmp_path / "d.laz"], box(100_000, 450_000, 100_010, 450_010))
    assert caught.value.code == "sources_degrees"
    whole = cloud(tmp_path / "w.laz", np.repeat(POINTS, 5000, axis=0), np.full(20_000, 2)).read_bytes()
    (tmp_path / "c.laz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(SourceError) as caught:
        read_points([tmp_path / "c.laz"], box(99_000, 449_000, 101_000, 451_000))
    assert caught.value.code == "sources_corrupt"


def test_memory_stays_with_the_box(tmp_path):
    """Two million points read for a box that holds a hundredth: the peak grows by a chunk, not by the cloud."""
    import subprocess
    import sys

    rng = np.random.default_rng(1)
    header = laspy.LasHeader(point_format=6, version="1.4")
    header.scales, header.offsets = [0.001] * 3, [100_000.0, 450_000.0, 0.0]
    with laspy.open(tmp_path / "big.laz", "w", header=header) as writer:
        for _ in range(4):
            record = laspy.ScaleAwarePointRecord.zeros(500_000, header=header)
            record.x, record.y, record.z = 100_000 + rng.uniform(0, 1000, 500_000), 450_000 + rng.uniform(0, 1000, 500_000), rng.uniform(0, 10, 500_000)
            writer.write_points(record)
    script = (
        "import resource, sys\nfrom pathlib import Path\nfrom shapely import box\nfrom drieluik.data_sources.physical.point_cloud import read_points\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "cloud, _ = read_points([Path(sys.argv[1])], box(100_000, 450_000, 100_100, 450_100))\n"
        "print(len(cloud.xyz), (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path / "big.laz")], capture_output=True, text=True, check=True, timeout=120)
    count, grown = (int(word) for word in done.stdout.split())
    assert 19_000 < count < 21_000
    assert grown < 150


def test_cells_filled_with_zero_far_from_all_others_are_holes(tmp_path):
    heights = np.full((20, 20), 7.25)
    heights[4:8, 5:9] = 0.0
    terrain, _, notes = read_heights([raster(tmp_path / "M_37EN1.TIF", heights, 100_000, 400_010, nodata=None)], box(100_000, 400_000, 100_010, 400_010))
    assert np.isnan(terrain.heights[4:8, 5:9]).all() and np.isnan(terrain.heights).sum() == 16
    assert {note.code: note.as_dict() for note in notes}["sources_raster_zeros"]["count"] == 16


@pytest.mark.parametrize("others", [0.4, -0.9, 0.0])
def test_zero_among_heights_near_it_is_a_height(tmp_path, others):
    heights = np.full((20, 20), others)
    heights[4:8, 5:9] = 0.0
    terrain, notes = read_terrain(raster(tmp_path / "grond.tif", heights, 100_000, 400_010, nodata=None), box(100_000, 400_000, 100_010, 400_010))
    assert not np.isnan(terrain.heights).any() and "sources_raster_zeros" not in {note.code for note in notes}


def test_a_ground_that_lies_above_its_surface_has_the_wrong_name(tmp_path):
    roofs = np.full((40, 40), 1.5)
    roofs[5:25, 5:25] = 9.0
    low = raster(tmp_path / "2023_R_30GN1.TIF", np.full((40, 40), 1.5), 100_000, 400_020)
    high = raster(tmp_path / "2023_M_30GN1.TIF", roofs, 100_000, 400_020)
    where = box(100_000, 400_000, 100_020, 400_020)
    with pytest.raises(SourceError) as caught:
        read_heights([low, high], where)
    assert caught.value.code == "sources_terrain_above_surface"
    (tmp_path / "ok").mkdir()
    good = [raster(tmp_path / "ok" / "2023_M_30GN1.TIF", np.full((40, 40), 1.5), 100_000, 400_020), raster(tmp_path / "ok" / "2023_R_30GN1.TIF", roofs, 100_000, 400_020)]
    assert all(found is not None for found in read_heights(good, where)[:2])
