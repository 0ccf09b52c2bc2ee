"""How rows, dates and figures are written on a page, in the reader's language."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from claims import passages, policy, queue
from claims.exchange import jsonld
from claims.figures import figure, number, unit, unit_of
from sources.as_of import PARAMETER, end_of, kept_as_of, moment_of
from sources.policy import sees_unpublished
from sources.text.dates import PartialDate, Precision

if TYPE_CHECKING:
    from decimal import Decimal

    from django.db.models import Model

    from claims.models import Event, Statement
    from sources.models import Role
    from sources.models.versioned import Bilingual

register = template.Library()


def _language() -> str:
    return "ar" if (get_language() or "").startswith("ar") else "en"


# --- names ---


@register.filter
def name_language(row: Bilingual) -> str:
    """Return the language of the name that the reader sees."""
    return "ar" if row.name == row.name_ar else "en"


@register.filter
def other_language(row: Bilingual) -> str:
    """Return the language of the other name."""
    return "en" if row.name == row.name_ar else "ar"


@register.simple_tag
def name(row: Bilingual) -> SafeString:
    """Return the name in the reader's language, isolated from what is around it."""
    return format_html('<bdi lang="{}">{}</bdi>', name_language(row), row.name)


@register.simple_tag(takes_context=True)
def to(context: Any, place: Any, **query: Any) -> str:
    """Return where a link leads: to a row, a route or an address, as of the same day."""
    if not isinstance(place, str):
        place = place.get_absolute_url()
    elif place and place[0] not in "/?":
        place = reverse(place)
    if query:
        path, mark, fragment = place.partition("#")
        joint = "&" if "?" in path else "?"
        place = f"{path}{joint}{urlencode(query)}{mark}{fragment}"
    return kept_as_of(context["request"], place) if "request" in context else place


@register.simple_tag(takes_context=True)
def link(context: Any, row: Any) -> SafeString:
    """Return the name as a link to the row's page; a withheld one leads nowhere."""
    if not row.get_absolute_url():
        return format_html('<span title="{}">{}</span>', _("name withheld"), name(row))
    return format_html('<a href="{}">{}</a>', to(context, row), name(row))


@register.inclusion_tag("_as_of.html", takes_context=True)
def as_of_picker(context: Any) -> dict[str, Any]:
    """Show, on pages that take it, the day that a page is of, and a choice of another."""
    request = context["request"]
    moment = moment_of(request)
    others = request.GET.copy()
    for parameter in (PARAMETER, "page"):
        others.pop(parameter, None)
    return {
        "is_taken": "reader" in vars(request),
        "moment": moment,
        "is_whole_day": moment is not None and moment == end_of(moment),
        "today": timezone.now().date(),
        "here": request.path,
        "others": [(key, each) for key, values in others.lists() for each in values],
        "today_address": f"{request.path}?{others.urlencode()}".rstrip("?"),
    }


@register.simple_tag
def both_names(row: Bilingual) -> SafeString:
    """Return the name in the reader's language with the other one beside it."""
    if not row.other_name:
        return name(row)
    return format_html(
        '{} <bdi class="other-name" lang="{}">{}</bdi>',
        name(row),
        other_language(row),
        row.other_name,
    )


@register.filter
def apart(words: str) -> SafeString:
    """Return words that somebody chose, isolated from the sentence they stand in."""
    return format_html("<bdi>{}</bdi>", words)


@register.filter
def elapsed(moment: dt.datetime) -> str:
    """Return how long ago a moment is, in the longest unit of which one is over.

    Django itself says “2 سنتين” for two years.
    """
    hours = int((timezone.now() - moment) / dt.timedelta(hours=1))
    if n := hours // (24 * 365):
        return ngettext("%(n)s year", "%(n)s years", n) % {"n": n}
    if n := hours // (24 * 30):
        return ngettext("%(n)s month", "%(n)s months", n) % {"n": n}
    if n := hours // 24:
        return ngettext("%(n)s day", "%(n)s days", n) % {"n": n}
    if hours > 0:
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    return _("less than an hour")


