"""Readers say which fields a row has, and which references stand there in full."""

import json
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests import factories
from tests.api.conftest import Ask
from tests.api.resources import VIEWSETS, a_public_world, recorded
from tests.models.rows import an_own_voice

pytestmark = pytest.mark.django_db


# --- fields ---


def test_only_the_fields_asked_for_are_told(ask: Ask):
    claim = factories.a_published_claim(low=7)
    query = {"fields": "code,quantity.low,article.source.slug"}
    row = {
        "code": claim.code,
        "quantity": {"low": 7},
        "article": {
            "source": {"slug": claim.article_version.article.source.slug},
        },
    }
    assert ask("claims/", **query)["results"] == [row]
    assert ask(f"claims/{claim.code}/", **query) == row


def test_a_field_stands_where_it_stands_in_the_whole_row(ask: Ask):
    code = factories.a_published_claim().code
    assert list(ask(f"claims/{code}/", fields="page,words,code")) == [
        *("code", "page", "words")
    ]


def test_a_field_is_told_with_all_that_is_below_it(ask: Ask):
    code = factories.a_published_claim().code
    whole = ask(f"claims/{code}/")["article"]
    for fields in ("article", "article.title,article", "article,article.source.slug"):
        assert ask(f"claims/{code}/", fields=fields) == {"article": whole}


def test_what_is_null_stays_null_whatever_is_asked_below_it(ask: Ask):
    code = factories.published(recorded(factories.a_plain_claim())).code
    fields = "quantity.low,measure.event.slug,holds.earliest,replaced_by.code"
    assert ask(f"claims/{code}/", fields=fields) == {
        "quantity": None,
        "measure": None,
        "holds": None,
        "replaced_by": None,
    }


def test_every_field_of_every_answer_can_be_asked_for_alone(client: Client):
    for resource, address in a_public_world().items():
        whole = read(client, address)
        for path in paths(whole):
            row = read(client, f"{address}?fields={path}")
            assert len(row) == 1, (resource, path)
            assert part(row, path) == part(whole, path), (resource, path)


def read(client: Client, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.content.decode())
    return json.loads(answer.content)


#: Names in lists of rows below a row, and in what is no row, are not asked for alone.
ATOMS = {"pieces"}


def paths(row: dict[str, Any]) -> set[str]:
    found = set(row)
    for name, value in row.items():
        nested = value[0] if isinstance(value, list) and value else value
        if isinstance(nested, dict) and name not in ATOMS:
            found |= {f"{name}.{each}" for each in paths(nested)}
    return found


def part(row: Any, path: str) -> Any:
    name, _, below = path.partition(".")
    nested = row[name]
    if isinstance(nested, list):
        return [part(each, below) if below else each for each in nested]
    return part(nested, below) if below and nested is not None else nested


#: Whose names are withheld, asked at the first name of an answer.
WITHHELD = 1
#: How far the log is, asked before anything else.
TAG = 1


@pytest.mark.parametrize(
    ("resource", "fields", "cost"),
    [
        pytest.param("sources", "slug,kind", 1, id="neither aliases nor voices"),
        pytest.param("speakers", "kind,source.slug", 1, id="no roles, no merges"),
        pytest.param("claims", "code,article.code", 1, id="nothing beside the row"),
        pytest.param("claims", "words", 1 + WITHHELD, id="words of the row"),
        pytest.param("claims", "replaced_by.code", 2, id="replacements alone"),
        pytest.param("articles", "code", 1, id="no text and no versions"),
        pytest.param("assessments", "rating", 1, id="no evidence"),
        pytest.param("measures", "slug", 1, id="not what they are part of"),
    ],
)
def test_what_is_not_asked_for_is_not_loaded(
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    resource: str,
    fields: str,
    cost: int,
):
    address = a_public_world()[resource]
    with django_assert_num_queries(cost + TAG):
        client.get(address, {"fields": fields})


# --- expand ---


def test_a_reference_is_told_in_full(ask: Ask):
    claim = factories.a_published_claim(
        speaker=factories.a_speaker(slug="mina-haddad"),
        measure=factories.a_measure(slug="crossed"),
    )
    source = claim.article_version.article.source
    query = {"expand": "speaker,article.source,measure.event"}
    told = ask(f"claims/{claim.code}/", **query)
    assert told["speaker"] == ask("speakers/mina-haddad/")
    assert told["measure"]["tolerance_days"] == claim.measure.tolerance_days
    assert told["measure"]["event"] == ask(f"events/{claim.measure.event.slug}/")
    assert told["article"]["source"] == ask(f"sources/{source.slug}/")
    assert ask("claims/", **query)["results"] == [told]


def test_a_source_and_who_speaks_for_it_lead_to_each_other(ask: Ask):
    source, office = factories.a_source(), factories.an_organisation()
    spokesman = factories.an_unnamed_speaker(source=source)
    an_own_voice(source=source, speaker=office)
    for speaker in (office, spokesman):
        version = factories.a_version(source=source)
        factories.a_published_quote(version=version, speaker=speaker)
    whole = ask(f"sources/{source.slug}/")
    told = ask(f"speakers/{spokesman.slug}/", expand="source.speaks_as")["source"]
    assert told == whole | {"speaks_as": ask(f"speakers/{office.slug}/")}


