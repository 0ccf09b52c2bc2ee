"""Whether a row keeps the CHECK constraints of its table, without asking the database.

Django asks for each constraint by a query; a file of 100,000 rows has no time for
that. The same conditions are made into functions here, once for a model, and told as
SQL tells them: what compares with null is unknown, and only what is false is refused.
"""

from __future__ import annotations

import operator
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, F, Model, Q, UniqueConstraint, Value
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Length
from django.db.models.lookups import Lookup

if TYPE_CHECKING:
    from collections.abc import Callable

    #: Tells whether a condition is true of a row; None is unknown.
    Test: TypeAlias = Callable[[Model], bool | None]
    Get: TypeAlias = Callable[[Model], Any]

_COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "exact": operator.eq,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
    "in": lambda value, values: value in values,
}


def refuse_broken(row: Model) -> None:
    """Refuse a row, its columns cleaned, that breaks a CHECK constraint; no query.

    A row that it refers to may be unsaved yet.

    Raises:
        ValidationError: with the message of each constraint that it breaks.
    """
    broken = [
        constraint.get_violation_error_message()
        for constraint, holds in _tests(type(row))
        if holds(row) is False
    ]
    if broken:
        raise ValidationError(broken)


def applies(constraint: UniqueConstraint, row: Model) -> bool:
    """Tell whether a row is one of those among which a constraint allows no two."""
    return not constraint.condition or bool(_test(constraint.condition, type(row))(row))


@cache
def _tests(model: type[Model]) -> list[tuple[CheckConstraint, Test]]:
    return [
        (constraint, _test(constraint.condition, model))
        for constraint in model._meta.constraints
        if isinstance(constraint, CheckConstraint)
    ]


def _test(condition: Any, model: type[Model]) -> Test:
    """Return the test that a condition is."""
    if isinstance(condition, Q):
        tests = [_test(part, model) for part in condition.children]
        told = _joined(tests, decisive=condition.connector == Q.OR)
        return _negated(told) if condition.negated else told
    if isinstance(condition, Lookup):
        lookup, left, right = condition.lookup_name, condition.lhs, condition.rhs
    else:
        path, right = condition
        name, _, lookup = path.partition("__")
        left = F(name)
    return _compared(lookup or "exact", _get(left, model), _get(right, model))


def _joined(tests: list[Test], *, decisive: bool) -> Test:
    """Return the test that one is true (`decisive`), or that none is false."""

    def told(row: Model) -> bool | None:
        answer: bool | None = not decisive
        for test in tests:
            each = test(row)
            if each is decisive:
                return decisive
            if each is None:
                answer = None
        return answer

    return told


def _negated(test: Test) -> Test:
    def told(row: Model) -> bool | None:
        answer = test(row)
        return None if answer is None else not answer

    return told


def _compared(lookup: str, left: Get, right: Get) -> Test:
    if lookup == "isnull":
        return lambda row: bool((left(row) is None) == right(row))
    compare = _COMPARED[lookup]

    def told(row: Model) -> bool | None:
        one, other = left(row), right(row)
        return None if one is None or other is None else compare(one, other)

    return told


def _get(expression: Any, model: type[Model]) -> Get:
    """Return what reads the value of an expression from a row."""
    match expression:
        case F():
            return _column(expression.name, model)  # type: ignore[attr-defined]  # it has one
        case Value():
            return lambda _row: expression.value
        case Length():
            [words] = expression.get_source_expressions()
            read = _get(words, model)
            return lambda row: len(read(row))
        case CombinedExpression():  # the only one there is adds
            first, second = (_get(e, model) for e in (expression.lhs, expression.rhs))
            return lambda row: _sum(first(row), second(row))
        case _:
            return lambda _row: expression


def _sum(one: Any, other: Any) -> Any:
    return None if one is None or other is None else one + other


def _column(name: str, model: type[Model]) -> Get:
    """Return what reads a column as stored, or the unsaved row that it will refer to."""
    column: Any = model._meta.pk if name == "pk" else model._meta.get_field(name)
    attname = column.attname
    if not column.is_relation:
        return lambda row: row.__dict__[attname]

    def referred(row: Model) -> Any:
        held = row.__dict__[attname]
        return row._state.fields_cache.get(name) if held is None else held

    return referred
