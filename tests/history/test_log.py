"""Every write has its entry, and the entries form one chain."""

import datetime as dt
import inspect

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from claims import (
    batches,
    carrying,
    intake,
    linking,
    receiving,
    recording,
    review,
    revising,
    suggestions,
    tasks,
)
from claims.models import Claim
from sources import curation, history, ingest, withholding
from sources.models import Change, Source
from tests import factories as make
from tests.history.processes import PROCESSES

pytestmark = pytest.mark.django_db


def public_functions(module) -> set[str]:
    name = module.__name__.rpartition(".")[2]
    return {
        f"{name}.{function}"
        for function, value in vars(module).items()
        if inspect.isfunction(value)
        and f"{value.__module__}.".startswith(f"{module.__name__}.")
        and not function.startswith("_")
    }


#: What reads, or is called by a process and not by an interface.
NO_PROCESS = {
    *("ingest.clean_text", "review.available", "review.contributors"),
    *("review.reviews_at_this_version", "review.set_status"),
    *("suggestions.proposals", "suggestions.waiting", "suggestions.quote_of"),
    *("suggestions.what_happened",),
    *("suggestions.last_versions", "carrying.candidate"),
    *("carrying.follow", "carrying.moves"),
    *("batches.sample", "batches.standing", "batches.n_approvable"),
    *("review.edited_by", "receiving.built"),
    *("review.is_sent_back", "tasks.assignment_of"),
    *("withholding.names", "withholding.places", "withholding.same_as"),
    "withholding.searched",
    *("revising.open_proposal", "revising.proposed", "revising.values_of"),
}


def test_every_process_is_tried():
    modules = (
        *(batches, carrying, curation, ingest, intake, linking, receiving, recording),
        *(review, revising, suggestions, tasks, withholding),
    )
    declared = set().union(*map(public_functions, modules)) - NO_PROCESS
    assert {name.partition(" ")[0] for name in PROCESSES} == declared


def entries_since(seq: int) -> list[Change]:
    return list(Change.objects.filter(seq__gt=seq).order_by("seq"))


@pytest.mark.parametrize("name", PROCESSES)
def test_a_process_leaves_its_entries_or_neither_row_nor_entry(name):
    process = PROCESSES[name]
    row = process.prepare()
    before = history.head()
    with transaction.atomic():
        process.run(row)
        transaction.set_rollback(True)
    assert history.head() == before
    process.run(row)
    written = [f"{entry.action} {entry.model}" for entry in entries_since(before[0])]
    assert ", ".join(written) == process.entries


def test_the_log_is_a_dense_chain_of_true_digests():
    make.a_corrected_claim()
    previous, seq = history.GENESIS, 0
    for entry in Change.objects.order_by("seq"):
        assert (entry.seq, entry.previous) == (seq + 1, previous)
        assert entry.digest == history.digest_of(entry)
        previous, seq = entry.digest, entry.seq
    assert history.head() == (seq, previous)
    assert seq > 10


def test_an_empty_log_begins_with_zeros():
    assert history.head() == (0, "0" * 64)
    make.a_source()
    first = Change.objects.get()
    assert (first.seq, first.previous) == (1, history.GENESIS)


@pytest.mark.parametrize("field", [f.name for f in Change._meta.concrete_fields])
def test_the_digest_covers_every_column(field):
    make.a_source()
    entry = Change.objects.get()
    if field == "digest":
        return
    value = {"actor": make.an_editor(), "at": entry.at + dt.timedelta(microseconds=1)}
    numbers = {"seq", "object_id", "version_before", "version_after"}
    setattr(entry, field, value.get(field, 7 if field in numbers else "other"))
    assert history.digest_of(entry) != entry.digest


def test_an_entry_says_who_did_what_when_and_why():
    chief, claim = make.a_chief(), make.a_published_claim()
    before = dt.datetime.now(dt.UTC)  # noqa: TID251  # what the log itself reads
    claim = review.withdraw(
        claim,
        kind="RETRACTED",
        reason="Taken back",
        actor=chief,
        at=make.WITHDRAWN_AT,
    )
    entry = history.timeline(claim)[0]
    assert (entry.actor, entry.actor_name) == (chief, chief.username)
    assert (entry.action, entry.reason) == ("WITHDRAWN", "Taken back")
    assert (entry.version_before, entry.version_after) == (2, 3)
    assert entry.content["withdrawal_kind"] == "RETRACTED"
    assert entry.at >= before  # real, whatever moment the withdrawal names


def test_the_timeline_of_a_row_is_its_own_newest_first():
    other = make.a_recorded_claim()
    claim = make.published(make.a_recorded_claim())
    assert other.pk != claim.pk
    assert [entry.action for entry in history.timeline(claim)] == [
        "PUBLISHED",
        "RECORDED",
    ]


def test_a_removed_row_leaves_its_last_state():
    source = make.a_source(name_en="The Gazette")
    key = source.pk
    curation.remove(source, actor=make.an_editor())
    entry = Change.objects.get(action="REMOVED")
    assert (entry.object_id, entry.content["name_en"]) == (key, "The Gazette")
    assert (entry.version_before, entry.version_after) == (1, None)


def test_removing_what_somebody_changed_is_refused():
    source = make.a_source()
    curation.change(source, {"note": "Keep this"}, actor=make.an_editor())
    with pytest.raises(history.StaleVersion) as refused:
        curation.remove(source, actor=make.an_editor())
    assert refused.value.current.note == "Keep this"


def test_removing_twice_is_refused_and_logged_once():
    source = make.a_source()
    again = Source.objects.get(pk=source.pk)
    curation.remove(source, actor=make.an_editor())
    with pytest.raises(Source.DoesNotExist):
        curation.remove(again, actor=make.an_editor())
    assert Change.objects.filter(action="REMOVED").count() == 1


def test_a_stale_write_is_refused_with_both_texts():
    claim = make.a_recorded_claim()
    stale = Claim.objects.get(pk=claim.pk)
    recording.edit(claim, {"note": "Hers"}, actor=make.an_editor())
    with pytest.raises(history.StaleVersion) as refused:
        recording.edit(stale, {"note": "His"}, actor=make.an_editor())
    assert refused.value.current.note == "Hers"
    assert refused.value.attempted == {"note": "His"}
    assert Claim.objects.get(pk=claim.pk).note == "Hers"


def test_a_refused_change_leaves_the_caller_s_row_as_it_was():
    claim = make.a_recorded_claim()
    with pytest.raises(ValidationError):
        recording.edit(claim, {"low": 5, "high": 1}, actor=make.an_editor())
    assert (claim.low, claim.version) == (120, 1)
