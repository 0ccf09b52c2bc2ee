"""Add a speaker, an event or a measure while a card is open, without leaving it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.forms import modelform_factory
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import recording
from claims.admin.naming import called, event_field
from claims.models import Event, Measure
from sources import curation
from sources.models import Speaker, SpeakerKind
from sources.models.versioned import random_code

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import User
    from django.db.models import Model

    from sources.models import Source

    _ModelForm = forms.ModelForm[Model]
else:
    _ModelForm = forms.ModelForm


class NewRow(_ModelForm):
    """What has to be said of a new row; its slug is made of its English name."""

    #: The field that the new row is for, and the one of the card that it is shown at.
    FILLS = BELOW = ""
    TITLE: Any = ""
    #: The fields that nothing but a person fills in.
    TYPED: tuple[str, ...] = ("name_ar", "name_en")
    #: Whether its button was pressed, or should have been: it says what is wrong with it.
    is_asked = False
    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.label = capfirst(field.label)

    @property
    def what(self) -> str:
        """Return what it adds, as its button says."""
        return str(self.instance._meta.model_name)

    @property
    def is_begun(self) -> bool:
        """Whether a person has described the row, and not added it yet."""
        return any(self[name].data for name in self.TYPED)

    def refuse_unadded(self) -> None:
        """Say that what was described here is about to be lost."""
        self.is_asked = True
        words = _("Described, and not added: add it and choose it, or empty this.")
        self.add_error(None, words)

    def clean(self) -> dict[str, Any]:
        """Refuse a name that a row has already: it would be chosen by neither."""
        cleaned = super().clean() or self.cleaned_data
        for name in ("name_ar", "name_en"):
            if cleaned.get(name) and called(type(self.instance), cleaned[name]):
                self.add_error(name, _("This name is in the base already: choose it."))
        return cleaned

    def add(self, *, actor: User, source: Source | None) -> Any:
        """Add the row that was described, by its process.

        Raises:
            ValidationError: when the process refuses it.
        """
        row: Any = self.instance
        row.slug = slug_of(row.name_en)
        if isinstance(row, Speaker):
            row.source = source if row.kind == SpeakerKind.UNNAMED else None
            return curation.add(row, actor=actor)
        return recording.add(row, actor=actor)


def slug_of(name: str) -> str:
    """Return a slug made of an English name; a random one where there is none."""
    return slugify(name)[:80].strip("-") or random_code("n")


class NewSpeaker(NewRow):
    """A speaker; an unnamed one belongs to the source of the article."""

    FILLS = BELOW = "speaker"
    TITLE = gettext_lazy("New speaker")
    TYPED = ("kind",)  # its name is read from the text


class NewEvent(NewRow):
    """An event; its days and place are added on its own page."""

    FILLS, BELOW = "new-measure-event", "measure"
    TITLE = gettext_lazy("New event")


class NewMeasure(NewRow):
    """What is counted, in which event."""

    FILLS = BELOW = "measure"
    TITLE = gettext_lazy("New measure")

    event = event_field()


COLUMNS: dict[str, tuple[type[NewRow], type[Model], str]] = {
    "speaker": (NewSpeaker, Speaker, "name_ar name_en kind"),
    "event": (NewEvent, Event, "name_ar name_en"),
    "measure": (
        NewMeasure,
        Measure,
        "name_ar name_en event counted happened place unit nature",
    ),
}


def new_row(
    kind: str, typed: Callable[..., Any], posted: Any = None, **begun: Any
) -> NewRow:
    """Return the form of a new row; its fields are named `new-<kind>-…`."""
    form, model, columns = COLUMNS[kind]
    made: Any = modelform_factory(
        model, form=form, fields=columns.split(), formfield_callback=typed(model)
    )
    row: NewRow = made(posted, initial=begun, prefix=f"new-{kind}")
    return row
