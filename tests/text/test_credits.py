"""Who a text credits, and that it is found in time."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.text.credits import LINES_AT_AN_EDGE, credits_of
from sources.text.words import Words
from tests.specs import rows
from tests.timing import least_seconds


def credits_in(text):
    return credits_of(Words.of(text))


def listed(cell):
    return [] if cell == "-" else cell.split(" ¦ ")


@pytest.mark.parametrize(("text", "kinds", "names"), rows("credits"))
def test_a_text_credits(text, kinds, names):
    text = text.replace("⏎", "\n")
    found = credits_in(text)
    assert [credit.kind for credit in found] == listed(kinds)
    assert [credit.name.of(text) for credit in found] == listed(names)


def test_the_credit_is_all_of_its_words():
    text = "فتح الجسر، نقلا عن وكالة سانا."
    (credit,) = credits_in(text)
    assert credit.span.of(text) == "نقلا عن وكالة سانا"


@pytest.mark.parametrize(
    ("n_lines", "n_credits"),
    [(2 * LINES_AT_AN_EDGE, 1), (2 * LINES_AT_AN_EDGE + 1, 0)],
)
def test_a_line_in_the_middle_credits_nobody(n_lines, n_credits):
    lines = ["A line of the text."] * n_lines
    lines[LINES_AT_AN_EDGE] = "Source: Reuters"
    assert len(credits_in("\n".join(lines))) == n_credits


@given(st.text(alphabet='By :.\n()“”"المصدر:رويترزReuters,/-ل1', max_size=80))
def test_any_text_is_read_and_no_two_credits_overlap(text):
    found = credits_in(text)
    for credit in found:
        assert credit.span.contains(credit.name)
    for before, after in pairwise(found):
        assert before.span.end <= after.span.start


@pytest.mark.parametrize(
    "piece",
    [
        *("according to ", "according to the Times Daily Planet ", "(", "(ا."),
        *("المصدر: ", "وكالة ", "نقلا عن ", "By ", "- ", "\n", "source: x, ", "“"),
    ],
)
def test_the_time_is_linear(piece):
    small, large = piece * (50_000 // len(piece)), piece * (200_000 // len(piece))
    assert seconds(large) < 10 * seconds(small) + 0.1


def seconds(text):
    words = Words.of(text)
    words.paragraphs  # noqa: B018  # cut before the clock runs
    return least_seconds(lambda: credits_of(words))
