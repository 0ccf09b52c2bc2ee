"""Who may do what to a statement, and what the public sees of everything.

The tables here and in `sources.policy` are the whole of it; `factbase.checks`
refuses to start with a field, a route or an act that none of them declares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from claims.models import Claim, Measure, Quote
from claims.models.reviewed import public_at
from sources import policy
from sources.models import Article, Derivation, Merge, OwnVoice, Role, Speaker
from sources.models.versioned import standing
from sources.policy import FieldClass, UserRole, without_withheld

if TYPE_CHECKING:
    import datetime as dt

    from django.contrib.auth.models import User
    from django.db.models import QuerySet

    from claims.models import Reviewed
    from sources.policy import Acts

_RECORDERS = frozenset({UserRole.CONTRIBUTOR, UserRole.EDITOR, UserRole.CHIEF})
_EDITORS = frozenset({UserRole.EDITOR, UserRole.CHIEF})
_REVIEWERS = frozenset({UserRole.REVIEWER, UserRole.CHIEF})
_CHIEF = frozenset({UserRole.CHIEF})

ACTS: Acts = {
    "add event": _RECORDERS,
    "change event": _EDITORS,
    "remove event": _EDITORS,
    "add measure": _RECORDERS,
    "change measure": _EDITORS,
    "remove measure": _EDITORS,
    "add abouttext": _CHIEF,
    "change abouttext": _CHIEF,
    "decide on a suggestion": _RECORDERS,
    "decide on a link": policy.DESK,
    "end same utterance": _EDITORS,
    "place statement": _RECORDERS,
    "record statement": _RECORDERS,
    "edit own statement": _RECORDERS,
    "edit statement": _EDITORS,
    "discard own statement": _RECORDERS,
    "discard statement": _EDITORS | _REVIEWERS,
    "translate statement": _RECORDERS,
    "review": _REVIEWERS,
    "assign review": _REVIEWERS,
    "answer report": _REVIEWERS,
    "import file": _EDITORS,
    "approve import": _REVIEWERS,
    "correct": _CHIEF,
    "withdraw": _CHIEF,
    "assess": _CHIEF,
    "read the track record": policy.DESK,
}

_P, _I = FieldClass.PUBLIC, FieldClass.INTERNAL

_LIFECYCLE_PUBLIC = (
    "id code status published_at withdrawn_at withdrawal_kind withdrawal_reason "
    "replaces replacement_reason "
)
_LIFECYCLE_INTERNAL = "recorded_by recorded_at version "
_STATEMENT_PUBLIC = _LIFECYCLE_PUBLIC + (
    "article_version start end words pieces speaker speaker_start speaker_end "
    "speaker_words role_words rule "
)

#: Every column of every table, by class; a space-separated list each.
FIELDS: dict[str, dict[FieldClass, str]] = {
    "claims.quote": {
        _P: _STATEMENT_PUBLIC + "kind cue_start cue_end cue_words language "
        "said_on_earliest said_on_latest said_on_precision said_on_words",
        _I: _LIFECYCLE_INTERNAL + "batch",
    },
    "claims.claim": {
        _P: _STATEMENT_PUBLIC + "quote measure low high best qualifier unit "
        "quantity_start quantity_end quantity_words "
        "qualifier_start qualifier_end qualifier_words "
        "counted_start counted_end counted_words "
        "predicate_start predicate_end predicate_words "
        "holds_earliest holds_latest holds_precision holds_words denied basis",
        _I: _LIFECYCLE_INTERNAL + "batch note",
    },
    "claims.event": {
        _P: "id slug name_ar name_en is_training place_ar place_en country latitude "
        "longitude starts_earliest starts_latest starts_precision starts_words "
        "ends_earliest ends_latest ends_precision ends_words",
        _I: "version",
    },
    "claims.measure": {
        _P: "id slug name_ar name_en event counted happened place unit nature "
        "tolerance_days part_of",
        _I: "version",
    },
    "claims.assessment": {
        _P: _LIFECYCLE_PUBLIC + "claim rating summary language",
        _I: _LIFECYCLE_INTERNAL,
    },
    "claims.evidence": {_P: "id assessment claim url note"},
    "claims.review": {
        _I: "id quote claim assessment reviewer recorder decision note "
        "proposal version_reviewed at",
    },
    "claims.translation": {
        _P: "id quote claim language words credit",
        _I: "translated_by recorded_at version",
    },
    "claims.batch": {
        _I: "id file_name sha256 format imported_by imported_at n_read n_recorded "
        "n_refused version",
    },
    "claims.suggestion": {
        _I: "id article_version kind start end fields rule confidence rule_set status "
        "decided_by decided_at quote claim",
    },
    "claims.abouttext": {_P: "id section language text", _I: "version"},
    "claims.assignment": {
        _I: "id quote claim assessment reviewer assigned_by at",
    },
    "claims.errorreport": {
        _I: "id code quote claim message contact reported_at status answered_by "
        "answered_at answer",
    },
    "claims.finding": {
        _P: "id lint code claim quote against facts published_at",
        _I: "is_public",
    },
    "claims.standing": {_P: "id measure agreement n_voices n_articles"},
    "claims.watermark": {_I: "id seq"},
    "claims.searchentry": {
        _I: "id kind object_id for_public for_desk language source speaker event "
        "year status",
    },
    "claims.matchkey": {_I: "id hash claim quote measure"},
    "claims.suggestedlink": {
        _I: "id kind claim quote to_claim to_quote measure score facts verdict "
        "decided_by decided_at",
    },
    "claims.sameutterance": {
        _I: "id claim to_claim quote to_quote recorded_by recorded_at ended_at",
    },
    "claims.placement": {
        _I: "id quote claim article_version start end words parts how placed_by "
        "placed_at version",
    },
}


def require(user: User, act: str) -> None:
    """Refuse an act of this app's table.

    Raises:
        NotAllowed: with a sentence that names the roles which may.
    """
    policy.require(user, act, ACTS)


def may(user: policy.Reader, act: str) -> bool:
    """Tell whether one of the account's roles may do this act."""
    return policy.may(user, act, ACTS)


