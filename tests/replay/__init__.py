"""A loopback server that speaks the Dutch services' shapes from invented data, and misbehaves when told."""
