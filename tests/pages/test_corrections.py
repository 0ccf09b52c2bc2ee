"""The public record: what was withdrawn, what replaced it, what a retraction touches."""

import datetime as dt
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from claims import recording
from claims.models import AboutText, Assessment
from claims.retraction import retracted_origins, retractions
from sources import curation, history
from tests import factories as make

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def retract(article, notice: str = "It never happened."):
    return curation.retract(
        article,
        on=dt.date(2024, 5, 9),
        notice=notice,
        actor=make.an_editor(),
    )


def a_correction():
    """A published claim that replaced another."""
    return make.published(make.a_recorded_replacement(make.a_published_claim()))


# --- the list and the feed ---


def test_a_correction_shows_old_and_new_with_the_reason(read):
    new = a_correction()
    page = read("/corrections/")
    for said in (new.code, new.replaces.code, new.replacement_reason):
        assert said in page.html


def test_a_withdrawal_stands_there_without_a_successor(read):
    quote = make.a_withdrawn_quote()
    page = read("/corrections/")
    assert quote.code in page.html
    assert quote.withdrawal_reason in page.html


def test_a_replacement_that_waits_is_not_told(read):
    old = make.a_published_claim()
    new = make.a_recorded_replacement(old)
    assert new.code not in read("/corrections/").html
    assert new.code.encode() not in Client().get("/corrections/feed/").content


def test_a_past_day_knows_the_corrections_made_by_then(read):
    old = make.a_corrected_claim()
    new = make.withdrawn(old.replacements.get(), at=make.WITHDRAWN_AT + dt.timedelta(3))
    assert old.code not in read("/corrections/?as_of=2024-05-05").html
    page = read("/corrections/?as_of=2024-05-06")
    shown = [given["class"] for tag, given in page.tags if tag == "article"]
    assert shown == [
        "correction",
        *(
            "statement statement-claim is-withdrawn",
            "statement statement-claim is-published",
        ),
    ]
    assert page.html.count('class="correction"') == 1
    assert f"{new.get_absolute_url()}?as_of=2024-05-06" in page.links()
    assert read("/corrections/").html.count('class="correction"') == 2


def test_a_page_that_is_not_there_is_none(read):
    read("/corrections/?page=2", status=404)


def test_the_feed_holds_the_same_for_whoever_asks():
    new, quote = a_correction(), make.a_withdrawn_quote()
    waiting = make.a_recorded_replacement(make.a_published_claim())
    client = Client()
    client.force_login(make.a_chief())
    answer = client.get("/corrections/feed/")
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = ET.fromstring(answer.content)  # noqa: S314  # our own
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
    assert set(ids) == {
        f"tag:factbase,2022:correction/{row.code}" for row in (new.replaces, quote)
    }
    assert waiting.code.encode() not in answer.content


@pytest.mark.parametrize(
    "path", ["/corrections/", "/corrections/?as_of=2024-05-06", "/corrections/feed/"]
)
def test_the_record_costs_as_many_queries_however_long_it_is(
    path: str, django_assert_num_queries
):
    make.a_corrected_claim()
    make.a_withdrawn_quote()
    client = Client()

    def n_queries() -> int:
        with django_assert_num_queries(9, exact=False) as asked:
            client.get(path)
        return len(asked)

    few = n_queries()
    for _ in range(3):
        make.a_corrected_claim()
    assert n_queries() == few


# --- retractions ---


def test_a_retraction_flags_what_is_published_in_it_and_in_all_that_derive_from_it():
    origin, copy, translation, other = (make.an_article() for _ in range(4))
    make.a_derivation(article=copy, origin=origin, kind="REPUBLISHES")
    make.a_derivation(article=translation, origin=copy, kind="TRANSLATES")
    claims = [
        make.a_published_claim(version=article.versions.get())
        for article in (origin, copy, translation, other)
    ]
    make.a_recorded_claim(version=copy.versions.get())
    make.a_withdrawn_quote(version=copy.versions.get())
    assert retractions() == []
    retract(origin)
    [found] = retractions()
    assert [each.article for each in found.flagged] == [origin, copy, translation]
    flagged = [row for each in found.flagged for row in each.statements]
    assert flagged == claims[:3]


