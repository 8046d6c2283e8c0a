"""What a check says of itself: below the engine, which reads it."""
