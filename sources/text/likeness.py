"""How much of one text stands in another, and how to find such texts among many.

Words are compared folded and without marks, digits included. A *run* is `RUN` words
in a row; what two texts share is made of the runs that both have.
"""

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from sources.text.words import Words

RUN = 5
"""So many words in a row are hardly written twice by chance."""

WINDOW = 16
"""Of so many runs in a row one is kept as a fingerprint."""

SURE = RUN + WINDOW - 1
"""Two texts that share so many words in a row always share a fingerprint."""


@dataclass(frozen=True, slots=True)
class Shares:
    """How much of each of two texts stands in the other, 0 to 1 in thousandths.

    `n_words` counts the words of the one that do.
    """

    of_one: Decimal
    of_other: Decimal
    n_words: int


def fingerprints(text: str, *, run: int = RUN, window: int = WINDOW) -> set[int]:
    """Return the fingerprints of a text: signed 64-bit numbers, the same everywhere.

    The smallest hash of each window of runs ("winnowing", Schleimer, Wilkerson and
    Aiken 2003), about one for half a window; none for fewer words than a run.
    """
    hashes = [digest(" ".join(words)) for words in _runs(bare_words(text), run)]
    n_windows = max(1, len(hashes) - window + 1) if hashes else 0
    return {min(hashes[first : first + window]) for first in range(n_windows)}


def shares(one: str, other: str, *, run: int = RUN) -> Shares:
    """Return how many of each text's words stand in runs that both have.

    Linear in both texts.
    """
    words, others = bare_words(one), bare_words(other)
    shared = set(_runs(words, run)) & set(_runs(others, run))
    n_covered, n_others = _n_covered(words, shared), _n_covered(others, shared)
    return Shares(
        _share(n_covered, len(words)), _share(n_others, len(others)), n_covered
    )


@lru_cache(maxsize=8)  # one text is compared with several
def bare_words(text: str) -> tuple[str, ...]:
    """Return the words of a text, folded and without marks."""
    return tuple(form for form in Words.of(text).forms if form[0].isalnum())


def digest(words: str) -> int:
    """Return a signed 64-bit number that stands for some words."""
    hashed = hashlib.blake2b(words.encode(), digest_size=8).digest()
    return int.from_bytes(hashed, "big", signed=True)


def _runs(words: tuple[str, ...], run: int) -> list[tuple[str, ...]]:
    return list(zip(*(words[shift:] for shift in range(run)), strict=False))


def _n_covered(words: tuple[str, ...], shared: set[tuple[str, ...]]) -> int:
    covered: set[int] = set()
    run = len(next(iter(shared), ()))
    for first, words_in_a_row in enumerate(_runs(words, run)):
        if words_in_a_row in shared:
            covered.update(range(first, first + run))
    return len(covered)


def _share(part: int, whole: int) -> Decimal:
    return round(Decimal(part) / max(1, whole), 3)
