"""The words of a statement stand in its text, whatever the text is made of."""

import hashlib

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from claims import recording
from claims.models import Quote
from sources.models import ArticleVersion
from sources.models.columns import Anchor
from sources.text.spans import Span
from tests import factories as make
from tests.models.rows import write_past_the_forms
from tests.specs import marked

pytestmark = pytest.mark.django_db

TEXTS = [
    pytest.param("Boats ⟦left⟧.", id="letters"),
    pytest.param("🚢🚢 ⟦two 🚢⟧ boats", id="emoji are one code point each"),
    pytest.param("👨‍👩‍👧 ⟦👨‍👩‍👧⟧ left", id="a family is five code points"),
    pytest.param("👨‍👩⟦‍👧 left⟧", id="a span may begin inside a family"),
    pytest.param("\u2067قال: ⟦٣٥٠٠ شخص\u2069⟧ left", id="marks of direction count"),
    pytest.param("e\u0301⟦e\u0301⟧e\u0301", id="combining marks count"),
    pytest.param("قَالَ ⟦الـمـتـحـدث⟧.", id="diacritics and tatweel count"),
    pytest.param("⟦one\n\ntwo⟧\n", id="lines count their newline"),
    pytest.param("⟦ everything, spaces too ⟧", id="the whole text"),
    pytest.param("it's ⟦100% \\ 'quoted' _⟧", id="nothing that SQL reads its own way"),
]


def a_quote_of(text: str, span: Span) -> Quote:
    row = make.a_quote(version=make.a_version(text=text), words=text)
    row.anchor = Anchor.at(text, span)
    return row


@pytest.mark.parametrize("text", TEXTS)
def test_the_words_come_back_and_stand_in_the_text(text):
    text, span = marked(text)
    row = recording.record(
        a_quote_of(text, span), actor=make.a_contributor(), at=make.RECORDED_AT
    )
    row = Quote.objects.get(pk=row.pk)
    assert row.anchor == Anchor.at(text, span)
    assert row.article_version.text[row.start : row.end] == row.words


@pytest.mark.parametrize("text", TEXTS)
def test_a_place_off_by_one_is_refused_by_the_form_and_the_database(text):
    text, span = marked(text)
    row = a_quote_of(text, span)
    row.recorded_by, row.recorded_at = make.a_contributor(), make.RECORDED_AT
    for before, after in ((1, 0), (0, 1), (-1, 0), (1, 1)):
        row.start, row.end = span.start + before, span.end + after
        with pytest.raises(ValidationError):
            row.full_clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            write_past_the_forms(row)


def test_a_span_past_the_end_of_the_text_is_refused():
    row = a_quote_of("Boats left.", Span(6, 11))
    row.recorded_by, row.recorded_at = make.a_contributor(), make.RECORDED_AT
    row.end += 3
    with pytest.raises(ValidationError, match="differ in length"):
        row.full_clean()


@given(
    text=st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"),
        min_size=1,
        max_size=30,
    ).filter(str.strip),
    ends=st.tuples(st.integers(0, 30), st.integers(0, 30)),
)
@settings(max_examples=25)
def test_both_engines_and_python_count_code_points_alike(text, ends):
    start, end = sorted(min(end, len(text)) for end in ends)
    if start == end:
        return
    with transaction.atomic():
        row = a_quote_of(text, Span(start, end))
        row.recorded_by, row.recorded_at = make.a_contributor(), make.RECORDED_AT
        row.full_clean()
        write_past_the_forms(row)
        digest = ArticleVersion.objects.get(pk=row.article_version_id).text_digest
        assert digest == hashlib.sha256(text.encode()).hexdigest()
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "columns",
    [
        pytest.param({"start": 9, "end": 5}, id="it ends before it starts"),
        pytest.param({"start": 5, "end": 5, "words": ""}, id="it is empty"),
        pytest.param({"end": None}, id="it has no end"),
        pytest.param({"start": None}, id="it has no start"),
        pytest.param({"start": -5, "end": -1}, id="it starts before the text"),
        pytest.param({"speaker_words": "Boats"}, id="words without a place"),
        pytest.param(
            {"speaker_start": 0, "speaker_end": 5}, id="a place without words"
        ),
        pytest.param({"speaker_start": 3, "speaker_words": "x"}, id="half a place"),
        pytest.param({"pieces": [[0, 5]]}, id="a piece without words"),
        pytest.param({"pieces": [7]}, id="a piece that is a number"),
        pytest.param({"pieces": [["0", "5", "Boats"]]}, id="a piece placed by words"),
        pytest.param({"pieces": [[0.0, 5.0, "Boats"]]}, id="a piece placed by halves"),
        pytest.param({"pieces": [[0, 5, "boats"]]}, id="a piece with other words"),
        pytest.param({"pieces": {"0": 5}}, id="pieces that are no list"),
        pytest.param({"pieces": 5}, id="pieces that are a number"),
    ],
)
def test_a_form_is_told_of_a_place_that_is_none(columns):
    row = make.a_recorded_quote()
    for column, value in columns.items():
        setattr(row, column, value)
    with pytest.raises(ValidationError):
        row.full_clean()


def test_statements_may_cross_each_other():
    version = make.a_version()
    make.a_recorded_quote(version=version, words="Nobody drowned,” the harbour")
    make.a_recorded_quote(version=version, words="the harbour master said")
    assert version.quotes.count() == 2


def test_two_equal_claims_of_one_passage_may_be_recorded():
    version, measure = make.a_version(), make.a_measure()
    first = make.a_recorded_claim(version=version, measure=measure)
    second = make.a_recorded_claim(version=version, measure=measure)
    assert first.anchor == second.anchor
    assert first.code != second.code
