"""Readers of design files, one a format."""
