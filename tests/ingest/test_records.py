"""Records are read strictly, one by one, and a bad one stops no other."""

import datetime as dt
import io
import json

import pytest

from sources.documents import MAX_BYTES
from sources.ingest import records
from sources.ingest.draft import Draft, Place, Refusal, SourceOrigin
from sources.models import Access, DateOrigin
from sources.text.dates import PartialDate
from tests.specs import rows

GOOD = '{"text": "The bridge is open."}'


def read(*lines):
    stream = io.BytesIO("\n".join(lines).encode())
    return list(records.drafts(stream, "news.ndjson"))


def record(**fields):
    return json.dumps({"text": "The bridge is open.", **fields})


@pytest.mark.parametrize(("line", "field", "reason"), rows("bad_records"))
def test_a_bad_record_is_refused_with_its_line_field_and_reason(line, field, reason):
    before, refusal, after = read(GOOD, line, GOOD)
    assert isinstance(before, Draft)
    assert isinstance(refusal, Refusal)
    assert refusal.place == Place("news.ndjson", 2)
    assert refusal.field == ("" if field == "-" else field)
    assert any(words in refusal.reason for words in reason.split("|"))
    assert isinstance(after, Draft)


def test_every_field_is_read():
    (draft,) = read(
        record(
            title=" فتح الجسر ",
            url="https://news.example/1?a=b",
            language="ar-SY",
            byline="سمير النجار",
            published="2022-01-25T23:30:00+03:00",
            source="shams",
            access="paywalled",
            archive_url="https://archive.example/1",
            fetched_at="2022-01-26T08:00:00Z",
        )
    )
    assert draft.title == "فتح الجسر"
    assert draft.url == "https://news.example/1?a=b"
    assert (draft.language, draft.byline) == ("ar-SY", "سمير النجار")
    assert draft.published == PartialDate.day(dt.date(2022, 1, 25))
    assert draft.published_origin is DateOrigin.METADATA
    assert (draft.source, draft.source_origin) == ("shams", SourceOrigin.GIVEN)
    assert draft.access is Access.PAYWALLED
    assert draft.archive_url == "https://archive.example/1"
    assert draft.fetched_at == dt.datetime(2022, 1, 26, 8, tzinfo=dt.UTC)


def test_a_record_of_a_text_alone_states_nothing_else():
    (draft,) = read(GOOD)
    assert draft == Draft(
        place=Place("news.ndjson", 1),
        text="The bridge is open.",
        media_type="application/x-ndjson",
        encoding="utf-8",
    )


@pytest.mark.parametrize("value", [None, ""])
def test_null_and_nothing_state_nothing(value):
    (draft,) = read(record(title=value, published=value, source=value))
    assert (draft.title, draft.published, draft.source) == ("", None, "")
    assert draft.published_origin is draft.source_origin is None


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("2022", PartialDate.year(2022)),
        ("2022-01", PartialDate.month(2022, 1)),
        ("2022-01-25", PartialDate.day(dt.date(2022, 1, 25))),
        ("2022-01-25T00:10:00+03:00", PartialDate.day(dt.date(2022, 1, 25))),
    ],
)
def test_a_date_is_as_exact_as_it_is_written(written, read_as):
    assert read(record(published=written))[0].published == read_as


def test_the_text_stays_as_it_is_but_for_newlines():
    text = " \tأ\u200f “ب” \u00a0\r\n\r\nج\u0651 😀\u2028 "
    (draft,) = read(record(text=text))
    assert draft.text == text.replace("\r\n", "\n")


def test_empty_lines_count_but_are_no_records():
    drafts = read("", GOOD, "  ", "", GOOD, "")
    assert [draft.place.line for draft in drafts] == [2, 5]


def test_the_mark_of_utf_8_may_begin_the_file():
    assert len(read("\ufeff" + GOOD, GOOD)) == 2


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"text": "\xe4"}', "0xE4"),
        (GOOD.encode("utf-16"), "not of utf-8"),
        (b'{"text": "' + b"x" * MAX_BYTES + b'"}', "larger than 10 MB"),
        (b'{"text": "a", "title": ' + b"[" * 50_000 + b"}", "nested too deep"),
        (b'{"text": "a", "title": ' + b"9" * 50_000 + b"}", "too long"),
        (b'{"text": "a", "title": "' + b"b" * 501 + b'"}', "at most 500"),
        (b'{"text": "a", "byline": "' + b"b" * 301 + b'"}', "at most 300"),
        (b'{"text": "a", "source": "' + b"b" * 201 + b'"}', "at most 200"),
        (b'{"text": "a", "url": "https://a.b/' + b"b" * 1000 + b'"}', "at most 1000"),
    ],
)
def test_bytes_that_are_no_record_are_refused_and_the_next_line_is_read(line, reason):
    stream = io.BytesIO(line + b"\n" + GOOD.encode())
    *refused, draft = records.drafts(stream, "news.ndjson")
    assert refused[0].place.line == 1
    assert any(words in refused[0].reason for words in reason.split("|"))
    assert draft.text == "The bridge is open."


def test_a_refusal_shows_nothing_invisible_and_nothing_long():
    (refusal,) = read(json.dumps({"text": "a", "x\u202e\0" * 1000: "b"}))
    assert str(refusal).startswith("news.ndjson, line 1, x\ufffd\ufffdx")
    assert len(str(refusal)) < 200


def test_ten_thousand_records_are_read_one_by_one():
    class Endless(io.RawIOBase):
        """Gives records as long as it is asked, and counts."""

        given = 0

        def readline(self, size=-1):
            del size
            self.given += 1
            return GOOD.encode() + b"\n"

    stream = Endless()
    drafts = records.drafts(stream, "news.ndjson")
    for _ in range(10_000):
        next(drafts)
    assert stream.given <= 10_001
