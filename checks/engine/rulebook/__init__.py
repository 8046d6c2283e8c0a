"""Rules among each other: from when they hold, which goes before which, and whether a file's own tests come true."""
