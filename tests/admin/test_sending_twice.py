"""A form sent twice makes one row."""

import pytest

from claims.models import Assessment, Claim
from sources.models import Article
from tests import factories as make
from tests.admin.browsing import address, at_desk, complaints, fields

pytestmark = pytest.mark.django_db


def test_a_claim_sent_twice_is_recorded_once():
    version, measure = make.a_version(), make.a_measure()
    client = at_desk(make.a_contributor())
    form = {
        **fields(client.get(address(Claim, "add"))),
        "article_version": version.pk,
        "anchor_find": "120 people crossed the river",
        "measure": measure.pk,
        "qualifier": "ABOUT",
        "low": "120",
        "high": "120",
        "unit": measure.unit,
    }
    assert client.post(address(Claim, "add"), form).status_code == 302
    again = client.post(address(Claim, "add"), form)
    claim = Claim.objects.get()
    assert "saved already" in complaints(again)
    assert f"../{claim.pk}/change/" in again.content.decode()


def test_an_article_sent_twice_is_added_once():
    client = at_desk(make.a_contributor())
    form = fields(client.get(address(Article, "add")))
    form |= {"title": "Boats", "language": "en", "text": make.ENGLISH}
    assert client.post(address(Article, "add"), form).status_code == 302
    assert "saved already" in complaints(client.post(address(Article, "add"), form))
    assert Article.objects.get().versions.count() == 1


def test_an_assessment_sent_twice_is_recorded_once_with_its_evidence():
    claim = make.a_published_claim()
    client = at_desk(make.a_chief())
    form = {
        **fields(client.get(address(Assessment, "add"))),
        "claim": claim.pk,
        "rating": "DISPUTED",
        "language": "en",
        "summary": "The ferry list names fewer.",
        "evidence-0-url": "https://example.org/ferry-list",
    }
    assert client.post(address(Assessment, "add"), form).status_code == 302
    assert "saved already" in complaints(client.post(address(Assessment, "add"), form))
    assert Assessment.objects.get().evidence.get().url.endswith("/ferry-list")


def test_a_code_that_is_none_of_ours_is_refused():
    client = at_desk(make.a_contributor())
    form = fields(client.get(address(Article, "add")))
    form |= {"title": "Boats", "language": "en", "text": "x", "new_code": "../../x"}
    assert "damaged" in complaints(client.post(address(Article, "add"), form))
