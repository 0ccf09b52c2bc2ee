"""Whatever is changed behind the application's back, its record is named."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Model
from pytest_django import DjangoDbBlocker

from claims.models import Claim, Quote
from sources import history
from sources.models import ArticleVersion, Change, Source
from tests.history.tampering import (
    a_base_of_its_own,
    altered,
    disarm,
    execute,
    findings,
    last_entry_of,
    named,
    overwrite,
    rewrite_the_log,
    stored,
    undone,
)


@pytest.fixture(scope="module", autouse=True)
def _open_base(
    django_db_setup: None,  # noqa: ARG001  # what is copied
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """A base of this module's own, with every lock taken away."""
    folder = tmp_path_factory.mktemp("open")
    with django_db_blocker.unblock(), a_base_of_its_own(folder):
        disarm()
        yield


@pytest.fixture(autouse=True)
def _undone() -> Iterator[None]:
    with undone():
        yield


# --- rows ---


def name_of(row: Model) -> str:
    columns = history.snapshot(row)
    names = (columns[name] for name in ("code", "slug", "username") if name in columns)
    return f"{history.label(row)} {next(names, row.pk)}"


def test_a_row_with_any_column_altered_is_named():
    """Each round alters the next column of the last row of every table."""
    last_rows = [m._base_manager.order_by("pk").last() for m in history.logged_models()]
    columns = [
        [(row, field) for field in history.logged_fields(type(row))]
        for row in last_rows
    ]
    missed: list[Any] = []
    for altered_together in zip_longest(*columns):
        cells = [(row, field) for row, field in filter(None, altered_together)]
        before = {
            cell: stored(type(cell[0]), cell[1].column, cell[0].pk) for cell in cells
        }
        for (row, field), value in before.items():
            overwrite(type(row), field.column, row.pk, altered(field, value))
        found = named()
        for (row, field), value in before.items():
            column = "" if field.primary_key else field.attname
            if (name_of(row), column) not in found:
                missed.append((name_of(row), field.attname))
            pk = altered(field, value) if field.primary_key else row.pk
            overwrite(type(row), field.column, pk, value)
    assert missed == []
    assert findings() == []


def test_both_values_of_an_altered_column_are_shown():
    claim = Claim.objects.published().get()
    overwrite(Claim, "low", claim.pk, 60)
    assert findings() == [
        f'claims.claim {claim.code} low: the log has "90", the row "60"'
    ]


def test_a_deleted_row_is_named():
    claim = Claim.objects.published().get()
    seq = last_entry_of(claim).seq
    execute("DELETE FROM claims_claim WHERE id = %s", claim.pk)
    assert findings() == [
        f"claims.claim {claim.code}: gone; log entry {seq} is its last"
    ]


def test_an_inserted_row_is_named():
    execute(
        "INSERT INTO auth_user (username, password, is_superuser, is_staff, is_active, "
        "first_name, last_name, email, date_joined) VALUES "
        "('intruder', '', true, true, true, '', '', '', '2022-01-20')"
    )
    assert findings() == ["auth.user intruder: the log does not know it"]


def test_two_swapped_rows_are_both_named():
    one, other = Source.objects.order_by("pk")[:2]
    for pk, place in ((one.pk, -1), (other.pk, one.pk), (-1, other.pk)):
        overwrite(Source, "id", pk, place)
    assert {record for record, _column in named()} == {name_of(one), name_of(other)}


def test_a_removed_row_that_came_back_is_named():
    source = Source(slug="removed", name_en="Removed", kind="OUTLET")
    with transaction.atomic():
        history.add(source, actor=None)
        history.remove(source, actor=None)
    Source.objects.bulk_create([source])
    seq = Change.objects.count()
    assert findings() == [
        f"sources.source removed: there, though log entry {seq} removed it"
    ]


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("model", "column", "value"),
    [
        pytest.param(Claim, "low", "many", id="words for a number"),
        pytest.param(Claim, "low", 90.0001, id="more digits than are kept"),
        pytest.param(Claim, "start", 3.5, id="a fraction of a place"),
        pytest.param(Claim, "denied", 2, id="neither true nor false"),
        pytest.param(Claim, "recorded_at", "yesterday", id="words for a moment"),
        pytest.param(Claim, "recorded_at", "2024-05-02T09:00:00", id="a T in a moment"),
        pytest.param(Claim, "pieces", "[", id="half a list"),
        pytest.param(Claim, "pieces", "[ ]", id="a space in a list"),
        pytest.param(Claim, "note", b"\xff\xfe", id="bytes for text"),
        pytest.param(Quote, "said_on_earliest", "20220120", id="a day run together"),
    ],
)
def test_what_no_column_of_this_type_holds_is_named(
    model: type[Claim | Quote], column: str, value: object
):
    row = model.objects.order_by("pk").last()
    overwrite(model, column, row.pk, value)
    assert (name_of(row), column) in named()


