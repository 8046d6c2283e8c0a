"""How a rule is judged: where it applies, against which limit, in which readings, and what follows from it."""
