"""Readers of file formats that several worlds use."""
