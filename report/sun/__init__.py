"""The sun study as pages, charts, maps and layers."""
