"""The text of plans: a deterministic reader that turns articles into proposed norms and ways of measuring; ``reading_text.read_text`` is the door."""
