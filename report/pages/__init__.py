"""The report laid out: one neutral document, as HTML and as PDF."""
