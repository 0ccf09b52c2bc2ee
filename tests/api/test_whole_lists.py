"""A list is also sent whole: as a table, or as JSON line by line."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import frictionless
import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from claims import linting
from factbase.api import formats, streaming
from sources.models import AccessEntry
from sources.text.dates import PartialDate
from sources.text.masks import MARKED
from tests import factories as make
from tests.api.conftest import Ask
from tests.api.resources import VIEWSETS, a_public_world, recorded
from tests.pages.test_lints import a_fallen_total

pytestmark = pytest.mark.django_db

LISTS = [*VIEWSETS, "lints/falling-total"]


@pytest.fixture
def _one_by_one(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(streaming, "CHUNK", 1)


def body(client: Client, path: str, **query: str) -> bytes:
    answer = client.get(f"/api/v1/{path}", query)
    assert answer.status_code == 200, answer.content
    whole: bytes = answer.getvalue()
    return whole


def lines(client: Client, path: str, **query: str) -> list[Any]:
    said = body(client, f"{path}.ndjson", **query).decode()
    return [json.loads(line, parse_float=Decimal) for line in said.splitlines()]


def table(client: Client, path: str, **query: str) -> list[dict[str, str]]:
    said = body(client, f"{path}.csv", **query).decode()
    return list(csv.DictReader(io.StringIO(said, newline=""), strict=True))


def pages(client: Client, path: str, **query: str) -> list[Any]:
    rows, address = [], f"/api/v1/{path}/"
    while address:
        page = json.loads(client.get(address, query).content, parse_float=Decimal)
        rows, address, query = rows + page["results"], page["next"], {}
    return rows


# --- what is sent ---


@pytest.mark.usefixtures("_one_by_one")
def test_the_lines_are_the_rows_of_the_pages(client: Client):
    a_public_world()
    a_fallen_total()
    for path in LISTS:
        rows = lines(client, path)
        assert rows == pages(client, path) != [], path


@pytest.mark.usefixtures("_one_by_one")
def test_the_table_says_what_the_lines_say(client: Client):
    a_public_world()
    a_fallen_total()
    for path in LISTS:
        rows = lines(client, path)
        written = table(client, path)
        assert [list(flat(row)) for row in written] == [
            [text for text in leaves(row) if text] for row in rows
        ], path


def flat(row: dict[str, str]) -> Iterator[str]:
    yield from (cell for cell in row.values() if cell)


def leaves(value: Any) -> Iterator[str]:
    """The values of a row as cells, in order."""
    match value:
        case dict():
            for part in value.values():
                yield from leaves(part)
        case None:
            yield ""
        case list():
            yield json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        case bool():
            yield str(value).lower()
        case _:
            yield str(value)


def test_names_stand_beside_keys(client: Client):
    speaker = make.a_speaker(name_ar="مينا حداد")
    claim = make.a_published_claim(speaker=speaker, low="120.500")
    (row,) = table(client, "claims")
    assert (row["code"], row["speaker"]) == (claim.code, speaker.slug)
    assert (row["speaker_name_ar"], row["speaker_name_en"]) == (
        "مينا حداد",
        "Mina Haddad",
    )
    assert row["measure_event"] == claim.measure.event.slug  # type: ignore[union-attr]  # it has one
    assert (row["quantity_low"], row["denied"]) == ("120.5", "false")
    assert row["quote"] == row["holds_earliest"] == ""


def test_a_list_without_rows_is_a_header_or_nothing(client: Client):
    assert table(client, "claims") == []
    assert body(client, "claims.csv").startswith(b"code,url,page,status,words,")
    assert body(client, "claims.ndjson") == b""


def test_a_spreadsheet_computes_no_cell_and_lines_are_as_they_were(client: Client):
    source = make.a_source(name_en="=1+2", name_ar="@محسوب")
    article = make.an_article(source=source)
    make.a_published_quote(version=article.versions.get())
    (row,) = table(client, "sources")
    assert (row["name_en"], row["name_ar"]) == ("'=1+2", "'@محسوب")
    (line,) = lines(client, "sources")
    assert line["name"] == {"ar": "@محسوب", "en": "=1+2"}


@pytest.mark.usefixtures("_one_by_one")
def test_filters_and_orders_are_those_of_the_list(client: Client):
    version = make.a_version()
    for month in (3, None, 1):
        row = make.a_quote(version=version, kind="INDIRECT" if month == 1 else "DIRECT")
        row.said_on = PartialDate.month(2024, month) if month else None
        make.published(recorded(row))
    for query in (
        {"ordering": "said_on"},
        {"ordering": "-said_on", "source": version.article.source.slug},
        {"kind": "DIRECT"},
        {"as_of": "2024-05-02"},
    ):
        assert lines(client, "quotes", **query) == pages(client, "quotes", **query)
    assert len(lines(client, "quotes", kind="DIRECT")) == 2


@pytest.mark.parametrize("form", formats.FORMS)
@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        pytest.param("limit=5", "limit", id="all rows have no limit"),
        pytest.param("cursor=x", "cursor", id="all rows begin at the first"),
        pytest.param("count=exact", "count", id="who has all can count them"),
        pytest.param("mesure=x", "mesure", id="there is no such parameter"),
        pytest.param("ordering=words", "ordering", id="there is no such order"),
        pytest.param("event=x", "event", id="there is no such event"),
    ],
)
def test_what_all_rows_do_not_take_is_refused(
    ask: Ask, form: str, query: str, parameter: str
):
    for path in (f"claims.{form}", f"claims.{form}-metadata.json"):
        (refused,) = ask(f"{path}?{query}", expect=400)["errors"]
        assert refused["parameter"] == parameter


# --- how it is asked for ---


@pytest.mark.parametrize("form", formats.FORMS.values())
def test_what_is_accepted_asks_as_the_suffix_does(
    client: Client, form: type[formats.Form]
):
    a_public_world()
    accept = {"accept": f"{form.media_type}, application/json;q=0.1"}
    asked = client.get("/api/v1/claims/?denied=false", headers=accept)
    suffixed = client.get(
        f"/api/v1/claims.{form.format}?denied=false", headers={"accept": "image/png"}
    )
    assert asked.getvalue() == suffixed.getvalue() != b""
    for name in ("Content-Type", "Content-Disposition", "Link", "Vary"):
        assert asked[name] == suffixed[name], name
    assert asked["Content-Type"].partition(";")[0] == form.media_type
    assert (
        asked["Content-Disposition"] == f'attachment; filename="claims.{form.format}"'
    )
    assert "Accept" in asked["Vary"].split(", ")


@pytest.mark.parametrize("path", ["claims/c-x/", "", "lints/", "claims.xml"])
def test_what_is_no_list_has_no_table(client: Client, path: str):
    answer = client.get(f"/api/v1/{path}", headers={"accept": "text/csv"})
    assert answer.status_code in {404, 406}


def test_who_asks_for_the_head_costs_no_rows(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
):
    a_public_world()
    whole = client.get("/api/v1/claims.csv")
    whole.getvalue()
    with django_assert_num_queries(1):  # the entity tag
        head = client.head("/api/v1/claims.csv")
    assert head.getvalue() == b""
    assert head.headers.items() == whole.headers.items()
    assert client.head("/api/v1/claims.csv?limit=1").status_code == 400


@pytest.mark.parametrize("form", formats.FORMS)
def test_what_may_be_asked_of_a_whole_list_is_told_as_of_any(client: Client, form: str):
    answer = client.options(f"/api/v1/claims.{form}")
    assert (answer.status_code, answer["Allow"]) == (200, "GET, HEAD, OPTIONS")


# --- what it costs ---


def test_each_chunk_costs_what_a_page_costs(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
):
    version = make.a_version()
    for _ in range(5):
        make.a_published_claim(version=version)
    monkeypatch.setattr(streaming, "CHUNK", 2)
    # Each of three: whose names are withheld, claims, texts with articles, measures,
    # translations, replacements; once: the entity tag, claims that were not published.
    with django_assert_num_queries(3 * 6 + 2):
        assert len(lines(client, "claims", ordering="-published_at")) == 5


def test_all_rows_count_as_several_questions(client: Client, settings: Settings):
    settings.API_RATE = "12/hour"
    cache.clear()
    paths = ["claims.csv", "claims/", "claims.ndjson", "claims/"]
    answers = [client.get(f"/api/v1/{path}") for path in paths]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 3600
    cache.clear()


# --- what may go wrong while it is sent ---


def lost(*_args: object) -> None:
    message = "the database is gone"
    raise OperationalError(message)


def collect(sent: Iterable[bytes], parts: list[bytes]) -> None:
    """Keep what came before it failed."""
    for part in sent:
        parts.append(part)  # noqa: PERF402  # extend would keep nothing


@pytest.mark.usefixtures("_one_by_one")
@pytest.mark.parametrize("form", formats.FORMS)
def test_what_breaks_off_does_not_look_whole(client: Client, form: str):
    for _ in range(2):
        make.a_published_claim()
    sent = client.get(f"/api/v1/claims.{form}")
    parts: list[bytes] = []
    with connection.execute_wrapper(lost), pytest.raises(OperationalError):
        collect(sent, parts)
    begun, last = b"".join(parts[:-1]).decode(), parts[-1].decode()
    assert begun.startswith('{"code"' if form == "ndjson" else "code,")
    assert formats.BROKEN_OFF in last
    if form == "ndjson":
        with pytest.raises(ValueError, match="line 1"):
            json.loads(last)
    else:
        header, _row, error = csv.reader(io.StringIO(begun + last, newline=""))
        assert len(error) == len(header) + 1


def test_what_fails_at_once_is_told_as_ever(client: Client):
    with connection.execute_wrapper(lost):
        answer = client.get("/api/v1/claims.csv")
    assert answer.status_code == 503
    assert answer["Retry-After"]


def a_public_article(title: str, *, published: PartialDate | None = None) -> None:
    article = make.an_article(title=title, **dated(published))
    make.a_published_quote(version=article.versions.get())


def dated(published: PartialDate | None) -> dict[str, Any]:
    """The columns of an article's date."""
    if published is None:
        return {}
    names = ("earliest", "latest", "precision")
    columns = {f"published_{name}": getattr(published, name) for name in names}
    return {**columns, "published_words": "2001", "published_origin": "TYPED"}


