"""The plan measured: peil, which areas govern, what may be built, limits that are a surface."""
