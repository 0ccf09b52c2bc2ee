"""Every address there is, worked out from the URL configuration and the rows."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.http import HttpResponse
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from claims.lints import LINTS
from factbase.api.formats import FORMS
from sources.text.fold import fold

#: What may follow an address that begins so.
QUERIES = {
    "/admin/": ("?o=1", "?o=-1"),
    "/api/": ("?count=exact",),
    "/articles/": ("?version=1",),
    "/search/": ("?q=people", "?q=%D8%B9%D8%A8%D8%B1"),
    "/api/v1/search/": ("?q=people", "?q=%D8%B9%D8%A8%D8%B1"),
}
#: Routes that only answer scripts of the admin, or end the visit.
PASSED_OVER = {"admin:logout", "admin:jsi18n"}


def routes(
    resolver: URLResolver | None = None, space: str = ""
) -> Iterator[tuple[str, list[str]]]:
    """Yield the name of every route and those of its parameters."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from routes(pattern, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{space}{pattern.name}", list(pattern.pattern.converters)


def rows_of(model: type[Model]) -> list[Any]:
    return list(model._base_manager.order_by("pk")[:4])


@cache
def _models_by_route() -> dict[str, type[Model]]:
    models = list(admin.site._registry)
    return {f"{m._meta.app_label}_{m._meta.model_name}": m for m in models}


def _values(name: str, parameter: str, keys: dict[str, set[str]]) -> list[str]:
    """What a parameter of a route may be."""
    view = name.removeprefix("admin:")
    model = _models_by_route().get("_".join(view.split("_")[:2]))
    if model and parameter == "object_id":
        return [str(row.pk) for row in rows_of(model)]
    if model and parameter == "verb":
        return [step.verb for step in admin.site.get_model_admin(model).steps]
    return sorted(keys.get(parameter, {"1"}))


def _keys() -> dict[str, set[str]]:
    found: dict[str, Any] = {
        "code": set(),
        "slug": set(),
        "app_label": {"sources"},
        "name": set(LINTS),
        "format": set(FORMS),
        "form": set(FORMS),
    }
    for model in (
        *apps.get_app_config("sources").get_models(),
        *apps.get_app_config("claims").get_models(),
    ):
        for name in {"code", "slug"} & {field.name for field in model._meta.fields}:
            found[name] |= {getattr(row, name) for row in rows_of(model)}
    return found


def addresses() -> Iterator[str]:
    """Yield every address that the rows of the base give."""
    keys = _keys()
    for name, parameters in routes():
        if name in PASSED_OVER:
            continue
        for values in product(*(_values(name, each, keys) for each in parameters)):
            try:
                address = reverse(
                    name, kwargs=dict(zip(parameters, values, strict=True))
                )
            except NoReverseMatch:
                continue
            yield address
            yield from _asked(address)
    yield from _choices()


def _asked(address: str) -> Iterator[str]:
    for beginning, queries in QUERIES.items():
        if address.startswith(beginning) and not re.search(r"/\d+/", address):
            yield from (f"{address}{query}" for query in queries)


def _choices() -> Iterator[str]:
    """Yield what the boxes of forms ask while somebody types."""
    for model in admin.site._registry:
        for name in admin.site.get_model_admin(model).autocomplete_fields:
            meta = model._meta
            yield (
                f"/admin/autocomplete/?app_label={meta.app_label}"
                f"&model_name={meta.model_name}&field_name={name}&term="
            )


def body_of(response: HttpResponse) -> str:
    """Return what an answer says, also where it is streamed."""
    body = b"".join(response) if response.streaming else response.content
    return body.decode("utf-8", "replace")


def leaks(response: HttpResponse, forms: list[str]) -> set[str]:
    """The forms of a name that an answer holds, in its body or a header."""
    told = [body_of(response), *map(str, response.headers.values())]
    folded = fold("\n".join(told)).text
    return {form for form in forms if fold(form).text in folded}
