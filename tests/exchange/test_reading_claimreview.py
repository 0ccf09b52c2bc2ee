"""ClaimReview of others: read as it is found, and nothing added to it."""

import datetime as dt
import io
import json
from decimal import Decimal
from typing import Any

import pytest

from claims.exchange.claimreview.reading import (
    Appearance,
    GivenRating,
    OthersReview,
    Voice,
    read,
)
from sources.documents import MAX_BYTES
from sources.ingest.draft import Refusal
from sources.text.dates import PartialDate

pytestmark = pytest.mark.once

CLAIMED = "Forty boats left the harbour before dawn"
RATING = {"@type": "Rating", "alternateName": "Not so"}
LEAST = {"@type": "ClaimReview", "claimReviewed": CLAIMED, "reviewRating": RATING}


def found(written: str | bytes) -> list[OthersReview | Refusal]:
    content = written.encode() if isinstance(written, str) else written
    return list(read(io.BytesIO(content), "reviews.json"))


def the_review(**properties: Any) -> OthersReview:
    [review] = found(json.dumps({**LEAST, **properties}))
    assert isinstance(review, OthersReview), review
    return review


def the_refusal(**properties: Any) -> Refusal:
    [refusal] = found(json.dumps({**LEAST, **properties}))
    assert isinstance(refusal, Refusal)
    return refusal


# --- a whole one ---


def test_a_whole_review_is_read_whole():
    review = the_review(
        url="https://checks.example/boats",
        inLanguage="en",
        datePublished="2024-05-09",
        author={
            "@type": "Organization",
            "name": "Tide Desk",
            "url": "https://t.example",
        },
        reviewBody="The log of the harbour lists nine.",
        reviewRating={
            "ratingValue": "2",
            "worstRating": 1,
            "bestRating": "5",
            "alternateName": "Mostly not",
        },
        itemReviewed={
            "@type": "Claim",
            "author": {"@type": "Person", "name": "Ruba Saleh"},
            "datePublished": "2024-05-02",
            "appearance": [
                {
                    "@type": "NewsArticle",
                    "url": "https://a.example/1",
                    "headline": "Boats",
                },
                "https://a.example/2",
            ],
            "firstAppearance": {"url": "https://a.example/0"},
        },
    )
    scale = {"value": Decimal(2), "worst": Decimal(1), "best": Decimal(5)}
    assert review == OthersReview(
        place=review.place,
        claimed=CLAIMED,
        rating=GivenRating(name="Mostly not", **scale),
        language="en",
        url="https://checks.example/boats",
        author=Voice(name="Tide Desk", kind="Organization", url="https://t.example"),
        published=PartialDate.day(dt.date(2024, 5, 9)),
        body="The log of the harbour lists nine.",
        speaker=Voice(name="Ruba Saleh", kind="Person"),
        said_on=PartialDate.day(dt.date(2024, 5, 2)),
        appearances=(
            Appearance(url="https://a.example/1", title="Boats"),
            Appearance(url="https://a.example/2"),
        ),
        first_appearance=Appearance(url="https://a.example/0"),
    )
    assert review.rating.share == Decimal("0.25")


def test_what_is_not_stated_is_not_invented():
    review = the_review()
    assert review == OthersReview(
        place=review.place, claimed=CLAIMED, rating=GivenRating(name="Not so")
    )


# --- ratings ---


