import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.extraction import rules
from claims.extraction.arabic import quotes
from claims.extraction.proposals import ProposedQuote
from sources.text.spans import Span
from sources.text.words import Words
from tests import specs
from tests.timing import least_seconds

TESTS = Path(__file__).parents[1]
GOLD = json.loads((TESTS / "demo" / "gold_seeds.json").read_text("utf-8"))
SEEDS = TESTS.parent / "fixtures" / "hasakah" / "texts"

quick = settings(max_examples=60, deadline=None, database=None)

NEWS = [
    "قال",
    "وقالت",
    "وأضاف",
    "مضيفا",
    "مؤكدا",
    "إلى",
    "على",
    "عن",
    "أن",
    "إن",
    "أنه",
    "بأن",
    "وأن",
    ":",
    ":",
    "“",
    "”",
    "«",
    "»",
    '"',
    "،",
    ".",
    "\n",
    "(",
    ")",
    "بحسب",
    "وفق",
    "نقلا",
    "ما",
    "كما",
    "لم",
    "حد",
    "قوله",
    "المتحدث",
    "وزير",
    "الخارجية",
    "كاغينز",
    "العقيد",
    "المركز",
    "قسد",
    "داعش",
    "في",
    "بيان",
    "لوكالة",
    "دعا",
    "الدول",
    "نقلت",
    "مصادر",
    "مقتل",
    "ضرورة",
    "قواتنا",
    "الذي",
    "إلا",
    "لكنه",
    "لـ",
    "المصري",
    "علي",
    "ذاته",
    "أجرته",
    "قد",
    "وكان",
    "25",
    "د",
]
news = st.lists(st.sampled_from(NEWS), max_size=40).map(" ".join)
STRETCHES = "\u064e\u0651\u0640\u200f\u200b\u2066"
ROWS = [row.values[0].replace("⏎", "\n") for row in specs.rows("quotes_ar")]


def read(text, *parts):
    """What is proposed for a text, in the terms of the tables."""
    text = text.replace("⏎", "\n")

    def cell(part):
        words = part.of(text) if isinstance(part, Span) else part
        return words.replace("\n", "⏎") if words else "-"

    found = [
        [cell(getattr(quote, part)) for part in parts]
        for quote in quotes(Words.of(text))
    ]
    columns = [" ¦ ".join(cells) for cells in zip(*found, strict=True)]
    return columns or ["-"] * len(parts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(row.values[0], [*row.values[1:]], id=row.id)
        for row in specs.rows("quotes_ar")
    ],
)
def test_a_text_yields_the_quotes_that_the_table_lists(text, expected):
    parts = ("span", "speaker", "named", "cue", "kind", "rule")
    assert read(text, *parts) == expected


@pytest.mark.parametrize(
    ("text", "speaker", "role", "named"), specs.rows("speakers_ar")
)
def test_the_speakers_of_a_text_are_those_that_the_table_lists(
    text, speaker, role, named
):
    assert read(text, "speaker", "role", "named") == [speaker, role, named]


@pytest.mark.parametrize("document", ["A", "B"])
def test_a_seed_article_yields_its_annotated_quotes_and_no_other(document):
    text = (SEEDS / Path(GOLD["files"][document]).name).read_bytes().decode()

    def pair(span: Span | None):
        return [span.start, span.end] if span else None

    expected = [
        (row["text"], row["kind"], row["cue"], row["speaker"], row["resolved"])
        for row in GOLD["docs"][document]["quotes"]
    ]
    assert expected == [
        (
            pair(quote.span),
            quote.kind.value.lower(),
            pair(quote.cue),
            pair(quote.speaker),
            quote.named and quote.named.of(text),
        )
        for quote in quotes(Words.of(text))
    ]


def test_a_text_may_end_with_the_verb_of_a_source():
    assert quotes(Words.of("توقف الضخ وفق ما جاء")) == []


def test_every_rule_is_explained_and_shown_in_the_table():
    known = {rule for rule in rules.rules() if rule.startswith("ar.")}
    shown = {quote.rule for text in ROWS for quote in quotes(Words.of(text))}
    assert shown == known


def in_order(found: list[ProposedQuote]):
    return all(a.span.end <= b.span.start for a, b in pairwise(found))


@quick
@given(st.one_of(news, st.text(max_size=60)))
def test_whatever_the_text_quotes_lie_in_it_apart_and_in_order(text):
    found = quotes(Words.of(text))
    assert in_order(found)
    for quote in found:
        assert quote.rule in rules.rules()
        for span in (quote.span, quote.cue, quote.speaker, quote.role, quote.named):
            assert span is None or span.of(text).strip() == span.of(text)


@quick
@given(st.sampled_from(ROWS), st.sampled_from(["😀 ", "\u200f", "٢٠٢٢ "]))
def test_what_stands_before_an_article_only_moves_its_quotes(text, before):
    before += "\n\n"
    moved = len(before)
    assert [
        (quote.span.start + moved, quote.span.end + moved, quote.rule)
        for quote in quotes(Words.of(text))
    ] == [
        (quote.span.start, quote.span.end, quote.rule)
        for quote in quotes(Words.of(before + text))
    ]


@quick
@given(st.sampled_from(ROWS), st.data())
def test_vowels_stretches_and_bidi_marks_are_as_if_they_were_not_there(text, data):
    letters = [i + 1 for i, char in enumerate(text) if char.isalpha()]
    places = data.draw(st.lists(st.sampled_from(letters), max_size=8, unique=True))
    pieces, last = [], 0
    for place in sorted(places):
        pieces += [text[last:place], data.draw(st.sampled_from(STRETCHES))]
        last = place
    stretched = "".join([*pieces, text[last:]])

    def bare(words):
        return words.translate(dict.fromkeys(map(ord, STRETCHES)))

    assert [
        (bare(quote.span.of(stretched)), quote.rule)
        for quote in quotes(Words.of(stretched))
    ] == [(bare(quote.span.of(text)), quote.rule) for quote in quotes(Words.of(text))]


@pytest.mark.parametrize(
    "shape",
    [
        "“",
        "قال “",
        "قال: ",
        "قال إن ",
        "قال المتحدث باسم ",
        "بحسب ",
        "وأن ",
        "نقلت عن ",
        "أعلنت الشركة، ",
        "قال لـ“",
        "إلا أنه قال ",
        "وكان الوزير قال ",
        "وأضاف المصدر ذاته أن ",
        "قال (ا) ",
        "بحسب مركز (ا)(ا)",
    ],
)
def test_time_grows_with_the_length_on_hostile_text_too(shape):
    def seconds(n_characters):
        words = Words.of(shape * (n_characters // len(shape)))
        return least_seconds(lambda: quotes(words))

    assert seconds(80_000) < 6 * seconds(20_000) + 0.2


@pytest.mark.parametrize(
    "text", ["المتحدث باسم وفقا لـقال", "وفقا لـإلى أن كانون الثاني"]
)
def test_a_clitic_before_a_word_that_stands_nowhere_else_is_read(text):
    assert isinstance(quotes(Words.of(text)), list)
