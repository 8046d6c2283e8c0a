"""The box of the Dutch RD grid (EPSG:28992), metres."""

RD_WEST, RD_EAST, RD_SOUTH, RD_NORTH = 0.0, 300_000.0, 300_000.0, 650_000.0


def in_rd(x: float, y: float) -> bool:
    """Whether (x, y) lies in the box of the Dutch RD grid."""
    return RD_WEST < x < RD_EAST and RD_SOUTH < y < RD_NORTH
