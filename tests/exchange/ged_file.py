"""A file in the shape of the Georeferenced Event Dataset, with answers planted in it.

What a row rests on is drawn first, then written down in the ways that such files are
written in: some tidy, some not. All names and events are invented.
"""

import csv
import datetime as dt
import io
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from claims.exchange.ged.columns import COLUMNS

EVENT = dict.fromkeys(COLUMNS, "") | {
    "id": "200001",
    "relid": "TIL-2016-1-77-1",
    "year": "2016",
    "active_year": "1",
    "code_status": "Clear",
    "type_of_violence": "1",
    "conflict_name": "Tilmara: Government",
    "dyad_name": "Government of Tilmara - Harbour Front",
    "number_of_sources": "1",
    "source_article": '"Harbour News,2016-03-06,Six die at the pier"',
    "source_office": "Harbour News",
    "source_date": "2016-03-06",
    "source_headline": "Six die at the pier",
    "source_original": "Harbour Office",
    "where_prec": "1",
    "where_coordinates": "Tilmara town",
    "adm_1": "North shore",
    "latitude": "34.901234",
    "longitude": "36.101234",
    "geom_wkt": "POINT (36.101234 34.901234)",
    "priogrid_gid": "179353",
    "country": "Syria",
    "country_id": "652",
    "region": "Middle East",
    "event_clarity": "1",
    "date_prec": "1",
    "date_start": "2016-03-05",
    "date_end": "2016-03-05",
    "deaths_a": "0",
    "deaths_b": "0",
    "deaths_civilians": "6",
    "deaths_unknown": "0",
    "best": "6",
    "high": "9",
    "low": "4",
    "gwnoa": "652",
}

OFFICES = (
    "Harbour News",
    "Coast Post",
    "Agence Littorale",
    "Tilmara Observer",
    "مرفأ تلمارة",
    "Ostküste Heute",
)
ORIGINATORS = (
    "Harbour Office",
    "coast guard",
    "Tilmara Monitor (north)",
    "medical sources",
    "residents",
    "شهود عيان",
    "Comité des Pêcheurs",
    "Sandra Mandel",
)
HEADLINES = (
    "Six die at the pier",
    "Boats sink; crews are missing",
    'Town "quiet" after the night, mayor says',
    "Shelling\nclose to the mole",
    "غارة على الميناء",
    "Toll rises: 12, not 9",
)


@dataclass(frozen=True)
class Truth:
    """What a row was drawn to rest on."""

    n_reports: int
    offices: frozenset[str]
    originators: frozenset[str]
    is_out_of_order: bool
    is_early: bool


@dataclass
class Planted:
    """The answers: how many rows of each kind were drawn."""

    events: int = 0
    reports: int = 0
    several: int = 0
    one_source: int = 0
    one_originator: int = 0
    out_of_order: int = 0
    early: int = 0

    def add(self, truth: Truth) -> None:
        self.events += 1
        self.reports += truth.n_reports
        self.out_of_order += truth.is_out_of_order
        self.early += truth.is_early
        if truth.n_reports > 1:
            self.several += 1
            self.one_source += len(truth.offices) == 1
            self.one_originator += len(truth.originators) == 1


def written(n: int, *, seed: int = 20220127) -> tuple[str, Planted]:
    """A table of so many events, and what is planted in it."""
    planted, events = Planted(), []
    for truth, event in drawn(n, seed=seed):
        planted.add(truth)
        events.append(event)
    return table(events), planted


def drawn(n: int, *, seed: int = 20220127) -> Iterator[tuple[Truth, dict[str, str]]]:
    """So many rows, each with what it was drawn to rest on."""
    chance = random.Random(seed)  # noqa: S311  # invented rows, no secret
    for number in range(n):
        truth = _truth(chance)
        yield truth, _event(truth, number, chance)


def table(events: Iterable[dict[str, str]]) -> str:
    """The events as a table with its first line, as UCDP publishes it."""
    text = io.StringIO()
    written = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    written.writeheader()
    written.writerows(events)
    return text.getvalue()


def lines(table: str) -> list[str]:
    """The rows of a table as they stand there; newlines in cells part nothing."""
    found, open_cell = [""], False
    for char in table:
        open_cell ^= char == '"'
        if char == "\n" and not open_cell:
            found.append("")
        else:
            found[-1] += char
    return found[1:-1]


# --- what is drawn ---


