"""The demo, replayed once for all tests of this folder and rolled back after them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django import DjangoDbBlocker

from claims.exchange import demo
from tests import factories


@pytest.fixture(scope="package")
def fixtures_folder() -> Path:
    return settings.BASE_DIR / "fixtures"


@pytest.fixture(scope="package")
def entries(fixtures_folder: Path) -> list[demo.Entry]:
    return demo.read(fixtures_folder)


@pytest.fixture(scope="package")
def people(
    django_db_setup: None,  # noqa: ARG001  # the migrated database
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[demo.People]:
    """Four accounts in an otherwise empty base."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield demo.People(
            contributor=factories.a_contributor(),
            reviewer=factories.a_reviewer(),
            editor=factories.an_editor(),
            chief=factories.a_chief(),
        )
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def replayed(entries: list[demo.Entry], people: demo.People) -> demo.Replayed:
    """The base with the demo in it."""
    return demo.replay(entries, people)