@pytest.mark.usefixtures("_one_by_one")
def test_a_name_that_is_withheld_meanwhile_is_not_sent(client: Client):
    titles = [f"Mina Haddad at {hour}" for hour in ("dawn", "noon", "night")]
    for title in titles:
        a_public_article(title)
    sent = iter(client.get("/api/v1/articles.ndjson"))
    first = next(sent)
    make.withheld(make.a_speaker())
    rest = b"".join(sent).decode()
    assert b"Mina Haddad" in first
    assert "Mina Haddad" not in rest
    assert rest.count(MARKED) == 2


@pytest.mark.usefixtures("_one_by_one")
def test_names_are_noted_before_they_are_sent_to_whoever_hangs_up(client: Client):
    make.withheld(make.a_speaker())
    for year, title in enumerate(("Boats", "Mina Haddad", "Mina Haddad again"), 2001):
        a_public_article(title, published=PartialDate.year(year))
    client.force_login(make.a_chief())
    sent = iter(client.get("/api/v1/articles.csv?ordering=published"))
    next(sent)
    assert not AccessEntry.objects.exists()
    assert b"Mina Haddad" in next(sent)
    assert AccessEntry.objects.count() == 1
    assert b"Mina Haddad" in next(sent)
    # Left open, the collector would close it, whenever. That sets context variables,
    # and Python 3.11 crashes if it is just setting another.
    assert not list(sent)
    assert AccessEntry.objects.get().route == "api:article-list"


