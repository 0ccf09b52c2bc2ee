"""Fold what readers take for the same letter, keeping the way back to the text.

Spelling of Arabic varies by writer, keyboard and region, so words are compared
after folding. Each rule and its reason:

=====================  ==============  ================================================
what                   becomes         because
=====================  ==============  ================================================
alef forms أ إ آ ٱ     ا               hamza and madda over alef are often left out
hamza seats ؤ ئ        ء               the seat varies by school: مسؤول, مسئول
alef maqsura ى, ی      ي               Egypt writes both alike; Farsi keyboards
ta marbuta ة           ه               often typed without its dots
kaf forms ک ڪ          ك               Farsi and Kurdish keyboards
heh forms ھ ہ ە        ه               Kurdish and Urdu keyboards
tashkeel, dagger alef  nothing         optional in writing: قُتل, هٰذا
tatweel ـ              nothing         stretches a word for looks: الســجن
format characters      nothing         bidi marks, joiners, soft hyphens have no width
digits of any script   0-9             ٣٥٠٠, ۳۵۰۰ and 3500 are one number
٫ ٬ ٪                  . , %           the same for the marks inside and after numbers
Latin letters          small, bare     Müller, MULLER; letters that Unicode does not
                                       take apart too: ı ł ø đ ħ æ œ
other forms            the letter      ﻻ, ｆ, ﬁ: compatibility forms of letters and spaces
=====================  ==============  ================================================

Quotation marks, dashes, symbols, emoji, superscripts and fractions stay as they are:
the rules that read quotations need the marks, and 3500² is not 35002. Words
are not shortened here: the article, clitics and endings belong to search and extraction.
"""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from string import printable

from sources.text.spans import Span

TATWEEL = "\u0640"
HAMZA_ABOVE = "\u0654"
_MANY = 100
"""So many different letters are changed in one pass rather than each in its own."""

_LETTERS = str.maketrans(
    {
        **dict.fromkeys("أإآٱٲٳٵ", "ا"),
        **dict.fromkeys("ؤئ", "ء"),
        **dict.fromkeys("ىی", "ي"),
        **dict.fromkeys("ةۃ", "ه"),
        **dict.fromkeys("کڪ", "ك"),
        **dict.fromkeys("ھہە", "ه"),
        "٫": ".",
        "٬": ",",
        "٪": "%",
        TATWEEL: "",
        "ı": "i",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ħ": "h",
        "æ": "ae",
        "œ": "oe",
    }
)
_SCRIPTS = {  # by the first word of a letter's Unicode name
    "ARABIC": "Arab",
    "ARMENIAN": "Armn",
    "CYRILLIC": "Cyrl",
    "GREEK": "Grek",
    "HEBREW": "Hebr",
    "LATIN": "Latn",
    "SYRIAC": "Syrc",
}
_SEAT_TAKEN_APART = re.compile(f"[ويىی][\u064b-\u0653\u0670]*{HAMZA_ABOVE}")


class _Foldings(dict[str, str]):
    """What each character folds to, worked out when it is first met."""

    def __missing__(self, char: str) -> str:
        self[char] = folding = _fold_character(char)
        return folding


def _fold_character(char: str) -> str:
    decimal = unicodedata.decimal(char, None)
    if decimal is not None:
        return str(decimal)
    category = unicodedata.category(char)
    if category == "Cf" or _is_mark(char):
        return ""
    if category == "Zs":
        return " "
    if category[0] != "L":
        return char.translate(_LETTERS)
    return "".join(map(_fold_letter, unicodedata.normalize("NFKC", char))).strip()


def _fold_letter(letter: str) -> str:
    """A letter without marks and case; NFKD alone would take ؤ for و."""
    known = letter.translate(_LETTERS)
    if known != letter:
        return known
    parts = unicodedata.normalize("NFKD", letter)
    bare = "".join(part for part in parts if not _is_mark(part))
    return bare.casefold().translate(_LETTERS)


def _is_mark(char: str) -> bool:
    """Whether it changes the letter before it: a combining mark or a variation."""
    return unicodedata.combining(char) > 0 or "\ufe00" <= char <= "\ufe0f"


