"""Numbers that YAML reads as others than people mean: 010 is eight, 1:40 a hundred, 1,40 the number 1 and the word 40 inside braces.

Such a word stays the text that it is. Where a number is asked, or would do, it is refused with the right spelling; an id may be written so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

TAG = "!odd-number"
WRITTEN = re.compile(
    r"[-+]?(?:0\d{1,8}(?:\.\d*)?|\d[\d_]*(?::[0-5]?\d)+(?:\.\d*)?|\d+,\d+|\d[\d_]*_[\d_]*(?:\.\d*)?|0x[0-9a-fA-F_]+|0b[01_]+|0o[0-7]+)"
)
"""Numbers in another writing than plain decimals. What begins with 0 and has ten digits and more is the number of a register: text."""
WHOLE = re.compile(r"[-+]?(?:0|[1-9]\d*)")
DECIMAL = re.compile(r"[-+]?(?:(?:0|[1-9]\d*)?\.\d+|(?:0|[1-9]\d*)\.)(?:[eE][-+]?\d+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
SIGNS = "-+0123456789."
TEXTS = ("id", "version")
"""Keys whose words are text, although a number is taken too."""


class OddNumber(str):
    """A word that looks like a number and is none to people and YAML alike; else it is text as any other."""

    __slots__ = ()

    @property
    def right(self) -> str:
        """How the number is written that was probably meant."""
        bare = self.replace("_", "")
        if re.match(r"[-+]?0[xbo]", bare):
            return str(int(bare, 0))
        whole, mark, rest = re.sub(r"[,:]", ".", bare, count=1).partition(".")
        sign = whole[0] if whole[:1] in ("-", "+") else ""
        return f"{sign}{whole.lstrip('+-').lstrip('0') or '0'}{mark}{rest}"


def strict(known: Mapping[str, Sequence[tuple[str, Any]]]) -> dict[str, list[tuple[str, Any]]]:
    """Return the resolvers of a loader (first letter -> tag and pattern) in which only plain decimals are numbers."""
    numbers = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
    kept = {first: [(tag, pattern) for tag, pattern in found if tag not in numbers] for first, found in known.items()}
    for first in SIGNS:
        kept[first] = [(TAG, _whole(WRITTEN)), (numbers[0], _whole(WHOLE)), (numbers[1], _whole(DECIMAL)), *kept.get(first, [])]
    return kept


def _whole(pattern: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile(f"(?:{pattern.pattern})$")


def construct(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> OddNumber:
    """Return the value of a word with the tag."""
    return OddNumber(loader.construct_scalar(node))


yaml.SafeDumper.add_representer(OddNumber, lambda dumper, word: dumper.represent_scalar("tag:yaml.org,2002:str", str(word), style="'"))


def odd_numbers(data: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], OddNumber]]:
    """Yield the places (keys and indexes) of such words, but for those that are an id."""
    if isinstance(data, OddNumber):
        if next((step for step in reversed(at) if isinstance(step, str)), "") not in TEXTS:
            yield at, data
    elif isinstance(data, dict):
        for key, item in data.items():
            yield from odd_numbers(item, (*at, key))
    elif isinstance(data, list):
        for number, item in enumerate(data):
            yield from odd_numbers(item, (*at, number))


def split_by_comma(data: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Yield what a decimal comma inside braces made of a number: the place, the key of the number and the number as it is written."""
    if isinstance(data, dict):
        before = ""
        for key, item in data.items():
            if re.fullmatch(r"\d+", key) and item is None and isinstance(data.get(before), int) and not isinstance(data.get(before), bool):
                yield (*at, key), before, f"{data[before]}.{key}"
            before = key
            yield from split_by_comma(item, (*at, key))
    elif isinstance(data, list):
        for number, item in enumerate(data):
            yield from split_by_comma(item, (*at, number))


def put(data: Any, at: Sequence[str | int], value: Any) -> Any:
    """Return data with another value at a place."""
    if not at:
        return value
    step, *rest = at
    if isinstance(data, dict):
        return {**data, step: put(data[step], rest, value)}
    return [put(item, rest, value) if number == step else item for number, item in enumerate(data)]
