"""Pages of a past day: they say so, show what stood, and lead to pages of that day."""

import re
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from sources import curation
from tests import factories as make
from tests.api.hostile import VALUES
from tests.pages.conftest import Read
from tests.pages.markup import Markup, without_ours
from tests.pages.test_visibility import LISTS

#: Everything is published on the 3rd of May 2024 and taken back on the 6th.
BEFORE, BETWEEN, AFTER = "2024-05-02", "2024-05-05", "2024-05-06"

#: Pages that are of today, whichever day leads to them.
OF_TODAY = {
    *("about", "correction-feed", "integrity", "measure-changes", "report"),
    *("measure-feed", "speaker-feed", "source-feed", "lint-list", "lint"),
    *("set_language", "search", "search-table"),
}


@pytest.fixture
def old(db: None):  # noqa: ARG001  # rows
    """A claim in a quote, with all around it, corrected on the 6th of May."""
    speaker = make.a_speaker()
    make.a_role(speaker=speaker, organisation=make.an_organisation())
    quote = make.a_published_quote(speaker=speaker)
    article = quote.article_version.article
    make.a_derivation(article=article, origin_source=make.a_source())
    return make.a_corrected_claim(
        version=quote.article_version, quote=quote, speaker=speaker
    )


def around(claim) -> list[str]:
    article = claim.article_version.article
    rows = (claim, claim.quote, article, article.source, claim.speaker)
    return [
        row.get_absolute_url() for row in (*rows, claim.measure, claim.measure.event)
    ]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_page_says_which_day_it_is_of_and_how_to_leave_it(
    read: Read, old, language: str
):
    for path in (*LISTS, *around(old)):
        page = read(f"{path}?as_of={BETWEEN}", language=language)
        told = page.text_in("is-past")
        assert ("5 أيار / مايو 2024" if language == "ar" else "5 May 2024") in told
        assert page.text_linked_to(path, "is-past"), path
        assert "is-past" not in read(path, language=language).html


def test_a_page_of_a_moment_says_the_time(read: Read, old):
    del old
    page = read("/claims/?as_of=2024-05-05T10:30:00%2B02:00")
    assert "5 May 2024 at 08:30:00 UTC" in page.text_in("is-past")


def leads_to_a_page_of_that_day(address: str) -> bool:
    path = re.split("[?#]", address)[0]
    try:
        match = resolve(path)
    except Resolver404:
        return False
    if match.namespaces:
        return match.namespaces == ["api"] and match.url_name.endswith(
            ("-list", "-detail")
        )
    return match.url_name not in OF_TODAY


def test_every_link_keeps_the_day(read: Read, old):
    """Also those of a list in pages, of chosen filters, and those to the data."""
    article, speaker = old.article_version.article, old.speaker.slug
    paths = [f"{path}?as_of={BETWEEN}" for path in (*LISTS, *around(old))]
    paths += [f"/claims/?speaker={speaker}&as_of={BETWEEN}"]
    paths += [f"{article.get_absolute_url()}?version=1&as_of={BETWEEN}"]
    for path in paths:
        page = read(path)
        today = path.replace(f"as_of={BETWEEN}", "").rstrip("?&")
        assert page.text_linked_to(today, "is-past") == "Today"
        forgotten = [
            link
            for link in page.links() - {today}
            if link.startswith("?")
            or (link.startswith("/") and leads_to_a_page_of_that_day(link))
            if f"as_of={BETWEEN}" not in link
        ]
        assert forgotten == [], path


def test_a_form_keeps_the_day_and_the_picker_keeps_the_filters(read: Read, old):
    page = read(f"/claims/?speaker={old.speaker.slug}&page=1&as_of={BETWEEN}")
    hidden = {
        (given["name"], given["value"])
        for tag, given in page.tags
        if tag == "input" and given.get("type") == "hidden"
    }
    assert ("speaker", old.speaker.slug) in hidden
    assert "page" not in dict(hidden)
    fields = [given.get("name") for tag, given in page.tags if tag == "input"]
    assert fields.count("as_of") == len(["of the picker", "of the filters"])


def test_lists_show_what_stood(read: Read, old):
    new = old.replacements.get()
    table = {
        day: [
            code
            for code in (old.code, new.code)
            if code in read(f"/claims/?as_of={day}").html
        ]
        for day in (BEFORE, BETWEEN, AFTER)
    }
    assert table == {BEFORE: [], BETWEEN: [old.code], AFTER: [new.code]}