def require_own(user: User, act: str, row: Reviewed) -> None:
    """Refuse “edit statement” and the like, for which one's own rows are freer.

    Raises:
        NotAllowed: unless the user may do it to any row, or recorded this one.
    """
    require(user, _own(user, act, row))


def may_own(user: User, act: str, row: Reviewed) -> bool:
    """Tell whether `require_own` lets it through."""
    return may(user, _own(user, act, row))


def _own(user: User, act: str, row: Reviewed) -> str:
    verb, noun = act.split()
    return f"{verb} own {noun}" if row.recorded_by_id == user.pk else act


def _public_articles(moment: dt.datetime | None) -> QuerySet[Article]:
    claims, quotes = (
        rows.public(moment).values("article_version__article")
        for rows in (Claim.objects, Quote.objects)
    )
    return Article.objects.filter(Q(pk__in=claims) | Q(pk__in=quotes))


def _derivations(moment: dt.datetime | None) -> QuerySet[Derivation]:
    return Derivation.objects.filter(
        standing(moment), article__in=_public_articles(moment)
    )


def _spoken(moment: dt.datetime | None) -> Q:
    """Speakers of a public statement, or named as the origin of a public article."""
    return (
        Q(pk__in=Claim.objects.public(moment).values("speaker"))
        | Q(pk__in=Quote.objects.public(moment).values("speaker"))
        | Q(pk__in=_derivations(moment).values("origin_speaker"))
    )


def _own_voices(moment: dt.datetime | None) -> QuerySet[OwnVoice]:
    """As whom the sources of public articles speak, and those that they take from."""
    sources = Q(source__in=_public_articles(moment).values("source"))
    sources |= Q(source__in=_derivations(moment).values("origin_source"))
    return without_withheld(OwnVoice.objects.filter(standing(moment), sources))


def _speakers(moment: dt.datetime | None) -> Q:
    """Those who spoke, what they held a role in, and what they were merged into.

    An organisation speaks where a source does that speaks as it.
    """
    spoken = Speaker.objects.filter(_spoken(moment))
    voices = _own_voices(moment).values("speaker")
    theirs = Q(speaker__in=spoken) | Q(speaker__in=voices)
    roles = without_withheld(Role.objects.filter(theirs))
    if moment is not None:
        roles = roles.filter(recorded_at__lte=moment)
    merges = Merge.objects.filter(standing(moment), theirs)
    return (
        Q(pk__in=spoken.values("pk"))
        | Q(pk__in=voices)
        | Q(pk__in=roles.values("organisation"))
        | Q(pk__in=merges.values("into"))
    )


def _sources(moment: dt.datetime | None) -> Q:
    return (
        Q(pk__in=_public_articles(moment).values("source"))
        | Q(pk__in=_derivations(moment).values("origin_source"))
        | Q(pk__in=Speaker.objects.filter(_speakers(moment)).values("source"))
    )


def _measures(moment: dt.datetime | None) -> Q:
    claims = Claim.objects.public(moment)
    used = Measure.objects.filter(pk__in=claims.values("measure"))
    return Q(pk__in=used.values("pk")) | Q(pk__in=used.values("part_of"))


def _events(moment: dt.datetime | None) -> Q:
    return Q(pk__in=Measure.objects.filter(_measures(moment)).values("event"))


def declare_reach() -> None:
    """Tell `sources.policy` what makes a row of either app public.

    Public are published and withdrawn statements, and the articles, speakers,
    sources, events and measures that one of them reaches; at a past moment those
    that had been published by then, and what they reached.
    """
    policy.REACHED |= {
        "claims.claim": public_at,
        "claims.quote": public_at,
        "claims.assessment": public_at,
        "claims.event": _events,
        "claims.measure": _measures,
        "sources.article": lambda moment: Q(
            pk__in=_public_articles(moment).values("pk")
        ),
        "sources.source": _sources,
        "sources.speaker": _speakers,
    }


#: Pages and endpoints by the name of their route, and who reaches each.
ROUTES: policy.Routes = {
    **dict.fromkeys(("me", "take-over", "retraction-list", "understood"), policy.DESK),
    **dict.fromkeys(
        (
            *(
                "review-queue",
                "review",
                "review-assign",
                "review-many",
                "import-list",
                "import",
            ),
            *("report-list", "report-answer"),
        ),
        _REVIEWERS,
    ),
    **dict.fromkeys(
        (
            "home",
            "report",
            *("search", "search-table"),
            *("correction-list", "correction-feed", "about"),
            *("article-list", "article", "claim-list", "claim", "quote-list", "quote"),
            *("speaker-list", "speaker", "source-list", "source"),
            *("event-list", "event", "measure-list", "measure", "measure-changes"),
            *("claim-linked", "quote-linked", "annotation", "article-annotations"),
            *("measure-feed", "speaker-feed", "source-feed"),
            *("measure-chart", "measure-embed", "lint-list", "lint"),
            *("measure-table", "measure-table-metadata"),
        ),
        policy.EVERYONE,
    ),
}
