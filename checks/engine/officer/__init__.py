"""What an officer said: the answers and decisions of a case, and what of them still holds."""
