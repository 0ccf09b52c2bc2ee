"""A place in a text: by offsets, or by the words that stand there."""

import pytest
from django.core.exceptions import ValidationError

from sources.forms import PiecesField, SpanField
from sources.forms.texts import Place
from sources.models.columns import Anchor
from sources.text.spans import Span
from tests.factories import ARABIC

TEXT = "😀 60 came, then 60 left. The 60 who left were tired."


def place(*parts: str) -> Place:
    return SpanField().clean(list(parts))


def test_offsets_count_code_points():
    assert place("2", "4", "").anchor(TEXT) == Anchor(Span(2, 4), "60")


def test_offsets_are_read_in_any_digits():
    assert place("٢", "٤", "").anchor(TEXT).words == "60"


def test_words_are_found_where_they_stand():
    found = place("", "", "مئات المصابين").anchor(ARABIC)
    assert ARABIC[found.span.start : found.span.end] == "مئات المصابين" == found.words


def test_words_of_two_lines_are_found_though_a_browser_posts_crlf():
    assert place("", "", "🚢.\r\nوأضاف").anchor(ARABIC).words == "🚢.\nوأضاف"


def test_words_that_stand_twice_are_asked_back():
    with pytest.raises(ValidationError, match=r"2–4, 16–18, 29–31"):
        place("", "", "60").anchor(TEXT)


def test_words_that_stand_twice_are_taken_at_the_start_given():
    assert place("16", "", "60").anchor(TEXT).span == Span(16, 18)


def test_words_that_stand_twice_are_taken_inside_the_statement():
    assert place("", "", "60").anchor(TEXT, within=Span(26, 50)).span == Span(29, 31)


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param(("4", "2", ""), id="backwards"),
        pytest.param(("2", "2", ""), id="empty"),
        pytest.param(("2", "9999", ""), id="beyond the text"),
        pytest.param(("2", "", ""), id="no end"),
        pytest.param(("", "", "61"), id="words that are not there"),
    ],
)
def test_a_place_that_is_not_in_the_text_is_refused(parts: tuple[str, ...]):
    with pytest.raises(ValidationError):
        place(*parts).anchor(TEXT)


@pytest.mark.parametrize("start", ["-1", "2.5", "x", "9" * 30])
def test_what_is_no_offset_is_refused(start: str):
    with pytest.raises(ValidationError):
        place(start, "9", "")


def test_no_place_is_none():
    assert SpanField().clean(["", "", " "]) is None


def test_pieces_are_spans_in_order():
    assert PiecesField().clean("2-4, ١٧–١٩") == [Place(2, 4, ""), Place(17, 19, "")]


def test_pieces_that_were_not_touched_are_no_change():
    field, pieces = PiecesField(), [[2, 4, "60"], [17, 19, "60"]]
    assert not field.has_changed(pieces, field.prepare_value(pieces))
    assert field.has_changed(pieces, "2-4")


@pytest.mark.parametrize("typed", ["2", "2-", "2-4-6", "from 2 to 4", "2-4; x"])
def test_what_is_no_list_of_pieces_is_refused(typed: str):
    with pytest.raises(ValidationError):
        PiecesField().clean(typed)
