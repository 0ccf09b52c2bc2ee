"""What no client of ours would send, byte by byte, to the server that is really used.

Each is answered or the connection is closed, soon, and never with an error of ours;
afterwards the server answers as before.
"""

import re
import socket
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.commands.running import a_machine, a_server, manage

pytestmark = pytest.mark.once

SECONDS = 20
HOST = b"Host: localhost\r\n"
LAST = b"Connection: close\r\n\r\n"
#: What is sent, and the statuses that it may have; none: the connection is closed.
REFUSED, ANSWERED = {400, 404, 405, 413, 414, 431}, {200, 304}
EITHER = REFUSED | ANSWERED


def get(target: bytes, *headers: bytes, version: bytes = b"1.1") -> bytes:
    lines = b"".join(header + b"\r\n" for header in headers)
    return b"GET " + target + b" HTTP/" + version + b"\r\n" + HOST + lines + LAST


CLAIMS = b"/api/v1/claims/"
REQUESTS: dict[str, tuple[bytes, set[int]]] = {
    "as it should be": (get(CLAIMS), ANSWERED),
    # --- headers ---
    "a header twice": (
        get(CLAIMS, b"Accept: text/csv", b"Accept: a/b"),
        EITHER | {406},
    ),
    "two hosts": (get(CLAIMS, b"Host: evil.example"), EITHER),
    "two lengths": (get(CLAIMS, b"Content-Length: 0", b"Content-Length: 5"), REFUSED),
    "two languages": (
        get(CLAIMS, b"Accept-Language: ar", b"Accept-Language: en"),
        ANSWERED,
    ),
    "two tags": (get(CLAIMS, b'If-None-Match: "a"', b"If-None-Match: *"), ANSWERED),
    "two cookies": (get(CLAIMS, b"Cookie: a=1", b"Cookie: a=2"), ANSWERED),
    "a folded header": (get(CLAIMS, b"X-Long: a\r\n b"), EITHER),
    "a blank before the colon": (get(CLAIMS, b"Accept : */*"), EITHER),
    "a header without a name": (get(CLAIMS, b": x"), REFUSED),
    "a header without a colon": (get(CLAIMS, b"nonsense"), REFUSED),
    "NUL in a header": (get(CLAIMS, b"X-A: a\0b"), EITHER),
    "a lone line feed in a header": (get(CLAIMS, b"X-A: a\nX-B: b"), EITHER),
    "a lone carriage return": (get(CLAIMS, b"X-A: a\rb"), EITHER),
    "bytes that are no text": (get(CLAIMS, b"Accept-Language: \xff\xfe"), EITHER),
    "a header of 16 kB": (get(CLAIMS, b"X-Long: " + b"x" * 16_000), EITHER),
    "a header of a megabyte": (get(CLAIMS, b"X-Long: " + b"x" * 1_000_000), EITHER),
    "a thousand headers": (get(CLAIMS, *(b"X-%d: y" % n for n in range(1000))), EITHER),
    "no host": (b"GET " + CLAIMS + b" HTTP/1.1\r\n" + LAST, EITHER),
    # --- lengths of content ---
    "a length below nothing": (get(CLAIMS, b"Content-Length: -1"), REFUSED),
    "a length that is no number": (get(CLAIMS, b"Content-Length: x"), REFUSED),
    "a length past 64 bits": (
        get(CLAIMS, b"Content-Length: 99999999999999999999"),
        REFUSED,
    ),
    "a length with a sign": (get(CLAIMS, b"Content-Length: +0"), EITHER),
    "content that was not told": (get(CLAIMS) + b"surplus", ANSWERED),
    "chunks and a length": (
        get(CLAIMS, b"Transfer-Encoding: chunked", b"Content-Length: 3") + b"0\r\n\r\n",
        EITHER,
    ),
    "chunks that are none": (
        get(CLAIMS, b"Transfer-Encoding: chunked") + b"zz\r\nabc\r\n",
        EITHER,
    ),
    "an encoding of nothing": (get(CLAIMS, b"Transfer-Encoding: x"), EITHER),
    # --- targets ---
    "an absolute target": (get(b"http://localhost" + CLAIMS), ANSWERED),
    "an absolute target elsewhere": (get(b"http://evil.example" + CLAIMS), EITHER),
    "a star": (get(b"*"), EITHER),
    "no slash": (get(b"api/v1/claims/"), EITHER),
    "two slashes": (get(b"//api/v1/claims/"), EITHER),
    "broken UTF-8 in a path": (get(b"/api/v1/claims/%FF%FE/"), REFUSED),
    "bytes in a path": (get(b"/api/v1/claims/\xff\xfe/"), REFUSED),
    "NUL in a path": (get(b"/api/v1/claims/%00/"), REFUSED),
    "a NUL byte in a path": (get(b"/api/v1/claims/\0/"), REFUSED),
    "half an escape in a path": (get(b"/api/v1/claims/%/"), REFUSED),
    "an escape of nothing in a path": (get(b"/api/v1/claims/%zz/"), REFUSED),
    "the way up": (get(b"/api/v1/../../../etc/passwd"), REFUSED),
    "broken UTF-8 in a query": (get(CLAIMS + b"?speaker=%FF"), REFUSED),
    "bytes in a query": (get(CLAIMS + b"?speaker=\xff\xfe"), REFUSED),
    "Arabic bytes in a query": (get(CLAIMS + "?search=السجن".encode()), EITHER),
    "NUL in a query": (get(CLAIMS + b"?speaker=%00"), REFUSED),
    "half an escape in a query": (get(CLAIMS + b"?speaker=%"), REFUSED),
    "a fragment": (get(CLAIMS + b"#x"), EITHER),
    "a target of 8 kB": (get(CLAIMS + b"?speaker=" + b"x" * 8_000), REFUSED),
    "a target of 100 kB": (get(CLAIMS + b"?speaker=" + b"x" * 100_000), REFUSED),
    # --- versions and methods ---
    "HTTP/1.0": (get(CLAIMS, version=b"1.0"), ANSWERED),
    "HTTP/1.0 without a host": (b"GET " + CLAIMS + b" HTTP/1.0\r\n\r\n", EITHER),
    "HTTP/0.9": (b"GET " + CLAIMS + b"\r\n\r\n", REFUSED),
    "HTTP/9.9": (get(CLAIMS, version=b"9.9"), REFUSED),
    "a method of nobody": (get(CLAIMS).replace(b"GET", b"FETCH"), {405}),
    "a method in small letters": (get(CLAIMS).replace(b"GET", b"get"), EITHER),
    "an upgrade": (get(CLAIMS, b"Upgrade: websocket", b"Connection: Upgrade"), EITHER),
    "no request": (b"\x16\x03\x01\x02\x00\x01\0\xff\r\n\r\n", REFUSED),
    "blank lines before": (b"\r\n\r\n" + get(CLAIMS), EITHER),
}


