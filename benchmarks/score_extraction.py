"""How often the reading rules are right on annotated articles.

    python benchmarks/score_extraction.py GOLD_DIR [--misses] [--json]

GOLD_DIR holds texts and gold files, side by side or in folders. A gold file is either
one article, `NAME.json` beside `NAME.txt`, or several: `{"files": {"A": "path.txt"},
"docs": {"A": article}}` with paths relative to the gold file or to a folder above it.
An article is

    {"language": "ar",             optional; otherwise the script of the text decides
     "dateline": "2022-01-27",     optional; otherwise the date the text itself states
     "quotes": [{"text": [start, end], "speaker": [start, end] or null,
                 "resolved": "fullest name before it", "cue": [start, end] or null,
                 "kind": "direct" | "indirect" | "mixed", "cls": "marked" | ...}],
     "quantities": [{"span": [start, end], "low": 60, "high": 90 or null,
                     "qualifier": "approx" | "range" | "dual" | ... or null,
                     "qualifier_span", "noun", "predicate": [start, end] or null,
                     "category": "killed"}],
     "dates": [{"span": [start, end], "value": "2022-01-25" | "2022-05" | "rel"}]}

with half-open offsets in code points; whatever else stands in it is passed over, and
a task that an article leaves out is not scored there. A proposal is right when it
shares at least half of the code points that it and the annotation cover together;
"exact" asks for the same span. A quantity is right when its number and both bounds
are; a date when the spans touch, and its value counts where the annotation gives one.
A speaker is scored on the quotes that were found.
"""  # noqa: INP001  # a script, in no package

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from annotated import Article, articles  # noqa: E402  # needs the path above

from claims.extraction import suggest  # noqa: E402  # likewise
from sources.text.fold import fold_key  # noqa: E402  # likewise
from sources.text.spans import Span  # noqa: E402  # likewise

MARKED = {"marked", "unclosed"}
QUALIFIERS = {
    **dict.fromkeys(("approx", "nearly", "estimated", "about"), "ABOUT"),
    **dict.fromkeys((None, "exact", "dual"), "EXACT"),
    "at_least": "AT_LEAST",
    "more_than": "MORE_THAN",
    "less_than": "LESS_THAN",
    "at_most": "AT_MOST",
    "up_to": "UP_TO",
    "range": "RANGE",
    "vague": "VAGUE",
}


@dataclass
class Tally:
    """Annotated, proposed, and right; precision and recall of them."""

    gold: int = 0
    proposed: int = 0
    found: int = 0
    right: int = 0

    def row(self) -> list[str]:
        """The figures of a line, in percent where there is anything to divide by."""
        precision = share(self.right, self.proposed)
        recall = share(self.found, self.gold)
        both = precision is not None and recall is not None
        f1 = share(2 * precision * recall, precision + recall) if both else None
        return [
            str(self.gold),
            str(self.proposed),
            *map(percent, (precision, recall, f1)),
        ]


@dataclass
class Score:
    """All tallies of a run, by section and name, and what went wrong."""

    tallies: dict[str, dict[str, Tally]] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)

    def tally(self, section: str, name: str) -> Tally:
        """The tally of a name, begun when first asked for."""
        return self.tallies.setdefault(section, {}).setdefault(name, Tally())

    def miss(self, place: str, what: str, words: str) -> None:
        """Keep a line for `--misses`."""
        self.misses.append(f"{place}\t{what}\t{words!r}")


def share(part: float, whole: float) -> float | None:
    """Part of whole, None of nothing."""
    return part / whole if whole else None


def percent(value: float | None) -> str:
    """A share in percent, a dash for none."""
    return "-" if value is None else f"{100 * value:.1f}"


# --- matching ---


def span(pair: list[int] | None) -> Span | None:
    """A pair of offsets as a span."""
    return Span(*pair) if pair else None


