"""A day of shadows as a moving picture (GIF): existing and extra shadow, with date, clock and zone in every frame."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import shapely
from PIL import Image, ImageChops, ImageDraw, ImageFont
from shapely.geometry.base import BaseGeometry

from ...measure.sun.shadows_in_time import ShadowMoment, ShadowScene
from ...texts import sentence
from ..basis import palette
from ..pictures.map_frame import Frame
from .sun_maps import EXISTING, EXTRA

SIDE = 520
FRAME_MS = 350
FONTS = ("OpenSans-Regular.ttf", "DejaVuSans.ttf", "LiberationSans-Regular.ttf", "arial.ttf", "Arial.ttf", "segoeui.ttf")
GROUND, BUILDING = "#F6F4EE", "#C9C9C9"
TILES = (("wegdeel", "#EBEBEB"), ("waterdeel", "#D5E7F2"), ("pand", "#DDDDDD"))


def write_animation(scene: ShadowScene, moments: Sequence[ShadowMoment], path: Path, lang: str) -> Path:
    """Write the moments of a day as one GIF that repeats; north is up."""
    view = Frame(scene.frame, SIDE, SIDE)
    under = _under(scene, view)
    built, design = _mask(scene.roofs, view), _mask(scene.outline, view)
    pictures = []
    for moment in moments:
        picture = under.copy()
        for shape, colour in ((moment.existing, EXISTING), (moment.extra, EXTRA)):
            tone = Image.new("RGB", picture.size, colour)
            picture.paste(Image.blend(picture, tone, 0.7), mask=_mask(shape, view))
        picture.paste(BUILDING, mask=built)
        picture.paste(palette.DESIGN, mask=design)
        pictures.append(_labelled(picture, moment, lang))
    first, *rest = [p.quantize(64, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE) for p in pictures]
    first.save(path, save_all=True, append_images=rest, duration=FRAME_MS, loop=0, optimize=False)
    return path


def _under(scene: ShadowScene, view: Frame) -> Image.Image:
    picture = Image.new("RGB", (SIDE, SIDE), GROUND)
    for kind, colour in TILES:
        for tile in scene.site.topography:
            if tile.collection == kind and tile.level >= 0 and tile.geometry.intersects(view.box):
                picture.paste(colour, mask=_mask(tile.geometry, view))
    return picture


def _mask(shape: BaseGeometry, view: Frame) -> Image.Image:
    """Return areas (RD) as a mask: each polygon filled and its holes taken out."""
    mask = Image.new("L", (SIDE, SIDE), 0)
    for part in shapely.get_parts(shape):
        if part.geom_type != "Polygon" or part.is_empty:
            continue
        if not part.interiors:
            ImageDraw.Draw(mask).polygon(_pixels(part.exterior, view), fill=255)
            continue
        own = Image.new("L", (SIDE, SIDE), 0)
        draw = ImageDraw.Draw(own)
        draw.polygon(_pixels(part.exterior, view), fill=255)
        for hole in part.interiors:
            draw.polygon(_pixels(hole, view), fill=0)
        mask = ImageChops.lighter(mask, own)
    return mask


def _pixels(ring: BaseGeometry, view: Frame) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in view.points(np.asarray(ring.coords)[:, :2])]


def _labelled(picture: Image.Image, moment: ShadowMoment, lang: str) -> Image.Image:
    draw, font = ImageDraw.Draw(picture), _font(15)
    words = sentence("sun_frame", {"date": str(moment.time)[:10], "clock": moment.clock, "area": float(moment.extra.area)}, lang)
    draw.rectangle((0, SIDE - 26, SIDE, SIDE), fill="#FFFFFF")
    draw.text((8, SIDE - 23), words, fill=palette.INK, font=font)
    draw.polygon([(SIDE - 20, 8), (SIDE - 14, 28), (SIDE - 20, 23), (SIDE - 26, 28)], fill=palette.INK)
    draw.text((SIDE - 24, 29), sentence("map_north", lang=lang), fill=palette.INK, font=_font(12))
    return picture


def _font(size: int) -> ImageFont.ImageFont | ImageFont.FreeTypeFont:
    """Return a font with the letters of Dutch; Pillow's own small one where the system has none of those looked for."""
    for name in FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default()
