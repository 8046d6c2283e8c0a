"""Where QGIS itself meets Drieluik: its locator bar, its options, its processing toolbox, and what is not installed."""