def likeness(one: Span, other: Span) -> float:
    """The shared part of what two spans cover together."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(shared, 0) / len(one.hull(other))


def matched(
    gold: list[Span], proposed: list[Span], *, least: float
) -> list[tuple[int, int]]:
    """Pairs of annotation and proposal that are alike, best first, each used once."""
    pairs = sorted(
        (
            (-likeness(one, other), g, p)
            for g, one in enumerate(gold)
            for p, other in enumerate(proposed)
            if likeness(one, other) >= least and one.overlaps(other)
        )
    )
    used_gold, used_proposed, result = set(), set(), []
    for _, g, p in pairs:
        if g not in used_gold and p not in used_proposed:
            used_gold.add(g)
            used_proposed.add(p)
            result.append((g, p))
    return result


def score_spans(  # noqa: PLR0913  # the two sides, how they are named and matched
    score: Score,
    section: str,
    article: Article,
    gold: list[tuple[str, Span]],
    proposed: list[tuple[str, Span]],
    *,
    least: float,
    is_right: Callable[[int, int], bool] = lambda _g, _p: True,
) -> list[tuple[int, int]]:
    """Count both sides by their class and in all; return the pairs that are right."""
    pairs = matched([s for _, s in gold], [s for _, s in proposed], least=least)
    pairs = [(g, p) for g, p in pairs if is_right(g, p)]
    found, right = {g for g, _ in pairs}, {p for _, p in pairs}
    for number, (name, place) in enumerate(gold):
        for tally in (score.tally(section, "all"), score.tally(section, name)):
            tally.gold += 1
            tally.found += number in found
        if number not in found:
            score.miss(article.name, f"missed {section} {name}", place.of(article.text))
    for number, (name, place) in enumerate(proposed):
        for tally in (score.tally(section, "all"), score.tally(section, name)):
            tally.proposed += 1
            tally.right += number in right
        if number not in right:
            score.miss(article.name, f"extra {section} {name}", place.of(article.text))
    return pairs


# --- tasks ---


def score_quotes(score: Score, article: Article, reading: Any) -> None:
    """Score quotes by class, then their speakers, cues and kinds."""
    rows = article.gold["quotes"]
    task = f"quotes {article.language}"
    gold = [
        ("marked" if row.get("cls") in MARKED else "clause", Span(*row["text"]))
        for row in rows
    ]
    proposed = [
        ("marked" if ".marked" in quote.rule else "clause", quote.span)
        for quote in reading.quotes
    ]
    pairs = score_spans(score, task, article, gold, proposed, least=0.5)
    exact = score.tally(task, "exact span, of those found")
    for g, p in pairs:
        row, quote = rows[g], reading.quotes[p]
        rate(exact, gold[g][1] == quote.span)
        by_class = score.tally(
            f"quotes by class {article.language}", row.get("cls", "")
        )
        by_class.found += 1
        rate(
            score.tally(task, "kind, of those found"), row["kind"] == quote.kind.lower()
        )
        rate(
            score.tally(task, "cue, of those found"), span(row.get("cue")) == quote.cue
        )
        score_speaker(score, article, row, quote)
    for row in rows:
        score.tally(f"quotes by class {article.language}", row.get("cls", "")).gold += 1
    by_rule(score, [q.rule for q in reading.quotes], {p for _, p in pairs})


def score_speaker(score: Score, article: Article, row: Any, quote: Any) -> None:
    """Score who speaks: the span where one is named, the name where none is."""
    task, text = f"speakers {article.language}", article.text
    stated = span(row.get("speaker"))
    name = quote.named.of(text) if quote.named else ""
    if not stated and not row.get("resolved"):
        return
    if stated:
        ok = stated == quote.speaker
        rate(score.tally(task, "explicit, exact span"), ok)
        near = bool(quote.speaker and likeness(stated, quote.speaker) >= 0.5)  # noqa: PLR2004  # as for quotes
        rate(score.tally(task, "explicit, half the span"), near)
        if not ok:
            got = quote.speaker.of(text) if quote.speaker else None
            score.miss(article.name, f"speaker {got!r} for", stated.of(text))
    if row.get("resolved"):
        ok = same_name(name, row["resolved"])
        kind = "explicit, whose name" if stated else "implicit, whose name"
        rate(score.tally(task, kind), ok)
        if not ok:
            score.miss(article.name, f"{kind} {name!r} for", row["resolved"])


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same, or one stands as whole words in the other."""
    one, other = fold_key(one), fold_key(other)
    return bool(one) and (f" {one} " in f" {other} " or f" {other} " in f" {one} ")


def score_quantities(score: Score, article: Article, reading: Any) -> None:
    """Score numbers with their bounds, then what else was read of them."""
    rows, task = article.gold["quantities"], f"quantities {article.language}"
    gold = [("span and value", Span(*row["span"])) for row in rows]
    proposed = [("span and value", claim.number) for claim in reading.claims]

    def same_value(g: int, p: int) -> bool:
        quantity, row = reading.claims[p].quantity, rows[g]
        bounds = {as_decimal(row["low"]), as_decimal(row["high"])} - {None}
        return bounds == {quantity.low, quantity.high} - {None}

    pairs = score_spans(
        score, task, article, gold, proposed, least=0.5, is_right=same_value
    )
    for g, p in pairs:
        row, claim = rows[g], reading.claims[p]
        rate(
            score.tally(task, "exact span, of those right"), gold[g][1] == claim.number
        )
        stated = None if row.get("vague") else row.get("qualifier")
        expected = "VAGUE" if row.get("vague") else QUALIFIERS.get(stated, stated)
        for name, key, ok in (
            ("qualifier", "qualifier", expected == claim.quantity.qualifier),
            ("counted noun", "noun", span(row.get("noun")) == claim.counted),
            ("predicate", "predicate", span(row.get("predicate")) == claim.predicate),
            ("category", "category", (row.get("category") or "") == claim.category),
        ):
            if key not in row:
                continue
            rate(score.tally(task, f"{name}, of those right"), ok)
            if not ok:
                place = f"{gold[g][1].of(article.text)} {row.get('noun_string', '')}"
                score.miss(article.name, f"{name} of a quantity", place)
    by_rule(score, [c.rule for c in reading.claims], {p for _, p in pairs})


