"""What a browser does with an admin form: reads its fields, posts them with CRLF."""

from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse


class _Form(HTMLParser):
    """The successful controls of the first form that has a submit row."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[dict[str, list[str]]] = []
        self.select: tuple[str, list[str], list[str]] | None = None
        self.textarea: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value")
        if tag == "form":
            self.forms.append({})
        elif tag == "input" and self._is_posted(given):
            ticked = given.get("type") in {"checkbox", "radio"}
            self._add(name, value or ("on" if ticked else ""))
        elif tag == "textarea":
            self.textarea = name
            self._add(name, "")
        elif tag == "select":
            self.select = (name, [], [])
        elif tag == "option" and self.select is not None:
            _name, options, selected = self.select
            options.append(value or "")
            if "selected" in given:
                selected.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.textarea = None
        elif tag == "select" and self.select is not None:
            name, options, selected = self.select
            for value in selected or options[:1]:
                self._add(name, value)
            self.select = None

    def handle_data(self, text: str) -> None:
        if self.textarea is not None:
            values = self.forms[-1][self.textarea]
            unix = text.replace("\r\n", "\n")
            unix = unix if values[-1] else unix.removeprefix("\n")
            values[-1] += unix.replace("\n", "\r\n")

    def _is_posted(self, given: dict[str, str | None]) -> bool:
        kind = given.get("type")
        if kind in {"checkbox", "radio"}:
            return "checked" in given
        return kind not in {"submit", "button", "search"} and bool(given.get("name"))

    def _add(self, name: str, value: str) -> None:
        if self.forms:
            self.forms[-1].setdefault(name, []).append(value)


def fields(page: HttpResponse) -> dict[str, list[str]]:
    """What a browser would post from the largest form of a page."""
    return max(_Form(page.content.decode()).forms, key=len)


def address(what: Any, view: str = "change", **query: Any) -> str:
    """The address of a row's page, or of a page of a model."""
    meta = what._meta
    name = f"admin:{meta.app_label}_{meta.model_name}_{view}"
    found = reverse(name, args=[] if isinstance(what, type) else [what.pk])
    return f"{found}?{urlencode(query)}" if query else found


def step(row: Any, verb: str) -> str:
    meta = row._meta
    return reverse(
        f"admin:{meta.app_label}_{meta.model_name}_step", args=[row.pk, verb]
    )


def at_desk(user: Any, **defaults: Any) -> Client:
    """A browser in which this account is signed in."""
    client = Client(**defaults)
    client.force_login(user)
    return client


def send(client: Client, at: str, /, **values: Any) -> HttpResponse:
    """Open a form, change these fields, and press Save."""
    return client.post(at, {**fields(client.get(at)), **values})


def complaints(page: HttpResponse) -> str:
    """All errors that a page shows, as one text."""
    form = page.context.get("adminform")
    form = form.form if form else page.context["form"]
    return " ".join(message for errors in form.errors.values() for message in errors)
