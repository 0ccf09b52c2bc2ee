"""Whatever a client sends in front of its question, it is answered or refused."""

import pytest
from django.test import Client

from tests.api.resources import a_public_world

pytestmark = pytest.mark.django_db

ODD = {
    "accept": [
        "",
        "*",
        "*/*;q=0",
        "text/html;q=x",
        "a/b/c",
        "application/json;v=" * 99,
    ],
    "accept-language": ["", "xx", "ar-" * 900, "../../etc", "*;q=9", "\xff\xfe"],
    "accept-encoding": ["", "identity;q=0", "gzip;q=x", "\x00"],
    "if-none-match": ["", "*", '"', 'W/"', '"a", "b"' * 500, "\xff"],
    "if-modified-since": ["", "never", "Sat, 30 Feb 99999 25:61:61 GMT"],
    "range": ["bytes=0-0", "bytes=-1,5-2", "rows=x"],
    "origin": ["null", "http://[", "javascript:0", "\xff"],
    "cookie": ["=", "a", "sessionid=%00; csrftoken=\xff", "sessionid=" + "x" * 4000],
    "authorization": ["", "Basic", "Basic ====", "Bearer " + "x" * 4000],
    "content-type": ["", "/", "application/json; charset=none", "multipart/form-data"],
    "x-forwarded-for": ["", "1.2.3.4" * 900, "::::", "unknown, \xff"],
    "x-forwarded-proto": ["ftp", "https, http"],
    "x-http-method-override": ["DELETE"],
    "content-length": ["-1", "1e9", "x", "99999999999"],
    "x-long": ["x" * 20_000],
}


@pytest.mark.parametrize("header", ODD)
def test_an_odd_header_is_answered_or_refused(client: Client, header: str):
    addresses = ["/api/v1/", "/api/v1/claims/", a_public_world()["claims"]]
    for value in ODD[header]:
        for address in addresses:
            answer = client.get(address, headers={header: value})
            assert answer.status_code in {200, 304, 400, 401, 403, 406}, value
            if answer.status_code >= 400:
                assert answer["Content-Type"] == "application/problem+json", value


@pytest.mark.parametrize("host", ["", "[", "a b", "x" * 300, "evil.example", "\xff"])
def test_another_host_is_refused(client: Client, host: str):
    answer = client.get("/api/v1/claims/", headers={"host": host})
    assert answer.status_code in {200, 400}
    assert b"evil" not in answer.content


@pytest.mark.parametrize("method", ["TRACE", "PROPFIND", "CONNECT", "get ", "X" * 900])
def test_another_method_is_refused(client: Client, method: str):
    for address in ("/api/v1/", "/api/v1/claims/", a_public_world()["claims"]):
        answer = client.generic(method, address)
        assert answer.status_code == 405
        assert answer["Content-Type"] == "application/problem+json"


def test_letters_of_a_method_are_of_either_case(client: Client):
    assert client.generic("get", "/api/v1/claims/").status_code == 200
