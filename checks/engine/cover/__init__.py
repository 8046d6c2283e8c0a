"""Is the plan covered: what became of every part of it and of every rule, and the conclusion over all of them."""
