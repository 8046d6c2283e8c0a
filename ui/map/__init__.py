"""What stands on QGIS's map and in its 3D view: layers, marks, tools."""
