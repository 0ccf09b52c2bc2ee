"""What a comparison found, in one sentence of the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, pgettext_lazy

from claims.comparison.figures import Agreement
from sources.forms.showing import reading_language

if TYPE_CHECKING:
    from claims.comparison import Comparison, Figure

#: How voices stand to each other, in the reader's language.
AGREEMENTS = {
    Agreement.NONE: pgettext_lazy("agreement", "nothing to compare"),
    Agreement.SINGLE_VOICE: pgettext_lazy("agreement", "single voice"),
    Agreement.AGREE: pgettext_lazy("agreement", "agree"),
    Agreement.COMPATIBLE: pgettext_lazy("agreement", "compatible"),
    Agreement.CONTESTED: pgettext_lazy("agreement", "contested"),
}
#: More figures than these are told by the lowest and the highest.
_LISTED = 3


def summary(comparison: Comparison) -> str:
    """Return how many voices there are, in how many articles, and how they stand."""
    if not comparison.voices:
        return _("Nobody gives a figure that is published here")
    return _(_PATTERNS[comparison.agreement]) % {
        "voices_in_articles": counted(len(comparison.voices), comparison.n_articles),
        "figures": _figures(comparison),
        **_worst(comparison),
    }


def counted(n_voices: int, n_articles: int) -> str:
    """Return how many voices there are in how many articles, in words."""
    voices = ngettext("%(n)d voice", "%(n)d voices", n_voices)
    articles = ngettext("%(n)d article", "%(n)d articles", n_articles)
    return _("%(voices)s in %(articles)s") % {
        "voices": voices % {"n": n_voices},
        "articles": articles % {"n": n_articles},
    }


_PATTERNS = {
    Agreement.NONE: gettext_noop(
        "%(voices_in_articles)s; no two figures can be compared: %(figures)s"
    ),
    Agreement.SINGLE_VOICE: gettext_noop("%(voices_in_articles)s: %(figures)s"),
    Agreement.AGREE: gettext_noop("%(voices_in_articles)s agree: %(figures)s"),
    Agreement.COMPATIBLE: gettext_noop(
        "%(voices_in_articles)s; compatible: %(figures)s"
    ),
    Agreement.CONTESTED: gettext_noop(
        "%(voices_in_articles)s; contested: %(first)s against %(second)s"
    ),
}


def _worst(comparison: Comparison) -> dict[str, str]:
    """Return the two figures that lie furthest apart."""
    if comparison.agreement != Agreement.CONTESTED:
        return {}
    worst = comparison.pairs[0]
    return {"first": in_words(worst.first), "second": in_words(worst.second)}


def _figures(comparison: Comparison) -> str:
    """Return the figures of all voices, each once, or how far they reach."""
    stated = [figure for voice in comparison.voices for figure in voice.figures]
    different = list(dict.fromkeys(in_words(figure) for figure in stated))
    if len(different) > _LISTED and comparison.envelope:
        return comparison.envelope.in_words(reading_language())
    return _(", ").join(different)


def in_words(figure: Figure) -> str:
    """Return a figure in words, without its unit."""
    return figure.quantity.in_words(reading_language())
