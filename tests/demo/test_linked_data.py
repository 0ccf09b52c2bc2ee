"""What extruct and feedparser read in pages and feeds of the demo."""

import json

import extruct
import feedparser
import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("replayed")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/claims/c-ferry-rescuers-missing", "ClaimReview"),
        ("/claims/c-sinaa-joined", "Claim"),
        ("/quotes/q-coalition-01", "Quotation"),
    ],
)
def test_extruct_reads_in_a_page_what_its_own_address_says(path: str, kind: str):
    page = Client().get(f"{path}/").content.decode()
    [block] = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
    assert block["@type"] == kind
    assert block == json.loads(Client().get(f"{path}.jsonld").content)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(
    "path",
    [
        "/corrections/",
        "/measures/missing-from-the-ferry-sahab/",
        "/speakers/tilmara-harbour-authority/",
        "/sources/varen-courier/",
    ],
)
def test_feedparser_reads_every_feed(path: str, language: str):
    client = Client(headers={"accept-language": language})
    page = client.get(path).content.decode()
    address = f"{path}feed/"
    assert f'type="application/atom+xml" href="{address}"' in page
    feed = feedparser.parse(client.get(address).content)
    assert (feed.bozo, feed.version) == (False, "atom10")
    assert (feed.feed.author, feed.feed.language) == ("Factbase", language)
    assert feed.feed.links[0].href == f"http://testserver{path}"
    moments = [entry.updated_parsed for entry in feed.entries]
    assert moments
    assert moments == sorted(moments, reverse=True)
    assert len({entry.id for entry in feed.entries}) == len(moments)
