import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.text.spans import (
    CarriedBy,
    Span,
    SpanError,
    TextQuoteSelector,
    carry_over,
    find,
    selector_for,
)
from tests.specs import marked, rows

quick = settings(max_examples=30, deadline=None, database=None)

# Few different characters, so that words repeat; some beyond the BMP, some invisible.
ALPHABET = st.sampled_from("اب60 .\n😀🇸\u200f\u0651")
texts = st.text(ALPHABET, min_size=1, max_size=40)


@st.composite
def passages(draw):
    """A text and a span in it."""
    text = draw(texts)
    start = draw(st.integers(0, len(text) - 1))
    return text, Span(start, draw(st.integers(start + 1, len(text))))


def test_a_span_selects_code_points_and_not_bytes_or_utf16_units():
    assert Span(3, 6).of("👩🇸🇾نعم") == "نعم"
    assert len(Span(3, 6)) == 3


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 2), (0, 0)])
def test_a_range_that_is_none_is_refused(start, end):
    with pytest.raises(ValueError, match=rf"not \[{start}, {end}\)"):
        Span(start, end)


def test_a_span_beyond_the_text_selects_nothing_and_says_so():
    assert Span(0, 3).of("نعم") == "نعم"
    with pytest.raises(SpanError, match="beyond the text of 3 code points"):
        Span(0, 4).of("نعم")


def test_spans_sort_by_start_then_end():
    spans = [Span(2, 3), Span(0, 9), Span(0, 2)]
    assert sorted(spans) == [Span(0, 2), Span(0, 9), Span(2, 3)]


def test_a_span_moves_but_never_before_the_text():
    assert Span(2, 5).shifted(3) == Span(5, 8)
    assert Span(2, 5).shifted(-2) == Span(0, 3)
    with pytest.raises(SpanError):
        Span(2, 5).shifted(-3)


@pytest.mark.parametrize(
    ("one", "other", "contains", "overlaps"),
    [
        pytest.param(Span(0, 9), Span(2, 5), True, True, id="inside"),
        pytest.param(Span(2, 5), Span(2, 5), True, True, id="itself"),
        pytest.param(Span(0, 4), Span(2, 5), False, True, id="crossing"),
        pytest.param(Span(0, 2), Span(2, 5), False, False, id="touching"),
        pytest.param(Span(0, 1), Span(3, 5), False, False, id="apart"),
    ],
)
def test_two_spans_lie(one, other, contains, overlaps):
    assert one.contains(other) is contains
    assert one.overlaps(other) is other.overlaps(one) is overlaps
    assert one.hull(other) == other.hull(one)
    assert one.hull(other).contains(one)
    assert len(one.hull(other)) <= max(one.end, other.end)


def test_selectors_are_written_as_web_annotation_says():
    text = "قال كاغينز: نعم، ثم لا."
    place = Span(12, 15)
    selector = selector_for(text, place, context=5)
    assert json.loads(json.dumps([selector.to_w3c(), place.to_w3c()])) == [
        {
            "type": "TextQuoteSelector",
            "exact": "نعم",
            "prefix": "ينز: ",
            "suffix": "، ثم ",
        },
        {"type": "TextPositionSelector", "start": 12, "end": 15},
    ]


def test_a_selector_keeps_no_more_context_than_there_is():
    assert selector_for("نعم", Span(0, 3)) == TextQuoteSelector("نعم")


def test_a_selector_without_words_is_refused():
    with pytest.raises(SpanError, match="needs the words"):
        TextQuoteSelector("")


def test_a_selector_for_a_place_beyond_the_text_is_refused():
    with pytest.raises(SpanError, match="beyond"):
        selector_for("نعم", Span(1, 4))


@pytest.mark.parametrize(("text", "exact", "prefix", "suffix", "near"), rows("find"))
def test_finding(text, exact, prefix, suffix, near):
    text, place = marked(text)
    selector = TextQuoteSelector(exact, prefix, suffix)
    assert find(text, selector, near=int(near) if near else None) == place


@quick
@given(passages())
def test_a_place_is_found_again_by_its_selector_and_offset(passage):
    text, span = passage
    assert find(text, selector_for(text, span), near=span.start) == span


@quick
@given(passages(), texts, st.none() | st.integers(0, 50))
def test_what_is_found_are_the_words(passage, other_text, near):
    text, span = passage
    found = find(other_text, selector_for(text, span, context=2), near=near)
    if found is not None:
        assert found.of(other_text) == span.of(text)


@quick
@given(passages(), st.integers(0, 50))
def test_the_nearest_place_is_the_one_a_search_of_all_places_finds(passage, near):
    text, span = passage
    words = span.of(text)
    starts = [at for at in range(len(text)) if text.startswith(words, at)]
    found = find(text, TextQuoteSelector(words), near=near)
    least = min(abs(start - near) for start in starts)
    nearest = [start for start in starts if abs(start - near) == least]
    assert (found and found.start) == (nearest[0] if len(nearest) == 1 else None)


@pytest.mark.parametrize(("old", "new", "how"), rows("carry_over"))
def test_carrying_over(old, new, how):
    old, span = marked(old)
    new, place = marked(new)
    carried = carry_over(old, new, span)
    assert (carried.span, carried.how) == (place, CarriedBy(how))


def test_a_span_beyond_the_old_text_is_not_carried():
    with pytest.raises(SpanError, match="beyond"):
        carry_over("نعم", "نعم نعم", Span(2, 5))


@quick
@given(passages())
def test_every_span_stays_in_a_text_that_did_not_change(passage):
    text, span = passage
    carried = carry_over(text, text, span)
    assert (carried.span, carried.how) == (span, CarriedBy.EXACT_SPAN)


REPORT = "المركز يعلن أن 60 شخصا استسلموا بعد ٢٠ يوما 😀 من الهجوم على سجن في الحسكة."


@quick
@given(st.integers(10, 56), st.integers(1, 10), st.integers(0, 75), texts)
def test_an_edit_beside_a_span_moves_it_by_what_was_put_in(start, length, at, put):
    span = Span(start, start + length)
    if start < at < span.end:
        at = span.end
    edited = f"{REPORT[:at]}<{put}>{REPORT[at:]}"
    by = len(edited) - len(REPORT) if at <= start else 0
    assert carry_over(REPORT, edited, span).span == span.shifted(by)


@quick
@given(st.integers(0, 60), st.integers(2, 12), st.integers(1, 11), texts)
def test_an_edit_inside_a_span_loses_it(start, length, inside, put):
    span, at = Span(start, start + length), start + min(inside, length - 1)
    carried = carry_over(REPORT, f"{REPORT[:at]}<{put}>{REPORT[at:]}", span)
    assert (carried.span, carried.how) == (None, CarriedBy.LOST)


@quick
@given(passages(), texts)
def test_a_carried_span_holds_the_same_words(passage, new):
    old, span = passage
    carried = carry_over(old, new, span)
    assert (carried.span is None) == (carried.how is CarriedBy.LOST)
    if carried.span is not None:
        assert carried.span.of(new) == span.of(old)


def test_searching_takes_linear_time_even_in_a_text_of_one_letter():
    text = "ا" * 200_000
    selector = TextQuoteSelector("ا" * 50_000, "ب", "ا")
    assert find(text, selector, near=100_000) is not None
    assert find(text, TextQuoteSelector("ب" + "ا" * 50_000), near=0) is None
    assert carry_over(text, "ب" + text, Span(0, 50_000)).span is None
