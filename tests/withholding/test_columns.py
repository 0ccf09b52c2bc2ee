"""Every column that may hold a name is read through its mask."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from sources import masking
from sources.masking.columns import _NAMELESS
from sources.text.masks import MARK, MARKED
from tests import factories as make
from tests.test_architecture import SITE, offenders

pytestmark = pytest.mark.django_db

OURS = [
    model
    for label in ("sources", "claims")
    for model in apps.get_app_config(label).get_models()
]
WORDED = (models.CharField, models.TextField, models.JSONField)


def a_reader(*, records: bool = False) -> masking.Reading:
    return masking.Reading(knows=lambda: False, records=lambda: records)


def a_chief() -> masking.Reading:
    return masking.Reading(knows=lambda: True, records=lambda: True)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label_lower)
def test_a_column_of_words_is_masked_or_holds_no_name(model):
    open_to_names = {
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, WORDED) and not field.choices
    }
    assert open_to_names - _NAMELESS - set(masking.masked_columns(model)) <= {
        "held_from_precision",
        "held_until_precision",
    }


#: Where processes read what is stored, and nothing is presented.
READ_WHAT_IS_STORED = {
    *("claims/carrying.py", "claims/drafting.py", "claims/suggestions.py"),
    *("claims/linting/reach.py", "claims/search/changes.py"),
    "claims/search/leading.py",
    *("sources/ingest/known.py", "sources/policy.py"),  # the latter, of groups
    *("sources/ingest/offers.py", "sources/verification.py", "sources/withholding.py"),
    *("sources/masking/columns.py", "sources/masking/reading.py"),
}


def named_in_values(path: Path) -> set[str]:
    """The columns with names that a module reads past the masks."""
    asked = {
        argument.value.split("__")[-1]
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
        if call.func.attr in {"values", "values_list"}
        for argument in call.args
        if isinstance(argument, ast.Constant)
    }
    return asked & {name for model in OURS for name in masking.masked_columns(model)}


def test_nothing_that_presents_reads_past_the_masks():
    found = offenders(SITE, named_in_values)
    assert set(found) <= READ_WHAT_IS_STORED


def test_a_row_keeps_what_is_stored_whoever_reads_it():
    article = make.an_article(title="Mina Haddad at dawn")
    make.withheld(make.a_speaker())
    with a_reader():
        assert article.title == f"{MARKED} at dawn"
        with masking.truth():
            assert article.title == "Mina Haddad at dawn"
        article.refresh_from_db(fields=["title"])
    assert article.title == "Mina Haddad at dawn"
    with a_chief():
        assert article.title == "Mina Haddad at dawn"


def test_a_text_that_is_loaded_late_is_masked_too():
    article = make.an_article(text="Mina Haddad left.")
    make.withheld(make.a_speaker())
    with a_reader():
        version = article.versions.defer("text").get()
        assert version.text == f"{MARKED} left."
    assert version.text == "Mina Haddad left."


@pytest.mark.parametrize("records", [False, True], ids=["anybody", "the desk"])
def test_offsets_lead_to_the_words_of_the_text_that_is_shown(records):
    text = "Today Mina Haddad said: “All left.” Mina Haddad did, 120 people crossed the river."
    version = make.a_version(text=text)
    quote = make.a_quote(
        version=version, words="Haddad said: “All left.” Mina", cue="said"
    )
    quote.pieces = [[24, 34, text[24:34]], [36, 40, "Mina"]]
    quote.speaker_anchor = make.anchor(text, "Mina Haddad")
    quote = make.recording.record(
        quote, actor=make.a_contributor(), at=make.RECORDED_AT
    )
    claim = make.a_recorded_claim(version=version)
    make.withheld(make.a_speaker())
    with a_reader(records=records):
        quote, claim = (type(row).objects.get(pk=row.pk) for row in (quote, claim))
        shown = quote.article_version.text
        anchors = [*quote.anchors(), *claim.anchors()]
        assert all(each.span.of(shown) == each.words for each in anchors)
        assert ("Mina" in shown, MARK in shown) == (False, True)
        assert (len(shown) == len(text)) == records


def test_a_digest_of_a_text_with_a_name_is_not_told():
    named = make.an_article(text="Mina Haddad left.").versions.get()
    other = make.an_article(text="Nobody left.").versions.get()
    make.withheld(make.a_speaker())
    with a_reader():
        assert (named.sha256, len(other.sha256)) == ("", 64)


def test_an_address_that_spells_a_name_is_not_told():
    written = "https://example.org/%D9%85%D9%86%D9%89-%D8%AD%D8%AF%D8%A7%D8%AF"
    article = make.an_article(url=written, archive_url="https://example.org/kept")
    make.withheld(make.a_speaker(name_ar="منى حداد"))
    with a_reader():
        assert (article.url, article.archive_url) == ("", "https://example.org/kept")


def test_words_that_were_copied_from_the_text_hide_as_they_do_there():
    article = make.an_article(text="The tall harbour master said: “All left.”")
    speaker = make.a_speaker()
    quote = make.a_recorded_quote(
        version=article.versions.get(),
        words="All left.",
        role_words="tall harbour master",
    )
    make.withheld(speaker)
    make.withholding.mark(
        speaker,
        article=article,
        words="tall harbour",
        actor=make.a_chief(),
        at=make.RECORDED_AT,
    )
    with a_reader():
        assert quote.role_words == f"{MARKED} master"
        assert quote.article_version.text.startswith(f"The {MARKED} master")


def test_an_answer_that_is_made_while_it_is_sent_is_masked():
    article = make.an_article(title="Mina Haddad at dawn")
    make.withheld(make.a_speaker())
    told = a_reader().streamed(each.title for each in [article])
    assert list(told) == [f"{MARKED} at dawn"]


def test_a_reading_asks_once_while_nobody_is_withheld(django_assert_num_queries):
    article = make.an_article()
    with a_reader(), django_assert_num_queries(1):
        assert (article.title, article.byline) == ("Boats leave at dawn", "")
