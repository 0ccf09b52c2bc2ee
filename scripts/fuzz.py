"""Search for a text that makes a parser raise: coverage-guided, some time for each.

    python scripts/fuzz.py PARSER [SECONDS]     # PARSER: one of those listed below

`make fuzz` runs each for a minute. Needs atheris (requirements-fuzz.txt).
The text that failed is kept in a file that atheris names.
"""  # noqa: INP001  # a script, in no package

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

with atheris.instrument_imports(include=["claims", "sources"]):
    from claims.extraction import suggest
    from claims.extraction.arabic import quotes as arabic_quotes
    from claims.extraction.english import quotes as english_quotes
    from claims.extraction.marks import quoted
    from claims.extraction.quantities import quantities
    from sources.text.credits import credits_of
    from sources.text.dating import dates
    from sources.text.words import Words

DAY = date(2022, 1, 27)
# Fuzzers change bytes; whole words of the news get them past the first look-up.
BANK = [
    "قال",
    "وقال",
    "قالت",
    "أكد",
    "مضيفا",
    "إن",
    "أن",
    "إلى أن",
    "بحسب",
    "وفقا لـ",
    "نقلا عن",
    "المتحدث باسم",
    "العقيد",
    "“",
    "”",
    "«",
    "»",
    ":",
    "،",
    ".",
    "\n",
    "قتيل",
    "قتلى",
    "نحو",
    "أكثر من",
    "ما بين",
    "و",
    "مئة",
    "خمسة وعشرين",
    "آلاف",
    "مليون",
    "١٠",
    "60-90",
    "3,500",
    "%",
    "منهم",
    "قتيلين",
    "كانون الثاني",
    "يناير",
    "الخميس",
    "أمس",
    "قبل يومين",
    "2022",
    "رجب",
    "هـ",
    "25/1/2022",
    "said",
    "told",
    "according to",
    "he",
    "she",
    "Col.",
    "that",
    '"',
    "'",
    "’",
    ", ",
    "killed",
    "about",
    "between",
    "and",
    "dozen",
    "million",
    "$",
    "January",
    "Jan.",
    "yesterday",
    "on Thursday",
    "المصدر",
    "(رويترز)",
    "َ",
    "\u200f",
    "ـ",
    "😀",
    "\t",
]


def words_of(raw: bytes) -> Words:
    """Words of the bank and characters of all planes, as the bytes choose."""
    provider = atheris.FuzzedDataProvider(raw)
    pieces = []
    while provider.remaining_bytes():
        if provider.ConsumeBool():
            pieces.append(BANK[provider.ConsumeIntInRange(0, len(BANK) - 1)])
        else:
            pieces.append(provider.ConsumeUnicodeNoSurrogates(3))
        if provider.ConsumeBool():
            pieces.append(" ")
    return Words.of("".join(pieces))


PARSERS: dict[str, Callable[[Words], object]] = {
    "marks": quoted,
    "dates": lambda words: dates(words, dateline=DAY),
    "quantities": lambda words: quantities(words, ()),
    "arabic": arabic_quotes,
    "english": english_quotes,
    "credits": credits_of,
    "reading": lambda words: suggest.read(words.text, language="ar", dateline=DAY),
}


def main() -> None:
    """Fuzz the parser that the command line names."""
    if len(sys.argv) < 2 or sys.argv[1] not in PARSERS:  # noqa: PLR2004  # the name of one
        sys.exit(f"usage: fuzz.py {{{','.join(PARSERS)}}} [SECONDS]")
    parse = PARSERS[sys.argv[1]]
    seconds = sys.argv[2] if len(sys.argv) > 2 else "60"  # noqa: PLR2004  # its time
    options = [f"-max_total_time={seconds}", "-max_len=2000", "-verbosity=1"]
    atheris.Setup([sys.argv[0], *options], lambda raw: parse(words_of(raw)))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
