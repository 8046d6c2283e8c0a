"""The text of a plan taken apart: plain text with its places, passages under their headings, and what each of them holds."""