def answer(address: tuple[str, int], request: bytes) -> bytes:
    """What comes back until the connection ends, which must be soon."""
    with closing(socket.create_connection(address, timeout=SECONDS)) as connection:
        received = b""
        try:
            connection.sendall(request)
            while part := connection.recv(65_536):
                received += part
        except ConnectionError:
            pass  # it was closed before all was sent
        return received


def what_is_wrong(address: tuple[str, int], name: str) -> str | None:
    request, statuses = REQUESTS[name]
    received = answer(address, request)
    found = re.match(rb"HTTP/1\.[01] (\d{3}) ", received)
    if received and not (found and int(found[1]) in statuses):
        return f"{name}: {received[:300]!r}"
    if not received and statuses == ANSWERED:
        return f"{name}: closed without an answer"
    return f"{name}: trusts another host" if b"evil.example" in received else None


def test_an_odd_request_is_answered_or_refused_and_the_server_goes_on(tmp_path: Path):
    with a_machine(tmp_path) as machine:
        empty = {**machine, "DEMO": "0"}
        assert manage(empty, "quickstart", "--no-serve").returncode == 0
        with a_server(empty) as (url, _server):
            address = ("127.0.0.1", urlsplit(url).port or 80)
            wrong = [what_is_wrong(address, name) for name in REQUESTS]
            assert list(filter(None, wrong)) == []
            assert answer(address, get(CLAIMS)).startswith(b"HTTP/1.1 200 ")
