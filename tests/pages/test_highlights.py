"""Highlights stand exactly on their words, crossing ones and emoji included."""

import pytest
from django.utils import translation

from claims import passages
from sources.text.spans import Span
from tests import factories
from tests.pages.conftest import Read


@pytest.fixture
def crossing(db: None):  # noqa: ARG001  # rows
    """Quote and claim that cross each other, after an emoji and over a line's end."""
    version = factories.a_version(text=factories.ARABIC, language="ar")
    quote = factories.a_published_quote(
        version=version, words="يوم الخميس 🚢.\nوأضاف: «لم يغرق أحد"
    )
    claim = factories.a_published_claim(
        version=version, words="3500 شخص عبروا النهر يوم الخميس 🚢", low=3500
    )
    return quote, claim


def test_the_page_holds_the_very_text(read: Read, crossing):
    quote, _ = crossing
    page = read(quote.article_version.article.get_absolute_url())
    assert page.text_in("text") == quote.article_version.text


def test_crossing_highlights_cover_their_words_and_nothing_else(read: Read, crossing):
    quote, claim = crossing
    page = read(quote.article_version.article.get_absolute_url())
    marked = "".join(
        part.text
        for part in page.parts
        if part.stands_in("mark") and part.stands_in("text")
    )
    text = quote.article_version.text
    assert marked == text[claim.start : quote.end].replace("\n", "")
    assert page.text_linked_to(claim.get_absolute_url(), "text") == claim.words
    rest = text[claim.end : quote.end].replace("\n", "")
    assert page.text_linked_to(quote.get_absolute_url(), "text") == rest


def test_every_statement_can_be_jumped_to_once(read: Read, crossing):
    quote, claim = crossing
    page = read(quote.article_version.article.get_absolute_url())
    assert page.ids().count(quote.code) == page.ids().count(claim.code) == 1
    assert {f"#{quote.code}", f"#{claim.code}"} <= page.links()


def test_a_split_quotation_is_marked_piece_by_piece(read: Read):
    version = factories.a_version()
    text = version.text
    words = "“Nobody drowned,” the harbour master said. About 120 people"
    quote = factories.a_quote(
        version=version, words=text[text.index("“Nobody") : text.index(" crossed")]
    )
    first, second = "Nobody drowned", "About 120 people"
    quote.pieces = [
        [text.index(piece), text.index(piece) + len(piece), piece]
        for piece in (first, second)
    ]
    row = factories.recording.record(
        quote, actor=factories.a_contributor(), at=factories.RECORDED_AT
    )
    factories.published(row)
    assert row.words == words
    page = read(version.article.get_absolute_url())
    assert page.text_linked_to(row.get_absolute_url(), "text") == first + second
    assert page.ids().count(row.code) == 1


def test_what_replaced_a_claim_is_linked_in_its_place(read: Read):
    old = factories.a_corrected_claim()
    page = read(old.article_version.article.get_absolute_url())
    new = old.replacements.get()
    assert page.text_linked_to(new.get_absolute_url(), "text") == new.words
    assert page.text_linked_to(old.get_absolute_url(), "text") == ""


def test_arabic_text_is_marked_as_arabic_and_runs_from_the_right(read: Read, crossing):
    quote, _ = crossing
    page = read(quote.article_version.article.get_absolute_url())
    part = next(
        part for part in page.parts if part.stands_in("mark") and part.stands_in("text")
    )
    assert part.attribute("lang") == "ar"
    assert part.attribute("dir") == "auto"


def test_an_older_version_is_shown_by_its_number(read: Read):
    claim = factories.a_published_claim()
    article = claim.article_version.article
    factories.a_version(article=article, text="All is new now.")
    address = article.get_absolute_url()
    assert read(address).text_in("text") == "All is new now."
    assert claim.code in read(address).html  # listed as said in another version
    assert read(f"{address}?version=1").text_in("text") == claim.article_version.text
    for number in ("3", "0", "one", "1.0", "9" * 30):
        read(f"{address}?version={number}", status=404)


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        pytest.param("a, b & c-d", "#:~:text=a%2C%20b%20%26%20c%2Dd", id="marks"),
        pytest.param("one\ntwo", "#:~:text=one%20two", id="a line's end"),
        pytest.param(
            "1 2 3 4 5 6 7 8 9 10 11",
            "#:~:text=1%202%203%204%205,7%208%209%2010%2011",
            id="long words by their ends",
        ),
    ],
)
def test_a_text_fragment_names_the_words(words: str, fragment: str):
    assert passages.text_fragment(words) == fragment


@pytest.mark.parametrize(
    ("text", "span", "reach", "words"),
    [
        ("one\ntwo three\nfour", Span(4, 7), 100, "two three"),
        ("one\ntwo three\nfour", Span(1, 5), 100, "one\ntwo three"),
        ("aa bb cc dd ee", Span(6, 8), 4, "bb cc dd"),
        ("aabbccddee", Span(4, 6), 2, "cc"),
    ],
)
def test_a_passage_is_the_paragraph_cut_at_words(text, span, reach, words):
    with translation.override("en"):
        assert passages.around(text, span, reach).of(text) == words
