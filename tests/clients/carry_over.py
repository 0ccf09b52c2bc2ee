"""Reads a base by its API alone and writes it as lines that another base takes in.

python carry_over.py SITE  ->  the file of `manage.py import_claims --format ndjson`

Articles of several versions are left out: the API has the latest text alone.
"""

import json
import sys
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from urllib.request import urlopen

Row = dict[str, Any]
#: What a row of a base is called in the API, where that differs.
QUANTITY = ("low", "high", "best", "qualifier", "unit")
AS_WRITTEN = {
    "speaker_anchor": "speaker_as_written",
    "counted_anchor": "counted",
    "predicate_anchor": "predicate",
}


def ask(address: str) -> str:
    with urlopen(address) as answer:  # noqa: S310  # of the site that is named
        return str(answer.read().decode())


def read(text: str) -> Any:
    """JSON with every number as it is written."""
    return json.loads(text, parse_float=Decimal)


def listed(site: str, name: str) -> list[Row]:
    lines = ask(f"{site}/api/v1/{name}.ndjson").split("\n")
    return [read(line) for line in lines if line]


def stated(**columns: Any) -> Row:
    """The columns that say something; a row that is named is its key."""
    return {
        name: value.get("slug", value.get("code", value))
        if isinstance(value, dict)
        else value
        for name, value in columns.items()
        if value not in (None, "", [], {})
    }


def same(row: Row, *names: str) -> Row:
    return {name: row[name] for name in names}


def named(row: Row) -> Row:
    return {"name_ar": row["name"]["ar"], "name_en": row["name"]["en"]}


def at(anchor: Row | None) -> list[Any] | None:
    return anchor and [anchor["start"], anchor["words"]]


def a_speaker(row: Row) -> Row:
    roles = [
        stated(**named(each), **same(each, "organisation", "speaks_for", "held_from"))
        for each in row["roles"]
    ]
    aliases = [stated(**same(each, "name", "language")) for each in row["aliases"]]
    kept = same(row, "slug", "kind", "wikidata", "source", "is_training")
    return stated(**kept, **named(row), aliases=aliases, roles=roles)


def a_source(row: Row) -> Row:
    aliases = [stated(**same(each, "name", "language")) for each in row["aliases"]]
    kept = same(row, "slug", "kind", "country", "homepage", "languages", "is_training")
    return stated(**kept, **named(row), aliases=aliases)


def an_event(row: Row) -> Row:
    kept = same(row, "slug", "country", "latitude", "longitude", "starts", "ends")
    place = {f"place_{language}": name for language, name in row["place"].items()}
    return stated(**kept, **place, **named(row), is_training=row["is_training"])


def a_measure(row: Row) -> Row:
    kept = same(row, "slug", "event", "counted", "happened", "unit", "nature", "place")
    return stated(**kept, **named(row), **same(row, "tolerance_days", "part_of"))


def an_article(row: Row) -> Row:
    [version] = row["versions"]
    texts = [{"text": row["text"], "fetched_at": version["fetched_at"]}]
    kept = same(row, "code", "title", "language", "source", "byline", "published")
    return stated(**kept, url=row["address"], versions=texts)


def a_claim(row: Row) -> Row:
    quantity = row["quantity"] or dict.fromkeys((*QUANTITY, "words", "qualifier_words"))
    kept = same(row, "code", "article", "speaker", "role_words", "measure", "holds")
    return stated(
        **kept,
        **same(row, "denied", "basis", "rule", "translations"),
        **same(quantity, *QUANTITY),
        **{name: at(row[told]) for name, told in AS_WRITTEN.items()},
        anchor=[row["span"]["start"], row["words"]],
        pieces=[at(each) for each in row["pieces"]],
        quantity_anchor=at(quantity["words"]),
        qualifier_anchor=at(quantity["qualifier_words"]),
    )


def records(site: str) -> Iterator[Row]:
    rows = listed(site, "speakers")
    offices_first = sorted(rows, key=lambda row: bool(row["roles"]))
    yield {
        "sources": [a_source(row) for row in listed(site, "sources")],
        "speakers": [a_speaker(row) for row in offices_first],
        "events": [an_event(row) for row in listed(site, "events")],
        "measures": sorted(
            map(a_measure, listed(site, "measures")), key=lambda row: "part_of" in row
        ),
    }
    claims = listed(site, "claims")
    for listed_article in listed(site, "articles"):
        code = listed_article["code"]
        article = read(ask(f"{site}/api/v1/articles/{code}/"))
        if len(article["versions"]) == 1:
            said = [row for row in claims if row["article"]["code"] == code]
            yield {
                "articles": [an_article(article)],
                "claims": list(map(a_claim, said)),
            }


if __name__ == "__main__":
    for record in records(sys.argv[1]):
        print(json.dumps(record, default=str, ensure_ascii=False))  # noqa: T201  # what its caller reads
