"""Rule files and measuring profiles, read and checked."""