def test_the_table_of_a_measure_is_of_that_day(read: Read, old):
    page = read(f"{old.measure.get_absolute_url()}?as_of={BETWEEN}")
    rows = [given for tag, given in page.tags if tag == "tr"][1:]
    assert [row["class"] for row in rows] == ["is-published"]
    assert "1 claim" in page.text_in("count")
    listed = read(f"/measures/?as_of={BETWEEN}").text_in("row-facts")
    assert "1 public claim" in listed


def said(page: Markup) -> list[str]:
    """The words of a page, without what says and keeps its day or is of today alone."""
    parts = [
        part.text
        for part in page.parts
        if not (part.stands_in("as-of") or part.stands_in("of-today"))
    ]
    return re.sub(r"\?as_of=[^\s\"]+", "", " ".join(parts)).split()


def test_a_permalink_shows_what_it_showed_then(read: Read):
    speaker = make.a_speaker()
    role = make.a_role(speaker=speaker, name_en="Night clerk")
    quote = make.a_published_quote(speaker=speaker)
    claim = make.a_published_claim(
        version=quote.article_version, quote=quote, speaker=speaker
    )
    addresses = around(claim)
    then = {address: said(read(address)) for address in addresses}
    make.published(make.a_recorded_replacement(claim), at=make.WITHDRAWN_AT)
    make.withdrawn(quote)
    make.published(make.a_recorded_assessment(), at=make.WITHDRAWN_AT)
    curation.end_role(role, at=make.WITHDRAWN_AT, reason="No", actor=make.an_editor())
    for address in addresses:
        shown = said(read(f"{address}?as_of={BETWEEN}"))
        if "/measures/" not in address:  # there a filter by status is left out
            assert shown == then[address], address


def test_what_had_been_withdrawn_says_so(read: Read, old):
    page = read(f"{old.get_absolute_url()}?as_of={AFTER}")
    assert "Withdrawn on 6 May 2024" in page.text_in("notice-withdrawn")
    stood = read(f"{old.get_absolute_url()}?as_of={BETWEEN}")
    assert stood.text_in("notice-withdrawn") == ""
    assert old.replacements.get().code not in stood.html


def test_what_was_published_later_says_so_and_leads_to_today(read: Read, old):
    for address in around(old):
        page = read(f"{address}?as_of={BEFORE}", status=HTTPStatus.NOT_FOUND)
        assert "had not published this" in page.text_in("error-page")
        assert address in page.links()


def test_what_is_not_public_today_was_never_published(read: Read):
    hidden = make.a_recorded_claim()
    chief = make.a_chief()
    address = hidden.get_absolute_url()
    read(address, as_user=chief)
    page = read(f"{address}?as_of={AFTER}", as_user=chief, status=HTTPStatus.NOT_FOUND)
    assert "had not published" not in page.html


def test_a_later_version_of_a_text_was_not_there(client: Client, old):
    version = old.article_version
    newer = make.ingest.add_version(
        version.article,
        text="All of it is new.",
        fetched_at=make.WITHDRAWN_AT,
        actor=make.an_editor(),
    )
    address = version.article.get_absolute_url()
    assert newer.text in client.get(address).content.decode()
    page = client.get(f"{address}?as_of={BETWEEN}")
    assert newer.text not in page.content.decode()
    assert client.get(f"{address}?version=2&as_of={BETWEEN}").status_code == 404


# --- what is refused ---


@pytest.mark.parametrize("value", [*filter(None, VALUES.values())])
def test_what_is_no_past_day_is_refused_aloud(client: Client, old, value: str):
    for path in ("/", "/claims/", old.get_absolute_url()):
        answer = client.get(f"{path}?as_of={value}")
        assert answer.status_code == HTTPStatus.BAD_REQUEST
        assert b"<script" not in without_ours(answer.content)
        assert "%00" in value or b"as_of: " in answer.content


def test_a_refused_day_leads_to_the_nearest(read: Read, old):
    path = f"/claims/?speaker={old.speaker.slug}&as_of=2022-02-30"
    page = read(path, status=HTTPStatus.BAD_REQUEST)
    assert "2022-02-30" in page.text_in("error-page")
    assert f"/claims/?speaker={old.speaker.slug}&as_of=2022-02-28" in page.links()


def test_a_repeated_day_is_refused(read: Read, db: None):
    del db
    path = f"/claims/?as_of={BETWEEN}&as_of={BETWEEN}"
    page = read(path, status=HTTPStatus.BAD_REQUEST)
    assert "more than once" in page.text_in("error-page")


def test_an_empty_choice_is_today(read: Read, db: None):
    del db
    assert "is-past" not in read("/claims/?as_of=").html
