from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claims.extraction import rules
from claims.extraction.english import quotes
from sources.text.words import Words
from tests import specs

CELLS = ("quote", "speaker", "named", "cue", "kind", "rule", "role")

TEXTS = [row.values[0] for row in specs.rows("quotes_en")]
WORDS = sorted({word for text in TEXTS for word in text.split()})
ODD = [
    "\n",
    "“",
    "”",
    '"',
    "'",
    "(",
    "—",
    "...",
    "قال",
    "\u200f",
    "\U0001f600",
    "e\u0301",
]
NEWS = st.lists(st.sampled_from(WORDS + ODD), max_size=60).map(" ".join)


def read(text):
    """What is proposed for a text, by column, in the terms of the tables."""
    text = text.replace("⏎", "\n")

    def words(span):
        return span.of(text).replace("\n", "⏎") if span else "-"

    found = [
        (
            " + ".join(map(words, quote.pieces)) or words(quote.span),
            *map(words, (quote.speaker, quote.named, quote.cue)),
            quote.kind.value,
            quote.rule,
            words(quote.role),
        )
        for quote in quotes(Words.of(text))
    ]
    columns = zip(*found, strict=True) if found else [["-"]] * len(CELLS)
    return dict(zip(CELLS, map(" ¦ ".join, columns), strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(row.values[0], [*row.values[1:]], id=row.id)
        for row in specs.rows("quotes_en")
    ],
)
def test_a_text_yields_the_quotes_that_the_table_lists(text, expected):
    found = read(text)
    assert [found[cell] for cell in CELLS[:-1]] == expected


@pytest.mark.parametrize(
    ("text", "speaker", "role", "named"), specs.rows("speakers_en")
)
def test_a_speaker_is_named_as_the_table_lists(text, speaker, role, named):
    found = read(text)
    assert (found["speaker"], found["role"], found["named"]) == (speaker, role, named)


def test_every_rule_has_a_row_and_every_row_a_rule():
    used = {
        rule for row in specs.rows("quotes_en") for rule in row.values[6].split(" ¦ ")
    }
    named = [rule for rule in rules.rules().values() if rule.yields == "quote"]
    assert used - {"-"} == {rule.id for rule in named if rule.id.startswith("en.")}


@given(NEWS | st.text())
@example("")
@example("“")
@example("said")
@example("He said that")
@example("according to")
def test_any_text_yields_spans_within_it_that_do_not_overlap(text):
    found = quotes(Words.of(text))
    for quote in found:
        for span in (quote.span, quote.cue, quote.speaker, quote.role, quote.named):
            assert span is None or span.of(text).strip()
        assert all(map(quote.span.contains, quote.pieces))
        assert all(a.end <= b.start for a, b in pairwise(quote.pieces))
    for kind in {quote.kind for quote in found}:
        spans = [quote.span for quote in found if quote.kind is kind]
        assert all(a.end <= b.start for a, b in pairwise(spans))


@given(NEWS, st.integers(0, 400), st.sampled_from("\u200f\u200b\u2066\u0301\ufe0f"))
def test_characters_without_width_change_nothing_but_offsets(text, at, char):
    plain = [quote.span.of(text) for quote in quotes(Words.of(text))]
    marked = text[:at] + char + text[at:]
    found = [quote.span.of(marked) for quote in quotes(Words.of(marked))]
    assert [words.replace(char, "") for words in found] == [
        words.replace(char, "") for words in plain
    ]
