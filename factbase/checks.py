"""System checks: what is not declared or not guarded does not start."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.admin import AdminSite
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.urls import URLResolver, get_resolver

import claims.models.guards
import sources.models.guards
from factbase.policy import ACTS, FIELDS, OWN_POLICY, ROUTES
from sources.admin.steps import StepsAdmin
from sources.engine import careless_settings, installed_definitions
from sources.policy import REACHED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

APPS = ("sources", "claims")
SECRET_KEY_LENGTH = 50

#: Every trigger that ought to be at work.
GUARDS = (*sources.models.guards.GUARDS, *claims.models.guards.GUARDS)


def refuse_unsafe_production() -> None:
    """Run every check of a deployment, those that ask the database too.

    Raises:
        SystemCheckError: for errors and warnings alike.
    """
    call_command(
        "check",
        deploy=True,
        databases=["default"],
        fail_level="WARNING",
        stdout=io.StringIO(),
    )


@register(Tags.models)
def every_field_has_a_class(**kwargs: Any) -> list[CheckMessage]:
    """factbase.E001: each column is declared once as public, internal or protected."""
    del kwargs
    found: list[CheckMessage] = []
    for label in APPS:
        for model in apps.get_app_config(label).get_models():
            declared = " ".join(
                FIELDS.get(model._meta.label_lower, {}).values()
            ).split()
            columns = sorted(field.name for field in model._meta.concrete_fields)
            if sorted(declared) != columns:
                wrong = sorted(set(columns) ^ set(declared)) or ["twice"]
                found.append(
                    Error(
                        f"The policy and the columns differ: {', '.join(wrong)}.",
                        hint=f"Class every column in {label}/policy.py.",
                        obj=model,
                        id="factbase.E001",
                    )
                )
    return found


def route_names(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    """Yield the name of every route outside the namespaces with a policy of their own."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace in OWN_POLICY:
                continue
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from route_names(pattern, inner)
        else:
            yield f"{prefix}{pattern.name}"


@register(Tags.urls)
def every_route_has_a_policy(**kwargs: Any) -> list[CheckMessage]:
    """factbase.E002: each route is declared, and each declaration is a route."""
    del kwargs
    names = set(route_names())
    return [
        Error(
            f"Route and policy differ: {name}.",
            hint="Say in a policy table who reaches the route.",
            id="factbase.E002",
        )
        for name in sorted(names ^ set(ROUTES))
    ]


@register(Tags.urls)
def every_act_of_the_desk_is_declared(**kwargs: Any) -> list[CheckMessage]:
    """factbase.E008: whatever the desk lets do asks for an act of a policy table."""
    del kwargs
    site: Any = admin.site
    asked = [(site, ACTS, each) for each in _addresses(site, AdminSite)]
    for own in site._registry.values():  # noqa: SLF001  # the site's list
        asked += [(own, own.table, each) for each in _acts_of(own)]
    return [
        Error(
            f"{what}: {f'no policy declares “{act}”' if act else 'asks for no act'}.",
            hint="Name an act of sources.policy.ACTS or claims.policy.ACTS; addresses "
            "are made with StepsAdmin.page, and instead of actions there are steps.",
            obj=owner.__class__,
            id="factbase.E008",
        )
        for owner, table, (what, act) in asked
        if act not in ACTS.keys() & table.keys()
    ]


def _acts_of(own: Any) -> Iterator[tuple[str, str]]:
    """Yield what an admin lets do, and the act it asks for; empty for none."""
    for kind in ("adding", "changing", "removing"):
        if act := getattr(own, kind):
            yield kind.capitalize(), act
    for step in own.steps:
        yield from ((f"The step “{step.verb}”", act) for act in step.acts or [""])
    if own.actions is not None:  # they would ask nobody
        yield "The actions of its list", ""
    yield from _addresses(own, StepsAdmin)


def _addresses(owner: Any, stock: Any) -> Iterator[tuple[str, str]]:
    """Yield each address that an owner has beside those of a stock class."""
    left = [repr(each) for each in stock.get_urls(owner)]
    for each in owner.get_urls():
        if repr(each) in left:
            left.remove(repr(each))
        else:
            yield f"The address “{each.pattern}”", getattr(each.callback, "act", "")


@register(Tags.models)
def every_reach_is_declared(**kwargs: Any) -> list[CheckMessage]:
    """factbase.E003: what makes each readable model public is declared."""
    del kwargs
    readable = {
        *("claims.claim", "claims.quote", "claims.assessment", "claims.event"),
        *("claims.measure", "sources.article", "sources.source", "sources.speaker"),
    }
    return [
        Error(
            f"Nothing says when a row of {label} is public.",
            hint="Declare it in claims.policy.declare_reach.",
            id="factbase.E003",
        )
        for label in sorted(readable - set(REACHED))
    ]


@register(Tags.security, deploy=True)
def production_is_safe(**kwargs: Any) -> list[CheckMessage]:
    """factbase.E004, W001: no debug pages or weak key in production; an https address."""
    del kwargs
    found: list[CheckMessage] = []
    if settings.DEBUG:
        found.append(
            Error("DEBUG is on.", hint="Unset FACTBASE_DEBUG.", id="factbase.E004")
        )
    if len(settings.SECRET_KEY) < SECRET_KEY_LENGTH:
        found.append(
            Error(
                "The secret key is short.",
                hint="Unset SECRET_KEY: one is made in the data folder.",
                id="factbase.E004",
            )
        )
    if "*" in settings.ALLOWED_HOSTS:
        found.append(Error("Any host is answered.", id="factbase.E004"))
    if not settings.IS_PRODUCTION:
        found.append(
            checks.Warning(
                "PUBLIC_URL is no https address.",
                hint="PUBLIC_URL=https://… turns on the production profile.",
                id="factbase.W001",
            )
        )
    return found


@register(Tags.database, deploy=True)
def database_is_fit(
    databases: Collection[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """factbase.E005, E006, E007: migrated, guarded by every trigger, and flushing."""
    del kwargs
    return [
        message
        for using in databases or ()
        for message in (*_pending(using), *_unguarded(using), *_careless(using))
    ]


def _pending(using: str) -> Iterator[CheckMessage]:
    executor = MigrationExecutor(connections[using])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        yield Error(
            f"{len(plan)} migrations are pending.",
            hint="Run manage.py migrate.",
            id="factbase.E005",
        )


def _unguarded(using: str) -> Iterator[CheckMessage]:
    installed = installed_definitions(using)
    for guard in GUARDS:
        for name, declared in guard.definitions(connections[using].vendor).items():
            if installed.get(name) != declared:
                yield Error(
                    f"The trigger {name} is missing, or is another than declared.",
                    hint="Find out who changed it: manage.py verify.",
                    id="factbase.E006",
                )


def _careless(using: str) -> Iterator[CheckMessage]:
    for setting in careless_settings(using):
        yield Error(
            f"The database does not wait for its disk: {setting}.",
            hint="A power cut would lose what was acknowledged: switch it on.",
            id="factbase.E007",
        )
