import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.text.segments import Mark, segments
from sources.text.spans import Span, SpanError

quick = settings(max_examples=30, deadline=None, database=None)

spans = st.builds(
    lambda start, length: Span(start, start + length),
    st.integers(0, 12),
    st.integers(1, 8),
)
marks = st.lists(st.builds(Mark, spans, st.sampled_from("abc")), max_size=8)
texts = st.text(st.sampled_from("اب 😀🇸\u200f\u0651\n"), min_size=20, max_size=25)


def cut(text, *marks):
    """The pieces of a text as pairs of words and labels."""
    return [
        (piece.text, "".join(piece.labels))
        for piece in segments(text, [Mark(Span(*at), label) for at, label in marks])
    ]


def test_a_text_without_marks_is_one_piece():
    assert cut("قال نعم") == [("قال نعم", "")]


def test_an_empty_text_has_no_pieces():
    assert cut("") == []


def test_a_mark_cuts_where_it_begins_and_ends():
    assert cut("قال نعم ثم", ((4, 7), "q")) == [("قال ", ""), ("نعم", "q"), (" ثم", "")]


def test_a_mark_over_the_whole_text_cuts_nothing():
    assert cut("نعم", ((0, 3), "q")) == [("نعم", "q")]


def test_crossing_marks_share_a_piece():
    assert cut("abcdef", ((0, 4), "x"), ((2, 6), "y")) == [
        ("ab", "x"),
        ("cd", "xy"),
        ("ef", "y"),
    ]


def test_the_mark_that_began_first_is_outermost_and_of_two_the_longer():
    assert cut("abcd", ((1, 3), "z"), ((1, 4), "y"), ((0, 4), "x")) == [
        ("a", "x"),
        ("bc", "xyz"),
        ("d", "xy"),
    ]


def test_equal_marks_keep_the_order_in_which_they_were_given():
    assert cut("ab", ((0, 2), "y"), ((0, 2), "x")) == [("ab", "yx")]


def test_marks_that_touch_do_not_mix():
    assert cut("abcd", ((0, 2), "x"), ((2, 4), "y")) == [("ab", "x"), ("cd", "y")]


def test_a_label_stands_once_on_a_piece_and_until_its_last_mark_ends():
    assert cut("abcd", ((0, 2), "x"), ((1, 4), "x")) == [
        ("a", "x"),
        ("b", "x"),
        ("cd", "x"),
    ]


def test_each_mark_opens_on_one_piece():
    pieces = segments("abcd", [Mark(Span(0, 3), "x"), Mark(Span(1, 4), "y")])
    assert [piece.opens for piece in pieces] == [("x",), ("y",), ()]


def test_emoji_and_direction_marks_are_cut_by_code_points():
    assert cut("👩\u200d🚀\u200fنعم", ((0, 3), "x"), ((4, 7), "y")) == [
        ("👩\u200d🚀", "x"),
        ("\u200f", ""),
        ("نعم", "y"),
    ]


def test_a_mark_beyond_the_text_is_refused():
    with pytest.raises(SpanError, match="beyond"):
        segments("نعم", [Mark(Span(2, 4), "x")])


@quick
@given(texts, marks)
def test_the_pieces_are_the_text_and_lie_where_they_say(text, marks):
    pieces = segments(text, marks)
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.span.of(text) == piece.text for piece in pieces)


@quick
@given(texts, marks)
def test_a_piece_carries_the_labels_of_the_marks_around_it_and_no_others(text, marks):
    for piece in segments(text, marks):
        around = {mark.label for mark in marks if mark.span.contains(piece.span)}
        touching = {mark.label for mark in marks if mark.span.overlaps(piece.span)}
        assert set(piece.labels) == around == touching
        assert len(piece.labels) == len(around)


@quick
@given(texts, marks)
def test_nothing_is_cut_where_no_mark_begins_or_ends(text, marks):
    boundaries = {0, len(text)}
    for mark in marks:
        boundaries |= {mark.span.start, mark.span.end}
    pieces = segments(text, marks)
    assert {piece.span.start for piece in pieces} | {len(text)} == boundaries


@quick
@given(texts, marks)
def test_every_label_opens_where_its_marks_begin(text, marks):
    for piece in segments(text, marks):
        starting = {m.label for m in marks if m.span.start == piece.span.start}
        assert set(piece.opens) == starting
