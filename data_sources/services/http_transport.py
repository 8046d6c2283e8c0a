"""The transport outside QGIS, on httpx: the only file that imports it.

Proxies come from the environment (HTTP_PROXY, HTTPS_PROXY, NO_PROXY); certificate authorities from SSL_CERT_FILE,
REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE, else the system's own store, where an organisation keeps its root certificate.
"""

from __future__ import annotations

import os
import ssl
import time
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from ...errors import CancelledError
from .transport import Answer, TransportFailure

CA_VARIABLES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
CONNECT_S = 10.0


def certificates() -> ssl.SSLContext:
    """Return the trust of this machine."""
    named = next((os.environ[name] for name in CA_VARIABLES if os.path.isfile(os.environ.get(name, ""))), None)
    return ssl.create_default_context(cafile=named)


class HttpTransport:
    """A pool of kept-open connections; one serves a whole loading and is closed with it."""

    def __init__(self) -> None:
        self._client = httpx.Client(verify=certificates(), follow_redirects=False)

    def __enter__(self) -> HttpTransport:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def request(
        self, method: str, url: str, params: Mapping[str, Any] | None, headers: Mapping[str, str], body: bytes | None,
        timeout_s: float, max_bytes: int, cancelled: Callable[[], bool],
    ) -> Answer:
        """See ``Transport.request``."""
        deadline = time.monotonic() + timeout_s
        limits = httpx.Timeout(timeout_s, connect=min(timeout_s, CONNECT_S))
        try:
            with self._client.stream(method, url, params=params, headers=headers, content=body, timeout=limits) as response:
                received = _received(response, deadline, max_bytes, cancelled)
        except httpx.TimeoutException as reason:
            raise TransportFailure("timeout", str(reason)) from reason
        except httpx.DecodingError as reason:
            raise TransportFailure("gzip", str(reason)) from reason
        except (httpx.RemoteProtocolError, httpx.ReadError) as reason:
            raise TransportFailure("cut_off", str(reason)) from reason
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as reason:
            tls = "certificate" in str(reason).lower() or "ssl" in str(reason).lower()
            raise TransportFailure("tls" if tls else "unreachable", str(reason)) from reason
        return Answer(response.status_code, {k.lower(): v for k, v in response.headers.items()}, received, str(response.url))


def _received(response: httpx.Response, deadline: float, max_bytes: int, cancelled: Callable[[], bool]) -> bytes:
    """Return the whole body, watching clock, size and the user's wish between the pieces as they come in."""
    pieces, size = [], 0
    for piece in response.iter_bytes():
        size += len(piece)
        pieces.append(piece)
        if cancelled():
            raise CancelledError
        if size > max_bytes:
            raise TransportFailure("too_large", f"{size} bytes")
        if time.monotonic() > deadline:
            raise TransportFailure("slow", f"{size} bytes came in")
    return b"".join(pieces)
