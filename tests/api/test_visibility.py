"""Nothing unpublished and nothing internal leaves through the API."""

import json
from collections.abc import Iterator

import pytest
from django.db.models import Model
from django.test import Client
from rest_framework import serializers

from claims import recording, review
from claims.models import Assessment, Evidence
from factbase.policy import FIELDS
from sources import curation
from sources.models.columns import AnchorColumns, PartialDateColumns
from sources.policy import FieldClass
from tests import factories
from tests.api.conftest import Ask
from tests.api.resources import VIEWSETS, a_public_world

LISTS = [f"{resource}/" for resource in VIEWSETS]


# --- rows ---


@pytest.mark.django_db
@pytest.mark.parametrize("path", LISTS)
def test_nothing_that_is_only_recorded_is_listed_to_the_public(ask: Ask, path: str):
    speaker = factories.a_speaker()
    claim = factories.a_recorded_claim(speaker=speaker)
    factories.a_recorded_quote(version=claim.article_version, speaker=speaker)
    assert ask(path)["results"] == []
    assert ask(path, count="exact")["count"] == 0


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["claims/", "measures/", "events/", "articles/"])
def test_the_desk_sees_what_is_only_recorded(ask: Ask, client: Client, path: str):
    factories.a_recorded_claim()
    client.force_login(factories.a_contributor())
    assert len(ask(path)["results"]) == 1


@pytest.mark.django_db
def test_an_administrator_of_accounts_sees_what_the_public_sees(
    ask: Ask, client: Client
):
    claim = factories.a_recorded_claim()
    client.force_login(factories.an_admin())
    ask(f"claims/{claim.code}/", expect=404)


@pytest.mark.django_db
def test_a_hidden_row_and_none_at_all_are_the_same(client: Client):
    code = factories.a_recorded_claim().code
    hidden = client.get(f"/api/v1/claims/{code}/")
    absent = client.get("/api/v1/claims/c-0000000000/")
    assert hidden.status_code == absent.status_code == 404
    told = json.loads(hidden.content), json.loads(absent.content)
    assert {**told[0], "instance": ""} == {**told[1], "instance": ""}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("list_", "parameter"),
    [
        ("claims/", "measure"),
        ("claims/", "event"),
        ("claims/", "speaker"),
        ("claims/", "quote"),
        ("claims/", "article"),
        ("assessments/", "claim"),
    ],
)
def test_a_filter_does_not_tell_that_a_hidden_row_exists(
    ask: Ask, list_: str, parameter: str
):
    speaker = factories.a_speaker(slug="hidden-speaker")
    version = factories.a_version()
    quote = factories.a_recorded_quote(version=version, speaker=speaker)
    claim = factories.a_recorded_claim(version=version, speaker=speaker, quote=quote)
    hidden = {
        "measure": claim.measure.slug,
        "event": claim.measure.event.slug,
        "speaker": "hidden-speaker",
        "quote": quote.code,
        "article": claim.article_version.article.code,
        "claim": claim.code,
    }[parameter]
    [told] = ask(list_, expect=400, **{parameter: hidden})["errors"]
    assert told["code"] == "not-known"
    assert "nearest" not in told
    # One letter less is as near as it gets.
    [told] = ask(list_, expect=400, **{parameter: hidden[:-1]})["errors"]
    assert "nearest" not in told


@pytest.mark.django_db
def test_a_link_to_a_hidden_statement_is_left_out(ask: Ask, client: Client):
    version = factories.a_version()
    quote = factories.a_recorded_quote(version=version)
    claim = factories.a_published_claim(version=version, quote=quote)
    waiting = factories.a_recorded_replacement(claim)
    told = ask(f"claims/{claim.code}/")
    assert told["quote"] is None
    assert told["replaced_by"] is None
    client.force_login(factories.a_reviewer())
    told = ask(f"claims/{claim.code}/")
    assert told["quote"]["code"] == quote.code
    assert told["replaced_by"]["code"] == waiting.code


@pytest.mark.django_db
def test_an_origin_of_an_article_that_is_not_public_is_left_out(
    ask: Ask, client: Client
):
    version = factories.a_version()
    factories.a_published_quote(version=version)
    origin = factories.an_article(title="Not public yet")
    factories.a_derivation(article=version.article, origin=origin)
    path = f"articles/{version.article.code}/"
    assert ask(path)["derivations"][0]["origin"] is None
    client.force_login(factories.a_reviewer())
    assert ask(path)["derivations"][0]["origin"]["title"] == "Not public yet"


@pytest.mark.django_db
def test_an_organisation_that_is_not_public_is_left_out_of_roles(ask: Ask):
    """The office of an office: readers know the first of them, not the second."""
    speaker, office, hidden = (
        factories.a_speaker(),
        factories.an_organisation(),
        factories.an_organisation(),
    )
    factories.a_role(speaker=speaker, organisation=office)
    factories.a_role(speaker=office, organisation=hidden)
    factories.a_published_quote(speaker=speaker)
    [role] = ask(f"speakers/{speaker.slug}/")["roles"]
    assert role["organisation"]["slug"] == office.slug
    [role] = ask(f"speakers/{office.slug}/")["roles"]
    assert role["organisation"] is None


@pytest.mark.django_db
def test_a_whole_of_a_whole_that_is_not_public_is_left_out(ask: Ask):
    hidden = factories.a_measure()
    whole = factories.a_measure(part_of=hidden)
    part = factories.a_measure(part_of=whole)
    factories.a_published_claim(measure=part)
    assert ask(f"measures/{part.slug}/")["part_of"]["slug"] == whole.slug
    assert ask(f"measures/{whole.slug}/")["part_of"] is None


