"""The walk of a claim: recorded, returned, approved, corrected, seen in the API."""

from typing import Any

import pytest
from django.test import Client

from claims.models import Claim, Quote, Status
from tests import factories as make
from tests.admin.browsing import address, at_desk, complaints, fields, send, step

pytestmark = pytest.mark.django_db


def in_api(claim: Claim) -> dict[str, Any]:
    answer = Client().get(f"/api/v1/claims/{claim.code}/")
    return {"status": answer.status_code, "claim": answer.json()}


def recorded(client: Client, **values: Any) -> Claim:
    """A claim that was typed into the form."""
    version, measure = make.a_version(), make.a_measure()
    values = {
        "article_version": version.pk,
        "anchor_find": "About 120 people crossed the river",
        "quantity_anchor_find": "120",
        "qualifier_anchor_find": "About",
        "measure": measure.pk,
        "qualifier": "ABOUT",
        "low": "١٢٠",
        "high": "120",
        "unit": measure.unit,
        "holds_earliest": "2 May 2024",
        **values,
    }
    answer = send(client, address(Claim, "add"), **values)
    assert answer.status_code == 302, complaints(answer)
    return Claim.objects.latest("pk")


def test_a_correction_by_the_chief_reaches_the_api_once_a_reviewer_approved_it():
    reviewer = at_desk(make.a_reviewer())
    chief = at_desk(make.a_chief())
    old = recorded(at_desk(make.a_contributor()))
    assert in_api(old)["status"] == 404

    assert send(reviewer, step(old, "approve")).status_code == 302
    assert in_api(old)["claim"]["quantity"]["low"] == 120

    correct = address(Claim, "add", replaces=old.code)
    assert correct in chief.get(address(old)).content.decode()
    answer = send(chief, correct, low="90", high="90", grounds="Miscounted.")
    assert answer.status_code == 302, complaints(answer)
    new = Claim.objects.latest("pk")
    assert (new.replaces, new.words, new.holds) == (old, old.words, old.holds)
    assert new.quantity_words == "120"
    assert in_api(new)["status"] == 404

    assert send(reviewer, step(new, "approve")).status_code == 302
    assert in_api(new)["claim"]["quantity"]["low"] == 90
    assert in_api(old)["claim"]["status"] == Status.WITHDRAWN


def test_a_reviewer_reads_what_a_correction_changes_before_approving_it():
    old = make.a_published_claim(low=120, high=120)
    new = make.a_recorded_replacement(old, low=90)
    page = at_desk(make.a_reviewer()).get(step(new, "approve")).content.decode()
    for told in ("Miscounted", "Before", "120 persons", "After", "90 persons"):
        assert told in page
    assert str(new.measure) in page


def test_a_correction_without_a_reason_is_asked_for_one():
    claim = make.a_published_claim()
    url = address(Claim, "add", replaces=claim.code)
    page = send(at_desk(make.a_chief()), url, low="90", high="90")
    assert "This field is required." in complaints(page)


def test_a_second_correction_of_one_claim_is_refused():
    claim = make.a_published_claim()
    make.a_recorded_replacement(claim)
    url = address(Claim, "add", replaces=claim.code)
    page = send(at_desk(make.a_chief()), url, low="80", high="80", grounds="Again.")
    assert "A replacement of this is recorded already." in complaints(page)


@pytest.mark.parametrize("role", ["contributor", "reviewer", "editor"])
def test_nobody_but_the_chief_corrects(role: str):
    claim = make.a_published_claim()
    client = at_desk(make.a_user(role))
    url = address(Claim, "add", replaces=claim.code)
    assert url not in client.get(address(claim)).content.decode()
    assert client.get(url).status_code == 403
    assert client.post(url, {}).status_code == 403


def test_a_correction_of_what_is_not_published_finds_nothing():
    claim = make.a_recorded_claim()
    url = address(Claim, "add", replaces=claim.code)
    client = at_desk(make.a_chief())
    assert client.get(url).status_code == 404
    assert client.post(url, {}).status_code == 404


