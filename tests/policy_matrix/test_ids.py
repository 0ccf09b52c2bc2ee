"""Keys of hidden rows in addresses, queries and bodies: as if there were no such row."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.http import HttpResponse
from django.urls import reverse

from claims.models import Claim, Measure, Quote
from sources.models import Article, Source, Speaker
from sources.policy import UserRole
from tests.admin.browsing import address
from tests.policy_matrix.asking import OF_NO_ENGINE, Question, Visitor, questions
from tests.policy_matrix.oracle import knows
from tests.policy_matrix.test_canaries import told
from tests.policy_matrix.world import CANARY, World

#: Suggested by likeness, from what is public; it depends on the letters asked.
_NEAREST = re.compile(r',?"nearest":("[^"]*"|null)')
_LENGTH = re.compile(r"(?m)^[0-9]+$")
_MADE_ANEW = re.compile(
    r'((csrfmiddlewaretoken|new_code)" value|nonce)="[^"]*"|[?&]e=1'
    r"|\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT"  # a header with the second of the answer
)


def key_of(row: Any) -> str:
    return getattr(row, "code", "") or getattr(row, "slug", "") or str(row.pk)


def absent(key: str) -> str:
    """A key of the same length that no row has."""
    if key.isdigit():
        return str(10**8 - int(key))
    return key[:2] + "2" * (len(key) - 2)


def as_told(response: HttpResponse, *keys: str) -> tuple[int, str]:
    """The whole answer but for the keys that were asked."""
    text = _MADE_ANEW.sub("", _NEAREST.sub("", told(response)))
    text = _LENGTH.sub("", text)
    for key in keys:
        text = re.sub(rf"(?<!\d){re.escape(key)}(?!\d)", "…", text)
    return response.status_code, text


def differing(
    visitor: Visitor, method: str, at: str, key: str, posted: Any = None
) -> list[str]:
    """Ask with a key and with one that is nobody's; return where the answers differ."""
    other = absent(key)
    swapped = {
        name: value.replace(key, other) for name, value in (posted or {}).items()
    }
    first = visitor.ask(method, at, posted)
    second = visitor.ask(method, at.replace(key, other), swapped or None)
    said = as_told(first, key)[1].replace(visitor.name or "\0", "")  # one knows oneself
    names = not posted and CANARY in said
    is_same = as_told(first, key, other) == as_told(second, key, other)
    return [] if is_same and not names else [f"{method} {at} {posted or ''}"]


# --- addresses ---


def hidden_pages(world: World, role: str) -> Iterator[Question]:
    for question in questions(world):
        if not question.route.startswith("admin:") and not knows(role, question):
            yield question


@pytest.mark.parametrize(
    ("role", "method"),
    [
        ("anonymous", "GET"),
        pytest.param("anonymous", "POST", marks=pytest.mark.drill),
        pytest.param(UserRole.ADMIN, "GET", marks=OF_NO_ENGINE),
    ],
)
def test_the_page_of_a_hidden_row_is_as_that_of_none(world, role, method):
    visitor, asked, wrong = Visitor(world.people[role]), 0, []
    for question in hidden_pages(world, role):
        posted = {"message": "It says six."} if method == "POST" else None
        wrong += differing(
            visitor, method, question.address, key_of(question.row), posted
        )
        asked += 1
    assert wrong == []
    assert asked > 60


def test_the_page_of_a_withheld_speaker_is_as_that_of_none_at_a_desk(world):
    [speaker] = [row for row, _ in world.of(Speaker) if row.withheld]
    visitor = Visitor(world.people["editor"])
    for at in (speaker.get_absolute_url(), f"/api/v1/speakers/{speaker.slug}/"):
        assert differing(visitor, "GET", at, speaker.slug) == []


# --- queries ---

LISTS = [
    *(f"/{name}s/" for name in ("quote", "article", "speaker", "source")),
    *("/measures/", "/events/", "/corrections/", "/admin/login/"),
    *(f"/api/v1/{name}s/" for name in ("claim", "quote", "article", "measure")),
    *("/api/v1/assessments/", "/api/v1/speakers/", "/api/v1/corrections/"),
]


def one_hidden_of_each(world: World) -> list[Any]:
    found = {type(row): row for row in world.hidden}
    return [row for row in found.values() if key_of(row) != str(row.pk)]


@pytest.mark.parametrize(
    "path",
    ["/claims/", *(pytest.param(each, marks=pytest.mark.drill) for each in LISTS)],
)
def test_a_query_with_a_hidden_key_is_as_one_with_none(world, path):
    visitor, wrong = Visitor(None), []
    for row in one_hidden_of_each(world):
        key, name = key_of(row), row._meta.model_name
        for query in (f"{name}={key}", f"part_of={key}", f"next=/{name}s/{key}/"):
            wrong += differing(visitor, "GET", f"{path}?{query}", key)
    assert wrong == []


@pytest.mark.parametrize("model", [Claim, Quote])
@pytest.mark.parametrize("role", ["contributor", "editor", "chief"])
def test_a_correction_of_what_may_not_be_corrected_is_as_one_of_nothing(
    world, role, model
):
    visitor = Visitor(world.people[role])
    for row, is_public in world.of(model):
        if role != "chief" or row.status != "PUBLISHED":
            at = address(model, "add", replaces=row.code)
            assert differing(visitor, "GET", at, row.code) == [], (is_public, role)


# --- bodies ---


def links_to(model: type) -> Iterator[tuple[type, str]]:
    """Every form of the desk in which a row of a model is chosen."""
    for owner in admin.site._registry:
        own = admin.site.get_model_admin(owner)
        for name in own.autocomplete_fields:
            if owner._meta.get_field(name).related_model is model:
                yield owner, name


def test_a_form_that_names_a_withheld_speaker_is_answered_as_one_that_names_nobody(
    world,
):
    [speaker] = [row for row, _ in world.of(Speaker) if row.withheld]
    visitor = Visitor(world.people["editor"])
    chosen, wrong = list(links_to(Speaker)), []
    for owner, name in chosen:
        at, posted = address(owner, "add"), {name: str(speaker.pk)}
        page = visitor.ask("POST", at, posted)
        assert page.status_code in {200, 302}, (owner, name)
        assert f"lady {CANARY}" not in told(page).lower(), (owner, name)
        wrong += differing(visitor, "POST", at, str(speaker.pk), posted)
        wrong += differing(visitor, "GET", f"{at}?{name}={speaker.pk}", str(speaker.pk))
    assert wrong == []
    assert len(chosen) > 5


@pytest.mark.parametrize("model", [Article, Source, Speaker, Claim, Quote, Measure])
def test_the_choices_of_a_form_are_closed_to_those_without_a_desk(world, model):
    visitor = Visitor(world.people["admin"])
    for owner, name in links_to(model):
        meta = owner._meta
        at = (
            f"{reverse('admin:autocomplete')}?app_label={meta.app_label}"
            f"&model_name={meta.model_name}&field_name={name}&term={CANARY}"
        )
        assert visitor.ask("GET", at).status_code == 403


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30, "٣"])
def test_a_version_that_is_no_number_is_refused_by_every_form(world, version):
    row = next(row for row, _ in world.of(Claim) if row.status == "RECORDED")
    visitor = Visitor(world.people["chief"])
    posted = {"version": version, "step": "approve", "row": f"{row.code}:{version}"}
    for name in ("take-over", "review", "review-many"):
        at = reverse(name, args=[] if name == "review-many" else [row.code])
        assert visitor.ask("POST", at, posted).status_code in {302, 409, 422}, name
