"""The words of an answer: yes, no, unknown, numbers, names and places, without the reason that stands beside them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ....model import PART_ROLES, Part
from ....model.numbers import number_in

YES, NO = ("yes", "ja", "true"), ("no", "nee", "false")
DOUBT = frozenset((
    "misschien", "wellicht", "mogelijk", "weet", "idee", "bekend", "onbekend", "onduidelijk", "twijfel", "nvt", "n.v.t.", "n.v.t", "beide", "alles", "geen",
    "niet", "en", "of", "maybe", "perhaps", "possibly", "know", "known", "unknown", "unclear", "unsure", "both", "all", "none", "not", "and", "or", "n/a",
))
"""Words of an answer that names nothing, or more than one thing."""
ALIKE = 0.75
"""From here on two names are so alike that one is a slip of the other: one letter of eight, two of ten."""
ROLES = "roles"
"""The answer that says what parts and objects of a design's file are, each under its own name."""
BESIDE = ("reason", "by", "at")
"""What stands beside an answer and is none."""
UNKNOWN = ("", "unknown", "onbekend", "none", "?")


def value_of(given: Any) -> Any:
    """Return what was answered without what stands beside it: the ``value`` of an answer that has one, else the whole."""
    return given["value"] if isinstance(given, Mapping) and "value" in given else given


def bare(given: Any) -> Any:
    """Return an answer without its reason; yes and no as True and False, unknown as None."""
    value = value_of(given)
    word = str(value).strip().lower() if isinstance(value, (str, bool)) or value is None else ""
    if isinstance(value, bool) or word in YES or word in NO:
        return word in YES
    return None if (isinstance(value, str) or value is None) and word in UNKNOWN else value


def names_another(given: Any, known: Sequence[str]) -> bool:
    """Whether an answer in words names something that is none of the known words, nor a slip, a part or an inflection of one."""
    if not isinstance(given, str):
        return False
    word = " ".join(given.lower().split())
    if not any(sign.isalpha() for sign in word) or DOUBT & set(re.findall(r"[^\s,;/]+", word)):
        return False
    return not any(other in word or word in other or alike(word, [other]) for other in (name.lower() for name in known))


def alike(word: str, known: Sequence[str]) -> str | None:
    """Return which of some words a word is a slip of, None of none."""
    return next(iter(difflib.get_close_matches(word, list(known), 1, ALIKE)), None)


def named_in(given: Any) -> frozenset[str]:
    """Return the names of a list, or of one name that stands alone."""
    if given is None or isinstance(given, Mapping):
        return frozenset()
    return frozenset(str(name) for name in (given if isinstance(given, (list, tuple, set, frozenset)) else (given,)))


def number_given(given: Any) -> float | None:
    """Return the number of an answer, also in words with a decimal comma; None for anything else."""
    return number_in(bare(given))


def is_number(given: Any) -> bool:
    """Whether a value is a finite number."""
    return not isinstance(given, str) and number_in(given) is not None


def roles_told(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was said of each part or object of a design's file, by its name: a role, or a mapping with ``value`` and its own reason, ``by``
    and ``at``. An answer of former versions, with one reason for all, gives it to each."""
    given = answers.get(ROLES)
    if not isinstance(given, Mapping):
        return {}
    beside = {word: given[word] for word in BESIDE if word in given and not isinstance(given[word], Mapping) and str(given[word]) not in PART_ROLES}
    each = given["value"] if isinstance(given.get("value"), Mapping) else {name: said for name, said in given.items() if name not in beside}
    return {str(name): said if isinstance(said, Mapping) or not beside else {"value": said, **beside} for name, said in each.items()}


def told_of(part: Part, told: Mapping[str, Any]) -> Any:
    """Return what was said of one part in ``roles_told``, where it is named by its id, its name or its object; None for nothing."""
    return next((told[name] for name in (part.fid, part.name, part.object) if name and name in told), None)


def is_place(given: Any) -> bool:
    """Whether a value is a place [x, y]."""
    return isinstance(given, (list, tuple)) and len(given) == 2 and all(is_number(part) for part in given)
