"""A measure's chart in a frame of another site, and as a picture."""

from base64 import b64encode
from hashlib import sha256
from http import HTTPStatus
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.pages.conftest import Read
from tests.withholding.crawling import addresses

#: Everything is published on the 3rd of May 2024 and taken back on the 6th.
BEFORE, BETWEEN = "2024-05-02", "2024-05-05"
ROUTES = ("measure-embed", "measure-chart")


@pytest.fixture
def claim(db: None):  # noqa: ARG001  # rows
    """A claim that was corrected on the 6th of May."""
    return make.a_corrected_claim(
        speaker=make.a_speaker(name_ar="مينا حداد"),
        measure=make.a_measure(slug="crossed", name_ar="من عبروا"),
    )


def directives(answer) -> dict[str, str]:
    policy = answer["Content-Security-Policy"]
    pairs = (part.strip().partition(" ") for part in policy.split(";"))
    return {name: values for name, _, values in pairs}


def address(route: str) -> str:
    return reverse(route, args=["crossed"])


@pytest.mark.usefixtures("claim")
def test_only_an_embed_may_be_framed(client: Client):
    framed = []
    for path in addresses():
        if path.startswith(("/admin/", "/api/")):
            continue
        answer = client.get(path)
        if directives(answer)["frame-ancestors"] == "'none'":
            assert answer["X-Frame-Options"] == "DENY"
        else:
            assert "X-Frame-Options" not in answer
            framed.append(path)
    assert framed == [address("measure-embed")]


@pytest.mark.usefixtures("claim")
def test_an_embed_is_as_strict_as_any_page_otherwise(client: Client):
    policy, usual = (
        directives(client.get(path)) for path in (address("measure-embed"), "/")
    )
    assert policy.pop("frame-ancestors") == "*"
    assert usual.pop("frame-ancestors") == "'none'"
    assert policy == usual


@pytest.mark.usefixtures("claim")
def test_a_picture_may_use_its_own_style_sheet_and_no_other(client: Client):
    answer = client.get(address("measure-chart"))
    style = answer.content.decode().split("<style>")[1].split("</style>")[0]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy, usual = directives(answer), directives(client.get("/"))
    assert policy.pop("style-src") == f"'self' 'sha256-{digest}'"
    assert usual.pop("style-src") == "'self'"
    assert policy == usual
    assert answer["Content-Type"] == "image/svg+xml; charset=utf-8"


def test_a_picture_needs_nothing_from_elsewhere(client: Client, claim):
    picture = client.get(address("measure-chart")).content.decode()
    assert claim.code not in picture
    assert 'href="/' not in picture
    assert "url(" not in picture


@pytest.mark.django_db
def test_a_picture_is_well_formed_whatever_names_hold(client: Client):
    measure = make.a_measure(slug="crossed", name_en="a\x0bb <c> & ]]>")
    make.a_published_claim(measure=measure)
    picture = client.get(address("measure-chart")).content
    root = ElementTree.fromstring(picture)  # noqa: S314  # our own
    assert root[0].text == "a b <c> & ]]>"


@pytest.mark.usefixtures("claim")
@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(
    ("asked", "accepted", "language"),
    [
        ("", "ar", "ar"),
        ("", "en", "en"),
        ("?lang=ar", "en", "ar"),
        ("?lang=en", "ar", "en"),
        ("?lang=fr", "ar", "ar"),
    ],
)
def test_it_speaks_the_language_asked_for_or_the_visitors(
    route, asked, accepted, language
):
    client = Client(headers={"accept-language": accepted})
    answer = client.get(f"{address(route)}{asked}")
    assert answer["Content-Language"] == language
    html = answer.content.decode()
    assert f'lang="{language}"' in html
    assert ("من عبروا" in html) == (language == "ar")
    assert ('direction="rtl"' in html) == (language == "ar")


def test_an_embed_leads_to_the_page_and_the_claims_of_its_day(read: Read, claim):
    page = read(f"{address('measure-embed')}?as_of={BETWEEN}")
    links = {link for link in page.links() if link.startswith("/")}
    assert links == {
        f"/measures/crossed/?as_of={BETWEEN}",
        f"/claims/{claim.code}/?as_of={BETWEEN}",
    }
    assert "As Factbase stood on 5 May 2024." in page.html


def test_an_embed_shows_the_sentence_and_no_frame_of_ours(read: Read, claim):
    page = read(address("measure-embed"))
    assert "1 voice in 1 article" in page.html
    assert "site-header" not in page.html
    assert f"/claims/{claim.code}/" in page.links()


@pytest.mark.usefixtures("claim")
@pytest.mark.parametrize("route", ROUTES)
def test_what_was_withdrawn_since_stood_then(client: Client, route):
    struck, now = 'g-struck" x=', client.get(address(route)).content.decode()
    then = client.get(f"{address(route)}?as_of={BETWEEN}").content.decode()
    assert struck in now
    assert struck not in then


@pytest.mark.usefixtures("claim")
@pytest.mark.parametrize("route", ROUTES)
def test_there_is_none_of_what_was_not_published(client: Client, route):
    before = client.get(f"{address(route)}?as_of={BEFORE}")
    assert before.status_code == HTTPStatus.NOT_FOUND
    hidden = make.a_recorded_claim().measure
    answer = client.get(reverse(route, args=[hidden.slug]))
    assert answer.status_code == HTTPStatus.NOT_FOUND
    refused = client.get(f"{address(route)}?as_of=yesterday")
    assert refused.status_code == HTTPStatus.BAD_REQUEST


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_of_a_measure_tells_how_to_cite_and_embed_it(
    read: Read, claim, language
):
    page = read(
        f"{claim.measure.get_absolute_url()}?as_of={BETWEEN}", language=language
    )
    code = page.text_in("embed-code")
    site = "http://testserver/embed/measures/crossed/"
    assert f'src="{site}?lang={language}&as_of={BETWEEN}"' in code
    assert code.startswith("<iframe ")
    assert (
        f"/measures/crossed/chart.svg?lang={language}&as_of={BETWEEN}" in page.links()
    )


def test_the_marks_on_the_page_lead_to_the_voices_claims(read: Read, claim):
    new = claim.replacements.get()
    page = read(claim.measure.get_absolute_url())
    assert f"#{new.code}" in page.links()
    assert new.code in page.ids()


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("n", [1, 4])
def test_it_costs_a_measure_a_comparison_and_what_was_withdrawn(
    client: Client, django_assert_num_queries, db, route, n
):
    del db
    measure, speaker = make.a_measure(slug="crossed"), make.a_speaker()
    for _ in range(n):
        make.a_published_claim(measure=measure, speaker=speaker)
        make.a_withdrawn_claim(measure=measure, speaker=speaker)
    # measure; claims, derivations, roles, merges, speakers; withdrawn; withheld names
    with django_assert_num_queries(8):
        client.get(address(route))
