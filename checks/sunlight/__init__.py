"""Sun: hours on facades, and whether a study is needed."""
