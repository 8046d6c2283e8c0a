"""A case as a folder that cannot be lost: ``CaseFolder`` in ``folder.py`` is the door."""
