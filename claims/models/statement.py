"""Statements: what quotes and claims have in common."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.assembling import assembled
from claims.models.reviewed import Reviewed, ReviewedQuerySet
from sources.models import ArticleVersion, Source, Speaker
from sources.models.columns import Anchor, AnchorColumns, refuse_misplaced
from sources.models.versioned import check_anchor
from sources.text.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sources.text.dates import PartialDate


class StatementQuerySet(ReviewedQuerySet):
    """Statements with what pages and serializers read of them."""

    def with_provenance(self) -> Any:
        """Load what a page or serializer reads of where a statement stands."""
        return self.select_related(
            "speaker", "article_version__article__source", "recorded_by"
        ).defer("article_version__text")

    def assembled(self, columns: Iterable[str]) -> Any:
        """The same rows with what these columns refer to, as lists of the API tell it."""
        columns = list(columns)

        class Assembled(self._iterable_class):  # type: ignore[name-defined,misc]  # rows as they come
            def __iter__(self) -> Iterator[Any]:
                return assembled(super().__iter__(), columns)

        rows = self.all()
        rows._iterable_class = Assembled  # noqa: SLF001  # what Django has for it
        return rows

    def in_article(self, article_id: int) -> Any:
        """Those that stand in any version of an article, in reading order."""
        return self.filter(article_version__article=article_id).order_by(
            "article_version__number", "start", "-end", "pk"
        )


class Statement(Reviewed):
    """A span of one immutable text, with who said it.

    Offsets count code points of `article_version.text`, half-open: `start`,
    `end` are the outer extent and `words` its exact copy. `pieces` are the
    inner spans of a split quotation, in order, as `[start, end, words]`; empty
    when the extent is one piece. `speaker` is null when the source speaks in its
    own voice; `speaker_words` is how the text names them there.
    """

    article_version = models.ForeignKey(
        ArticleVersion,
        models.PROTECT,
        related_name="%(class)ss",
        verbose_name=_("version of the article"),
    )
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    words = models.TextField(_("words"))
    pieces = models.JSONField(_("pieces"), default=list, blank=True)
    speaker = models.ForeignKey(
        Speaker,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("speaker"),
        help_text=_("Empty: the source speaks in its own voice."),
    )
    speaker_start = models.PositiveIntegerField(null=True, blank=True)
    speaker_end = models.PositiveIntegerField(null=True, blank=True)
    speaker_words = models.TextField(_("speaker as written"), blank=True)
    role_words = models.TextField(_("role as written"), blank=True)
    rule = models.CharField(
        _("rule that suggested it"), max_length=60, blank=True, editable=False
    )
    batch = models.ForeignKey(
        "claims.Batch",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("import"),
        editable=False,
    )

    anchor = AnchorColumns()
    speaker_anchor = AnchorColumns("speaker_")

    #: The columns that lead to what a list tells beside a statement.
    REFERENCES: tuple[str, ...] = ("article_version", "speaker", "replaces")
    #: The prefixes of this model's anchored columns.
    ANCHORS: tuple[str, ...] = ("", "speaker_")
    #: Those of them that lie inside the extent.
    INNER: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.words if len(self.words) <= 80 else f"{self.words[:79]}…"  # noqa: PLR2004  # one line

    def clean(self) -> None:
        """Refuse words that do not stand in the text, and parts outside the words."""
        super().clean()
        version = getattr(self, "article_version", None)  # it may be unsaved yet
        if version is None:
            return
        refuse_misplaced(self.anchors, version.text)
        spans = [Span(start, end) for start, end, _words in self.pieces]
        if any(first.end > second.start for first, second in pairwise(spans)):
            raise ValidationError({"pieces": _("The pieces follow each other.")})
        inner = [getattr(self, f"{prefix}anchor") for prefix in self.INNER]
        spans += [anchor.span for anchor in inner if anchor is not None]
        if not all(self.span.contains(span) for span in spans):
            raise ValidationError(_("A part lies outside the words it is a part of."))

    @property
    def source(self) -> Source | None:
        """The office that published it; null where the outlet is not stated."""
        return self.article_version.article.source

    @property
    def span(self) -> Span:
        """The outer extent."""
        return Span(self.start, self.end)

    def said_when(self, said_on: PartialDate | None) -> PartialDate | None:
        """Return the day of the words: as their quote states it, else the article's."""
        return said_on or self.article_version.article.published

    def anchors(self) -> Iterable[Anchor]:
        """Yield every anchor of this statement, its pieces included."""
        for prefix in self.ANCHORS:
            start = getattr(self, f"{prefix}start")
            if start is not None:
                end, words = (
                    getattr(self, f"{prefix}{part}") for part in ("end", "words")
                )
                yield Anchor(Span(start, end), words)
        for start, end, words in self.pieces:
            yield Anchor(Span(start, end), words)


def check_anchors(table: str, prefixes: Iterable[str]) -> list[models.CheckConstraint]:
    """Return the constraints on all anchored columns of a statement."""
    return [check_anchor(table, prefix, required=not prefix) for prefix in prefixes]
