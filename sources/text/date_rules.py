"""What a match of each rule states: the values of its words put together."""

from collections.abc import Callable
from typing import NamedTuple

from sources.text.calendars import Stated, is_possible
from sources.text.date_grammar import (
    WORDS,
    DateWord,
    follows_between,
    is_kind,
)
from sources.text.date_matches import NOT_DATES, Atom, Found, is_other

_HIJRI_YEARS = range(1300, 1600)
_FIRST_OF_TWO_DIGITS = 1950
_SLASHES = frozenset("/\\")
_LIKELY_YEARS = range(1900, 2101)
_NEARBY = 12
"""How many words on each side tell whether a text is Arabic around a date."""


def read(found: Found) -> list[Atom] | None:
    """The dates of a match, none if there is no such day; ``None``: it is not a date."""
    if is_other(found):
        return None
    return RULES[found.match.rule](found)


def _counts_something(found: Found) -> bool:
    """Whether the word after a number is what it counts, so that it is no year.

    In Arabic that is an indefinite noun, mostly an accusative (شخصا) or a feminine
    (عائلة); a word that may follow a year is neither. In English it is a plural.
    """
    form = found.after()
    is_long = len(form) >= _SHORTEST_NOUN
    return is_long and form.endswith(_OF_NOUNS) and not form.startswith(_OF_NO_NOUNS)


_SHORTEST_NOUN = 4
_OF_NOUNS = ("ا", "ه", "s")
_OF_NO_NOUNS = ("ال", "و", "هذ", "عند", "بين", "حين", "كم")


def _is_arabic(found: Found) -> bool:
    """Whether the words around are Arabic rather than English."""
    first, end = found.match.first, found.match.end
    around = found.words.forms[max(first - _NEARBY, 0) : end + _NEARBY]
    letters = [form for form in around if form[0].isalpha()]
    return sum(form >= "ء" for form in letters) * 2 > len(letters)


# --- the rules ---


def _which(found: Found) -> Stated:
    """The year, or how it is counted from the dateline."""
    return Stated(
        year=found.number("year"),
        unit=found.value("unit"),
        shift=found.number("shift"),
        weekday=found.number("weekday"),
        is_hijri=found.has("hijri") or found.value("era") == "hijri",
        is_past=_is_past(found),
        is_ahead=not (found.has("year") or found.has("shift")) and found.is_ahead(),
    )


_SINCE = frozenset(("since", "منذ", "ومنذ"))
_WERE = frozenset(("was", "were", "كان", "كانت"))


def _is_past(found: Found) -> bool:
    """Whether the words before tell of what was: "since May", "it was in May"."""
    first = found.match.first
    was = found.words.forms[first - 2] if first > 1 else ""
    return found.before() in _SINCE or was in _WERE


def _months(found: Found) -> Stated | None:
    """The month, or the two of "March/April"; two names of one month are one."""
    month = found.month("hijri" if found.has("hijri") else "month")
    if month is None:
        return None
    stated = _which(found)._replace(month=month)
    twin = found.month("twin")
    if twin is None or twin == month:
        return stated
    return stated.until(stated._replace(month=twin))


def _month(found: Found) -> list[Atom] | None:
    stated = _months(found)
    return found.one(stated) if stated else None


def _day(found: Found) -> list[Atom] | None:
    """One day, a run of days (3-5), or several (3 and 5), which are a date each."""
    stated = _months(found)
    if stated is None or stated.last:
        return None
    days = _days(found)
    if len(days) == 1:
        return found.one(stated._replace(day=days[0].number))
    if _is_run(found):
        first, last = (stated._replace(day=day.number) for day in (days[0], days[-1]))
        return found.one(first.until(last))
    return _each(found, stated, days)


class _Day(NamedTuple):
    """The words of one day of the month, and its number."""

    first: int
    end: int
    number: int


