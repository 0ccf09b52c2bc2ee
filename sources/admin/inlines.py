"""How columns are typed, and the rows that show on the page of another row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import (
    AdminTextareaWidget,
    AdminTextInputWidget,
    AutocompleteSelect,
)
from django.db import models
from django.forms import BaseInlineFormSet, URLInput

from sources import policy
from sources.forms import DayField, NumberField, PassageField, WholeNumberField

if TYPE_CHECKING:
    from django.db.models import Model
    from django.forms import ModelForm
    from django.http import HttpRequest

    _TabularInline = admin.TabularInline[Model, Model]
    _BaseModelAdmin = BaseModelAdmin[Model]
    _BaseInlineFormSet = BaseInlineFormSet[Model, Model, ModelForm[Model]]
else:
    _TabularInline = admin.TabularInline
    _BaseModelAdmin = BaseModelAdmin
    _BaseInlineFormSet = BaseInlineFormSet

_KEY = re.compile(r"[0-9]{1,18}")

_SOURCE_TEXT = {"dir": "auto"}
_CODE = {"dir": "ltr", "class": "vTextField"}
FORM_FIELDS: dict[type[models.Field[Any, Any]], dict[str, Any]] = {
    models.CharField: {"widget": AdminTextInputWidget(attrs=_SOURCE_TEXT)},
    models.SlugField: {"widget": AdminTextInputWidget(attrs=_CODE)},
    models.TextField: {
        "form_class": PassageField,
        "widget": AdminTextareaWidget(attrs={**_SOURCE_TEXT, "rows": 4}),
    },
    models.URLField: {
        "assume_scheme": "https",
        "widget": URLInput(attrs={"dir": "ltr", "class": "vURLField"}),
    },
    models.DateField: {"form_class": DayField, "widget": None},
    models.DecimalField: {"form_class": NumberField},
    models.PositiveIntegerField: {"form_class": WholeNumberField, "widget": None},
    models.PositiveSmallIntegerField: {"form_class": WholeNumberField, "widget": None},
}


class LinkSelect(AutocompleteSelect):
    """The stock choice of another row, which fails on what is no key."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        """Return the chosen rows; what is no key of a row chooses none."""
        keys = [key for key in map(str, value) if _KEY.fullmatch(key)]
        return super().optgroups(name, keys, attr)


class LinksAdmin(_BaseModelAdmin):
    """Types columns by `FORM_FIELDS`, and links by searching."""

    formfield_overrides = FORM_FIELDS

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **options: Any
    ) -> Any:
        """Let every link be searched; none is a list of all rows."""
        options["widget"] = LinkSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **options)

    def get_field_queryset(self, db: Any, db_field: Any, request: HttpRequest) -> Any:
        """Offer what the account may know of: the key of the rest is that of no row."""
        rows = super().get_field_queryset(db, db_field, request)
        if rows is None:
            rows = db_field.remote_field.model._default_manager.using(db)
        return policy.reachable(request.user, rows)


class LabelledRows(_BaseInlineFormSet):
    """Rows of inputs without labels beside them: each says itself what it is."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Name every input, the one for removal too."""
        super().add_fields(form, index)
        for field in form.fields.values():
            widget = getattr(field.widget, "widget", field.widget)  # inside its links
            widget.attrs.setdefault("aria-label", field.label)


class DeskInline(LinksAdmin, _TabularInline):
    """Rows beside their owner, to read; a subclass says what else may be done."""

    template = "admin/rows.html"
    formset = LabelledRows
    max_num = 200

    def get_formset(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:
        """Build no more rows than anyone needs, whatever number a form claims."""
        return super().get_formset(request, obj, absolute_max=self.max_num, **options)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever sees the owner sees them."""
        del request, obj
        return True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: such rows come and go, none changes."""
        del request, obj
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse."""
        del request, obj
        return False
