"""The services and their addresses: one table. An address that moved is one line here, or an override.

An override comes from a case (``site.endpoints``), the command line (``--endpoint NAME=URL``), a YAML file named by the
environment variable DRIELUIK_ENDPOINTS, or the options page; ``none`` switches a service off. Keys are never stored here:
an endpoint names the environment variable that holds its key; inside QGIS the authentication store (``authcfg``) has it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ...errors import CaseError
from ..formats.validation import nearest, read_yaml

ENVIRONMENT = "DRIELUIK_ENDPOINTS"


@dataclass(frozen=True)
class Endpoint:
    """One service. ``url`` has no trailing slash, '' when switched off; ``at_once`` questions at the same time per host;
    ``key_header`` is the header that carries the key in the environment variable ``key_variable``; ``key_home`` the server (scheme, host and port)
    that the key was entered for, '' where the service itself stands."""

    key: str
    name: str
    url: str
    timeout_s: float = 30.0
    at_once: int = 4
    key_header: str = ""
    key_variable: str = ""
    authcfg: str = ""
    key_home: str = ""

    def headers(self, url: str) -> dict[str, str]:
        """Return the headers that carry the key to an address; empty when the service needs none, the key is not there, or it was not entered for that
        server. A key travels over https only, or stays on this computer."""
        home = self.key_home or origin(self.url)
        return self._keys() if origin(url) == home and SAFE.match(home) else {}

    def _keys(self) -> dict[str, str]:
        key = os.environ.get(self.key_variable, "") if self.key_variable else ""
        headers = {self.key_header: key} if key else {}
        return {**headers, **({AUTHCFG_HEADER: self.authcfg} if self.authcfg else {})}

    @property
    def asked(self) -> bool:
        """Whether the service can be asked: it has an address, and its key when it needs one."""
        return bool(self.url) and (not self.key_variable or bool(self.headers(self.url)))

    @property
    def silence(self) -> str:
        """The code of the note that says why it is not asked."""
        if not self.url:
            return "service_off"
        return "service_key_elsewhere" if self._keys() else "service_without_key"


SAFE = re.compile(r"https://|http://(localhost|127\.0\.0\.1|\[::1\])(:|$)")
"""Servers to which nobody on the way can read a key."""
AUTHCFG_HEADER = "Drieluik-Authcfg"
"""Tells QGIS's transport which entry of its authentication store to use; never sent."""

DSO = "https://service.omgevingswet.overheid.nl/publiek/omgevingsdocumenten/api"
ENDPOINTS = (
    Endpoint("locatieserver", "PDOK Locatieserver", "https://api.pdok.nl/bzk/locatieserver/search/v3_1", timeout_s=10.0),
    Endpoint("bgt_ogc", "BGT (OGC API van PDOK)", "https://api.pdok.nl/lv/bgt/ogc/v1"),
    Endpoint("bgt_download", "BGT-download (PDOK)", "https://api.pdok.nl/lv/bgt/download/v1_0", timeout_s=60.0),
    Endpoint("bag_wfs", "BAG (WFS van PDOK)", "https://service.pdok.nl/lv/bag/wfs/v2_0"),
    Endpoint("bag_ogc", "BAG (OGC API van PDOK)", "https://api.pdok.nl/kadaster/bag/ogc/v2"),
    Endpoint("brk_ogc", "BRK Kadastrale kaart (OGC API van PDOK)", "https://api.pdok.nl/kadaster/brk-kadastrale-kaart/ogc/v1"),
    Endpoint("brk_wfs", "BRK Kadastrale kaart (WFS van PDOK)", "https://service.pdok.nl/kadaster/kadastralekaart/wfs/v5_0"),
    Endpoint("plan_wms", "Ruimtelijke plannen (WMS van PDOK)", "https://service.pdok.nl/kadaster/ruimtelijke-plannen/wms/v1_0"),
    Endpoint(
        "ihr", "Ruimtelijke plannen (IHR, Kadaster)", "https://ruimte.omgevingswet.overheid.nl/ruimtelijke-plannen/api/opvragen/v4",
        key_header="X-Api-Key", key_variable="DRIELUIK_IHR_KEY",
    ),
    Endpoint("dso", "DSO Presenteren", f"{DSO}/presenteren/v8", key_header="x-api-key", key_variable="DRIELUIK_DSO_KEY"),
    Endpoint("dso_geometry", "DSO Geometrie", f"{DSO}/geometrieopvragen/v1", key_header="x-api-key", key_variable="DRIELUIK_DSO_KEY"),
    Endpoint("ahn_wcs", "AHN (WCS van PDOK)", "https://service.pdok.nl/rws/ahn/wcs/v1_0", timeout_s=60.0),
    Endpoint("buildings3d", "3DBAG", "https://api.3dbag.nl/collections/pand/items", timeout_s=120.0, at_once=3),
)

