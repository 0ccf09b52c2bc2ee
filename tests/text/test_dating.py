"""Dates in a text: where they stand, which days they mean, and what is none."""

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.text.date_rules import RULES
from sources.text.dates import PartialDate, Precision
from sources.text.dating import dates, stated_dateline
from sources.text.spans import Span
from sources.text.words import Words
from tests.specs import rows

quick = settings(max_examples=100, deadline=None, database=None)

MONDAY = dt.date(2022, 1, 31)
SPECS = [*rows("dates_ar"), *rows("dates_en")]

ROOT = Path(__file__).parents[2]
GOLD = json.loads((ROOT / "tests" / "demo" / "gold_seeds.json").read_text())
SEEDS = {"A": dt.date(2022, 1, 27), "B": MONDAY}


def read(text, dateline=MONDAY):
    return dates(Words.of(text), dateline=dateline)


@pytest.mark.parametrize("day", [29, 30, 31])
def test_over_the_weekend_is_the_last_that_has_begun(day):
    (found,) = read("They met over the weekend.", dt.date(2022, 1, day))
    assert found.date.latest == dt.date(2022, 1, 30)


def test_what_was_in_a_month_was_so_before_the_article():
    july = dt.date(2022, 7, 20)
    months = [
        read(text, july)[0].date.earliest
        for text in ("It was in September.", "It is in September.", "It was in July.")
    ]
    assert months == [dt.date(2021, 9, 1), dt.date(2022, 9, 1), dt.date(2022, 7, 1)]


def listed(values):
    return " ¦ ".join(values) or "-"


def days_of(date):
    """A date as the tables write it."""
    if date is None:
        return "?"
    match date.precision:
        case Precision.YEAR:
            return f"{date.earliest.year}"
        case Precision.MONTH:
            return f"{date.earliest:%Y-%m}"
        case Precision.DAY:
            return f"{date.earliest}"
    return f"{date.earliest}..{date.latest}"


# --- specs ---


@pytest.mark.parametrize(("text", "words", "days", "rules"), SPECS)
def test_a_text_states_its_dates(text, words, days, rules):
    found = read(text)
    assert listed(written.span.of(text) for written in found) == words
    assert listed(days_of(written.date) for written in found) == days
    assert listed(written.rule for written in found) == rules


def test_every_rule_has_a_spec():
    shown = {rule for spec in SPECS for rule in spec.values[3].split(" ¦ ")}
    assert shown == {*RULES, "-"}


def test_a_date_keeps_its_words():
    (written,) = read("عاد في أيار من العام 2021")
    assert written.date == PartialDate.month(2021, 5, "أيار من العام 2021")


# --- the dateline ---


@pytest.mark.parametrize(
    "text",
    [
        "وصلوا أمس",
        "the talks on Thursday",
        "في 3 آذار",
        "last May",
        "قبل يومين",
        "in Ramadan",
        "15 من الشهر الجاري",
        "from March 3 to April 5",
    ],
)
def test_without_a_dateline_a_relative_date_has_its_place_only(text):
    (written,) = read(text, dateline=None)
    assert written.is_relative
    assert written.date is None


@pytest.mark.parametrize(
    "text", ["25/1/2022", "عام 2021", "in the 1990s", "3/2/2021 UN"]
)
def test_an_absolute_date_needs_no_dateline(text):
    (written,) = read(text, dateline=None)
    assert not written.is_relative
    assert read(text) == [written]


