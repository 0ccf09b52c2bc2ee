"""How fast an article is read, that the time grows with its length only, and peers.

    python benchmarks/extraction_speed.py [--rounds 5]
    python benchmarks/extraction_speed.py --peers    # where textacy and an English
                                                     # pipeline of spaCy are installed
    python benchmarks/extraction_speed.py --texts FOLDER    # its *.txt, not ours

Articles are made with a fixed seed of the sentences of tests/specs and of the articles
in fixtures: a quotation and a figure in nearly every sentence, and the odd ones of a
language, so they take about twice as long as news; `--texts` reads a folder of real
articles instead, one a file. Figures are medians of rounds, in seconds of the
processor; peers read the same English articles in the same run, in turn with us. The
hostile texts are a fifth of a megabyte of one shape; beside each stands its time over
that of half of it, which is 2 when linear. What is asked: 1 MB/s, twenty times the rate
of the peers, and for hostile texts at most 2 s/MB and a growth of at most 2.5.
"""  # noqa: INP001  # a script, in no package

import argparse
import contextlib
import gc
import itertools
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from claims.extraction import suggest  # noqa: E402  # needs the path above

SEED = 20220120
ARTICLES = 150
SENTENCES = 25
MEGABYTE = 10**6
ATTACK = MEGABYTE // 5
DAY = date(2022, 1, 27)
SPECS = ("quotes", "quantities", "dates")
HOSTILE = {
    "openers without closers": "“ ",
    "straight quotes": '"a ',
    "colons and marks": "قال: ” ",
    "brackets": "((",
    "commas": "، ",
    "newlines": "\n",
    "diacritics": "\u064e",
    "bidi marks": "\u200f",
    "letters taken apart": "ي\u0654",
    "ligatures": "ﷺ",
    "emoji": "😀",
    "one word": "ا",
    "cue verbs": "قال إن ",
    "attributions": "said he said ",
    "speakers and marks": "Aa: “b”\n",
    "speakers and words": "A: b\n",
    "acronyms that say": "Aa (A) said. ",
    "one digit": "7",
    "digits and separators": "1,",
    "groups of digits": "1 000 ",
    "numbers": "5 ",
    "Arabic digits": "٥ ",
    "negative numbers": "-5 ",
    "list marks": "5. ",
    "glued numbers": "و16",
    "number words": "five ",
    "Arabic number words": "خمسة وعشرون ",
    "scales": "million ",
    "hundreds of hundreds": "hundreds of ",
    "vague plurals": "عشرات الآلاف ",
    "halves": "5 and a half ",
    "shares": "half of ",
    "ranges": "60-90-",
    "ranges in words": "from 5 to ",
    "between": "بين 5 و",
    "money": "$5 ",
    "percentages": "5% ",
    "measures": "5 km ",
    "counts": "5 dead ",
    "counts on lines": "5 dead\n",
    "hedges": "about 5 ",
    "parts": "including 5 ",
    "articles": "Article 5 ",
    "duals": "قتيلين ",
    "one of a noun": "مقتل مدني ",
    "Arabic counts": "قتل 5 ",
    "days": "March 3 ",
    "numeric dates": "1/2/2022 ",
    "months": "كانون الثاني ",
    "months twice": "مارس آذار ",
    "Hijri months": "رجب 15 ",
    "years": "in 2022 ",
    "decades": "1990s ",
    "today": "today ",
    "weekdays": "on Monday ",
    "weeks": "last week ",
    "so long ago": "منذ 3 ",
}


def is_in(text: str, language: str) -> bool:
    """Whether a text is in a language, by an Arabic letter in it."""
    return ("\u0627" in text) == (language == "ar")


def sentences(language: str) -> list[str]:
    """Sentences of the specs and the demo's articles in a language."""
    found = []
    for name in SPECS:
        path = ROOT / "tests" / "specs" / f"{name}_{language}.tsv"
        if path.exists():
            lines = path.read_text("utf-8").splitlines()
            header, *rows = [line for line in lines if line and line[:2] != "# "]
            column = header.split("\t").index("text")
            found += [row.split("\t")[column].replace("⏎", "\n") for row in rows]
    for path in sorted((ROOT / "fixtures").rglob("*.txt")):
        text = path.read_text("utf-8")
        if is_in(text, language):
            found += text.splitlines()
    return [sentence for sentence in found if sentence.strip()]


