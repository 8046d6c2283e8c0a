"""Addresses and parcels by name: PDOK Locatieserver v3_1 (suggest, lookup, free, reverse).

The service always returns its best guess, also for an address that does not exist ("9999ZZ 1" gives a street in Maastricht): every
result says how it matches what was typed, and only an exact match may be taken without the user's word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ....errors import SourceError
from ...formats.rd_box import in_rd
from ..endpoints import Endpoint
from ..responses import json_of, member
from ..transport import Client

POSTCODE = re.compile(r"\b([1-9]\d{3})\s*([A-Za-z]{2})\b")
NUMBER = re.compile(r"(?<![\w-])(\d{1,5})\s*([A-Za-z]?)(?:\s*-?\s*([0-9]{1,4}|[A-Za-z]{1,4}|bis))?(?![\w])")
PARCEL = re.compile(r"\b([A-Za-z]{3}\d{2})[\s-]*([A-Za-z]{1,2})[\s-]*(\d{1,5})\b")
POINT = re.compile(r"POINT\(([-\d.]+) ([-\d.]+)\)")


@dataclass(frozen=True)
class Match:
    """A place that the service found: ``kind`` adres | perceel | weg | postcode | woonplaats..., (x, y) RD or None.

    ``differs`` names what does not agree with what was typed (postcode, huisnummer, straat, woonplaats, perceel, kind); an exact
    match has none. ``distance_m`` only for ``reverse``. ``parcels`` are designations of linked parcels (EHV04-B-1234).
    """

    id: str
    kind: str
    text: str
    x: float | None = None
    y: float | None = None
    score: float = 0.0
    differs: tuple[str, ...] = ()
    distance_m: float | None = None
    address_id: str = ""
    parcels: tuple[str, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether this is what was typed, and not a guess."""
        return not self.differs and self.kind in ("adres", "perceel") and self.x is not None


def suggest(client: Client, endpoint: Endpoint, typed: str, rows: int = 8) -> tuple[Match, ...]:
    """Return what the user may mean while typing; a suggestion has no place yet (``lookup``)."""
    return _asked(client, endpoint, "suggest", {"q": typed, "rows": rows, "fq": "type:(adres OR perceel OR weg OR postcode OR woonplaats)"}, typed)


def only_exact(client: Client, endpoint: Endpoint, typed: str) -> Match:
    """Return the one place that is exactly what was typed; raises ``SourceError`` that lists what was found instead."""
    found = free(client, endpoint, typed)
    exact = [match for match in found if match.exact]
    if len(exact) == 1:
        return exact[0]
    if not found:
        raise SourceError("site_address_none", typed=typed)
    listed = "; ".join(match.text for match in (exact or found)[:3])
    raise SourceError("site_address_several" if exact else "site_address_guess", typed=typed, found=listed)


def lookup(client: Client, endpoint: Endpoint, identity: str) -> Match | None:
    """Return the place of a suggestion, or None when the service no longer knows it."""
    found = _asked(client, endpoint, "lookup", {"id": identity, "fl": "*"})
    return found[0] if found else None


def free(client: Client, endpoint: Endpoint, typed: str, rows: int = 10) -> tuple[Match, ...]:
    """Return addresses (or parcels, when a parcel's designation was typed) for a text, exact matches first."""
    kind = "perceel" if parcel_code(typed) else "adres"
    found = _asked(client, endpoint, "free", {"q": typed, "fq": f"type:{kind}", "fl": "*", "rows": rows}, typed)
    return tuple(sorted(found, key=lambda match: not match.exact))


def reverse(client: Client, endpoint: Endpoint, x: float, y: float, kind: str = "adres", rows: int = 5) -> tuple[Match, ...]:
    """Return what lies nearest to a place in RD, nearest first."""
    found = _asked(client, endpoint, "reverse", {"X": f"{x:.3f}", "Y": f"{y:.3f}", "type": kind, "rows": rows, "fl": "*"})
    return tuple(sorted(found, key=lambda match: match.distance_m if match.distance_m is not None else float("inf")))


