"""The transport outside QGIS, on httpx: the only file that imports it.

Proxies come from the environment (HTTP_PROXY, HTTPS_PROXY, NO_PROXY); certificate authorities from SSL_CERT_FILE,
REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE, else the system's own store, where an organisation keeps its root certificate.
"""

from __future__ import annotations

import os
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import httpx

from ...errors import CancelledError
from .transport import Answer, TransportFailure

CA_VARIABLES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
CONNECT_S = 10.0
GRACE_S = 0.3
"""The library's own clock goes first: it knows whether nothing came or too little."""
WATCH_S = 0.05
PIECE = 1 << 20


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
        question = _Question(lambda stopped: self._ask(method, url, params, headers, body, timeout_s, max_bytes, stopped))
        question.start()
        end = time.monotonic() + timeout_s + GRACE_S
        while question.is_alive():
            question.join(WATCH_S)
            if not question.is_alive():
                break
            if cancelled():
                question.stop.set()
                raise CancelledError
            if time.monotonic() > end:
                question.stop.set()
                raise TransportFailure("slow", "headers without end")
        return question.outcome()

    def _ask(
        self, method: str, url: str, params: Mapping[str, Any] | None, headers: Mapping[str, str], body: bytes | None,
        timeout_s: float, max_bytes: int, stopped: Callable[[], bool],
    ) -> Answer:
        deadline = time.monotonic() + timeout_s
        limits = httpx.Timeout(timeout_s, connect=min(timeout_s, CONNECT_S))
        try:
            with self._client.stream(method, url, params=params, headers=headers, content=body, timeout=limits) as response:
                received = _received(response, deadline, max_bytes, stopped)
        except httpx.TimeoutException as reason:
            raise TransportFailure("timeout", str(reason)) from reason
        except (httpx.DecodingError, zlib.error) as reason:
            raise TransportFailure("gzip", str(reason)) from reason
        except (httpx.RemoteProtocolError, httpx.ReadError) as reason:
            raise TransportFailure("cut_off", str(reason)) from reason
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as reason:
            tls = "certificate" in str(reason).lower() or "ssl" in str(reason).lower()
            raise TransportFailure("tls" if tls else "unreachable", str(reason)) from reason
        return Answer(response.status_code, {k.lower(): v for k, v in response.headers.items()}, received, str(response.url))


class _Question(threading.Thread):
    """One request in a thread of its own: a server that keeps sending headers, a byte at a time or one interim answer after another, is never silent long
    enough for the library's clock. Who asked goes on without it; it ends with the server's last word, or with the connections."""

    def __init__(self, ask: Callable[[Callable[[], bool]], Answer]) -> None:
        super().__init__(daemon=True)
        self._ask, self.stop = ask, threading.Event()
        self._answer: Answer | None = None
        self._error: BaseException | None = None

    def run(self) -> None:
        """Ask, and keep what came of it."""
        try:
            self._answer = self._ask(self.stop.is_set)
        except BaseException as error:
            self._error = error

    def outcome(self) -> Answer:
        """Return the answer, or raise what was raised."""
        if self._answer is None:
            raise self._error or TransportFailure("unreachable")
        return self._answer


def _received(response: httpx.Response, deadline: float, max_bytes: int, stopped: Callable[[], bool]) -> bytes:
    """Return the whole body, watching clock, size and the user's wish between the pieces as they come in and are unpacked."""
    pieces, size = [], 0
    for piece in _unpacked(response):
        size += len(piece)
        pieces.append(piece)
        if stopped():
            raise CancelledError
        if size > max_bytes:
            raise TransportFailure("too_large", f"{size} bytes")
        if time.monotonic() > deadline:
            raise TransportFailure("slow", f"{size} bytes came in")
    return b"".join(pieces)


def _unpacked(response: httpx.Response) -> Iterator[bytes]:
    """Yield the body in pieces of at most ``PIECE`` bytes. One layer of packing is undone; no service packs twice, and each layer makes a byte a thousand."""
    packed = [word for part in response.headers.get("content-encoding", "").lower().split(",") if (word := part.strip()) not in ("", "identity")]
    if packed not in ([], ["gzip"], ["x-gzip"], ["deflate"]):
        raise TransportFailure("gzip", f"Content-Encoding: {', '.join(packed)}"[:200])
    unpacker = None
    for raw in response.iter_raw():
        if not packed:
            yield raw
            continue
        unpacker = unpacker or zlib.decompressobj(_kind(packed[0], raw))
        left = raw
        while left and not unpacker.eof:
            yield unpacker.decompress(left, PIECE)
            left = unpacker.unconsumed_tail
        if unpacker.eof and (left or unpacker.unused_data):
            raise TransportFailure("gzip", "something stands behind its end")
    if unpacker is not None and not unpacker.eof:
        raise TransportFailure("gzip", "ends halfway")


def _kind(word: str, start: bytes) -> int:
    """Return how zlib is told the form: gzip, or deflate with its head of two bytes (RFC 1950), which some servers leave out."""
    if word != "deflate":
        return 16 + zlib.MAX_WBITS
    headed = len(start) > 1 and start[0] & 0x0F == zlib.DEFLATED and (start[0] * 256 + start[1]) % 31 == 0
    return zlib.MAX_WBITS if headed else -zlib.MAX_WBITS
