"""What is not published shows to people with a desk, and to nobody else."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from claims.models import Assessment, Evidence
from sources.models import Access
from tests import factories
from tests.pages.conftest import Read

LISTS = (
    *("/", "/articles/", "/claims/", "/quotes/", "/speakers/"),
    *("/sources/", "/events/", "/measures/", "/corrections/"),
)


@pytest.fixture
def hidden(db: None):  # noqa: ARG001  # rows
    """A recorded claim with everything around it, none of it public."""
    source = factories.a_source(name_en="Hidden Source")
    article = factories.an_article(source=source, title="Hidden Article")
    return factories.a_recorded_claim(
        version=article.versions.get(),
        speaker=factories.a_speaker(name_en="Hidden Speaker"),
        quote=factories.a_recorded_quote(version=article.versions.get()),
        measure=factories.a_measure(
            name_en="Hidden Measure", event=factories.an_event(name_en="Hidden Event")
        ),
    )


def addresses_of(claim) -> list[str]:
    article = claim.article_version.article
    rows = (claim, claim.quote, article, article.source, claim.speaker)
    return [
        row.get_absolute_url() for row in (*rows, claim.measure, claim.measure.event)
    ]


def test_what_is_recorded_is_not_found_by_the_public(read: Read, hidden):
    for address in addresses_of(hidden):
        read(address, status=404)


def test_managing_accounts_is_no_desk(read: Read, hidden):
    for address in addresses_of(hidden):
        read(address, as_user=factories.an_admin(), status=404)


@pytest.mark.parametrize(
    "person",
    [
        pytest.param(factories.a_contributor, id="a contributor"),
        pytest.param(factories.a_reviewer, id="a reviewer"),
        pytest.param(factories.an_editor, id="an editor"),
        pytest.param(factories.a_chief, id="a chief editor"),
    ],
)
def test_what_is_recorded_is_shown_and_marked_at_a_desk(
    read: Read, hidden, person: Callable[[], User]
):
    user = person()
    for address in addresses_of(hidden):
        read(address, as_user=user)
    assert "recorded" in read(hidden.get_absolute_url(), as_user=user).text_in("badge")
    assert hidden.code in read("/claims/", as_user=user).text_in("statement-head")


@pytest.mark.parametrize("path", LISTS)
def test_no_list_mentions_what_is_recorded(read: Read, hidden, path: str):
    html = read(path).html
    assert "Hidden" not in html
    assert hidden.code not in html


def test_the_first_page_does_not_count_what_is_recorded(read: Read, hidden):
    del hidden
    assert set(read("/").text_in("counts").split()) & set("123456789") == set()


@pytest.mark.parametrize("parameter", ["speaker", "source", "measure"])
def test_a_filter_does_not_tell_that_a_hidden_row_exists(
    read: Read, hidden, parameter: str
):
    slugs = {
        "speaker": hidden.speaker.slug,
        "source": hidden.article_version.article.source.slug,
        "measure": hidden.measure.slug,
    }
    read(f"/claims/?{parameter}={slugs[parameter]}", status=404)
    read(f"/claims/?{parameter}=no-such-row", status=404)


def test_the_status_filter_finds_nothing_recorded_for_the_public(read: Read, hidden):
    read("/claims/?status=RECORDED", status=404)
    page = read("/claims/?status=RECORDED", as_user=factories.a_reviewer())
    assert hidden.code in page.html


def test_a_published_claim_hides_the_quote_that_is_not(read: Read):
    version = factories.a_version()
    quote = factories.a_recorded_quote(version=version)
    claim = factories.a_published_claim(version=version, quote=quote)
    assert quote.code not in read(claim.get_absolute_url()).html
    reviewer = factories.a_reviewer()
    assert quote.code in read(claim.get_absolute_url(), as_user=reviewer).html


def test_a_correction_that_waits_shows_at_a_desk_only(read: Read):
    claim = factories.a_published_claim()
    waiting = factories.a_recorded_replacement(claim)
    assert waiting.code not in read(claim.get_absolute_url()).html
    editor = factories.an_editor()
    assert waiting.code in read(claim.get_absolute_url(), as_user=editor).html


def test_an_article_that_is_not_public_is_not_named_as_an_origin(read: Read):
    origin = factories.an_article(title="Hidden Origin")
    agency = factories.a_source(name_en="Named Agency")
    claim = factories.a_published_claim()
    article = claim.article_version.article
    factories.a_derivation(article=article, origin=origin)
    factories.a_derivation(article=article, origin=origin, origin_source=agency)
    page = read(article.get_absolute_url())
    assert "Hidden Origin" not in page.html
    assert page.html.count("Named Agency") == 1
    assert (
        "Hidden Origin"
        in read(origin.get_absolute_url(), as_user=factories.an_editor()).html
    )
    read(f"/sources/{agency.slug}/")


def test_an_assessment_shows_once_published_and_without_hidden_evidence(read: Read):
    claim = factories.a_published_claim()
    hidden = factories.a_recorded_claim()
    assessment = factories.recording.assess(
        Assessment(claim=claim, rating="DISPUTED", summary="Fewer.", language="en"),
        evidence=[Evidence(claim=hidden), Evidence(url="https://example.org/list")],
        actor=factories.a_chief(),
        at=factories.PUBLISHED_AT,
    )
    assert "Fewer." not in read(claim.get_absolute_url()).html
    factories.published(assessment, at=factories.WITHDRAWN_AT)
    page = read(claim.get_absolute_url())
    assert "Fewer." in page.text_in("assessment")
    assert "https://example.org/list" in page.links()
    assert hidden.code not in page.html


def test_what_was_set_aside_is_in_no_list(read: Read):
    discarded = factories.discarded(factories.a_recorded_claim())
    editor = factories.an_editor()
    assert discarded.code not in read("/claims/", as_user=editor).html
    article = discarded.article_version.article
    assert discarded.code not in read(article.get_absolute_url(), as_user=editor).html
    assert "Discarded" in read(discarded.get_absolute_url(), as_user=editor).html


@pytest.mark.parametrize("access", [Access.PAYWALLED, Access.RESTRICTED])
def test_only_passages_of_a_closed_article_are_public(read: Read, access: Access):
    article = factories.an_article(
        access=access,
        text=f"{'Far away. ' * 60}About 120 people crossed the river.{' Far too.' * 60}\n"
        "A second paragraph that nobody quoted.",
    )
    claim = factories.a_published_claim(
        version=article.versions.get(), words="120 people crossed the river"
    )
    text = read(article.get_absolute_url()).text_in("text")
    assert "About 120 people crossed the river." in text
    assert len(text) < 500
    assert "nobody quoted" not in text
    assert len(read(claim.get_absolute_url()).text_in("statement-text")) < 500
    whole = read(article.get_absolute_url(), as_user=factories.an_editor())
    assert "nobody quoted" in whole.text_in("text")


def test_passages_that_meet_are_shown_as_one(read: Read):
    far = "Nothing to see. " * 40
    article = factories.an_article(
        access=Access.PAYWALLED,
        text=f"Boats left at dawn with crew.{far}About 120 people crossed the river.",
    )
    version = article.versions.get()
    for words in ("Boats left", "with crew", "120 people crossed the river"):
        factories.a_published_claim(version=version, words=words)
    page = read(article.get_absolute_url())
    passages = [given for _, given in page.tags if "passage" in given.get("class", "")]
    assert [given["class"] for given in passages] == [
        "passage is-cut-after",
        "passage is-cut-before",
    ]
    factories.a_version(article=article, text="All of it is new and not for everyone.")
    page = read(article.get_absolute_url())
    assert page.text_in("text") == ""
