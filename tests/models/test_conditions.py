"""What Python says of a CHECK constraint is what the database says of it."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, Model

from sources.models.conditions import refuse_broken
from tests.models.test_constraints import DECLARED
from tests.models.violations import CASES

pytestmark = pytest.mark.django_db

CHECKS = [
    name
    for name, (_model, constraint) in DECLARED.items()
    if isinstance(constraint, CheckConstraint)
]


@pytest.fixture(autouse=True)
def _two_approvals(settings):
    settings.REVIEW_APPROVALS = 2


def read(row: Model) -> Model:
    """The row with its columns as `clean_fields` leaves them."""
    for each in row._meta.concrete_fields:
        if not each.is_relation:
            setattr(row, each.attname, each.to_python(getattr(row, each.attname)))
    return row


@pytest.mark.parametrize("name", CHECKS)
def test_a_row_that_breaks_a_constraint_is_told_of_it(name):
    _model, constraint = DECLARED[name]
    row, columns = CASES[name]()
    if not row._state.adding:
        refuse_broken(read(row))
    for column, value in columns.items():
        setattr(row, column, value)
    read(row)
    with pytest.raises(ValidationError) as told:
        refuse_broken(row)
    assert str(constraint.get_violation_error_message()) in told.value.messages
