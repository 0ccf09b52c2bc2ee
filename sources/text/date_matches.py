"""A match in its text, and whether the words around make something else of it."""

from typing import NamedTuple

from sources.text import lexicon
from sources.text.calendars import Stated
from sources.text.date_grammar import MONTHS, WORDS, Match
from sources.text.date_tense import is_ahead
from sources.text.words import Words


class Atom(NamedTuple):
    """Words ``[first, end)`` that state one date, or one period."""

    first: int
    end: int
    rule: str
    stated: Stated


class Found(NamedTuple):
    """A match in its text."""

    words: Words
    letters: str
    match: Match

    def has(self, group: str) -> bool:
        """Whether the match has words of this group."""
        return group in self.match.groups

    def form(self, group: str) -> str:
        """The first word of a group, empty if it has none."""
        words = self.match.groups.get(group)
        return self.words.forms[words[0]] if words else ""

    def value(self, group: str) -> str:
        """What the lists say of that word, empty if there is none."""
        words = self.match.groups.get(group)
        return WORDS[self.words.forms[words[0]]].value if words else ""

    def number(self, group: str) -> int | None:
        """The value as a number."""
        return int(value) if (value := self.value(group)) else None

    def month(self, group: str) -> int | None:
        """The number of the month that a group names, if there is such a month."""
        if not self.has(group):
            return None
        forms = [self.words.forms[index] for index in self.match.groups[group]]
        first = forms[0][WORDS[forms[0]].n_glued :]
        return MONTHS.get((first, *forms[1:]))

    def one(self, stated: Stated) -> list[Atom]:
        """The whole match as one date."""
        return [Atom(self.match.first, self.match.end, self.match.rule, stated)]

    def is_ahead(self) -> bool:
        """Whether the words around tell of what is to come."""
        return is_ahead(self.words, self.match.first, self.match.end)

    def before(self) -> str:
        """The word before the match, empty at the start of the text."""
        return self.words.forms[self.match.first - 1] if self.match.first else ""

    def after(self) -> str:
        """The word after the match, empty at the end of the text."""
        end = self.match.end
        return self.words.forms[end] if end < len(self.words) else ""


def is_other(found: Found) -> bool:
    """Whether it only looks like a date: a name, or the verb "may"."""
    return _is_name(found) or _is_verb(found)


NOT_DATES = {
    (rule, where): frozenset(column.split())
    for rule, where, column in lexicon.rows("sources.text.lexicon", "not_dates")
}
_NONE: frozenset[str] = frozenset()


def _is_name(found: Found) -> bool:
    """Whether the words around make a name of it, as in the 14 March Alliance."""
    rule = found.match.rule
    if rule == "day" and found.has("year"):
        return False
    if rule == "today" and _is_dating(found):
        return False
    before, after = found.before(), found.after()
    names = NOT_DATES.get((rule, "before"), _NONE)
    return (
        before in names
        or before.removeprefix("و") in names
        or after in NOT_DATES.get((rule, "after"), _NONE)
        or (after in _APOSTROPHES and _is_possessed(found))
        or (rule == "today" and (_is_title(found) or _is_nowadays(found)))
    )


def _is_dating(found: Found) -> bool:
    """Whether a part of the day or a weekday is named with "today"."""
    return found.has("weekday") or found.match.groups["today"][0] > found.match.first


_OPENS, _CLOSES = frozenset('«“"'), frozenset('»”“"')
_EDGES = frozenset(("", "\n", *"-–—"))


def _is_title(found: Found) -> bool:
    """Whether it ends a name of two words: in marks, or as what a dash sets apart.

    «المدينة اليوم», and المدينة اليوم - before the first words of an article.
    """
    first = found.match.first
    opening = found.words.forms[first - 2] if first > 1 else ""
    closing = found.after()
    if opening in _OPENS:
        return closing in _CLOSES
    is_line = {opening, closing} <= {"", "\n"}
    return bool(first) and not is_line and opening in _EDGES and closing in _EDGES


_NO_LONGER = frozenset(("يعد", "تعد", "نعد", "يعودوا"))


def _is_nowadays(found: Found) -> bool:
    """Whether something is no longer so today: `لم يعد السعر مقبولا اليوم`."""
    first = found.match.first
    near = found.words.forms[max(first - _NEAR, 0) : first]
    return "لم" in near and "." not in near and not _NO_LONGER.isdisjoint(near)


_NEAR = 5
_APOSTROPHES = frozenset("'’")


def _is_possessed(found: Found) -> bool:
    """Whether it is today's world, which is no day."""
    end = found.match.end
    names = NOT_DATES.get((found.match.rule, "of"), _NONE)
    return not names.isdisjoint(found.words.forms[end + 2 : end + 4])


def _is_verb(found: Found) -> bool:
    """Whether the month is "may" or "march" in small letters."""
    form = found.form("month")
    if not form.isascii() or not form or WORDS[form].kind != "homonym":
        return False
    return not found.words.capitals[found.match.groups["month"][0]]
