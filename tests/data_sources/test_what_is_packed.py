"""What is packed is bounded before it is unpacked, whatever its head says; a package of something else was not read, and that is not "empty"."""

from __future__ import annotations

import gzip
import struct
import time
import tracemalloc
import zipfile

import pytest

from drieluik.data_sources.site_loading import LAYERS, load_site
from drieluik.model import LayerState, SiteRequest

CENTRE = (150_000.0, 450_000.0)
BLANKS_MB = 300
PACKED = ("plans", "bag", "parcels", "bgt")
QUICK_S = 5.0
MEMORY = 250_000_000


def told(folder, layer, name):
    site = load_site(SiteRequest(CENTRE, 100.0, {**{one.key: () for one in LAYERS}, layer: (name,)}), str(folder))
    (record,) = site.provenance_of(layer)
    return record.state, [note.code for note in record.notes]


@pytest.fixture(scope="module")
def bombs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bombs")
    for name, inside in (("blanks.zip", "9999PND01.xml"), ("nested.zip", "9999PND01.zip")):
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(inside, "w") as stream:
            for _ in range(BLANKS_MB):
                stream.write(b" " * 1_000_000)
    with gzip.open(folder / "blanks.gz", "wb") as stream:
        stream.write(b"<")
        for _ in range(BLANKS_MB):
            stream.write(b" " * 1_000_000)
    return folder


@pytest.mark.parametrize("name", ["blanks.zip", "nested.zip", "blanks.gz"])
@pytest.mark.parametrize("layer", [one.key for one in LAYERS])
def test_blanks_are_not_unpacked(bombs, layer, name):
    tracemalloc.start()
    began = time.monotonic()
    state, codes = told(bombs, layer, name)
    took, most = time.monotonic() - began, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert state is LayerState.FAILED and most < MEMORY and took < QUICK_S
    if layer in PACKED and name.endswith(".zip"):
        assert codes == ["sources_unpacks_too_large"]


@pytest.mark.parametrize("layer", PACKED)
def test_a_zip_that_lies_of_its_size_is_damaged(tmp_path, layer):
    path = tmp_path / "lie.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("9999PND01.xml", b" " * 50_000_000)
    content = bytearray(path.read_bytes())
    for place in (22, content.rfind(b"PK\x01\x02") + 24):
        content[place : place + 4] = struct.pack("<I", 10)
    path.write_bytes(content)
    assert told(tmp_path, layer, "lie.zip") == (LayerState.FAILED, ["sources_corrupt"])


@pytest.mark.parametrize("layer", ["bag", "parcels", "bgt"])
def test_the_zip_of_a_plan_was_not_read_as_a_register(tmp_path, layer):
    with zipfile.ZipFile(tmp_path / "plan.zip", "w") as archive:
        archive.writestr("plan.gml", '<?xml version="1.0"?><imro:FeatureCollectionIMRO xmlns:imro="http://www.geonovum.nl/imro/2012/1.1"/>')
        archive.writestr("regels.xml", "<x/>")
    state, (code,) = told(tmp_path, layer, "plan.zip")
    assert state is LayerState.FAILED and code in ("sources_no_bag", "sources_no_brk", "sources_no_bgt")
