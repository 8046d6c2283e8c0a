"""BGT, terrain, point clouds, 3D buildings."""
