"""Words that somebody looks for, and the rows that hold them.

How rows of a model are found the app above declares, as it does what is public.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from sources.text.terms import QueryRefused, parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model, QuerySet

    from sources.policy import Reader

    Narrow: TypeAlias = Callable[[QuerySet[Any], str, Reader], QuerySet[Any]]

#: Longer questions are refused, and such of more words.
LONGEST, MOST_WORDS = 200, 20
#: What leaves of some rows those that hold the words, by the label of their model.
NARROWS: dict[str, Narrow] = {}


class WordsRefused(ValidationError):
    """There is nothing to look for in what was written, or too much; `code` says which."""


def require_words(words: str) -> None:
    """Refuse what cannot be looked for.

    Raises:
        WordsRefused: with a sentence in the reader's language.
    """
    try:
        query = parse(words)
    except QueryRefused as refused:
        message = _("Give at most %(words)d words, in %(letters)d characters.")
        message %= {"words": MOST_WORDS, "letters": LONGEST}
        raise WordsRefused(message, code=refused.code) from refused
    if not query:
        message = _("Give a word or a number to look for.")
        raise WordsRefused(message, code="nothing-to-find")


def is_searched(model: type[Model]) -> bool:
    """Tell whether rows of a model are found by words."""
    return model._meta.label_lower in NARROWS


def matching(rows: QuerySet[Any], words: str, reader: Reader) -> QuerySet[Any]:
    """Return the rows that the words find, as they do where everything is searched.

    Raises:
        KeyError: when nobody declared how rows of this model are found.
    """
    return NARROWS[rows.model._meta.label_lower](rows, words, reader)
