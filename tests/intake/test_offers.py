"""What stands elsewhere is offered as a derivation; a person decides once."""

import datetime as dt
import io
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command

from sources import curation
from sources.ingest import known
from sources.models import Decision, Derivation, Fingerprint, SuggestedDerivation
from tests import factories as make

pytestmark = pytest.mark.django_db

LATER = make.WITHDRAWN_AT


def words(first: int, end: int) -> str:
    """Different words, the same for the same numbers."""
    return " ".join(
        f"word{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(first, end)
    )


def offers() -> list[tuple]:
    rows = SuggestedDerivation.objects.order_by("pk")
    return [(row.article, row.kind, row.origin, row.share) for row in rows]


def published_on(day: int) -> dict:
    on = dt.date(2024, 5, day)
    return {
        "published_earliest": on,
        "published_latest": on,
        "published_precision": "DAY",
    }


def of_one_source(*texts: str) -> list:
    source = make.a_source()
    return [make.an_article(text=text, source=source) for text in texts]


@pytest.mark.parametrize(
    ("text", "kind", "share"),
    [
        pytest.param(words(0, 100), "REPUBLISHES", "1", id="all of it"),
        pytest.param(
            f"{words(0, 50)} {words(300, 350)}", "REPUBLISHES", "0.5", id="half"
        ),
        pytest.param(
            f"{words(0, 30)} {words(300, 370)}", "QUOTES", "0.3", id="a third of it"
        ),
        pytest.param(
            f"{words(0, 100)} {words(300, 600)}",
            *("QUOTES", "0.25"),
            id="a quarter, which is all of the other",
        ),
        pytest.param(f"{words(0, 15)} {words(300, 340)}", None, None, id="a sentence"),
        pytest.param(f"{words(0, 25)} {words(300, 600)}", None, None, id="a little"),
    ],
)
def test_the_shared_share_says_what_is_offered(text, kind, share):
    origin = make.an_article(text=words(0, 100))
    article = make.an_article(text=text)
    expected = [(article, kind, origin, Decimal(share))] if kind else []
    assert offers() == expected


def test_an_offer_says_why():
    make.an_article(text=words(0, 100))
    make.an_article(text=words(0, 80))
    assert SuggestedDerivation.objects.get().why == (
        "100% of this article stands in that one, 80% of that one in this."
    )


def test_background_that_articles_of_one_source_share_is_no_offer():
    of_one_source(words(0, 100), f"{words(0, 30)} {words(300, 370)}")
    assert offers() == []


def test_one_source_may_publish_a_text_twice():
    first, again = of_one_source(words(0, 100), words(0, 100))
    assert offers() == [(again, "REPUBLISHES", first, 1)]


def test_the_one_that_was_published_first_is_the_origin():
    copy = make.an_article(text=words(0, 80), **published_on(2))
    origin = make.an_article(text=words(0, 100), **published_on(1))
    assert offers() == [(copy, "REPUBLISHES", origin, 1)]


def test_of_many_alike_the_likest_are_offered():
    for n in range(known.N_ALIKE + 3):
        make.an_article(text=f"{words(0, 100)} {words(200, 200 + 10 * n)}")
    found = SuggestedDerivation.objects.filter(article__title="Last")
    make.an_article(text=words(0, 100), title="Last")
    assert found.count() == known.N_ALIKE


def test_versions_of_one_article_are_not_offered_to_each_other():
    article = make.an_article(text=words(0, 100))
    make.a_version(article=article, text=words(0, 90))
    assert offers() == []


def test_a_new_version_repeats_no_offer():
    make.an_article(text=words(0, 100))
    article = make.an_article(text=words(0, 100))
    make.a_version(article=article, text=words(0, 90))
    assert len(offers()) == 1


def test_boilerplate_is_kept_of_some_texts_only(monkeypatch):
    monkeypatch.setattr(known, "N_COMMON", 3)
    of_one_source(*(f"{words(0, 100)} {words(n, n + 20)}" for n in range(110, 150, 5)))
    counts = [
        Fingerprint.objects.filter(hash=hash_).count()
        for hash_ in Fingerprint.objects.values_list("hash", flat=True)
    ]
    assert max(counts) == 3


def test_fingerprints_can_be_made_again():
    make.an_article(text=words(0, 100))
    make.an_article(text=words(50, 150))
    rows = Fingerprint.objects.order_by("hash", "article_version")
    before = list(rows.values_list("hash", "article_version"))
    Fingerprint.objects.all()[:1].get().delete()
    out = io.StringIO()
    call_command("fingerprints", stdout=out)
    assert out.getvalue() == "texts 2\n"
    assert list(rows.values_list("hash", "article_version")) == before


def test_texts_from_before_are_remembered_by_the_migration():
    article = make.an_article(text=words(0, 100))
    remembered = set(article.versions.get().fingerprints.values_list("hash", flat=True))
    Fingerprint.objects.all().delete()
    migration = import_module("sources.migrations.0004_fingerprints_of_texts")
    migration.remember(apps, None)
    found = article.versions.get().fingerprints.values_list("hash", flat=True)
    assert set(found) == remembered != set()


