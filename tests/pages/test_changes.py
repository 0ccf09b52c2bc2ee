"""What was published, corrected and withdrawn of a measure between two days."""

from http import HTTPStatus

import pytest
from django.test import Client

from tests import factories as make
from tests.api.hostile import VALUES
from tests.pages.conftest import Read
from tests.pages.markup import Markup, without_ours

pytestmark = pytest.mark.django_db


@pytest.fixture
def old():
    """A claim published on the 3rd of May 2024 and corrected on the 6th."""
    return make.a_corrected_claim()


def changes_of(claim, query: str = "") -> str:
    return f"{claim.measure.get_absolute_url()}changes/{query}"


def badges(page: Markup) -> list[str]:
    return [part.text for part in page.parts if part.stands_in("badge")]


def test_a_measure_leads_to_what_changed(read: Read, old):
    measure = old.measure.get_absolute_url()
    assert changes_of(old) in read(measure).links()
    assert (
        changes_of(old, "?until=2024-05-05")
        in read(f"{measure}?as_of=2024-05-05").links()
    )


def test_a_correction_is_one_step_from_the_old_to_the_new_with_its_reason(
    read: Read, old
):
    page = read(changes_of(old))
    new = old.replacements.get()
    assert badges(page) == ["corrected", "published"]
    assert page.text_linked_to(old.get_absolute_url(), "changes").count("120") == 2
    assert "90" in page.text_linked_to(new.get_absolute_url(), "changes")
    assert "Miscounted" in page.text_in("reason")


@pytest.mark.parametrize(
    ("query", "steps"),
    [
        pytest.param("", ["corrected", "published"], id="everything, latest first"),
        pytest.param("?from=2024-05-03", ["corrected"], id="after the end of a day"),
        pytest.param("?until=2024-05-05", ["published"], id="until the end of a day"),
        pytest.param("?from=2024-05-06", [], id="nothing since"),
        pytest.param("?from=&until=", ["corrected", "published"], id="empty fields"),
        pytest.param(
            "?from=2024-05-03T08:59:59Z&until=2024-05-03T09:00:00Z",
            ["published"],
            id="moments",
        ),
    ],
)
def test_only_what_changed_between_the_two_is_shown(
    read: Read, old, query: str, steps: list[str]
):
    page = read(changes_of(old, query))
    assert badges(page) == steps
    assert f"{len(steps)} change" in page.text_in("count")


def test_a_withdrawal_says_who_took_it_back_and_why(read: Read):
    claim = make.a_withdrawn_claim()
    page = read(changes_of(claim, "?from=2024-05-05"))
    assert page.text_in("badge") == "withdrawn by us"
    assert claim.withdrawal_reason in page.text_in("reason")


def test_a_correction_into_another_measure_is_a_step_of_both(read: Read):
    old = make.a_published_claim()
    new = make.a_claim(version=old.article_version)
    actor = make.a_chief()
    make.recording.replace(
        old, new, reason="Other people", actor=actor, at=make.PUBLISHED_AT
    )
    make.published(new, at=make.WITHDRAWN_AT)
    for claim in (old, new):
        page = read(changes_of(claim, "?from=2024-05-05"))
        assert page.text_in("badge") == "corrected"
        assert "Other people" in page.text_in("reason")


def test_what_is_not_published_is_no_change(read: Read):
    claim = make.a_recorded_claim()
    read(changes_of(claim), status=HTTPStatus.NOT_FOUND)
    page = read(changes_of(claim), as_user=make.a_chief())
    assert "Nothing changed" in page.text_in("changes")


def test_both_days_are_to_be_had_as_pages_and_as_data(read: Read, client: Client, old):
    page = read(changes_of(old, "?from=2024-05-03&until=2024-05-06"))
    for day in ("2024-05-03", "2024-05-06"):
        assert f"{old.measure.get_absolute_url()}?as_of={day}" in page.links()
        data = f"/api/v1/claims/?measure={old.measure.slug}&as_of={day}"
        assert data in page.links()
        assert len(client.get(data).json()["results"]) == 1


def test_many_changes_come_in_pages(
    client: Client, old, django_assert_num_queries, read: Read
):
    for low in range(31):
        make.a_published_claim(
            version=old.article_version, measure=old.measure, low=low
        )
    # measure, whose names are withheld, count, places, claims, replacements
    with django_assert_num_queries(6):
        client.get(changes_of(old))
    assert "33 changes" in read(changes_of(old)).text_in("count")
    second = changes_of(old, "?until=2024-05-06&page=2")
    assert read(second).html.count("badge-published") == 3
    assert "?until=2024-05-06&page=1" in read(second).links()


@pytest.mark.parametrize("value", [*filter(None, VALUES.values())])
@pytest.mark.parametrize("name", ["from", "until"])
def test_what_is_no_past_day_is_refused(client: Client, old, name: str, value: str):
    answer = client.get(changes_of(old, f"?{name}={value}"))
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert b"<script" not in without_ours(answer.content)


@pytest.mark.parametrize(
    "query", ["from=2024-05-06&until=2024-05-05", "from=2024-05-01&from=2024-05-01"]
)
def test_days_that_cannot_be_meant_are_refused(read: Read, old, query: str):
    page = read(changes_of(old, f"?{query}"), status=HTTPStatus.BAD_REQUEST)
    assert "from: " in page.text_in("error-page")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_page_is_in_both_languages(read: Read, old, language: str):
    page = read(changes_of(old), language=language)
    assert (
        "html",
        {"lang": language, "dir": "rtl" if language == "ar" else "ltr"},
    ) in page.tags
