"""Whatever stands in an address, the answer is a page or a refusal, never a failure."""

from urllib.parse import quote

import pytest
from django.test import Client

from tests import factories
from tests.pages.markup import without_ours
from tests.pages.test_visibility import LISTS

NASTY = (
    *("", "0", "-1", "2", "last", "1e9", "9" * 30, "9" * 5000, "١", "٣٥", "NaN"),
    *("'", '"><script>', "%", "%00", "\\", "a b", "🚢", "\u202e", "null", "[]"),
    *("x" * 3000, "\ud800", "\ufffe", "1;DROP TABLE claims_claim", "../../etc"),
)
PARAMETERS = {
    "/claims/": ("page", "status", "speaker", "source", "measure", "no-such-name"),
    "/quotes/": ("kind",),
    "/articles/": ("language",),
    "/measures/": ("nature", "event", "search"),
    "/search/": ("q", "kind", "source", "year", "language", "exact", "cursor"),
    "/search/results.csv": ("q",),
    "{article}": ("version",),
    "{measure}": ("page", "status"),
}


@pytest.mark.parametrize(
    ("path", "parameter"),
    [(path, name) for path, names in PARAMETERS.items() for name in names],
)
def test_a_hostile_parameter_is_answered(
    client: Client,
    db: None,  # noqa: ARG001  # rows
    path: str,
    parameter: str,
):
    claim = factories.a_published_claim(speaker=factories.a_speaker())
    address = path.format(
        article=claim.article_version.article.get_absolute_url(),
        measure=claim.measure.get_absolute_url(),
    )
    for value in NASTY:
        query = quote(value.encode("utf-8", "surrogatepass"))
        answer = client.get(f"{address}?{parameter}={query}")
        assert answer.status_code in {200, 400, 404}, value
        assert b"<script" not in without_ours(answer.getvalue())


@pytest.mark.parametrize("kind", ["claims", "articles", "speakers", "measures"])
def test_a_hostile_name_is_answered(client: Client, db: None, kind: str):
    del db
    for value in filter(None, NASTY):
        name = quote(value.encode("utf-8", "surrogatepass"), safe="")
        answer = client.get(f"/{kind}/{name}/")
        assert answer.status_code in {400, 404}, value


@pytest.mark.parametrize("path", LISTS)
def test_a_page_only_reads(client: Client, db: None, path: str):
    del db
    assert client.post(path).status_code == 405


def test_hostile_text_is_only_text(client: Client, db: None):
    del db
    nasty = '<script>alert(1)</script><img src=x onerror="alert(1)">'
    article = factories.an_article(
        text=f"{nasty} 120 people crossed the river", title=nasty
    )
    speaker = factories.a_speaker(name_en=nasty)
    claim = factories.a_published_claim(
        version=article.versions.get(), speaker=speaker, words=f"{nasty} 120 people"
    )
    for row in (article, claim, speaker):
        html = without_ours(client.get(row.get_absolute_url()).content)
        assert b"<script" not in html
        assert b"<img" not in html