_FOLDINGS = _Foldings()
_KEPT = {
    char
    for char in printable + "ابتثجحخدذرزسشصضطظعغفقكلمنهوي،؛؟"
    if _FOLDINGS[char] == char
}
"""The commonest characters that stay as they are."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text that knows where its characters came from.

    ``offsets[i]`` is the number of folded characters that come from the first ``i``
    characters of the source. It never falls, so one bisection leads either way.
    """

    source: str
    text: str
    offsets: Sequence[int]

    def original(self, span: Span) -> Span:
        """The span of the source that a span of the folded text came from.

        Marks and tatweels on the last letter are included; format characters
        around the words are not. A letter that folds to two comes back whole.

        Raises:
            SpanError: if the span reaches beyond the folded text.
        """
        span.require_within(self.text)
        return self.place(span.start, span.end)

    def place(self, start: int, end: int) -> Span:
        """The same for offsets that are known to lie within the folded text.

        Raises:
            SpanError: if the range is empty.
        """
        offsets = self.offsets
        if start >= end:
            return Span(start, end)  # which refuses it
        if offsets.__class__ is range:  # letter by letter
            return tuple.__new__(Span, (start, end))  # what Span would look at is known
        last = bisect_right(offsets, end - 1) - 1
        return Span(bisect_right(offsets, start) - 1, self._end_of_letter(last))

    def folded(self, span: Span) -> Span | None:
        """The shortest span of the folded text whose letters the span touches.

        ``None`` if nothing of the span is left, as for bidi marks alone.

        Raises:
            SpanError: if the span reaches beyond the source.
        """
        span.require_within(self.source)
        start, end = self.offsets[span.start], self.offsets[span.end]
        return Span(start, end) if start < end else None

    def _end_of_letter(self, index: int) -> int:
        """Where the letter at an index of the source ends, with what hangs on it."""
        end = after = index + 1
        while after < len(self.source) and not self._is_kept(after):
            after += 1
            if unicodedata.category(self.source[after - 1]) != "Cf":
                end = after
        return end

    def _is_kept(self, index: int) -> bool:
        """Whether anything is left of a character of the source."""
        return self.offsets[index] < self.offsets[index + 1]


def fold(text: str) -> Folded:
    """The text folded by the rules above, with the map back to its offsets."""
    foldings = _foldings(text)
    return Folded(text, _folded(text, foldings), _offsets(text, foldings))


def fold_key(text: str) -> str:
    """The key under which two spellings of a name or alias are the same name."""
    return " ".join(_folded(text, _foldings(text)).split())


def script_of(text: str) -> str:
    """The script that most letters of the text are in, as its ISO 15924 code.

    Empty for a text without letters, or in a script that is not listed here.
    """
    words = (unicodedata.name(char, "").split() for char in text if char.isalpha())
    counts = Counter(_SCRIPTS.get(name[0], "") for name in words if name)
    return max(counts, key=counts.__getitem__, default="")


def _foldings(text: str) -> dict[str, str]:
    """What the characters of a text become that do not stay as they are."""
    changed = set(text) - _KEPT
    return {char: folding for char in changed if (folding := _FOLDINGS[char]) != char}


def _folded(text: str, foldings: dict[str, str]) -> str:
    if HAMZA_ABOVE in foldings:
        text = _SEAT_TAKEN_APART.sub(lambda seat: "ء" + seat[0][1:], text)
    if len(foldings) > _MANY:
        return text.translate({ord(char): foldings[char] for char in foldings})
    for char, folding in foldings.items():
        text = text.replace(char, folding)
    return text


def _offsets(text: str, foldings: dict[str, str]) -> Sequence[int]:
    """How many folded characters come from those before each place of a text."""
    uneven = [char for char, folding in foldings.items() if len(folding) != 1]
    if not uneven:
        return range(len(text) + 1)
    offsets = array("I", [0])
    start = at = 0
    for match in re.finditer(f"[{re.escape(''.join(uneven))}]", text):
        at += match.start() - start
        offsets.extend(range(offsets[-1] + 1, at + 1))
        at += len(foldings[match[0]])
        offsets.append(at)
        start = match.end()
    offsets.extend(range(at + 1, at + len(text) - start + 1))
    return offsets
