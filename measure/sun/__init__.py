"""Sun and shadow: where the sun stands, who is judged, what stands in the way."""

from .possible_sun import sun_minutes

__all__ = ["sun_minutes"]
