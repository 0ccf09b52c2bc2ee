"""What each resource tells, in which shape."""

import json

import pytest
from django.test import Client

from sources.models.columns import Anchor, PartialDateColumns
from sources.text.dates import PartialDate
from sources.text.spans import Span
from tests import factories
from tests.api.conftest import Ask
from tests.api.resources import VIEWSETS, a_public_world, recorded

pytestmark = pytest.mark.django_db


def test_the_root_names_every_list(ask: Ask):
    assert set(ask("")) == {*VIEWSETS, "lints", "search", "schema", "docs"}


def test_every_list_holds_what_its_detail_tells(client: Client):
    for resource, detail in a_public_world().items():
        alone = json.loads(client.get(detail).content)
        listed = json.loads(client.get(f"/api/v1/{resource}/").content)["results"]
        [same] = [row for row in listed if row["url"] == alone["url"]]
        assert same == {name: alone[name] for name in same}, resource


def test_every_address_in_an_answer_is_reached(client: Client):
    for detail in a_public_world().values():
        for address in addresses(json.loads(client.get(detail).content)):
            assert client.get(address).status_code == 200, address


def addresses(value: object) -> set[str]:
    if isinstance(value, list):
        return set().union(*map(addresses, value))
    if not isinstance(value, dict):
        return set()
    here = {value[name] for name in ("url", "page") if value.get(name)}
    return here.union(*map(addresses, value.values()))


def test_a_claim_tells_words_place_quantity_and_origin(ask: Ask):
    version = factories.a_version()
    row = factories.a_claim(
        version=version,
        low=120,
        qualifier="ABOUT",
        speaker=factories.a_speaker(slug="mina-haddad"),
        measure=factories.a_measure(slug="crossed", event=factories.an_event()),
        role_words="",
    )
    at = version.text.index("120")
    row.quantity_anchor = Anchor.at(version.text, Span(at, at + 3))
    row.holds = PartialDate.month(2024, 5)
    code = factories.published(recorded(row)).code

    claim = ask(f"claims/{code}/")

    assert claim["words"] == "120 people crossed the river"
    assert claim["span"] == {"start": at, "end": at + 28}
    assert claim["quantity"] == {
        "low": 120,
        "high": 120,
        "best": None,
        "qualifier": "ABOUT",
        "unit": "persons",
        "words": {"start": at, "end": at + 3, "words": "120"},
        "qualifier_words": None,
    }
    assert claim["holds"] == {
        "earliest": "2024-05-01",
        "latest": "2024-05-31",
        "precision": "MONTH",
        "words": None,
    }
    assert claim["published_at"] == "2024-05-03T09:00:00Z"
    assert claim["speaker"]["slug"] == "mina-haddad"
    assert claim["measure"]["slug"] == "crossed"
    assert claim["article"]["code"] == version.article.code
    assert claim["article"]["source"]["slug"] == version.article.source.slug
    assert claim["role_words"] is None


def test_a_plain_claim_has_no_quantity(ask: Ask):
    row = recorded(factories.a_plain_claim())
    claim = ask(f"claims/{factories.published(row).code}/")
    assert claim["quantity"] is None
    assert claim["measure"] is None


def test_a_split_quotation_tells_its_pieces(ask: Ask):
    row = factories.a_quote(words="Nobody drowned,” the harbour master said")
    start = row.start
    row.pieces = [[start, start + 14, "Nobody drowned"]]
    code = factories.published(recorded(row)).code
    assert ask(f"quotes/{code}/")["pieces"] == [
        {"start": start, "end": start + 14, "words": "Nobody drowned"}
    ]


def test_a_translation_tells_whom_to_credit_and_null_where_nobody_is_named(ask: Ask):
    quote = factories.a_recorded_quote()
    quote = factories.a_translation(quote=quote, credit="Dalia Karim").statement
    quote = factories.a_translation(quote=quote, language="fr", words="x").statement
    told = ask(f"quotes/{factories.published(quote).code}/")["translations"]
    assert sorted(told, key=lambda each: each["language"]) == [
        {"language": "ar", "words": "لم يغرق أحد", "credit": "Dalia Karim"},
        {"language": "fr", "words": "x", "credit": None},
    ]


