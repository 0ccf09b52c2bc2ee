"""Lists are narrowed, paged, and to be had as data."""

import datetime as dt

import pytest
from django.urls import reverse

from claims.listing import PAGE_SIZE
from tests import factories
from tests.pages.conftest import Read


def test_a_long_list_comes_in_pages(read: Read):
    for _ in range(PAGE_SIZE + 1):
        factories.a_published_claim()
    first, second = read("/claims/"), read("/claims/?page=2")
    assert f"{PAGE_SIZE + 1} claims" in first.text_in("count")
    assert "?page=2" in first.links()
    assert "?page=1" in second.links()
    assert second.text_in("statement-head").count("c-") == 1
    read("/claims/?page=3", status=404)


def test_a_filter_keeps_to_its_rows_and_can_be_removed(read: Read):
    speaker = factories.a_speaker(name_en="Mina Haddad")
    said, other = (
        factories.a_published_claim(speaker=speaker),
        factories.a_published_claim(),
    )
    page = read(f"/claims/?speaker={speaker.slug}&status=PUBLISHED&utm_source=x")
    assert said.code in page.html
    assert other.code not in page.html
    assert "Mina Haddad" in page.text_in("chip")
    assert "?status=PUBLISHED" in page.links()
    data = f"/api/v1/claims/?status=PUBLISHED&speaker={speaker.slug}"
    assert data in page.links()


@pytest.mark.parametrize(
    ("path", "resource"),
    [
        ("/articles/?language=en", "article"),
        ("/quotes/?kind=DIRECT", "quote"),
        ("/speakers/?kind=PERSON", "speaker"),
        ("/sources/?kind=OUTLET", "source"),
        ("/events/", "event"),
        ("/measures/?nature=LEVEL", "measure"),
    ],
)
def test_every_list_leads_to_its_data(read: Read, client, path: str, resource: str):
    version = factories.a_version()
    factories.a_published_quote(version=version, speaker=factories.a_speaker())
    factories.a_published_claim(version=version)
    _, _, query = path.partition("?")
    data = reverse(f"api:{resource}-list") + (f"?{query}" if query else "")
    page = read(path)
    assert data in page.links()
    assert "row-title" in page.html or "statement-head" in page.html
    assert client.get(data).status_code == 200
    table = data.replace(f"/{resource}s/", f"/{resource}s.csv")
    assert table in page.links()
    assert client.get(table).getvalue().count(b"\r\n") > 1


def test_the_table_of_a_measure_is_in_the_order_of_what_the_figures_hold_for(
    read: Read,
):
    old = factories.a_corrected_claim()
    page = read(old.measure.get_absolute_url())
    rows = [attributes for tag, attributes in page.tags if tag == "tr"][1:]
    assert [row["class"] for row in rows] == ["is-withdrawn", "is-published"]
    assert f"/api/v1/claims/?measure={old.measure.slug}" in page.links()


def test_a_part_and_its_whole_point_to_each_other(read: Read):
    whole = factories.a_measure()
    part = factories.a_measure(event=whole.event, part_of=whole)
    factories.a_published_claim(measure=part)
    assert part.get_absolute_url() in read(whole.get_absolute_url()).links()
    assert whole.get_absolute_url() in read(part.get_absolute_url()).links()


def test_what_others_took_from_a_source_is_listed(read: Read):
    agency = factories.a_source(name_en="The Agency")
    claim = factories.a_published_claim()
    article = claim.article_version.article
    factories.a_derivation(article=article, origin_source=agency)
    page = read(agency.get_absolute_url())
    assert article.get_absolute_url() in page.links()


@pytest.mark.parametrize(
    ("last", "written"),
    [
        pytest.param(None, "5 January 2022", id="no end is known"),
        pytest.param(5, "5 January 2022", id="one day is said once"),
        pytest.param(7, "from 5 January 2022 to 7 January 2022", id="several days"),
    ],
)
def test_an_event_says_when_and_where(read: Read, last: int | None, written: str):
    event = factories.an_event(
        place_en="Tilmara",
        place_ar="تلمارا",
        latitude=36,
        longitude=40,
        **columns_of("starts", 5),
        **columns_of("ends", last),
    )
    factories.a_published_claim(measure=factories.a_measure(event=event))
    assert written in read("/events/").text_in("row-facts")
    assert "Tilmara" in read(event.get_absolute_url()).text_in("facts")
    arabic = read(event.get_absolute_url(), language="ar")
    assert "تلمارا" in arabic.text_in("facts")


def columns_of(prefix: str, day: int | None) -> dict[str, object]:
    """The columns of a day in January 2022, or none."""
    if day is None:
        return {}
    date = dt.date(2022, 1, day)
    return {
        f"{prefix}_earliest": date,
        f"{prefix}_latest": date,
        f"{prefix}_precision": "DAY",
    }
