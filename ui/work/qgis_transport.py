"""The transport inside QGIS: proxy, certificates, authentication (``authcfg``) and network log are the user's own.

``QgsBlockingNetworkRequest`` has no time-out of its own for an answer that keeps dripping, and in a thread that Qt did not start
its timers and its cancelling are not reliable. So every question is asked in a ``QThread``, and who asked it watches the clock,
the bytes and the user, and goes on even when the request does not end.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from qgis.core import QgsBlockingNetworkRequest, QgsFeedback, QgsNetworkAccessManager
from qgis.PyQt.QtCore import QByteArray, QThread, QUrl, QUrlQuery
from qgis.PyQt.QtNetwork import QNetworkReply, QNetworkRequest

from ...data_sources.services.endpoints import AUTHCFG_HEADER
from ...data_sources.services.transport import Answer, TransportFailure
from ...errors import CancelledError
from ..map.compat import manual_redirects, reply_attribute

WATCH_MS, GRACE_MS = 50, 300


class QgisTransport:
    """See ``data_sources.transport.Transport``."""

    def request(
        self, method: str, url: str, params: Mapping[str, Any] | None, headers: Mapping[str, str], body: bytes | None,
        timeout_s: float, max_bytes: int, cancelled: Callable[[], bool],
    ) -> Answer:
        """Return the answer of any status; raises ``TransportFailure`` or ``CancelledError``."""
        request = QNetworkRequest(address(url, params))
        manual_redirects(request)
        request.setAttribute(OURS, True)
        for name, value in headers.items():
            if name not in (AUTHCFG_HEADER, "Accept-Encoding"):  # Qt unpacks only what it asked for itself
                request.setRawHeader(name.encode(), value.encode())
        question = Question(request, headers.get(AUTHCFG_HEADER, ""), body if method == "POST" else None)
        watch(question, timeout_s, max_bytes, cancelled)
        reply, outcome = question.reply, question.outcome
        if reply is None:
            raise TransportFailure("unreachable", question.message)
        if reply.attribute(reply_attribute("SourceIsFromCacheAttribute")):
            raise TransportFailure("failing", "QGIS's cache answered in place of the server")  # another plugin asked the same before
        status = reply.attribute(reply_attribute("HttpStatusCodeAttribute"))
        empty = reply.error() == QNetworkReply.NetworkError.NoError and not bytes(reply.content())  # QGIS calls this an error
        if status is None or (outcome != QgsBlockingNetworkRequest.ErrorCode.NoError and int(status) < 300 and not empty):
            raise failure_of(reply, question.message)
        named = {bytes(name).decode("latin-1").lower(): bytes(reply.rawHeader(name)).decode("latin-1") for name in reply.rawHeaderList()}
        content = bytes(reply.content())
        if len(content) > max_bytes:
            raise TransportFailure("too_large", f"{len(content)} bytes")
        refuse_short(named, content)
        return Answer(int(status), named, content, request.url().toString())


class Question(QThread):
    """One request in a thread of Qt's; ``body`` is posted when there is one. ``received`` counts the bytes that came in."""

    def __init__(self, request: QNetworkRequest, authcfg: str, body: bytes | None) -> None:
        super().__init__()
        self._request, self._authcfg, self._body = request, authcfg, body
        self.feedback = QgsFeedback()
        self.received = 0
        self.reply: Any = None
        self.outcome: Any = None
        self.message = ""

    def run(self) -> None:
        """Ask, and keep what came back; an exception must never leave this method, since QGIS would end."""
        try:
            self._ask()
        except Exception as error:
            self.message = f"{type(error).__name__}: {error}"

    def _ask(self) -> None:
        blocking = QgsBlockingNetworkRequest()
        blocking.setAuthCfg(self._authcfg)
        blocking.downloadProgress.connect(lambda received, _total: self._count(received))  # a method of this object would run in its maker's thread
        if self._body is None:
            self.outcome = blocking.get(self._request, True, self.feedback)
        else:
            self.outcome = blocking.post(self._request, QByteArray(self._body), True, self.feedback)
        self.reply, self.message = blocking.reply(), blocking.errorMessage()
        blocking.downloadProgress.disconnect()

    def _count(self, received: int) -> None:
        self.received = received


LOCK = threading.Lock()
UNENDED: list[Question] = []
"""Questions that did not end when they were told to: a thread must not be thrown away while it runs."""


def watch(question: Question, timeout_s: float, max_bytes: int, cancelled: Callable[[], bool]) -> None:
    """Start a question and wait for its end; ends it on the clock, on its size and when the user stops, and then raises."""
    with LOCK:
        UNENDED[:] = [old for old in UNENDED if not old.isFinished()]
    end = time.monotonic() + timeout_s
    question.start()
    while not question.wait(WATCH_MS):
        stopped = cancelled()
        late = time.monotonic() > end
        if not (stopped or late or question.received > max_bytes):
            continue
        question.feedback.cancel()
        if not question.wait(GRACE_MS):
            with LOCK:
                UNENDED.append(question)
        if stopped:
            raise CancelledError
        if late:
            raise TransportFailure("slow" if question.received else "timeout")
        raise TransportFailure("too_large", f"{question.received} bytes")


OURS = QNetworkRequest.Attribute.UserMax
"""Marks our requests for QGIS's network manager; the highest number that applications may give, so that it is none of QGIS's own."""


def keep_nothing() -> str:
    """Let QGIS keep no answer to our questions in its own cache; return the name under which ``keep_again`` ends that. On the main thread.

    Qt would give a kept answer, with status 200, in place of a server's error. What was fetched before, and from when it is, stands in
    ``data_sources.cache``. An answer is not taken out of QGIS's cache afterwards: PyQt keeps the GIL while it waits for that cache, who has
    the cache may wait for a lock of Qt's, and who has that one waits for the GIL; then all of QGIS stands still.
    """
    return str(QgsNetworkAccessManager.setRequestPreprocessor(_not_kept))


def keep_again(name: str) -> None:
    """End what ``keep_nothing`` began."""
    QgsNetworkAccessManager.removeRequestPreprocessor(name)


def _not_kept(request: QNetworkRequest) -> None:
    if request.attribute(OURS):
        request.setAttribute(reply_attribute("CacheSaveControlAttribute"), False)


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
    if promised.isascii() and promised.isdigit() and "content-encoding" not in headers and len(content) < int(promised):
        raise TransportFailure("cut_off", f"{len(content)} of {promised} bytes")
