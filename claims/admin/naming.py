"""A speaker, a measure or an event, told by its name in any spelling."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.models import Claim, Measure
from sources.admin.searching import spelled
from sources.masking import is_restricted
from sources.models import Article
from sources.policy import without_withheld
from sources.text.fold import fold_key

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

_KEY = re.compile(r"[0-9]{1,18}")
_LOOKED_AT = 50
_LISTED = 5


def _similar(model: type[Model], name: str) -> QuerySet[Any]:
    """Return the rows one of whose names has every word of this one: two queries."""
    paths = ["slug", "name_ar", "name_en"]
    rows = model._default_manager.all()
    if hasattr(model, "aliases"):
        paths.append("aliases__folded")
        rows = rows.prefetch_related("aliases")
    if is_restricted():
        rows = without_withheld(rows)
    return rows.filter(spelled(name, paths)).distinct().order_by("pk")


def names_of(row: Any) -> set[str]:
    """Return all that a row is called, folded: both names, the slug, the aliases."""
    aliases = row.aliases.all() if hasattr(row, "aliases") else ()
    names = [row.name_ar, row.name_en, row.slug, *(alias.name for alias in aliases)]
    return {fold_key(name) for name in names if name}


def called(model: type[Model], name: str) -> list[Any]:
    """Return the rows of which this is a name, in any spelling; several may share it."""
    folded = fold_key(name)
    if not folded:
        return []
    return [
        row for row in _similar(model, name)[:_LOOKED_AT] if folded in names_of(row)
    ]


class NamedWidget(forms.MultiWidget):
    """A name to type; a script offers the rows that are called so, or nearly so."""

    template_name = "admin/widgets/named.html"

    def __init__(self, field: Any) -> None:
        meta = field.model._meta
        self.query = (
            f"?app_label={meta.app_label}&model_name={meta.model_name}"
            f"&field_name={field.name}"
        )
        typed = {"dir": "auto", "autocomplete": "off", "class": "vTextField named"}
        super().__init__({"key": forms.HiddenInput(), "name": forms.TextInput(typed)})

    def decompress(self, value: Any) -> list[Any]:
        """Return key and name of a row, or a name of which no row is known."""
        if value is None or isinstance(value, str):
            return ["", value or ""]
        return [value.pk, str(value)]

    def id_for_label(self, id_: str) -> str:
        """Name the box to type in."""
        return f"{id_}_1"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Say where a script finds what to offer."""
        context = super().get_context(name, value, attrs)
        context["options"] = f"{reverse('admin:autocomplete')}{self.query}"
        return context


class NamedField(forms.Field):
    """A link to a row, told by its name; `link` is the column as `claims.Claim` has it.

    The key that a script sends along counts only while the name beside it is one of
    the row's, so that a name typed over a choice is not lost.
    """

    def __init__(self, link: Any, **options: Any) -> None:
        self.model = link.field.related_model
        options.setdefault("label", link.field.verbose_name)
        options.setdefault("help_text", link.field.help_text)
        super().__init__(
            **{"required": False, "widget": NamedWidget(link.field), **options}
        )

    def to_python(self, value: Any) -> Any:
        """Return the row; None when nothing was typed.

        Raises:
            ValidationError: when no row is called so, or several are.
        """
        key, name = value or ("", "")
        name = (name or "").strip()[:300]
        if not name:
            return None
        return self._chosen(key or "", name) or self._only(name)

    def _chosen(self, key: str, name: str) -> Any:
        if not _KEY.fullmatch(key):
            return None
        row = self.model._default_manager.filter(pk=key).first()
        return row if row and fold_key(name) in names_of(row) else None

    def _only(self, name: str) -> Any:
        rows = called(self.model, name)
        if len(rows) == 1:
            return rows[0]
        if rows:
            message = _("Several are called so; write one of: %s")
            listed = [row.slug for row in rows]
        else:
            message = _("Nothing in the base is called so. Similar: %s")
            listed = [str(row) for row in _similar(self.model, name)[:_LISTED]]
        raise ValidationError(message % (_(", ").join(listed) or "—"))


def speaker_field() -> NamedField:
    """Return the field of who speaks."""
    return NamedField(Claim.speaker)


def measure_field() -> NamedField:
    """Return the field of what is counted."""
    return NamedField(Claim.measure)


def source_field() -> NamedField:
    """Return the field of who published an article."""
    return NamedField(Article.source)


def event_field() -> NamedField:
    """Return the field of the event that a measure belongs to."""
    return NamedField(Measure.event, required=True)
