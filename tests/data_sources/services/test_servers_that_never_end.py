"""A server that drips its headers, answers "a moment" for ever, packs twice or asks for years of patience costs its time-out and no more."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import tracemalloc
import zlib

import pytest

from drieluik.data_sources.formats.register_objects import version_of
from drieluik.data_sources.formats.vector_files import building_id
from drieluik.data_sources.live import Live
from drieluik.data_sources.services.endpoints import Endpoint
from drieluik.data_sources.services.http_transport import HttpTransport
from drieluik.data_sources.services.transport import Answer, Policy, retry_after
from drieluik.errors import CancelledError, SourceError

TIMEOUT_S = 0.6
PATIENCE_S = 4.0
"""A busy machine may take its time; without the deadline none of these ends within a minute."""
LONG_S = 60.0


class Odd:
    """A server on this computer that says to everyone what ``words(connection)`` sends, until it is left."""

    def __init__(self, words):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        self.words, self.left = words, threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while not self.left.is_set():
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self._one, args=(connection,), daemon=True).start()

    def _one(self, connection):
        with connection:
            try:
                connection.recv(10_000)
                self.words(self, connection)
            except OSError:
                return

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.left.set()
        self.socket.close()


def drip(server, connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    end = time.monotonic() + LONG_S
    while not server.left.is_set() and time.monotonic() < end:
        connection.sendall(b"x")
        time.sleep(0.05)


def moments(server, connection):
    end = time.monotonic() + LONG_S
    while not server.left.is_set() and time.monotonic() < end:
        connection.sendall(b"HTTP/1.1 103 Early Hints\r\n\r\n")
        time.sleep(0.02)


def said(headers, body):
    def words(_server, connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\n" + headers + b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body)

    return words


def asked(server, tries=1, **policy):
    with HttpTransport() as transport:
        client = Live(transport, policy=Policy(tries=tries, timeout_s=policy.pop("timeout_s", TIMEOUT_S), backoff_s=0.01, **policy)).client()
        return client.ask(Endpoint("x", "Dienst X", server.url), f"{server.url}/a")


@pytest.mark.parametrize("words", [drip, moments])
def test_headers_without_end_cost_the_time_out(words):
    with Odd(words) as server:
        began = time.monotonic()
        with pytest.raises(SourceError) as caught:
            asked(server)
        assert caught.value.code == "service_slow" and time.monotonic() - began < TIMEOUT_S + PATIENCE_S


def test_the_user_stops_while_headers_come():
    with Odd(drip) as server, HttpTransport() as transport:
        client = Live(transport, policy=Policy(timeout_s=LONG_S)).client(lambda: time.monotonic() > began + 0.3)
        began = time.monotonic()
        with pytest.raises(CancelledError):
            client.ask(Endpoint("x", "Dienst X", server.url), server.url)
        assert time.monotonic() - began < PATIENCE_S


def test_redirects_share_one_time_out():
    numbers = iter(range(1000))

    def away(server, connection):
        time.sleep(TIMEOUT_S * 0.6)
        connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: %s/%d\r\nContent-Length: 0\r\nConnection: close\r\n\r\n" % (server.url.encode(), next(numbers)))

    with Odd(away) as server, pytest.raises(SourceError) as caught:
        asked(server, redirects=50)
    assert caught.value.code in ("service_slow", "service_timeout") and next(numbers) <= 3


BLANKS = b" " * 60_000_000


@pytest.mark.parametrize(("name", "body", "code"), [
    ("gzip", gzip.compress(BLANKS), "service_too_large"), ("deflate", zlib.compress(BLANKS), "service_too_large"),
    ("gzip, gzip", gzip.compress(gzip.compress(BLANKS)), "service_gzip"), ("gzip, deflate", b"x", "service_gzip"), ("br", b"x", "service_gzip"),
    ("gzip", gzip.compress(b"{}")[:-4], "service_gzip"),
])
def test_what_is_packed_is_bounded_at_every_layer(name, body, code):
    with Odd(said(f"Content-Encoding: {name}\r\n".encode(), body)) as server:
        tracemalloc.start()
        with pytest.raises(SourceError) as caught:
            asked(server, timeout_s=20.0, answer_bytes=5_000_000)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert caught.value.code == code and most < 30_000_000


@pytest.mark.parametrize(("name", "body"), [
    ("gzip", gzip.compress(b'{"a": 1}')), ("x-gzip", gzip.compress(b'{"a": 1}')), ("deflate", zlib.compress(b'{"a": 1}')),
    ("deflate", zlib.compress(b'{"a": 1}')[2:-4]), ("identity", b'{"a": 1}'),
])
def test_what_is_packed_once_is_read(name, body):
    with Odd(said(f"Content-Encoding: {name}\r\n".encode(), body)) as server:
        assert asked(server, timeout_s=20.0).body == b'{"a": 1}'


@pytest.mark.parametrize("word", ["1e9", "1000000000", "\u00b2", "-1", "nan", "inf", "Fri, 31 Dec 9999 23:59:59 GMT", "Mon, 01 Jan 0001 00:00:00", "9" * 5000, "x"])
def test_no_answer_asks_for_more_patience_than_there_is(word):
    assert 0.0 <= retry_after(Answer(503, {"retry-after": word}, b"", ""), 0.5, 15.0) <= 15.0


@pytest.mark.parametrize("word", ["\u00b2", "\u0663", "9" * 5000])
def test_marks_that_look_like_digits_are_no_numbers(word):
    assert building_id(word) == "" and isinstance(version_of({"n": word}, "n", ())[0], int)
