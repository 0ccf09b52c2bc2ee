"""Every question there is: each address of each route with rows in each state."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from itertools import count
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from claims.lints import LINTS, Lint
from claims.models import Assessment, Batch, Claim, ErrorReport, Event, Measure, Quote
from sources.models import Article, Source, Speaker
from tests.policy_matrix.world import World
from tests.withholding.crawling import routes

#: For other readers and languages than the first: these differ on no engine.
OF_NO_ENGINE = (pytest.mark.drill, pytest.mark.once)

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
SAFE = {"GET", "HEAD", "OPTIONS"}

_REVIEWED = (Claim, Quote, Assessment)
#: The rows whose keys a route of the site or the API takes.
TAKEN: dict[str, tuple[type[Any], ...]] = {
    **{model._meta.model_name: (model,) for model in (*_REVIEWED, Event, Measure)},
    **{model._meta.model_name: (model,) for model in (Article, Source, Speaker)},
    "correction": _REVIEWED,
    "report": (Claim, Quote),
    "review": _REVIEWED,
    "review-assign": _REVIEWED,
    "take-over": _REVIEWED,
    "report-answer": (ErrorReport,),
    "import": (Batch,),
    **dict.fromkeys(("measure-changes", "measure-chart", "measure-embed"), (Measure,)),
    **dict.fromkeys(("measure-table", "measure-table-metadata"), (Measure,)),
    "claim-linked": (Claim,),
    "quote-linked": (Quote,),
    "annotation": (Claim, Quote),
    "article-annotations": (Article,),
    "measure-feed": (Measure,),
    "speaker-feed": (Speaker,),
    "source-feed": (Source,),
    "measure-comparison": (Measure,),
    "lint": (Lint,),
}


@dataclass(frozen=True)
class Question:
    """An address, the route it is of, and what it is about."""

    route: str
    address: str
    row: Any = None
    is_public: bool = True
    #: In the admin: whose page it is, which of its pages, which step.
    model: type[Model] | None = None
    view: str = ""
    verb: str = ""


def questions(world: World) -> Iterator[Question]:
    """Yield every question, of pages and API first, then of the desk.

    Raises:
        KeyError: for a route with parameters that `TAKEN` does not name.
    """
    for name, parameters in routes():
        if not name.startswith("admin:"):
            yield from _of_the_site(world, name, parameters)
        elif not _model_of(name):
            yield from _of_the_admin(name, parameters)
    for model in admin.site._registry:
        yield from _of_the_desk(world, model)


def _of_the_site(world: World, name: str, parameters: list[str]) -> Iterator[Question]:
    if name == "password_reset_confirm":
        yield Question(name, reverse(name, args=["MQ", "no-token"]))
        return
    form = dict.fromkeys({"form", "format"}.intersection(parameters), "csv")
    keys = [each for each in parameters if each not in form]
    if not keys:
        yield Question(name, reverse(name, kwargs=form))
    for parameter in keys:
        for model in TAKEN[re.sub("^api:|-(detail|metadata)$", "", name)]:
            for row, is_public in _rows(world, model):
                key = row.pk if parameter == "number" else getattr(row, parameter)
                address = reverse(name, kwargs={**form, parameter: key})
                yield Question(name, address, row, is_public)


def _rows(world: World, model: type[Any]) -> list[tuple[Any, bool]]:
    if model is Lint:  # no row, and known to everybody
        return [(lint, True) for lint in LINTS.values()]
    return world.of(model)


# --- the desk ---


def _of_the_admin(name: str, parameters: list[str]) -> Iterator[Question]:
    if parameters:
        raise KeyError(name)
    if name != "admin:app_list":
        yield Question(name, reverse(name))
        return
    for label in {model._meta.app_label for model in admin.site._registry}:
        yield Question(name, reverse(name, args=[label]), view=label)


def _model_of(name: str) -> type[Model] | None:
    """The model whose pages a route of the admin belongs to."""
    words = name.removeprefix("admin:").split("_")
    for model in admin.site._registry:
        if words[:2] == [model._meta.app_label, model._meta.model_name]:
            return model
    return None


def _of_the_desk(world: World, model: type[Model]) -> Iterator[Question]:
    known = {(type(row), row.pk): public for row in world.public for public in [True]}
    for name, parameters in routes():
        if not name.startswith("admin:") or _model_of(name) is not model:
            continue
        view = name.split("_", 2)[2]
        told = {"model": model, "view": view}
        if not parameters:
            yield Question(name, reverse(name), **told)
            continue
        for row in one_of_each_state(world, model):
            is_public = (model, row.pk) in known
            for verb in _verbs(model) if "verb" in parameters else [""]:
                address = reverse(name, args=[row.pk, *filter(None, [verb])])
                yield Question(name, address, row, is_public, **told, verb=verb)
    yield from _choices(model)


def _verbs(model: type[Model]) -> list[str]:
    return [step.verb for step in admin.site.get_model_admin(model).steps]


def _choices(model: type[Model]) -> Iterator[Question]:
    meta = model._meta
    for name in admin.site.get_model_admin(model).autocomplete_fields:
        address = (
            f"{reverse('admin:autocomplete')}?app_label={meta.app_label}"
            f"&model_name={meta.model_name}&field_name={name}&term=a"
        )
        target = meta.get_field(name).related_model
        yield Question("admin:autocomplete", address, model=target, view="autocomplete")


def one_of_each_state(world: World, model: type[Model]) -> list[Any]:
    """The first row of a model in every state that a policy may ask for."""
    people = {user.pk for user in world.people.values() if user}
    found: dict[Any, Any] = {}
    for row in model._base_manager.order_by("pk"):
        owner = getattr(row, "recorded_by_id", None)
        state = (
            *(getattr(row, name, None) for name in ("status", "withheld", "how")),
            getattr(row, "ended_at", None) is None,
            owner if owner in people else None,
            getattr(row, "is_active", None),
        )
        found.setdefault(state, row)
    return list(found.values())


# --- asking ---

#: Tables that keep nothing of what the base says.
_OF_VISITS = re.compile(r"django_session|axes_|auth_user|sources_accessentry|otp_")
_WRITE = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)


@contextmanager
def writes() -> Iterator[list[str]]:
    """Collect each statement that writes to the base while this is open."""
    found: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        if _WRITE.match(sql) and not _OF_VISITS.search(sql[:80]):
            found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


_hosts = (f"{n // 250}.{n % 250}" for n in count(1))


class Visitor:
    """A browser that asks as one account, each time as if for the first."""

    def __init__(self, user: User | None, language: str = "en") -> None:
        self.client = Client(
            headers={"accept-language": language}, raise_request_exception=False
        )
        known = user and type(user).objects.get(pk=user.pk)
        self.name = known.get_short_name() or known.username if known else ""
        if user:
            self.client.force_login(user)
        self.cookies = self.client.cookies.output(header="", sep=";")

    def ask(
        self, method: str, address: str, posted: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Ask; whatever it changed is undone."""
        self.client.cookies = SimpleCookie(self.cookies)
        ask = getattr(self.client, method.lower())
        host = f"10.0.{next(_hosts)}"  # so that nobody asks too often
        with transaction.atomic():
            response = ask(address, *filter(None, [posted]), REMOTE_ADDR=host)
            transaction.set_rollback(True)
        return response
