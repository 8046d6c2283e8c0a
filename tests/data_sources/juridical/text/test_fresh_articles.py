"""Articles in the manner of Dutch plans that were written, with their norms, before the reader was made to read tables and floor areas. The first three were
looked at since (``SEEN``); of the last three only the figures were.

    python tests/data_sources/juridical/text/test_fresh_articles.py     # prints per article: norms read right / said / there; --all: what is missed and too much
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

import pytest

from drieluik.data_sources.juridical.text.reading_text import read_text
from drieluik.model.plan_words import OBJECT_KINDS

SEEN = ("wonen dorp", "gemengd kern", "agrarisch zones")
ARTICLES = Path(__file__).with_name("fresh_articles.txt")


def articles():
    """Return {name: (text, norms)}; a norm is (kind of thing, quantity, operator, value, second value, unit, power)."""
    found = {}
    for block in ARTICLES.read_text(encoding="utf-8").split("==== ")[1:]:
        name, _, rest = block.partition("\n")
        lines = rest.splitlines()
        text = "\n".join(line for line in lines if not line.startswith("-> "))
        found[name] = (text, [_by_hand(line[3:]) for line in lines if line.startswith("-> ")])
    return found


def _by_hand(line):
    thing, size, *power = (part.strip() for part in line.split(";"))
    quantity, operator, *rest = size.split()
    numbers = [float(word) for word in rest if word[0].isdigit()]
    unit = rest[-1] if numbers else None
    return (kind(thing), quantity, operator, *(*numbers, None, None)[:2], unit, bool(power))


def kind(thing):
    """Things that a verdict treats alike are one: a word of ours, else our kind of object."""
    return thing if thing in ("overkapping", "dakkapel", "erfafscheiding", "bouwwerk", "gebouw") else OBJECT_KINDS.get(thing, thing)


def read(text):
    """Return the norms that the reader finds, in the same form."""
    return [(kind(one.object), one.quantity, one.operator, one.value, one.value2, one.unit, one.power) for one in read_text(text).clauses]


def score(text, truth):
    """Return (right, what is missed, what is too much)."""
    found, there = Counter(read(text)), Counter(truth)
    return sum((found & there).values()), list((there - found).elements()), list((found - there).elements())


FRESH = articles()


def shares(names):
    counts = [score(*FRESH[name]) for name in names]
    right = sum(one for one, _, _ in counts)
    return right / (right + sum(len(extra) for *_, extra in counts)), right / sum(len(FRESH[name][1]) for name in names)


@pytest.mark.parametrize(("names", "least"), [(SEEN, 0.95), ([name for name in FRESH if name not in SEEN], 0.80)], ids=["seen", "held out"])
def test_norms_with_their_thing_are_right(names, least):
    assert min(shares(names)) >= least


@pytest.mark.parametrize("name", FRESH)
def test_no_size_of_an_article_is_lost(name):
    text, _ = FRESH[name]
    found = read_text(text)
    held = [(one.start, one.end) for one in (*found.clauses, *found.measuring, *found.unread)]
    for size in re.finditer(r"\d+(?:[.,]\d+)*(?=\s?(?:m|m²|m³|%|°)(?![a-z]))", text):
        assert any(start <= size.start() and size.end() <= end for start, end in held), size.group()


def test_a_floor_area_is_never_an_area_of_the_plot():
    for words in ("een bruto vloeroppervlak van ten hoogste 300 m²", "maximaal 300 m² bvo", "ten hoogste 300 m² aan bedrijfsvloeroppervlakte", "een oppervlakte van ten hoogste 300 m2 b.v.o."):
        [one] = read_text(f"4.2 Winkels\nPer winkel is toegestaan: {words}.\n").clauses
        assert (one.quantity, one.value) == ("vloeroppervlakte", 300.0), words


def test_a_power_is_about_the_thing_of_the_norm_that_it_names():
    text = "4.2.1 Bouwen\na. de oppervlakte van silo's is ten hoogste 90 m2;\n4.3 Afwijken\nHet bevoegd gezag kan afwijken van 4.2.1 onder a voor een oppervlakte van ten hoogste 120 m2.\n"
    assert [(one.object, one.value, one.power) for one in read_text(text).clauses if one.value] == [("silo", 90.0, False), ("silo", 120.0, True)]


if __name__ == "__main__":
    totals = Counter()
    for title, (written, norms) in FRESH.items():
        right, missed, extra = score(written, norms)
        totals += Counter(right=right, said=right + len(extra), there=len(norms))
        print(f"{title}: {right} right of {right + len(extra)} said and {len(norms)} there")
        if "--all" in sys.argv:
            for sign, group in (("-", missed), ("+", extra)):
                for one in group:
                    print("   ", sign, one)
    print(f"all: precision {totals['right'] / totals['said']:.1%}, recall {totals['right'] / totals['there']:.1%}")