def as_decimal(value: Any) -> Decimal | None:
    """A bound of the annotation, exactly."""
    return None if value is None else Decimal(str(value))


def score_dates(score: Score, article: Article, reading: Any) -> None:
    """Score dates that touch, and the values of absolute ones."""
    rows, task = article.gold["dates"], f"dates {article.language}"
    gold = [("touching", Span(*row["span"])) for row in rows]
    proposed = [("touching", written.span) for written in reading.dates]
    pairs = score_spans(score, task, article, gold, proposed, least=1e-9)
    for g, p in pairs:
        rate(score.tally(task, "exact span"), gold[g][1] == proposed[p][1])
        if iso := re.match(r"\d{4}(-\d\d(-\d\d)?)?", str(rows[g].get("value", ""))):
            ok = iso_of(reading.dates[p].date, len(iso[0])) == iso[0]
            rate(score.tally(task, "value of absolute dates"), ok)
            if not ok:
                score.miss(article.name, f"date {iso[0]}", gold[g][1].of(article.text))
    by_rule(score, [d.rule for d in reading.dates], {p for _, p in pairs})


def iso_of(value: Any, length: int) -> str:
    """A date as ISO writes it, to the length asked for."""
    return value.earliest.isoformat()[:length] if value else ""


def rate(tally: Tally, ok: bool) -> None:  # noqa: FBT001  # one fact
    """Count one fact that is right or not."""
    tally.gold += 1
    tally.proposed += 1
    tally.found += ok
    tally.right += ok


def by_rule(score: Score, rules: Iterable[str], right: set[int]) -> None:
    """Count the proposals of each rule and those that are right."""
    for number, rule in enumerate(rules):
        tally = score.tally("rules", rule)
        tally.proposed += 1
        tally.right += number in right


TASKS = {
    "quotes": score_quotes,
    "quantities": score_quantities,
    "dates": score_dates,
}


def score_folder(folder: Path) -> Score:
    """Read every article of a folder and compare."""
    score = Score()
    for article in articles(folder):
        reading = suggest.read(
            article.text, language=article.language, dateline=article.dateline
        )
        for task, run in TASKS.items():
            if task in article.gold:
                run(score, article, reading)
    return score


def as_table(score: Score) -> str:
    """The tallies as lines of text."""
    lines = []
    for section, tallies in sorted(score.tallies.items()):
        heads = ["gold", "proposed", "precision", "recall", "F1"]
        lines.append(f"\n{section:34}" + "".join(f"{head:>10}" for head in heads))
        for name, tally in sorted(tallies.items()):
            lines.append(
                f"  {name:32}" + "".join(f"{cell:>10}" for cell in tally.row())
            )
    return "\n".join(lines)


def as_json(score: Score) -> str:
    """The tallies as JSON."""
    values = {
        section: {name: vars(tally) for name, tally in tallies.items()}
        for section, tallies in score.tallies.items()
    }
    return json.dumps(values, ensure_ascii=False, indent=1)


def main() -> int:
    """Score the folder of the command line; 1 when it holds no annotated article."""
    parser = argparse.ArgumentParser(description="Score the reading rules.")
    parser.add_argument("gold_dir", type=Path)
    parser.add_argument("--misses", action="store_true", help="list what went wrong")
    parser.add_argument("--json", action="store_true", help="the figures as JSON")
    options = parser.parse_args()
    score = score_folder(options.gold_dir)
    if not score.tallies:
        print(f"{options.gold_dir} holds no annotated article.", file=sys.stderr)  # noqa: T201  # a script
        return 1
    print(as_json(score) if options.json else as_table(score))  # noqa: T201  # a script
    if options.misses:
        print("\n" + "\n".join(score.misses))  # noqa: T201  # a script
    return 0


if __name__ == "__main__":
    sys.exit(main())
