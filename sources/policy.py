"""Who may do what to where statements come from, and which fields anyone may see.

Roles are groups of Django's accounts. A process function asks `require`, an
interface asks `may`; both read one table. An act, field or model that no table
declares is refused, and `factbase.checks` stops the start.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

RowModel = TypeVar("RowModel", bound=models.Model)
Reader: TypeAlias = User | AnonymousUser


class PublicAt(AnonymousUser):
    """The public at a past moment: with its eyes reads whoever asks `as_of`."""

    def __init__(self, moment: dt.datetime) -> None:
        super().__init__()
        self.moment = moment


class Operator(AnonymousUser):
    """Whoever runs commands on the machine itself: reads all that the chief may."""

    is_authenticated: Any = True
    is_active: Any = True

    def __init__(self) -> None:
        super().__init__()
        vars(self)["roles_here"] = frozenset({UserRole.CHIEF})


class Colleague(Operator):
    """Whoever has a desk and is no chief: knows what all who have one may know."""

    def __init__(self) -> None:
        super().__init__()
        vars(self)["roles_here"] = frozenset({UserRole.REVIEWER})


def as_of(reader: Reader) -> dt.datetime | None:
    """Return the past moment at which somebody reads; None is today."""
    return reader.moment if isinstance(reader, PublicAt) else None


class UserRole(models.TextChoices):
    """What a person does here; the name of their group."""

    CONTRIBUTOR = "contributor", gettext_lazy("contributor")
    REVIEWER = "reviewer", gettext_lazy("reviewer")
    EDITOR = "editor", gettext_lazy("editor")
    CHIEF = "chief", gettext_lazy("chief editor")
    ADMIN = "admin", gettext_lazy("administrator")


class FieldClass(StrEnum):
    """Who may see a field: everyone, people with a desk, or the chief."""

    PUBLIC = "PUBLIC"
    INTERNAL = "INTERNAL"
    PROTECTED = "PROTECTED"


_CURATORS = frozenset({UserRole.EDITOR, UserRole.CHIEF})
_RECORDERS = _CURATORS | {UserRole.CONTRIBUTOR}

#: Everyone who sees what is not published yet: all but administrators.
DESK = _RECORDERS | {UserRole.REVIEWER}

Acts: TypeAlias = "Mapping[str, frozenset[UserRole]]"

ACTS: Acts = {
    "add source": _RECORDERS,
    "change source": _CURATORS,
    "remove source": _CURATORS,
    "add speaker": _RECORDERS,
    "change speaker": _CURATORS,
    "remove speaker": _CURATORS,
    "record role": _RECORDERS,
    "end role": _CURATORS,
    "say as whom a source speaks": _CURATORS,
    "merge speakers": _CURATORS,
    "withhold speaker": frozenset({UserRole.CHIEF}),
    "add article": _RECORDERS,
    "change article": _CURATORS,
    "add version": _RECORDERS,
    "record derivation": _RECORDERS,
    "end derivation": _CURATORS,
    "decide on a derivation": _RECORDERS,
    "retract article": _CURATORS,
    "read an original": DESK,
    "read the log": DESK,
    "manage accounts": frozenset({UserRole.ADMIN}),
}

_P, _I, _X = FieldClass.PUBLIC, FieldClass.INTERNAL, FieldClass.PROTECTED

#: Every column of every table, by class; a space-separated list each.
FIELDS: dict[str, dict[FieldClass, str]] = {
    "sources.source": {
        _P: "id slug name_ar name_en kind country homepage languages is_training",
        _I: "note version",
    },
    "sources.sourcealias": {_P: "id source name language script", _I: "folded"},
    "sources.speaker": {
        _P: "id slug name_ar name_en kind wikidata source is_training",
        _I: "version",
        _X: "withheld",
    },
    "sources.speakeralias": {_P: "id speaker name language script", _I: "folded"},
    "sources.role": {
        _P: "id speaker name_ar name_en organisation speaks_for recorded_at ended_at "
        "held_from_earliest held_from_latest held_from_precision held_from_words "
        "held_until_earliest held_until_latest held_until_precision held_until_words",
    },
    "sources.ownvoice": {_P: "id source speaker recorded_at ended_at"},
    "sources.merge": {_P: "id speaker into recorded_at ended_at"},
    "sources.article": {
        _P: "id code source url title language byline access archive_url is_training "
        "published_earliest published_latest published_precision published_words "
        "published_origin retracted_on retraction_notice",
        _I: "version",
    },
    "sources.articleversion": {
        _P: "id article number text sha256 fetched_at",
        _I: "original_sha256 original_media_type extractor",
    },
    "sources.derivation": {
        _P: "id article kind origin origin_source origin_speaker article_version "
        "start end words recorded_at ended_at",
    },
    "sources.fingerprint": {_I: "id article_version hash"},
    "sources.suggestedderivation": {
        _I: "id article kind origin origin_source origin_name share origin_share "
        "article_version start end words status decided_by decided_at",
    },
    "sources.withheldspan": {
        _X: "id speaker model object_id field start end text_sha256 kind recorded_at "
        "ended_at",
    },
    "sources.accessentry": {_X: "id speaker reader at route"},
    "sources.change": {
        _I: "seq at actor actor_name action model object_id version_before "
        "version_after reason snapshot previous digest",
    },
}


#: Who reaches a route, by its name; `EVERYONE` includes anonymous readers.
Routes: TypeAlias = "dict[str, frozenset[UserRole] | None]"
EVERYONE: frozenset[UserRole] | None = None


class NotAllowed(PermissionDenied):
    """The account has no role that may do this."""


def roles_of(user: Reader) -> frozenset[str]:
    """Return the roles of an account: none for anonymous or inactive ones.

    A superuser administers accounts and nothing else. Cost: one query, once an
    account object.
    """
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    cached: frozenset[str] | None = user.__dict__.get("roles_here")
    if cached is None:
        names = set(user.groups.values_list("name", flat=True))
        if user.is_superuser:
            names.add(UserRole.ADMIN)
        cached = frozenset(names & set(UserRole.values))
        user.__dict__["roles_here"] = cached
    return cached


def may(user: Reader, act: str, acts: Acts = ACTS) -> bool:
    """Tell whether one of the account's roles may do this act.

    Raises:
        KeyError: when no table declares the act.
    """
    return bool(roles_of(user) & acts[act])


def require(user: Reader, act: str, acts: Acts = ACTS) -> None:
    """Refuse an act that the account may not do.

    Raises:
        NotAllowed: with a sentence that names the roles which may.
    """
    if not may(user, act, acts):
        allowed = ", ".join(sorted(str(UserRole(role).label) for role in acts[act]))
        raise NotAllowed(_("Only these roles may do this: %s") % allowed)


def sees_withheld(user: Reader) -> bool:
    """Tell whether the account may know the names that are withheld."""
    return may(user, "withhold speaker")


def sees_unpublished(user: Reader) -> bool:
    """Tell whether the account sees what is recorded and not yet published."""
    return bool(roles_of(user) & DESK)


#: What makes a row public, by model label: a condition that the app above supplies,
#: for today (None) or for a past moment.
REACHED: dict[str, Callable[[dt.datetime | None], models.Q]] = {}

#: What only those may know of who see withheld names, by model label.
WITHHELD: dict[str, models.Q] = {
    "sources.speaker": models.Q(withheld=True),
    "sources.speakeralias": models.Q(speaker__withheld=True),
    "sources.role": models.Q(speaker__withheld=True),
    "sources.ownvoice": models.Q(speaker__withheld=True),
    "sources.merge": models.Q(speaker__withheld=True) | models.Q(into__withheld=True),
}


def without_withheld(rows: models.QuerySet[RowModel]) -> models.QuerySet[RowModel]:
    """Return the rows that are not about a withheld speaker."""
    hidden = WITHHELD.get(rows.model._meta.label_lower)
    return rows if hidden is None else rows.exclude(hidden)


def reachable(
    user: Reader, rows: models.QuerySet[RowModel]
) -> models.QuerySet[RowModel]:
    """Return the rows that an account with a desk may know of."""
    return rows if sees_withheld(user) else without_withheld(rows)


def visible_to(
    user: Reader, rows: models.QuerySet[RowModel]
) -> models.QuerySet[RowModel]:
    """Return the rows that a reader may know of: all, or what is (or was) public.

    Withheld speakers are among neither, but for the chief.

    Raises:
        KeyError: when nobody declared what makes rows of this model public.
    """
    rows = reachable(user, rows)
    if sees_unpublished(user):
        return rows
    label, moment = rows.model._meta.label_lower, as_of(user)
    return rows.filter(REACHED[label](moment) if moment else _reached_today(label))


@cache
def _reached_today(label: str) -> models.Q:
    """Return the condition that no moment is part of, made once: that takes longest."""
    return REACHED[label](None)
