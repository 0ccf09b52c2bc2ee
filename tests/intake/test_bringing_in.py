"""An article comes in whole and once; a new text of it is a new version."""

import datetime as dt
import hashlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import intake
from claims.intake import Arrival
from claims.models import Placement
from sources import history
from sources.ingest.draft import SourceOrigin
from sources.models import Article, ArticleVersion, SuggestedDerivation
from sources.policy import NotAllowed
from sources.text.dates import PartialDate
from tests import factories as make
from tests.intake.drafts import a_draft

pytestmark = pytest.mark.django_db

MORE = f"{make.ENGLISH} More boats followed in the evening."


def bring(draft=None, /, *, by=None, rehearse=False, **columns):
    return intake.bring_in(
        draft or a_draft(**columns),
        actor=by or make.a_contributor(),
        at=make.FETCHED_AT,
        rehearse=rehearse,
    )


def reasons(outcome):
    assert (outcome.arrival, outcome.version) == (Arrival.REFUSED, None)
    return [(refusal.field, str(refusal.place)) for refusal in outcome.refusals]


def test_a_new_article_keeps_all_that_was_read():
    source = make.a_source(slug="harbour-news")
    outcome = bring(
        source="Harbour News",
        byline="M. Haddad",
        published=PartialDate.day(dt.date(2024, 5, 1)),
        published_origin="METADATA",
        access="PAYWALLED",
        archive_url="https://archive.example/1",
        original=b"<html>",
        media_type="text/html",
        extractor="trafilatura 2",
        fetched_at=make.RECORDED_AT,
    )
    assert outcome.arrival == Arrival.NEW
    version = ArticleVersion.objects.select_related("article").get()
    article = version.article
    assert outcome.version == version
    assert (article.source, article.byline) == (source, "M. Haddad")
    assert (str(article.published_latest), article.published_origin) == (
        *("2024-05-01", "METADATA"),
    )
    assert (article.access, article.archive_url) == (
        *("PAYWALLED", "https://archive.example/1"),
    )
    assert (version.text, version.number) == (make.ENGLISH, 1)
    assert version.fetched_at == make.RECORDED_AT
    assert (version.original_sha256, version.original_media_type) == (
        *(hashlib.sha256(b"<html>").hexdigest(), "text/html"),
    )
    assert version.extractor == "trafilatura 2"
    assert not version.is_draft


def test_what_was_taken_from_a_pdf_is_marked_and_yields_no_numbers():
    outcome = bring(media_type="application/pdf", unconfirmed=True)
    assert outcome.version.is_draft
    assert not outcome.version.suggestions.filter(kind="CLAIM").exists()


def test_the_rules_suggest_for_a_new_article():
    outcome = bring()
    assert outcome.n_suggestions == outcome.version.suggestions.count() > 0


def test_bringing_the_same_in_again_changes_nothing():
    first = bring()
    before = history.head(), SuggestedDerivation.objects.count()
    again = bring(by=make.an_editor())
    assert (again.arrival, again.version) == (Arrival.UNCHANGED, first.version)
    assert (history.head(), SuggestedDerivation.objects.count()) == before


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("https://harbour.example/boats?utm_source=mail", id="tracked"),
        pytest.param("HTTPS://Harbour.example:443/boats#top", id="spelled otherwise"),
        pytest.param("http://www.harbour.example/boats/", id="a twin"),
    ],
)
def test_an_address_that_leads_to_the_same_page_is_the_same_article(address):
    bring()
    assert bring(url=address).arrival == Arrival.UNCHANGED
    assert bring(url=address, text=MORE).arrival == Arrival.NEW_VERSION
    assert Article.objects.get().url == "https://harbour.example/boats"


def test_the_very_address_goes_before_its_twins():
    bring(url="http://harbour.example/boats")
    exact = make.an_article(url="https://harbour.example/boats", text="Other words.")
    outcome = bring(text=MORE)
    assert outcome.version.article == exact


def test_a_text_that_was_there_once_is_no_new_version():
    first = bring()
    bring(text=MORE)
    assert bring().version == first.version
    assert ArticleVersion.objects.count() == 2


