"""An article comes in as it is: one newline, one digest, no repair."""

import hashlib

import pytest
from django.core.exceptions import ValidationError

from sources import ingest
from sources.models import Article, ArticleVersion
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        pytest.param("a\r\nb\rc\nd", "a\nb\nc\nd", id="each newline once"),
        pytest.param("a\r\n\r\nb", "a\n\nb", id="an empty line stays"),
        pytest.param("a\n\rb", "a\n\nb", id="the other way round is two"),
        pytest.param(" \ta  b\n ", " \ta  b\n ", id="spaces stay"),
        pytest.param("e\u0301 \ufeff\u200f", "e\u0301 \ufeff\u200f", id="marks stay"),
        pytest.param("a\u2028b\x85c", "a\u2028b\x85c", id="other separators stay"),
    ],
)
def test_a_text_is_stored_with_one_kind_of_newline(text, stored):
    version = ArticleVersion.objects.get(pk=make.a_version(text=text).pk)
    assert version.text == stored
    assert version.sha256 == hashlib.sha256(stored.encode()).hexdigest()


@pytest.mark.parametrize("text", ["", "  ", "\n\r\n", "a\0b", "a\ud800b", "\udfff"])
def test_what_is_no_text_is_refused_and_leaves_no_article(text):
    with pytest.raises(ValidationError):
        make.an_article(text=text)
    assert not Article.objects.exists()


def test_the_refusal_names_the_place():
    with pytest.raises(ValidationError, match=r"2 \(U\+0000\)"):
        ingest.clean_text("ab\0")


def test_the_same_text_with_other_newlines_is_no_new_version():
    article = make.an_article(text="a\nb")
    with pytest.raises(ValidationError, match="this very text"):
        make.a_version(article=article, text="a\r\nb")


def test_versions_are_numbered_from_one():
    article = make.an_article(text="one")
    second = make.a_version(article=article, text="two")
    third = make.a_version(article=article, text="three")
    assert [article.versions.get(text="one").number, second.number, third.number] == [
        *(1, 2, 3)
    ]


def test_two_articles_may_have_one_text_and_not_one_address():
    make.an_article(text="same", url="https://example.org/a")
    make.an_article(text="same")
    make.an_article(text="same")
    with pytest.raises(ValidationError, match="this address exists"):
        make.an_article(url="https://example.org/a")


def test_an_outlet_that_is_not_stated_is_not_guessed():
    assert make.an_article(source=None).source is None