@pytest.mark.django_db
def test_evidence_that_is_not_public_is_left_out(ask: Ask, client: Client):
    chief = factories.a_chief()
    row = Assessment(
        claim=factories.a_published_claim(),
        rating="DISPUTED",
        summary="See there.",
        language="en",
    )
    recording.assess(
        row,
        evidence=[Evidence(claim=factories.a_recorded_claim(), note="not yet")],
        actor=chief,
        at=factories.PUBLISHED_AT,
    )
    review.approve(row, actor=factories.a_reviewer(), at=factories.WITHDRAWN_AT)
    assert ask(f"assessments/{row.code}/")["evidence"] == []
    client.force_login(chief)
    assert len(ask(f"assessments/{row.code}/")["evidence"]) == 1


@pytest.mark.django_db
def test_what_was_ended_is_no_longer_told(ask: Ask):
    speaker = factories.a_speaker()
    role = factories.a_role(speaker=speaker)
    factories.a_published_quote(speaker=speaker)
    curation.end_role(
        role, at=factories.WITHDRAWN_AT, reason="Mistaken", actor=factories.an_editor()
    )
    assert ask(f"speakers/{speaker.slug}/")["roles"] == []


# --- who may keep an answer ---


@pytest.mark.django_db
def test_an_answer_to_the_desk_is_private(client: Client):
    assert client.get("/api/v1/claims/")["Cache-Control"] == "no-cache"
    client.force_login(factories.a_reviewer())
    answer = client.get("/api/v1/claims/")
    assert answer["Cache-Control"] == "private, no-cache"
    assert "Cookie" in answer["Vary"]


# --- columns ---

#: What a method of a serializer reads, which no introspection can tell.
READ_BY_METHODS = {
    "url": {"code"},
    "pieces": {"pieces"},
    "text": {"access"},
    "of": set(),
    "is_training": set(),
}


def columns(serializer: serializers.Serializer, model: type[Model]) -> Iterator[tuple]:
    """Yield each column (model label, name) that a serializer tells of."""
    for name, field in serializer.fields.items():
        owner, source = model, field.source
        *relations, last = source.split(".")
        for relation in relations:
            owner = column_owner(owner, relation)
        if isinstance(field, serializers.ListSerializer):
            yield from columns(field.child, field.child.Meta.model)
        elif isinstance(field, serializers.SerializerMethodField):
            yield from ((label(model), read) for read in READ_BY_METHODS[name])
        elif isinstance(field, serializers.HyperlinkedIdentityField):
            yield label(model), field.lookup_field
        elif isinstance(field, serializers.BaseSerializer):
            yield from nested_columns(field, owner, last)
        elif source != "*":
            yield label(owner), last


def nested_columns(field, owner: type[Model], name: str) -> Iterator[tuple]:
    if name == "*":
        yield from columns(field, owner)
        return
    value = vars(owner).get(name) or getattr(owner, name, None)
    if isinstance(value, AnchorColumns | PartialDateColumns):
        yield from ((label(owner), column) for column in value._columns)
    elif name == "span":
        yield from ((label(owner), column) for column in ("start", "end"))
    else:
        yield from columns(field, column_owner(owner, name))


#: Relations by the names under which the rows that a reader may know are loaded.
LOADED_AS = {
    "standing_own_voices": "own_voices",
    "standing_merges": "merges",
    "visible_replacements": "replacements",
}


def column_owner(model: type[Model], relation: str) -> type[Model]:
    name = LOADED_AS.get(relation, relation)
    return model._meta.get_field(name).related_model


def label(model: type[Model]) -> str:
    return model._meta.label_lower


def told_columns() -> set[tuple[str, str]]:
    told: set[tuple[str, str]] = set()
    for viewset in VIEWSETS.values():
        for detail in (True, False):
            serializer = viewset(detail=detail).get_serializer_class()()
            told |= set(columns(serializer, viewset.queryset.model))
    return told


def test_every_column_that_a_serializer_tells_is_public():
    secret = {
        (name, column)
        for name, column in told_columns()
        if column not in FIELDS[name][FieldClass.PUBLIC].split()
    }
    assert secret == set()


def test_the_walk_over_the_serializers_finds_nested_columns():
    assert {
        ("claims.claim", "holds_words"),
        ("claims.claim", "quantity_start"),
        ("claims.claim", "low"),
        ("claims.claim", "withdrawal_reason"),
        ("claims.quote", "cue_words"),
        ("claims.event", "place_ar"),
        ("claims.evidence", "note"),
        ("sources.articleversion", "sha256"),
        ("sources.role", "held_until_latest"),
        ("sources.source", "homepage"),
        ("sources.speakeralias", "name"),
    } <= told_columns()


@pytest.mark.django_db
@pytest.mark.parametrize("desk", [False, True], ids=["public", "desk"])
def test_no_internal_word_is_in_any_answer(client: Client, *, desk: bool):
    """Canaries in internal columns, and the names of those who did the work."""
    person = "canary-person"
    source = factories.a_source(note="canary-note")
    version = factories.a_version(source=source)
    claim = factories.a_recorded_claim(
        version=version, note="canary-note", by=factories.a_contributor(person)
    )
    factories.a_translation(claim=claim, by=factories.a_contributor("canary-hand"))
    claim.refresh_from_db()
    factories.published(claim, by=factories.a_reviewer("canary-reviewer"))
    paths = a_public_world()
    if desk:
        client.force_login(factories.a_chief())
    addresses = [*paths.values(), *(f"/api/v1/{path}" for path in LISTS)]
    addresses += [claim.get_absolute_url().replace("/claims", "/api/v1/claims")]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200
        assert b"canary" not in answer.content
