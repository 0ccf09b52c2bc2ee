"""A snapshot is the same for a row just built and for one read back."""

import datetime as dt
import json
from decimal import Decimal

import pytest
from django.apps import apps

from claims import recording
from claims.models import Claim, Event
from sources import curation, history
from sources.models import Change, Source
from sources.models.versioned import Logged
from tests import factories as make
from tests.models import attacks

pytestmark = pytest.mark.django_db


def as_stored(row) -> str:
    return history.canonical(history.snapshot(type(row).objects.get(pk=row.pk)))


def last_entry(row) -> Change:
    return history.timeline(row)[0]


def test_every_row_is_as_its_last_entry_says():
    attacks.cast()
    seen = set()
    for model in apps.get_models():
        if issubclass(model, Logged):
            for row in model.objects.all():
                assert last_entry(row).snapshot == as_stored(row)
                seen.add(model)
    logged = {model for model in apps.get_models() if issubclass(model, Logged)}
    aliases = {apps.get_model("sources", n) for n in ("SourceAlias", "SpeakerAlias")}
    assert seen == logged - aliases


NUMBERS = [
    pytest.param("0", "0", id="nothing"),
    pytest.param("0.000", "0", id="nothing with zeros"),
    pytest.param("-0", "0", id="nothing, negative"),
    pytest.param("1E+3", "1000", id="an exponent"),
    pytest.param("3500.10", "3500.1", id="a zero too many"),
    pytest.param("0.001", "0.001", id="the smallest step"),
    pytest.param("999999999999.999", "999999999999.999", id="15 digits"),
    pytest.param("123456789012.345", "123456789012.345", id="15 other digits"),
    pytest.param("0.1", "0.1", id="no binary fraction"),
]


@pytest.mark.parametrize(("number", "logged"), NUMBERS)
def test_a_decimal_is_logged_as_it_is_stored(number, logged):
    row = make.a_recorded_claim(low=number)
    assert last_entry(row).content["low"] == logged
    assert last_entry(row).snapshot == as_stored(row)
    assert Claim.objects.get(pk=row.pk).low == Decimal(number)


@pytest.mark.parametrize("degrees", ["-90", "89.999999", "0.000001", "33.5"])
def test_coordinates_are_logged_as_they_are_stored(degrees):
    row = make.an_event(latitude=degrees, longitude=Decimal(degrees))
    assert last_entry(row).snapshot == as_stored(row)
    assert Event.objects.get(pk=row.pk).latitude == Decimal(degrees)


MOMENTS = [
    pytest.param(
        dt.datetime(2024, 5, 2, 9, 0, 0, 1, tzinfo=dt.UTC), id="a microsecond"
    ),
    pytest.param(
        dt.datetime(2024, 5, 2, 1, tzinfo=dt.timezone(dt.timedelta(hours=3))),
        id="another zone, another day",
    ),
    pytest.param(dt.datetime(1, 1, 2, tzinfo=dt.UTC), id="the first years"),
    pytest.param(
        dt.datetime(9998, 12, 31, 23, 59, 59, 999999, tzinfo=dt.UTC), id="the last ones"
    ),
]


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_moment_is_logged_as_it_is_stored(moment):
    row = make.a_recorded_claim(at=moment)
    assert last_entry(row).snapshot == as_stored(row)
    assert Claim.objects.get(pk=row.pk).recorded_at == moment


@pytest.mark.parametrize(
    "languages",
    [
        pytest.param([], id="none"),
        pytest.param(["ar", "ku-Latn"], id="a list"),
        pytest.param(("ar", "en"), id="a tuple"),
        pytest.param(["العربية 🚢 \\ \" ' \u2028"], id="any letters"),
        pytest.param([1, 1.5, 10**15, True, None, {"b": 1, "a": []}], id="JSON"),
    ],
)
def test_json_is_logged_as_it_is_stored(languages):
    row = make.a_source(languages=languages)
    assert last_entry(row).snapshot == as_stored(row)
    assert Source.objects.get(pk=row.pk).languages == json.loads(json.dumps(languages))


def test_values_typed_as_words_are_logged_as_they_are_stored():
    event = make.an_event(latitude="33.50", longitude="36.30")
    row = recording.change(
        event,
        {"starts_earliest": "2024-05-02", "starts_latest": "2024-05-02"}
        | {"starts_precision": "DAY", "latitude": "34.00"},
        actor=make.an_editor(),
    )
    assert last_entry(row).snapshot == as_stored(row)
    assert last_entry(row).content["starts_earliest"] == "2024-05-02"


def test_a_reference_typed_as_words_is_logged_as_a_number():
    article = make.an_article()
    other = make.a_source()
    row = curation.change(article, {"source_id": str(other.pk)}, actor=make.an_editor())
    assert last_entry(row).content["source_id"] == other.pk
    assert last_entry(row).snapshot == as_stored(row)


def test_a_text_is_logged_by_its_digest_alone():
    version = make.a_version()
    content = last_entry(version).content
    assert "text" not in content
    assert content["sha256"] == version.text_digest


def test_a_snapshot_keeps_letters_as_they_are():
    row = make.a_source(name_ar="نورث برس 🚢")
    assert "نورث برس 🚢" in last_entry(row).snapshot
    assert json.loads(last_entry(row).snapshot) == history.snapshot(row)
