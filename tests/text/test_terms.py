"""Which words a search takes for the same, and where it finds them in a text."""

from contextlib import suppress
from string import ascii_lowercase
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sources.text import lexicon
from sources.text.fold import fold_key
from sources.text.spans import Span
from sources.text.stems import may_begin, shapes, stem
from sources.text.terms import LONGEST, Part, Query, QueryRefused, keys, parse
from tests.specs import rows

TEXTS = st.text(
    st.sampled_from("سجنوالبفكلىهةيأإآ ًـ٣٬٥3.,50-'’\"«»*abS 🚢\u200f_\n")
    | st.characters(codec="utf-8"),
    max_size=60,
)


def is_found(text: str, words: str, *, exact: bool = False) -> bool:
    """Whether each part has a match of its own, as an index looks for it."""
    query = parse(words, exact=exact)
    alone = [type(query)((part,), exact) for part in query.parts]
    return bool(query) and all(each.spans(text) for each in alone)


def irregular() -> set[str]:
    """The English words that a list stems."""
    listed = lexicon.rows("sources.text.lexicon", "search_english")
    return {form for row in listed for form in row[0].split()} | {"dying", "skies"}


class Term(NamedTuple):
    """A word of a text, by both keys, and where it is found."""

    stem: str
    form: str
    span: Span


def terms(text: str) -> list[Term]:
    words = list(keys(text))
    all_of_them = tuple(Part((frozenset([form]),)) for _stem, form in words)
    spans = Query(all_of_them, exact=True).spans(text)
    return [Term(*word, span) for word, span in zip(words, spans, strict=True)]


@pytest.mark.parametrize(("text", "words", "found", "mode"), rows("search"))
def test_a_search_finds_what_is_the_same_word(text, words, found, mode):
    assert is_found(text, words, exact=mode == "exact") == (found == "yes")


def test_a_match_stands_where_the_word_is_written():
    text = "🚢 قال لقوّات ســوريا: 3,500"
    marks = [span.of(text) for span in parse("قوات 3500").spans(text)]
    assert marks == ["لقوّات", "3,500"]


def test_a_phrase_longer_than_the_text_is_not_in_it():
    assert parse('"boats left harbour today"').spans("Boats left harbour") == []


LATIN = st.text(st.sampled_from("abcdefghiklmnorstuvwxyz"), min_size=1, max_size=12)


@given(LATIN | st.sampled_from(sorted(irregular())))
def test_the_stem_of_an_english_word_begins_with_the_letter_that_is_told(form):
    letters = {letter for letter in ascii_lowercase if may_begin(form, {letter})}
    assert letters == {stem(form)[0]}


ENDINGS = (
    "s es ies ied eed ed edly ing ying tional ational ator alism aliti izer ization "
    "ousness iveness iviti biliti bility logi fulness lessly li ement ent ion ate ive"
)
PRECEDED = ["", "و", "ف", "ب", "ال", "وال", "بال", "لل"]
FOLLOWED = ["", "ات", "ون", "ها", "هم", "تهم", "اتها"]
ENGLISH = st.tuples(LATIN, st.sampled_from(ENDINGS.split()))
ARABIC = st.tuples(
    st.sampled_from(PRECEDED),
    st.sampled_from(["سجن", "سجون", "قتيل", "جرحي", "كتبي", "مدينه"]),
    st.sampled_from(FOLLOWED),
)


@example("dying")
@example("women")
@example("سجون")
@given((ENGLISH | ARABIC).map("".join) | st.sampled_from(sorted(irregular())))
def test_a_word_has_a_shape_of_its_stem_in_it(form):
    stemmed = stem(form)
    for begun in (stemmed, stemmed[:2]):
        is_prefix = begun != stemmed
        assert any(one in form for one in shapes(frozenset([begun]), is_prefix))


@given(TEXTS)
def test_every_word_has_its_place_in_the_text(text):
    found = terms(text)
    assert [(term.stem, term.form) for term in found] == list(keys(text))
    ends = [0]
    for term in found:
        assert ends[-1] <= term.span.start < term.span.end <= len(text)
        ends.append(term.span.end)


@given(TEXTS.filter(lambda text: len(text) <= LONGEST))
def test_a_word_of_a_text_is_found_in_it(text):
    for term in terms(text):
        word = term.span.of(text)
        if terms(word) == terms(word.strip()) and len(terms(word)) == 1:
            assert is_found(text, f'"{term.form}"', exact=True)


@given(TEXTS)
def test_how_letters_are_written_makes_no_difference(text):
    if len(terms(fold_key(text))) == len(terms(text)):
        assert [term.stem for term in terms(fold_key(text))] == [
            term.stem for term in terms(text)
        ]


@given(st.text(max_size=300))
def test_any_question_is_understood_or_refused(words):
    with suppress(QueryRefused):
        query = parse(words)
        query.spans(words)
        assert all(all(part.positions) for part in query.parts)


@pytest.mark.parametrize("words", ["", "  ", '""', "*", "«»", "؟!", "\u200f"])
def test_what_has_no_words_looks_for_nothing(words):
    assert not parse(words)
    assert parse(words).spans("أي نص") == []


@pytest.mark.parametrize(
    "words", ["x" * (LONGEST + 1), " ".join("abcdefghijklmnopqrstuvw")]
)
def test_too_much_is_refused(words):
    with pytest.raises(QueryRefused):
        parse(words)


def test_a_word_is_looked_for_by_few_stems():
    words = ["قوات", "السجن", "وزير", "3500", "surrendered", "والمعتقلون"]
    assert max(len(parse(each).parts[0].positions[0]) for each in words) <= 16
