"""The pages of a review: who reaches them, what they decide, what they lose never."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims import recording, review, revising
from claims.models import Claim, ErrorReport, Quote, Review
from sources.text.dates import PartialDate
from tests import factories as make
from tests.admin import browsing
from tests.models import rows
from tests.pages.markup import Markup

pytestmark = pytest.mark.django_db


def signed_in(user: User, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(user)
    return client


def decide(client: Client, row: Claim | Quote, step: str, **sent: str):
    content = {"version": str(row.version), "step": step, "note": "", **sent}
    return client.post(f"/review/{row.code}/", content)


@pytest.fixture
def reviewer() -> User:
    return make.a_reviewer()


PAGES = (
    *("/review/", "/review/imports/", "/review/reports/"),
    "/review/{claim}/",
)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    ("role", "status"),
    [
        *(("contributor", 403), ("editor", 403), ("admin", 403)),
        *(("reviewer", 200), ("chief", 200), (None, 302)),
    ],
)
def test_only_reviewers_reach_the_queue(path: str, role: str | None, status: int):
    claim = make.a_recorded_claim()
    client = signed_in(make.a_user(role)) if role else Client()
    answer = client.get(path.format(claim=claim.code))
    assert answer.status_code == status


def test_approval_publishes_and_leads_to_what_waits_next(reviewer: User):
    first, second = make.a_recorded_claim(), make.a_recorded_quote()
    answer = decide(signed_in(reviewer), first, "approve", note="Seen.")
    first.refresh_from_db()
    assert first.status == "PUBLISHED"
    assert first.reviews.get().note == "Seen."
    assert answer.url == f"/review/{second.code}/"
    answer = decide(signed_in(reviewer), second, "approve")
    assert answer.url == "/review/"


def test_the_filters_of_the_queue_stay_while_one_works_through_it(reviewer: User):
    make.a_recorded_quote()
    first, second = make.a_recorded_claim(), make.a_recorded_claim()
    sent = {"version": "1", "step": "approve", "note": ""}
    answer = signed_in(reviewer).post(f"/review/{first.code}/?kind=claim", sent)
    assert answer.url == f"/review/{second.code}/?kind=claim"


@pytest.mark.parametrize("step", ["return", "discard"])
def test_sending_back_and_dismissing_need_a_note(reviewer: User, step: str):
    claim = make.a_recorded_claim()
    answer = decide(signed_in(reviewer), claim, step)
    assert answer.status_code == 422
    assert "Give the reason." in answer.content.decode()
    claim.refresh_from_db()
    assert (claim.status, claim.reviews.count()) == ("RECORDED", 0)


def test_a_dismissed_statement_is_discarded_with_its_reason(reviewer: User):
    claim = make.a_recorded_claim()
    decide(signed_in(reviewer), claim, "discard", note="Recorded twice.")
    claim.refresh_from_db()
    assert claim.status == "DISCARDED"


def test_a_decision_on_what_was_read_before_an_edit_is_refused_and_shows_it(reviewer):
    claim = make.a_recorded_claim()
    recording.edit(claim, {"role_words": "mayor"}, actor=claim.recorded_by)
    answer = decide(signed_in(reviewer), claim, "approve", note="My long note")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "My long note" in page
    assert "mayor" in Markup(page).text_in("differences")
    claim.refresh_from_db()
    assert claim.status == "RECORDED"
    assert decide(signed_in(reviewer), claim, "approve").status_code == 302


def test_an_edit_of_a_translation_meanwhile_is_shown_with_the_refusal(reviewer: User):
    translation = make.a_translation(quote=make.a_recorded_quote())
    read_before = Quote.objects.get()
    values = {"words": "لم يغرق أحد منهم"}
    recording.retranslate(translation, values, actor=make.an_editor())
    answer = decide(signed_in(reviewer), read_before, "approve")
    page = Markup(answer.content.decode())
    assert answer.status_code == 409
    assert "Changed · translation" in page.text_in("notice-withdrawn")
    assert "لم يغرق أحد منهم" in page.text_in("differences")


@pytest.mark.parametrize(
    ("language", "action"), [("ar", "تعديل"), ("en", "Changed · translation")]
)
def test_a_translation_stands_beside_the_original_with_its_credit_and_past(
    reviewer: User, language: str, action: str
):
    translation = make.a_translation(
        claim=make.a_recorded_claim(), credit="Dalia Karim"
    )
    row = recording.retranslate(
        translation, {"credit": "D. Karim"}, actor=make.an_editor()
    ).statement
    answer = signed_in(reviewer, language).get(f"/review/{row.code}/")
    page = Markup(answer.content.decode())
    assert "D. Karim" in page.text_in("translation")
    assert action in page.text_in("past")
    assert "Dalia Karim" in page.text_in("past")


def test_nobody_decides_on_their_own():
    chief = make.a_chief()
    claim = make.a_recorded_claim(by=chief)
    page = signed_in(chief).get(f"/review/{claim.code}/").content.decode()
    assert 'value="approve"' not in page
    assert decide(signed_in(chief), claim, "approve").status_code == 422
    claim.refresh_from_db()
    assert claim.status == "RECORDED"


def test_a_second_click_approves_once(reviewer: User):
    claim = make.a_recorded_claim()
    client = signed_in(reviewer)
    assert decide(client, claim, "approve").status_code == 302
    assert decide(client, claim, "approve").status_code in (409, 422)
    assert Review.objects.filter(claim=claim).count() == 1


@pytest.mark.parametrize("code", ["c-unknown", "x-1", "q-unknown", "r-unknown"])
def test_an_unknown_code_is_not_found(reviewer: User, code: str):
    assert signed_in(reviewer).get(f"/review/{code}/").status_code == 404


@pytest.mark.parametrize("query", ["kind=x", "doubt=x", "source=x", "page=x"])
def test_a_value_that_no_filter_takes_is_not_found(reviewer: User, query: str):
    assert signed_in(reviewer).get(f"/review/?{query}").status_code == 404


@pytest.mark.parametrize("sent", [{}, {"step": "burn"}, {"version": "x" * 50}])
def test_a_damaged_form_decides_nothing(reviewer: User, sent: dict[str, str]):
    claim = make.a_recorded_claim()
    content = {"note": "x", **sent}
    answer = signed_in(reviewer).post(f"/review/{claim.code}/", content)
    assert answer.status_code in (409, 422)
    claim.refresh_from_db()
    assert (claim.status, claim.reviews.count()) == ("RECORDED", 0)


@pytest.mark.parametrize("kind", ["claim", "quote", "assessment"])
def test_each_kind_is_shown_with_its_text_in_few_queries(
    reviewer: User, kind: str, django_assert_max_num_queries
):
    row = {
        "claim": make.a_recorded_claim,
        "quote": make.a_recorded_quote,
        "assessment": make.a_recorded_assessment,
    }[kind]()
    client = signed_in(reviewer)
    with django_assert_max_num_queries(40):
        page = client.get(f"/review/{row.code}/").content.decode()
    assert "river" in Markup(page).text_in("split-text")


def test_htmx_is_told_the_address(reviewer: User):
    claim = make.a_recorded_claim()
    path = f"/review/{claim.code}/?kind=claim"
    answer = signed_in(reviewer).get(path, headers={"hx-request": "true"})
    assert answer["HX-Push-Url"] == path
    assert "HX-Request" in answer["Vary"]


# --- proposed edits ---


def propose(client: Client, claim: Claim, **values: str):
    """Send a claim back with these values in the form of the proposed edit."""
    at = f"/review/{claim.code}/"
    typed = {f"edit-{name}": value for name, value in values.items()}
    return browsing.send(client, at, step="return", note="Twelve tens?", **typed)


def test_a_proposed_edit_waits_for_its_recorder_who_takes_it_over(reviewer: User):
    claim = make.a_recorded_claim()
    answer = propose(signed_in(reviewer), claim, low="١٢١", high="121")
    assert answer.status_code == 302
    returned = claim.reviews.get()
    assert set(returned.proposal) == {"low", "high"}
    claim.refresh_from_db()
    assert (claim.low, claim.version) == (120, 1)

    recorder = signed_in(claim.recorded_by)
    page = recorder.get("/me/").content.decode()
    assert "Twelve tens?" in page
    assert "121" in Markup(page).text_in("differences")
    at = f"/me/{claim.code}/take-over/"
    assert recorder.post(at, {"version": "1"}, follow=True).status_code == 200
    claim.refresh_from_db()
    assert (claim.low, claim.high, claim.version) == (121, 121, 2)
    assert decide(signed_in(reviewer), claim, "approve").status_code == 302
    claim.refresh_from_db()
    assert claim.status == "PUBLISHED"


def test_a_return_without_changes_proposes_nothing(reviewer: User):
    claim = make.a_recorded_claim()
    assert propose(signed_in(reviewer), claim).status_code == 302
    assert claim.reviews.get().proposal is None


def test_a_proposal_that_cannot_be_read_is_shown_again(reviewer: User):
    claim = make.a_recorded_claim()
    answer = propose(signed_in(reviewer), claim, low="3.500")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "3.500" in page
    assert claim.reviews.count() == 0


def test_a_proposal_for_an_earlier_version_is_not_taken_over(reviewer: User):
    claim = make.a_recorded_claim()
    review.send_back(
        claim,
        note="?",
        proposal=revising.proposed(claim, {"low": 1}),
        actor=reviewer,
        at=make.PUBLISHED_AT,
    )
    edited = recording.edit(claim, {"note": "x"}, actor=claim.recorded_by)
    with pytest.raises(review.TransitionRefused):
        revising.take_over(edited, actor=claim.recorded_by)


def test_a_proposal_gives_back_every_kind_of_column():
    claim = make.a_recorded_claim()
    day = PartialDate.day(make.RECORDED_AT.date())
    speaker = make.a_speaker()
    values = {"holds": day, "denied": True, "speaker": speaker, "low": 5, "high": 5}
    made = revising.values_of(Claim, revising.proposed(claim, values))
    edited = recording.edit(claim, made, actor=claim.recorded_by)
    assert (edited.holds, edited.denied) == (day, True)
    assert (edited.speaker, edited.low) == (speaker, 5)


def test_nobody_takes_over_the_edit_of_anothers_statement(reviewer: User):
    claim = make.a_recorded_claim()
    propose(signed_in(reviewer), claim, low="121", high="121")
    other = signed_in(make.a_contributor())
    other.post(f"/me/{claim.code}/take-over/", {"version": "1"})
    claim.refresh_from_db()
    assert claim.low == 120


# --- imports ---


def test_an_import_is_approved_whole_by_one_other_person():
    claim = rows.an_imported_claim()
    batch, importer = claim.batch, claim.recorded_by
    page = signed_in(make.a_reviewer()).get(f"/review/imports/{batch.pk}/")
    assert claim.words in page.content.decode()
    make.a_user("reviewer")
    importer.groups.add(
        *User.objects.filter(groups__name="reviewer").first().groups.all()
    )
    refused = signed_in(importer).post(f"/review/imports/{batch.pk}/")
    claim.refresh_from_db()
    assert (refused.status_code, claim.status) == (302, "RECORDED")
    signed_in(make.a_reviewer()).post(f"/review/imports/{batch.pk}/")
    claim.refresh_from_db()
    assert claim.status == "PUBLISHED"
    assert claim.reviews.get().note == "With the import deaths.csv."


def test_an_import_offers_the_rows_that_this_person_may_approve_and_no_others():
    claim = rows.an_imported_claim()
    batch, importer = claim.batch, claim.recorded_by
    make.a_recorded_claim(by=importer, batch=batch, measure=None, unit="persons")
    address = f"/review/imports/{batch.pk}/"
    reviewer = signed_in(make.a_reviewer())
    assert reviewer.get(address).context["n_approvable"] == 1
    assert signed_in(importer).get(address).status_code == 403
    reviewer.post(address)
    page = reviewer.get(address)
    assert page.context["standing"].n_recorded == 1
    assert "Approve" not in page.content.decode()


# --- reports of errors ---


def report(client: Client, claim: Claim, code: str = "e-23456789bc", **sent: str):
    content = {"code": code, "message": "It says six.", "contact": "", **sent}
    return client.post(f"/report/{claim.code}/", content)


@pytest.fixture(autouse=True)
def _no_count_of_earlier_reports():
    from django.core.cache import cache  # noqa: PLC0415  # settings come first

    cache.clear()


def test_any_reader_reports_an_error_and_a_reviewer_answers_it(reviewer: User):
    claim = make.a_published_claim()
    assert report(Client(), claim, contact="r@example.org").status_code == 302
    report(Client(), claim)  # sent twice
    kept = ErrorReport.objects.get()
    client = signed_in(reviewer)
    assert "It says six." in client.get("/review/reports/").content.decode()
    sent = {"status": "DECLINED", "answer": "The text says five."}
    client.post(f"/review/reports/{kept.code}/", sent)
    kept.refresh_from_db()
    assert (kept.status, kept.contact, kept.answered_by) == ("DECLINED", "", reviewer)


@pytest.mark.parametrize("maker", [make.a_recorded_claim, lambda: None])
def test_what_is_not_public_takes_no_report(maker):
    claim = maker()
    code = claim.code if claim else "c-unknown"
    assert Client().get(f"/report/{code}/").status_code == 404


def test_a_flood_of_reports_is_stopped():
    claim = make.a_published_claim()
    answers = [report(Client(), claim, f"e-2345678{n:03}") for n in range(12)]
    assert [answer.status_code for answer in answers] == [302] * 10 + [429] * 2
    assert ErrorReport.objects.count() == 10


def test_an_empty_or_hostile_report_is_refused_kindly():
    claim = make.a_published_claim()
    for sent in ({"message": ""}, {"message": "x" * 5000}, {"contact": "nobody"}):
        assert report(Client(), claim, **sent).status_code == 422
    assert not ErrorReport.objects.exists()


# --- several at once ---


def test_several_are_decided_alike_and_each_by_itself(reviewer: User):
    first, second, changed = (make.a_recorded_claim() for _ in range(3))
    recording.edit(changed, {"note": "x"}, actor=changed.recorded_by)
    sent = {"step": "approve", "row": [f"{c.code}:1" for c in (first, changed, second)]}
    answer = signed_in(reviewer).post("/review/many/?kind=claim", sent, follow=True)
    statuses = [
        Claim.objects.get(pk=claim.pk).status for claim in (first, changed, second)
    ]
    assert statuses == ["PUBLISHED", "RECORDED", "PUBLISHED"]
    page = Markup(answer.content.decode()).text_in("messages")
    assert changed.code in page
    assert "2 statements were decided." in page


@pytest.mark.parametrize(
    "sent",
    [
        {"step": "burn", "row": ["{claim}:1"]},
        {"step": "return", "row": ["{claim}:1"]},
        {"step": "approve", "row": ["{claim}"]},
        {"step": "approve", "row": ["{claim}:99999999999999999999"]},
        {"step": "approve", "row": ["c-unknown:1", "", ":"]},
        {"step": "approve"},
        {},
    ],
)
def test_several_at_once_without_sense_decide_nothing(reviewer: User, sent):
    claim = make.a_recorded_claim()
    rows_sent = [item.format(claim=claim.code) for item in sent.get("row", [])]
    answer = signed_in(reviewer).post("/review/many/", {**sent, "row": rows_sent})
    assert answer.status_code == 302
    claim.refresh_from_db()
    assert (claim.status, claim.reviews.count()) == ("RECORDED", 0)