def test_an_open_article_carries_its_latest_text_and_versions(ask: Ask):
    version = factories.a_version()
    factories.a_published_quote(version=version)
    factories.a_version(article=version.article, text="Corrected. " + factories.ENGLISH)
    article = ask(f"articles/{version.article.code}/")
    assert article["text"] == "Corrected. " + factories.ENGLISH
    assert [known["number"] for known in article["versions"]] == [1, 2]


@pytest.mark.parametrize("access", ["PAYWALLED", "RESTRICTED"])
def test_the_text_of_a_closed_article_is_for_the_desk_only(
    ask: Ask, client: Client, access: str
):
    version = factories.a_version(access=access)
    factories.a_published_quote(version=version)
    assert ask(f"articles/{version.article.code}/")["text"] is None
    client.force_login(factories.a_reviewer())
    assert ask(f"articles/{version.article.code}/")["text"] == factories.ENGLISH


def test_an_article_tells_what_it_takes_from_whom(ask: Ask):
    version = factories.a_version()
    factories.a_published_quote(version=version)
    origin = factories.a_source(slug="north-press")
    factories.a_derivation(article=version.article, origin_source=origin)
    [derivation] = ask(f"articles/{version.article.code}/")["derivations"]
    assert derivation["kind"] == "REPUBLISHES"
    assert derivation["origin_source"]["slug"] == "north-press"


def test_a_speaker_tells_aliases_and_roles_in_order_of_time(ask: Ask):
    speaker = factories.a_speaker()
    factories.a_speaker_alias("Umm Sami", speaker=speaker)
    factories.a_role(speaker=speaker, name_en="Envoy", **held_from(2021))
    factories.a_role(speaker=speaker, name_en="Spokeswoman", **held_from(2019))
    factories.a_published_quote(speaker=speaker)
    told = ask(f"speakers/{speaker.slug}/")
    assert told["aliases"] == [{"name": "Umm Sami", "language": None, "script": "Latn"}]
    assert [role["name"]["en"] for role in told["roles"]] == ["Spokeswoman", "Envoy"]


def held_from(year: int) -> dict[str, object]:
    parts = ("earliest", "latest", "precision", "words")
    values = PartialDateColumns.values_of(PartialDate.year(year))
    return dict(zip((f"held_from_{part}" for part in parts), values, strict=True))


def test_a_merged_speaker_names_whom_they_turned_out_to_be(ask: Ask):
    one, other = factories.a_speaker(), factories.a_speaker()
    factories.a_published_quote(speaker=one)
    factories.a_merge(speaker=one, into=other)
    assert ask(f"speakers/{one.slug}/")["merged_into"]["slug"] == other.slug
    assert ask(f"speakers/{other.slug}/")["merged_into"] is None


def test_a_correction_tells_what_replaced_a_claim_and_why(ask: Ask):
    old = factories.a_corrected_claim()
    new = old.replacements.get()
    correction = ask(f"corrections/{old.code}/")
    assert correction["of"] == "claim"
    assert correction["withdrawn"]["code"] == old.code
    assert correction["replaced_by"]["code"] == new.code
    assert correction["kind"] == "CORRECTED"
    assert correction["reason"] == "Miscounted"
    assert correction["withdrawn_at"] == "2024-05-06T09:00:00Z"
    assert ask(f"claims/{old.code}/")["replaced_by"]["code"] == new.code
    assert ask(f"claims/{new.code}/")["replaces"]["code"] == old.code


def test_a_withdrawal_without_replacement_is_a_correction_too(ask: Ask):
    quote = factories.a_withdrawn_quote()
    assessment = factories.withdrawn(factories.a_published_assessment())
    rows = {row["code"]: row for row in ask("corrections/")["results"]}
    assert set(rows) == {quote.code, assessment.code}
    assert rows[quote.code]["replaced_by"] is None
    assert rows[assessment.code]["of"] == "assessment"


def test_what_stands_is_no_correction(ask: Ask):
    ask(f"corrections/{factories.a_published_claim().code}/", expect=404)


def test_invented_rows_are_marked(ask: Ask):
    version = factories.a_version(is_training=True)
    claim = factories.a_published_claim(version=version)
    assessment = factories.a_published_assessment(claim=claim)
    factories.withdrawn(claim, at=factories.WITHDRAWN_AT)
    assert ask(f"claims/{claim.code}/")["article"]["is_training"]
    assert ask(f"assessments/{assessment.code}/")["is_training"]
    assert ask(f"corrections/{claim.code}/")["is_training"]