# --- decisions ---


def accept(offer, **chosen):
    return curation.accept_derivation(
        offer, actor=make.a_contributor(), at=LATER, **chosen
    )


def dismiss(offer):
    curation.dismiss_derivation(offer, actor=make.a_contributor(), at=LATER)


def test_an_accepted_offer_is_a_derivation():
    offer = make.a_suggested_derivation()
    row = accept(offer)
    assert row == Derivation.objects.get()
    assert (row.article, row.origin, row.kind) == (
        *(offer.article, offer.origin, "REPUBLISHES"),
    )
    offer.refresh_from_db()
    assert (offer.status, offer.decided_at) == (Decision.ACCEPTED, LATER)


def test_a_person_may_call_it_another_kind():
    assert accept(make.a_suggested_derivation(), kind="QUOTES").kind == "QUOTES"


def test_an_offer_is_decided_once():
    offer = make.a_suggested_derivation()
    dismiss(offer)
    for again in (accept, dismiss):
        with pytest.raises(ValidationError, match="decided on this suggestion"):
            again(offer)
    assert not Derivation.objects.exists()


def test_a_dismissed_offer_does_not_come_back():
    offer = make.a_suggested_derivation()
    dismiss(offer)
    text = f"{offer.article_version.text} It went on."
    make.a_version(article=offer.article, text=text)
    make.a_version(article=offer.origin, text=text)
    offer.refresh_from_db()
    assert [offer] == list(SuggestedDerivation.objects.all())
    assert offer.status == Decision.DISMISSED


def test_an_offer_that_would_close_a_circle_stays_open():
    offer = make.a_suggested_derivation()
    middle = make.an_article(text="Other words.")
    make.a_derivation(article=offer.origin, origin=middle)
    make.a_derivation(article=middle, origin=offer.article)
    with pytest.raises(ValidationError, match="derives from this one"):
        accept(offer)
    offer.refresh_from_db()
    assert offer.is_open


def test_recording_the_derivation_by_hand_decides_the_offer():
    offer = make.a_suggested_derivation()
    other = make.a_suggested_derivation()
    make.a_derivation(article=offer.article, origin=offer.origin)
    make.a_derivation(article=other.article, origin_speaker=make.a_speaker())
    offer.refresh_from_db()
    other.refresh_from_db()
    assert (offer.status, other.status) == (Decision.ACCEPTED, Decision.OPEN)


# --- credits ---


def credits_of(article) -> list[tuple]:
    rows = article.suggested_derivations.order_by("pk")
    return [(row.kind, row.origin_name, row.origin_source) for row in rows]


def credited(text: str, **columns):
    return make.an_article(text=text, source=make.a_source(), **columns)


def test_a_credit_is_offered_with_the_words_that_say_so():
    agency = make.a_source(name_ar="رويترز")
    article = credited("وصل المركب عند الفجر.\nالمصدر: رويترز")
    assert credits_of(article) == [("REPUBLISHES", "رويترز", agency)]
    offer = article.suggested_derivations.get()
    assert offer.anchor.words == "المصدر: رويترز"
    assert offer.why == "The text says so: “المصدر: رويترز”"


def test_a_source_that_is_quoted_in_passing_is_cited():
    article = credited("The boat came at dawn, according to Reuters.")
    assert credits_of(article) == [("CITES", "Reuters", None)]


def test_a_source_that_credits_itself_is_no_offer():
    article = make.an_article(
        text="Boats left.\nSource: Reuters", source=make.a_source(name_en="Reuters")
    )
    assert credits_of(article) == []


def test_one_source_under_two_names_is_offered_once():
    agency = make.a_source(name_en="Reuters", name_ar="رويترز")
    article = credited("Boats left.\nSource: Reuters\nالمصدر: رويترز")
    assert [source for *_rest, source in credits_of(article)] == [agency]


def test_a_new_version_repeats_no_credit():
    article = make.a_suggested_credit().article
    make.a_version(article=article, text="Boats came.\nSource: Reuters")
    assert len(credits_of(article)) == 1


def test_a_credit_that_is_recorded_already_is_not_offered():
    agency = make.a_source(name_en="Reuters")
    article = credited("Boats left.")
    make.a_derivation(article=article, origin_source=agency)
    make.a_version(article=article, text="Boats came.\nSource: Reuters")
    assert credits_of(article) == []


def test_the_person_says_which_source_a_name_means():
    offer = make.a_suggested_credit()
    with pytest.raises(ValidationError, match="“Reuters” stands for"):
        accept(offer)
    agency = make.a_source(name_en="Thomson Reuters")
    row = accept(offer, source=agency)
    assert (row.origin_source, row.anchor) == (agency, offer.anchor)
    assert row.article_version == offer.article_version