def test_what_is_expanded_holds_all_that_the_reference_holds(client: Client):
    for resource, address in a_public_world().items():
        whole = read(client, address)
        for path in VIEWSETS[resource].expansions():
            row = read(client, f"{address}?expand={path}")
            assert holds(row, whole), (resource, path)
            assert row != whole or part(whole, path.split(".")[0]) is None, path


def holds(row: Any, reference: Any) -> bool:
    """Whether a row says all that a reference says."""
    if not isinstance(reference, dict):
        return row == reference
    return all(holds(row[name], value) for name, value in reference.items())


def test_fields_name_what_is_expanded(ask: Ask):
    claim = factories.a_published_claim(speaker=factories.a_speaker())
    told = ask(f"claims/{claim.code}/", expand="speaker", fields="speaker.kind")
    assert told == {"speaker": {"kind": claim.speaker.kind}}
    fields = "code,speaker.roles.name.en"
    [row] = ask("claims/", expand="speaker", fields=fields)["results"]
    assert row == {"code": claim.code, "speaker": {"roles": []}}


def test_a_speaker_whose_name_is_withheld_stays_a_reference(ask: Ask, client: Client):
    claim = factories.a_published_claim(speaker=factories.a_speaker())
    factories.a_speaker_alias("Umm Sami", speaker=claim.speaker)
    factories.withheld(claim.speaker)
    whole = ask(f"claims/{claim.code}/")
    assert ask(f"claims/{claim.code}/", expand="speaker") == whole
    assert whole["speaker"]["slug"] is None
    client.force_login(factories.a_chief())
    [alias] = ask(f"claims/{claim.code}/", expand="speaker")["speaker"]["aliases"]
    assert alias["name"] == "Umm Sami"


def test_what_is_not_public_stays_unknown(ask: Ask, client: Client):
    version = factories.a_version()
    quote = factories.a_recorded_quote(version=version)
    code = factories.a_published_claim(version=version, quote=quote).code
    assert ask(f"claims/{code}/", expand="quote")["quote"] is None
    client.force_login(factories.a_reviewer())
    told = ask(f"claims/{code}/", expand="quote")["quote"]
    assert told == ask(f"quotes/{quote.code}/")


def test_a_row_stands_in_another_as_it_stood_at_the_moment_asked_for(ask: Ask):
    version = factories.a_version()
    quote = factories.a_published_quote(version=version)
    code = factories.a_published_claim(version=version, quote=quote).code
    factories.withdrawn(quote, at=factories.WITHDRAWN_AT)
    query = {"expand": "quote"}
    now = ask(f"claims/{code}/", **query)
    then = ask(f"claims/{code}/", as_of="2024-05-05", **query)
    assert now["quote"]["withdrawal"]["kind"] == "WITHDRAWN"
    assert then["quote"]["withdrawal"] is None
    assert then["quote"]["words"] == quote.words


# --- mistakes ---


@pytest.mark.parametrize(
    ("parameter", "value", "code", "nearest"),
    [
        pytest.param("fields", "wrods", "unknown-field", "words", id="a letter off"),
        pytest.param(
            *("fields", "quantity.lows", "unknown-field", "quantity.low"), id="below"
        ),
        pytest.param("fields", "code.x", "unknown-field", "code", id="below a leaf"),
        pytest.param("fields", "", "empty-parameter", None, id="none"),
        pytest.param("fields", "sha256", "unknown-field", None, id="internal"),
        pytest.param("fields", "__class__", "unknown-field", None, id="of Python"),
        pytest.param(
            *("fields", "speaker.roles", "unknown-field", "speaker.url"),
            id="only in the full row",
        ),
        pytest.param("expand", "speakers", "not-expandable", "speaker", id="plural"),
        pytest.param("expand", "words", "not-expandable", None, id="no reference"),
        pytest.param(
            *("expand", "quote.article.source", "not-expandable", "article.source"),
            id="too far down",
        ),
    ],
)
def test_a_wrong_name_is_refused_with_the_nearest_right_one(
    ask: Ask, parameter: str, value: str, code: str, nearest: str | None
):
    claim = factories.a_published_claim().code
    for path in ("claims/", f"claims/{claim}/"):
        [told] = ask(path, expect=400, **{parameter: value})["errors"]
        assert (told["parameter"], told["code"]) == (parameter, code)
        assert told.get("nearest") == nearest


def test_wrong_names_are_told_together_up_to_ten(ask: Ask):
    told = ask("claims/", expect=400, fields="code,wrods,x")["errors"]
    assert [each["value"] for each in told] == ["wrods", "x"]
    many = ",".join(f"x{number}" for number in range(1000))
    assert len(ask("claims/", expect=400, fields=many)["errors"]) == 10


def test_what_leads_nowhere_has_nothing_to_expand(ask: Ask):
    [told] = ask("events/", expect=400, expand="place")["errors"]
    assert told["code"] == "unknown-parameter"


def test_a_comparison_is_not_shaped(ask: Ask):
    slug = factories.a_published_claim().measure.slug
    path = f"measures/{slug}/comparison/"
    [told] = ask(path, expect=400, fields="measure")["errors"]
    assert told["code"] == "unknown-parameter"


def test_the_fields_of_lints_and_findings_can_be_chosen(ask: Ask):
    assert {tuple(lint) for lint in ask("lints/?fields=name")} == {("name",)}
    assert ask("lints/backwards/", fields="told")["results"] == []
