"""Zoning plans and omgevingsplannen from files, in one internal form; ``reader.read_plan`` is the door."""
