"""The services, one adapter a file: each fetches checked answers and writes files that the layers' readers read."""
