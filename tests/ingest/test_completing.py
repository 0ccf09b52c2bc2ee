"""What a text states of itself: title, byline, language, date, source."""

import datetime as dt
from dataclasses import replace

import pytest

from sources.ingest.completing import LONGEST_TITLE, completed
from sources.ingest.draft import Draft, Place, SourceOrigin
from sources.models import DateOrigin
from sources.text.dates import PartialDate
from tests.ingest.files import PARAGRAPH

JANUARY_25 = PartialDate.day(dt.date(2022, 1, 25))
TEXT = f"فتح الجسر القديم\n\n{PARAGRAPH}"


def draft(text=TEXT, **stated):
    return Draft(place=Place("a.txt"), text=text, **stated)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param(f"فتح الجسر\n\n{PARAGRAPH}", "فتح الجسر", id="an empty line"),
        pytest.param(f"فتح الجسر\n{PARAGRAPH}", "فتح الجسر", id="more text"),
        pytest.param(f"\n\n  فتح الجسر \n{PARAGRAPH}", "فتح الجسر", id="space before"),
        pytest.param(f"هل فتح الجسر؟\n{PARAGRAPH}", "هل فتح الجسر؟", id="a question"),
    ],
)
def test_a_short_first_line_is_the_title(text, title):
    read = completed(draft(text))
    assert read.title == title
    assert read.text == text


@pytest.mark.parametrize(
    "before",
    [
        pytest.param("", id="nothing"),
        pytest.param("فتح الجسر.\n", id="a sentence"),
        pytest.param("المصدر: رويترز\n", id="a credit"),
        pytest.param("By Ann Reed\n", id="a byline"),
        pytest.param("25 كانون الثاني 2022\n", id="a dateline"),
    ],
)
def test_without_a_title_the_opening_words_stand_in(before):
    title = completed(draft(f"{before}{PARAGRAPH}\n{PARAGRAPH}")).title
    assert title.endswith("…")
    assert PARAGRAPH.startswith(title.removesuffix("…"))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param("فتح الجسر", "فتح الجسر", id="few words and no others"),
        pytest.param("فتح الجسر\n\n \n", "فتح الجسر", id="only space else"),
        pytest.param(
            "ا" * (LONGEST_TITLE + 1), "ا" * LONGEST_TITLE, id="one long word"
        ),
    ],
)
def test_a_title_is_never_empty_nor_long(text, title):
    assert completed(draft(text)).title == title


def test_what_was_given_stays():
    given = draft(
        f"عنوان\nكتب: ليلى حداد\n25 كانون الثاني 2022\n{PARAGRAPH}\nالمصدر: رويترز",
        title="فتح الجسر",
        byline="سمير النجار",
        language="ar-SY",
        published=PartialDate.year(2021),
        published_origin=DateOrigin.METADATA,
        source="shams",
        source_origin=SourceOrigin.GIVEN,
    )
    assert completed(given) == given


def test_the_byline_is_read():
    assert completed(draft(f"{TEXT}\nكتب: ليلى حداد")).byline == "ليلى حداد"


@pytest.mark.parametrize(
    ("text", "given", "language"),
    [
        pytest.param(PARAGRAPH, "", "ar", id="Arabic letters"),
        pytest.param("The bridge is open.", "", "en", id="Latin letters"),
        pytest.param(PARAGRAPH, "en", "ar", id="the template is English"),
        pytest.param(PARAGRAPH, "en-US", "ar", id="the template is American"),
        pytest.param("The bridge is open.", "ar", "en", id="the template is Arabic"),
        pytest.param(PARAGRAPH, "ar-sy", "ar-sy", id="the Arabic of a country"),
        pytest.param(PARAGRAPH, "fa", "fa", id="Farsi has the same letters"),
        pytest.param("Le pont est ouvert.", "fr", "fr", id="French has Latin ones"),
        pytest.param("Мост открыт.", "", "und", id="another script"),
        pytest.param("Мост открыт.", "ru", "ru", id="another script, declared"),
        pytest.param("1234 – 5678", "", "und", id="no letters"),
    ],
)
def test_the_language_is_declared_or_told_by_the_script(text, given, language):
    assert completed(draft(text, language=given)).language == language


def test_a_dateline_is_the_date_as_the_text_states_it():
    read = completed(draft(f"فتح الجسر\n25 كانون الثاني 2022\n{PARAGRAPH}"))
    assert read.published == replace(JANUARY_25, words="25 كانون الثاني 2022")
    assert read.published_origin is DateOrigin.STATED


def test_a_date_that_the_text_tells_of_is_not_its_own():
    told = f"فتح الجسر\n{PARAGRAPH} وكان قد أغلق في 25 كانون الثاني 2022 بعد الفيضان."
    assert completed(draft(told)).published is None


def test_no_date_is_taken_from_an_unconfirmed_text():
    read = completed(draft(f"أ\n25 كانون الثاني 2022\n{PARAGRAPH}", unconfirmed=True))
    assert (read.published, read.published_origin) == (None, None)


@pytest.mark.parametrize(
    ("lines", "source"),
    [
        pytest.param("المصدر: رويترز", "رويترز", id="one credit"),
        pytest.param("المصدر: رويترز\nالمصدر: رويترز", "رويترز", id="the same twice"),
        pytest.param("المصدر: رويترز\nمتابعة مركز الضفتين", "", id="two"),
        pytest.param("فتح الجسر (رويترز)", "", id="a tag"),
        pytest.param("فتح الجسر نقلا عن رويترز", "", id="cited"),
    ],
)
def test_the_source_is_the_only_one_that_a_line_credits(lines, source):
    read = completed(draft(f"{TEXT}\n{lines}"))
    assert read.source == source
    assert read.source_origin == (SourceOrigin.CREDIT if source else None)
