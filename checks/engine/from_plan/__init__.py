"""From a plan to rules: what its map says, and what its text says of how to measure."""
