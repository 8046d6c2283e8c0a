"""What comes in: the case, the three worlds around a plot, rule files and designs."""