def _days(found: Found) -> list[_Day]:
    """The days of the month: in the fifteenth, the five and the ten are one."""
    days: list[_Day] = []
    previous = ""
    for index in found.match.groups["day"]:
        word = WORDS.get(found.words.forms[index], _NOTHING)
        number = int(word.value or 0)
        if {previous, word.kind} == {"ordinal", "teen"}:
            begun = days.pop()
            days.append(_Day(begun.first, index + 1, begun.number + number))
        elif word.kind in {"number", "ordinal", "teen"}:
            days.append(_Day(index, index + 1, number))
        previous = word.kind or previous
    return days


_NOTHING = DateWord("")


def _is_run(found: Found) -> bool:
    """Whether a group of days is a period: 3-5, 3 to 5, between 3 and 5."""
    letters = "".join(found.letters[index] for index in found.match.groups["day"])
    return follows_between(found.letters, found.match.first) or any(
        letter == "-" or is_kind(letter, "to", "until") for letter in letters
    )


def _each(found: Found, stated: Stated, days: list[_Day]) -> list[Atom]:
    """A date for each of several days; the month's name goes with the one beside it."""
    edges = [found.match.first, *(day.first for day in days[1:])]
    ends = [*(day.end for day in days[:-1]), found.match.end]
    return [
        Atom(first, end, found.match.rule, stated._replace(day=day.number))
        for first, end, day in zip(edges, ends, days, strict=True)
    ]


def _day_after_month(found: Found) -> list[Atom] | None:
    """In Arabic without a year, the number counts what follows: in January 25 sick."""
    if found.has("year") or found.form("month").isascii():
        return _day(found)
    month = found.match.groups["month"]
    if WORDS[found.form("month")].kind == "homonym":
        return None
    return [Atom(month.start, month.stop, "month", Stated(month=found.month("month")))]


def _day_of_month(found: Found) -> list[Atom] | None:
    if found.has("unit") and found.value("unit") != "month":
        return None
    (day,) = _days(found)
    stated = _which(found)._replace(unit="month", weekday=None, day=day.number)
    return found.one(stated)


def _numeric(found: Found) -> list[Atom] | None:
    """25/1/2022, 2022-01-25; 3.2.2022 is in February, and so is 3/2/2022 in Arabic."""
    if not _is_written_close(found) or len(found.form("short")) == 1:
        return None
    stated = _which(found)._replace(month=found.number("middle"))
    if found.has("last"):
        return found.one(_in_calendar(stated._replace(day=found.number("last"))))
    if found.has("short"):
        stated = stated._replace(year=_full_year(found.form("short")))
    stated = _in_calendar(stated._replace(day=found.number("first")))
    swapped = stated._replace(month=stated.day, day=stated.month)
    if not is_possible(stated):
        return found.one(swapped)
    if swapped == stated or not is_possible(swapped):
        return found.one(stated)
    is_told = found.has("dot") or _is_arabic(found)
    return found.one(stated if is_told else Stated())


def _in_calendar(stated: Stated) -> Stated:
    """With the calendar that its year belongs to: 1443 in numbers is no old year."""
    is_hijri = stated.is_hijri or (stated.year or 0) in _HIJRI_YEARS
    return stated._replace(is_hijri=is_hijri)


def _full_year(form: str) -> int:
    """The year of two digits: 22 is 2022, 73 is 1973."""
    return (int(form) - _FIRST_OF_TWO_DIGITS) % 100 + _FIRST_OF_TWO_DIGITS


def _is_written_close(found: Found) -> bool:
    """Whether the numbers touch their marks, as they need not around a slash."""
    middle = found.match.groups["middle"][0]
    around = range(middle - 2, middle + 2)
    return found.words.forms[middle - 1] in _SLASHES or all(
        map(found.words.touches_next, around)
    )


def _quarter(found: Found) -> list[Atom] | None:
    months, nth = found.number("quarter") or 0, found.number("nth") or 0
    if not 1 <= nth <= 12 // months:
        return None
    last = _which(found)._replace(month=nth * months)
    return found.one(last._replace(month=(nth - 1) * months + 1).until(last))


