"""Answers say what the framework's own way through the same serializers says."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from itertools import product
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from rest_framework.request import Request
from rest_framework.serializers import ListSerializer
from rest_framework.test import APIRequestFactory

from claims.api.viewsets import ClaimViewSet, QuoteViewSet
from claims.models import Claim
from factbase.api.rendering import ExactJSONRenderer
from sources import masking
from sources.api.telling import Telling
from sources.models.columns import Anchor, PartialDateColumns
from sources.policy import PublicAt, sees_unpublished, sees_withheld
from sources.text.dates import PartialDate
from sources.text.spans import Span
from tests import factories as make
from tests.api.resources import a_public_world, recorded
from tests.withholding import world

pytestmark = pytest.mark.django_db

VIEWSETS = [QuoteViewSet, ClaimViewSet]


def readers() -> list[Any]:
    """The public, today and before a withdrawal, a reviewer, the chief."""
    before = PublicAt(dt.datetime(2024, 5, 5, tzinfo=dt.UTC))
    return [AnonymousUser(), before, make.a_reviewer(), make.a_chief()]


def a_whole_claim() -> None:
    """A claim with every column set, and a plain one with few."""
    source = make.a_source(name_ar="أخبار الميناء")
    days = PartialDateColumns.values_of(PartialDate.year(2024))
    names = ("earliest", "latest", "precision", "words")
    stated = dict(zip((f"published_{name}" for name in names), days, strict=True))
    version = make.a_version(source=source, **stated | {"published_words": "2024"})
    at = version.text.index("About 120 people crossed the river")
    quote = make.a_published_quote(version=version)
    row = make.a_claim(
        version=version,
        words="About 120 people crossed the river",
        qualifier="ABOUT",
        low=Decimal("119.5"),
        high=Decimal("120.25"),
        best=Decimal(120),
        quote=quote,
        measure=make.a_measure(
            name_ar="العابرون", event=make.an_event(name_ar="العبور")
        ),
        speaker=make.a_speaker(name_ar="مينا", wikidata="Q1"),
        role_words="harbour master",
        basis="OBSERVED",
        rule="en.claim.about",
        pieces=[[at, at + 9, "About 120"], [at + 10, at + 16, "people"]],
    )
    parts = {"qualifier": (0, 5), "quantity": (6, 9)}
    parts |= {"counted": (10, 16), "predicate": (17, 24), "speaker": (0, 9)}
    for name, (start, end) in parts.items():
        span = Span(at + start, at + end)
        setattr(row, f"{name}_anchor", Anchor.at(version.text, span))
    row.holds = PartialDate.month(2024, 5)
    row.holds_words = "in May"
    row = make.a_translation(claim=recorded(row), credit="Dalia Karim").statement
    make.published(row)
    make.published(recorded(make.a_plain_claim()))


@pytest.fixture
def _world():
    a_public_world()
    a_whole_claim()
    make.withheld(world.a_world(world.ZELIA)["speaker"])
    make.a_recorded_claim()
    make.a_recorded_quote(words="Nobody drowned", cue="said")
    make.a_withdrawn_claim()


def as_the_framework_tells(serializer: Any, row: Any) -> Any:
    """Every field asked anew; what is a null in place of a row, a serializer decides."""
    told = {}
    for field in serializer._readable_fields:
        value = field.get_attribute(row)
        part = None if value is None else field.to_representation(value)
        if part is not None and isinstance(field, Telling):
            part = as_the_framework_tells(field, value)
        elif isinstance(field, ListSerializer):
            rows = value if isinstance(value, list) else value.all()
            part = [as_the_framework_tells(field.child, each) for each in rows]
        told[field.field_name] = None if part == "" else part
    return told


def view_of(viewset: Any, reader: Any, *, detail: bool) -> Any:
    request = Request(APIRequestFactory().get("/"))
    request.user = reader
    return viewset(request=request, format_kwarg=None, detail=detail, action="list")


def in_order(rows: Any) -> list[Any]:
    return sorted(rows, key=lambda row: row.pk)


def as_json(told: Any) -> bytes:
    return ExactJSONRenderer().render(told)


def each_reading() -> Iterator[tuple[Any, Any]]:
    """Yield every list with every reader of it, while they read."""
    for viewset, user in product(VIEWSETS, readers()):
        reading = masking.Reading(
            knows=partial(sees_withheld, user), records=partial(sees_unpublished, user)
        )
        with reading:
            yield viewset, user


@pytest.mark.usefixtures("_world")
def test_rows_are_told_field_by_field_as_the_framework_does():
    for viewset, user in each_reading():
        view = view_of(viewset, user, detail=False)
        rows = in_order(view.get_queryset())
        told = view.get_serializer(rows, many=True).data
        slow = view.get_serializer(rows, many=True).child
        assert len(rows) > 1
        assert as_json(told) == as_json([as_the_framework_tells(slow, r) for r in rows])


@pytest.mark.usefixtures("_world")
def test_rows_loaded_apart_are_those_that_one_query_joins():
    for viewset, user in each_reading():
        listed = view_of(viewset, user, detail=False)
        joined = view_of(viewset, user, detail=True)
        rows = in_order(listed.get_queryset())
        same = in_order(joined.get_queryset().filter(pk__in=[row.pk for row in rows]))
        assert as_json(listed.get_serializer(rows, many=True).data) == as_json(
            joined.get_serializer(same, many=True).data
        )


@pytest.mark.usefixtures("_world")
def test_the_rows_compared_have_each_field_set_and_each_null():
    seen: dict[tuple[str, ...], set[bool]] = {}

    def note(told: Any, *names: str) -> None:
        seen.setdefault(names, set()).add(told is None)
        for name, part in told.items() if isinstance(told, dict) else ():
            note(part, *names, name)

    view = view_of(ClaimViewSet, AnonymousUser(), detail=False)
    for told in view.get_serializer(view.get_queryset(), many=True).data:
        note(told)
    never = {names for names, nulls in seen.items() if False not in nulls}
    assert never == set()
    assert {("quantity",), ("holds",), ("speaker",), ("replaced_by",)} <= {
        names for names, nulls in seen.items() if nulls == {True, False}
    }


@pytest.mark.usefixtures("_world")
def test_what_several_rows_refer_to_is_one_object():
    claims = list(ClaimViewSet.queryset.assembled(Claim.REFERENCES))
    measures = [claim.measure for claim in claims if claim.measure]
    assert len({id(each) for each in measures}) == len({each.pk for each in measures})
