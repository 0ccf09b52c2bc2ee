"""How much of one text stands in another, in either language."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.text.likeness import RUN, SURE, fingerprints, shares
from tests.timing import least_seconds


def words(n, start=0):
    """So many different words: one, two, and so on, each of two letters or more."""
    return " ".join(
        f"w{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}" for i in range(start, start + n)
    )


def test_a_text_stands_whole_in_itself():
    found = shares(words(40), words(40))
    assert (found.of_one, found.of_other, found.n_words) == (1, 1, 40)


def test_each_side_has_its_own_share():
    found = shares(words(50), words(200))
    assert (found.of_one, found.of_other) == (1, Decimal("0.25"))


def test_fewer_words_in_a_row_than_a_run_are_chance():
    mixed = f"{words(RUN - 1)} other {words(RUN - 1, start=100)}"
    assert shares(mixed, words(200)).n_words == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            "أكّد المسؤول أنّ ٣٥٠٠ شخص عبروا النهر",
            "اكد المسءول ان 3500 شخص عبروا النهر",
            id="hamza, vowels and digits written otherwise",
        ),
        pytest.param(
            "“About 120 people,” she said, crossed the river",
            "About 120 people she said crossed... the River!",
            id="marks and capitals written otherwise",
        ),
    ],
)
def test_spelling_does_not_part_two_texts(one, other):
    assert shares(one, other).of_one == 1
    assert fingerprints(one) == fingerprints(other) != set()


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_so_many_shared_words_in_a_row_share_a_fingerprint(before, after, other):
    shared = words(SURE, start=300)
    one = f"{words(before)} {shared} {words(after, start=100)}"
    two = f"{words(other, start=200)} {shared}"
    assert fingerprints(one) & fingerprints(two)


@pytest.mark.parametrize("text", ["", "، . !", "one two three four"])
def test_a_text_of_fewer_words_than_a_run_has_no_fingerprint(text):
    assert fingerprints(text) == set()
    assert shares(text, words(40)).of_one == 0


def test_a_fingerprint_is_the_same_on_every_machine():
    assert fingerprints("the ferry left the harbour at dawn") == {-142513921120009811}


@pytest.mark.parametrize("unit", ["word ", "1 ", "«", "ا", "\n"])
def test_time_grows_no_faster_than_the_text(unit):
    def seconds(length):
        text = unit * (length // len(unit))
        return least_seconds(lambda: (fingerprints(text), shares(text, text)))

    assert seconds(400_000) < 8 * seconds(100_000) + 0.2
