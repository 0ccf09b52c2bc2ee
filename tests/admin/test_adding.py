"""Rows that come about by a form, one of each kind that no other file adds."""

from decimal import Decimal
from typing import Any

import pytest

from claims import recording
from claims.models import Claim, Event, Measure, Quote, Translation
from sources.models import Source, SourceAlias
from tests import factories as make
from tests.admin.browsing import address, at_desk, complaints, fields, send, step

pytestmark = pytest.mark.django_db


def added(model: type, **values: Any) -> Any:
    """The row that a contributor's form makes."""
    answer = send(at_desk(make.an_editor()), address(model, "add"), **values)
    assert answer.status_code == 302, complaints(answer)
    return model._default_manager.latest("pk")


def test_a_source_with_its_languages_and_other_names():
    source = added(
        Source,
        name_en="Harbour News",
        slug="harbour-news",
        kind="OUTLET",
        languages="ar، en",
        **{"aliases-0-name": "HN"},
    )
    assert source.languages == ["ar", "en"]
    assert source.aliases.get().name == "HN"


def test_a_language_that_is_none_is_refused():
    page = send(
        at_desk(make.an_editor()),
        address(Source, "add"),
        name_en="Harbour News",
        slug="harbour-news",
        kind="OUTLET",
        languages="Arabic",
    )
    assert "A language is a tag" in complaints(page)


def test_an_alias_on_its_own_page():
    source = make.a_source()
    assert added(SourceAlias, source=source.pk, name="HN").source == source


def test_an_event_with_its_place_and_days():
    event = added(
        Event,
        name_ar="عبور النهر",
        slug="crossing",
        latitude="36.502",
        longitude="40.747",
        starts_earliest="2 أيار 2024",
        ends_earliest="2024-05-03",
        ends_words="يوم الجمعة",
    )
    page = at_desk(make.an_editor()).get(address(Event, "changelist"))
    assert "3 May 2024 \u2068“يوم الجمعة”\u2069" in page.content.decode()
    assert (event.latitude, event.longitude) == (Decimal("36.502"), Decimal("40.747"))
    assert (str(event.starts_latest), str(event.ends_latest)) == (
        "2024-05-02",
        "2024-05-03",
    )


def test_a_measure_whose_meaning_then_stands():
    event = make.an_event()
    columns = {"counted": "people", "happened": "crossed", "unit": "persons"}
    measure = added(
        Measure,
        name_en="Crossed",
        slug="crossed",
        event=event.pk,
        nature="LEVEL",
        **columns,
    )
    make.a_published_claim(measure=measure)
    client = at_desk(make.an_editor())
    page = send(client, address(measure), unit="families")
    assert "so its meaning stands" in complaints(page)
    assert send(client, address(measure), tolerance_days="٢").status_code == 302
    measure.refresh_from_db()
    assert measure.tolerance_days == 2


def test_a_split_quotation_with_its_pieces():
    version = make.a_version()
    start = version.text.index("Nobody drowned,”")
    quote = added(
        Quote,
        article_version=version.pk,
        anchor_find="Nobody drowned,” the harbour master said",
        pieces=f"{start}-{start + 14}",
        kind="DIRECT",
        language="en",
    )
    assert quote.pieces == [[start, start + 14, "Nobody drowned"]]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        pytest.param("pieces", "0-99999", id="a piece beyond the text"),
        pytest.param("pieces", "5-2", id="a piece backwards"),
        pytest.param("anchor_find", "Nobody swam", id="words that are not there"),
    ],
)
def test_a_place_outside_the_text_is_explained(field: str, typed: str):
    values = {"anchor_find": "Nobody drowned", field: typed}
    page = send(
        at_desk(make.an_editor()),
        address(Quote, "add"),
        article_version=make.a_version().pk,
        kind="DIRECT",
        language="en",
        **values,
    )
    name = field.removesuffix("_find")
    assert list(page.context["adminform"].form.errors) == [name]


def test_a_translation_of_a_recorded_statement():
    quote = make.a_recorded_quote()
    row = added(Translation, quote=quote.pk, language="ar", words="لم يغرق أحد")
    assert row.quote == quote


def test_a_derivation_is_taken_back():
    row = make.a_derivation(article=make.an_article(), origin=make.an_article())
    client = at_desk(make.an_editor())
    assert send(client, step(row, "end"), reason="Misread.").status_code == 302
    row.refresh_from_db()
    assert row.ended_at is not None


def test_an_open_claim_is_read_by_whoever_may_not_edit_it():
    claim = make.a_recorded_claim(low=120, high=130, qualifier="RANGE", best=125)
    page = at_desk(make.a_reviewer()).get(address(claim)).content.decode()
    assert "120 to 130 persons (125)" in page


def test_a_table_that_says_more_than_it_may_is_shown_as_it_says():
    claim = make.a_recorded_claim(low=90, high=60, qualifier="RANGE", basis="TABULATED")
    client = at_desk(make.an_editor())
    assert "90 &gt; 60" in client.get(address(Claim, "changelist")).content.decode()
    assert fields(client.get(address(claim)))["low"] == ["90"]


def test_a_plain_claim_is_listed_without_a_quantity():
    claim = make.a_plain_claim()
    recording.record(claim, actor=make.a_contributor(), at=make.RECORDED_AT)
    page = at_desk(make.an_editor()).get(address(Claim, "changelist"))
    assert '<td class="field-quantity">—</td>' in page.content.decode()
