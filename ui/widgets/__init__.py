"""Words, and the small fields that steps and panels are made of."""
