"""What is at work: the session with its case, and the tasks and services that fill it."""