@pytest.mark.parametrize(
    ("stated", "name", "numbers", "share"),
    [
        pytest.param({"ratingValue": 4, "worstRating": 1, "bestRating": 5}, "", (4, 1, 5), "0.75", id="numbers"),
        pytest.param({"ratingValue": "4", "worstRating": "1", "bestRating": "5"}, "", (4, 1, 5), "0.75", id="numbers as text"),
        pytest.param({"ratingValue": "٤", "worstRating": "١", "bestRating": "٥"}, "", (4, 1, 5), "0.75", id="Arabic digits"),
        pytest.param({"ratingValue": 4.5, "worstRating": 0, "bestRating": 5}, "", ("4.5", 0, 5), "0.9", id="a fraction"),
        pytest.param({"ratingValue": 1, "worstRating": 5, "bestRating": 1}, "", (1, 5, 1), "1", id="a reversed scale stays reversed"),
        pytest.param({"ratingValue": 5, "worstRating": 5, "bestRating": 1}, "", (5, 5, 1), "0", id="the worst of a reversed scale"),
        pytest.param({"ratingValue": -1, "worstRating": 1, "bestRating": 5}, "", (-1, 1, 5), None, id="a value beside its scale has no share"),
        pytest.param({"ratingValue": 3, "bestRating": 5}, "", (3, None, 5), None, id="half a scale is not completed"),
        pytest.param({"ratingValue": 1, "worstRating": 1, "bestRating": 1}, "", (1, 1, 1), None, id="a scale of one point"),
        pytest.param({"alternateName": "False"}, "False", (None, None, None), None, id="a name alone"),
        pytest.param({"name": "False"}, "False", (None, None, None), None, id="called name"),
        pytest.param({"ratingValue": "False"}, "False", (None, None, None), None, id="a word where a number belongs"),
        pytest.param({"ratingValue": "4/5"}, "4/5", (None, None, None), None, id="a share in words is a word"),
        pytest.param("False", "False", (None, None, None), None, id="a word instead of a rating"),
        pytest.param([{"alternateName": "False"}], "False", (None, None, None), None, id="a list of one"),
    ],
)  # fmt: skip
def test_a_rating_is_read_as_it_is_given(stated, name, numbers, share):
    rating = the_review(reviewRating=stated).rating
    wanted = [None if each is None else Decimal(each) for each in numbers]
    assert (rating.name, [rating.value, rating.worst, rating.best]) == (name, wanted)
    assert rating.share == (None if share is None else Decimal(share))


@pytest.mark.parametrize("stated", [{}, None, [], "", {"bestRating": 5}])
def test_without_any_rating_there_is_no_verdict(stated):
    assert the_refusal(reviewRating=stated).field == "reviewRating"


# --- dates ---


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2024-05-02T09:00:00+03:00", PartialDate.day(dt.date(2024, 5, 2))),
        ("2024-05-02 09:00", PartialDate.day(dt.date(2024, 5, 2))),
        ("2024/05/02", PartialDate.day(dt.date(2024, 5, 2))),
        ("Thu, 02 May 2024 09:00:00 GMT", PartialDate.day(dt.date(2024, 5, 2))),
        ("May 2, 2024", PartialDate.day(dt.date(2024, 5, 2))),
        ("٢ أيار ٢٠٢٤", PartialDate.day(dt.date(2024, 5, 2))),
        ("31/05/2024", PartialDate.day(dt.date(2024, 5, 31))),
        ("2024-05", PartialDate.month(2024, 5)),
        ("2024", PartialDate.year(2024)),
        ("", None),
    ],
)
def test_dates_are_read_in_the_formats_they_come_in(written, date):
    review = the_review(datePublished=written)
    assert (review.published, review.remarks) == (date, ())


@pytest.mark.parametrize(
    "written",
    ["03/04/2024", "2024-02-30", "2024-13", "yesterday", "1714640400", "0000"],
)
def test_an_unclear_date_is_left_out_and_told(written):
    review = the_review(datePublished=written)
    assert review.published is None
    assert review.remarks == (f"datePublished: “{written}” is no clear date",)


# --- odd forms ---


def test_an_author_may_be_a_bare_name():
    review = the_review(author="Tide Desk", itemReviewed={"author": ["Ruba Saleh"]})
    assert (review.author, review.speaker) == (
        Voice(name="Tide Desk"),
        Voice(name="Ruba Saleh"),
    )


def test_the_words_may_stand_with_the_claim():
    review = the_review(claimReviewed="", itemReviewed={"text": "Nine boats left"})
    assert review.claimed == "Nine boats left"


def test_without_words_there_is_no_claim():
    assert the_refusal(claimReviewed=" ").field == "claimReviewed"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "boats", "http://[", "ftp://a.example/"]
)
def test_only_addresses_of_pages_are_taken(address: str):
    review = the_review(url=address, itemReviewed={"appearance": address})
    assert (review.url, review.appearances) == ("", ())
    assert len(review.remarks) == 2