def test_a_derivation_that_was_taken_back_flags_nothing():
    origin, copy = make.an_article(), make.an_article()
    derivation = make.a_derivation(article=copy, origin=origin)
    make.a_published_claim(version=copy.versions.get())
    retract(origin)
    assert len(retractions()) == 1
    curation.end_derivation(
        derivation, at=make.WITHDRAWN_AT, reason="No", actor=make.an_editor()
    )
    assert retractions() == []


def test_a_retraction_withdraws_nothing_by_itself():
    claim = make.a_published_claim()
    retract(claim.article_version.article)
    claim.refresh_from_db()
    assert claim.status == "PUBLISHED"


def test_the_list_is_for_the_desk_and_leads_the_chief_to_the_withdrawal():
    claim = make.a_published_claim()
    retract(claim.article_version.article)
    at = f"/admin/claims/claim/{claim.pk}/step/withdraw/"
    for role, leads in (("chief", True), ("contributor", False)):
        client = Client()
        client.force_login(make.a_user(role))
        page = client.get("/review/retractions/").content.decode()
        assert claim.code in page
        assert (at in page) == leads
    assert Client().get("/review/retractions/").status_code == 302


def test_readers_of_a_derived_article_are_warned_unless_the_origin_is_hidden(read):
    origin, copy = make.an_article(), make.an_article()
    make.a_derivation(article=copy, origin=origin)
    make.a_published_claim(version=copy.versions.get())
    retract(origin, notice="Invented.")
    warning = "derives from one that its source retracted"
    assert warning not in read(copy.get_absolute_url()).html
    make.a_published_claim(version=origin.versions.get())
    assert warning in read(copy.get_absolute_url()).html
    assert retracted_origins(origin, make.a_chief()) == []


# --- verdicts ---


def a_verdict(claim, rating: str, **columns):
    return Assessment(
        claim=claim, rating=rating, summary="So.", language="en", **columns
    )


def test_a_newer_verdict_replaces_the_one_that_stands_once_it_is_approved():
    claim, chief = make.a_published_claim(), make.a_chief()
    old = make.a_published_assessment(claim=claim)
    new = recording.assess(
        a_verdict(claim, "REFUTED", replacement_reason="New evidence."),
        actor=chief,
        at=make.WITHDRAWN_AT,
    )
    old.refresh_from_db()
    assert (new.replaces, old.status) == (old, "PUBLISHED")
    make.published(new, at=make.WITHDRAWN_AT)
    old.refresh_from_db()
    assert (old.status, old.withdrawal_kind) == ("WITHDRAWN", "CORRECTED")


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_verdict_in_the_place_of_another_needs_a_reason(reason: str):
    claim = make.a_published_claim()
    make.a_published_assessment(claim=claim)
    with pytest.raises(recording.ValidationError):
        recording.assess(
            a_verdict(claim, "REFUTED", replacement_reason=reason),
            actor=make.a_chief(),
            at=make.WITHDRAWN_AT,
        )


def test_two_verdicts_do_not_wait_at_once():
    claim, chief = make.a_published_claim(), make.a_chief()
    recording.assess(a_verdict(claim, "REFUTED"), actor=chief, at=make.WITHDRAWN_AT)
    with pytest.raises(recording.ValidationError):
        recording.assess(
            a_verdict(claim, "SUPPORTED"), actor=chief, at=make.WITHDRAWN_AT
        )


# --- about this base, and its log ---


def test_a_base_says_in_its_own_words_how_it_works(read, settings):
    settings.CONTACT_EMAIL = "desk@example.org"
    assert "Voices are counted" in read("/about/").html
    assert "desk@example.org" in read("/about/").html
    text = AboutText(section="METHODOLOGY", language="en", text="We <ask> twice.")
    recording.add(text, actor=make.a_chief())
    page = read("/about/")
    assert "We &lt;ask&gt; twice." in page.html
    assert "Voices are counted" not in page.html
    assert "We &lt;ask&gt; twice." not in read("/about/", language="ar").html


def test_the_head_of_the_log_is_shown_to_anyone(read):
    make.a_published_claim()
    seq, digest = history.head()
    page = read("/integrity/")
    assert f"--head {seq}:{digest}" in page.html
    told = Client().get("/integrity/?format=json").json()
    assert (told["seq"], told["digest"]) == (seq, digest)
