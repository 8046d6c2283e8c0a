"""What QGIS shows: the dock and its steps, map layers, the 3D scene, tasks, the Processing provider."""