@pytest.mark.parametrize(
    ("text", "dateline", "day"),
    [
        ("اليوم الخميس", dt.date(2022, 1, 27), "2022-01-27"),
        ("اليوم الخميس", dt.date(2022, 1, 29), "2022-01-27"),
        ("اليوم الخميس", dt.date(2022, 1, 26), "2022-01-27"),
        ("this Thursday", dt.date(2022, 1, 25), "2022-01-27"),
        ("next Thursday", dt.date(2022, 1, 27), "2022-02-03"),
        ("two months ago", dt.date(2022, 1, 31), "2021-11"),
        ("last month", dt.date(2022, 1, 31), "2021-12"),
        ("3 April", dt.date(2022, 1, 2), "2021-04-03"),
        ("2 April", dt.date(2022, 1, 2), "2022-04-02"),
        ("29 February next year", dt.date(2022, 1, 2), "?"),
        ("3000 years ago", dt.date(2022, 1, 2), "?"),
        ("tomorrow", dt.date.max, "?"),
        ("15 رجب 1320هـ", dt.date(2022, 1, 2), "?"),
        ("رمضان المقبل", dt.date(2077, 10, 1), "?"),
        ("رمضان 2021", dt.date(2022, 1, 2), "?"),
    ],
)
def test_a_date_is_seen_from_the_dateline(text, dateline, day):
    (written,) = read(text, dateline)
    assert days_of(written.date) == day


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "عنوان الخبر\n\nالأحد، 2 كانون الثاني 2022\n\nقال الناطق",
            "الأحد، 2 كانون الثاني 2022",
        ),
        (
            "Floods\nPublished January 27, 2022 14:05 by A. Writer\nText",
            "January 27, 2022",
        ),
        (
            "OSLO, 27 January 2022 (Agency) - Talks on trade were put off again when",
            "27 January 2022",
        ),
        (
            "دمشق 27 كانون الثاني 2022 - قال المتحدث في بيان إن القافلة دخلت المدينة",
            "27 كانون الثاني 2022",
        ),
        ("نُشر: 2022/01/27\nنص", "2022/01/27"),
    ],
)
def test_a_text_states_its_own_day_near_its_head(text, words):
    written = stated_dateline(Words.of(text))
    assert written is not None
    assert written.span.of(text) == words
    assert written.date is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "قال الناطق أمس إن القافلة وصلت",
        "GENEVA, Jan 27 (Agency) - Talks were put off",
        "January 2022\nText",
        "27-29 January 2022\nText",
        "He said that on 27 January 2022 the last of the trucks had crossed the river",
        "Signed 03/02/2022",
        "word " * 200 + "\n27 January 2022",
    ],
)
def test_a_text_without_a_full_day_at_its_head_states_none(text):
    assert stated_dateline(Words.of(text)) is None


# --- the seeds ---


@pytest.mark.parametrize("seed", SEEDS)
def test_the_dates_of_a_seed_are_those_of_its_annotation(seed):
    name = Path(GOLD["files"][seed]).name
    text = (ROOT / "fixtures" / "hasakah" / "texts" / name).read_text("utf-8")
    found = read(text, SEEDS[seed])
    annotated = GOLD["docs"][seed]["dates"]
    assert [written.span for written in found] == [
        Span(*date["span"]) for date in annotated
    ]
    for written, date in zip(found, annotated, strict=True):
        day = date["value"].partition(" ")[0]
        assert day in {"rel", days_of(written.date)}


def test_a_seed_states_its_own_day():
    name = Path(GOLD["files"]["B"]).name
    text = (ROOT / "fixtures" / "hasakah" / "texts" / name).read_text("utf-8")
    written = stated_dateline(Words.of(text))
    assert written is not None
    assert days_of(written.date) == f"{MONDAY}"


# --- any text ---

SENTENCES = st.sampled_from([spec.values[0] for spec in SPECS])
SCRAPS = st.sampled_from(
    [word for spec in SPECS for word in spec.values[0].split()]
    + [*"()/-.,،'\n", "و", "31", "٢٠٢٢", "00", "9999", "February", "\u200f", "ـ"]
)
TEXTS = st.text(max_size=60) | st.lists(SCRAPS, max_size=25).map(" ".join)
INVISIBLE = st.sampled_from("\u200f\u200e\u202b\u202c\u2069\u064e\u0651ـ")
DATELINES = st.none() | st.dates()


@quick
@given(TEXTS, DATELINES)
def test_any_text_gives_dates_that_do_not_overlap(text, dateline):
    found = read(text, dateline)
    ends = 0
    for written in found:
        assert ends <= written.span.start
        ends = written.span.end
        if written.date:
            assert written.date.words == written.span.of(text)
    stated_dateline(Words.of(text))


@quick
@given(SENTENCES, st.data())
def test_marks_that_cannot_be_seen_change_no_date(text, data):
    places = data.draw(st.lists(st.integers(1, len(text)), max_size=5))
    marked = text
    for place in sorted(places, reverse=True):
        marked = marked[:place] + data.draw(INVISIBLE) + marked[place:]
    plain, found = read(text), read(marked)
    assert [days_of(written.date) for written in found] == [
        days_of(written.date) for written in plain
    ]
    assert [Words.of(written.span.of(marked)).forms for written in found] == [
        Words.of(written.span.of(text)).forms for written in plain
    ]
