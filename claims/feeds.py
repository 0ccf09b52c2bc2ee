"""Atom feeds: what changed, for those who follow it.

Whoever asks, a feed holds what the public sees, withheld names hidden. What has a
status stays in its feed when it is withdrawn, under the same id, and says so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from claims.corrections import withdrawn
from claims.figures import figure, unit_of
from claims.models import Claim, Measure, Status
from sources.as_of import for_anyone
from sources.models import Source, Speaker
from sources.policy import visible_to

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import Model
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

    _Feed = Feed[Any, Any]
else:
    _Feed = Feed

#: How many entries a feed holds.
LATEST = 50
#: What XML cannot hold.
_NOT_IN_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class _Atom(Atom1Feed):
    """Atom that shows a mark where a text holds what XML cannot."""

    def add_root_elements(self, handler: Any) -> None:
        """Write what the feed says of itself."""
        self.feed["title"] = _for_xml(self.feed["title"])
        super().add_root_elements(handler)

    def add_item_elements(self, handler: Any, item: Any) -> None:
        """Write an entry."""
        texts = {name: _for_xml(item[name]) for name in ("title", "description")}
        super().add_item_elements(handler, {**item, **texts})


def _for_xml(text: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", text)


class _FactbaseFeed(_Feed):
    """What all feeds of ours say of themselves."""

    feed_type = _Atom
    author_name = gettext_lazy("Factbase")
    item_guid_is_permalink = False


class CorrectionsFeed(_FactbaseFeed):
    """The latest corrections, for anyone: what the public sees today, whoever asks."""

    title = gettext_lazy("Factbase: corrections")
    subtitle = gettext_lazy("What was withdrawn, why, and what stands in its place.")

    def link(self) -> str:
        """Return the page of the same."""
        return reverse("correction-list")

    def items(self) -> list[Any]:
        """Return what was withdrawn last: a few queries."""
        return withdrawn(AnonymousUser()).order_by("-withdrawn_at", "-code")[:LATEST]

    def item_title(self, item: Any) -> str:
        """Return which statement was withdrawn, and how."""
        return f"{item.get_withdrawal_kind_display()}: {told(item)}"

    def item_description(self, item: Any) -> SafeString:
        """Return why, and what replaced it."""
        newer = [_("Now: %s") % told(each) for each in item.visible_replacements]
        return _paragraphs(item.withdrawal_reason, *newer)

    def item_guid(self, item: Any) -> str:
        """Return what stays the same for ever."""
        return f"tag:factbase,2022:correction/{item.code}"

    def item_pubdate(self, item: Any) -> dt.datetime:
        """Return when it was withdrawn."""
        when: dt.datetime = item.withdrawn_at
        return when

    item_updateddate = item_pubdate


class ClaimsFeed(_FactbaseFeed):
    """The claims published last that are about one row, or by one speaker or source.

    `column` is where claims name the row.
    """

    def __init__(self, model: type[Model], column: str) -> None:
        self.model, self.column = model, column

    def get_object(self, request: HttpRequest, slug: str) -> Any:
        """Return the row that the feed is about.

        Raises:
            Http404: when the public knows of none.
        """
        del request
        rows = visible_to(AnonymousUser(), self.model._default_manager.all())
        return get_object_or_404(rows, slug=slug)

    def title(self, row: Any) -> str:
        """Return whose claims these are."""
        return str(_("Factbase: claims, %s") % row.name)

    def link(self, row: Any) -> str:
        """Return the page of the row."""
        return str(row.get_absolute_url())

    def feed_guid(self, row: Any) -> str:
        """Return what stays the same for ever."""
        return f"tag:factbase,2022:claims/{row._meta.model_name}/{row.slug}"

    def items(self, row: Any) -> Any:
        """Return what was published or withdrawn last: one query."""
        claims = Claim.objects.public().with_provenance().filter(**{self.column: row})
        return claims.order_by(Coalesce("withdrawn_at", "published_at").desc(), "-pk")[
            :LATEST
        ]

    def item_title(self, item: Claim) -> str:
        """Return who said how much, and whether it still stands."""
        voice = item.speaker or item.source
        said = item.words if item.denied else told(item)
        said = f"{voice.name}: {said}" if voice else said
        if item.status == Status.WITHDRAWN:
            return f"{item.get_withdrawal_kind_display()}: {said}"
        return said

    def item_description(self, item: Claim) -> SafeString:
        """Return the words, where they stand, and why they were withdrawn."""
        article = item.article_version.article
        words = format_html(
            '<blockquote lang="{}" dir="auto">{}</blockquote>',
            article.language,
            item.words,
        )
        return words + _paragraphs(article.title, item.withdrawal_reason)

    def item_guid(self, item: Claim) -> str:
        """Return what stays the same for ever, in whichever feed."""
        return f"tag:factbase,2022:claim/{item.code}"

    def item_pubdate(self, item: Claim) -> dt.datetime | None:
        """Return when it was published."""
        return item.published_at

    def item_updateddate(self, item: Claim) -> dt.datetime | None:
        """Return when its status changed last."""
        return item.withdrawn_at or item.published_at

    def item_categories(self, item: Claim) -> list[str]:
        """Return its status, and whether it was invented for practice."""
        is_training = item.article_version.article.is_training
        return [item.status.lower(), *["training"][: bool(is_training)]]


def _paragraphs(*texts: str) -> SafeString:
    """Return texts as HTML, for readers that show it as such."""
    return format_html_join("", '<p dir="auto">{}</p>', ((t,) for t in texts if t))


def told(row: Any) -> str:
    """Return a claim's figure, a verdict, or the words of a quote, in one line."""
    if hasattr(row, "rating"):
        return str(row.get_rating_display())
    if getattr(row, "qualifier", ""):
        return f"{figure(row)} {unit_of(row)}: {row.words}"
    return str(row.words)


corrections_feed = require_safe(for_anyone(CorrectionsFeed()))
measure_feed, speaker_feed, source_feed = (
    require_safe(for_anyone(ClaimsFeed(model, column)))
    for model, column in (
        (Measure, "measure"),
        (Speaker, "speaker"),
        (Source, "article_version__article__source"),
    )
)
