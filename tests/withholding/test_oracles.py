"""What readers are answered does not depend on what a withheld speaker is called."""

import re
from itertools import count
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client

from claims import linting
from tests import factories as make
from tests.rendering import unrecorded
from tests.withholding.crawling import addresses, body_of
from tests.withholding.world import BORIS, ZELIA, Named, a_world

pytestmark = pytest.mark.django_db

#: What is made anew for each visit: what a form carries unseen; of a description, when
#: it was made and at which head of the log, which `/integrity/` shows as well.
_UNSEEN = re.compile(r'<input[^>]*type="hidden"[^>]*>|"(?:created|log_head)": ?"[^"]*"')

#: The admin, which is not for readers, and the head of the log, a digest of it all.
OTHERS = ("/admin/", "/integrity/")

#: Asked with each form of a name: one answer, as for a name that nobody has.
QUESTIONS = (
    "/speakers/{slug}/",
    "/claims/?speaker={slug}",
    "/quotes/?speaker={slug}",
    "/measures/?event={slug}",
    "/api/v1/speakers/{slug}/",
    "/api/v1/claims/?speaker={slug}",
    "/api/v1/quotes/?speaker={slug}x",
    "/api/v1/claims/?source={slug}",
    "/api/v1/claims/?unit={name}",
    "/api/v1/articles/?search={name}",
    "/claims/?search={name}",
    "/speakers/?search={name}",
    "/search/?q={name}",
    "/search/?q=people&speaker={slug}",
    "/search/results.csv?q={name}",
    "/api/v1/search/?q={name}",
    "/api/v1/speakers/?search={name}",
)


def answers(who: Named, monkeypatch) -> dict[str, tuple[int, str, str]]:
    """Return what every address answers anybody in a base around this speaker."""
    monkeypatch.setattr(make, "_numbers", count(1000))
    found = {}
    with transaction.atomic():
        speaker = make.withheld(a_world(who)["speaker"])
        linting.refresh()
        client = Client(raise_request_exception=False)
        for address in [*addresses(), *asked(who)]:
            if not any(part in address for part in (speaker.slug, *OTHERS)):
                found[blind(address, who)] = answer(client, address, who)
        transaction.set_rollback(True)
    return found


def asked(who: Named) -> list[str]:
    names = (who.english, who.arabic, who.alias)
    return [
        question.format(slug=who.slug, name=quote(name))
        for question in QUESTIONS
        for name in names
    ]


def answer(client: Client, address: str, who: Named) -> tuple[int, str, str]:
    with unrecorded():
        response = client.get(address)
    body = blind(_UNSEEN.sub("", body_of(response)), who)
    # A tag is made of the address, so it differs where the reader says a name there.
    tag = response.get("ETag") if blind(address, who) == address else None
    return response.status_code, body, str(tag)


def blind(text: str, who: Named) -> str:
    """Take out what the reader said themself."""
    for form in (who.english, who.arabic, who.alias, who.slug):
        for said in (form, quote(form), form.replace(" ", "+")):
            text = text.replace(said, "…")
    return text


def test_no_answer_depends_on_a_withheld_name(monkeypatch):
    about_one = answers(ZELIA, monkeypatch)
    about_other = answers(BORIS, monkeypatch)
    assert about_one.keys() == about_other.keys()
    differing = {
        address: (told, about_other[address])
        for address, told in about_one.items()
        if told != about_other[address]
    }
    assert differing == {}


SEARCHES = (
    "/admin/sources/speaker/?q={name}",
    "/admin/sources/speakeralias/?q={name}",
    "/admin/sources/role/?q={name}",
    "/admin/sources/source/?q={name}",
    "/admin/sources/article/?q={name}",
    "/admin/claims/claim/?q={name}",
    "/admin/claims/quote/?q={name}",
    "/admin/claims/event/?q={name}",
    "/admin/claims/measure/?q={name}",
    "/admin/claims/translation/?q={name}",
    "/admin/claims/assessment/?q={name}",
    "/admin/sources/change/?q={name}",
    "/admin/autocomplete/?app_label=claims&model_name=claim&field_name=speaker"
    "&term={name}",
)


@pytest.mark.parametrize("role", [make.a_contributor, make.a_reviewer, make.an_editor])
def test_a_search_for_a_withheld_name_finds_nothing(role):
    make.withheld(a_world(ZELIA)["speaker"])
    client = Client()
    client.force_login(role())
    names = (ZELIA.english, ZELIA.arabic, ZELIA.alias, "Quandour", ZELIA.slug)
    for address in (
        each.format(name=quote(name)) for each in SEARCHES for name in names
    ):
        response = client.get(address)
        if "autocomplete" in address:
            assert response.json()["results"] == [], address
        else:
            assert response.context["cl"].result_count == 0, address


def test_a_search_still_finds_what_stands_beside_the_name():
    make.withheld(a_world(ZELIA)["speaker"])
    client = Client()
    client.force_login(make.an_editor())
    response = client.get("/admin/sources/article/?q=nobody+drowned")
    # the article by its title, its copy by its text
    assert response.context["cl"].result_count == 2
