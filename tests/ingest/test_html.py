"""Pages: the article's own words, and what the page states about it."""

import json
import time

import pytest

from sources.documents import MAX_BYTES, Reason, Unreadable, html
from sources.documents.html import MAX_ELEMENTS
from tests.ingest.files import PARAGRAPH, page

MORE = (
    "وقال مدير الأشغال سمير النجار: “كلّفنا الإصلاح ١٢ ألف يوم عمل”.",
    "وأضاف أنّ «الجسر يحمل 60-90 مركبة في وقت واحد» – أي ضعف ما كان.",
    "أما السكان، فيقولون إن الطريق الآخر كان أطول بـ 25كم.",
)


def linked(**fields):
    data = json.dumps(fields, ensure_ascii=False)
    return f'<script type="application/ld+json">{data}</script>'


def meta(name, content):
    return f'<meta property="{name}" content="{content}">'


def read(extraction, content):
    """What the child reads, which is what would be read here."""
    document = extraction.document("html", content.encode())
    assert document == html.read(content.encode())
    return document


def test_the_text_is_the_articles_and_exact(extraction):
    document = read(extraction, page(PARAGRAPH, *MORE))
    assert document.text.split("\n") == ["فتح الجسر القديم", PARAGRAPH, *MORE]


def test_the_text_of_an_english_page_is_exact(extraction):
    paragraphs = [
        "The old bridge opened to cars on Thursday, seven months after it was closed.",
        "“Some 3,500 families cross it,” said Ann Reed — “every day.”",
        "It carries between 60 and 90 vehicles at a time; that's twice as many.",
    ]
    document = read(
        extraction, page(*paragraphs, title="The bridge is open", lang="en")
    )
    assert document.text.split("\n") == ["The bridge is open", *paragraphs]


def test_markup_inside_a_paragraph_leaves_its_words_alone(extraction):
    marked = PARAGRAPH.replace("الجسر القديم", "<b>الجسر</b> <a href='/x'>القديم</a>")
    assert PARAGRAPH in read(extraction, page(marked, *MORE)).text


def test_navigation_scripts_and_comments_are_no_text(extraction):
    head = "<script>var x = 'سكربت';</script><style>p {color: red}</style>"
    text = read(extraction, page(PARAGRAPH, "<!-- سر -->" + MORE[0], head=head)).text
    for other in ("الرئيسية", "رياضة", "حقوق", "سكربت", "color", "سر -"):
        assert other not in text


def test_a_page_states_its_metadata(extraction):
    head = (
        meta("og:site_name", "شمس اليوم")
        + '<link rel="canonical" href="https://shams.example/1">'
        + '<meta name="author" content="سمير النجار">'
        + meta("article:published_time", "2022-01-25T22:00:00+03:00")
    )
    document = read(extraction, page(head=head))
    assert document.title == "فتح الجسر القديم"
    assert document.site == "شمس اليوم"
    assert document.url == "https://shams.example/1"
    assert document.byline == "سمير النجار"
    assert document.language == "ar"
    assert document.published == ("2022-01-25",)
    assert document.extractor.startswith("trafilatura 2.")


def test_a_page_that_states_nothing_gets_nothing(extraction):
    document = read(
        extraction, page(PARAGRAPH, "في 3 آذار 2021 كتب في 2022-01-25.", lang="")
    )
    assert document.site == document.url == document.byline == document.language == ""
    assert document.published == ()


def test_the_name_of_the_site_is_no_part_of_the_title(extraction):
    head = meta("og:title", "فتح الجسر القديم | شمس اليوم")
    assert read(extraction, page(head=head)).title == "فتح الجسر القديم"


@pytest.mark.parametrize(
    ("head", "days"),
    [
        pytest.param(meta("article:published_time", "2022-01-25"), 1, id="Open Graph"),
        pytest.param(
            '<meta itemprop="datePublished" content="2022-01-25">', 1, id="item"
        ),
        pytest.param(
            linked(**{"@type": "NewsArticle", "datePublished": "2022-01-25T01:00Z"}),
            1,
            id="linked data",
        ),
        pytest.param(
            linked(
                **{"@graph": [{"@type": ["Article"], "datePublished": "2022-01-25"}]}
            ),
            1,
            id="linked data in a graph",
        ),
        pytest.param(
            linked(**{"@type": "WebPage", "datePublished": "2022-01-25"}),
            0,
            id="no article",
        ),
        pytest.param(
            '<script type="application/ld+json">{"a":</script>', 0, id="broken"
        ),
        pytest.param(
            f'<script type="application/ld+json">{"[" * 5000}</script>', 0, id="nested"
        ),
        pytest.param(
            linked(**{"@type": "Article", "datePublished": 2022}), 0, id="number"
        ),
        pytest.param(
            linked(**{"@type": "Article", "dateModified": "2022"}), 0, id="later"
        ),
        pytest.param(meta("article:modified_time", "2022-01-25"), 0, id="changed"),
        pytest.param('<meta name="date" content="2022-01-25">', 0, id="of what?"),
        pytest.param(
            meta("article:published_time", "2022-01-25")
            + meta("article:published_time", "2022-01-26"),
            2,
            id="a contradiction",
        ),
        pytest.param(
            meta("article:published_time", "2022-01-25")
            + linked(**{"@type": "Article", "datePublished": "2020-01-01"}),
            1,
            id="the better statement",
        ),
    ],
)
def test_a_date_is_taken_from_explicit_metadata_only(extraction, head, days):
    published = read(extraction, page(PARAGRAPH, *MORE, head=head)).published
    assert len(published) == days
    assert not days or published[0] == "2022-01-25"


