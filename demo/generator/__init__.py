"""Makes the demo: an invented neighbourhood and an invented house, written in the formats of the real sources."""
