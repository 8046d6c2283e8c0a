"""The transport inside QGIS: proxy, certificates, authentication (``authcfg``) and network log are the user's own.

``QgsBlockingNetworkRequest`` may be used in any thread but must be watched from another: it has no time-out of its own for an
answer that keeps dripping, so a watcher ends it (``QgsFeedback``) on the clock, on too many bytes, and when the user stops.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from qgis.core import QgsBlockingNetworkRequest, QgsFeedback, QgsNetworkAccessManager
from qgis.PyQt.QtCore import QByteArray, QUrl, QUrlQuery
from qgis.PyQt.QtNetwork import QNetworkReply, QNetworkRequest

from ..data_sources.endpoints import AUTHCFG_HEADER
from ..data_sources.transport import Answer, TransportFailure
from ..errors import CancelledError
from .compat import manual_redirects, reply_attribute

WATCH_S = 0.05


class QgisTransport:
    """See ``data_sources.transport.Transport``."""

    def request(
        self, method: str, url: str, params: Mapping[str, Any] | None, headers: Mapping[str, str], body: bytes | None,
        timeout_s: float, max_bytes: int, cancelled: Callable[[], bool],
    ) -> Answer:
        """Return the answer of any status; raises ``TransportFailure`` or ``CancelledError``."""
        request = QNetworkRequest(address(url, params))
        manual_redirects(request)
        for name, value in headers.items():
            if name not in (AUTHCFG_HEADER, "Accept-Encoding"):  # Qt unpacks only what it asked for itself
                request.setRawHeader(name.encode(), value.encode())
        forget(request.url())
        blocking = QgsBlockingNetworkRequest()
        blocking.setAuthCfg(headers.get(AUTHCFG_HEADER, ""))
        with Watcher(timeout_s, cancelled) as watcher:
            blocking.downloadProgress.connect(lambda received, _total: watcher.received(received, max_bytes))
            if method == "POST":
                outcome = blocking.post(request, QByteArray(body or b""), True, watcher.feedback)
            else:
                outcome = blocking.get(request, True, watcher.feedback)
        watcher.complain()
        reply = blocking.reply()
        status = reply.attribute(reply_attribute("HttpStatusCodeAttribute"))
        empty = reply.error() == QNetworkReply.NetworkError.NoError and not bytes(reply.content())  # QGIS calls this an error
        if status is None or (outcome != QgsBlockingNetworkRequest.ErrorCode.NoError and int(status) < 300 and not empty):
            raise failure_of(reply, blocking.errorMessage())
        named = {bytes(name).decode("latin-1").lower(): bytes(reply.rawHeader(name)).decode("latin-1") for name in reply.rawHeaderList()}
        content = bytes(reply.content())
        if len(content) > max_bytes:
            raise TransportFailure("too_large", f"{len(content)} bytes")
        refuse_short(named, content)
        return Answer(int(status), named, content, request.url().toString())


class Watcher:
    """Ends a request from beside it: on the clock, on its size, and when the user stops; remembers why."""

    def __init__(self, timeout_s: float, cancelled: Callable[[], bool]) -> None:
        self.feedback = QgsFeedback()
        self.why = ""
        self._any = False
        self._cancelled = cancelled
        self._end = time.monotonic() + timeout_s
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Watcher:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def received(self, count: int, most: int) -> None:
        """Take note of how much came in."""
        self._any = self._any or count > 0
        if count > most:
            self._stop("too_large")

    def complain(self) -> None:
        """Raise what ended the request, if the watcher did."""
        if self.why == "cancelled":
            raise CancelledError
        if self.why:
            raise TransportFailure("slow" if self.why == "timeout" and self._any else self.why)

    def _watch(self) -> None:
        while not self._done.wait(WATCH_S):
            if self._cancelled():
                return self._stop("cancelled")
            if time.monotonic() > self._end:
                return self._stop("timeout")
        return None

    def _stop(self, why: str) -> None:
        self.why = self.why or why
        self.feedback.cancel()


def forget(url: QUrl) -> None:
    """Take an earlier answer out of QGIS's own cache: Qt would give it, with status 200, in place of a server's error.

    What was fetched before, and from when it is, stands in ``data_sources.cache``.
    """
    cache = QgsNetworkAccessManager.instance().cache()
    if cache is not None:
        cache.remove(url)


def address(url: str, params: Mapping[str, Any] | None) -> QUrl:
    """Return the address with its question, encoded once."""
    target = QUrl.fromEncoded(url.encode())
    if params:
        query = QUrlQuery(target)
        for name, value in params.items():
            query.addQueryItem(name, bytes(QUrl.toPercentEncoding(str(value))).decode())
        target.setQuery(query)
    return target


def failure_of(reply: Any, message: str) -> TransportFailure:
    """Return the failure for a reply without a usable answer, in the words that both transports share."""
    error = QNetworkReply.NetworkError
    kinds = {
        error.TimeoutError: "timeout", error.SslHandshakeFailedError: "tls", error.RemoteHostClosedError: "cut_off",
        error.OperationCanceledError: "timeout", error.ProtocolFailure: "cut_off", error.UnknownContentError: "gzip",
    }
    packed = any(bytes(name).lower() == b"content-encoding" for name in reply.rawHeaderList())
    kind = kinds.get(reply.error(), "unreachable")
    if reply.error() in (error.ProtocolUnknownError, error.TooManyRedirectsError) or "redirect" in message.lower():
        kind = "redirect_loop"
    return TransportFailure("gzip" if packed and reply.error() != error.RemoteHostClosedError else kind, f"{reply.error()}: {message}")


def refuse_short(headers: Mapping[str, str], content: bytes) -> None:
    """Raise ``TransportFailure`` when fewer bytes came than were promised; Qt 5 does not always say so itself."""
    promised = headers.get("content-length", "")
    if promised.isdigit() and "content-encoding" not in headers and len(content) < int(promised):
        raise TransportFailure("cut_off", f"{len(content)} of {promised} bytes")
