"""The pages of lints: every lint explained, counted, narrowed, with both sides shown."""

import re

import pytest
from django.test import Client

from claims import linting
from claims.lints import LINTS
from tests import factories as make
from tests.lints.test_lints import TEXT, a_figure, on
from tests.pages.conftest import Read

pytestmark = pytest.mark.django_db


def a_fallen_total(**columns):
    """An earlier and a later figure of one voice, the later one lower."""
    measure = make.a_measure(nature="RUNNING_TOTAL")
    told = {"speaker": make.a_speaker(), "measure": measure, **columns}
    earlier = a_figure(120, **on("holds", 1), **told)
    later = a_figure(90, **on("holds", 2), **told)
    linting.refresh()
    return earlier, later


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_lint_has_a_page_that_explains_it(read: Read, language: str):
    a_fallen_total()
    listed = read("/lints/", language=language)
    for name in LINTS:
        assert f"/lints/{name}/" in listed.links()
        page = read(f"/lints/{name}/", language=language)
        assert page.text_in("subject")


def test_the_list_counts_what_each_lint_found(read: Read):
    for _ in range(2):
        a_fallen_total()
    html = read("/lints/").html
    row = re.search(r"/lints/falling-total/.*?</p>", html, re.DOTALL)
    assert row is not None
    assert "2 findings" in row[0]


def test_a_finding_shows_both_sides_and_says_why(read: Read):
    earlier, later = a_fallen_total()
    page = read("/lints/falling-total/")
    assert "The same voice said 120 earlier and 90 later." in page.html
    assert {each.get_absolute_url() for each in (earlier, later)} <= page.links()


@pytest.mark.parametrize("by", ["event", "source"])
def test_findings_are_narrowed_by_an_address_that_can_be_shared(read: Read, by: str):
    sought, other = (a_fallen_total()[1] for _ in range(2))
    row = {
        "event": sought.measure.event,
        "source": sought.article_version.article.source,
    }[by]
    address = f"?{by}={row.slug}"
    for path in ("/lints/", "/lints/falling-total/"):
        assert address in read(path).links()  # it is offered
    assert f"/lints/falling-total/{address}" in read(f"/lints/{address}").links()
    links = read(f"/lints/falling-total/{address}").links()
    assert sought.get_absolute_url() in links
    assert other.get_absolute_url() not in links


def test_a_quote_is_found_by_its_source(read: Read):
    speaker = make.a_speaker()
    make.a_role(speaker=speaker, **on("held_until", 1))
    version = make.a_version(text=TEXT)
    quote = make.a_published_quote(
        version=version, speaker=speaker, words="70 came back", cue="said",
        role_words="spokesman", **on("said_on", 3),
    )  # fmt: skip
    linting.refresh()
    source = version.article.source
    page = read(f"/lints/ended-role/?source={source.slug}")
    assert quote.get_absolute_url() in page.links()


@pytest.mark.parametrize("query", ["event=nothing", "source=nothing", "page=9"])
def test_what_cannot_be_meant_is_not_found(read: Read, query: str):
    read(f"/lints/falling-total/?{query}", status=404)


def test_the_event_leads_to_what_was_found_of_it(read: Read):
    event = a_fallen_total()[0].measure.event
    page = read(event.get_absolute_url())
    assert f"/lints/?event={event.slug}" in page.links()


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_costs_as_many_queries_however_much_was_found(
    client: Client, django_assert_num_queries, rows: int
):
    for _ in range(rows):
        a_fallen_total()
    # events, sources and speakers to narrow by, two each; withheld names
    offers, withheld = 6, 1
    with django_assert_num_queries(2 + offers + withheld):  # all, of each lint
        client.get("/lints/")
    # count, findings, both sides
    with django_assert_num_queries(4 + offers + withheld):
        client.get("/lints/falling-total/")
    with django_assert_num_queries(15 + withheld):  # as a page without them, both sides
        client.get("/")
    with django_assert_num_queries(2):  # how far the log is; all in one
        client.get("/api/v1/lints/")
    with django_assert_num_queries(1 + 4 + withheld):  # page, rest, both sides
        client.get("/api/v1/lints/falling-total/")


@pytest.mark.parametrize("moment", ["", "&as_of=2024-05-05"], ids=["today", "that day"])
@pytest.mark.parametrize("written", ["CONTESTED", "contested"])
def test_measures_are_listed_by_how_their_voices_stand(
    read: Read, written: str, moment: str
):
    contested, single = make.a_measure(), make.a_measure()
    for low, measure in ((70, contested), (90, contested), (70, single)):
        a_figure(low, measure=measure)
    linting.refresh()
    page = read(f"/measures/?agreement={written}{moment}")
    shown = {link.split("?")[0] for link in page.links()}
    assert contested.get_absolute_url() in shown
    assert single.get_absolute_url() not in shown
    assert 'value="CONTESTED" selected' in page.html


def test_an_agreement_that_there_is_not_is_not_found(read: Read):
    read("/measures/?agreement=harmony", status=404)
