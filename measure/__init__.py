"""How things are measured ("wijze van meten"): pure functions over arrays and shapely geometries, metres RD + NAP."""