# --- what describes it ---


def described(client: Client, path: str, **query: str) -> Any:
    link = client.head(f"/api/v1/{path}", query)["Link"]
    address, _, rest = link.removeprefix("<").partition(">")
    assert rest == '; rel="describedby"; type="application/json"'
    answer = client.get(address)
    assert answer["Content-Type"] == "application/json"
    return answer.json()


def test_frictionless_reads_every_table_by_its_description(
    client: Client, tmp_path: Path
):
    a_public_world()
    version = make.a_version()
    for n, low in enumerate(("7.125", "3500")):
        claim = recorded(make.a_claim(version=version, low=low))
        claim.holds = PartialDate.year(2020 + n)
        make.published(claim, at=make.PUBLISHED_AT.replace(microsecond=n * 1234))
    a_fallen_total()
    linting.refresh()
    for path in LISTS:
        package = described(client, f"{path}.csv")
        name = package["resources"][0]["path"]
        (tmp_path / name).write_bytes(body(client, f"{path}.csv"))
        told = tmp_path / f"{name}-metadata.json"
        told.write_text(json.dumps(package))
        read = frictionless.Package(str(told))
        report = read.validate()
        assert report.flatten(["rowNumber", "fieldName", "message"]) == [], path
        assert len(read.resources[0].read_rows()) == len(lines(client, path)) > 0


def test_the_description_says_what_was_asked_when_and_under_which_licence(
    client: Client, settings: Settings
):
    settings.DATA_LICENCE = "CC BY 4.0"
    speaker = make.a_published_claim(speaker=make.a_speaker()).speaker
    package = described(client, "claims.ndjson", speaker=speaker.slug, denied="false")
    assert package["query"] == {"speaker": speaker.slug, "denied": "false"}
    assert package["licenses"] == [{"name": "cc-by-40", "title": "CC BY 4.0"}]
    assert package["created"].endswith("+00:00")
    (resource,) = package["resources"]
    assert resource["path"] == f"claims.ndjson?speaker={speaker.slug}&denied=false"
    assert {
        "name": "quantity.low",
        "type": "number",
        "description": "Not less than this was said; empty leaves that side open. "
        "(A count as an interval as spoken; null leaves a side open.)",
    } in resource["fields"]


def test_every_column_has_a_name_of_its_own_and_is_described(client: Client):
    for path in LISTS:
        (resource,) = described(client, f"{path}.csv")["resources"]
        fields = resource["schema"]["fields"]
        names = [field["name"] for field in fields]
        assert len(set(names)) == len(names), path
        assert [f["name"] for f in fields if not f["description"]] == [], path
        header = body(client, f"{path}.csv").decode().splitlines()[0]
        assert header == ",".join(names)
