"""Lines that were broken where they were full are read as one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.text.words import Words
from sources.text.wrapping import unwrapped
from tests.specs import rows

pytestmark = pytest.mark.once

LINES = st.lists(st.text("ab. \nأ", max_size=90), max_size=8).map("\n".join)


@pytest.mark.parametrize("text", [row.values[0] for row in rows("wrapping")])
def test_a_newline_is_read_over_where_it_only_broke_a_line(text: str):
    written = text.replace("↵", "\n").replace("⏎", "\n")
    assert unwrapped(written) == text.replace("↵", " ").replace("⏎", "\n")


@given(LINES)
def test_no_character_changes_its_place(text: str):
    read = unwrapped(text)
    assert len(read) == len(text)
    assert all(
        new == old or (new, old) == (" ", "\n")
        for new, old in zip(read, text, strict=True)
    )


def test_spans_are_those_of_the_text_as_it_stands():
    text = "A long line about the valley that ends with the\nword river."
    words = Words.of_sentences(text)
    assert "\n" not in words.forms
    assert words.span(9, 11).of(text) == "the\nword"
