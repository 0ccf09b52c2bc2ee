"""Editors work on with texts in which a name hides; the chief's pages for it."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from claims.models import Claim, Quote
from sources import curation, history
from sources.models import AccessEntry, Article, Speaker, WithheldSpan
from sources.models.columns import Anchor
from sources.text.masks import MARK, MARKED
from sources.text.spans import Span
from tests import factories as make
from tests.admin.browsing import address, at_desk, complaints, fields, send, step
from tests.withholding.test_columns import a_reader

pytestmark = pytest.mark.django_db

TEXT = (
    "“All left,” Mina Haddad said. About 120 people crossed the river with Mina Haddad."
)
NAME_MARKED = MARK * len("Mina Haddad")


@pytest.fixture
def article() -> Article:
    """An article that names a withheld speaker in its title and its text."""
    article = make.an_article(title="Mina Haddad leaves", text=TEXT)
    make.withheld(make.a_speaker(slug="mina-haddad"))
    return article


def editing(account=make.an_editor) -> Client:
    return at_desk(account())


# --- editing around a mark ---


def test_an_editor_changes_what_is_beside_a_mark(article):
    client = editing()
    form = fields(client.get(address(article)))
    assert form["title"] == [f"{NAME_MARKED} leaves"]
    assert send(client, address(article), byline="By Noor").status_code == 302
    article.refresh_from_db()
    assert (article.title, article.byline) == ("Mina Haddad leaves", "By Noor")


def test_an_editor_changes_no_words_in_which_a_name_hides(article):
    answer = send(editing(), address(article), title=f"{NAME_MARKED} stays")
    assert b"Only the chief editor may change words" in answer.content
    assert b"Haddad" not in answer.content
    article.refresh_from_db()
    assert article.title == "Mina Haddad leaves"


def test_an_editor_records_words_in_which_a_name_hides(article):
    answer = send(
        editing(make.a_contributor),
        address(Quote, "add"),
        article_version=article.versions.get().pk,
        anchor_find=f"“All left,” {NAME_MARKED} said",
        kind="DIRECT",
        language="en",
        role_words=f"{NAME_MARKED} said",
    )
    assert answer.status_code == 302, complaints(answer)
    quote = Quote.objects.get()
    assert quote.words == "“All left,” Mina Haddad said"
    assert quote.role_words == "Mina Haddad said"


def test_an_editor_keeps_a_withheld_speaker_and_chooses_none_anew(article):
    speaker, version = Speaker.objects.get(), article.versions.get()
    quote = make.a_recorded_quote(version=version, speaker=speaker, words="All left")
    other = make.a_recorded_quote(version=version, words="All left")
    client = editing()
    answer = send(client, address(quote), role_words="Mayor")
    assert answer.status_code == 302, complaints(answer)
    answer = send(client, address(other), speaker=speaker.pk)
    assert "not one of the available choices" in complaints(answer)
    assert [row.speaker_id for row in (Quote.objects.get(pk=quote.pk), other)] == [
        speaker.pk,
        other.speaker_id,
    ]


def test_a_mark_in_new_words_stays_a_mark(article):
    quote = make.a_recorded_quote(version=article.versions.get(), words="All left")
    with a_reader(records=True):
        make.a_translation(quote=quote, words=f"ذهبوا، قالت {MARKED}")
    assert quote.translations.get().words == f"ذهبوا، قالت {MARKED}"


def test_a_credit_that_is_a_withheld_name_hides_and_stays_as_it_is(article):
    quote = make.a_recorded_quote(version=article.versions.get(), words="All left")
    row = make.a_translation(quote=quote, credit="Mina Haddad")
    page = editing().get(address(row)).content.decode()
    assert NAME_MARKED in page
    assert "Haddad" not in page
    assert send(editing(), address(row), words="ذهبوا").status_code == 302
    answer = send(editing(), address(row), credit=f"{NAME_MARKED} and others")
    assert "Only the chief editor may change words" in complaints(answer)
    row.refresh_from_db()
    assert (row.words, row.credit) == ("ذهبوا", "Mina Haddad")
    make.published(row.statement)
    for at in (row.statement.get_absolute_url(), f"/api/v1/quotes/{quote.code}/"):
        page = Client().get(at).content.decode()
        assert MARKED in page
        assert "Haddad" not in page


def test_a_row_that_is_saved_in_a_request_keeps_what_was_stored(article):
    with a_reader():
        shown = Article.objects.get(pk=article.pk)
        shown.version += 1
        shown.save()
    article.refresh_from_db()
    assert article.title == "Mina Haddad leaves"


def test_a_refusal_does_not_read_the_text_out(article):
    claim = make.a_recorded_claim(version=article.versions.get())
    start = TEXT.index("Haddad")
    guess = Anchor(Span(start, start + 6), "Hassan")
    with a_reader(records=True), pytest.raises(ValidationError) as refused:
        make.recording.edit(claim, {"anchor": guess}, actor=make.an_editor())
    assert "Hassan" in str(refused.value)
    assert "Haddad" not in str(refused.value)


@pytest.mark.parametrize("slug", ["mina-haddad", "the-mina-haddad-times"])
def test_a_new_row_takes_no_slug_that_spells_a_name(article, slug):
    del article
    values = {"name_en": "Somebody", "kind": "PERSON", "slug": slug}
    answer = send(editing(), address(Speaker, "add"), **values)
    assert complaints(answer) == "This slug cannot be taken."


def test_the_rules_read_what_is_stored(article):
    del article
    client = editing()
    text = "Col. Mina Haddad said: “We left the harbour at dawn and nobody saw us go.”"
    values = {"title": "A day", "language": "en", "text": text}
    assert send(client, address(Article, "add"), **values).status_code == 302
    version = Article.objects.latest("pk").versions.get()
    assert version.text == text
    suggestion = version.suggestions.get(kind="QUOTE")
    assert suggestion.fields["named_words"] == "Col. Mina Haddad"
    page = client.get(f"/admin/sources/article/{version.article_id}/workbench/")
    assert page.status_code == 200
    assert b"Haddad" not in page.content


def test_the_history_of_a_row_hides_what_it_once_said(article):
    article = curation.change(article, {"title": "A day"}, actor=make.a_chief())
    page = editing().get(address(article, "history"))
    assert MARK.encode() in page.content
    assert b"Haddad" not in page.content


def test_words_marked_by_hand_hide_in_the_history_of_a_statement(article):
    words = "120 people crossed the river"
    claim = make.a_recorded_claim(version=article.versions.get(), words=words)
    make.withholding.mark(
        Speaker.objects.get(),
        article=article,
        words="the river",
        actor=make.a_chief(),
        at=make.RECORDED_AT,
    )
    page = editing().get(address(claim, "history"))
    assert b"the river" not in page.content


# --- the chief ---


def test_the_chief_ticks_what_is_somebody_else():
    speaker = make.a_speaker()
    make.an_article(title="Mina Haddad leaves", byline="Mina Haddad")
    client = at_desk(make.a_chief())
    at = step(speaker, "withhold")
    (listed,) = fields(client.get(at))["listed"]
    other = next(key for key in listed.split() if ":byline:" in key)
    answer = send(client, at, somebody_else=[other], reason="In danger")
    assert answer.status_code == 302
    assert Speaker.objects.get().withheld
    kinds = dict(WithheldSpan.objects.values_list("field", "kind"))
    assert kinds == {"title": "CONFIRMED", "byline": "CLEARED"}


def test_the_chief_hides_other_words_and_shows_the_name_again(article):
    speaker = Speaker.objects.get()
    client = at_desk(make.a_chief())
    answer = send(client, step(speaker, "mark"), article=article.pk, words="leaves")
    assert answer.status_code == 302
    assert WithheldSpan.objects.filter(kind="BY_HAND").count() == 1
    assert send(client, step(speaker, "lift"), reason="Safe").status_code == 302
    assert not Speaker.objects.get().withheld


@pytest.mark.parametrize("verb", ["withhold", "places", "mark", "lift"])
def test_nobody_else_reaches_the_steps(article, verb):
    del article
    at = step(Speaker.objects.get(), verb)
    for account in (make.an_editor, make.a_reviewer, make.a_contributor):
        assert editing(account).get(at).status_code == 403


def test_each_view_of_a_name_by_the_chief_is_noted(article):
    chief = make.a_chief()
    client = at_desk(chief)
    n_changes = history.head()[0]
    client.get("/articles/")
    client.get("/events/")
    client.get("/api/v1/articles/")
    client.get(address(article))
    noted = AccessEntry.objects.order_by("pk").values_list("reader", "route")
    assert list(noted) == [
        (chief.pk, "article-list"),
        (chief.pk, "api:article-list"),
        (chief.pk, "admin:sources_article_change"),
    ]
    assert history.head()[0] == n_changes


def test_nobody_s_views_are_noted_who_sees_the_mark(article):
    Client().get("/articles/")
    editing().get(address(article))
    assert not AccessEntry.objects.exists()


def test_a_withheld_speaker_is_a_mark_that_leads_nowhere(article):
    speaker = Speaker.objects.get()
    claim = make.a_published_claim(version=article.versions.get(), speaker=speaker)
    page = Client().get(claim.get_absolute_url())
    assert (
        f'title="name withheld"><bdi lang="en">{MARKED}</bdi>' in page.content.decode()
    )
    shown = Client().get(f"/api/v1/claims/{claim.code}/").json()["speaker"]
    assert (shown["slug"], shown["url"], shown["page"]) == (None, None, None)
    assert shown["name"] == {"ar": None, "en": MARKED}
    assert Claim.objects.get().speaker.slug not in page.content.decode()
