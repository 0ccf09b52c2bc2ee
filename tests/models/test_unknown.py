"""A constraint that compares with nothing is unknown in SQL, and unknown passes."""

import datetime as dt
from itertools import product

import pytest
from django.apps import apps
from django.db.models import BooleanField, CheckConstraint, Model, Q
from django.db.models.functions import Coalesce

pytestmark = pytest.mark.django_db

CONSTRAINTS = [
    pytest.param(model, constraint, id=constraint.name)
    for label in ("sources", "claims")
    for model in apps.get_app_config(label).get_models()
    for constraint in model._meta.constraints
    if isinstance(constraint, CheckConstraint)
]
SAMPLES = {
    "DateField": dt.date(2024, 5, 2),
    "DateTimeField": dt.datetime(2024, 5, 2, tzinfo=dt.UTC),
    "CharField": "word",
    "TextField": "word",
    "URLField": "https://example.org",
    "BooleanField": True,
}


def values_of(field) -> list[object]:
    """What a column may hold, as far as a constraint can tell: nothing is one of it."""
    sample = SAMPLES.get(field.get_internal_type(), 1)
    chosen = [value for value, _ in field.choices or []] or [sample]
    return [*chosen, *[""] * field.empty_strings_allowed, *[None] * field.null]


def fields_of(model: type[Model], condition) -> list:
    names = {name for name, *_ in model._get_expr_references(condition)}
    return [
        model._meta.pk if name == "pk" else model._meta.get_field(name)
        for name in sorted(names)
    ]


@pytest.mark.parametrize(("model", "constraint"), CONSTRAINTS)
def test_a_check_is_true_or_false_whatever_is_missing(model, constraint):
    fields = fields_of(model, constraint.condition)
    holds = Q(Coalesce(constraint.condition, False, output_field=BooleanField()))  # noqa: FBT003  # an SQL literal
    unknown = []
    for values in product(*map(values_of, fields)):
        row = model(**{f.attname: v for f, v in zip(fields, values, strict=True)})
        against = row._get_field_expression_map(meta=model._meta)
        if constraint.condition.check(against) != holds.check(against):
            unknown.append(dict(zip([f.name for f in fields], values, strict=True)))
    assert not unknown