RETIRED = (
    "geodata.nationaalgeoregister.nl", "afnemers.ruimtelijkeplannen.nl", "ns_hwh.fundaments.nl",
    "service.pdok.nl/kadaster/plu/wms/v2_0", "service.pdok.nl/kadaster/plu/wms/v3_0",
    "service.omgevingswet.overheid.nl/publiek/omgevingsdocumenten/api/presenteren/v7",
)
"""Hosts, or hosts with a path, that were switched off; older settings and plugins still name them."""


def retired_host(url: str) -> str:
    """Return the retired host (with path) that an address starts with, or ''."""
    bare = re.sub(r"^[a-zA-Z]+://", "", url).lower()
    return next((host for host in RETIRED if bare == host or bare.startswith((f"{host}/", f"{host}?", f"{host}:"))), "")


def origin(url: str) -> str:
    """Return scheme, host and port of an address."""
    found = re.match(r"[a-zA-Z]+://[^/?#]*", url)
    return found.group(0).lower() if found else ""


@dataclass(frozen=True)
class Endpoints:
    """The table in force."""

    table: Mapping[str, Endpoint] = field(default_factory=lambda: {endpoint.key: endpoint for endpoint in ENDPOINTS})

    def __getitem__(self, key: str) -> Endpoint:
        return self.table[key]

    def with_overrides(self, overrides: Mapping[str, str]) -> Endpoints:
        """Return the table with other addresses by key, as the user of this computer gives them: keys go along. Raises ``CaseError`` for an unknown
        key or what is no address."""
        table = dict(self.table)
        for key, url in overrides.items():
            if key not in table:
                raise CaseError("service_unknown_endpoint", key=key, nearest=nearest(key, table))
            if url != "none" and not re.match(r"https?://[^/\s]+", str(url)):
                raise CaseError("service_no_address", key=key, url=str(url))
            table[key] = replace(table[key], url="" if url == "none" else str(url).rstrip("/"))
        return Endpoints(table)

    def of_case(self, overrides: Mapping[str, str]) -> Endpoints:
        """Return the table with the addresses that a case names, which may come from anyone: a key stays with the server it was entered for, and what
        is switched off here stays off. Raises ``CaseError`` as ``with_overrides``."""
        given = self.with_overrides(overrides).table
        kept = {key: one for key, one in self.table.items() if not one.url}
        moved = {key: replace(given[key], key_home=one.key_home or origin(one.url)) for key, one in self.table.items() if one.url}
        return Endpoints({**kept, **moved})

    def with_authcfg(self, authcfgs: Mapping[str, str]) -> Endpoints:
        """Return the table in which services take their key from QGIS's authentication store; key -> authcfg id."""
        return Endpoints({key: replace(endpoint, authcfg=authcfgs.get(key, endpoint.authcfg)) for key, endpoint in self.table.items()})


def endpoints_in_force() -> Endpoints:
    """Return the table with the overrides of the environment's file; raises ``CaseError`` when that file is wrong."""
    path = os.environ.get(ENVIRONMENT, "")
    if not path:
        return Endpoints()
    overrides, _ = read_yaml(Path(path), CaseError, "endpoints")
    if not isinstance(overrides, dict):
        raise CaseError("endpoints_not_yaml", path=path, line=1, problem="")
    return Endpoints().with_overrides({str(key): str(url) for key, url in overrides.items()})
