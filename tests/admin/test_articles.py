"""An article in the admin: its text is pasted once and never moves again."""

import pytest

from claims.models import Claim, Quote
from sources.models import Article, ArticleVersion
from tests import factories as make
from tests.admin.browsing import address, at_desk, complaints, fields, send, step

pytestmark = pytest.mark.django_db


def add(**values: str) -> Article:
    client = at_desk(make.a_contributor())
    values = {"title": "Boats", "language": "en", **values}
    assert send(client, address(Article, "add"), **values).status_code == 302
    return Article.objects.latest("pk")


def test_a_pasted_text_loses_nothing_but_the_browsers_newlines():
    text = "  قال الناطق 🚢\r\n\r\n\u200fإن 3500 شخص عبروا.\u00a0\r\n"
    stored = add(text=text).versions.get().text
    assert stored == text.replace("\r\n", "\n")


def test_an_article_without_an_outlet_is_added():
    assert add(text="One sentence.").source is None


def test_the_text_is_no_field_of_a_stored_article():
    article = make.an_article(text=make.ARABIC, language="ar")
    page = at_desk(make.an_editor()).get(address(article))
    assert "text" not in fields(page)
    html = page.content.decode()
    assert 'lang="ar" dir="auto"' in html
    assert f">{make.ARABIC}</div>" in html


def test_saving_an_article_leaves_every_span_where_it_was():
    version = make.a_version(text=make.ARABIC, language="ar")
    claim = make.a_published_claim(version=version, words="3500 شخص", low=3500)
    quote = make.a_published_quote(version=version, words="لم يغرق أحد")
    client = at_desk(make.an_editor())
    assert send(client, address(version.article), byline="Mina").status_code == 302
    assert send(client, address(version.article), title="عبور").status_code == 302
    text = Article.objects.get().versions.get().text
    assert text == make.ARABIC
    for row in (Claim.objects.get(pk=claim.pk), Quote.objects.get(pk=quote.pk)):
        assert text[row.start : row.end] == row.words


def test_saving_a_statement_leaves_its_spans_where_they_were():
    version = make.a_version(text=make.ARABIC, language="ar")
    claim = make.a_recorded_claim(version=version, words="3500 شخص", low=3500)
    client = at_desk(make.an_editor())
    assert send(client, address(claim), note="Line one\r\nline two").status_code == 302
    saved = Claim.objects.get()
    assert (saved.start, saved.end, saved.words) == (
        claim.start,
        claim.end,
        claim.words,
    )
    assert saved.note == "Line one\nline two"


def test_a_new_text_is_a_new_version():
    article = make.an_article()
    client = at_desk(make.an_editor())
    url = address(ArticleVersion, "add", article=article.pk)
    assert url in client.get(address(article)).content.decode()
    assert send(client, url, text="Corrected.\r\n").status_code == 302
    texts = article.versions.order_by("number").values_list("number", "text")
    assert list(texts) == [(1, make.ENGLISH), (2, "Corrected.\n")]


def test_the_same_text_again_is_no_new_version():
    article = make.an_article()
    url = address(ArticleVersion, "add", article=article.pk)
    page = send(at_desk(make.an_editor()), url, text=make.ENGLISH)
    assert "already has this very text" in complaints(page)


def test_a_text_that_no_database_keeps_is_refused():
    page = send(
        at_desk(make.a_contributor()),
        address(Article, "add"),
        title="Boats",
        language="en",
        text="a\0b",
    )
    assert page.status_code == 200
    assert not Article.objects.exists()


def test_a_retraction_is_noted_with_its_day():
    article = make.an_article()
    client = at_desk(make.an_editor())
    answer = send(client, step(article, "retract"), on="3 May 2024", notice="Wrong.")
    assert answer.status_code == 302
    article.refresh_from_db()
    assert str(article.retracted_on) == "2024-05-03"
    labels = [tool.label for tool in client.get(address(article)).context["tools"]]
    assert labels == ["Workbench", "Add a version"]


def test_a_refused_address_is_explained_in_the_form():
    make.an_article(url="https://example.org/1")
    client = at_desk(make.a_contributor())
    page = send(
        client,
        address(Article, "add"),
        title="Boats",
        language="en",
        text="x",
        url="https://example.org/1",
    )
    assert "An article with this address exists." in complaints(page)
