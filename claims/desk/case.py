"""What a page shows of one statement under review: its text, its voices, its past."""

from __future__ import annotations

from copy import copy
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.db.models import F, Prefetch
from django.http import Http404

from claims import passages, policy, queue, review, revising, tasks, visible
from claims.extraction.rules import rules
from claims.forms import PROPOSED, ClaimForm, QuoteForm
from claims.models import Assessment, Claim, Quote, Translation
from sources.admin import timeline
from sources.forms import RowForm
from sources.forms.showing import reading_language
from sources.history import snapshot
from sources.policy import FieldClass

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import Model

    from claims.models import Review, Reviewed
    from sources.admin.timeline import Difference, Entry

#: How many other claims of the same measure are shown.
OTHERS = 12
#: What the workflow writes by itself; the action of an entry says it already.
_SAID_BY_THE_ACTION = {"status", "recorded_by", "recorded_at", "code"}

_MODELS: dict[str, type[Reviewed]] = {"c": Claim, "q": Quote, "r": Assessment}
_FORMS: dict[type[Model], type[RowForm]] = {Claim: ClaimForm, Quote: QuoteForm}


def find(code: str) -> Any:
    """Return what a code names, as it stands: one query.

    Raises:
        Http404: when nothing has this code.
    """
    return _one(_rows(code), code)


def load(code: str) -> Any:
    """Return what a code names, with what a page of it reads.

    Raises:
        Http404: when nothing has this code.
    """
    rows = _rows(code)
    if rows.model is Assessment:
        rows = rows.select_related(
            *("recorded_by", "replaces", "claim__measure__event", "claim__speaker"),
            *("claim__article_version__article__source", "claim__quote"),
        ).prefetch_related("evidence__claim")
    else:
        rows = (
            rows.with_provenance()
            .defer(None)
            .select_related("replaces")
            .prefetch_related(
                Prefetch(
                    "speaker__roles",
                    visible.roles_in_time().select_related("organisation"),
                ),
                Prefetch("translations", Translation.objects.order_by("language")),
            )
        )
    return _one(rows, code)


def _rows(code: str) -> Any:
    model = _MODELS.get(code[:1])
    if model is None:
        raise Http404
    return model._default_manager.all()


def _one(rows: Any, code: str) -> Any:
    row = rows.filter(code=code).first()
    if row is None:
        raise Http404
    return row


def about(row: Any, reader: User) -> dict[str, Any]:
    """Return what a template shows of a row: about ten queries."""
    subject = row.claim if isinstance(row, Assessment) else row
    quote = subject if isinstance(subject, Quote) else subject.quote
    version = subject.article_version
    said_on = quote.said_on if quote else None
    day = subject.said_when(said_on)
    speaker = subject.speaker
    marked = row.is_open and queue.waiting(type(row)).filter(pk=row.pk).first()
    return {
        "row": row,
        "statement": subject,
        "article": version.article,
        "quote": quote if quote is not subject else None,
        "text": passages.whole(version.text, subject),
        "said_on": said_on,
        "roles": passages.roles_on(speaker, day) if speaker else [],
        "former_roles": passages.roles_before(speaker, day) if speaker else [],
        "others": others(subject, reader) if isinstance(subject, Claim) else [],
        "rule": rules().get(subject.rule),
        "why": _why(subject.rule),
        "doubts": queue.doubts_of(marked) if marked else [],
        "reviews": row.reviews.select_related("reviewer").order_by("-pk"),
        "steps": {step.verb for step in review.available(row, reader)},
        "assignment": tasks.assignment_of(row),
    }


def _why(rule: str) -> str:
    known = rules().get(rule)
    return known.why(reading_language()) if known else ""


def others(claim: Claim, reader: User) -> Any:
    """Return what else is published on the measure of a claim, by the days it holds."""
    if claim.measure is None:
        return []
    rows = visible.statements(Claim, reader).published().answering(claim.measure)
    in_time = F("holds_earliest").asc(nulls_last=True)
    return rows.exclude(pk=claim.pk).order_by(in_time, "pk")[:OTHERS]


# --- the past ---


def _teller(model: type[Model]) -> timeline.Teller:
    protected = policy.FIELDS[model._meta.label_lower].get(FieldClass.PROTECTED, "")
    hidden = {*protected.split(), *_SAID_BY_THE_ACTION}
    return timeline.Teller(model, _FORMS.get(model, RowForm), hidden)


def entries(row: Any) -> list[Entry]:
    """Return what was done to a row and its translations, newest first, by field."""
    rows = [row] if isinstance(row, Assessment) else [row, *row.translations.all()]
    told = (timeline.page_of(each, None, _teller(type(each)))[1] for each in rows)
    by_number = attrgetter("change.seq")
    return sorted(chain.from_iterable(told), key=by_number, reverse=True)


# --- proposed edits ---


def proposal_form(row: Any, posted: Any = None) -> Any:
    """Return the form of a proposed edit, on a copy of the row.

    None for a verdict, which is never edited, and for what is no longer open.
    """
    if isinstance(row, Assessment) or not row.is_open:
        return None
    sent = posted if any(name.startswith("edit-") for name in posted or ()) else None
    return PROPOSED[type(row)](sent, instance=copy(row), prefix="edit")


def proposed_changes(row: Quote | Claim, proposing: Review) -> list[Difference]:
    """Return what a proposed edit would change, in words."""
    before = snapshot(row)
    values = {
        name: change["after"] for name, change in (proposing.proposal or {}).items()
    }
    told = _teller(type(row)).tell([{**before, **values}, before])
    return list(timeline.differences(*told))


def proposal_of(row: Any) -> tuple[Review, list[Difference]] | None:
    """Return the edit that is proposed of a row as it stands, and what it changes."""
    if isinstance(row, Assessment) or not row.is_open:
        return None
    found = revising.open_proposal(row)
    return (found, proposed_changes(row, found)) if found else None
