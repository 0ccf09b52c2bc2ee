"""What a chart says of the claims on a measure, and how little it takes."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.utils import translation

from claims.charts import drawn
from claims.charts.drawing import LONGEST_NAME
from claims.charts.geometry import layout
from claims.charts.shapes import Entry, Row, State
from claims.comparison import compare
from claims.models import Measure
from claims.quantity import Quantity
from tests import factories as make

pytestmark = pytest.mark.django_db

KB = 1024
SVG = "{http://www.w3.org/2000/svg}"


def drawing_of(measure: Measure, language: str = "en"):
    reader = AnonymousUser()
    with translation.override(language):
        return drawn(compare(measure, reader), reader, address="#{0.code}".format)


def document(drawing, language: str = "en", *, is_alone: bool = False) -> str:
    context = {"drawing": drawing, "is_alone": is_alone}
    with translation.override(language):
        return render_to_string("claims/_chart_document.html", context)


def told(drawing) -> list[str]:
    return [mark.entry.told for band in drawing.layout.bands for mark in band.marks]


@pytest.fixture
def measure() -> Measure:
    return make.a_measure()


def a_day(number: int) -> dict[str, object]:
    day = dt.date(2024, 5, number)
    return {"holds_earliest": day, "holds_latest": day, "holds_precision": "DAY"}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Mina Haddad: 60 to 90, for 3 May 2024"),
        ("ar", "مينا حداد: من 60 إلى 90"),
    ],
)
def test_a_mark_tells_figure_day_and_voice_in_words(measure, language, words):
    speaker = make.a_speaker(name_en="Mina Haddad", name_ar="مينا حداد")
    columns = {"low": 60, "high": 90, "qualifier": "RANGE", **a_day(3)}
    claim = make.a_published_claim(measure=measure, speaker=speaker, **columns)
    drawing = drawing_of(measure, language)
    assert told(drawing)[0].startswith(words)
    assert f'href="#{claim.code}"' in document(drawing, language)


def test_a_figure_without_a_day_is_drawn_where_it_was_said_or_published(measure):
    version = make.a_version()
    quote = make.a_published_quote(
        version=version,
        said_on_earliest=dt.date(2024, 4, 30),
        said_on_latest=dt.date(2024, 4, 30),
        said_on_precision="DAY",
    )
    make.a_published_claim(measure=measure, version=version, quote=quote)
    article = make.an_article(
        published_earliest=dt.date(2024, 5, 1),
        published_latest=dt.date(2024, 5, 1),
        published_precision="DAY",
    )
    make.a_published_claim(measure=measure, version=article.versions.get())
    make.a_published_claim(measure=measure)
    assert [words.partition(", ")[2] for words in told(drawing_of(measure))] == [
        "said on 30 April 2024",
        "published on 1 May 2024",
        "",
    ]


def test_what_was_withdrawn_stands_in_the_row_of_who_said_it(measure):
    speaker = make.a_speaker()
    make.a_corrected_claim(measure=measure, speaker=speaker)
    other = make.a_speaker(name_en="Yara Nasser")
    make.a_withdrawn_claim(measure=measure, speaker=other)
    bands = drawing_of(measure).layout.bands
    states = {
        band.row.name: {mark.entry.state for mark in band.marks} for band in bands
    }
    assert states == {
        "Harbour News": {State.LATEST},
        "Mina Haddad": {State.WITHDRAWN},
        "Yara Nasser": {State.WITHDRAWN},
    }


def test_what_is_not_published_is_not_drawn(measure):
    make.a_recorded_claim(measure=measure)
    make.discarded(make.a_recorded_claim(measure=measure))
    assert drawing_of(measure).layout.bands == ()


def test_a_claim_without_a_number_is_not_drawn(measure):
    claim = make.a_plain_claim(measure=measure)
    make.published(
        make.recording.record(claim, actor=make.a_contributor(), at=make.RECORDED_AT)
    )
    assert drawing_of(measure).layout.bands == ()


def test_repetitions_and_denials_say_so(measure):
    source, speaker = make.a_source(), make.a_speaker()
    first, second = (make.an_article(source=source), make.an_article())
    make.a_derivation(article=second, origin=first)
    for number, article in enumerate((first, second), 3):
        make.a_published_claim(
            measure=measure,
            version=article.versions.get(),
            speaker=speaker,
            **a_day(number),
        )
    make.a_published_claim(measure=measure, denied=True)
    words = told(drawing_of(measure))
    assert [each.rpartition(", ")[2] for each in words[1:]] == ["repeated", "denied"]


def test_figures_of_increments_have_no_latest():
    measure = make.a_measure(nature="INCREMENT")
    make.a_published_claim(measure=measure)
    assert drawing_of(measure).layout.bands[0].label is None


def test_a_long_name_is_cut_and_a_hostile_one_is_only_text(measure):
    name = f"<script>&]]>{'x' * 150}"
    make.a_published_claim(measure=measure, speaker=make.a_speaker(name_en=name))
    drawing = drawing_of(measure)
    root = ElementTree.fromstring(document(drawing))  # noqa: S314  # our own
    [shown] = [
        each.text
        for each in root.iter(f"{SVG}text")
        if each.get("class") == "c-name c-head"
    ]
    assert shown.startswith("<script>&]]>xxx")
    assert len(shown) == LONGEST_NAME


def test_the_description_tells_agreement_and_scale(measure):
    make.a_published_claim(measure=measure, low=2)
    assert drawing_of(measure).description.endswith("a linear scale, 0 to 2.")
    make.a_published_claim(measure=measure, low=900)
    drawing = drawing_of(measure)
    assert drawing.description.startswith(f"{drawing.sentence}. ")
    assert drawing.description.endswith("a logarithmic scale, 2 to 1,000.")
    assert "logarithmic scale" in document(drawing)


def test_a_figure_open_on_both_sides_needs_no_scale(measure):
    make.a_published_claim(measure=measure, low=None, high=None, qualifier="VAGUE")
    drawing = drawing_of(measure)
    assert drawing.description == drawing.sentence


@pytest.mark.parametrize("language", ["en", "ar"])
def test_names_in_another_language_say_so(measure, language):
    make.a_published_claim(measure=measure, speaker=make.a_speaker(name_en="Yara"))
    is_marked = 'lang="en">Yara' in document(drawing_of(measure, language), language)
    assert is_marked == (language == "ar")


def test_an_outlet_that_is_not_stated_goes_by_its_article(measure):
    version = make.a_version(source=None, title="Boats leave")
    make.a_published_claim(measure=measure, version=version)
    assert drawing_of(measure).layout.bands[0].row.name == "Boats leave"


# --- how little it takes ---


def crowd(language: str, n_voices: int):
    """A drawing of 200 claims of so many voices, as long as such words get."""
    day = dt.date(2023, 2, 1)
    name = {"en": "Ministry of Health", "ar": "وزارة الصحة في المحافظة"}[language]
    figure = {
        "en": "about 3,500, for 3 February 2023",
        "ar": "نحو 3,500، ليوم 3 شباط / فبراير 2023",
    }
    rows = []
    for voice in range(n_voices):
        entries = [
            Entry(
                Quantity.exactly(Decimal(voice * 100 + n)),
                (day + dt.timedelta(days=n + voice),) * 2,
                State.EARLIER,
                f"{name}: {figure[language]}",
                "/claims/c-7kq2mzp4xd/",
            )
            for n in range(200 // n_voices)
        ]
        rows.append(Row(f"{name} {voice}", entries, "3,500", language))
    return layout(rows, is_mirrored=language == "ar")


@pytest.mark.parametrize("n_voices", [1, 5, 40, 200])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_two_hundred_claims_take_less_than_20_kilobytes(measure, language, n_voices):
    drawing = replace(
        drawing_of(measure, language),
        layout=crowd(language, n_voices),
        language=language,
    )
    for is_alone in (False, True):
        page = document(drawing, language, is_alone=is_alone).encode()
        assert len(page) < 20 * KB


def test_voices_without_room_are_counted(measure):
    drawing = replace(drawing_of(measure), layout=crowd("en", 40))
    assert "28 more voices stand in the list below." in document(drawing)
    drawing = replace(drawing, layout=replace(drawing.layout, left_out=1))
    assert drawing.left_out == "One more voice stands in the list below."


def test_equal_comparisons_are_equal_documents(measure):
    make.a_published_claim(measure=measure)
    assert document(drawing_of(measure)) == document(drawing_of(measure))


def test_no_style_is_written_into_elements(measure):
    make.a_published_claim(measure=measure, low=60, high=90, qualifier="RANGE")
    assert " style=" not in document(drawing_of(measure))