@pytest.mark.sqlite
def test_text_that_is_no_utf8_is_named():
    source = Source.objects.order_by("pk").last()
    version = ArticleVersion.objects.order_by("pk").last()
    broken = "UPDATE {} SET {} = CAST(X'C3' AS TEXT) WHERE id = %s"
    execute(broken.format("sources_source", "note"), source.pk)
    execute(broken.format("sources_articleversion", "text"), version.pk)
    assert {(name_of(source), "note"), (name_of(version), "text")} <= named()


# --- texts and spans ---


def test_an_altered_text_is_named_with_what_stands_in_it():
    quote = Quote.objects.get()
    text = quote.article_version.text.replace("Nobody", "Nobudy")
    overwrite(ArticleVersion, "text", quote.article_version.pk, text)
    assert findings() == [
        f"{name_of(quote.article_version)} text: differs from its SHA-256",
        f"{name_of(quote)} words: "
        f'[{quote.start}, {quote.end}, "Nobody drowned"] does not stand in the text',
    ]


def rewrite_entry(row: Model) -> None:
    """Make the log say of a row what the row says, with digests that fit."""
    entry = last_entry_of(row)
    row.refresh_from_db()
    overwrite(Change, "snapshot", entry.seq, history.canonical(history.snapshot(row)))
    rewrite_the_log(after=entry.seq - 1)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        pytest.param("words", "Everybody drow", id="words"),
        pytest.param("start", 0, id="start"),
        pytest.param("cue_end", 0, id="cue"),
        pytest.param("pieces", '[[1, 2, "x"]]', id="pieces"),
        pytest.param("pieces", "[3]", id="a piece that is none"),
        pytest.param("pieces", '[[-7, -6, "6"]]', id="a piece counted from the end"),
    ],
)
def test_whoever_rewrites_the_log_too_still_meets_the_text(column: str, value: object):
    quote = Quote.objects.get()
    overwrite(Quote, column, quote.pk, value)
    rewrite_entry(quote)
    shown = {"start": "words", "cue_end": "cue_words"}.get(column, column)
    assert named() == {(name_of(quote), shown)}


# --- the log ---


def test_an_entry_with_any_column_altered_is_named():
    seq = Change.objects.count() // 2
    missed = []
    for field in Change._meta.concrete_fields:
        before = stored(Change, field.column, seq)
        after = -1 if field.primary_key else altered(field, before)
        overwrite(Change, field.column, seq, after)
        record = f"log entry {after if field.primary_key else seq}"
        if (record, "") not in named():
            missed.append(field.attname)
        overwrite(Change, field.column, after if field.primary_key else seq, before)
    assert missed == []
    assert findings() == []


def test_an_altered_entry_alone_is_named_in_the_chain():
    overwrite(Change, "reason", 5, "another")
    assert findings() == ["log entry 5: altered: its digest does not fit"]


def test_deleted_entries_are_named():
    execute("DELETE FROM sources_change WHERE seq IN (5, 6, 9)")
    assert {"log entries 5 to 6: missing", "log entry 9: missing"} <= set(findings())


def test_two_swapped_entries_are_both_named():
    for seq, place in ((5, -1), (9, 5), (-1, 9)):
        overwrite(Change, "seq", seq, place)
    assert {("log entry 5", ""), ("log entry 9", "")} <= named()


def test_an_entry_rewritten_with_a_fitting_digest_is_named_with_its_neighbour():
    overwrite(Change, "reason", 5, "another")
    overwrite(Change, "digest", 5, history.digest_of(Change.objects.get(seq=5)))
    assert findings() == [
        "log entry 6: does not follow entry 5: one of them was rewritten"
    ]


def test_an_inserted_entry_is_named():
    seq = Change.objects.count() + 1
    forged = Change.objects.get(seq=seq - 1)
    forged.seq, forged.previous = seq, forged.digest
    Change.objects.bulk_create([forged])
    assert findings() == [f"log entry {seq}: altered: its digest does not fit"]


def test_an_entry_that_is_no_json_is_named_with_its_row():
    source = Source.objects.order_by("pk").last()
    seq = last_entry_of(source).seq
    overwrite(Change, "snapshot", seq, "{")
    assert findings() == [
        f"log entry {seq}: altered: its digest does not fit",
        f"sources.source {source.pk}: log entry {seq}, its last, cannot be read",
    ]


@pytest.mark.sqlite
def test_an_entry_without_a_number_is_named():
    overwrite(Change, "seq", 5, "five")
    assert ("log entry five", "") in named()


@pytest.mark.sqlite
def test_an_entry_of_no_object_is_named():
    overwrite(Change, "object_id", 5, "five")
    assert ("log entry 5", "") in named()


# --- heads that left the machine ---


def test_a_cut_tail_is_named():
    number, digest = history.head()
    execute("DELETE FROM sources_change WHERE seq > %s", number - 2)
    cut = f"log entries {number - 1} to {number}"
    assert (cut, "") in named(heads=((number, digest),))


def test_a_log_rewritten_whole_is_named():
    number, digest = history.head()
    overwrite(Change, "reason", 5, "another")
    rewrite_the_log()
    assert findings() == []
    assert named(heads=((number, digest),)) == {(f"log entry {number}", "")}
