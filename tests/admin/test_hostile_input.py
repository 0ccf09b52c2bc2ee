"""Hostile input is only input: no page of the admin answers with an error of ours."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.test import Client

from claims.models import Claim
from sources.models import Article, Change, Source
from tests import factories as make
from tests.admin.browsing import address, at_desk, fields, step
from tests.rendering import unrecorded

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script>"
STRINGS = [
    *("", "\0", "x" * 100_000, SCRIPT, "'; DROP TABLE x; --"),
    *("9" * 400, "-1", "1e999", "NaN", "\N{RIGHT-TO-LEFT OVERRIDE}abc", "٣٫٥٠٠"),
    *("0001-01-01", "9999-12-31", "10000-01-01", "[[[[", '{"a": 1}', "%00", "../.."),
]
NUMBERS = ["99999999999999999999", "-1", "0", "1.5", "x", "_5F", "%2e%2e", "1/2"]


@pytest.fixture
def client() -> Client:
    found = at_desk(make.a_chief())
    found.raise_request_exception = False
    return found


def get(client: Client, url: str, query: dict[str, str]) -> HttpResponse:
    with unrecorded():
        return client.get(url, query)


def post(client: Client, url: str, form: dict[str, Any]) -> HttpResponse:
    with unrecorded():
        return client.post(url, form)


def models() -> list[Any]:
    return [model for model in admin.site._registry if model is not User]


def test_no_address_of_a_row_fails(client: Client):
    failed = []
    for model in models():
        meta = model._meta
        for key in NUMBERS:
            for view in ("change", "history", "delete", "step/approve"):
                url = f"/admin/{meta.app_label}/{meta.model_name}/{key}/{view}/"
                if client.get(url).status_code >= 500:
                    failed.append(url)
    assert failed == []


QUERIES: list[dict[str, str]] = [
    *({"q": text} for text in STRINGS),
    *({"p": number} for number in NUMBERS),
    *({"o": text} for text in ("99", "-1.2.x", "1" * 400, "..")),
    *({"_facets": "x"}, {"all": ""}, {"e": "1"}, {"_to_field": "note"}),
    *({"_popup": "1", "_to_field": "words"}, {"status__in": "," * 5000}),
    *({"status__isnull": "x"}, {"status__exact": "\0"}, {"status__gte": "9" * 99}),
]


def failing_queries(client: Client, of: list[Any]) -> list[Any]:
    return [
        (model.__name__, query)
        for model in of
        for query in QUERIES
        if get(client, address(model, "changelist"), query).status_code >= 500
    ]


def test_no_query_of_the_longest_lists_fails(client: Client):
    make.a_published_claim()
    assert failing_queries(client, [Claim, Change]) == []


@pytest.mark.drill
def test_no_query_of_any_list_fails(client: Client):
    make.a_published_claim()
    assert failing_queries(client, models()) == []


def test_no_autocomplete_fails(client: Client):
    asked = {"app_label": "claims", "model_name": "claim", "field_name": "speaker"}
    for name in (*asked, "term", "page"):
        for text in STRINGS[3:]:
            answer = client.get("/admin/autocomplete/", {**asked, name: text})
            assert answer.status_code < 500, (name, text[:40])


@pytest.fixture
def pages(client: Client) -> dict[str, HttpResponse]:
    """By address, every page with a form that the chief gets."""
    claim, article = make.a_recorded_claim(), make.an_article()
    addresses = [
        address(claim),
        address(article),
        *(address(model, "add") for model in models()),
        *(step(claim, verb) for verb in ("approve", "return", "discard")),
    ]
    found = {url: client.get(url) for url in addresses}
    return {url: page for url, page in found.items() if page.status_code == 200}


@pytest.fixture
def forms(pages: dict[str, HttpResponse]) -> dict[str, dict[str, Any]]:
    """What a browser would post from each of them."""
    return {url: fields(page) for url, page in pages.items()}


@pytest.mark.parametrize("shift", range(3))
def test_no_form_fails_with_something_hostile_in_every_field(
    client: Client, forms: dict[str, dict[str, Any]], shift: int
):
    for url, form in forms.items():
        hostile = {
            name: STRINGS[(n * 5 + shift * 7) % len(STRINGS)]
            for n, name in enumerate(form)
        }
        answer = post(client, url, hostile)
        assert answer.status_code < 500, (url, hostile)
        assert SCRIPT.encode() not in answer.content


@pytest.mark.drill
def test_no_field_of_any_form_fails(client: Client, pages: dict[str, HttpResponse]):
    for url, page in pages.items():
        form = fields(page)
        for name, hostile in told_apart(page, form):
            answer = post(client, url, {**form, name: hostile})
            assert answer.status_code < 500, (url, name, hostile[:40])
            assert SCRIPT.encode() not in answer.content


def told_apart(page: HttpResponse, form: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each field with each text that it takes, and with one that it refuses.

    What comes after a field that refused knows that it did, and not what stood in it.
    """
    for name in form:
        taken = [text for text in STRINGS if not is_refused(page, name, text)]
        refused = [text for text in STRINGS if text not in taken]
        yield from ((name, text) for text in [*taken, *refused[-1:]])


def is_refused(page: HttpResponse, name: str, text: str) -> bool:
    """Whether the field refuses a text whatever else is posted."""
    shown = page.context.get("adminform")
    field = shown.form.fields.get(name) if shown else None
    if field is None:
        return False
    try:
        field.clean(text)
    except ValidationError:
        return True
    return False


def test_hostile_names_are_shown_as_text(client: Client):
    speaker = make.a_speaker(name_en=SCRIPT)
    version = make.a_version(text=f"{SCRIPT} said 5 things.", title=SCRIPT)
    claim = make.a_recorded_claim(version=version, words=SCRIPT, low=5, speaker=speaker)
    make.a_speaker_alias(SCRIPT, speaker=speaker)
    for row in (speaker, version, version.article, claim):
        for view in ("change", "history", "delete"):
            page = client.get(address(row, view))
            assert SCRIPT.encode() not in page.content, (row, view)
        page = client.get(address(type(row), "changelist"))
        assert SCRIPT.encode() not in page.content
    assert SCRIPT.encode() not in client.get("/admin/").content
    assert SCRIPT.encode() not in client.get(step(claim, "approve")).content


@pytest.mark.parametrize("model", [Source, Article, Claim])
def test_a_broken_management_form_is_refused(client: Client, model: type):
    data = {"aliases-TOTAL_FORMS": "99999999", "aliases-INITIAL_FORMS": "x"}
    assert client.post(address(model, "add"), data).status_code < 500


@pytest.mark.parametrize("broken", ["%ED%A0%80", "%FF", "%00", "%F0%9F%98"])
def test_broken_encodings_are_refused_or_replaced(client: Client, broken: str):
    form = "&".join(f"{name}={broken}" for name in ("title", "text", "language"))
    kind = "application/x-www-form-urlencoded"
    assert (
        client.post(address(Article, "add"), form, content_type=kind).status_code == 200
    )
    assert client.get(f"/admin/sources/article/?q={broken}").status_code < 500
    assert not Article.objects.exists()
