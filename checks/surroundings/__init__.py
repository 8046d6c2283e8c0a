"""Rules about what lies around the plot."""
