"""Bodies of a design: taken apart, measured in metres, mended, and carried from the child process."""
