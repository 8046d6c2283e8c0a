"""What pages, pictures and layers share: words about findings, rows of plans, the record."""
