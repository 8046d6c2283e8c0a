"""Arcs against exact circles: every chord within a centimetre, ends and middles exact."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from drieluik.data_sources.formats.arcs import arc_through, circle_through
from drieluik.data_sources.formats.gml import GmlError, GmlReader

GML = 'xmlns:gml="http://www.opengis.net/gml/3.2"'
CENTRE = np.array([136_500.25, 455_000.75])
RADII = st.floats(0.05, 5_000)
ANGLES = st.floats(-math.pi, math.pi)


def on_circle(radius, *angles):
    return [CENTRE + radius * np.array([math.cos(a), math.sin(a)]) for a in angles]


def deviation(points, centre, radius):
    """Largest distance (m) between the chords and the circle: at the corners and halfway."""
    halves = (points[1:] + points[:-1]) / 2
    return max(np.abs(np.hypot(*(p - centre).T) - radius).max() for p in (points, halves))


@given(RADII, ANGLES, st.floats(0.05, 2 * math.pi - 0.05), st.floats(0.05, 0.95), st.booleans())
def test_arc_stays_within_a_centimetre_of_the_circle(radius, start, turn, part, clockwise):
    turn = -turn if clockwise else turn
    a, b, c = on_circle(radius, start, start + turn * part, start + turn)
    points = arc_through(a, b, c)
    assert deviation(points, CENTRE, radius) < 0.01
    assert np.array_equal(points[0], a) and np.array_equal(points[-1], c)
    assert (points == b).all(axis=1).any()
    length = np.hypot(*np.diff(points, axis=0).T).sum()
    assert length == pytest.approx(abs(turn) * radius, rel=0.12)
    assert length <= abs(turn) * radius * (1 + 1e-6) + 1e-6


@given(RADII, ANGLES, st.floats(0.3, 2.5), st.floats(0.3, 2.5))
def test_circle_has_its_area(radius, start, one, two):
    points = circle_through(*on_circle(radius, start, start + one, start + one + two))
    assert deviation(points, CENTRE, radius) < 0.01
    assert np.array_equal(points[0], points[-1])
    ring = shapely.Polygon(points)
    assert ring.is_valid
    assert ring.area == pytest.approx(math.pi * radius**2, abs=2 * math.pi * radius * 0.006 + 1e-6)


@pytest.mark.parametrize("middle", [(5.0, 0.0), (2.0, 0.0), (5.0, 1e-9), (15.0, 0.0)])
def test_points_on_a_line_stay_that_line(middle):
    points = arc_through(np.array([0.0, 0.0]), np.array(middle), np.array([10.0, 0.0]))
    assert points.tolist() == [[0.0, 0.0], list(middle), [10.0, 0.0]]


def test_start_equal_to_end_is_a_whole_circle():
    points = arc_through(np.array([10.0, 0.0]), np.array([-10.0, 0.0]), np.array([10.0, 0.0]))
    assert shapely.Polygon(points).area == pytest.approx(math.pi * 100, rel=1e-3)


def read(body):
    return GmlReader().read(etree.fromstring(f"<holder {GML}>{body}</holder>")[0])


def curve(*segments):
    return f"<gml:Curve><gml:segments>{''.join(segments)}</gml:segments></gml:Curve>"


def surface(ring, holes=""):
    patch = f"<gml:PolygonPatch><gml:exterior>{ring}</gml:exterior>{holes}</gml:PolygonPatch>"
    return f"<gml:Surface><gml:patches>{patch}</gml:patches></gml:Surface>"


def ring(*segments):
    return f"<gml:Ring><gml:curveMember>{curve(*segments)}</gml:curveMember></gml:Ring>"


def linear(text, name="LinearRing"):
    return f"<gml:{name}><gml:posList>{text}</gml:posList></gml:{name}>"


LINE = "<gml:LineStringSegment><gml:posList>{}</gml:posList></gml:LineStringSegment>"
HALF_DISC = "100010 400000 100000 400010 99990 400000"


@pytest.mark.parametrize(
    ("body", "area"),
    [
        (surface(ring(f"<gml:Arc><gml:posList>{HALF_DISC}</gml:posList></gml:Arc>", LINE.format("99990 400000 100010 400000"))), 50 * math.pi),
        # an ArcString of two half circles: the whole disc
        (surface(ring(f"<gml:ArcString><gml:posList>{HALF_DISC} 100000 399990 100010 400000</gml:posList></gml:ArcString>")), 100 * math.pi),
        (surface(ring("<gml:Circle><gml:posList>100010 400000 100000 400010 99990 400000</gml:posList></gml:Circle>")), 100 * math.pi),
        (surface(ring('<gml:CircleByCenterPoint><gml:pos>100000 400000</gml:pos><gml:radius uom="m">10</gml:radius></gml:CircleByCenterPoint>')), 100 * math.pi),
        (surface(ring('<gml:ArcByCenterPoint><gml:pos>100000 400000</gml:pos><gml:radius uom="m">10</gml:radius><gml:startAngle uom="deg">0</gml:startAngle>'
                      '<gml:endAngle uom="deg">180</gml:endAngle></gml:ArcByCenterPoint>', LINE.format("99990 400000 100010 400000"))), 50 * math.pi),
        # a segment written backwards, as some programs do, is turned round
        (surface(ring(f"<gml:Arc><gml:posList>{HALF_DISC}</gml:posList></gml:Arc>", LINE.format("100010 400000 99990 400000"))), 50 * math.pi),
    ],
    ids=("arc", "arc string", "circle", "circle by centre", "arc by centre", "backwards"),
)
def test_round_surfaces_have_their_area(body, area):
    geometry = read(body)
    assert geometry.is_valid
    assert geometry.area == pytest.approx(area, abs=2 * math.pi * 10 * 0.006)
    assert geometry.area < area


SQUARE = "100000 400000 100010 400000 100010 400010 100000 400010 100000 400000"
HOLE = "100002 400002 100002 400004 100004 400004 100004 400002 100002 400002"


@pytest.mark.parametrize(
    ("body", "area"),
    [
        (surface(linear(SQUARE), f"<gml:interior>{linear(HOLE)}</gml:interior>"), 96),
        (f"<gml:Polygon><gml:exterior>{linear(SQUARE)}</gml:exterior></gml:Polygon>", 100),
        # GML 2, with and without a space after the comma
        ("<gml:Polygon><gml:outerBoundaryIs><gml:LinearRing><gml:coordinates>0,0 10,0 10,10 0,10 0,0</gml:coordinates></gml:LinearRing></gml:outerBoundaryIs></gml:Polygon>", 100),
        ("<gml:Polygon><gml:outerBoundaryIs><gml:LinearRing><gml:coordinates>0, 0 10, 0 10, 10 0, 10</gml:coordinates></gml:LinearRing></gml:outerBoundaryIs></gml:Polygon>", 100),
        # three dimensions: declared, and not declared
        (surface('<gml:LinearRing><gml:posList srsDimension="3">100000 400000 1 100010 400000 2 100010 400010 3 100000 400000 1</gml:posList></gml:LinearRing>'), 50),
        (surface(linear("100000 400000 1 100010 400000 2 100010 400010 3 100000 400000 1")), 50),
        (surface("<gml:LinearRing><gml:pos>100000 400000 7.5</gml:pos><gml:pos>100010 400000 7.5</gml:pos><gml:pos>100010 400010 7</gml:pos></gml:LinearRing>"), 50),
        # a bow tie is two triangles once it is made valid
        (surface(linear("0 0 10 10 10 0 0 10 0 0")), 50),
        # two surfaces that overlap are one
        (f"<gml:MultiSurface><gml:surfaceMember>{surface(linear(SQUARE))}</gml:surfaceMember><gml:surfaceMember>{surface(linear(SQUARE))}"
         "</gml:surfaceMember></gml:MultiSurface>", 100),
        (f"<gml:MultiSurface><gml:surfaceMembers>{surface(linear(SQUARE))}{surface(linear(HOLE))}</gml:surfaceMembers></gml:MultiSurface>", 100),
        (f"<gml:CompositeSurface><gml:surfaceMember>{surface(linear(SQUARE))}</gml:surfaceMember></gml:CompositeSurface>", 100),
        (f"<gml:OrientableSurface orientation='-'><gml:baseSurface>{surface(linear(SQUARE))}</gml:baseSurface></gml:OrientableSurface>", 100),
    ],
)
def test_surfaces(body, area):
    geometry = read(body)
    assert geometry.is_valid and not geometry.has_z
    assert geometry.area == pytest.approx(area)


@pytest.mark.parametrize(
    ("body", "kind", "length"),
    [
        (curve(LINE.format("0 0 10 0"), LINE.format("10 0 10 10")), "LineString", 20),
        (linear("0 0 10 0 10 10", "LineString"), "LineString", 20),
        (f"<gml:MultiCurve><gml:curveMember>{linear('0 0 10 0', 'LineString')}</gml:curveMember><gml:curveMember>{linear('0 5 10 5', 'LineString')}"
         "</gml:curveMember></gml:MultiCurve>", "MultiLineString", 20),
        (f"<gml:CompositeCurve><gml:curveMember>{linear('0 0 10 0', 'LineString')}</gml:curveMember><gml:curveMember>{linear('10 0 10 5', 'LineString')}"
         "</gml:curveMember></gml:CompositeCurve>", "LineString", 15),
        ("<gml:Point><gml:pos>1 2 3</gml:pos></gml:Point>", "Point", 0),
        ("<gml:MultiPoint><gml:pointMember><gml:Point><gml:pos>1 2</gml:pos></gml:Point></gml:pointMember></gml:MultiPoint>", "Point", 0),
    ],
)
def test_lines_and_points(body, kind, length):
    geometry = read(body)
    assert (geometry.geom_type, geometry.length) == (kind, pytest.approx(length))


@pytest.mark.parametrize(
    "body",
    [
        "<gml:Polygon/>", "<gml:MultiSurface/>", surface(linear("")), surface(linear("0 0 1 1")), surface(linear("0 0 1 a 2 2")), surface(linear("0 0 nan 1 2 2")),
        surface(linear("0 0 1e300 1 2 2")), surface(linear("0 0 1 1 2")), surface(linear("0 0 1 1 2 2 0 0")), curve("<gml:Clothoid/>"),
        curve("<gml:Arc><gml:posList>0 0 1 1</gml:posList></gml:Arc>"), curve("<gml:Circle><gml:posList>0 0 1 1 2 2</gml:posList></gml:Circle>"),
        "<gml:Solid/>", '<gml:MultiSurface><gml:surfaceMember xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="#none"/></gml:MultiSurface>',
        "<gml:Point><gml:pos>inf 2</gml:pos></gml:Point>",
    ],
)
def test_what_cannot_be_read_is_a_fault_with_a_sentence(body):
    from drieluik.texts import sentence

    with pytest.raises(GmlError) as caught:
        read(body)
    note = caught.value.note("X.1")
    assert "X.1" in sentence(note.code, note.as_dict()) and "?" not in sentence(note.code, note.as_dict())