def test_a_quote_is_corrected_with_all_its_places():
    quote = make.a_published_quote(cue="said")
    url = address(Quote, "add", replaces=quote.code)
    answer = send(at_desk(make.a_chief()), url, kind="MIXED", grounds="Not verbatim.")
    assert answer.status_code == 302, complaints(answer)
    new = Quote.objects.latest("pk")
    assert (new.kind, new.anchor, new.cue_anchor) == (
        "MIXED",
        quote.anchor,
        quote.cue_anchor,
    )


def test_a_returned_claim_says_why_on_its_page():
    contributor = make.a_contributor()
    claim = make.a_recorded_claim(by=contributor)
    answer = send(
        at_desk(make.a_reviewer()), step(claim, "return"), note="Whose figure?"
    )
    assert answer.status_code == 302
    page = at_desk(contributor).get(address(claim)).content.decode()
    assert "Whose figure?" in page


def test_a_recorder_has_no_button_to_approve_their_own():
    chief = make.a_chief()
    claim = make.a_recorded_claim(by=chief)
    page = at_desk(chief).get(address(claim))
    labels = [tool.label for tool in page.context["tools"]]
    assert "Approve" not in labels
    assert "Discard" in labels
    answer = at_desk(chief).post(step(claim, "approve"), {})
    assert answer.status_code == 302
    assert Claim.objects.get().status == Status.RECORDED


def test_a_discarded_claim_is_read_only():
    claim = make.a_recorded_claim()
    editor = at_desk(make.an_editor())
    answer = send(editor, step(claim, "discard"), reason="Recorded twice.")
    assert answer.status_code == 302
    page = editor.get(address(claim))
    assert not page.context["has_change_permission"]
    assert page.context["tools"] == []


def test_a_withdrawal_asks_who_took_it_back_and_why():
    claim = make.a_published_claim()
    chief = at_desk(make.a_chief())
    page = send(chief, step(claim, "withdraw"), kind="RETRACTED")
    assert "This field is required." in complaints(page)
    form = {"kind": "RETRACTED", "reason": "The outlet took it back."}
    assert send(chief, step(claim, "withdraw"), **form).status_code == 302
    assert in_api(claim)["claim"]["withdrawal"]["kind"] == "RETRACTED"


@pytest.mark.parametrize(
    ("verb", "roles"),
    [
        ("approve", {"reviewer", "chief"}),
        ("return", {"reviewer", "chief"}),
        ("discard", {"contributor", "reviewer", "editor", "chief"}),
        ("withdraw", {"chief"}),
    ],
)
@pytest.mark.parametrize(
    "role", ["contributor", "reviewer", "editor", "chief", "admin"]
)
def test_a_step_is_open_to_the_roles_of_the_policy(
    verb: str, roles: set[str], role: str
):
    is_published = verb == "withdraw"
    claim = make.a_published_claim() if is_published else make.a_recorded_claim()
    status = at_desk(make.a_user(role)).get(step(claim, verb)).status_code
    # a contributor discards their own only, and is sent back from another's
    expected = 302 if (role, verb) == ("contributor", "discard") else 200
    assert status == (expected if role in roles else 403)


def test_an_unknown_step_is_not_found():
    claim = make.a_recorded_claim()
    client = at_desk(make.a_chief())
    assert client.get(step(claim, "publish")).status_code == 404
    assert client.get(
        step(claim, "approve").replace(f"/{claim.pk}/", "/0/")
    ).status_code


def test_an_ambiguous_number_is_refused_and_nothing_is_lost():
    contributor = at_desk(make.a_contributor())
    version = make.a_version()
    page = send(
        contributor,
        address(Claim, "add"),
        article_version=version.pk,
        anchor_find="120 people",
        low="3.500",
        note="Keep me.",
    )
    assert "may mean two numbers" in complaints(page)
    assert fields(page)["note"] == ["Keep me."]
    assert fields(page)["low"] == ["3.500"]