def parcel(client: Client, endpoint: Endpoint, designation: str) -> tuple[Match, ...]:
    """Return the parcels for a designation such as ``EHV04-B-1234``; exact matches first."""
    found = _asked(client, endpoint, "free", {"q": designation, "fq": "type:perceel", "fl": "*", "rows": 10}, designation)
    return tuple(sorted(found, key=lambda match: not match.exact))


def _asked(client: Client, endpoint: Endpoint, question: str, params: Mapping[str, Any], typed: str = "") -> tuple[Match, ...]:
    data = json_of(endpoint, client.ask(endpoint, f"{endpoint.url}/{question}", params))
    response = member(endpoint, data, "response", dict)
    documents = member(endpoint, response, "docs", list)
    return tuple(_match(endpoint, document, typed) for document in documents)


def _match(endpoint: Endpoint, document: Any, typed: str) -> Match:
    if not isinstance(document, dict) or not document.get("id"):
        raise SourceError("service_other_shape", service=endpoint.name, missing="id")
    place = POINT.match(str(document.get("centroide_rd", "")))
    x, y = (float(place.group(1)), float(place.group(2))) if place else (None, None)
    if x is not None and y is not None and not in_rd(x, y):
        raise SourceError("service_not_rd", service=endpoint.name, x=x, y=y)
    linked = document.get("gekoppeld_perceel") or ()
    distance = document.get("afstand")
    return Match(
        id=str(document["id"]), kind=str(document.get("type", "")), text=str(document.get("weergavenaam", "")), x=x, y=y,
        score=float(document.get("score") or 0.0), differs=differences(document, typed) if typed else (),
        distance_m=None if distance is None else float(distance), address_id=str(document.get("adresseerbaarobject_id", "")),
        parcels=tuple(str(one) for one in ([linked] if isinstance(linked, str) else linked)),
    )


def parcel_code(typed: str) -> str:
    """Return the designation in a text as ``EHV04-B-1234``, '' when there is none."""
    found = PARCEL.search(typed)
    return f"{found.group(1).upper()}-{found.group(2).upper()}-{int(found.group(3))}" if found else ""


def differences(document: Mapping[str, Any], typed: str) -> tuple[str, ...]:
    """Return what of the typed text the result contradicts or leaves unsaid."""
    code = parcel_code(typed)
    if code:
        named = [str(document.get("kadastrale_gemeentecode", "")), str(document.get("kadastrale_sectie", "")), str(document.get("perceelnummer", ""))]
        same = "-".join(named).upper() == code or parcel_code(str(document.get("weergavenaam", ""))) == code
        return () if same else ("perceel",)
    if document.get("type") not in (None, "adres"):
        return ("type",)
    differs = []
    postcode = POSTCODE.search(typed)
    rest = POSTCODE.sub(" ", typed)
    if postcode and (postcode.group(1) + postcode.group(2)).upper() != str(document.get("postcode", "")).replace(" ", "").upper():
        differs.append("postcode")
    number = NUMBER.search(rest)
    wanted = tuple((part or "").lower() for part in number.groups()) if number else ()
    got = tuple(str(document.get(key) or "").lower() for key in ("huisnummer", "huisletter", "huisnummertoevoeging"))
    if not _same_number(wanted, got):
        differs.append("huisnummer")
    words = _words(NUMBER.sub(" ", rest, count=1))
    known = _words(" ".join(str(document.get(key, "")) for key in ("straatnaam", "woonplaatsnaam", "gemeentenaam", "provincienaam")))
    if words - known or not (postcode or words):
        differs.append("naam")
    return tuple(differs)


def _words(text: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[^\W\d_]{3,}", text)}


def _same_number(wanted: tuple[str, ...], got: tuple[str, ...]) -> bool:
    """Whether the typed house number, letter and addition are those of the result; ``12-A`` may be a letter or an addition."""
    if not wanted or wanted[0] != got[0]:
        return False
    return "".join(wanted[1:]) == "".join(got[1:])
