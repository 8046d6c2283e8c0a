"""One adapter for each kind of service: its questions and its answers."""