@register.filter
def noun(row: Model) -> str:
    """Return what a row is, in the words of the glossary."""
    return str(row._meta.verbose_name)


@register.filter
def model_name(row: Model) -> str:
    """Return the name of a row's model in lower case, for the style sheet."""
    return row._meta.model_name or ""


@register.filter
def place(event: Event) -> str:
    """Return the name of an event's place in the reader's language, or the other."""
    names = (event.place_ar, event.place_en)
    in_order = names if _language() == "ar" else names[::-1]
    return next(filter(None, in_order), "")


@register.simple_tag(takes_context=True)
def may(context: Any, act: str) -> bool:
    """Tell whether the reader's roles allow an act."""
    return policy.may(context["request"].user, act)


@register.simple_tag(takes_context=True)
def has_desk(context: Any) -> bool:
    """Tell whether the reader works here, and sees what is not published yet."""
    return sees_unpublished(context["request"].user)


# --- dates and figures ---


@register.filter
def in_words(value: PartialDate | dt.date | None) -> str:
    """Return a date written out, with both names of a month; empty for none.

    A moment is written as its day in UTC.
    """
    if value is None:
        return ""
    if isinstance(value, PartialDate):
        return value.in_words(_language())
    day = value.date() if isinstance(value, dt.datetime) else value
    return PartialDate.day(day).in_words(_language())


@register.filter
def days(event: Event) -> str:
    """Return from when to when something happened; a single day is said once."""
    first, last = event.starts, event.ends
    if first is None or last is None or last.latest == first.earliest:
        return in_words(first)
    return _("from %(first)s to %(last)s") % {
        "first": in_words(first),
        "last": in_words(last),
    }


@register.filter
def held(role: Role) -> str:
    """Return from when to when a role was held; empty where neither end is known.

    An end may be known only to lie between two days.
    """
    ends = [
        (role.held_from, _("from %(day)s"), _("begun between %(first)s and %(last)s")),
        (
            role.held_until,
            _("until %(day)s"),
            _("ended between %(first)s and %(last)s"),
        ),
    ]
    return _(", ").join(
        (between if date.precision == Precision.PERIOD else on)
        % {
            "day": in_words(date),
            "first": in_words(date.earliest),
            "last": in_words(date.latest),
        }
        for date, on, between in ends
        if date
    )


@register.filter
def percent(share: Decimal) -> int:
    """Return a share of one as whole hundredths."""
    return round(share * 100)


for each in (figure, number, unit, unit_of):
    register.filter(each)


# --- statements ---


@register.filter
def json_ld(node: dict[str, Any]) -> SafeString:
    """Return a document as a block of data, which no browser runs."""
    escaped = SafeString(jsonld.as_json(node))
    return format_html('<script type="application/ld+json">{}</script>', escaped)


@register.simple_tag
def withdraw_url(row: Model) -> str:
    """Return where the chief editor withdraws a statement."""
    meta = row._meta
    name = f"admin:{meta.app_label}_{meta.model_name}_step"
    return reverse(name, args=[row.pk, "withdraw"])


@register.filter
def doubts(row: Any) -> list[Any]:
    """Return why a waiting row deserves a second look."""
    return queue.doubts_of(row)


@register.filter
def is_training(row: Any) -> bool:
    """Tell whether a row is invented: itself, or what it stands in or is about."""
    row = row.claim if hasattr(row, "rating") else row
    near = [row, getattr(row, "event", None)]
    if hasattr(row, "article_version"):
        article, measure = row.article_version.article, getattr(row, "measure", None)
        near += [row.speaker, article, article.source, measure and measure.event]
    return any(getattr(each, "is_training", False) for each in near)


@register.filter
def fragment_link(statement: Statement) -> str:
    """Return a link to the words where they were published; empty if unknown."""
    article = statement.article_version.article
    return passages.address_in_article(article, statement.words)


@register.filter
def own_fragment_link(statement: Statement) -> str:
    """Return a link to the words in our copy of the text."""
    version = statement.article_version
    address = version.article.get_absolute_url()
    fragment = passages.text_fragment(statement.words)
    return f"{address}?version={version.number}{fragment}"
