"""What a process or the database refuses is a sentence in the form."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError

from sources.admin.log import address_of, name_of
from sources.admin.steps import StepsAdmin
from sources.forms import ReasonForm, RowForm
from sources.models import Change, Speaker
from tests import factories as make
from tests.admin.browsing import address, at_desk, fields

pytestmark = pytest.mark.django_db


def refused(refusal: Exception, **posted: str) -> str:
    class SpeakerForm(RowForm):
        class Meta:
            model = Speaker
            fields = ("name_en", "kind")

    SpeakerForm.refusal = refusal
    values = {"name_en": "Mina", "kind": "PERSON", **posted}
    return SpeakerForm(values, instance=make.a_speaker()).errors.as_text()


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [
        (ValidationError("Not today."), "Not today."),
        (ValidationError({"kind": "Of no kind."}), "kind\n  * Of no kind."),
        (ValidationError({"slug": "Taken."}), "__all__\n  * Taken."),
        (IntegrityError("a trigger"), "This conflicts with what is recorded by now."),
        (DataError("too long"), "A value is beyond what can be stored."),
        (OverflowError("too big"), "A value is beyond what can be stored."),
    ],
)
def test_a_refused_save_says_why(refusal: Exception, sentence: str):
    assert sentence in refused(refusal)


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [
        (ValidationError({"reason": "Too short."}), "Too short."),
        (IntegrityError("a trigger"), "This conflicts with what is recorded by now."),
    ],
)
def test_a_refused_step_says_why(refusal: Exception, sentence: str):
    row = make.a_speaker()
    form = ReasonForm({"reason": "x"}, row=row)
    assert form.is_valid()
    StepsAdmin._explain(form, row, refusal)
    assert form.non_field_errors() == [sentence]


def test_a_conflict_names_choices_and_links_not_their_keys():
    speaker, other = make.a_speaker(), make.a_source(name_en="Harbour News")
    first, second = at_desk(make.an_editor()), at_desk(make.an_editor())
    read: dict[str, Any] = fields(second.get(address(speaker)))
    form = fields(first.get(address(speaker)))
    first.post(address(speaker), {**form, "name_en": "M. Haddad"})
    changed = {"kind": "UNNAMED", "source": other.pk}
    page = second.post(address(speaker), {**read, **changed})
    assert list(page.context["adminform"].form.conflicts()) == [
        ("English name", "M. Haddad", "Mina Haddad"),
        ("Kind", "person", "unnamed"),
        ("Source of an unnamed speaker", "—", "Harbour News"),
    ]


def test_an_entry_about_what_has_no_page_is_told_without_a_link():
    of_a_role = Change(model="auth.user_groups", object_id=7)
    of_the_past = Change(model="claims.gone", object_id=7)
    assert address_of(of_a_role) == address_of(of_the_past) == ""
    assert name_of(of_the_past) == "claims.gone 7"
