"""What Python says of a CHECK constraint is what the database says of it."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint

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


@pytest.mark.parametrize("name", CHECKS)
def test_a_row_that_breaks_a_constraint_is_told_of_it(name):
    _model, constraint = DECLARED[name]
    row, columns = CASES[name]()
    if not row._state.adding:
        refuse_broken(row)
    for column, value in columns.items():
        setattr(row, column, value)
    with pytest.raises(ValidationError) as told:
        refuse_broken(row)
    assert str(constraint.get_violation_error_message()) in told.value.messages
