import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.text.fold import fold, fold_key, script_of
from sources.text.spans import Span, SpanError
from tests.specs import marked, rows

quick = settings(max_examples=30, deadline=None, database=None)

LETTERS = "أإآٱاؤئءىيةهكکگبتسنمقلـ"
MARKS = "\u064b\u064e\u0650\u0651\u0652\u0654\u0670\u0301\ufe0f"
CONTROLS = "\u200b\u200d\u200e\u200f\u202b\u202c\u2066\u2069\u00ad\ufeff"
OTHERS = "aZéßﻻﷺİ ﬁ각हिガ٣۴5٬٫“”’:-\n\t😀👩🇸½²"
ALPHABET = st.sampled_from(LETTERS + MARKS + CONTROLS + OTHERS)
texts, short_texts = st.text(ALPHABET, max_size=30), st.text(ALPHABET, max_size=9)


def spans_of(text):
    return [
        Span(start, end)
        for start in range(len(text))
        for end in range(start + 1, len(text) + 1)
    ]


@pytest.mark.parametrize(("written", "folded"), rows("fold"))
def test_what_is_written_folds(written, folded):
    assert fold(written).text == folded


@pytest.mark.parametrize(("text", "word"), rows("fold_back"))
def test_a_folded_word_leads_back_to_its_place(text, word):
    text, place = marked(text)
    folded = fold(text)
    start = folded.text.index(word)
    assert folded.original(Span(start, start + len(word))) == place


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("مسؤول", "مسئول"),
        ("  قوات\u00a0سوريا\nالديمقراطية ", "قوات سوريا الديمقراطيه"),
        ("أحمد", "احمد"),
        ("Hulusi  AKAR", "hulusi akar"),
        ("٣٥٠٠", "3500"),
    ],
)
def test_spellings_of_one_name_have_one_key(one, other):
    assert fold_key(one) == fold_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("كتاب", "كتب"), ("السجن", "سجن"), ("والد", "ولد"), ("محمد", "محمود")],
)
def test_different_words_have_different_keys(one, other):
    assert fold_key(one) != fold_key(other)


def test_a_text_of_marks_alone_folds_to_nothing():
    folded = fold("\u200f\u064e\u200f")
    assert folded.text == ""
    assert folded.folded(Span(0, 3)) is None
    assert fold_key("\u200f \u064e") == ""


def test_places_beyond_the_text_are_refused():
    folded = fold("قُتل")
    with pytest.raises(SpanError, match="beyond"):
        folded.original(Span(0, 4))
    with pytest.raises(SpanError, match="beyond"):
        folded.folded(Span(0, 5))


@quick
@given(texts)
def test_folding_twice_changes_nothing_more(text):
    once = fold(text).text
    assert fold(once).text == once


@quick
@given(texts)
def test_composed_and_decomposed_spellings_fold_alike(text):
    composed = unicodedata.normalize("NFC", text)
    assert fold(composed).text == fold(unicodedata.normalize("NFD", text)).text


@quick
@given(texts)
def test_the_offset_map_is_monotone_and_complete(text):
    folded = fold(text)
    offsets = list(folded.offsets)
    assert offsets == sorted(offsets)
    assert (offsets[0], offsets[-1]) == (0, len(folded.text))
    assert len(offsets) == len(text) + 1


@quick
@given(short_texts)
def test_every_folded_span_comes_back_and_goes_there_again(text):
    folded = fold(text)
    for span in spans_of(folded.text):
        original = folded.original(span)
        assert folded.folded(original).contains(span)
        assert folded.original(folded.folded(original)) == original


@quick
@given(short_texts)
def test_later_places_never_lead_back_to_earlier_ones(text):
    folded = fold(text)
    letters = [Span(at, at + 1) for at in range(len(folded.text))]
    originals = [folded.original(letter) for letter in letters]
    assert originals == sorted(originals)
    assert [span.end for span in originals] == sorted(span.end for span in originals)


@quick
@given(short_texts)
def test_the_words_of_an_original_span_fold_to_the_words_asked_for(text):
    folded = fold(text)
    for span in spans_of(folded.text):
        assert span.of(folded.text) in fold(folded.original(span).of(text)).text


@quick
@given(
    st.text(st.sampled_from("قتل ٦٠ Aé😀“\n"), min_size=1, max_size=12),
    st.integers(0, 12),
    st.text(st.sampled_from(CONTROLS), max_size=3),
)
def test_invisible_characters_move_what_follows_by_their_number(text, at, put):
    plain, dressed = fold(text), fold(text[:at] + put + text[at:])
    assert dressed.text == plain.text
    for span in spans_of(plain.text):
        place = plain.original(span)
        if place.start >= at:
            place = place.shifted(len(put))
        elif place.end > at:
            place = Span(place.start, place.end + len(put))
        assert dressed.original(span) == place


@pytest.mark.parametrize(
    ("name", "script"),
    [
        pytest.param("قوات سوريا الديمقراطية", "Arab", id="Arabic letters"),
        pytest.param("Hêzên Sûriya Demokratîk", "Latn", id="Kurdish in Latin letters"),
        pytest.param("Силы", "Cyrl", id="Cyrillic letters"),
        pytest.param("قسد (SDF) الديمقراطية", "Arab", id="most letters decide"),
        pytest.param("100 % 🚢", "", id="no letter, no script"),
        pytest.param("統一", "", id="a script that is not listed"),
    ],
)
def test_the_script_of_a_name_is_that_of_most_of_its_letters(name, script):
    assert script_of(name) == script
