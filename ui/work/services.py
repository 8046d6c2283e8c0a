"""The live services inside QGIS: over QGIS's own network classes, with the addresses and keys of the options page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qgis.core import QgsSettings

from ...data_sources.live import Live, nothing
from ...data_sources.services.cache import Cache, Entry, default_folder
from ...data_sources.services.case_cache import CaseCache, wherever
from ...data_sources.services.endpoints import ENDPOINTS, Endpoint, Endpoints, endpoints_in_force
from .qgis_transport import QgisTransport

GROUP = "drieluik"


def live(offline: bool = False, refresh: bool = False, taken: Callable[[Endpoint, Entry], None] = nothing) -> Live:
    """Return the services within reach; raises ``CaseError`` when an address in the settings is none."""
    return Live(QgisTransport(), endpoints(), Cache(cache_folder()), offline=offline, refresh=refresh, taken=taken)


def live_of_case(surroundings: Path) -> Live:
    """Return what a case keeps of the services: nothing is asked."""
    return Live(None, wherever(endpoints()), CaseCache(surroundings), offline=True)


def endpoints() -> Endpoints:
    """Return the table of services with what the options page overrules."""
    urls = {endpoint.key: stored(endpoint.key, "url") for endpoint in ENDPOINTS}
    keys = {endpoint.key: stored(endpoint.key, "authcfg") for endpoint in ENDPOINTS}
    table = endpoints_in_force().with_overrides({key: url for key, url in urls.items() if url})
    return table.with_authcfg({key: authcfg for key, authcfg in keys.items() if authcfg})


def stored(key: str, what: str) -> str:
    """Return the ``url`` or ``authcfg`` that the options page keeps for a service, '' for none."""
    return str(QgsSettings().value(f"{GROUP}/endpoints/{key}/{what}", "") or "")


def store(key: str, what: str, value: str) -> None:
    """Keep the ``url`` or ``authcfg`` of a service; '' forgets it."""
    path = f"{GROUP}/endpoints/{key}/{what}"
    if value:
        QgsSettings().setValue(path, value)
    else:
        QgsSettings().remove(path)


def cache_folder() -> Path:
    """Return the folder in which answers of services are kept."""
    chosen = str(QgsSettings().value(f"{GROUP}/cache", "") or "")
    return Path(chosen) if chosen else default_folder()


def store_cache_folder(folder: str) -> None:
    """Keep answers in another folder; '' for the usual one."""
    QgsSettings().setValue(f"{GROUP}/cache", folder)


def officer_name() -> str:
    """Return the name under which the officer's answers and decisions are kept, '' while none was given."""
    return str(QgsSettings().value(f"{GROUP}/officer", "") or "").strip()


def store_officer_name(name: str) -> None:
    """Keep the officer's name; '' forgets it."""
    QgsSettings().setValue(f"{GROUP}/officer", name.strip())


def officer_function() -> str:
    """Return the officer's function, '' while none was given."""
    return str(QgsSettings().value(f"{GROUP}/officer_function", "") or "").strip()


def store_officer_function(function: str) -> None:
    """Keep the officer's function; '' forgets it."""
    QgsSettings().setValue(f"{GROUP}/officer_function", function.strip())


def letter_template() -> Path | None:
    """Return the template of the advice letter (ODT), None for the plain letter."""
    path = str(QgsSettings().value(f"{GROUP}/letter_template", "") or "").strip()
    return Path(path) if path else None


def store_letter_template(path: str) -> None:
    """Keep where the template of the advice letter stands; '' for the plain letter."""
    QgsSettings().setValue(f"{GROUP}/letter_template", path.strip())


def officer_words() -> str:
    """Return name and function, as they stand with answers and decisions; '' while no name was given."""
    return ", ".join(word for word in (officer_name(), officer_function()) if word) if officer_name() else ""
