"""The page of a search: what stands where, and what would narrow it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from claims.exchange import found as table_of_hits
from claims.exchange.tables import MEDIA_TYPE
from claims.listing import Choice, Filters, Row, Written, query_string
from claims.models import Event, SearchKind, Status
from claims.search import KINDS, Count, CursorRefused, Found, Question, search
from sources.models import Source, Speaker
from sources.search import WordsRefused, require_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import _StrOrPromise

    from sources.policy import Reader

PAGE_SIZE = 20

FILTERS: Filters = {
    "kind": Choice(_("kind"), "", SearchKind.choices),
    "source": Row(pgettext_lazy("label", "source"), "", Source),
    "speaker": Row(pgettext_lazy("label", "speaker"), "", Speaker),
    "event": Row(pgettext_lazy("label", "event"), "", Event),
    "language": Written(_("language"), "", r"[a-z]{2,3}(-[A-Za-z]{2,8})?"),
    "year": Written(_("year"), "", r"\d{4}"),
    "status": Choice(_("status"), "", Status.choices),
}
_SWITCHES: Filters = {
    "exact": Choice(_("exactly these words"), "", [("true", "")]),
    "order": Choice(_("newest first"), "", [("newest", "")]),
}
#: What a search is shared by, in the order of its address.
_PARAMETERS = ("q", *FILTERS, *_SWITCHES)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the query string asks for."""

    parameters: dict[str, str]
    chosen: dict[str, Any]

    @classmethod
    def by(cls, query: Mapping[str, str], reader: Reader) -> Asked:
        """Read the query string: one query for each row that it names.

        Raises:
            Http404: for a value that no filter takes.
        """
        given = {name: query[name] for name in _PARAMETERS if query.get(name, "")}
        filters = {**FILTERS, **_SWITCHES}
        chosen = {
            name: filters[name].read(value, reader)
            for name, value in given.items()
            if name in filters
        }
        return cls(given, chosen)

    @property
    def question(self) -> Question:
        """What the index is asked."""
        given = {name: self.parameters.get(name) for name in FILTERS}
        kind, year = given.pop("kind"), given.pop("year")
        return Question(
            self.parameters.get("q", ""),
            kinds=(kind,) if kind else KINDS,
            year=int(year) if year else None,
            exact="exact" in self.chosen,
            newest="order" in self.chosen,
            **given,
        )

    @property
    def query(self) -> str:
        """The query string of this search, from its first page on."""
        return query_string(self.parameters)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a form keeps while its words are changed."""
        return [
            (name, self.parameters[name]) for name in FILTERS if name in self.chosen
        ]

    @property
    def chips(self) -> list[tuple[_StrOrPromise, Any, str]]:
        """Label, chosen row or words, and the query string without this filter."""
        return [
            (each.label, _told(name, self.chosen[name]), self.without(name))
            for name, each in FILTERS.items()
            if name in self.chosen and name != "kind"
        ]

    @property
    def anywhere(self) -> str:
        """The query string without any filter."""
        kept = ("q", *_SWITCHES)
        return query_string(
            {name: each for name, each in self.parameters.items() if name in kept}
        )

    @property
    def in_any_form(self) -> str:
        """The query string for words in whatever form."""
        return self.without("exact")

    def without(self, name: str) -> str:
        """Return the query string without one parameter."""
        return query_string(self.parameters, but=name)

    def narrower(self, name: str, value: str) -> str:
        """Return the query string with one parameter more."""
        return query_string({**self.parameters, name: value})


_LABELS: dict[str, dict[Any, Any]] = {
    "language": dict(settings.LANGUAGES),
    "status": dict(Status.choices),
}


def _told(name: str, chosen: Any) -> Any:
    """Return the row that was chosen, or the label of the value."""
    return _LABELS.get(name, {}).get(chosen, chosen)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the box, and what was found with the words in it."""
    reader = request.user
    asked = Asked.by(request.GET, reader)
    context: dict[str, Any] = {"asked": asked, "words": asked.parameters.get("q", "")}
    status = HTTPStatus.OK
    if context["words"]:
        try:
            context |= _found(asked, reader, request.GET.get("cursor"))
        except WordsRefused as refused:
            context["refusal"] = refused.message
            status = HTTPStatus.BAD_REQUEST
    return render(request, "claims/search.html", context, status=status)


def _found(asked: Asked, reader: Reader, cursor: str | None) -> dict[str, Any]:
    require_words(asked.parameters["q"])
    try:
        found = search(asked.question, reader, limit=PAGE_SIZE, after=cursor)
    except CursorRefused as refused:
        raise Http404 from refused
    further = {**asked.parameters, "cursor": found.next} if found.next else None
    return {
        "found": found,
        "is_inside": cursor is not None,
        "next_query": further and query_string(further),
        "kinds": list(_kinds(asked, found, reader)),
        "facets": list(_facets(asked, found)),
    }


def _kinds(
    asked: Asked, found: Found, reader: Reader
) -> Iterator[tuple[_StrOrPromise, Any, str, bool]]:
    """Yield each kind with how many hits it has, where to, and whether it is chosen.

    Where one is chosen, the others are counted by another search without hits.
    """
    chosen = asked.chosen.get("kind")
    if chosen:
        everything = replace(asked.question, kinds=KINDS)
        found = search(everything, reader, limit=0)
    counts = {each.value: each.count for each in found.facets.get("kind", [])}
    yield _("All"), found.counted, asked.without("kind"), not chosen
    for kind in SearchKind:
        if kind.value in counts or kind.value == chosen:
            count = Count(counts.get(kind.value, 0), found.counted.is_capped)
            narrower = asked.narrower("kind", kind.value)
            yield _PLURALS[kind], count, narrower, kind.value == chosen


_PLURALS = {
    SearchKind.ARTICLE: _("Articles"),
    SearchKind.CLAIM: _("Claims"),
    SearchKind.QUOTE: _("Quotes"),
    SearchKind.MEASURE: _("Measures"),
    SearchKind.EVENT: _("Events"),
    SearchKind.SPEAKER: _("Speakers"),
    SearchKind.SOURCE: _("Sources"),
}


def _facets(asked: Asked, found: Found) -> Iterator[tuple[_StrOrPromise, Any]]:
    """Yield what would narrow the hits: a label, and values with counts and where to."""
    for name, each in FILTERS.items():
        values = found.facets.get(name, [])
        if values and name != "kind" and name not in asked.chosen:
            yield (
                each.label,
                [
                    (
                        _LABELS.get(name, {}).get(value.value, value.label),
                        value.count,
                        asked.narrower(name, value.value),
                    )
                    for value in values
                ],
            )


@require_safe
def table(request: HttpRequest) -> StreamingHttpResponse:
    """Give all that was found as CSV, line by line."""
    asked = Asked.by(request.GET, request.user)
    require_words(asked.parameters.get("q", ""))
    lines = table_of_hits.write(
        asked.question, request.user, request.build_absolute_uri
    )
    answer = StreamingHttpResponse(lines, content_type=f"{MEDIA_TYPE}; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="search.csv"'
    return answer
