"""Whether a day without its week, or a month without its year, is still to come.

"The vote will be held on Friday" and `ستعقد الجلسة الجمعة` name the next Friday, where
"said on Friday that it will be held" names the last. Only a few words are looked at.
"""

from sources.text import lexicon
from sources.text.digits import is_arabic
from sources.text.words import Words

_WORDS: dict[str, set[str]] = {}
for _kind, _column in lexicon.rows("sources.text.lexicon", "tenses"):
    _WORDS[_kind] = _WORDS.get(_kind, set()) | set(_column.split())
_WILL_OR_WOULD = _WORDS["will"] | _WORDS["would"]
_TELLING = set().union(*_WORDS.values())
_NAMES = tuple(_WORDS["names"])
_FUTURE = ("سي", "ست")
_SHORTEST = 4
_REACH = 12
_WITHIN = frozenset("'’-%")
_FEW = 2


def is_ahead(words: Words, first: int, end: int) -> bool:
    """Whether what is said around the date at the words ``[first, end)`` is to come."""
    before = range(first - 1, max(first - _REACH, 0) - 1, -1)
    if _is_to_come(words, before, _WILL_OR_WOULD):
        return True
    opening = first - 1 - (words.form(first - 1) in _WORDS["on"])
    if opening >= 0 and words.form(opening).isalpha():
        return False
    start = end + (words.form(end) in {",", "،"})
    return _is_to_come(words, range(start, start + _REACH), _WORDS["will"])


def _is_to_come(words: Words, places: range, will: set[str]) -> bool:
    """Whether the first verb met tells of the future, in the same clause."""
    for at in places:
        form = words.form(at)
        if form.isascii() and form.isalpha() and not _may_tell(form):
            continue
        if not form.isalnum():
            if form not in _WITHIN and not words.form(at + 1).isdigit():
                return False
        elif _is_future(words, at, will):
            return True
        elif form.removeprefix("و") in _WORDS["break"] or _is_past(words, at):
            return False
    return False


def _may_tell(form: str) -> bool:
    """Whether an English word may be of the future or the past, or end a clause."""
    return form in _TELLING or form.endswith("ed")


def _is_future(words: Words, at: int, will: set[str]) -> bool:
    """Whether a word says that what goes with it is still to come."""
    form, before = words.form(at), words.form(at - 1) if at else ""
    if form in will:
        return words.form(at + 1) != "have"
    if form in _WORDS["due"]:
        return before in _WORDS["is"]
    if not is_arabic(form):
        return False
    verb = form.removeprefix("و").removeprefix("ف")
    if verb in _WORDS["planned"]:
        return _WORDS["was"].isdisjoint(words.forms[max(at - _FEW, 0) : at])
    is_long = len(verb) >= _SHORTEST
    return is_long and verb.startswith(_FUTURE) and not verb.startswith(_NAMES)


def _is_past(words: Words, at: int) -> bool:
    """Whether an English word is a verb of the past, and not as in "will be held"."""
    form, before = words.form(at), words.form(at - 1) if at else ""
    if before.endswith("ly"):
        before = words.form(at - _FEW) if at > 1 else ""
    is_verb = form in _WORDS["past"] or (
        form.endswith("ed") and form not in _WORDS["not_past"]
    )
    return is_verb and before not in _WORDS["be"]
