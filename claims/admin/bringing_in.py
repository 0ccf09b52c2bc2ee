"""Bring articles in by paste or upload: look at what was read, then keep it.

What was sent travels with the preview in a signed field and is read again when it is
kept: so nothing lies about on the disk, another encoding can be tried without
sending the file again, and what is kept is what was looked at.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.naming import source_field
from claims.admin.workbench import workbench_address
from claims.importing import Given, Tally, bring_in_each
from claims.intake import Arrival
from sources.admin.articles import TextField
from sources.admin.desk import DeskAdmin
from sources.admin.steps import actor_of
from sources.forms import PartialDateField
from sources.ingest import decoding, known, reading
from sources.ingest.draft import Draft, Refusal, SourceOrigin
from sources.models import DateOrigin
from sources.models.versioned import language_tag

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase
    from django.urls import URLPattern

    from claims.intake import Outcome
    from sources.models import Source

#: The largest file in bytes; larger ones are for `manage.py import_articles`.
MAX_FILE = 5_000_000
#: The most records of a file that are looked at one by one.
MAX_RECORDS = 200
_SALT = "claims.admin.bringing_in"
_UNTITLED = "—"


@dataclass(frozen=True, slots=True)
class Sent:
    """The bytes that were sent; without a name they are a text that was pasted."""

    name: str
    content: bytes

    def read(self, encoding: str) -> list[Draft | Refusal]:
        """Return what the bytes hold, at most one more record than is looked at."""
        if not self.name:
            return [reading.pasted(self.content.decode())]
        drafts = reading.uploaded(self.name, self.content, encoding=encoding)
        return list(islice(drafts, MAX_RECORDS + 1))

    def signed(self, user: User) -> str:
        """Return the bytes as a field that this person alone can send back."""
        content = base64.b64encode(self.content).decode()
        return signing.dumps([user.pk, self.name, content], salt=_SALT, compress=True)


def sent_before(signed: str, user: User) -> Sent:
    """Return what a preview carried.

    Raises:
        ValidationError: when it is not what was shown, or to somebody else.
    """
    try:
        owner, name, content = signing.loads(signed, salt=_SALT)
        if owner == user.pk:
            return Sent(name, base64.b64decode(content, validate=True))
    except (signing.BadSignature, ValueError, binascii.Error):
        pass
    raise ValidationError(_("The form was damaged. Open it anew."))


# --- forms ---


class SendingForm(forms.Form):
    """A text to paste or a file to send, and how its bytes are to be read."""

    text = TextField()
    file = forms.FileField(
        label=gettext_lazy("file"),
        required=False,
        help_text=gettext_lazy("txt, html, docx, pdf, or ndjson: one article a line."),
        widget=forms.FileInput({"accept": ",".join(reading.KINDS)}),
    )
    encoding = forms.ChoiceField(
        label=gettext_lazy("encoding"),
        required=False,
        choices=[
            ("", gettext_lazy("as the file says, else UTF-8")),
            *((name, name) for name in decoding.ENCODINGS),
        ],
    )
    carried = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user
        self.fields["text"].required = False
        self.fields["text"].widget.attrs["rows"] = 12

    def clean_file(self) -> Any:
        """Refuse what is too large."""
        file = self.cleaned_data["file"]
        if file and file.size > MAX_FILE:
            message = _("The file is larger than %d MB: use manage.py import_articles.")
            raise ValidationError(message % (MAX_FILE // 1_000_000))
        return file

    def clean(self) -> dict[str, Any]:
        """Take one thing: a file, a text, or what was looked at before."""
        cleaned = super().clean() or self.cleaned_data
        file, text = cleaned.get("file"), cleaned.get("text") or ""
        if file and text.strip():
            raise ValidationError(_("Paste a text or send a file, not both."))
        if file:
            cleaned["sent"] = Sent(file.name, file.read())
        elif text.strip():
            cleaned["sent"] = Sent("", text.encode())
        elif cleaned.get("carried"):
            cleaned["sent"] = sent_before(cleaned["carried"], self.user)
        elif "file" in cleaned:
            raise ValidationError(_("Paste a text or choose a file."))
        return cleaned


class DraftForm(forms.Form):
    """What is said about the article; what was read of it stands in already."""

    prefix = "draft"

    title = forms.CharField(label=gettext_lazy("title"), max_length=500)
    source = source_field()
    url = forms.URLField(
        label=gettext_lazy("address"),
        required=False,
        max_length=1000,
        assume_scheme="https",
        widget=forms.URLInput({"dir": "ltr", "class": "vURLField"}),
    )
    byline = forms.CharField(
        label=gettext_lazy("byline"), required=False, max_length=300
    )
    language = forms.CharField(
        label=gettext_lazy("language"),
        max_length=12,
        validators=[language_tag],
        widget=forms.TextInput({"dir": "ltr", "placeholder": "ar, en"}),
    )
    published = PartialDateField(label=gettext_lazy("published"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("title", "byline"):
            self.fields[name].widget.attrs |= {"dir": "auto", "class": "vTextField"}
        for each in self.fields.values():
            each.label = str(each.label).capitalize()

    @classmethod
    def begun(cls, draft: Draft) -> DraftForm:
        """Return the form of a draft that was just read."""
        names = ("title", "url", "byline", "published")
        initial = {name: getattr(draft, name) for name in names}
        is_known = draft.language not in ("", "und")
        initial["language"] = draft.language if is_known else ""
        return cls(initial={**initial, "source": source_of(draft)})

    def told(self, draft: Draft) -> Draft:
        """Return the draft with what a person said of it."""
        said = dict(self.cleaned_data)
        source: Source | None = said.pop("source")
        is_same = said["published"] == draft.published
        origin = draft.published_origin if is_same else DateOrigin.TYPED
        said["published_origin"] = origin if said["published"] else None
        if source is not None:
            said |= {"source": source.slug, "source_origin": SourceOrigin.GIVEN}
        elif draft.source_origin != SourceOrigin.CREDIT:
            said |= {"source": "", "source_origin": None}
        return replace(draft, **said)


def source_of(draft: Draft) -> Source | str | None:
    """Return the source that a draft states; its name where the base lacks it."""
    if not draft.source or draft.source_origin == SourceOrigin.CREDIT:
        return None
    try:
        return known.source_named(draft.source)
    except Refusal:
        return draft.source if draft.source_origin == SourceOrigin.GIVEN else None


# --- pages ---


@dataclass
class Preview:
    """What was read, what a person says of it, and what would become of it.

    The bytes of a file can be read again in another encoding.
    """

    drafts: list[Draft | Refusal]
    is_file: bool = False
    form: DraftForm | None = None
    outcomes: list[tuple[Draft | Refusal, Outcome]] = field(default_factory=list)

    @property
    def draft(self) -> Draft | None:
        """The only article; null of several, or of none."""
        only = self.drafts[0] if len(self.drafts) == 1 else None
        return only if isinstance(only, Draft) else None

    def rehearse(self, actor: User) -> None:
        """Find out what would become of each draft.

        The title that an only article lacks is asked for in the form beside it.
        """
        drafts = self.drafts
        if self.draft is not None:
            drafts = [replace(self.draft, title=self.draft.title or _UNTITLED)]
        at = timezone.now()
        each = bring_in_each(drafts, given=Given(), actor=actor, at=at, rehearse=True)
        self.outcomes = list(zip(self.drafts, each, strict=True))

    @property
    def can_be_kept(self) -> bool:
        """Whether anything would be stored."""
        return any(outcome.version for _draft, outcome in self.outcomes)


class BringingInAdmin(DeskAdmin):
    """Articles that are brought in by paste or upload."""

    def get_urls(self) -> list[URLPattern]:
        """Add the address of the page."""
        address = self.page(
            "bring-in/",
            self.bringing_in_view,
            name="sources_article_bring_in",
            act="add article",
        )
        return [address, *super().get_urls()]

    def bringing_in_view(self, request: HttpRequest) -> HttpResponseBase:
        """Ask for a text or a file, show what was read, and keep it when told to."""
        posted = request.POST or None
        form = SendingForm(posted, request.FILES or None, user=actor_of(request))
        if posted is None or not form.is_valid():
            return self._page(request, form)
        sent: Sent = form.cleaned_data["sent"]
        drafts = sent.read(form.cleaned_data["encoding"])
        if len(drafts) > MAX_RECORDS:
            message = _("It has more than %d articles: use manage.py import_articles.")
            form.add_error("file", message % MAX_RECORDS)
            return self._page(request, form)
        preview = Preview(drafts, is_file=bool(sent.name))
        return self._looked_at(request, form, sent, preview)

    def _looked_at(
        self, request: HttpRequest, form: SendingForm, sent: Sent, preview: Preview
    ) -> HttpResponseBase:
        keeps = request.POST.get("do") == "keep"
        draft = preview.draft
        if draft is not None:
            is_said = "draft-title" in request.POST and not form.cleaned_data["file"]
            said = DraftForm(request.POST) if is_said else DraftForm.begun(draft)
            preview.form = said
            if is_said and said.is_valid():
                preview.drafts = [said.told(draft)]
            keeps = keeps and is_said and said.is_valid()
        if keeps and (answer := self._kept(request, preview)):
            return answer
        preview.rehearse(actor_of(request))
        again = SendingForm(
            initial={
                "carried": sent.signed(actor_of(request)),
                "encoding": form.cleaned_data["encoding"],
            },
            user=actor_of(request),
        )
        return self._page(request, again, preview)

    def _kept(self, request: HttpRequest, preview: Preview) -> HttpResponseBase | None:
        """Keep what was read and lead on; None when all of it was refused."""
        tally, last = Tally(), None
        kept = bring_in_each(
            preview.drafts,
            given=Given(),
            actor=actor_of(request),
            at=timezone.now(),
        )
        for outcome in kept:
            tally.add(outcome)
            last = outcome.version or last
            for refusal in outcome.refusals:
                messages.error(request, str(refusal))
        if last is None:
            return None
        words = _("Brought in: %(new)d new, %(versions)d new versions, %(same)d known.")
        counts = {
            "new": tally.arrivals[Arrival.NEW],
            "versions": tally.arrivals[Arrival.NEW_VERSION],
            "same": tally.arrivals[Arrival.UNCHANGED],
        }
        messages.success(request, words % counts)
        if len(preview.drafts) == 1:
            return redirect(workbench_address(last.article))
        return redirect(f"{reverse('admin:sources_article_changelist')}?to_read=1")

    def _page(
        self, request: HttpRequest, form: SendingForm, preview: Preview | None = None
    ) -> TemplateResponse:
        for each in form.fields.values():
            each.label = str(each.label or "").capitalize()
        context = {
            **self.admin_site.each_context(request),
            "is_nav_sidebar_enabled": False,
            "title": _("Bring an article in"),
            "form": form,
            "preview": preview,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/claims/bringing_in.html", context)
