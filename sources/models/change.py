"""The append-only log of every change."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from sources.models.versioned import check_named, person


class Action(models.TextChoices):
    """What happened to an object."""

    ADDED = "ADDED", _("added")
    CHANGED = "CHANGED", _("changed")
    REMOVED = "REMOVED", _("removed")
    ENDED = "ENDED", _("ended")
    RECORDED = "RECORDED", _("recorded")
    EDITED = "EDITED", _("edited")
    APPROVED = "APPROVED", _("approved")
    RETURNED = "RETURNED", _("returned")
    PUBLISHED = "PUBLISHED", _("published")
    DISCARDED = "DISCARDED", _("discarded")
    WITHDRAWN = "WITHDRAWN", _("withdrawn")
    RETRACTED = "RETRACTED", _("retracted")
    WITHHELD = "WITHHELD", _("withheld")


class Change(models.Model):
    """One entry of the log: who did what to which object, when and why.

    Entries form a chain: `seq` is dense from 1, `previous` is the digest of the
    entry before (64 zeros for the first), `digest` is the SHA-256 over the
    canonical JSON of all other columns. Insert only.
    """

    seq = models.BigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("at"))
    actor = person("changes", _("actor"), null=True)
    actor_name = models.CharField(_("name of the actor then"), max_length=150)
    action = models.CharField(_("action"), max_length=10, choices=Action)
    model = models.CharField(_("model"), max_length=60)
    object_id = models.BigIntegerField(_("object"))
    version_before = models.PositiveIntegerField(_("version before"), null=True)
    version_after = models.PositiveIntegerField(_("version after"), null=True)
    reason = models.TextField(_("reason"), blank=True)
    snapshot = models.TextField(_("the object afterwards, as canonical JSON"))
    previous = models.CharField(_("digest of the entry before"), max_length=64)
    digest = models.CharField(_("digest"), max_length=64)

    objects = models.Manager["Change"]()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        constraints = [
            models.UniqueConstraint(fields=["previous"], name="change_chain_is_linear"),
            check_named(
                "change_numbers_start_at_one",
                models.Q(seq__gte=1),
                _("The log is numbered from 1."),
            ),
        ]
        indexes = [
            models.Index(fields=["model", "object_id", "seq"], name="change_by_object"),
            models.Index(fields=["actor", "seq"], name="change_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.action} {self.model} {self.object_id}"

    @property
    def content(self) -> dict[str, Any]:
        """The snapshot as a mapping from column to value; decimals are strings."""
        content: dict[str, Any] = json.loads(self.snapshot)
        return content
