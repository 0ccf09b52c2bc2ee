"""What the parts of a score say, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.models import SuggestedLink

_SAID = {
    "happened": _("Both say that the same happened."),
    "counted": _("What is counted has the same nouns."),
    "event": _("Another claim of the article is about this event."),
    "place": _("The article names the place."),
    "day": _("The days are those of the event, or of a claim of this measure."),
    "words": _("Nearly the same words, with the same numbers."),
    "speaker": _("Both name the same speaker."),
    "unnamed": _("One of them names nobody, so it may be the same speaker."),
    "soon": _("Both were published within a few days."),
}


def reasons(link: SuggestedLink) -> Iterator[tuple[str, int]]:
    """Yield what matched in a sentence each, and the hundredths that it adds."""
    for part, sentence in _SAID.items():
        if points := link.facts.get(part):
            yield str(sentence), points