def articles(language: str) -> list[str]:
    """Invented articles, the same in every run."""
    chance = random.Random(SEED)  # noqa: S311  # the same articles in every run
    bank = sentences(language)
    return ["\n".join(chance.choices(bank, k=SENTENCES)) for _ in range(ARTICLES)]


def stored(folder: Path, language: str) -> list[str]:
    """The articles of a folder in a language, one a file."""
    texts = [path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))]
    return [text for text in texts if is_in(text, language)]


def ours(language: str) -> Callable[[str], object]:
    """Our reading of an article."""
    return lambda text: suggest.read(text, language=language, dateline=DAY)


def peers() -> Iterator[tuple[str, Callable[[str], object]]]:
    """What else reads English quotations or quantities here, if anything does."""
    try:
        import spacy  # noqa: PLC0415  # optional
        import textacy.extract  # noqa: PLC0415  # optional
    except ImportError:
        print("textacy is not installed: no peers.")  # noqa: T201  # a script
        return
    names = [name for name in spacy.util.get_installed_models() if name[:2] == "en"]
    if not names:
        print("No English pipeline of spaCy is installed: no peers.")  # noqa: T201  # a script
        return
    pipeline = spacy.load(names[0])

    def read(text: str) -> None:
        with contextlib.suppress(ValueError):  # it gives up where a mark has no partner
            list(textacy.extract.direct_quotations(pipeline(text)))

    yield f"textacy, {names[0]}", read


def seconds(read: Callable[[str], object], text: str) -> float:
    """How much of the processor's time one reading takes: others may use it too."""
    start = time.process_time()
    read(text)
    return time.process_time() - start


def report(name: str, texts: list[str], rounds: list[list[float]]) -> float:
    """Print the rate and the times of an article, medians over the rounds; the rate."""
    size = sum(len(text.encode()) for text in texts)
    rate = statistics.median(size / sum(times) for times in rounds) / MEGABYTE
    each = [statistics.median(times) * 1000 for times in zip(*rounds, strict=True)]
    high = statistics.quantiles(each, n=20)[-1]
    middle = statistics.median(each)
    average = size / len(texts) / 1000
    print(  # noqa: T201  # a script
        f"{name:32}{rate:8.2f} MB/s   article of {average:.1f} KB:"
        f" median {middle:.1f} ms, p95 {high:.1f} ms"
    )
    return rate


def compare(language: str, texts: list[str], *, rounds: int, with_peers: bool) -> None:
    """Time our reading of a language's articles, and that of peers in turn."""
    readers = {f"Factbase, {language}": ours(language)}
    if with_peers and language == "en":
        readers |= dict(peers())
    times: dict[str, list[list[float]]] = {name: [] for name in readers}
    for read in readers.values():
        read(texts[0])  # lists are loaded once
    for _ in range(rounds):
        for name, read in readers.items():
            times[name].append([seconds(read, text) for text in texts])
    own, *others = [report(name, texts, times[name]) for name in readers]
    for name, rate in zip([*readers][1:], others, strict=True):
        print(f"{own / rate:32.1f} times the rate of {name}")  # noqa: T201  # a script


def attack(*, rounds: int) -> None:
    """Time hostile texts and their halves, in both languages."""
    gc.disable()  # its pauses fall where they like
    for language, (name, shape) in itertools.product(("ar", "en"), HOSTILE.items()):
        read = ours(language)
        size = len(shape.encode())
        half, whole = (shape * (total // size) for total in (ATTACK // 2, ATTACK))
        pairs = [(seconds(read, half), seconds(read, whole)) for _ in range(rounds)]
        gc.collect()
        first, second = (
            statistics.median(column) for column in zip(*pairs, strict=True)
        )
        pace, growth = second / ATTACK * MEGABYTE, second / first
        print(f"{language} {name:29}{pace:8.2f} s/MB   growth {growth:.2f}")  # noqa: T201  # a script


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description="Time the reading rules.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--texts", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    for language in ("ar", "en"):
        folder = options.texts
        texts = stored(folder, language) if folder else articles(language)
        if texts:
            compare(language, texts, rounds=options.rounds, with_peers=options.peers)
    if not options.texts:
        attack(rounds=3)


if __name__ == "__main__":
    main()
