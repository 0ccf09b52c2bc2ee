"""The words of numbers in Arabic and English, with the Arabic clitics before them."""

from decimal import Decimal
from typing import NamedTuple

from sources.text import lexicon
from sources.text.fold import fold_key

_LISTS = "sources.text.lexicon"
CLITICS = ("", "و", "ف", "ب", "ل", "وب", "ول", "فب", "فل")
"""What may stand before an Arabic word, written as one with it."""

_OTHER_WORDS = {"لست", "الاثنين", "والاثنين", "للاثنين", "بالاثنين"}
"""Not numbers though they are built like them: "I am not", and Monday."""


class NumberWord(NamedTuple):
    """What a word is worth and how it joins others.

    ``skip`` is the number of letters of clitics before it; ``joined`` says that
    one of them is و, ``definite`` that it has the article.
    """

    value: Decimal
    kind: str
    skip: int = 0
    joined: bool = False
    definite: bool = False


def with_clitics(word: str) -> dict[str, tuple[int, bool]]:
    """The forms of an Arabic word: to each, letters before it, and if it is definite.

    The article belongs to the word and is not counted.
    """
    forms = {clitic + word: (len(clitic), False) for clitic in CLITICS}
    for clitic in CLITICS:
        if clitic.endswith("ل"):
            forms[f"{clitic}ل{word}"] = (len(clitic) - 1, True)
        else:
            forms[f"{clitic}ال{word}"] = (len(clitic), True)
    return forms


def _arabic() -> dict[str, NumberWord]:
    words: dict[str, NumberWord] = {}
    for value, kind, forms in lexicon.rows(_LISTS, "numbers_ar"):
        for word in map(fold_key, forms.split()):
            for form, (skip, definite) in with_clitics(word).items():
                joined = form.startswith("و") and skip > 0
                read = NumberWord(Decimal(value), kind, skip, joined, definite)
                known = words.get(form)
                if not known or skip < known.skip:
                    words[form] = read
    words["واحد"] = NumberWord(Decimal(1), "unit", joined=True)  # also و and احد
    return {form: word for form, word in words.items() if form not in _OTHER_WORDS}


def _english() -> dict[str, NumberWord]:
    return {
        form: NumberWord(Decimal(value), kind)
        for value, kind, forms in lexicon.rows(_LISTS, "numbers_en")
        for form in forms.split()
    }


NUMBER_WORDS = _arabic() | _english()
"""Every word that may be part of a number, folded."""
