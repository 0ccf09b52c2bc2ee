"""Rows that a reader asks for: one, or lists narrowed by declared parameters only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import Q
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404

from sources import search
from sources.as_of import PARAMETER, NotPublishedThen, reader_of, written
from sources.policy import Reader, as_of, visible_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from django.db.models import Model, QuerySet
    from django.http import HttpRequest
    from django.utils.functional import _StrOrPromise

PAGE_SIZE = 30


@dataclass(frozen=True, slots=True)
class _Filter:
    """A parameter that a list is narrowed by."""

    label: _StrOrPromise
    lookup: str

    def narrowed(self, rows: QuerySet[Any], chosen: Any, reader: Reader) -> Any:
        """Return the rows that what was chosen leaves."""
        return rows.filter(self.condition(chosen, reader))

    def condition(self, chosen: Any, reader: Reader) -> Q:
        """Return the condition on the rows that what was chosen leaves."""
        del reader
        return Q(**{self.lookup: chosen})


@dataclass(frozen=True, slots=True)
class Choice(_Filter):
    """A parameter that takes one of a few values of a column."""

    options: Iterable[tuple[str, _StrOrPromise]]

    def read(self, value: str, reader: Reader) -> Any:
        """Return the value to compare with.

        Raises:
            Http404: when it is none of the options.
        """
        del reader
        if value not in dict(self.options):
            raise Http404
        return value


@dataclass(frozen=True, slots=True)
class Row(_Filter):
    """A parameter that takes the slug of a row which the reader may see."""

    model: type[Model]

    def read(self, value: str, reader: Reader) -> Any:
        """Return the row: one query.

        Raises:
            Http404: when the reader knows of no such row.
        """
        rows = visible_to(reader, self.model._default_manager.all())
        return get_object_or_404(rows, slug=value)


@dataclass(frozen=True, slots=True)
class Written(_Filter):
    """A parameter that takes what is written in one way, such as a year."""

    pattern: str

    def read(self, value: str, reader: Reader) -> str:
        """Return the value.

        Raises:
            Http404: when it is not so written.
        """
        del reader
        if not re.fullmatch(self.pattern, value, re.ASCII):
            raise Http404
        return value


@dataclass(frozen=True, slots=True)
class Words(_Filter):
    """A parameter that takes words, of which the rows that hold them are left."""

    def read(self, value: str, reader: Reader) -> str:
        """Return the words.

        Raises:
            WordsRefused: where they cannot be looked for.
        """
        del reader
        search.require_words(value)
        return value

    def narrowed(self, rows: QuerySet[Any], chosen: Any, reader: Reader) -> Any:
        """Return the rows that hold the words."""
        return search.matching(rows, chosen, reader)


Filters: TypeAlias = "Mapping[str, Choice | Row | Words | Written]"


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Rows, and what narrowed them."""

    rows: Any
    filters: Filters
    chosen: dict[str, Any]
    parameters: dict[str, str]

    @property
    def query(self) -> str:
        """The chosen filters as a query string, without the page."""
        return query_string(self.parameters)

    @property
    def boxes(self) -> list[tuple[str, Words, str]]:
        """Name, filter and words of what a form offers to write in."""
        return [
            (name, each, self.chosen.get(name, ""))
            for name, each in self.filters.items()
            if isinstance(each, Words)
        ]

    @property
    def selects(self) -> list[tuple[str, Choice, str]]:
        """Name, filter and chosen value of what a form offers to choose."""
        return [
            (name, each, self.chosen.get(name, ""))
            for name, each in self.filters.items()
            if isinstance(each, Choice)
        ]

    @property
    def chips(self) -> list[tuple[str, Row, Any, str]]:
        """Name, filter, chosen row, and the query string without this filter."""
        return [
            (name, each, self.chosen[name], query_string(self.parameters, but=name))
            for name, each in self.filters.items()
            if isinstance(each, Row) and name in self.chosen
        ]


@dataclass(frozen=True, slots=True)
class Listing(Narrowed):
    """One page of a list, and what narrowed it."""

    page: Page[Any]


def sought(request: HttpRequest, rows: Callable[[Reader], Any], **key: str) -> Any:
    """Return the row that the reader may see.

    Raises:
        Http404: when there is none, or none that the reader may see.
        NotPublishedThen: when only today's public may see it.
    """
    reader = reader_of(request)
    try:
        return get_object_or_404(rows(reader), **key)
    except Http404:
        today = as_of(reader) and rows(AnonymousUser()).filter(**key).first()
        if today:
            raise NotPublishedThen(today.get_absolute_url()) from None
        raise


def query_string(parameters: dict[str, str], but: str = "") -> str:
    """Return parameters as a query string, leaving one out."""
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in parameters.items() if name != but})
    return query.urlencode()


def paged(request: HttpRequest, rows: Any) -> Page[Any]:
    """Return the page of the rows that the query string asks for.

    Raises:
        Http404: for a page that is not there.
    """
    try:
        return Paginator(rows, PAGE_SIZE).page(request.GET.get("page") or 1)
    except InvalidPage as missing:
        raise Http404 from missing


def narrowed(
    request: HttpRequest, rows: QuerySet[Any], filters: Filters, reader: Reader
) -> Narrowed:
    """Return the rows that the query string asks for.

    Parameters that `filters` does not name are not read. Cost: one query for each
    chosen row.

    Raises:
        Http404: for a value that no filter takes.
        WordsRefused: for words that cannot be looked for.
    """
    parameters = {
        name: request.GET[name] for name in filters if request.GET.get(name, "")
    }
    chosen = {
        name: filters[name].read(value, reader) for name, value in parameters.items()
    }
    for name, value in chosen.items():
        rows = filters[name].narrowed(rows, value, reader)
    if moment := as_of(reader):
        parameters[PARAMETER] = written(moment)
    return Narrowed(rows, filters, chosen, parameters)


def listed(
    request: HttpRequest,
    rows: QuerySet[Any],
    filters: Filters,
    reader: Reader | None = None,
) -> Listing:
    """Return the page of the rows that the query string asks for.

    It is of the moment that the query string names, unless a reader is given. Cost:
    the rows, their count, and one query for each chosen row.

    Raises:
        Http404: for a value that no filter takes, or a page that is not there.
        WordsRefused: for words that cannot be looked for.
    """
    found = narrowed(request, rows, filters, reader or reader_of(request))
    page = paged(request, found.rows)
    return Listing(found.rows, filters, found.chosen, found.parameters, page)