def test_without_an_address_the_text_is_what_is_known():
    first = bring(url="")
    assert bring(url="", title="Another title").version == first.version
    assert bring(url="", text=MORE).arrival == Arrival.NEW
    assert Article.objects.count() == 2


def test_one_text_of_two_sources_is_two_articles():
    make.a_source(slug="gazette")
    make.a_source(slug="herald")
    assert bring(url="", source="gazette").arrival == Arrival.NEW
    assert bring(url="", source="herald").arrival == Arrival.NEW
    assert bring(url="", source="herald").arrival == Arrival.UNCHANGED
    assert bring(url="").arrival == Arrival.UNCHANGED


def test_statements_are_carried_to_a_new_version_and_the_lost_are_counted():
    version = bring().version
    make.a_recorded_claim(version=version)
    make.a_recorded_quote(version=version)
    text = make.ENGLISH.replace("“Nobody drowned,” the harbour master said. ", "")
    outcome = bring(text=text)
    assert outcome.arrival == Arrival.NEW_VERSION
    assert (outcome.n_carried, outcome.n_lost) == (1, 1)
    assert Placement.objects.filter(article_version=outcome.version).count() == 2


@pytest.mark.parametrize(
    ("columns", "field"),
    [
        pytest.param({"text": " \n"}, "text", id="no text"),
        pytest.param({"text": "a\0b"}, "text", id="a character that is none"),
        pytest.param({"title": ""}, "title", id="no title"),
        pytest.param({"url": "http://[::1"}, "url", id="an address that is none"),
        pytest.param({"language": "Arabic"}, "language", id="no language tag"),
        pytest.param({"source": "Nobody"}, "source", id="a source nobody added"),
    ],
)
def test_what_cannot_be_stored_is_refused_with_its_place_and_field(columns, field):
    assert reasons(bring(**columns)) == [(field, "boats.ndjson, line 3")]
    assert not Article.objects.exists()


@pytest.mark.sqlite
def test_no_table_is_read_whole_to_find_what_is_known():
    with CaptureQueriesContext(connection) as asked:
        bring()
        bring(url="", text=MORE)
    questions = [q["sql"] for q in asked if q["sql"].startswith("SELECT")]
    with connection.cursor() as cursor:
        for sql in questions:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            steps = " ".join(str(step[3]) for step in cursor.fetchall())
            for table in ("article", "articleversion", "fingerprint"):
                assert f"SCAN sources_{table}" not in steps, sql


def test_all_that_is_wrong_is_said_at_once():
    outcome = bring(title="", language="")
    assert [field for field, _place in reasons(outcome)] == ["title", "language"]


def test_an_address_of_another_source_is_refused():
    make.a_source(slug="gazette")
    make.a_source(slug="herald", name_en="The Herald")
    bring(source="herald")
    outcome = bring(source="gazette", text=MORE)
    assert [field for field, _place in reasons(outcome)] == ["source"]
    assert "The Herald" in outcome.refusals[0].reason


@pytest.mark.parametrize("added", [True, False])
def test_the_name_that_a_page_gives_its_site_counts_where_it_is_known(added):
    known = make.a_source(name_en="The Herald") if added else None
    outcome = bring(source="The Herald", source_origin=SourceOrigin.SITE_NAME)
    assert outcome.version.article.source == known


def test_whom_a_text_credits_is_not_its_source():
    make.a_source(name_en="The Herald")
    outcome = bring(source="The Herald", source_origin=SourceOrigin.CREDIT)
    assert outcome.version.article.source is None


def test_a_rehearsal_tells_all_and_keeps_nothing():
    bring(text=MORE, url="https://gazette.example/1")
    before = history.head()
    outcome = bring(rehearse=True)
    assert (outcome.arrival, outcome.n_offers) == (Arrival.NEW, 1)
    assert (history.head(), Article.objects.count()) == (before, 1)
    assert reasons(bring(title="", rehearse=True))


def test_who_may_not_record_brings_nothing_in():
    with pytest.raises(NotAllowed):
        bring(by=make.a_reviewer())
