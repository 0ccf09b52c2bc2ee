"""What PostgreSQL is asked, so that it reads few rows."""

from sources.text.terms import parse
from sources.word_index import vectors


def asked(words: str, *, exact: bool = False) -> str:
    [part] = parse(words, exact=exact).parts
    return vectors.tsquery(part, exact=exact)


def test_two_neighbours_are_one_word_whose_rows_need_not_be_read():
    assert asked('"boats near"') == "('~boat near')"


def test_of_longer_phrases_only_rows_with_every_pair_are_read():
    assert asked('"boats near piers"') == (
        "(('~boat near') & ('~near pier') & (('boat') <-> ('near') <-> ('pier')))"
    )


def test_the_last_word_of_a_phrase_may_be_begun():
    assert asked("boat-nea*") == "('~boat nea':*)"


def test_forms_have_no_pairs():
    assert asked('"boats near"', exact=True) == "(('=boats') <-> ('=near'))"