def _decade(found: Found) -> list[Atom] | None:
    year = found.number("decade") or found.number("year") or 0
    written = found.match.groups.get("year")
    following = found.words.forms[found.match.end : found.match.end + 2]
    if "".join(following).startswith(_OF_HIS_AGE):
        return None
    if year % 10 or (written and not found.words.touches_next(written[0])):
        return None
    return found.one(Stated(year=year).until(Stated(year=year + 9)))


_OF_HIS_AGE = ("منعمر", "منالعمر")


def _year(found: Found) -> list[Atom] | None:
    year = found.number("year") or found.number("bare")
    last = found.number("last")
    if found.has("bare") and (year not in _LIKELY_YEARS or _counts_something(found)):
        return None
    first = _which(found)._replace(year=year)
    if last is None:
        return found.one(first)
    if last <= (year or 0):  # no period
        written = found.match.groups["bare" if found.has("bare") else "year"]
        return [Atom(found.match.first, written.stop, found.match.rule, first)]
    second = first._replace(year=last)
    if not found.has("two") or follows_between(found.letters, found.match.first):
        return found.one(first.until(second))
    link = found.match.groups["two"]
    return [
        Atom(found.match.first, link.start, found.match.rule, first),
        Atom(link.stop, found.match.end, found.match.rule, second),
    ]


_LONG = frozenset(("month", "year"))


def _ago(found: Found) -> list[Atom] | None:
    """So long before; but `منذ عشرين عاما` says for how long."""
    count = 2 if found.has("dual") else found.number("count") or 1
    unit = found.value("dual") or found.value("unit")
    first = found.words.forms[found.match.first]
    if unit in _LONG and first in NOT_DATES["ago", "since"]:
        return None
    if unit == "decade":
        unit, count = "year", 10 * count
    return found.one(Stated(unit=unit, shift=-count))


def _today(found: Found) -> list[Atom] | None:
    """Today, or one day further, as the day before yesterday; with its weekday or not."""
    shift = found.number("today") or 0
    if found.has("twice"):
        in_english = found.form("twice").isascii()
        if shift == 0 or (in_english and len(found.match.groups["twice"]) == 1):
            return None
        shift *= 2
    weekday = found.number("weekday")
    return found.one(Stated(unit="day", shift=shift, weekday=weekday))


def _weekday(found: Found) -> list[Atom]:
    return found.one(_which(found))


_OVER = frozenset(("over", "during", "at"))


def _unit_of_three_months(found: Found, shift: int) -> list[Atom] | None:
    """Last quarter; but the last quarter may be of anything."""
    is_of_year = found.form("unit") == "quarter" and found.before() != "the"
    return found.one(Stated(unit="quarter", shift=shift)) if is_of_year else None


def _unit(found: Found) -> list[Atom] | None:
    """Last week, this morning, the year before last, the end of the year."""
    shift = found.number("shift") or 0
    kind = WORDS[found.form("unit")].kind
    if kind == "quarter":
        return _unit_of_three_months(found, shift)
    if kind == "weekend" and not found.has("shift"):
        is_past = found.words.forms[found.match.first - 2] in _OVER
        return found.one(Stated(unit="weekend", shift=0)) if is_past else None
    if kind != "time":
        shift *= 2 if found.has("twice") else 1
        return found.one(Stated(unit=found.value("unit"), shift=shift))
    if shift > 0 or (shift < 0 and found.form("unit") != "night"):
        return None
    return found.one(Stated(unit="day", shift=shift))


RULES: dict[str, Callable[[Found], list[Atom] | None]] = {
    "numeric": _numeric,
    "day": _day,
    "day_after_month": _day_after_month,
    "day_of_month": _day_of_month,
    "quarter": _quarter,
    "month": _month,
    "decade": _decade,
    "year": _year,
    "ago": _ago,
    "today": _today,
    "weekday": _weekday,
    "unit": _unit,
}
