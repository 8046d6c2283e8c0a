"""How a question reaches a service and its answer comes back: one protocol, and the policy that holds for every service.

A ``Transport`` moves one request and one answer and knows nothing of maps: ``http_transport.py`` on httpx, ``ui/work/qgis_transport.py``
on QGIS's network classes. A ``Client`` puts the policy round it: time-outs, tries with back-off (RFC 9110 sections 10.2.3 and
15.5-15.6: Retry-After, 429, 5xx), redirects, questions at once per host, bytes, cancelling. Both are safe in threads.
"""

from __future__ import annotations

import email.utils
import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from ...errors import CancelledError, SourceError
from .endpoints import Endpoint, origin, retired_host

LOG = logging.getLogger(__name__)
USER_AGENT = "Drieluik (QGIS plugin for permit checks)"
AGAIN = (429, 500, 502, 503, 504)
"""Statuses after which the same question may succeed a little later."""
PASSING = ("timeout", "cut_off", "failing")
"""Failures after which the same question may succeed."""
REDIRECTS = (301, 302, 303, 307, 308)
STATUS_CODES = {
    400: "service_question_refused", 401: "service_key_missing", 403: "service_forbidden", 404: "service_not_found",
    406: "service_question_refused", 410: "service_retired", 413: "service_question_refused", 414: "service_question_refused",
    422: "service_question_refused", 429: "service_too_busy", 500: "service_internal_error", 502: "service_gateway",
    503: "service_unavailable", 504: "service_gateway_timeout",
}
MB = 1_000_000

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True)
class Answer:
    """What came back: ``headers`` with lower-case names, ``body`` as sent after Content-Encoding is undone."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str


class TransportFailure(Exception):  # noqa: N818 - a fact between a transport and the client, never shown
    """No usable answer; ``kind``: unreachable | timeout | slow | cut_off | gzip | too_large |
    tls | redirect_loop | failing (an error of the server of which no more is known)."""

    def __init__(self, kind: str, details: str = "") -> None:
        super().__init__(f"{kind}: {details}")
        self.kind, self.details = kind, details


class Transport(Protocol):
    """Moves one request; does not retry and does not follow redirects."""

    def request(
        self, method: str, url: str, params: Mapping[str, Any] | None, headers: Mapping[str, str], body: bytes | None,
        timeout_s: float, max_bytes: int, cancelled: Callable[[], bool],
    ) -> Answer:
        """Return the answer of any status.

        Raises ``TransportFailure``; also when the whole answer is not there after ``timeout_s`` (a slow drip), when it has more
        than ``max_bytes``, and ``CancelledError`` soon after ``cancelled()`` becomes true.
        """


@dataclass(frozen=True)
class Policy:
    """Limits that hold for every service; seconds and bytes. ``timeout_s`` overrules the time-out of every endpoint."""

    tries: int = 3
    backoff_s: float = 0.5
    retry_after_max_s: float = 15.0
    redirects: int = 5
    pages: int = 200
    answer_bytes: int = 100 * MB
    total_bytes: int = 600 * MB
    timeout_s: float | None = None


def never() -> bool:
    """Nobody cancels."""
    return False


@dataclass
class Client:
    """The questions of one loading. ``bytes_in`` and ``waited_s`` (summed over threads) say what it cost."""

    transport: Transport
    policy: Policy = Policy()
    cancelled: Callable[[], bool] = never
    bytes_in: int = 0
    waited_s: float = 0.0
    questions: int = 0
    _hosts: dict[str, threading.BoundedSemaphore] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(
        self, endpoint: Endpoint, url: str, params: Mapping[str, Any] | None = None, method: str = "GET", body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Return an answer of status 2xx; raises ``SourceError`` with one sentence that names the service, or ``CancelledError``."""
        refuse_retired(endpoint, url)
        timeout_s = self.policy.timeout_s or endpoint.timeout_s
        given_up = time.monotonic() + 2 * timeout_s
        attempt = 0
        while True:
            last = attempt + 1 >= self.policy.tries or time.monotonic() > given_up
            pause = self.policy.backoff_s * 2**attempt
            attempt += 1
            try:
                answer = self._follow(endpoint, method, url, params, headers, body, timeout_s)
            except TransportFailure as failure:
                LOG.info("%s %s: %s", method, url, failure)
                if failure.kind not in PASSING or last:
                    raise self._failed(endpoint, failure, url, timeout_s) from failure
            else:
                if answer.status < 300:
                    return answer
                LOG.info("%s %s: status %s", method, answer.url, answer.status)
                if answer.status not in AGAIN or last:
                    raise self._refused(endpoint, answer, attempt)
                pause = retry_after(answer, pause, self.policy.retry_after_max_s)
            self.pause(pause)

    def together(self, work: Callable[[T], R], items: Sequence[T], at_once: int = 4) -> list[R]:
        """Return ``work`` of every item in order, done in threads; the first failure stops what has not begun and is raised."""
        with ThreadPoolExecutor(max_workers=at_once) as pool:
            futures = [pool.submit(work, item) for item in items]
            wait(futures, return_when=FIRST_EXCEPTION)
            for future in futures:
                future.cancel()
        failed = [error for future in futures if not future.cancelled() and (error := future.exception())]
        if failed:
            raise failed[0]
        return [future.result() for future in futures]

    def _follow(
        self, endpoint: Endpoint, method: str, url: str, params: Mapping[str, Any] | None, headers: Mapping[str, str] | None,
        body: bytes | None, timeout_s: float,
    ) -> Answer:
        """Return the first answer that is no redirect; a key goes to its own server only."""
        sent = {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip, deflate", **(headers or {})}
        seen = set()
        end = time.monotonic() + timeout_s
        for _ in range(self.policy.redirects + 1):
            if (left_s := end - time.monotonic()) <= 0:
                raise TransportFailure("slow", f"redirects up to {url}")
            answer = self._one(endpoint, method, url, params, {**sent, **endpoint.headers(url)}, body, left_s)
            if answer.status not in REDIRECTS or not answer.headers.get("location"):
                return answer
            target = absolute(answer.headers["location"], url)
            if target in seen:
                break
            seen.add(target)
            refuse_retired(endpoint, target)
            url, params = target, None
            if answer.status == 303:
                method, body = "GET", None
        raise SourceError("service_redirect_loop", service=endpoint.name, details=url)

    def _one(
        self, endpoint: Endpoint, method: str, url: str, params: Mapping[str, Any] | None, headers: Mapping[str, str],
        body: bytes | None, timeout_s: float,
    ) -> Answer:
        host = origin(url)
        with self._lock:
            gate = self._hosts.setdefault(host, threading.BoundedSemaphore(endpoint.at_once))
            left = self.policy.total_bytes - self.bytes_in
            self.questions += 1
        if left <= 0:
            raise SourceError("service_too_much", service=endpoint.name, megabytes=self.policy.total_bytes // MB)
        while not gate.acquire(timeout=0.1):
            self._check()
        began = time.monotonic()
        try:
            self._check()
            most = min(self.policy.answer_bytes, left)
            answer = self.transport.request(method, url, params, headers, body, timeout_s, most, self.cancelled)
        finally:
            gate.release()
            with self._lock:
                self.waited_s += time.monotonic() - began
        with self._lock:
            self.bytes_in += len(answer.body)
        return answer

    def _check(self) -> None:
        if self.cancelled():
            raise CancelledError

    def pause(self, seconds: float) -> None:
        """Wait, unless the work is cancelled (``CancelledError``)."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._check()
            time.sleep(min(0.1, left))

    def _failed(self, endpoint: Endpoint, failure: TransportFailure, url: str, timeout_s: float) -> SourceError:
        megabytes = self.policy.answer_bytes // MB
        details = f"{url}: {failure.details}"
        return SourceError(f"service_{failure.kind}", service=endpoint.name, seconds=timeout_s, megabytes=megabytes, details=details)

    def _refused(self, endpoint: Endpoint, answer: Answer, tries: int) -> SourceError:
        code = STATUS_CODES.get(answer.status, "service_status")
        details = f"{answer.url}: {answer.body[:500]!r}"
        return SourceError(code, service=endpoint.name, status=answer.status, tries=tries, details=details)


def refuse_retired(endpoint: Endpoint, url: str) -> None:
    """Raise ``SourceError`` for an address of which is known that it was switched off."""
    host = retired_host(url)
    if host:
        raise SourceError("service_retired_host", service=endpoint.name, host=host, details=url)


def retry_after(answer: Answer, otherwise: float, most: float) -> float:
    """Return the seconds to wait that the answer asks for (a number or a date), bounded."""
    asked = answer.headers.get("retry-after", "").strip()
    if asked.isascii() and asked.isdigit():
        return min(float(asked), most)
    try:
        moment = email.utils.parsedate_to_datetime(asked).timestamp() if asked else None
    except (TypeError, ValueError, OverflowError):
        moment = None
    return otherwise if moment is None else min(max(moment - time.time(), 0.0), most)


def absolute(href: str, base: str) -> str:
    """Return a link as a whole address; the servers used give whole links or ones from the root."""
    if "://" in href:
        return href
    return origin(base) + href if href.startswith("/") else f"{base.split('?')[0].rsplit('/', 1)[0]}/{href}"
