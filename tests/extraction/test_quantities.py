"""Figures in a text: which are read, and what is read of them."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claims.extraction.quantities import quantities
from claims.extraction.rules import rules
from sources.text.spans import Span
from sources.text.words import Words
from tests.specs import rows

quick = settings(max_examples=60, deadline=None, database=None)

ROOT = Path(__file__).parents[2]
TEXTS = ROOT / "fixtures" / "hasakah" / "texts"
GOLD = json.loads((ROOT / "tests" / "demo" / "gold_seeds.json").read_text("utf-8"))

SPECS = [*rows("quantities_ar"), *rows("quantities_en")]
SENTENCES = [row.values[0].replace("⏎", "\n") for row in SPECS]
QUALIFIERS = {"approx": "ABOUT", "range": "RANGE", "dual": "EXACT", None: "EXACT"}
FORMS = {"dual": "DUAL"}
INVISIBLE = ["\u200f", "\u200e", "\u2067", "\u2069", "\u00ad", "\ufeff"]
DIACRITICS = ["\u064e", "\u0651", "\u0652", "\u0640"]


def read(text, dates=()):
    return quantities(Words.of(text), dates)


def words_of(span, text):
    return span.of(text) if span else "-"


def written(quantity):
    low, high = (
        "" if bound is None else f"{bound:f}" for bound in (quantity.low, quantity.high)
    )
    return f"{quantity.qualifier} {low}..{high} {quantity.unit}".strip()


def columns(text):
    found = read(text)
    table = [
        [words_of(claim.number, text) for claim in found],
        [written(claim.quantity) for claim in found],
        [words_of(claim.qualifier, text) for claim in found],
        [words_of(claim.counted, text) for claim in found],
        [words_of(claim.predicate, text) for claim in found],
        [claim.category or "-" for claim in found],
        [claim.rule for claim in found],
    ]
    return [" ¦ ".join(column) or "-" for column in table]


@pytest.mark.parametrize("row", [pytest.param(s.values, id=s.id) for s in SPECS])
def test_a_figure_is_read_with_what_it_says(row):
    text, *expected = row
    assert columns(text.replace("⏎", "\n")) == expected


def test_every_rule_has_a_row_in_the_table_and_an_example():
    shown = {rule for row in SPECS for rule in row.values[7].split(" ¦ ")} - {"-"}
    known = {rule for rule in rules() if rule.startswith("claim.")}
    assert shown == known


# --- the seed articles ---


def annotated(row):
    def place(name):
        return Span(*row[name]) if row[name] else None

    vague = row.get("vague", "").upper()
    return (
        Span(*row["span"]),
        (row["low"], row["high"]),
        "VAGUE" if vague else QUALIFIERS[row["qualifier"]],
        vague or FORMS.get(row["qualifier"], "WRITTEN"),
        place("qualifier_span"),
        place("noun"),
        place("predicate"),
        row["category"],
    )


def proposed(claim):
    return (
        claim.number,
        (claim.quantity.low, claim.quantity.high),
        claim.quantity.qualifier,
        claim.form,
        claim.qualifier,
        claim.counted,
        claim.predicate,
        claim.category,
    )


@pytest.mark.parametrize("document", GOLD["docs"])
def test_a_seed_article_has_the_figures_of_its_annotation_and_no_other(document):
    text = (TEXTS / Path(GOLD["files"][document]).name).read_bytes().decode()
    gold = GOLD["docs"][document]
    dates = [Span(*date["span"]) for date in gold["dates"]]
    expected = [annotated(row) for row in gold["quantities"]]
    assert [proposed(claim) for claim in read(text, dates)] == expected


# --- what holds for any text ---


def test_nothing_is_read_where_a_date_stands():
    text = "قتل 12 مدنيا في 25 آذار وجرح 3."
    date = Span(text.index("25"), text.index("آذار") + 4)
    assert [claim.number.of(text) for claim in read(text, [date])] == ["12", "3"]


def test_what_cannot_be_kept_exactly_is_not_read():
    assert read("It costs $3 trillion, or 3.14159 percent.") == []


@pytest.mark.parametrize("denied", [True, False])
def test_a_denied_figure_is_marked(denied):
    text = "The army fired 32 rockets, not 20."
    claim = next(claim for claim in read(text) if claim.denied is denied)
    assert claim.number.of(text) == ("20" if denied else "32")


def test_a_part_is_marked():
    text = "وصل 60 مهاجرا بينهم 12 قاصرا."
    assert [claim.is_part for claim in read(text)] == [False, True]


mixtures = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3).map(" ".join)
fragments = st.lists(st.sampled_from(" ".join(SENTENCES).split(" ")), max_size=20).map(
    " ".join
)


@quick
@given(mixtures | fragments)
@example("5-")
@example("بين 5 ليرة و")
@example("million " * 200)
def test_figures_lie_in_the_text_and_do_not_overlap(text):
    end = 0
    for claim in read(text):
        assert claim.span.end <= len(text)
        assert end <= claim.number.start
        end = claim.number.end


@quick
@given(st.sampled_from(SENTENCES), st.data())
def test_invisible_characters_change_no_figure(text, data):
    place = data.draw(st.integers(0, len(text)))
    assert_unchanged(text, place, data.draw(st.sampled_from(INVISIBLE)))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "تنتج المحطة خُمس الكهرباء", id="the vowel that makes five a fifth"
        ),
        pytest.param("a group of 60 men", id="a crowd, which is no Group 60"),
    ],
)
def test_invisible_characters_inside_a_word_change_no_figure(text):
    for place in range(len(text)):
        assert_unchanged(text, place, "\u200f")


def assert_unchanged(text, place, mark):
    plain, marked = read(text), read(text[:place] + mark + text[place:])
    assert [(c.quantity, c.rule) for c in marked] == [
        (c.quantity, c.rule) for c in plain
    ]


WITHOUT_FIFTHS = [
    row for row in rows("quantities_ar") if row.values[7] != "claim.share"
]
"""The first vowel of a fifth tells it from five."""


@quick
@given(st.sampled_from(WITHOUT_FIFTHS), st.data())
def test_vowel_marks_and_stretched_letters_change_no_figure(row, data):
    text = row.values[0]
    places = [i + 1 for i, char in enumerate(text) if "ب" <= char <= "ي"]
    place = data.draw(st.sampled_from(places))
    marked = text[:place] + data.draw(st.sampled_from(DIACRITICS)) + text[place:]
    assert [c.quantity for c in read(marked)] == [c.quantity for c in read(text)]


@quick
@given(st.sampled_from(SENTENCES), st.sampled_from(["😀 ", "👩‍👩‍👧 ", "🇸🇾\n"]))
def test_an_emoji_before_the_text_moves_every_place_by_its_length(text, emoji):
    moved = [claim.number for claim in read(emoji + text)]
    assert moved == [claim.number.shifted(len(emoji)) for claim in read(text)]
