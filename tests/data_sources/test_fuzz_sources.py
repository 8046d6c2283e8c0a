"""Files of the surroundings with bytes changed, cut and repeated (fixed seeds): a reader gives objects or one sentence, nothing else."""

from __future__ import annotations

import functools
import json

import laspy
import numpy as np
import pytest
import shapely

from drieluik.data_sources.administrative.bag import read_bag
from drieluik.data_sources.administrative.brk import read_parcels
from drieluik.data_sources.physical.bgt import read_bgt
from drieluik.data_sources.physical.buildings3d import read_buildings3d
from drieluik.data_sources.physical.point_cloud import read_points
from drieluik.data_sources.physical.terrain_files import read_heights
from drieluik.errors import SourceError

EVERYWHERE = shapely.box(0, 300_000, 300_000, 650_000)
TRIES = 25


def readers(shared):
    data = shared / "data"
    return {
        "bgt_pand.gml": (data / "bgt" / "bgt_pand-s.gml", lambda path: read_bgt([path], EVERYWHERE)),
        "perceel.gml": (data / "brk" / "kadastralekaart_perceel.gml", lambda path: read_parcels([path], EVERYWHERE)),
        "0221VBO.xml": (data / "bag" / "0221VBO15092020-000001.xml", lambda path: read_bag([path], EVERYWHERE)),
        "b.city.jsonl": (data / "3dbag" / "3dbag_b2.city.jsonl", lambda path: read_buildings3d([path], EVERYWHERE)),
        "brk.geojson": (data / "otterlo-site" / "brk_perceel.geojson", lambda path: read_parcels([path], EVERYWHERE)),
        "d.gpkg": (data / "bag" / "bag_pand_doesburg_2020.gpkg", lambda path: read_bag([path], EVERYWHERE)),
    }


def changed(content: bytes, rng: np.random.Generator) -> bytes:
    """Return the content with a few bytes changed, a stretch taken out or repeated, or cut."""
    kind = rng.integers(0, 4)
    place, length = (int(v) for v in (rng.integers(0, len(content)), rng.integers(1, 200)))
    if kind == 0:
        out = bytearray(content)
        for index in rng.integers(0, len(content), 8):
            out[index] = int(rng.integers(0, 256))
        return bytes(out)
    if kind == 1:
        return content[:place] + content[place + length :]
    if kind == 2:
        return content[:place] + content[place : place + length] * 2 + content[place + length :]
    return content[:place]


def outcome(read):
    """Return what a reader gives, or its sentence."""
    try:
        return read()
    except SourceError as error:
        return str(error)


def finite(found) -> bool:
    """Whether no coordinate in a reader's answer is NaN or infinite."""
    groups = [group for group in found if isinstance(group, tuple)]
    shapes = [thing.geometry for group in groups for thing in group if hasattr(thing, "geometry")]
    solids = [thing.triangles for group in groups for thing in group if hasattr(thing, "triangles")]
    return bool(np.isfinite(shapely.get_coordinates(shapes)).all()) and all(bool(np.isfinite(solid).all()) for solid in solids)


@pytest.mark.parametrize("name", ["bgt_pand.gml", "perceel.gml", "0221VBO.xml", "b.city.jsonl", "brk.geojson", "d.gpkg"])
def test_changed_files_give_objects_or_one_sentence(shared, tmp_path, name):
    source, read = readers(shared)[name]
    content = source.read_bytes()
    rng = np.random.default_rng(7)
    for _ in range(TRIES):
        path = tmp_path / name
        path.write_bytes(changed(content, rng))
        found = outcome(functools.partial(read, path))
        assert len(found) > 20 if isinstance(found, str) else finite(found)


def test_changed_rasters_and_clouds(shared, tmp_path):
    rng = np.random.default_rng(8)
    header = laspy.LasHeader(point_format=6, version="1.4")
    header.scales, header.offsets = [0.001] * 3, [100_000.0, 450_000.0, 0.0]
    las = laspy.LasData(header)
    las.x, las.y, las.z = 100_000 + rng.uniform(0, 50, 3000), 450_000 + rng.uniform(0, 50, 3000), rng.uniform(0, 9, 3000)
    las.write(tmp_path / "whole.laz")
    cloud = (tmp_path / "whole.laz").read_bytes()
    raster = (shared / "data" / "delft-site" / "derived" / "ahn3_derived_dtm_05m.tif").read_bytes()
    area = shapely.box(84_900, 447_500, 84_950, 447_550)
    for _ in range(TRIES):
        (tmp_path / "c.laz").write_bytes(changed(cloud, rng))
        (tmp_path / "r.tif").write_bytes(changed(raster, rng))
        for read in (lambda: read_points([tmp_path / "c.laz"], EVERYWHERE)[0], lambda: read_heights([tmp_path / "r.tif"], area)[0]):
            found = outcome(read)
            if isinstance(found, str):
                assert len(found) > 20
            elif hasattr(found, "xyz"):
                assert np.isfinite(found.xyz).all()
            elif found is not None:
                assert not np.isinf(found.heights).any()


def test_values_of_other_kinds_do_not_stop_a_layer(tmp_path):
    ring = [[100_000, 450_000], [100_010, 450_000], [100_010, 450_010], [100_000, 450_000]]
    odd = [None, "", "abc", -1, 1e300, [], {}, True, "waardeOnbekend"]
    features = [
        {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [ring]}, "properties": dict.fromkeys(("identificatie", "lokaal_id", "bouwjaar", "relatieve_hoogteligging", "kadastrale_grootte_waarde", "perceelnummer", "bag_pnd", "status", "pandidentificatie"), value)} for value in odd
    ]
    path = tmp_path / "bgt_pand.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    assert len(read_bgt([path], EVERYWHERE)[0]) >= 1
    assert len(read_bag([path], EVERYWHERE)[0]) >= 1
    assert len(read_parcels([path], EVERYWHERE)[0]) >= 1
