"""Feeds of new claims: of a measure, a speaker, a source."""

import datetime as dt
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from tests import factories as make
from tests.pages.conftest import Read

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
LATER = make.WITHDRAWN_AT + dt.timedelta(days=1)


def feed_of(row: Any, *, as_user: Any = None, status: int = 200) -> Any:
    client = Client()
    if as_user:
        client.force_login(as_user)
    answer = client.get(f"{row.get_absolute_url()}feed/")
    assert answer.status_code == status
    return ET.fromstring(answer.content) if status == 200 else None  # noqa: S314  # our own


def entries(feed: Any) -> list[dict[str, str]]:
    """The parts of each entry by name."""
    return [
        {part.tag.removeprefix(ATOM): part.text or "" for part in entry}
        for entry in feed.findall(f"{ATOM}entry")
    ]


def around(claim: Any) -> list[Any]:
    return [claim.measure, claim.speaker, claim.article_version.article.source]


def test_a_claim_is_in_the_feeds_of_its_measure_its_speaker_and_its_source():
    claim = make.a_published_claim(speaker=make.a_speaker())
    other = make.a_published_claim(speaker=make.a_speaker())
    for row in around(claim):
        [entry] = entries(feed_of(row))
        assert entry["id"] == f"tag:factbase,2022:claim/{claim.code}"
        assert entry["title"] == f"Mina Haddad: 120 persons: {claim.words}"
        assert entry["published"] == entry["updated"] == "2024-05-03T09:00:00+00:00"
        assert f'<blockquote lang="en" dir="auto">{claim.words}' in entry["summary"]
        assert other.code not in str(entry)


def test_a_feed_has_an_id_an_author_and_a_language():
    claim = make.a_published_claim()
    feed = feed_of(claim.measure)
    slug = claim.measure.slug
    assert feed.findtext(f"{ATOM}id") == f"tag:factbase,2022:claims/measure/{slug}"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Factbase"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"


def test_a_withdrawn_claim_comes_again_under_its_id_and_says_why():
    claim = make.a_published_claim()
    newer = make.a_published_claim(measure=claim.measure)
    make.withdrawn(claim)
    told, other = entries(feed_of(claim.measure))
    assert told["id"].endswith(claim.code)
    assert told["title"].startswith("withdrawn by us: ")
    assert "misheard" in told["summary"]
    assert (told["published"], told["updated"]) == (
        "2024-05-03T09:00:00+00:00",
        "2024-05-06T09:00:00+00:00",
    )
    assert other["id"].endswith(newer.code)


def test_what_waits_is_in_no_feed_whoever_asks():
    claim = make.a_published_claim()
    make.a_recorded_claim(measure=claim.measure)
    feed = feed_of(claim.measure, as_user=make.a_chief())
    assert len(entries(feed)) == 1


def test_what_is_not_public_has_no_feed_whoever_asks():
    feed_of(make.a_measure(), as_user=make.a_chief(), status=404)


def test_a_figure_that_is_denied_is_not_told_as_said():
    claim = make.a_published_claim(speaker=make.a_speaker(), denied=True)
    [entry] = entries(feed_of(claim.measure))
    assert entry["title"] == f"Mina Haddad: {claim.words}"


def test_the_source_in_its_own_voice_and_nobody_at_all():
    claim = make.a_published_claim()
    unstated = make.a_published_claim(
        version=make.a_version(source=None), measure=claim.measure
    )
    titles = [entry["title"] for entry in entries(feed_of(claim.measure))]
    told = f"120 persons: {unstated.words}"
    assert titles == [told, f"Harbour News: {told}"]


def test_hostile_words_are_only_words():
    nasty = "<b>120</b> people\x0b & \ufffe crossed"
    version = make.a_version(text=nasty, title=nasty)
    claim = make.a_published_claim(version=version, words=nasty)
    [entry] = entries(feed_of(claim.measure))
    assert "<b>120</b> people\ufffd & \ufffd crossed" in entry["title"]
    assert "&lt;b&gt;120&lt;/b&gt;" in entry["summary"]
    assert "<b>" not in entry["summary"]


def test_a_withheld_speaker_has_no_feed_and_no_name_in_another():
    speaker = make.a_speaker(name_en="Mona Tabet")
    claim = make.a_published_claim(speaker=speaker)
    make.withheld(speaker)
    chief = make.a_chief()
    feed_of(speaker, as_user=chief, status=404)
    [entry] = entries(feed_of(claim.measure, as_user=chief))
    assert "Tabet" not in str(entry)
    assert claim.words in entry["title"]


def test_the_corrections_name_no_withheld_speaker_either():
    speaker = make.a_speaker(name_en="Mona Tabet")
    quote = make.a_withdrawn_quote(
        version=make.a_version(text="Mona Tabet saw boats"),
        words="Mona Tabet saw boats",
    )
    make.withheld(speaker)
    client = Client()
    client.force_login(make.a_chief())
    content = client.get("/corrections/feed/").content
    assert quote.code.encode() in content
    assert b"Tabet" not in content


def test_a_page_leads_to_its_feed(read: Read):
    claim = make.a_published_claim(speaker=make.a_speaker())
    for row in around(claim):
        page = read(row.get_absolute_url())
        address = f"{row.get_absolute_url()}feed/"
        assert address in page.links()
        [head] = [
            given
            for tag, given in page.tags
            if tag == "link" and given.get("type") == "application/atom+xml"
        ]
        assert head["href"] == address


def test_a_feed_costs_as_many_queries_however_long_it_is(django_assert_num_queries):
    claim = make.a_published_claim(speaker=make.a_speaker())
    for row in around(claim):
        with django_assert_num_queries(3):  # withheld names, the row, its claims
            feed_of(row)
    for _ in range(3):
        make.a_published_claim(measure=claim.measure)
    with django_assert_num_queries(3):
        assert len(entries(feed_of(claim.measure))) == 4
