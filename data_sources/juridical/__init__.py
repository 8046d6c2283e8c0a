"""Zoning plans."""