@pytest.mark.parametrize("character", ["\0", "\ud800"])
def test_characters_that_no_text_has_are_refused(character: str):
    assert the_refusal(claimReviewed=f"Boats{character}").field == "claimReviewed"


def test_expanded_json_ld_says_the_same():
    [review] = found(
        json.dumps(
            [
                {
                    "@type": ["http://schema.org/ClaimReview"],
                    "http://schema.org/claimReviewed": [{"@value": CLAIMED}],
                    "http://schema.org/reviewRating": [
                        {"http://schema.org/ratingValue": [{"@value": 2}]}
                    ],
                }
            ]
        )
    )
    assert (review.claimed, review.rating.value) == (CLAIMED, Decimal(2))


def test_a_language_may_be_an_object():
    stated = {"@type": "Language", "name": "Arabic", "alternateName": "ar"}
    assert the_review(inLanguage=stated).language == "ar"


# --- documents ---


def test_a_graph_is_read_with_what_its_ids_name():
    graph = [
        {"@type": "Organization", "@id": "#us", "name": "Tide Desk"},
        {"@type": "WebPage", "url": "https://checks.example/"},
        {**LEAST, "author": {"@id": "#us"}},
    ]
    [review] = found(json.dumps({"@context": "https://schema.org", "@graph": graph}))
    assert review.author == Voice(name="Tide Desk", kind="Organization")


def test_a_feed_of_any_depth_is_read():
    feed = {"dataFeedElement": [{"item": [LEAST]}, {"item": [LEAST, LEAST]}]}
    assert len(found(json.dumps(feed))) == 3


def test_each_review_of_a_long_document_has_its_own_line():
    written = json.dumps([LEAST, {**LEAST, "reviewRating": {}}, LEAST], indent=1)
    first, second, third = found(f"\n{written}")
    numbers = [
        number
        for number, line in enumerate(f"\n{written}".split("\n"), 1)
        if line == " {"
    ]
    assert [each.place.line for each in (first, second, third)] == numbers
    assert isinstance(second, Refusal)
    assert str(second).startswith(f"reviews.json, line {numbers[1]}, reviewRating: ")


def test_one_a_line_is_read_line_by_line_and_a_broken_one_spoils_no_other():
    lines = [
        json.dumps(LEAST),
        "",
        "{broken",
        json.dumps({"@type": "Thing"}),
        json.dumps(LEAST),
    ]
    told = found("\ufeff" + "\n".join(lines))
    assert [(each.place.line, type(each)) for each in told] == [
        (1, OthersReview),
        (3, Refusal),
        (4, Refusal),
        (5, OthersReview),
    ]


def test_a_broken_first_line_spoils_no_other():
    told = found(f"{{broken\n{json.dumps(LEAST)}\n{json.dumps(LEAST)}")
    assert [(each.place.line, type(each)) for each in told] == [
        (1, Refusal),
        (2, OthersReview),
        (3, OthersReview),
    ]


def test_a_list_with_one_review_a_line_is_one_document():
    line = json.dumps(LEAST)
    told = found(f"[\n{line}\n]")
    assert [each.place.line for each in told] == [2]
    assert [each.place.line for each in found(f"[\n{line},\n{line}]")] == [2, 3]


@pytest.mark.parametrize(
    ("written", "line"),
    [
        pytest.param('{\n "a": 1,\n b\n}', 3, id="broken in its third line"),
        pytest.param('{"@type": "ClaimReview", "n": NaN}', 1, id="no number"),
        pytest.param("[" * 200_000, 1, id="nested without end"),
        pytest.param('{"@type":\n' * 50_000, 1, id="nested over lines"),
        pytest.param(b"\xff\xfe", 1, id="no UTF-8"),
        pytest.param("[" + " " * MAX_BYTES + "]", 1, id="too large a line"),
        pytest.param("[\n" + (" " * 99 + "\n") * (MAX_BYTES // 100), 1, id="too large"),
        pytest.param("12", 1, id="a number"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(written, line: int):
    [refusal] = found(written)
    assert isinstance(refusal, Refusal)
    assert refusal.place.line == line


def test_an_empty_file_says_nothing():
    assert found("\n\n") == []


def test_a_long_number_is_a_word():
    assert the_review(reviewRating={"ratingValue": 10**40}).rating.value is None
