"""Tables: what stands too thick for sentences is read at its beginning only."""

from datetime import date

import pytest

from claims.extraction.quantities import quantities
from sources.text.dating import dates
from sources.text.numerals import numerals
from sources.text.words import Words

SENTENCE = "The flood killed 5 people and displaced 300 others near the old dam. "


def dates_of(words):
    return dates(words, dateline=date(2022, 1, 31))


@pytest.mark.parametrize("cell", ["5 ", "1,234 ", "five ", "$5 ", "5 dead\n"])
def test_only_the_first_numbers_of_a_table_are_read(cell):
    assert 0 < len(numerals(Words.of(cell * 500))) < 100


@pytest.mark.parametrize("cell", ["today ", "March 3 ", "1/2/2022 ", "on Monday\n"])
def test_only_the_first_dates_of_a_table_are_read(cell):
    assert 0 < len(dates_of(Words.of(cell * 500))) < 100


def test_only_the_first_shares_and_duals_of_a_table_are_read():
    assert 0 < len(quantities(Words.of("قتل جنديان " * 500), [])) < 100


def test_every_figure_of_a_long_text_is_read():
    assert len(quantities(Words.of(SENTENCE * 500), [])) == 1000


def test_what_follows_a_table_is_read():
    words = Words.of("5 " * 500 + SENTENCE * 100)
    assert len(quantities(words, [])[-100:]) == 100
