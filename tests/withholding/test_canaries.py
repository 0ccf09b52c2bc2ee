"""A withheld name is read nowhere: not at any address, by nobody but the chief."""

import logging
from collections import Counter

import pytest
from django.test import Client

from claims import linting
from tests import factories as make
from tests.policy_matrix.asking import OF_NO_ENGINE
from tests.rendering import unrecorded
from tests.withholding.crawling import addresses, leaks
from tests.withholding.world import ZELIA, a_world, forms_of

pytestmark = pytest.mark.django_db

READERS = {
    "anybody": None,
    "a contributor": make.a_contributor,
    "a reviewer": make.a_reviewer,
    "an editor": make.an_editor,
    "an administrator": make.an_admin,
}


def crawled(reader: str, language: str) -> tuple[dict[str, set[str]], Counter[int]]:
    """What each address tells of the name, and how often each status was answered."""
    client = Client(
        headers={"accept-language": language}, raise_request_exception=False
    )
    if account := READERS.get(reader, make.a_chief):
        client.force_login(account())
    found, statuses = {}, Counter[int]()
    for address in addresses():
        with unrecorded():
            response = client.get(address)
        statuses[response.status_code] += 1
        if told := leaks(response, forms_of(ZELIA)):
            found[address] = told
    return found, statuses


@pytest.mark.parametrize(
    ("reader", "language"),
    [
        ("anybody", "en"),
        pytest.param("anybody", "ar", marks=pytest.mark.drill),
        pytest.param("a contributor", "en", marks=OF_NO_ENGINE),
        pytest.param("a reviewer", "ar", marks=OF_NO_ENGINE),
        ("an editor", "ar"),
        pytest.param("an administrator", "en", marks=OF_NO_ENGINE),
    ],
)
def test_a_withheld_name_is_read_at_no_address(reader, language, caplog):
    make.withheld(a_world(ZELIA)["speaker"])
    linting.refresh()
    caplog.set_level(logging.INFO)
    caplog.clear()
    found, statuses = crawled(reader, language)
    assert found == {}
    assert not [line for line in caplog.messages if leaked(line)]
    assert statuses[200] > 20
    assert 500 not in statuses


def leaked(line: str) -> bool:
    return any(form in line for form in forms_of(ZELIA))


def test_the_crawl_would_find_a_name_that_is_not_withheld():
    a_world(ZELIA)
    linting.refresh()
    found, _statuses = crawled("anybody", "en")
    assert set().union(*found.values()) == set(forms_of(ZELIA))


@pytest.mark.drill
def test_the_chief_still_reads_the_name():
    make.withheld(a_world(ZELIA)["speaker"])
    linting.refresh()
    found, _statuses = crawled("the chief", "en")
    assert {ZELIA.english, ZELIA.arabic, ZELIA.alias} <= set().union(*found.values())
