"""People's tables are read strictly; what a spreadsheet would compute is defused."""

import csv
import io
from decimal import Decimal

import pytest

from claims.models import Claim
from sources.documents import MAX_TEXT
from sources.models import Article, ArticleVersion
from sources.text.dates import PartialDate
from tests import factories as make
from tests.exchange.exchanging import exporting, importing, refused

pytestmark = pytest.mark.django_db

TEXT = "Nobody drowned, she said, and 75 boats left."
NEEDED = {
    "words": "75 boats left",
    "article_title": "Boats",
    "article_language": "en",
    "article_text": TEXT,
}


def as_file(*rows: dict[str, str]) -> bytes:
    names = list(dict.fromkeys(name for row in rows for name in row))
    written = io.StringIO()
    table = csv.DictWriter(written, names, restval="")
    table.writeheader()
    table.writerows(rows)
    return written.getvalue().encode()


def taken(content: bytes) -> list[str]:
    return refused(importing("csv", content), "csv")


def test_a_person_gives_the_words_and_the_text_they_stand_in():
    assert taken(as_file(NEEDED)) == []
    claim = Claim.objects.with_provenance().get()
    assert (claim.start, claim.words) == (30, "75 boats left")
    assert claim.article_version.fetched_at == make.FETCHED_AT
    assert claim.article_version.article.title == "Boats"


def test_a_row_after_the_first_names_the_article_by_its_code():
    first = {**NEEDED, "article_code": "a-boats"}
    second = {"words": "Nobody drowned", "article_code": "a-boats"}
    assert taken(as_file(first, second)) == []
    assert (Article.objects.count(), Claim.objects.count()) == (1, 2)


def test_the_same_table_gives_the_same_codes():
    importing("csv", as_file(NEEDED))
    importing("csv", as_file(NEEDED, {**NEEDED, "words": "Nobody drowned"}))
    assert (ArticleVersion.objects.count(), Claim.objects.count()) == (1, 2)


def test_what_a_row_names_is_made_from_its_columns():
    measure = make.a_measure(slug="boats")
    row = {
        **NEEDED,
        "source_slug": "harbour",
        "source_kind": "OUTLET",
        "source_name_ar": "الميناء",
        "speaker_slug": "master",
        "speaker_kind": "PERSON",
        "speaker_name_en": "The master",
        "measure_slug": "boats",
        "measure_name_en": "told again, and of a measure that is here not needed",
        "low": "75",
        "high": "75.125",
        "qualifier": "RANGE",
        "unit": "persons",
        "holds_earliest": "2024-05-01",
        "denied": "true",
    }
    assert taken(as_file(row)) == []
    claim = Claim.objects.with_provenance().get()
    assert (claim.source.slug, claim.speaker.slug) == ("harbour", "master")
    assert (claim.measure, claim.high) == (measure, Decimal("75.125"))
    assert claim.holds == PartialDate.day(claim.holds_earliest)
    assert claim.denied


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", ["line 1, words: This column is missing."]),
        (b"words,lo\r\nx,1\r\n", ["line 1, lo: There is no such column"]),
        (b"words,low,words\r\n", ["line 1, words: The column is given twice."]),
        (b"low;words\r\n", ["line 1, low;words: There is no such column"]),
        ("words\r\nكلمة\r\n".encode("cp1256"), ["line 2: This is no UTF-8."]),
        ("words\r\n".encode("utf-16"), ["line 1: This is no UTF-8."]),
        (b"words,low\r\nx\r\ny,1,2\r\n", ["line 2: The row has 1", "line 3: The row"]),
        (b'words\r\n"x\r\ny\r\n', ["line 2: This is no CSV: unexpected end of data."]),
        (b'words\r\n"x"y\r\n', ["line 2: This is no CSV: ',' expected after"]),
        (b"words\r\n" + b"x" * (MAX_TEXT + 1) + b"\r\n", ["line 2: This is no CSV"]),
        (b"words\r\n" + b"x," * 6_000_000, ["line 2: The row has no end"]),
        (b'words\r\n"' + b"x\n" * 2_000_000, ["line 2: This is no CSV: field larger"]),
        (b"words\r\nx\r\n", ["line 2, article_code: Give the code of the article"]),
    ],
)
def test_a_table_that_is_none_is_refused_with_its_line(content, told):
    found = taken(content)
    assert len(found) == len(told)
    assert all(words in each for each, words in zip(found, told, strict=True))
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    ("name", "cell", "told"),
    [
        ("words", "", "words: Give the words"),
        ("words", "two boats", "words: “two boats” does not stand in the text."),
        ("start", "-1", "start: A whole number is needed."),
        ("start", "1_0", "start: A whole number is needed."),
        ("start", "3", ": The text reads"),
        ("low", "3,500", "low: A number is needed"),
        ("low", "٣٥٠٠", "low: A number is needed"),
        ("low", "NaN", "low: A number is needed"),
        ("low", "1e3", "low: A number is needed"),
        ("denied", "yes", "denied: Give true or false."),
        ("holds_earliest", "3/4/2022", "holds_earliest: A day is needed"),
        ("holds_latest", "2022-01-01", "holds_earliest: Give the earliest day."),
        ("article_title", "", "article_title: An article whose text is given"),
        ("article_text", "a\0b 75 boats left", "article_text: "),
        ("article_fetched_at", "2022-01-01T10:00:00", "article_fetched_at: A moment"),
        ("source_slug", "nobody", "source_slug: “nobody” is neither here"),
        ("speaker_slug", "nobody", "speaker_slug: “nobody” is neither here"),
        ("measure_slug", "nobody", "measure_slug: “nobody” is neither here"),
        ("quantity_words", "seventy", "quantity_words: “seventy” does not stand"),
        ("quantity_start", "2", "quantity_words: Give the words"),
        ("qualifier", "MAYBE", "qualifier: "),
        ("status", "WITHDRAWN", "status: It was taken back"),
        ("note", "a\0b", "note: The character U+0000 is not text."),
    ],
)
def test_a_cell_that_does_not_do_is_refused_by_its_column(name, cell, told):
    [first, *_more] = taken(as_file({**NEEDED, name: cell}))
    assert first.startswith("line 2")
    assert told in first
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    "words",
    ["=1+2", "+963", "-7", "@name", "'quoted'", "'=1", "''", "\t=1", "＝1", "plain"],
)
def test_a_spreadsheet_computes_no_cell_and_the_words_come_back(words):
    note = f"{words} note"
    assert taken(as_file({**NEEDED, "note": f"'{note}", "words": "75 boats"})) == []
    Claim.objects.get()
    version = make.a_version(text=f"{words} here")
    make.a_recorded_claim(
        version=version, words=f"{words} here", low=None, qualifier="", note=note
    )
    table = exporting("csv", make.a_chief()).decode()
    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    cell = next(row["words"] for row in rows if "here" in row["words"])
    assert not cell.startswith(tuple("=+-@\t＝"))
    assert refused(importing("csv", table.encode()), "csv") == []


def test_a_mark_of_byte_order_is_no_part_of_a_name():
    assert taken(b"\xef\xbb\xbf" + as_file(NEEDED)) == []
