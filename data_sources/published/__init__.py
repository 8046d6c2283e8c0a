"""The published code lists that documents and registers are written in, as data: each with its source, its version and the day it was read."""
