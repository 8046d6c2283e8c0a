"""What is not settled: points, the words of an answer, and how a reading settles them."""
