"""How the places and the days of a chart are written in its document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims.charts.geometry import WIDTH
from claims.charts.scales import Unit
from claims.charts.style import STYLE
from sources.forms.showing import reading_language
from sources.text.dates import PartialDate

if TYPE_CHECKING:
    from claims.charts.shapes import DayTick, Layout, Mark

register = template.Library()

#: How wide a chart is that stands by itself, in pixels.
ALONE = 720

_SIGNS = {
    "dot": gettext_lazy("a number"),
    "about": gettext_lazy("about a number"),
    "bar": gettext_lazy("a range"),
    "up": gettext_lazy("open above"),
    "down": gettext_lazy("open below"),
    "ring": gettext_lazy("bound excluded"),
    "vague": gettext_lazy("vague"),
    "repeated": gettext_lazy("repeated"),
    "denied": gettext_lazy("denied"),
    "withdrawn": gettext_lazy("withdrawn"),
}


@register.filter
def across(x: int) -> str:
    """Return a place across as a share of the width."""
    return f"{x * 100 / WIDTH:g}%"


@register.filter
def origin(layout: Layout) -> SafeString:
    """Return the attributes of words that stand where the writing begins."""
    if layout.is_mirrored:
        return format_html('x="{}" dx="{}"', across(WIDTH), layout.start)
    return format_html('dx="-{}"', layout.start)


@register.filter
def before(layout: Layout) -> int:
    """Return how many pixels lie to the left of the plot."""
    return layout.end if layout.is_mirrored else layout.start


@register.filter
def plot(layout: Layout) -> int:
    """Return how wide the plot is in a chart that stands by itself."""
    return ALONE - layout.start - layout.end


@register.simple_tag
def alone() -> int:
    """Return how wide a chart is that stands by itself, in pixels."""
    return ALONE


@register.filter
def sign(name: str) -> str:
    """Return what a sign of the legend means."""
    return str(_SIGNS[name])


@register.filter
def lines(tick: DayTick) -> list[str]:
    """Return the words of a tick of time in two lines, the year in the second."""
    language, day = reading_language(), tick.day
    if tick.unit == Unit.YEAR:
        return [PartialDate.year(day.year).in_words(language)]
    is_month = tick.unit == Unit.MONTH
    date = PartialDate.month(day.year, day.month) if is_month else PartialDate.day(day)
    words, _space, year = date.in_words(language).rpartition(" ")
    return [words, year]


@register.filter
def told(mark: Mark) -> str:
    """Return what a mark tells; how many claims, if several say the same."""
    if mark.n == 1:
        return mark.entry.told
    alike = ngettext("%(n)d claim", "%(n)d claims", mark.n) % {"n": mark.n}
    return _(", ").join([mark.entry.told, alike])


@register.filter
def dotted(marks: tuple[Mark, ...]) -> str:
    """Return one path of dots for the numbers of marks that lead nowhere."""
    return "".join(f"M{mark.x} {y}h0" for mark in marks for y in mark.bounds)


@register.simple_tag
def chart_style() -> SafeString:
    """Return the style sheet of a chart that stands by itself."""
    style = mark_safe(STYLE)  # noqa: S308  # a file of ours
    return format_html("<style>{}</style>", style)
