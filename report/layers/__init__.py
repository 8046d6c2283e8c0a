"""The layers of a review, for QGIS."""