def _truth(chance: random.Random) -> Truth:
    n_reports = chance.choices([0, 1, 2, 3, 5], [2, 78, 13, 5, 2])[0]
    offices = chance.sample(OFFICES, chance.choices([0, 1, 2, 3], [3, 70, 20, 7])[0])
    n_originators = chance.choices([0, 1, 2, 3], [5, 72, 17, 6])[0]
    return Truth(
        n_reports,
        frozenset(offices[:n_reports]),
        frozenset(chance.sample(ORIGINATORS, n_originators)),
        chance.random() < 0.02,
        n_reports > 0 and chance.random() < 0.03,
    )


def _event(truth: Truth, number: int, chance: random.Random) -> dict[str, str]:
    first = dt.date(2016, 1, 1) + dt.timedelta(chance.randrange(1400))
    precision, last = _precision(first, chance)
    if precision in "45":
        first = first.replace(day=1, month=1 if precision == "5" else first.month)
    return {
        **EVENT,
        "id": str(300_000 + number),
        "relid": f"TIL-{first.year}-1-77-{number}",
        "year": str(first.year),
        "date_prec": precision,
        "date_start": f"{first} 00:00:00.000",
        "date_end": f"{max(first, last)} 00:00:00.000",
        "latitude": chance.choice(["34.9", "35.949722222222", ""]),
        **_figures(truth, chance),
        **_sources(truth, first, chance),
    }


def _precision(first: dt.date, chance: random.Random) -> tuple[str, dt.date]:
    precision = chance.choices("12345", [80, 10, 4, 4, 2])[0]
    month_end = (first.replace(day=28) + dt.timedelta(4)).replace(day=1)
    last = {
        "1": first,
        "2": first + dt.timedelta(3),
        "3": first + dt.timedelta(6),
        "4": month_end - dt.timedelta(1),
        "5": first.replace(month=12, day=31),
    }
    return precision, last[precision]


def _figures(truth: Truth, chance: random.Random) -> dict[str, str]:
    low, best, high = sorted(chance.randrange(60) for _ in range(3))
    if truth.is_out_of_order:
        low, best, high = chance.choice(
            [(best + 1, best, best + 2), (low, high + 1, high), (high + 1, low, low)]
        )
    return {"low": str(low), "best": str(best), "high": str(high)}


def _sources(truth: Truth, start: dt.date, chance: random.Random) -> dict[str, str]:
    offices = _offices_in_turn(truth, chance)
    days = [start + dt.timedelta(chance.randrange(9)) for _ in offices]
    if truth.is_early:
        days[chance.randrange(len(days))] = start - dt.timedelta(chance.randrange(1, 9))
    headlines = [chance.choice(HEADLINES) for _ in offices]
    return {
        "number_of_sources": str(truth.n_reports or -1),
        "source_article": _articles(offices, days, headlines, chance),
        "source_office": _office_cell(offices, chance),
        "source_date": _untidy(map(str, days), chance),
        "source_headline": ";".join(headlines),
        "source_original": _originator_cell(truth, chance),
    }


def _offices_in_turn(truth: Truth, chance: random.Random) -> list[str]:
    """An office for each report, every one of them at least once."""
    known = sorted(truth.offices) or [""]
    others = chance.choices(known, k=max(truth.n_reports - len(known), 0))
    return [*known, *others][: truth.n_reports]


# --- how it is written ---


def _articles(
    offices: list[str],
    days: list[dt.date],
    headlines: list[str],
    chance: random.Random,
) -> str:
    items = [
        f"{office},{day},{headline}"
        for office, day, headline in zip(offices, days, headlines, strict=True)
    ]
    if not any(";" in item for item in items) and chance.random() < 0.1:
        return _untidy(items, chance)
    return _untidy((f'"{item}"' for item in items), chance)


def _office_cell(offices: list[str], chance: random.Random) -> str:
    if len(set(offices)) == 1 and chance.random() < 0.3:
        offices = offices[:1]
    elif chance.random() < 0.2:
        offices = list(dict.fromkeys(offices))
    return _untidy(offices, chance) if any(offices) else ""


def _originator_cell(truth: Truth, chance: random.Random) -> str:
    names = chance.sample(sorted(truth.originators), len(truth.originators))
    if names and chance.random() < 0.1:
        names.append(names[0].upper())
    cell = ""
    for name in names:
        between = chance.choice([", ", ";", "/", " & ", " and ", ", and "])
        cell += (between if cell else "") + chance.choice([name, name.swapcase()])
    if not cell:
        return chance.choice(["", "NA", " "])
    return cell + chance.choice(["", "", "", ";", ", "])


def _untidy(parts: Iterable[str], chance: random.Random) -> str:
    between = chance.choices([";", "; ", " ;"], [8, 1, 1])[0]
    return between.join(parts) + chance.choices(["", ";"], [9, 1])[0]