@pytest.mark.parametrize(
    ("times", "published"),
    [
        ("<time datetime='2022-01-25T10:00'>أمس</time>", ("2022-01-25",)),
        ("<time>25 كانون الثاني 2022</time>", ()),
        (
            "<time pubdate datetime='2022-01-25'></time><time datetime='2021-02-02'></time>",
            ("2022-01-25",),
        ),
        (
            "<time datetime='2022-01-25'></time><time datetime='2021-02-02'></time>",
            ("2022-01-25", "2021-02-02"),
        ),
    ],
)
def test_the_times_of_a_page_count_when_they_agree(extraction, times, published):
    assert read(extraction, page(PARAGRAPH, times)).published == published


# --- hostile pages ---

ARTICLE = f"<article><p>{PARAGRAPH}</p><p>{MORE[0]}</p></article>"

UNREADABLE = {
    "nothing": ("", Reason.NO_TEXT),
    "space": (" \n ", Reason.NO_TEXT),
    "a comment": ("<!-- a -->", Reason.NO_TEXT),
    "an empty page": ("<html><body></body></html>", Reason.NO_TEXT),
    "only a script": ("<html><script>x = 1</script></html>", Reason.NO_TEXT),
    "nested deep": ("<div>" * 50_000 + ARTICLE, Reason.TOO_DEEP),
    "nested a little too deep": ("<div>" * 300 + ARTICLE, Reason.TOO_DEEP),
    "nested in the middle": (ARTICLE + "<b>" * 300 + "x", Reason.TOO_DEEP),
    "nested lists": ("<ul><li>" * 20_000 + ARTICLE, Reason.TOO_DEEP),
    "nested tables": ("<table><tr><td>" * 5_000 + ARTICLE, Reason.TOO_DEEP),
    "many elements": ("<p>a " * (MAX_ELEMENTS + 1), Reason.TOO_MANY_PARTS),
    "many breaks": (ARTICLE + "<br>" * (MAX_ELEMENTS + 1), Reason.TOO_MANY_PARTS),
    "many attributes": (
        f"<a {' '.join(f'a{n}=1' for n in range(20_000))}>{ARTICLE}",
        Reason.TOO_MANY_PARTS,
    ),
    "too large": ("x" * (MAX_BYTES + 1), Reason.TOO_LARGE),
}


@pytest.mark.parametrize(("content", "reason"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_page_without_a_readable_article_is_refused(extraction, content, reason):
    with pytest.raises(Unreadable) as refused:
        extraction.document("html", content.encode())
    assert refused.value.reason is reason
    if reason is not Reason.TOO_LARGE:
        with pytest.raises(Unreadable):
            html.read(content.encode())


HOSTILE = {
    "60 KB of openers": ARTICLE + "<a " * 20_000,
    "unclosed attribute": ARTICLE + '<a href="' + "x" * 1_000_000,
    "a huge attribute": f"<p class='{'x' * 5_000_000}'>{ARTICLE}",
    "a huge word": ARTICLE + f"<p>{'x' * 2_000_000}</p>",
    "many entities": ARTICLE + "<p>" + "&amp;" * 200_000,
    "an unknown entity": ARTICLE + "<p>" + "&x" * 200_000,
    "numbers of characters": ARTICLE + "<p>" + "&#1575;" * 100_000,
    "unclosed comment": ARTICLE + "<!--" * 100_000,
    "closers alone": "</div>" * 100_000 + ARTICLE,
    "angle brackets": ARTICLE + "<" * 500_000,
    "questions": ARTICLE + "<?" * 200_000,
    "doctypes": "<!doctype " * 50_000 + ARTICLE,
    "entities of a doctype": '<!doctype html [<!entity a "aaaa">]>'
    + ARTICLE
    + "&a;" * 1000,
    "a script without an end": ARTICLE + "<script>" + "x" * 1_000_000,
    "a title without an end": ARTICLE + "<title>" * 20_000,
    "forms in forms": "<form>" * 20_000 + ARTICLE,
    "styles": f"<style>{'a{' * 200_000}</style>{ARTICLE}",
    "controls": ARTICLE + "\x01\x0b\x1b\ufffe\u202e" * 1000,
    "linked data": linked(a=[{"@type": "Article"}] * 20_000) + ARTICLE,
    "a long title": f"<title>{'ا ' * 20_000}</title>{ARTICLE}",
    "many headings": "<h1>a</h1>" * 1_500 + ARTICLE,
    "links": ARTICLE + "<a href=/x>y</a> " * 5_000,
    "a table": ARTICLE + "<table>" + "<tr><td>1" * 8_000,
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_page_is_read_or_refused_in_time(extraction, content):
    started = time.perf_counter()
    assert outcome(extraction, content) not in {Reason.TOO_SLOW, Reason.DAMAGED, ""}
    assert time.perf_counter() - started < 10


def outcome(extraction, content):
    try:
        return extraction.document("html", f"<html><body>{content}".encode()).text
    except Unreadable as unreadable:
        return unreadable.reason


def test_a_picture_inside_an_attribute_is_no_hindrance(extraction):
    picture = f"<img src='data:image/png;base64,{'A' * 100_000}'>"
    assert PARAGRAPH in read(extraction, page(PARAGRAPH, picture)).text


def test_the_child_still_reads_after_all_that(extraction):
    assert PARAGRAPH in read(extraction, page(PARAGRAPH, *MORE)).text
