"""Every named constraint refuses, and says what it refuses."""

from contextlib import nullcontext

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from sources.models import Change
from tests.models import rows
from tests.models.violations import BEHIND, CASES

pytestmark = pytest.mark.django_db

DECLARED = {
    constraint.name: (model, constraint)
    for label in ("sources", "claims")
    for model in apps.get_app_config(label).get_models()
    for constraint in model._meta.constraints
}


@pytest.fixture(autouse=True)
def _two_approvals(settings):
    """One approval leaves a row waiting, so that its publication can be tried."""
    settings.REVIEW_APPROVALS = 2


def test_every_constraint_has_a_case():
    assert set(CASES) == set(DECLARED)


def names(refusal: IntegrityError, model: type[models.Model], constraint) -> bool:
    """Whether a refusal is by this constraint; SQLite names columns of a unique one."""
    if connection.vendor == "sqlite" and isinstance(
        constraint, models.UniqueConstraint
    ):
        columns = (
            f"{model._meta.db_table}.{model._meta.get_field(name).column}"
            for name in constraint.fields
        )
        return f"UNIQUE constraint failed: {', '.join(columns)}" == str(refusal)
    return f'"{constraint.name}"' in str(refusal) or str(refusal).endswith(
        f": {constraint.name}"
    )


@pytest.mark.parametrize("name", CASES)
def test_a_constraint_tells_a_form_and_holds_whoever_writes(name):
    model, constraint = DECLARED[name]
    row, columns = CASES[name]()
    for column, value in columns.items():
        setattr(row, column, value)

    with pytest.raises(ValidationError) as told:
        row.validate_constraints()
    with pytest.raises(ValidationError):
        row.full_clean()
    with (
        rows.without_guard(BEHIND[name]) if name in BEHIND else nullcontext(),
        pytest.raises(IntegrityError) as refused,
        transaction.atomic(),
    ):
        rows.write_past_the_forms(row, **columns)

    if model is not Change:  # which no form writes
        assert constraint.get_violation_error_message() in told.value.messages
    assert names(refused.value, model, constraint)
