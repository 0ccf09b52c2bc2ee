"""Every page of the admin, for every role, as the policy says."""

from typing import Any

import pytest
from django.contrib import admin
from django.test import Client

from claims.models import Batch, Suggestion
from sources.models import Change
from tests import factories as make
from tests.admin.browsing import address, at_desk
from tests.models.rows import (
    a_placement,
    a_same_utterance,
    a_suggested_link,
    a_withheld_span,
    an_about_text,
    an_access_entry,
    an_own_voice,
)

pytestmark = pytest.mark.django_db

ROLES = ("contributor", "reviewer", "editor", "chief", "admin")
RECORD = {"contributor", "editor", "chief"}
CURATE = {"editor", "chief"}
CHIEF = {"chief"}
NOBODY: set[str] = set()

# model: who may add, who gets a form to change a row, who may remove it
POLICY = {
    "sources.source": (RECORD, CURATE, CURATE),
    "sources.sourcealias": (CURATE, NOBODY, CURATE),
    "sources.speaker": (RECORD, CURATE, CURATE),
    "sources.speakeralias": (CURATE, NOBODY, CURATE),
    "sources.role": (RECORD, NOBODY, NOBODY),
    "sources.ownvoice": (CURATE, NOBODY, NOBODY),
    "sources.merge": (CURATE, NOBODY, NOBODY),
    "sources.article": (RECORD, CURATE, NOBODY),
    "sources.articleversion": (RECORD, NOBODY, NOBODY),
    "sources.derivation": (RECORD, NOBODY, NOBODY),
    "sources.suggestedderivation": (NOBODY, NOBODY, NOBODY),
    "sources.change": (NOBODY, NOBODY, NOBODY),
    "sources.withheldspan": (NOBODY, NOBODY, NOBODY),
    "sources.accessentry": (NOBODY, NOBODY, NOBODY),
    "claims.abouttext": (CHIEF, CHIEF, NOBODY),
    "claims.event": (RECORD, CURATE, CURATE),
    "claims.measure": (RECORD, CURATE, CURATE),
    "claims.quote": (RECORD, CURATE, NOBODY),
    "claims.claim": (RECORD, CURATE, NOBODY),
    "claims.assessment": (CHIEF, NOBODY, NOBODY),
    "claims.evidence": (NOBODY, NOBODY, NOBODY),
    "claims.translation": (RECORD, RECORD, NOBODY),
    "claims.review": (NOBODY, NOBODY, NOBODY),
    "claims.batch": (NOBODY, NOBODY, NOBODY),
    "claims.suggestion": (NOBODY, NOBODY, NOBODY),
    "claims.placement": (NOBODY, NOBODY, NOBODY),
    "claims.suggestedlink": (NOBODY, NOBODY, NOBODY),
    "claims.sameutterance": (NOBODY, NOBODY, NOBODY),
}


#: What the chief alone sees.
CHIEFS = {"sources.withheldspan", "sources.accessentry"}


def sees(role: str, label: str) -> bool:
    return role == "chief" if label in CHIEFS else role != "admin"


