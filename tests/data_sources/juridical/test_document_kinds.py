"""The kinds of documents, and their effects against each other; against the published lists they are held in ``published/test_lists.py``."""

import pytest

from drieluik.data_sources.juridical import document_kinds as kinds
from drieluik.data_sources.juridical.document_kinds import KNOWN, STOP_KINDS, kind_of

EFFECTS = (kinds.BINDS, kinds.ALSO_HOLDS, kinds.NOTICES, kinds.HITS, kinds.PERMITS, kinds.INFORMS)


def test_no_kind_has_two_effects():
    every = [kind for effect in EFFECTS for kind in effect]
    assert sorted(set(every)) == sorted(every)


def test_every_kind_of_the_list_of_stop_has_an_effect():
    assert not set(STOP_KINDS.values()) - KNOWN
    assert [kind_of(f"/join/id/stop/{code}", "een ander woord") for code in STOP_KINDS] == list(STOP_KINDS.values())


@pytest.mark.parametrize(("code", "word", "kind"), [
    ("", "Omgevingsplanregels projectbesluit", "omgevingsplanregels uit projectbesluit"), ("gemeentelijk plan; bestemmingsplan artikel 10", "", "bestemmingsplan"),
    ("regelingtype_099", "Iets Nieuws", "iets nieuws"), ("", "", ""),
])
def test_a_word_stands_where_no_list_has_the_code(code, word, kind):
    assert kind_of(code, word) == kind
