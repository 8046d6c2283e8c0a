"""The kinds of documents against the published lists, where they are at hand, and their effects against each other."""

import json

import pytest

from drieluik.data_sources.juridical import document_kinds as kinds
from drieluik.data_sources.juridical.document_kinds import KNOWN, SAME, STOP_KINDS, changes_the_other, kind_of

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


@pytest.fixture
def lists(shared):
    folder = shared / "data" / "codelists"
    if not folder.is_dir():
        pytest.skip("the published lists stand beside the project, not in it; the tests above hold our own tables against each other")
    return lambda name: json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))["items"]


def test_the_list_of_stop_is_ours(lists):
    assert {item["code"]: item["label"].lower() for item in lists("stop_soortregeling")} == STOP_KINDS


def test_every_published_kind_of_plan_has_an_effect(lists):
    codes = {item["code"].lower() for name in ("imro_typeplan", "ihr_plantypes") for item in lists(name)}
    assert {kind_of(code) for code in codes} - KNOWN == {"gemeentelijk plan"}  # which kind of plan that is, only the plan says


def test_roles_of_references_change_as_the_list_says(lists):
    told = {"changes": True, "does not change": False}
    for item in lists("imro_rolexternplan"):
        if item["changes_the_other"] in told:
            assert changes_the_other(item["code"]) is told[item["changes_the_other"]], item["code"]


def test_words_of_the_ihr_mean_the_kind_that_the_list_says(lists):
    assert {item["code"]: item["same_kind_as"] for item in lists("ihr_plantypes") if item["code"] in SAME} == {
        code: kind for code, kind in SAME.items() if code.startswith("gemeentelijk")
    }
