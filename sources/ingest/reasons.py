"""The reasons why nothing was taken out of a file, as sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sources.documents import MAX_BYTES, MAX_TEXT, Reason

REASONS = {
    Reason.TOO_LARGE: _("It is larger than %(megabytes)d MB."),
    Reason.TOO_LONG: _("Its text is longer than %(characters)d characters."),
    Reason.TOO_SLOW: _("Reading it took too long and was ended."),
    Reason.TOO_MUCH_MEMORY: _("Reading it took too much memory and was ended."),
    Reason.TOO_DEEP: _("Its elements are nested too deep."),
    Reason.TOO_MANY_PARTS: _("It has too many parts for an article."),
    Reason.UNPACKS_TOO_LARGE: _("Unpacked it would be too large."),
    Reason.ENCRYPTED: _("It is locked with a password, or an old .doc: save it anew."),
    Reason.DAMAGED: _("It is damaged and cannot be read."),
    Reason.NOT_ITS_KIND: _("It is not what the end of its name says."),
    Reason.NO_TEXT: _("No text was found in it."),
}
"""What to say for each reason."""


def sentence(reason: Reason) -> str:
    """The sentence that states a reason, with the limit that was met."""
    limits = {"megabytes": MAX_BYTES // 1_000_000, "characters": MAX_TEXT}
    return str(REASONS[reason]) % limits
