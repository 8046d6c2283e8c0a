"""The 3D picture: a camera that always sees, and the same picture twice."""

import io

import numpy as np
import pytest
from PIL import Image
from shapely import box

from drieluik.model import TopographyObject
from drieluik.report.pictures.scene_picture import SIZE, Picture
from scenes import box_part, design, shift, site


def road(polygon):
    return TopographyObject("weg", "wegdeel", shift(polygon), "rijbaan lokale weg")


@pytest.fixture(scope="module")
def house():
    return design(box_part(0, 0, 10, 8, 0, 7))


@pytest.mark.parametrize("way", [box(-20, -12, 30, -6), box(-20, -20, 30, 20), None])
def test_the_camera_looks_at_the_design_also_where_it_stands_on_a_road(house, way):
    picture = Picture(site(topography=(road(way),) if way is not None else ()), house)
    camera = picture.camera(None)
    rays = camera.rays(np.array([[SIZE[0] / 2, SIZE[1] / 2]], np.float32))
    assert np.isfinite(rays).all() and np.isfinite(camera.eye).all()
    centre = (picture.low + picture.high) / 2
    assert np.linalg.norm(np.cross(rays[0] / np.linalg.norm(rays[0]), centre - camera.eye)) < 0.01
    assert camera.eye[2] > picture.high[2]


def test_the_same_review_gives_the_same_picture_and_the_design_is_in_it(house):
    first, second = Picture(site(), house).png(), Picture(site(), house).png()
    assert first == second
    pixels = np.asarray(Image.open(io.BytesIO(first)).convert("RGB"), int)
    assert pixels.shape == (SIZE[1], SIZE[0], 3)
    middle = pixels[SIZE[1] // 2, SIZE[0] // 2]
    assert middle[2] > middle[0] + 30  # blue: the design
