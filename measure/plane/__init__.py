"""Geometry that knows no building: planes, cells, sections, solids, rays, grids and distances."""
