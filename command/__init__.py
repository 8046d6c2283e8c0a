"""The command line's own rooms."""
