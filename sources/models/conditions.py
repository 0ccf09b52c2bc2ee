"""Whether a row keeps the CHECK constraints of its table, without asking the database.

Django asks for each constraint by a query; a file of 100,000 rows has no time for
that. The same conditions are read here, as SQL reads them: what compares with null is
unknown, and only what is false is refused.
"""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, F, Q, UniqueConstraint, Value
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Length
from django.db.models.lookups import Lookup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db.models import Model

_COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "exact": operator.eq,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
    "in": lambda value, values: value in values,
}


def refuse_broken(row: Model) -> None:
    """Refuse a row that breaks a CHECK constraint; no query.

    A row that it refers to may be unsaved yet.

    Raises:
        ValidationError: with the message of each constraint that it breaks.
    """
    broken = [
        constraint.get_violation_error_message()
        for constraint in row._meta.constraints
        if isinstance(constraint, CheckConstraint)
        and _holds(constraint.condition, row) is False
    ]
    if broken:
        raise ValidationError(broken)


def applies(constraint: UniqueConstraint, row: Model) -> bool:
    """Tell whether a row is one of those among which a constraint allows no two."""
    return not constraint.condition or bool(_holds(constraint.condition, row))


def _holds(condition: Any, row: Model) -> bool | None:
    """Tell whether a condition is true of a row; None is unknown."""
    if isinstance(condition, Q):
        told = _joined([_holds(part, row) for part in condition.children], condition)
        return None if told is None else told != condition.negated
    if isinstance(condition, Lookup):
        return _compared(condition.lookup_name or "", condition.lhs, condition.rhs, row)
    path, value = condition
    name, _, lookup = path.partition("__")
    return _compared(lookup or "exact", F(name), value, row)


def _joined(told: Iterable[bool | None], condition: Q) -> bool | None:
    decisive = condition.connector == Q.OR
    told = list(told)
    if decisive in told:
        return decisive
    return None if None in told else not decisive


def _compared(lookup: str, left: Any, right: Any, row: Model) -> bool | None:
    left, right = _value(left, row), _value(right, row)
    if lookup == "isnull":
        return bool((left is None) == right)
    return None if None in (left, right) else _COMPARED[lookup](left, right)


def _value(expression: Any, row: Model) -> Any:
    match expression:
        case F():
            return _column(row, expression.name)  # type: ignore[attr-defined]  # it has one
        case Value():
            return expression.value
        case Length():
            [words] = expression.get_source_expressions()
            return len(_value(words, row))
        case CombinedExpression():  # the only one there is adds
            left, right = _value(expression.lhs, row), _value(expression.rhs, row)
            return None if None in (left, right) else left + right
        case _:
            return expression


def _column(row: Model, name: str) -> Any:
    """Return what a column holds, or the unsaved row that it will refer to."""
    if name == "pk":
        return row.pk
    column: Any = row._meta.get_field(name)
    held = getattr(row, column.attname)
    if column.is_relation:
        return row._state.fields_cache.get(name) if held is None else held
    return column.to_python(held)
