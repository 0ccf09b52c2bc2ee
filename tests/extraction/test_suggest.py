"""A text read whole: what belongs to what, and the two annotated articles exactly."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from claims.extraction import rules, suggest
from claims.extraction.proposals import ProposedQuote, QuoteKind
from claims.extraction.suggest import Reading
from sources.text.spans import Span
from sources.text.words import Words
from tests.specs import marked, rows

FRIDAY = date(2024, 3, 15)
ROOT = Path(__file__).parents[2]
GOLD: dict[str, Any] = json.loads((ROOT / "tests/demo/gold_seeds.json").read_text())
QUALIFIERS = {
    "approx": "ABOUT",
    "range": "RANGE",
    "dual": "EXACT",
    "vague": "VAGUE",
    None: "EXACT",
}


def read(text: str, language: str = "") -> Reading:
    is_arabic = "\u0600" <= text.strip("«“⟦ ")[:1] <= "\u06ff"
    tag = language or ("ar" if is_arabic else "en")
    return suggest.read(text, language=tag, dateline=FRIDAY)


# --- the annotated articles ---


@pytest.fixture(scope="module", params=list(GOLD["docs"]))
def article(request: pytest.FixtureRequest) -> tuple[dict[str, Any], Reading]:
    name = Path(GOLD["files"][request.param]).name
    text = (ROOT / "fixtures/hasakah/texts" / name).read_bytes().decode()
    reading = suggest.read(text, language="ar", dateline=None)
    return GOLD["docs"][request.param], reading


def pair(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None


def test_every_quote_is_read_as_it_is_annotated_and_no_other(article):
    gold, reading = article
    text = reading.words.text
    read = [
        {
            "text": pair(quote.span),
            "kind": quote.kind.lower(),
            "cue": pair(quote.cue),
            "speaker": pair(quote.speaker),
            "resolved": quote.named and quote.named.of(text),
        }
        for quote in reading.quotes
    ]
    keys = ("text", "kind", "cue", "speaker", "resolved")
    assert read == [{key: quote[key] for key in keys} for quote in gold["quotes"]]


def test_every_figure_is_read_as_it_is_annotated_and_no_other(article):
    gold, reading = article
    read = [
        {
            "span": pair(claim.number),
            "low": claim.quantity.low,
            "high": claim.quantity.high,
            "qualifier": str(claim.quantity.qualifier),
            "qualifier_span": pair(claim.qualifier),
            "noun": pair(claim.counted),
            "predicate": pair(claim.predicate),
            "category": claim.category,
        }
        for claim in reading.claims
    ]
    expected = [
        {key: figure[key] for key in read[0]}
        | {
            "qualifier": QUALIFIERS[
                "vague" if "vague" in figure else figure["qualifier"]
            ]
        }
        for figure in gold["quantities"]
    ]
    assert read == expected


def test_every_date_is_read_as_it_is_annotated_and_no_other(article):
    gold, reading = article
    assert [pair(written.span) for written in reading.dates] == [
        date["span"] for date in gold["dates"]
    ]


def test_every_figure_of_the_articles_is_that_of_the_speaker_of_its_quote(article):
    _gold, reading = article
    assert all(reading.quote_around(claim.number) for claim in reading.claims)


# --- what belongs to what ---


@pytest.mark.parametrize(("text", "day"), rows("holds"))
def test_a_figure_is_given_a_day_that_is_sure(text: str, day: str):
    text, number = marked(text.replace("⏎", "\n"))
    reading = read(text)
    [claim] = [claim for claim in reading.claims if claim.number == number]
    holds = reading.holds(claim)
    assert (str(holds.earliest) if holds else "-") == day


@pytest.mark.parametrize(("text", "day"), rows("said_on"))
def test_a_quote_is_given_a_day_that_is_sure(text: str, day: str):
    text, words = marked(text)
    reading = read(text)
    [quote] = [quote for quote in reading.quotes if quote.span == words]
    said = reading.said_on(quote)
    assert (str(said.earliest) if said else "-") == day


@pytest.mark.parametrize(
    ("place", "around"),
    [
        pytest.param(Span(12, 14), 1, id="in both"),
        pytest.param(Span(2, 4), 0, id="before the inner one"),
        pytest.param(Span(32, 34), 0, id="after two inner ones"),
        pytest.param(Span(18, 24), 0, id="in the inner one by half"),
        pytest.param(Span(44, 46), None, id="behind all"),
    ],
)
def test_what_stands_in_several_quotes_is_of_the_innermost(place: Span, around: int):
    spans = [Span(0, 40), Span(10, 20), Span(22, 30)]
    quotes = tuple(ProposedQuote(span, QuoteKind.DIRECT, "a.rule") for span in spans)
    reading = Reading(Words.of("x" * 50), quotes, (), ())
    assert reading.quote_around(place) is (None if around is None else quotes[around])


def test_a_day_counts_from_the_one_that_the_text_states_where_no_other_is_known():
    text = "Harbour, 15 March 2024\n\nAt least 40 families left on Tuesday."
    reading = suggest.read(text, language="en", dateline=None)
    assert str(reading.holds(reading.claims[-1]).earliest) == "2024-03-12"


# --- languages ---

ARABIC = "وقالت المهندسة لينا عثمان: «أحصينا 12 شاحنة عند الجسر»."
ENGLISH = "Mayor Sami Haddad said: “We counted 40 boats at the pier.”"


@pytest.mark.parametrize("language", ["ar", "en", "ar-SY", "en-GB"])
def test_a_paragraph_in_the_other_script_is_read_by_its_own_rules(language: str):
    text = f"{ARABIC}\n{ENGLISH}\n{ARABIC}"
    quotes = read(text, language).quotes
    assert [quote.rule[:2] for quote in quotes] == ["ar", "en", "ar"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("Le maire a dit : « 12 camions ».", "fr", id="another language"),
        pytest.param("...\n12\n«»", "en", id="no letters"),
        pytest.param("\u200f \n\u0640", "ar", id="nothing to see"),
    ],
)
def test_what_is_in_neither_language_is_not_read(text: str, language: str):
    assert read(text, language).quotes == ()


# --- always ---


def test_each_rule_that_proposes_is_declared(article):
    _gold, reading = article
    proposed = {proposal.rule for proposal in (*reading.quotes, *reading.claims)}
    assert proposed <= rules.rules().keys()


@pytest.mark.parametrize("line", ["Aa: “b”\n", "Aa said. ", "قال ا «ب». "])
def test_a_table_of_quotations_is_not_read_to_its_end(line: str):
    few, many = (len(read(line * times).quotes) for times in (100, 1000))
    assert few == many < 100


def test_the_same_is_read_whatever_the_order_of_sets():
    program = (
        "from claims.extraction import suggest; import sys;"
        "print(suggest.read(sys.argv[1], language='ar', dateline=None))"
    )
    text = (ROOT / "fixtures/hasakah/texts/001_e5bda383449404da.txt").read_text()
    outputs = {
        subprocess.run(  # noqa: S603  # our own reader
            [sys.executable, "-c", program, text],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            cwd=ROOT,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


CUT_SHORT = [
    ("ends with the verb of a source", "كان الطقس باردا وفق ما جاء"),
    (
        "begins inside of “to the limit of his words”",
        "حد تعبيره.إن مقدار خفض الإنتاج غير كاف",
    ),
    ("ends with the label of a place", "The storm is over.\n\nNORTHBRIDGE:"),
    ("ends with a date of its own line", "A long line goes on and on until 2020-01-12"),
    ("ends with what may begin a verb", "The Union of the Valley told the head and"),
    (
        "ends with a pronoun, and begins with a cue",
        "added that all were safe.”\n\nThen she",
    ),
    ("ends with a name before any comma", "only a 'good, wet winter' packing winds"),
    ("ends within a quotation", 'نراهم لا يحضرون"، مبينا أن "'),
    ("is a bracket", ")"),
    ("ends with how it was said", "“كنا نأكل الخبز”، هكذا بدأ ا"),
    (
        "quotes a preposition",
        "The paper quoted to the driver as saying. He was quoted as",
    ),
    ("says “as” before no verb", "وأعلنت الوزارة أن 3 جرحوا، كما خلصة\nنفى مصدر في"),
]


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("text", [pytest.param(t, id=why) for why, t in CUT_SHORT])
def test_a_piece_of_an_article_is_read_or_left(text: str, language: str):
    """Whatever text somebody pastes; each of these once ended in an exception."""
    for start in range(len(text)):
        read(text[start:], language=language)
        read(text[: start + 1], language=language)
