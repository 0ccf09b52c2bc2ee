"""Linked data in files: verdicts of this base out, those of others in as claims."""

import datetime as dt
import io
import json
from decimal import Decimal
from typing import Any

import pytest

from claims.exchange.claimreview.reading import OthersReview, read
from claims.models import Assessment, Claim
from sources.models import Article
from tests import factories as make
from tests.exchange.exchanging import exporting, importing, refused

pytestmark = pytest.mark.django_db

PAGE = "https://checks.example/boats"
REVIEW = {
    "@type": "ClaimReview",
    "claimReviewed": "Forty boats left the harbour",
    "url": PAGE,
    "inLanguage": "en",
    "datePublished": "2024-05-09",
    "author": {"@type": "Organization", "name": "Tide Desk"},
    "reviewRating": {"ratingValue": 1, "worstRating": 1, "bestRating": 5},
    "itemReviewed": {"author": {"@type": "Person", "name": "Ruba Saleh"}},
}


def as_file(*reviews: dict[str, Any]) -> bytes:
    return "\n".join(json.dumps(each) for each in reviews).encode()


def documents(form: str, **options: Any) -> list[Any]:
    return [json.loads(line) for line in exporting(form, **options).splitlines()]


# --- in ---


def test_what_others_judged_comes_in_as_claims_of_whom_they_name():
    second = {**REVIEW, "claimReviewed": "No boat came back", "itemReviewed": {}}
    assert refused(importing("claimreview", as_file(REVIEW, second))) == []
    article = Article.objects.get()
    assert (article.url, article.source.name_en) == (PAGE, "Tide Desk")
    assert article.published.earliest == dt.date(2024, 5, 9)
    text = article.versions.get().text
    assert text.split("\n") == [
        "Forty boats left the harbour",
        "Ruba Saleh",
        "1 / 1 / 5",
        "",
        "No boat came back",
        "1 / 1 / 5",
    ]
    named, unnamed = Claim.objects.order_by("start")
    assert named.words == text[named.start : named.end] == REVIEW["claimReviewed"]
    assert (named.speaker.name_en, named.speaker.kind) == ("Ruba Saleh", "PERSON")
    assert (unnamed.words, unnamed.speaker.kind) == ("No boat came back", "UNNAMED")
    assert {named.status, unnamed.status} == {"RECORDED"}
    assert not Assessment.objects.exists()


def test_the_same_verdicts_come_once():
    content = as_file(REVIEW)
    importing("claimreview", content)
    importing("claimreview", content + b"\n")
    assert Claim.objects.count() == Article.objects.count() == 1


def test_a_verdict_by_nobody_is_refused_with_its_line():
    nobody = {**REVIEW, "author": None, "url": ""}
    told = refused(importing("claimreview", as_file(REVIEW, nobody, {"@type": "X"})))
    assert told == [
        "line 2, author: This is missing.",
        "line 3: There is no ClaimReview here.",
    ]
    assert Claim.objects.count() == 1


# --- out ---


def test_verdicts_that_stand_go_out_and_come_back_within_their_scale():
    verdict = make.a_published_assessment(rating="SUPPORTED")
    unverifiable = make.a_published_assessment(rating="UNVERIFIABLE")
    make.a_recorded_assessment()
    content = exporting("claimreview")
    found = list(read(io.BytesIO(content), "out.ndjson"))
    assert all(isinstance(each, OthersReview) for each in found)
    by_name = {each.rating.name: each.rating for each in found}
    assert by_name["supported"].share == Decimal("0.75")
    assert by_name["unverifiable"].value is None
    assert len(found) == 2
    assert unverifiable.claim.code in content.decode()
    assert verdict.claim.words == found[0].claimed


def test_public_statements_go_out_as_annotations():
    claim, quote = make.a_published_claim(), make.a_published_quote()
    fallen = make.a_withdrawn_claim()
    make.a_recorded_claim()
    ids = {each["id"].split("/")[-2] for each in documents("webannotation")}
    assert ids == {claim.code, quote.code, fallen.code}
    [only] = documents("webannotation", status="WITHDRAWN")
    assert only["id"].endswith(f"{fallen.code}/")
    [of_measure] = documents("webannotation", measure=claim.measure.slug)
    assert of_measure["id"].endswith(f"{claim.code}/")
