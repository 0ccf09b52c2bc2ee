import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.text.masks import LENGTH, MARK, Mask, Names, found_in, merged, names_of
from sources.text.spans import Span
from tests.specs import rows
from tests.timing import least_seconds

quick = settings(max_examples=60, deadline=None, database=None)
ALPHABET = st.sampled_from("rRáanN zZoO-_ـولبفرناا\u064e\u200f\n.")
texts = st.text(ALPHABET, max_size=40)
NAMES = Names([(1, "rana zo"), (2, "رنا"), (2, "zo")])


def mask_of(text: str, names: Names, *, keeps_length: bool = False) -> Mask:
    spans = merged(found.span for found in names.within(text))
    return Mask(spans, keeps_length=keeps_length)


@pytest.mark.parametrize(("names", "written", "masked"), rows("masks"))
def test_a_mark_stands_for_each_name(names, written, masked):
    sought = Names((1, name) for name in names.split(" ¦ "))
    assert mask_of(written, sought).text(written) == masked


def test_who_bears_a_name_is_told():
    names = names_of(frozenset({(1, "Rana"), (2, "RANA"), (3, "Zo")}))
    found = found_in(names, "Zo, Rana" + "." * 600)
    assert [each.bearers for each in found] == [{3}, {1, 2}]
    assert found_in(names, "Zo") == names.within("Zo")
    assert not Names(())
    assert Names(()).within("Zo") == ()


@quick
@given(texts)
def test_a_mark_that_keeps_the_length_moves_nothing(text):
    mask = mask_of(text, NAMES, keeps_length=True)
    shown = mask.text(text)
    assert len(shown) == len(text)
    assert [mask.offset(n, is_end=False) for n in range(5)] == [*range(5)]
    changed = [
        n for n, pair in enumerate(zip(text, shown, strict=True)) if len({*pair}) > 1
    ]
    assert all(any(s.start <= n < s.end for s in mask.spans) for n in changed)


@quick
@given(texts.filter(bool), st.data())
def test_words_stand_in_the_masked_text_where_their_offsets_lead(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    mask = mask_of(text, NAMES)
    first, last = mask.offset(start, is_end=False), mask.offset(end, is_end=True)
    words = mask.words(text[start:end], start)
    assert mask.text(text)[first:last] == words
    assert len(words) == last - first > 0


@quick
@given(texts)
def test_no_name_is_left(text):
    shown = mask_of(text, NAMES).text(text)
    assert NAMES.within(shown) == ()


def test_all_marks_are_of_one_length():
    mask = Mask((Span(0, 1), Span(5, 30)), keeps_length=False)
    assert mask.text("a" * 31) == MARK * LENGTH + "aaaa" + MARK * LENGTH + "a"


def test_places_that_touch_share_one_mark():
    assert merged([Span(4, 6), Span(0, 2), Span(2, 3)]) == (Span(0, 3), Span(4, 6))


@pytest.mark.parametrize("piece", ["rana ", "rana zo", "ـ", "و", "-", "zo ", "\u200f"])
def test_searching_takes_time_linear_in_the_text(piece):
    def seconds(times: int) -> float:
        text = piece * times
        return least_seconds(lambda: NAMES.within(text))

    assert seconds(80_000) < 12 * seconds(20_000) + 0.05
