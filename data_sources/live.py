"""The live way in: which services give a layer, asked or taken from the cache."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..errors import SourceError
from ..model import Note, SiteRequest
from .services.adapters import ahn_service as ahn
from .services.adapters import bgt_service as bgt
from .services.adapters import dso_service as dso
from .services.adapters import ihr_service as ihr
from .services.adapters import kadaster, plan_wms, three_d_bag
from .services.cache import Cache, Entry, default_folder
from .services.endpoints import Endpoint, Endpoints, endpoints_in_force
from .services.responses import Box
from .services.transport import Client, Policy, Transport, never

Written = tuple[list[Path], tuple[Note, ...]]
Fetch = Callable[..., Written]
"""``fetch(client, endpoints, box, folder)``, of a dated service with the date behind it."""

EVERYWHERE: Box = (0.0, 0.0, 0.0, 0.0)
"""The box of an answer that is of no place: the text of a plan."""
PLAN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
"""The id of a plan that this service has (IMRO); no other word becomes a part of an address."""
FRESH_DAYS = 7.0
"""A kept answer younger than this is used without asking again; BAG and BRK change daily, AHN yearly. ``refresh`` asks anew."""


@dataclass(frozen=True)
class Service:
    """A door to a layer: the key of its endpoint, and ``fetch(client, endpoints, box, folder)``, which writes checked files.

    ``exact_box``: the answer depends on where the box lies, so a larger kept box cannot serve a smaller one. ``dated``: it depends on the date of the
    application too.
    """

    endpoint: str
    fetch: Fetch
    exact_box: bool = False
    dated: bool = False


def _one(key: str, fetch: Callable[[Client, Endpoint, Box, Path], Written], exact_box: bool = False) -> Service:
    return Service(key, lambda client, endpoints, box, folder: fetch(client, endpoints[key], box, folder), exact_box)


def _dso(client: Client, endpoints: Endpoints, box: Box, folder: Path, on: str) -> Written:
    return dso.fetch_dso(client, endpoints["dso"], endpoints["dso_geometry"], box, folder, on)


SERVICES: Mapping[str, tuple[tuple[Service, ...], ...]] = {
    "plans": ((_one("ihr", ihr.fetch_ihr), _one("plan_wms", plan_wms.fetch_plans, exact_box=True)), (Service("dso", _dso, dated=True),)),
    "bag": ((_one("bag_wfs", kadaster.fetch_bag_wfs), _one("bag_ogc", kadaster.fetch_bag_ogc)),),
    "parcels": ((_one("brk_ogc", kadaster.fetch_parcels_ogc), _one("brk_wfs", kadaster.fetch_parcels_wfs)),),
    "bgt": ((_one("bgt_ogc", bgt.fetch_bgt), _one("bgt_download", bgt.fetch_bgt_download)),),
    "terrain": ((_one("ahn_wcs", ahn.fetch_terrain),),),
    "buildings3d": ((_one("buildings3d", three_d_bag.fetch_buildings3d),),),
}
"""Per layer its parts, each asked for itself; per part the doors to it, the first that answers is used. The point cloud has no
service of its own: AHN's tiles are gigabytes, so it comes from files."""


def nothing(_endpoint: Endpoint, _entry: Entry) -> None:
    """Take an answer, and do nothing with it."""


