import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.extraction.marks import DEEPEST, MOST, quoted, trimmed
from sources.text.words import Words
from tests import specs

quick = settings(max_examples=100, deadline=None, database=None)
texts = st.text(st.sampled_from("“”„«»‹›\"″＂'’‘`<>و كذا:.s9(\n"), max_size=40)


def read(text):
    """The quotations of a text, in the terms of the table."""
    text = text.replace("⏎", "\n")
    words = Words.of(text)
    found = []
    for each in quoted(words):
        inner = trimmed(words, each.inner)
        if inner:
            shown = words.span(inner.start, inner.stop).of(text).replace("\n", "⏎")
            end = "…" if each.closer is None else ""
            found.append(">" * each.depth + shown + end)
    return " ¦ ".join(found) or "-"


@pytest.mark.parametrize(("text", "expected"), specs.rows("marks"))
def test_quotation_marks_are_paired_as_the_table_says(text, expected):
    assert read(text) == expected


@quick
@given(texts)
def test_quotations_lie_within_one_another_or_apart(text):
    words = Words.of(text)
    found = quoted(words)
    for each in found:
        end = each.inner.stop if each.closer is None else each.closer
        assert 0 <= each.opener < each.inner.start <= end <= len(words)
        assert each.inner.stop <= end
        assert 0 <= each.depth < DEEPEST
        for other in found:
            if each.opener < other.opener < end:
                assert other.depth > each.depth
                assert other.inner.stop <= end


@quick
@given(texts)
def test_what_is_trimmed_has_words_at_both_edges(text):
    words = Words.of(text)
    inner = trimmed(words, range(len(words)))
    if inner:
        edges = words.forms[inner.start] + words.forms[inner.stop - 1]
        assert not set(edges) & set("“”„«»‹›\"″＂'’‘`<>:.\n")


def test_marks_beyond_the_most_of_a_line_are_words_and_the_next_line_is_read():
    full = "“ا” " * (MOST // 2)
    assert len(quoted(Words.of(full + "“ب”"))) == MOST // 2
    assert len(quoted(Words.of(full + "\n“ب”"))) == MOST // 2 + 1
