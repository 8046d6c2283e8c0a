"""The designs of a case file: of files, of another design, or a mass; their names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ..model import DesignRequest, Mass, Placement, Variation
from .design.masses import fault_of

PLACEMENT_WORDS = ("easting_m", "northing_m", "rotation_deg", "base_nap_m")
"""As ``Placement`` has them after its method."""
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MADE_OF = ("files", "from", "mass")
BESIDE = {"files": ("unit", "up_axis", "object", "placement"), "from": ("moved_m", "raised_m", "turned_deg", "mirrored_deg", "storeys_factor")}
"""Words of a design that mean nothing but beside another."""
NUMBERS = ("raised_m", "turned_deg", "storeys_factor")
Fail = Callable[..., Exception]


def requests_from(data: Mapping[str, Any], fail: Fail) -> tuple[DesignRequest, ...]:
    """Return the designs of a case; raises what ``fail(code, place, **data)`` makes of the first thing that is wrong."""
    places: list[tuple[str | int, ...]] = [("design",)] if "design" in data else []
    places += [("variants", number) for number in range(len(data.get("variants") or ()))]
    said = [*([data["design"]] if "design" in data else ()), *(data.get("variants") or ())]
    names = _names(said, places, fail)
    found: list[DesignRequest] = []
    for request, name, place in zip(said, names, places):
        _check(request, name, names[: len(found)], place, fail)
        found.append(_design(request, name))
    return tuple(found)


def request_words(request: DesignRequest) -> dict[str, Any]:
    """Return the mapping that a request is read back from."""
    if request.mass is not None:
        words = {word: value for word, value in vars(request.mass).items() if value not in (None, 0) or word == "base_nap_m"}
        return {"name": request.name, "mass": {**words, "outline": [list(point) for point in request.mass.outline]}}
    if request.variation is not None:
        return {"name": request.name, "from": request.variation.of, **dict(_changes(request.variation))}
    return {
        "name": request.name, "files": list(request.files), **({"placement": _placement_words(request.placement)} if request.placement else {}),
        **({"unit": request.unit} if request.unit else {}), **({"up_axis": request.up_axis} if request.up_axis else {}),
        **({"object": list(request.objects)} if request.objects else {}),
    }


def free_name(taken: Sequence[str]) -> str:
    """Return the first name that no design has: A, B ... Z, AA, AB..."""
    return next(name for name in _letters() if name not in taken)


def _letters(before: tuple[str, ...] = ("",)) -> Iterator[str]:
    while True:
        before = tuple(start + letter for start in before for letter in ALPHABET)
        yield from before


def _names(said: Sequence[Mapping[str, Any]], places: Sequence[Sequence[str | int]], fail: Fail) -> list[str]:
    """Return a unique name per design: its own, which is never changed, else the first letter that is free."""
    given = [request["name"] for request in said if request.get("name")]
    for number, request in enumerate(said):
        if request.get("name") and request["name"] in [other.get("name") for other in said[:number]]:
            raise fail("case_name_twice", places[number], name=request["name"])
    names: list[str] = []
    for request in said:
        names.append(request.get("name") or free_name([*given, *names]))
    return names


def _check(request: Mapping[str, Any], name: str, before: Sequence[str], place: Sequence[str | int], fail: Fail) -> None:
    """Raise what is wrong with what a design is made of."""
    if sum(word in request for word in MADE_OF) != 1:
        raise fail("case_made_of", place, name=name)
    for beside, words in BESIDE.items():
        strange = next((word for word in words if word in request), "")
        if strange and beside not in request:
            raise fail("case_word_alone", (*place, strange), name=name, word=strange, beside=beside)
    if "from" in request and request["from"] not in before:
        raise fail("case_from_unknown", (*place, "from"), name=name, of=request["from"], known=", ".join(before) or "–")
    wrong = fault_of(_mass(request["mass"])) if "mass" in request else ""
    if wrong:
        raise fail("case_mass_wrong", (*place, "mass"), name=name, why=wrong)


def _design(request: Mapping[str, Any], name: str) -> DesignRequest:
    if "mass" in request:
        return DesignRequest((), name, mass=_mass(request["mass"]))
    if "from" in request:
        east, north = map(float, request.get("moved_m") or (0.0, 0.0))
        numbers = {word: float(request[word]) for word in (*NUMBERS, "mirrored_deg") if word in request}
        return DesignRequest((), name, variation=Variation(request["from"], east, north, **numbers))
    words = request.get("placement")
    placement = None
    if words:
        east, north, turn, base = (float(words.get(word, 0.0)) for word in PLACEMENT_WORDS)
        placement = Placement("case", east, north, turn, base)
    given = request.get("object") or ()
    objects = (given,) if isinstance(given, str) else tuple(given)
    return DesignRequest(tuple(request["files"]), name, placement, request.get("unit", ""), request.get("up_axis", ""), objects)


def _mass(words: Mapping[str, Any]) -> Mass:
    numbers = {word: float(words[word]) for word in ("storey_height_m", "height_m", "eaves_m", "ridge_deg") if word in words}
    outline = tuple((float(x), float(y)) for x, y in words["outline"])
    return Mass(outline, float(words["base_nap_m"]), words["roof"], int(words.get("storeys", 0)), **numbers)


def _changes(how: Variation) -> Iterator[tuple[str, Any]]:
    if how.east_m or how.north_m:
        yield "moved_m", [how.east_m, how.north_m]
    for word in NUMBERS:
        if getattr(how, word) != getattr(Variation(how.of), word):
            yield word, getattr(how, word)
    if how.mirrored_deg is not None:
        yield "mirrored_deg", how.mirrored_deg


def _placement_words(placement: Placement) -> dict[str, float]:
    return {word: getattr(placement, word) for word in PLACEMENT_WORDS}