@pytest.fixture
def base() -> dict[str, Any]:
    """One row of every model, by label."""
    claim = make.a_published_claim()
    speaker, twin = make.a_speaker(), make.a_speaker(name_en="M. Haddad")
    assessment = make.a_recorded_assessment(claim=claim)
    quote = make.a_recorded_quote()
    recorder = claim.recorded_by
    rows = [
        claim.article_version.article.source,
        make.a_source_alias("HN", source=claim.article_version.article.source),
        speaker,
        make.a_speaker_alias("Mina", speaker=speaker),
        make.a_role(speaker=speaker),
        an_own_voice(),
        make.a_merge(speaker=twin, into=speaker),
        claim.article_version.article,
        claim.article_version,
        make.a_derivation(article=make.an_article(), origin_speaker=speaker),
        make.a_suggested_derivation(),
        claim.measure.event,
        claim.measure,
        quote,
        make.a_recorded_claim(),
        assessment,
        assessment.evidence.get(),
        make.a_translation(quote=quote),
        claim.reviews.get(),
        an_about_text(),
        Batch.objects.create(
            file_name="rows.csv",
            sha256="0" * 64,
            format="csv",
            imported_by=recorder,
            imported_at=make.RECORDED_AT,
        ),
        Suggestion.objects.create(
            article_version=claim.article_version,
            kind="CLAIM",
            start=0,
            end=5,
            rule="number",
            confidence="0.9",
            rule_set="1",
        ),
    ]
    rows += [a_placement(), a_withheld_span(), an_access_entry()]
    rows += [a_suggested_link(), a_same_utterance()]
    rows.append(Change.objects.latest("seq"))
    return {row._meta.label_lower: row for row in rows}


def test_every_model_of_ours_is_on_the_desk_and_no_other():
    registered = {model._meta.label_lower for model in admin.site._registry}
    assert registered == {*POLICY, "auth.user"}


@pytest.mark.parametrize("role", ROLES)
def test_each_page_opens_for_those_whom_the_policy_names(
    base: dict[str, Any], role: str
):
    client = at_desk(make.a_user(role))
    wrong = []
    for label, (adds, changes, removes) in POLICY.items():
        row, seen = base[label], 200 if sees(role, label) else 403
        expected = {
            address(type(row), "changelist"): seen,
            address(type(row), "add"): 200 if role in adds else 403,
            address(row, "history"): seen,
            address(row, "delete"): 200 if role in removes else 403,
        }
        wrong += [
            (url, status)
            for url, status in expected.items()
            if client.get(url).status_code != status
        ]
        page = client.get(address(row))
        may_save = page.status_code == 200 and page.context["has_change_permission"]
        # a link to an account would lead to a refusal
        links = b"/admin/auth/" in page.content
        if page.status_code != seen or may_save != (role in changes) or links:
            wrong.append((address(row), page.status_code))
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_accounts_are_the_administrators_alone(role: str):
    client, account = at_desk(make.a_user(role)), make.a_contributor()
    expected = 200 if role == "admin" else 403
    for url in (
        address(type(account), "changelist"),
        address(type(account), "add"),
        address(account),
        address(account, "history"),
    ):
        assert client.get(url).status_code == expected, url


@pytest.mark.parametrize("role", ROLES)
def test_the_desk_lists_what_a_role_may_see(role: str):
    page = at_desk(make.a_user(role)).get("/admin/")
    listed = {
        model["model"]._meta.label_lower
        for app in page.context["app_list"]
        for model in app["models"]
    }
    others = {"auth.user"} if role == "admin" else set()
    assert listed == others | {label for label in POLICY if sees(role, label)}


def test_an_account_without_a_role_is_sent_to_the_login():
    assert at_desk(make.a_user()).get("/admin/").status_code == 302


def test_a_stranger_is_sent_to_the_login(base: dict[str, Any]):
    for row in base.values():
        for view in ("change", "history", "delete"):
            answer = Client().get(address(row, view))
            assert answer.status_code == 302
            assert "/admin/login/" in answer["Location"]


def test_a_recorder_edits_their_own_statement_and_no_other():
    contributor = make.a_contributor()
    own = make.a_recorded_claim(by=contributor)
    client = at_desk(contributor)
    others = client.get(address(make.a_recorded_claim()))
    assert client.get(address(own)).context["has_change_permission"]
    assert not others.context["has_change_permission"]


def test_a_post_without_the_right_is_refused(base: dict[str, Any]):
    client = at_desk(make.a_reviewer())
    for label in ("sources.source", "claims.measure", "claims.claim"):
        assert client.post(address(base[label]), {}).status_code == 403
        assert client.post(address(type(base[label]), "add"), {}).status_code == 403
