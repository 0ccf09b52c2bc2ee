"""Whoever asks again with the tag of what they have gets it anew only where it changed."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from claims import linting
from claims.models import Watermark
from factbase.api import validators
from tests import factories as make
from tests.api.resources import a_public_world
from tests.pages.test_lints import a_fallen_total

pytestmark = pytest.mark.django_db

LIST = "/api/v1/claims/"
#: Addresses of every kind that the API has, besides lists and details.
OTHERS = (
    *("/api/v1/", "/api/v1/schema/", "/api/v1/lints/"),
    *("/api/v1/lints/falling-total/", "/api/v1/lints/falling-total.csv"),
    *("/api/v1/claims.csv", "/api/v1/claims.ndjson?denied=false"),
    "/api/v1/claims.csv-metadata.json",
)


def tag_of(client: Client, address: str = LIST, **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    answer.getvalue()
    tag: str = answer["ETag"]
    return tag


def again(client: Client, address: str, *tags: str, **headers: str) -> Any:
    """Ask for what one has by these tags."""
    return client.get(address, headers={"if-none-match": ", ".join(tags), **headers})


def test_whatever_can_be_read_is_not_sent_twice(client: Client):
    found = a_public_world()
    slug = found["measures"].rstrip("/").rpartition("/")[2]
    comparison = reverse("api:measure-comparison", args=[slug])
    lists = (detail.rsplit("/", 2)[0] + "/" for detail in found.values())
    for address in (*OTHERS, *found.values(), *lists, comparison):
        answer = again(client, address, tag_of(client, address))
        assert (answer.status_code, answer.content) == (304, b""), address


@pytest.mark.parametrize(
    ("given", "status"),
    [
        pytest.param("{}", 304, id="the tag itself"),
        pytest.param('"other", {}', 304, id="one of several"),
        pytest.param('W/"other",{} , "third"', 304, id="however they are spaced"),
        pytest.param("*", 304, id="whatever there is"),
        pytest.param('"other"', 200, id="another one"),
        pytest.param('W/"other"', 200, id="another weak one"),
        pytest.param("", 200, id="none"),
        pytest.param("no tag", 200, id="what is no tag"),
        pytest.param('"' * 2000, 200, id="nonsense"),
    ],
)
def test_tags_are_compared_as_the_standard_says(
    client: Client, given: str, status: int
):
    tag = tag_of(client)
    assert re.fullmatch(r'W/"[0-9a-f]{32}"', tag)
    for form in (tag, tag.removeprefix("W/")):  # weak and strong are alike in a GET
        for ask in (client.get, client.head):
            answer = ask(LIST, headers={"if-none-match": given.format(form)})
            assert answer.status_code == status
            assert answer["ETag"] == tag


def test_nothing_is_there_that_matches_whatever_there_is(client: Client):
    assert again(client, "/api/v1/claims/c-x/", "*").status_code == 404
    assert again(client, "/api/v1/claims/?mesure=x", "*").status_code == 400


def test_a_date_alone_revalidates_nothing(client: Client):
    later = {"if-modified-since": "Fri, 31 Dec 2100 23:59:59 GMT"}
    assert client.get(LIST, headers=later).status_code == 200


def test_other_tags_win_over_a_date(client: Client):
    later = {"if-modified-since": "Fri, 31 Dec 2100 23:59:59 GMT"}
    assert again(client, LIST, '"other"', **later).status_code == 200


def test_what_is_not_sent_says_what_the_answer_would(client: Client):
    whole = client.get(LIST)
    kept = again(client, LIST, whole["ETag"])
    for name in ("ETag", "Cache-Control", "Vary", "Content-Language"):
        assert kept[name] == whole[name], name
    assert not kept.has_header("Content-Type")
    assert not kept.has_header("Content-Length")


# --- what makes another answer ---


def test_another_question_has_another_tag(client: Client):
    a_public_world()
    tags = {
        tag_of(client),
        tag_of(client, "/api/v1/quotes/"),
        tag_of(client, f"{LIST}?limit=2"),
        tag_of(client, f"{LIST}?limit=3"),
        tag_of(client, f"{LIST}?as_of=2024-05-05"),
        tag_of(client, LIST, **{"accept-language": "ar"}),
        tag_of(client, LIST, accept="text/csv"),
        tag_of(client, LIST, accept="application/x-ndjson"),
        tag_of(client, "/api/v1/claims.csv"),
        tag_of(client, "/api/v1/claims.csv-metadata.json"),
        tag_of(client, LIST, host="localhost"),
    }
    assert len(tags) == 11


def test_whoever_sees_something_else_has_another_tag(client: Client):
    tags, person = {tag_of(client)}, make.a_user()
    for role in ("", "reviewer", "chief"):
        person.groups.set(make.a_user(*filter(None, [role])).groups.all())
        client.force_login(person)
        tags.add(tag_of(client))
    client.force_login(make.a_chief())
    assert len(tags | {tag_of(client)}) == 5


def test_who_signs_in_is_not_told_that_nothing_changed(client: Client):
    tag = tag_of(client)
    client.force_login(make.a_reviewer())
    assert again(client, LIST, tag).status_code == 200


def test_whatever_is_recorded_makes_another_tag(client: Client):
    tag = tag_of(client)
    make.a_source()
    answer = again(client, LIST, tag)
    assert answer.status_code == 200
    assert answer["ETag"] != tag


def test_findings_that_are_kept_later_make_another_tag(client: Client):
    a_fallen_total()
    Watermark.objects.filter(pk=linting.MARK).update(seq=1)
    late = tag_of(client, "/api/v1/lints/")
    linting.refresh()
    assert again(client, "/api/v1/lints/", late).status_code == 200


def test_another_release_makes_another_tag(
    client: Client, settings: Settings, tmp_path: Any
):
    tag = tag_of(client)
    settings.BASE_DIR = tmp_path
    (tmp_path / "claims").mkdir()
    for written in ("", "print()"):
        (tmp_path / "claims" / "api.py").write_text(written)
        validators.release.cache_clear()
        assert again(client, LIST, tag).status_code == 200
        tag = tag_of(client)
    settings.DATA_LICENCE = "CC0"
    validators.release.cache_clear()
    assert again(client, LIST, tag).status_code == 200
    validators.release.cache_clear()


def test_what_is_written_meanwhile_is_not_taken_for_what_was_sent(client: Client):
    """The tag is older than the content, never newer."""
    sent = client.get("/api/v1/claims.csv")
    claim = make.a_published_claim()
    sent.getvalue()
    answer = again(client, "/api/v1/claims.csv", sent["ETag"])
    assert claim.code in answer.getvalue().decode()


# --- what it costs ---


def test_what_did_not_change_costs_one_query(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
):
    a_public_world()
    for address in (LIST, "/api/v1/claims.csv", "/api/v1/lints/"):
        tag = tag_of(client, address)
        with django_assert_num_queries(1):
            assert again(client, address, tag).status_code == 304
    client.force_login(make.a_reviewer())
    tag = tag_of(client)
    with django_assert_num_queries(4):  # session, account, roles, how far the log is
        assert again(client, LIST, tag).status_code == 304


def test_what_did_not_change_is_no_question_too_many(
    client: Client, settings: Settings
):
    settings.API_RATE = "1/hour"
    cache.clear()
    tag = tag_of(client)
    assert again(client, LIST, tag).status_code == 304
    assert again(client, LIST, '"other"').status_code == 429
    cache.clear()


# --- who may keep it ---


@pytest.mark.parametrize("address", [*OTHERS, "/api/v1/claims/?limit=1"])
def test_everybody_may_keep_what_is_public(client: Client, address: str):
    client.cookies["django_language"] = "ar"
    answer = client.get(address)
    assert answer["Cache-Control"] == "no-cache"
    varies = {each.strip().lower() for each in answer["Vary"].split(",")}
    assert varies == {"accept", "accept-language", "origin"}
    assert not answer.cookies


@pytest.mark.parametrize("address", [*OTHERS, LIST, f"{LIST}?as_of=2024-05-05"])
def test_only_their_own_browser_may_keep_what_the_desk_sees(
    client: Client, address: str
):
    client.force_login(make.a_reviewer())
    answer = client.get(address)
    kept = again(client, address, answer["ETag"])
    for each in (answer, kept):
        assert each["Cache-Control"] == "private, no-cache"
        assert "Cookie" in each["Vary"]


@pytest.mark.parametrize(
    "address", ["/api/v1/claims/c-x/", "/api/v1/claims/?limit=0", "/api/v1/none/"]
)
def test_a_refusal_has_no_tag(client: Client, address: str):
    assert not client.get(address).has_header("ETag")


def test_a_page_about_the_api_has_no_tag(client: Client):
    assert not client.get("/api/v1/docs/").has_header("ETag")


# --- other sites ---


@pytest.mark.parametrize("address", [LIST, "/api/v1/claims.csv", "/api/v1/none/"])
def test_scripts_of_other_sites_read_answers_with_their_headers(
    client: Client, address: str
):
    answer = client.get(address, headers={"origin": "https://example.org"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.has_header("Access-Control-Allow-Credentials")
    exposed = answer["Access-Control-Expose-Headers"].split(", ")
    assert set(exposed) == {"ETag", "Link", "Retry-After", "Content-Disposition"}


def test_scripts_of_other_sites_are_told_first_what_they_may_ask(client: Client):
    asked = {
        "origin": "https://example.org",
        "access-control-request-method": "GET",
        "access-control-request-headers": "if-none-match",
    }
    answer = client.options("/api/v1/claims.csv", headers=asked)
    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "if-none-match" in answer["Access-Control-Allow-Headers"].split(", ")
    assert not answer.has_header("ETag")