@dataclass(frozen=True)
class Live:
    """The services within reach; ``on``: the date of the application; ``taken(endpoint, entry)`` is told each answer that is used.
    Without a transport, or ``offline``, only the cache answers."""

    transport: Transport | None = None
    endpoints: Endpoints = field(default_factory=Endpoints)
    cache: Cache = field(default_factory=lambda: Cache(default_folder()))
    policy: Policy = field(default_factory=Policy)
    offline: bool = False
    refresh: bool = False
    on: str = ""
    taken: Callable[[Endpoint, Entry], None] = nothing

    def client(self, cancelled: Callable[[], bool] = never) -> Client | None:
        """Return the questions of one loading; None when nothing may be asked."""
        return None if self.offline or self.transport is None else Client(self.transport, self.policy, cancelled)

    def entry(self, client: Client | None, service: Service, box: Box) -> tuple[Entry, tuple[Note, ...]]:
        """Return the answer for a box, kept or asked now, and remarks on its age, and tell that it is ``taken``; raises ``SourceError``."""
        found, notes = self._entry(client, service, box)
        self.taken(self._kept_as(service), found)
        return found, notes

    def _entry(self, client: Client | None, service: Service, box: Box) -> tuple[Entry, tuple[Note, ...]]:
        endpoint = self.endpoints[service.endpoint]
        kept = self.kept(service, box)
        if client is None:
            if kept is None:
                raise SourceError("service_not_kept", service=endpoint.name)
            return kept, from_cache(endpoint, kept)
        if kept is not None and kept.age_days() < FRESH_DAYS and not self.refresh:
            return kept, from_cache(endpoint, kept)
        date = (self.on,) if service.dated else ()
        asked = self.cache.store(self._kept_as(service), box, lambda folder: service.fetch(client, self.endpoints, box, folder, *date))
        return asked, ()

    def _kept_as(self, service: Service) -> Endpoint:
        """Return the endpoint of a service as its answers are kept: those for another day are other answers."""
        endpoint = self.endpoints[service.endpoint]
        return replace(endpoint, url=f"{endpoint.url}#{self.on}") if service.dated and self.on and endpoint.url else endpoint

    def text_entry(self, plan_id: str, fetch: Callable[[Client, Endpoint, str, Path], list[Path]]) -> Entry:
        """Return the text of a plan, kept or asked now; raises ``SourceError``."""
        endpoint = self.endpoints["ihr"]
        if not PLAN_ID.fullmatch(plan_id):
            raise SourceError("plan_text_none", plan=plan_id)
        own = replace(endpoint, url=f"{endpoint.url}/plannen/{plan_id}/teksten") if endpoint.url else endpoint
        there = replace(self, endpoints=Endpoints({"ihr": own}))
        service = Service("ihr", lambda client, _, box, folder: (fetch(client, own, plan_id, folder), ()), exact_box=True)
        client = self.client()
        if client is not None and not endpoint.asked and there.kept(service, EVERYWHERE) is None:
            raise SourceError(endpoint.silence, service=endpoint.name, variable=endpoint.key_variable)
        return there.entry(client if endpoint.asked else None, service, EVERYWHERE)[0]

    def kept(self, service: Service, box: Box) -> Entry | None:
        """Return the answer that the cache holds for a box, however old."""
        endpoint = self._kept_as(service)
        return self.cache.find(endpoint, box, service.exact_box) if endpoint.url else None

    def older(self, service: Service, box: Box) -> tuple[Note, ...]:
        """Return a remark that an older answer is kept, for a service that failed just now."""
        kept = self.kept(service, box)
        return (Note.of("service_older_is_kept", service=self.endpoints[service.endpoint].name, date=kept.date),) if kept else ()


def from_cache(endpoint: Endpoint, entry: Entry) -> tuple[Note, ...]:
    """Return the remark "from cache of 12 March", and one that the answer is old."""
    age = entry.age_days()
    notes = (Note.of("service_from_cache", service=endpoint.name, date=entry.date),)
    return notes if age < FRESH_DAYS else (*notes, Note.of("service_cache_old", service=endpoint.name, days=int(age)))


@contextlib.contextmanager
def open_live(
    endpoints: Endpoints | None = None, cache: Path | None = None, offline: bool = False, refresh: bool = False,
    timeout_s: float | None = None,
) -> Iterator[Live]:
    """Yield the services over httpx, for outside QGIS; raises ``SourceError`` when that library is not there."""
    table = endpoints or endpoints_in_force()
    kept = Cache(cache or default_folder())
    policy = Policy(timeout_s=timeout_s)
    if offline:
        yield Live(None, table, kept, policy, offline=True)
        return
    try:
        from .services.http_transport import HttpTransport
    except ImportError as reason:
        raise SourceError("service_no_library", details=str(reason)) from reason
    with HttpTransport() as transport:
        yield Live(transport, table, kept, policy, refresh=refresh)


@contextlib.contextmanager
def services_for(request: SiteRequest, live: Live | None = None) -> Iterator[Live | None]:
    """Yield the services that a site needs: those given (with the addresses that the case overrules), else over httpx; None when
    every layer comes from a file."""
    if all(key in request.sources for key in SERVICES):
        yield None
    elif live is not None:
        yield replace(live, endpoints=live.endpoints.of_case(request.endpoints))
    else:
        with open_live(endpoints_in_force().of_case(request.endpoints)) as opened:
            yield opened
