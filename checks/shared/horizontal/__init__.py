"""What checks of areas and distances share: the plot, its sides, what is built on it."""
