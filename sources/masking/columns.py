"""Columns that may hold a name: what is stored, or what the reader may see of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import unquote

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext as _

from sources.masking.reading import is_restricted, open_reading, reading_now, truth
from sources.text.masks import MARK, MARKED, Mask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from django.apps import AppConfig

    from sources.masking.reading import Reading

#: `(reading, row, stored)` returns what the reader sees in place of what is stored.
Show: TypeAlias = "Callable[[Reading, Any, Any], Any]"

_PIECE = 2
#: Columns in which no name stands: keys of ours, tags, digests.
_NAMELESS = {
    *("code", "slug", "language", "languages", "country", "script", "format"),
    *("extractor", "original_media_type", "rule", "rule_set", "model", "field"),
    *("text_sha256", "previous", "digest", "actor_name", "lint", "agreement"),
}
#: Of a withheld speaker and of their aliases every column hides; all say the same.
_OF_SPEAKERS = {
    "sources.speaker": ("id", {"name_en": MARKED}, ("name_ar", "slug", "wikidata")),
    "sources.speakeralias": ("speaker_id", {"name": MARKED}, ("folded",)),
}


class MaskedColumn(DeferredAttribute):
    """Gives a column as the open reading shows it; sets and keeps what is stored.

    `holds_text` tells whether names stand in it by themselves, rather than as
    words or offsets of an article version.
    """

    def __init__(self, field: Any, show: Show, *, holds_text: bool) -> None:
        super().__init__(field)
        self.attname = field.attname
        self.show, self.holds_text = show, holds_text

    def __get__(self, row: Any, owner: Any = None) -> Any:
        if row is None:
            return self
        try:
            stored = row.__dict__[self.attname]
        except KeyError:
            with truth():
                stored = super().__get__(row, owner)
        if not stored:
            return stored
        reading = reading_now()
        if reading is None or not reading.speakers or row._state.adding:
            return stored
        shown = self.show(reading, row, stored)
        return shown if reading.is_restricted else stored

    def __set__(self, row: Any, value: Any) -> None:
        row.__dict__[self.attname] = value


def mask_columns(app: AppConfig) -> None:
    """Put a `MaskedColumn` over every column of an app that may hold a name."""
    for model in app.get_models():
        derived = _derived(model)
        for name, show in _shows(model).items():
            field: Any = model._meta.get_field(name)
            column = MaskedColumn(field, show, holds_text=name not in derived)
            setattr(model, name, column)
        for method in ("refresh_from_db", "save_base"):  # they copy what is stored
            setattr(model, method, truth()(getattr(model, method)))


def masked_columns(model: type[models.Model]) -> dict[str, MaskedColumn]:
    """Return the masked columns of a model, by name."""
    found = (vars(model).get(field.attname) for field in model._meta.concrete_fields)
    return {each.field.name: each for each in found if isinstance(each, MaskedColumn)}


def _prefixes(model: type[models.Model]) -> list[str]:
    """Return the prefixes of the columns that say where words stand in a version."""
    names = {field.name for field in model._meta.concrete_fields}
    if "article_version" not in names:
        return []
    starts = (name.removesuffix("start") for name in names if name.endswith("start"))
    return [prefix for prefix in starts if f"{prefix}end" in names]


def _derived(model: type[models.Model]) -> set[str]:
    """Return the columns whose content follows from where names stand in a version."""
    parts = {
        f"{p}{part}" for p in _prefixes(model) for part in ("start", "end", "words")
    }
    jsons = {
        f.name for f in model._meta.concrete_fields if isinstance(f, models.JSONField)
    }
    return {*parts, *jsons, "sha256", "original_sha256", "folded"}


def _show_of(column: Any) -> Show | None:
    """Return how a column shows that stands for itself; None where no name can be."""
    if column.name in _NAMELESS or column.choices:
        return None
    if isinstance(column, models.JSONField):
        return _nested
    if isinstance(column, models.URLField):
        return partial(_address, column=column.name)
    if isinstance(column, models.CharField | models.TextField):
        return partial(_named, column=column.name)
    return None


def _shows(model: type[models.Model]) -> dict[str, Show]:
    """Return how each column shows that may hold a name."""
    found = {column.name: _show_of(column) for column in model._meta.concrete_fields}
    shows = {name: show for name, show in found.items() if show}
    for prefix in _prefixes(model):
        shows[f"{prefix}start"] = partial(_offset, is_end=False)
        shows[f"{prefix}end"] = partial(_offset, is_end=True)
        if f"{prefix}words" in shows:
            shows[f"{prefix}words"] = partial(_words, start=f"{prefix}start")
    if model._meta.model_name == "articleversion":
        shows |= {"text": _text, "sha256": _digest, "original_sha256": _digest}
    return shows | dict(_shows_of_speakers(model, shows))


def _shows_of_speakers(
    model: type[models.Model], others: Mapping[str, Show]
) -> Iterator[tuple[str, Show]]:
    key, said, hushed = _OF_SPEAKERS.get(model._meta.label_lower, ("", {}, ()))
    for name, instead in (*said.items(), *((name, "") for name in hushed)):
        yield (
            name,
            partial(_of_speaker, key=key, instead=instead, other=others.get(name)),
        )


# --- what a column shows ---


def _named(reading: Reading, row: Any, stored: str, column: str) -> str:
    """Show words with every name in them masked.

    Beside an article version they may be copied from it, marks by hand included.
    """
    key = (row._meta.label_lower, row.pk, column)
    shown = reading.mask_in(stored, key).text(stored)
    if version := row.__dict__.get("article_version_id"):
        by_hand = reading.marked_by_hand(version)
        shown = reading.mask(by_hand.within(shown)).text(shown)
    return shown


def _address(reading: Reading, row: Any, stored: str, column: str) -> str:
    """Show no address that spells a name."""
    key = (row._meta.label_lower, row.pk, column)
    return "" if reading.mask_in(unquote(stored), key).spans else stored


def _text(reading: Reading, row: Any, stored: str) -> str:
    return reading.mask_of(row.pk, row.__dict__.get("sha256")).text(stored)


def _digest(reading: Reading, row: Any, stored: str) -> str:
    """Show no digest of a text with a name: whoever guesses the name would know."""
    return "" if reading.mask_of(row.pk, row.__dict__.get("sha256")).spans else stored


def _mask_at(reading: Reading, row: Any) -> Mask:
    """Return the mask of the version that a row stands in."""
    key = row.__dict__.get("article_version_id")
    if key is None:
        return Mask()
    version = row._state.fields_cache.get("article_version")
    return reading.mask_of(key, version and version.__dict__.get("sha256"))


def _offset(reading: Reading, row: Any, stored: int, *, is_end: bool) -> int:
    return _mask_at(reading, row).offset(stored, is_end=is_end)


def _words(reading: Reading, row: Any, stored: str, *, start: str) -> str:
    with truth():
        offset = getattr(row, start)
    if offset is None:
        return stored
    return _mask_at(reading, row).words(stored, offset)


def _nested(reading: Reading, row: Any, stored: Any) -> Any:
    return _inner(reading, _mask_at(reading, row), stored)


def _inner(reading: Reading, mask: Mask, stored: Any) -> Any:
    """Show JSON: pieces `[start, end, words]`, and columns by their names."""
    if isinstance(stored, str):
        return reading.mask_in(stored).text(stored)
    if isinstance(stored, dict):
        return {name: _part(reading, mask, stored, name) for name in stored}
    if not isinstance(stored, list):
        return stored
    if len(stored) >= _PIECE and all(type(n) is int for n in stored[:_PIECE]):
        start, end, *words = stored
        return [
            mask.offset(start, is_end=False),
            mask.offset(end, is_end=True),
            *(mask.words(each, start) for each in words),
        ]
    return [_inner(reading, mask, each) for each in stored]


def _part(reading: Reading, mask: Mask, columns: dict[str, Any], name: str) -> Any:
    value = columns[name]
    if type(value) is int and name.endswith(("start", "end")):
        return mask.offset(value, is_end=name.endswith("end"))
    start = columns.get(f"{name.removesuffix('words')}start")
    if isinstance(value, str) and name.endswith("words") and type(start) is int:
        return mask.words(value, start)
    return _inner(reading, mask, value)


def _of_speaker(  # what a column shows, and three that are bound
    reading: Reading,
    row: Any,
    stored: Any,
    *,
    key: str,
    instead: str,
    other: Show | None,
) -> Any:
    speaker = row.__dict__.get(key)
    if speaker in reading.speakers:
        reading.shown.add(speaker)
        return instead
    return other(reading, row, stored) if other else stored


def seen_as(model: type[models.Model], content: Mapping[str, Any]) -> dict[str, Any]:
    """Return logged columns of a row as the open reading shows them."""
    columns = [name for name in masked_columns(model) if name in content]
    if not columns:
        return dict(content)
    row = model(
        **{
            field.attname: content.get(field.attname)
            for field in model._meta.concrete_fields
        }
    )
    row._state.adding = False
    return {**content, **{name: getattr(row, name) for name in columns}}


def in_order(model: type[models.Model], column: str) -> models.Expression | models.F:
    """Return what orders rows by a column, as the open reading shows it.

    Where names hide, rows that hold one stand where the mark would. Cost then: one
    query for the column of every row.
    """
    reading = reading_now()
    if reading is None or column not in masked_columns(model) or not is_restricted():
        return models.F(column)
    stored = model._default_manager.values_list("pk", column)
    hidden = [pk for pk, words in stored if reading.mask_in(words).spans]
    marked = models.When(pk__in=hidden, then=models.Value(MARKED))
    return models.Case(marked, default=models.F(column))


# --- marks that come back ---


def restore(row: Any) -> None:
    """Put back what marks stand for, in a row that somebody wrote who saw only them.

    Words with marks are cut anew from the text, at their span or where they stand.
    In a new row of another kind, such as a translation, a mark stays one.

    Raises:
        ValidationError: for marks that would take the place of what is stored.
    """
    if not is_restricted():
        return
    _refuse_telling_slug(row)
    with truth():
        refused = [
            name for name in masked_columns(type(row)) if not _restored(row, name)
        ]
    if refused:
        message = _(
            "Only the chief editor may change words in which a name is withheld."
        )
        raise ValidationError(dict.fromkeys(refused, message))


def _refuse_telling_slug(row: Any) -> None:
    """Refuse a new slug that spells a withheld name: no mark can hide an address."""
    slug, reading = getattr(row, "slug", ""), open_reading()
    if not slug or not reading or not reading.names.within(slug):
        return
    stored = type(row)._default_manager.filter(pk=row.pk, slug=slug)
    if row._state.adding or not stored.exists():
        raise ValidationError({"slug": _("This slug cannot be taken.")})


def _restored(row: Any, name: str) -> bool:
    """Restore one column; tell whether no mark is left that takes a name's place."""
    written = getattr(row, name)
    version = getattr(row, "article_version", None)
    if MARK in str(written) and version is not None:
        start = getattr(row, f"{name.removesuffix('words')}start", None)
        written = _recut(written, version.text, _masked_text(version), start)
        setattr(row, name, written)
    if MARK not in str(written) or row._state.adding:
        return MARK not in str(written) or version is None
    stored = type(row)._default_manager.filter(pk=row.pk).values_list(name, flat=True)
    return written in stored


def _recut(written: Any, text: str, masked: str, start: int | None = None) -> Any:
    """Return words, or words in JSON, as they stand in the text."""
    if isinstance(written, str):
        at = masked.find(written) if start is None else start
        is_there = at >= 0 and masked[at : at + len(written)] == written
        return text[at : at + len(written)] if is_there else written
    if isinstance(written, dict):
        return {name: _recut(each, text, masked) for name, each in written.items()}
    if isinstance(written, list):
        first = written[0] if written and type(written[0]) is int else None
        return [_recut(each, text, masked, first) for each in written]
    return written


def _masked_text(version: Any) -> str:
    """Return the text of a version as the person saw it whose row is restored."""
    reading = open_reading()
    mask = reading.mask_of(version.pk, version.sha256) if reading else Mask()
    return mask.text(version.text)
