"""What was typed after ``drieluik site``: layers, addresses of services, the place."""

from __future__ import annotations

from collections.abc import Sequence

from ..data_sources.formats.rd_box import in_rd
from ..data_sources.formats.validation import nearest
from ..data_sources.live import Live
from ..data_sources.services.adapters.locatieserver import only_exact
from ..data_sources.services.endpoints import Endpoints, endpoints_in_force
from ..data_sources.site_loading import SOURCE_KEYS
from ..errors import CaseError, SourceError, UsageError
from ..model import SiteRequest

RADIUS_MAX_M = 2000.0


def pairs(typed: Sequence[str], option: str) -> list[tuple[str, str]]:
    """Return NAME=VALUE words as pairs; raises ``UsageError``."""
    found = []
    for word in typed:
        name, equals, value = word.partition("=")
        if not (name and equals and value):
            raise UsageError("site_from_wrong", option=option, value=word)
        found.append((name.strip(), value.strip()))
    return found


def sources_from(typed: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the sources of a case for ``--from KEY=FILE``; a key given again adds a file, ``none`` stands for not asked."""
    sources: dict[str, tuple[str, ...]] = {}
    for key, value in pairs(typed, "from"):
        if key not in SOURCE_KEYS:
            raise UsageError("site_unknown_layer", key=key, nearest=nearest(key, SOURCE_KEYS))
        sources[key] = sources.get(key, ()) + (() if value == "none" else (value,))
    return sources


def endpoints_from(typed: Sequence[str]) -> Endpoints:
    """Return the table of services with ``--endpoint NAME=URL`` in it."""
    table = endpoints_in_force()
    try:
        return table.with_overrides(dict(pairs(typed, "endpoint")))
    except CaseError as error:
        raise UsageError(error.code, **error.data) from error


def place_from(at: str, address: str, radius_m: float, sources: dict[str, tuple[str, ...]], live: Live) -> SiteRequest:
    """Return the request for ``--at`` or ``--address``; a guessed address raises ``SourceError``, never is taken."""
    if not 0 < radius_m <= RADIUS_MAX_M:
        raise UsageError("site_radius_wrong")
    if at:
        return SiteRequest(rd_place(at), radius_m, sources, address)
    if not address:
        raise UsageError("site_no_place")
    endpoint = live.endpoints["locatieserver"]
    client = live.client()
    if client is None:
        raise SourceError("service_not_kept", service=endpoint.name)
    if not endpoint.asked:
        raise SourceError("service_off", service=endpoint.name)
    found = only_exact(client, endpoint, address)
    return SiteRequest((found.x or 0.0, found.y or 0.0), radius_m, sources, found.text)


def rd_place(typed: str) -> tuple[float, float]:
    """Return ``X,Y`` as RD metres; raises ``UsageError``."""
    words = typed.split(",")
    try:
        x, y = (float(word) for word in words)
    except ValueError:
        raise UsageError("site_at_wrong") from None
    if not in_rd(x, y):
        raise UsageError("site_at_not_rd", x=x, y=y)
    return x, y
