"""Reading the Georeferenced Event Dataset: tables of cells, whole files, bad ones."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claims.exchange.ged import cells, reading
from claims.exchange.ged.columns import COLUMNS
from claims.exchange.ged.mapping import record_of
from claims.exchange.ged.rows import Row
from sources.ingest.draft import Place, Refusal
from sources.text.dates import PartialDate
from tests.exchange import ged_file
from tests.specs import rows

AT = dt.datetime(2024, 5, 2, 8, tzinfo=dt.UTC)
PLACE = Place("events.csv", 2)


def a_row(**changed: str) -> Row:
    return Row({**ged_file.EVENT, **changed}, cells.Order.UNKNOWN)


def record(**changed: str):
    return record_of(a_row(**changed), PLACE, fetched_at=AT)


def read(content: str | bytes):
    content = content.encode() if isinstance(content, str) else content
    return list(reading.rows(io.BytesIO(content), "events.csv"))


def several(cell: str) -> list[str]:
    return [] if cell == "-" else cell.split(" ¦ ")


def told(value: object) -> str:
    return str(value) if value else "-"


@pytest.mark.parametrize(("cell", "names"), rows("ged_originators"))
def test_originators_are_read_as_the_table_says(cell, names):
    assert list(cells.originators(cell)) == several(names)


@pytest.mark.parametrize(
    ("article", "office", "date", "items", "offices", "days"), rows("ged_reports")
)
def test_reports_are_read_as_the_table_says(
    article, office, date, items, offices, days
):
    row = a_row(
        source_article=article.replace("⏎", "\n"),
        source_office=office,
        source_date=date,
        source_headline="",
    )
    found = row.reports
    assert [r.item.replace("\n", "⏎") for r in found] == several(items)
    if found:
        assert [told(" + ".join(r.offices)) for r in found] == offices.split(" ¦ ")
        dated = [told(r.day) for r in found]
        assert dated == days.split(" ¦ ")


@pytest.mark.parametrize(("column", "cell", "words"), rows("ged_bad_cells"))
def test_a_bad_cell_is_refused_with_its_column_and_value(column, cell, words):
    with pytest.raises(Refusal) as refused:
        record(**{column: cell})
    assert refused.value.field == column
    assert words in refused.value.reason


@pytest.mark.parametrize(
    ("precision", "first", "last", "when"),
    [
        ("1", "2016-03-05", "2016-03-05", PartialDate.day(dt.date(2016, 3, 5))),
        ("2", "2016-03-05", "2016-03-08", (5, 8)),
        ("3", "2016-03-07", "2016-03-13", (7, 13)),
        ("4", "2016-03-01", "2016-03-31", PartialDate.month(2016, 3)),
        ("4", "2016-03-05", "2016-03-31", (5, 31)),
        ("5", "2016-01-01", "2016-12-31", PartialDate.year(2016)),
        ("3", "2016-03-01", "2016-03-31", (1, 31)),
        ("1", "2016-03-05", "2016-03-06", (5, 6)),
        ("1.0", "2016-03-05", "2016-03-05", PartialDate.day(dt.date(2016, 3, 5))),
        ("", "2016-03-05", "2016-03-05", PartialDate.day(dt.date(2016, 3, 5))),
        ("", "2016-03-05", "2016-03-08", (5, 8)),
        ("2", "2016-03-05", "2016-03-01", PartialDate.day(dt.date(2016, 3, 5))),
    ],
)
def test_dates_are_as_exact_as_they_are_coded_and_begin_where_the_row_begins(
    precision, first, last, when
):
    row = a_row(date_prec=precision, date_start=f"{first} 00:00:00.000", date_end=last)
    if isinstance(when, tuple):
        when = PartialDate.period(*(dt.date(2016, 3, day) for day in when))
    assert row.when == when


@pytest.mark.parametrize(
    ("low", "best", "high", "stored", "qualifier"),
    [
        ("3", "3", "3", (3, 3, 3), "EXACT"),
        ("2", "3", "9", (2, 3, 9), "RANGE"),
        ("3", "4", "3", (3, 4, 3), "RANGE"),
        ("9", "3", "2", (9, 3, 2), "RANGE"),
        ("", "3", "NA", (3, 3, 3), "EXACT"),
        ("2", "-1", "9", (2, None, 9), "RANGE"),
        ("2", "3", "-1", (2, 3, None), "AT_LEAST"),
        ("-1", "3", "9", (None, 3, 9), "AT_MOST"),
        ("0", "0", "1", (0, 0, 1), "RANGE"),
        ("5.0", "5.0", "1e+05", (5, 5, 100_000), "RANGE"),
        ("-1.0", "5", "9", (None, 5, 9), "AT_MOST"),
    ],
)
def test_figures_are_kept_as_the_row_states_them(low, best, high, stored, qualifier):
    (claim,) = record(low=low, best=best, high=high).claims
    assert (claim.low, claim.best, claim.high) == tuple(
        None if value is None else Decimal(value) for value in stored
    )
    assert (claim.qualifier, claim.basis) == (qualifier, "TABULATED")
    assert claim.anchor.words == best


def test_a_row_in_which_nobody_counted_is_refused():
    with pytest.raises(Refusal, match="Nobody counted"):
        record(low="-1", best="-1", high="-1")


def test_the_span_is_the_cell_of_the_best_estimate_wherever_else_its_digits_stand():
    found = record(id="3", year="3", deaths_a="3", best=" 3 ", high="3", low="3")
    (claim,) = found.claims
    line = found.articles[-1].versions[0].text
    before = line[: claim.anchor.span.start]
    assert len(next(csv.reader([before]))) == COLUMNS.index("best") + 1
    assert claim.anchor.span.of(line) == claim.anchor.words == "3"


def test_a_row_cites_its_reports_and_they_cite_office_and_originators():
    found = record(
        source_article='"Harbour News,2016-01-05,A";"Coast Post,2016-01-06,B"',
        source_office="Harbour News;Coast Post",
        source_original="Harbour Office and مكتب",
    )
    *reports, row = found.articles
    assert [taken.origin for taken in row.derivations] == [r.code for r in reports]
    assert [taken.anchor.words for taken in row.derivations] == [
        "Harbour News,2016-01-05,A",
        "Coast Post,2016-01-06,B",
    ]
    speakers = [speaker.slug for speaker in found.speakers]
    assert speakers[0] == "ged-harbour-office"
    assert [
        (taken.origin_source, taken.origin_speaker) for taken in reports[1].derivations
    ] == [("coast-post", speaker) for speaker in speakers]
    assert [report.source for report in reports] == ["harbour-news", "coast-post"]


def test_names_that_differ_in_more_than_case_get_slugs_of_their_own():
    names = ["Harbour Office", "Harbour-Office", "Harbour (Office)", "الميناء", "ميناء"]
    found = record(source_original=", ".join(names)).speakers
    assert len({speaker.slug for speaker in found}) == len(names)


def test_words_too_long_for_a_name_are_cut_and_keep_a_slug_of_their_own():
    names = [f"{'a long name ' * 30}{end}" for end in ("one", "two")]
    found = record(
        source_original=", ".join(names), where_coordinates="x" * 999
    ).speakers
    assert [len(speaker.name_en) for speaker in found] == [200, 200]
    assert found[0].slug != found[1].slug
    assert all(len(speaker.slug) <= 80 for speaker in found)


def test_a_row_says_the_same_in_every_run():
    assert record() == record()


# --- files ---


def test_a_file_gives_its_rows_with_the_lines_they_begin_in():
    table = ged_file.table(
        [
            ged_file.EVENT,
            {**ged_file.EVENT, "where_description": "near\nthe\npier"},
            {**ged_file.EVENT, "id": "9"},
        ]
    )
    found = read(table)
    assert [place.line for place, _row in found] == [2, 3, 6]
    assert [row.line for _place, row in found] == ged_file.lines(table)


@pytest.mark.parametrize("prefix", [b"", b"\xef\xbb\xbf"], ids=["bare", "marked"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_byte_order_mark_and_other_newlines_change_nothing(prefix, newline):
    event = {**ged_file.EVENT, "source_headline": "Boats\nsink"}
    table = ged_file.table([event])
    ((_place, row),) = read(prefix + table.replace("\n", newline).encode())
    assert row.line == ged_file.lines(table)[0]


def test_columns_may_stand_in_any_order_and_case():
    names = [name.upper() for name in reversed(COLUMNS)]
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(
        [names, [ged_file.EVENT[name.lower()] for name in names]]
    )
    ((_place, row),) = read(text.getvalue())
    assert row.line == ged_file.lines(ged_file.table([ged_file.EVENT]))[0]


def test_what_is_no_utf_8_is_refused_where_it_shows():
    event = {**ged_file.EVENT, "where_coordinates": "Tilmarà"}
    ((place, refusal),) = read(ged_file.table([event]).encode("cp1252"))
    assert (place.line, refusal.field) == (1, "encoding")
    assert "windows-1252" in refusal.reason


@pytest.mark.parametrize(
    ("header", "field", "words"),
    [
        ("id,best", "source_article", "missing"),
        ("id,id", "id", "twice"),
        ("id,beste", "beste", "the nearest is “best”"),
        ("", "id, source_article", "missing"),
    ],
)
def test_a_table_of_another_kind_is_refused_at_its_first_line(header, field, words):
    ((place, refusal),) = read(f"{header}\n1,2\n")
    assert place.line == 1
    assert field in refusal.field
    assert words in refusal.reason


def test_an_empty_line_is_no_row():
    found = read(ged_file.table([ged_file.EVENT]) + "\n")
    assert [place.line for place, _row in found] == [2]


def test_an_empty_file_is_no_table():
    ((place, refusal),) = read("")
    assert place.line == 1
    assert "missing" in refusal.reason


def test_a_bad_row_is_refused_with_its_line_and_the_others_are_read():
    table = ged_file.table([ged_file.EVENT] * 4).splitlines()
    table[2] += ",one cell more"
    table[3] = '"a mark"within a cell,'
    found = read("\n".join(table))
    assert [isinstance(row, Refusal) for _place, row in found] == [
        False,
        True,
        True,
        False,
    ]
    assert [str(row) for _place, row in found[1:3]] == [
        "events.csv, line 3: The row has 50 cells, and the table 49 columns.",
        "events.csv, line 4: This is no row of a table: ',' expected after '\"'.",
    ]


def test_a_character_that_no_text_has_is_refused_in_its_cell():
    ((_place, refusal),) = read(
        ged_file.table([{**ged_file.EVENT, "adm_1": "No\0rth"}])
    )
    assert refusal.field == "adm_1"


@example({"best": '0"0'})
@given(
    st.dictionaries(
        st.sampled_from(COLUMNS),
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"))
        | st.lists(st.sampled_from([*'";,-1 ', "and", "NA", "\n", "1/5/2016"])).map(
            "".join
        ),
    )
)
def test_whatever_stands_in_a_row_it_is_recorded_in_place_or_refused(changed):
    row = a_row(**changed)
    assert dict(zip(COLUMNS, next(csv.reader(io.StringIO(row.line))), strict=True)) == (
        {**ged_file.EVENT, **changed}
    )
    try:
        found = record_of(row, PLACE, fetched_at=AT)
    except Refusal:
        return
    (claim,) = found.claims
    assert claim.anchor.span.of(row.line) == row["best"]
    for taken in found.articles[-1].derivations:
        assert taken.anchor is None or taken.anchor.span.of(row.line)


def test_a_cell_without_end_is_refused_and_not_kept_in_memory():
    table = ged_file.table([ged_file.EVENT]) + '"' + "endless\n" * 100_000
    _good, *bad = read(table)
    assert bad
    assert all(isinstance(row, Refusal) for _place, row in bad)
    assert bad[0][0].line == 3


@pytest.mark.parametrize(
    ("days", "read_as"),
    [
        (["3/5/2016", "3/25/2016"], ["2016-03-05", "2016-03-25"]),
        (["3/5/2016", "25/3/2016"], ["2016-05-03", "2016-03-25"]),
    ],
    ids=["the month first", "the day first"],
)
def test_one_plain_day_tells_how_all_slashed_days_of_a_file_are_read(days, read_as):
    events = [{**ged_file.EVENT, "date_start": day, "date_end": day} for day in days]
    found = [row.when.earliest for _place, row in read(ged_file.table(events))]
    assert [str(day) for day in found] == read_as
