import logging
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings

from tests.policy_matrix.world import World, a_world
from tests.rendering import unrecorded


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:  # noqa: ARG001  # comes first
    """One base for all tests here, rolled back after the last."""
    with (
        django_db_blocker.unblock(),
        override_settings(API_RATE=None),
        transaction.atomic(),
    ):
        yield a_world()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _nothing_but_answers_is_read() -> Iterator[None]:
    with unrecorded():
        yield


@pytest.fixture(autouse=True)
def _refusals_are_not_logged() -> Iterator[None]:
    """Thousands of refusals are what is tested; no line for each."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)
