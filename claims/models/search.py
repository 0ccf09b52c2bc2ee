"""What can be searched: one entry for each row that words are looked for in.

Worked out from the base by `claims.search`, in the transaction that alters a row;
replaceable, and outside the log.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from claims.models.reviewed import Status


class SearchKind(models.TextChoices):
    """What is found."""

    ARTICLE = "article", _("article")
    CLAIM = "claim", _("claim")
    QUOTE = "quote", _("quote")
    MEASURE = "measure", _("measure")
    EVENT = "event", _("event")
    SPEAKER = "speaker", _("speaker")
    SOURCE = "source", _("source")


class SearchEntry(models.Model):
    """A row as it is searched, and what narrows a search.

    `id` is its place in the order of answers: the later the day and the higher the key,
    the higher it is. Where the public may find a row by fewer words than the desk there
    are two entries. Keys of other rows carry no constraint: an entry outlives none of
    them by more than a transaction. The words themselves stand in what
    `sources.word_index` keeps beside this table.
    """

    #: Of this type SQLite keeps the rows themselves in the order of their key.
    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(_("kind"), max_length=7, choices=SearchKind)
    object_id = models.BigIntegerField(_("key"))
    for_public = models.BooleanField(_("for the public"))
    for_desk = models.BooleanField(_("for the desk"))
    language = models.CharField(_("language"), max_length=12, blank=True)
    source = models.BigIntegerField(_("source"), null=True)
    speaker = models.BigIntegerField(_("speaker"), null=True)
    event = models.BigIntegerField(_("event"), null=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, blank=True)

    objects = models.Manager["SearchEntry"]()

    class Meta:
        verbose_name = pgettext_lazy("search", "entry")
        verbose_name_plural = pgettext_lazy("search", "entries")
        indexes = [
            models.Index(fields=["kind", "object_id"], name="search_entry_by_row"),
            *(
                models.Index(
                    fields=[name, "kind", "for_public"], name=f"search_entry_by_{name}"
                )
                for name in ("source", "speaker", "event")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
