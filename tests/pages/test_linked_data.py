"""Statements for programs: schema.org in and beside their pages, Web Annotations."""

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client

from sources import curation
from sources.models import AccessEntry
from sources.text.dates import PartialDate
from sources.text.masks import MARK, MARKED
from tests import factories as make
from tests.pages.conftest import Read
from tests.pages.markup import Part

pytestmark = pytest.mark.django_db

BETWEEN = "2024-05-05"  # published on the 3rd of May, withdrawn on the 6th
ANNOTATIONS = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'


def asked(address: str, as_user: Any = None, status: int = 200) -> Any:
    """What an address answers, read as JSON."""
    client = Client()
    if as_user:
        client.force_login(as_user)
    answer = client.get(address)
    assert answer.status_code == status
    return json.loads(answer.content) if status == 200 else None


def linked(row: Any, query: str = "") -> Any:
    return asked(f"{row.get_absolute_url().rstrip('/')}.jsonld{query}")


def annotated(row: Any, query: str = "") -> Any:
    return asked(f"/annotations/{row.code}/{query}")


def addresses_of(row: Any) -> tuple[str, str]:
    own = row.get_absolute_url().rstrip("/")
    return f"{own}.jsonld", f"/annotations/{row.code}/"


# --- claims and verdicts ---


def test_a_claim_says_who_said_it_where():
    source = make.a_source(name_en="Bay News", homepage="https://bay.example/")
    version = make.a_version(url="https://bay.example/1", source=source)
    speaker = make.an_organisation(wikidata="Q1", name_ar="مكتب المرفأ")
    claim = make.a_published_claim(version=version, speaker=speaker)
    said = linked(claim)
    assert (said["@context"], said["@type"]) == ("https://schema.org", "Claim")
    assert said["url"] == f"http://testserver/claims/{claim.code}/"
    assert (said["text"], said["inLanguage"]) == (claim.words, "en")
    assert said["author"] == {
        "@type": "Organization",
        "name": "Harbour Office",
        "alternateName": "مكتب المرفأ",
        "url": f"http://testserver/speakers/{speaker.slug}/",
        "sameAs": "https://www.wikidata.org/entity/Q1",
    }
    assert said["appearance"]["url"] == "https://bay.example/1"
    assert said["appearance"]["publisher"]["name"] == "Bay News"
    assert said["mainEntity"]["minValue"] == said["mainEntity"]["maxValue"] == 120


def test_a_source_in_its_own_voice_is_the_author():
    claim = make.a_published_claim()
    assert linked(claim)["author"]["name"] == "Harbour News"
    unstated = make.a_published_claim(version=make.a_version(source=None))
    assert "author" not in linked(unstated)


def test_an_open_side_stays_open_and_a_decimal_exact():
    claim = make.a_published_claim(low="12.125", high=None, qualifier="MORE_THAN")
    quantity = linked(claim)["mainEntity"]
    assert (quantity["minValue"], quantity["description"]) == (12.125, "more than")
    assert "maxValue" not in quantity


def test_nobody_is_made_the_author_of_a_figure_that_they_deny():
    said = linked(make.a_published_claim(speaker=make.a_speaker(), denied=True))
    assert not {"author", "mainEntity"} & set(said)
    assert said["disambiguatingDescription"] == "The speaker denies this figure."


@pytest.mark.parametrize(
    ("date", "written"),
    [
        (PartialDate.day(dt.date(2024, 5, 2)), "2024-05-02"),
        (PartialDate.month(2024, 5), "2024-05"),
        (PartialDate.year(2024), "2024"),
        (PartialDate.period(dt.date(2024, 5, 2), dt.date(2024, 5, 9)), None),
    ],
)
def test_a_date_is_written_as_exactly_as_it_is_known(date: PartialDate, written):
    quote = make.a_quote()
    quote.said_on = date
    quote = make.published(
        make.recording.record(quote, actor=make.a_contributor(), at=make.RECORDED_AT)
    )
    claim = make.a_published_claim(version=quote.article_version, quote=quote)
    assert linked(quote).get("dateCreated") == written
    assert linked(claim).get("datePublished") == written


@pytest.mark.parametrize(
    ("rating", "value"),
    [
        ("REFUTED", 1),
        ("CONTRADICTED", 2),
        ("DISPUTED", 3),
        ("SUPPORTED", 4),
        ("CONFIRMED", 5),
        ("UNVERIFIABLE", None),
    ],
)
def test_a_verdict_is_a_claim_review(rating: str, value):
    claim = make.a_published_claim()
    verdict = make.a_published_assessment(claim=claim, rating=rating)
    said = linked(claim)
    assert (said["@type"], said["identifier"]) == ("ClaimReview", verdict.code)
    assert (said["claimReviewed"], said["url"]) == (
        claim.words,
        f"http://testserver/claims/{claim.code}/",
    )
    assert (said["datePublished"], said["inLanguage"]) == ("2024-05-06", "en")
    assert said["author"]["name"] == "Factbase"
    assert said["itemReviewed"]["@type"] == "Claim"
    assert said["citation"] == [
        {"@type": "CreativeWork", "url": "https://example.org/ferry-list"}
    ]
    given = said["reviewRating"]
    assert given["alternateName"] == verdict.get_rating_display()
    if value is None:
        assert set(given) == {"@type", "alternateName"}
    else:
        assert given["worstRating"] <= given["ratingValue"] <= given["bestRating"]
        assert given["ratingValue"] == value


def test_an_arabic_verdict_is_told_in_arabic():
    claim = make.a_published_claim()
    make.a_published_assessment(claim=claim, language="ar", rating="REFUTED")
    said = linked(claim)
    assert said["reviewRating"]["alternateName"] != "refuted"
    assert said["inLanguage"] == "ar"


def test_without_a_verdict_that_stands_there_is_no_review():
    waiting = make.a_published_claim()
    make.a_recorded_assessment(claim=waiting)
    fallen = make.a_published_assessment()
    make.withdrawn(fallen, at=make.WITHDRAWN_AT + dt.timedelta(1))
    withdrawn = make.a_published_claim()
    make.a_published_assessment(claim=withdrawn)
    make.withdrawn(withdrawn, at=make.WITHDRAWN_AT + dt.timedelta(1))
    for claim in (waiting, fallen.claim, withdrawn):
        assert linked(claim)["@type"] == "Claim"
    assert linked(withdrawn, "?as_of=2024-05-06")["@type"] == "ClaimReview"
    assert linked(withdrawn, f"?as_of={BETWEEN}")["@type"] == "Claim"


def test_what_was_withdrawn_says_so():
    claim = make.a_withdrawn_claim()
    said = linked(claim)
    assert said["creativeWorkStatus"] == "withdrawn"
    assert said["correction"]["text"] == claim.withdrawal_reason
    then = linked(claim, f"?as_of={BETWEEN}")
    assert "correction" not in then
    assert then["url"].endswith(f"/?as_of={BETWEEN}")


def test_a_quote_is_a_quotation_with_its_translations():
    quote = make.a_recorded_quote(speaker=make.a_speaker())
    make.a_translation(quote=quote, credit="Dalia Karim")
    quote.refresh_from_db()
    make.published(quote)
    said = linked(quote)
    assert said["@type"] == "Quotation"
    assert said["spokenByCharacter"]["name"] == "Mina Haddad"
    [translation] = said["workTranslation"]
    assert (translation["inLanguage"], translation["creditText"]) == (
        "ar",
        "Dalia Karim",
    )


# --- where it stood first ---


def first_of(claim: Any) -> str | None:
    found = linked(claim)["itemReviewed"].get("firstAppearance")
    return found and found["headline"]


def test_the_end_of_a_known_chain_is_the_first_appearance():
    origin, copy, translation = (make.an_article(title=t) for t in ("A", "B", "C"))
    make.a_derivation(article=copy, origin=origin)
    step = make.a_derivation(article=translation, origin=copy, kind="TRANSLATES")
    for article in (origin, copy):
        make.a_published_claim(version=article.versions.get())
    claim = make.a_published_claim(version=translation.versions.get())
    make.a_published_assessment(claim=claim)
    assert first_of(claim) == "A"
    fork = make.a_derivation(article=copy, origin_source=make.a_source())
    assert first_of(claim) is None
    ended = {"at": make.WITHDRAWN_AT, "reason": "No", "actor": make.an_editor()}
    curation.end_derivation(fork, **ended)
    assert first_of(claim) == "A"
    curation.end_derivation(step, **ended)
    assert first_of(claim) is None


def test_an_article_that_nobody_may_know_is_no_first_appearance():
    origin, copy = make.an_article(title="Hidden"), make.an_article()
    make.a_derivation(article=copy, origin=origin)
    claim = make.a_published_claim(version=copy.versions.get())
    make.a_published_assessment(claim=claim)
    assert first_of(claim) is None


def test_a_quotation_of_another_article_is_no_repetition():
    origin, copy = make.an_article(), make.an_article()
    make.a_derivation(article=copy, origin=origin, kind="QUOTES")
    make.a_published_claim(version=origin.versions.get())
    claim = make.a_published_claim(version=copy.versions.get())
    make.a_published_assessment(claim=claim)
    assert first_of(claim) is None


# --- in the page ---


def is_data(part: Part) -> bool:
    return bool(part.within) and part.within[-1][0] == "script"


def test_the_page_holds_and_links_what_its_address_says(read: Read):
    for row in (make.a_published_claim(), make.a_published_quote()):
        page = read(f"{row.get_absolute_url()}?as_of={BETWEEN}")
        [block] = [each.text for each in page.parts if is_data(each)]
        own, annotation = (f"{each}?as_of={BETWEEN}" for each in addresses_of(row))
        assert json.loads(block) == asked(own)
        heads = {given.get("href") for tag, given in page.tags if tag == "link"}
        assert {own, annotation} <= heads
        assert {own, annotation} <= page.links()


def test_hostile_words_stay_within_their_block(read: Read):
    nasty = "</script><!--<script>\u2028 & 120 people crossed the river"
    version = make.a_version(text=nasty, title=nasty)
    claim = make.a_published_claim(version=version, words=nasty)
    page = read(claim.get_absolute_url())
    start = page.html.index('<script type="application/ld+json">')
    block = page.html[start : page.html.index("</script>", start)]
    assert not set("<&\u2028") & set(block.removeprefix("<script"))
    said = json.loads(block.partition(">")[2])
    assert (said["text"], said["appearance"]["headline"]) == (nasty, nasty)
    assert linked(claim)["text"] == nasty


def test_what_is_not_public_has_neither_block_nor_address(read: Read):
    chief = make.a_chief()
    for row in (make.a_recorded_claim(), make.a_recorded_quote()):
        page = read(row.get_absolute_url(), as_user=chief)
        assert "ld+json" not in page.html
        for address in addresses_of(row):
            asked(address, chief, status=404)
        article = row.article_version.article.get_absolute_url()
        asked(f"{article}annotations/", chief, status=404)


def test_a_code_of_neither_kind_is_not_there():
    asked("/annotations/r-23456/", status=404)


def test_programs_on_other_pages_may_read_them():
    row = make.a_published_claim()
    article = row.article_version.article.get_absolute_url()
    for address in (*addresses_of(row), f"{article}annotations/"):
        answer = Client(headers={"origin": "https://a.example"}).get(address)
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Content-Type"] in {"application/ld+json", ANNOTATIONS}


# --- annotations ---


def selectors(annotation: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    quote, position = annotation["target"]["selector"]
    return quote, position


def test_an_annotation_says_where_the_words_stand_and_what_they_say():
    version = make.a_version(url="https://bay.example/1")
    claim = make.a_published_claim(version=version, speaker=make.a_speaker())
    said = annotated(claim)
    assert (said["id"], said["type"]) == (
        f"http://testserver/annotations/{claim.code}/",
        "Annotation",
    )
    assert said["created"] == "2024-05-03T09:00:00Z"
    assert said["target"]["source"] == "https://bay.example/1"
    article = version.article.get_absolute_url()
    assert said["target"]["state"]["cached"] == f"http://testserver{article}?version=1"
    quote, position = selectors(said)
    assert quote["exact"] == claim.words
    assert version.text[position["start"] : position["end"]] == claim.words
    texts = [(b["purpose"], b["value"]) for b in said["body"] if "value" in b]
    assert ("classifying", "claim") in texts
    assert ("describing", "120 persons") in texts
    sources = {each["source"] for each in said["body"] if "source" in each}
    assert f"http://testserver{claim.get_absolute_url()}" in sources


def test_positions_count_code_points():
    text = "\U0001f6a2 Early: 120 people crossed the river"
    claim = make.a_published_claim(version=make.a_version(text=text))
    _quote, position = selectors(annotated(claim))
    assert position["start"] == text.index("120") == 9


def test_without_an_address_the_words_stand_on_our_page():
    target = annotated(make.a_published_quote())["target"]
    assert target["source"].startswith("http://testserver/articles/")
    assert "state" not in target


@pytest.mark.parametrize("access", ["OPEN", "PAYWALLED", "RESTRICTED"])
def test_no_more_than_the_rest_of_the_paragraph_is_told(access: str):
    text = "The secret line.\nAs said 120 people crossed the river at dawn.\nAnother."
    version = make.a_version(text=text, access=access)
    quote, _position = selectors(annotated(make.a_published_claim(version=version)))
    assert (quote["prefix"], quote["suffix"]) == ("As said ", " at dawn.")


def test_a_long_paragraph_is_cut_at_words():
    text = f"{'word ' * 90}120 people crossed the river {'more ' * 90}"
    version = make.a_version(text=text, access="PAYWALLED")
    quote, _position = selectors(annotated(make.a_published_claim(version=version)))
    assert len(quote["prefix"]) <= 32
    assert set(quote["prefix"].split()) == {"word"}
    assert set(quote["suffix"].split()) == {"more"}


def test_a_withdrawal_is_told_in_the_annotation():
    claim = make.a_withdrawn_claim()
    said = annotated(claim)
    values = [each.get("value") for each in said["body"]]
    assert {"withdrawn", claim.withdrawal_reason} <= set(values)
    assert said["modified"] > said["created"]
    assert "modified" not in annotated(claim, f"?as_of={BETWEEN}")


def test_annotations_of_an_article_come_in_pages(django_assert_num_queries):
    version = make.a_version()
    for _ in range(31):
        make.a_published_quote(version=version)
    make.a_recorded_quote(version=version)
    at = f"{version.article.get_absolute_url()}annotations/"
    collection = asked(at)
    assert (collection["type"], collection["total"]) == ("AnnotationCollection", 31)
    first, last = (asked(collection[name]) for name in ("first", "last"))
    assert (len(first["items"]), len(last["items"])) == (30, 1)
    assert (first["startIndex"], last["startIndex"]) == (0, 30)
    assert (first["next"], last["prev"]) == (last["id"], first["id"])
    assert not {"prev", "next"} & ({*first} - {"next"} | {*last} - {"prev"})
    assert annotated_alone(last["items"][0]) == last["items"][0]
    for page in ("0", "3", "x"):
        asked(f"{at}?page={page}", status=404)
    with django_assert_num_queries(5):  # article, quotes, claims, texts, names
        asked(f"{at}?page=1")


def annotated_alone(item: dict[str, Any]) -> dict[str, Any]:
    said = asked(item["id"])
    del said["@context"]
    return said


def test_an_article_of_a_past_day_has_the_annotations_of_that_day():
    claim = make.a_withdrawn_claim()
    at = f"{claim.article_version.article.get_absolute_url()}annotations/"
    then = asked(f"{at}?page=1&as_of={BETWEEN}")
    assert then["items"][0]["id"].endswith(f"/annotations/{claim.code}/")
    assert "modified" not in then["items"][0]
    assert asked(f"{at}?as_of=2024-05-06")["total"] == 0


# --- withheld names ---


@pytest.fixture
def hidden() -> Any:
    """A quote whose words, neighbourhood and speaker hold a withheld name."""
    speaker = make.a_speaker(name_en="Mona Tabet")
    text = "Mona Tabet knows that Mona Tabet saw boats, Mona Tabet said."
    version = make.a_version(text=text, url="https://bay.example/1", title="Mona Tabet")
    named = make.a_published_quote(
        version=version, speaker=speaker, words="Mona Tabet saw boats"
    )
    near = make.a_published_quote(version=version, speaker=speaker, words="saw boats")
    make.withheld(speaker)
    return named, near


@pytest.mark.parametrize("who", ["nobody", "chief"])
def test_a_withheld_name_is_told_to_nobody(hidden: Any, who: str):
    reader = make.a_chief() if who == "chief" else None
    named, near = hidden
    article = near.article_version.article.get_absolute_url()
    found = [
        *(asked(each, reader) for row in hidden for each in addresses_of(row)),
        asked(f"{article}annotations/?page=1", reader),
    ]
    told = json.dumps(found, ensure_ascii=False)
    assert "Tabet" not in told
    assert MARKED in told
    assert not AccessEntry.objects.exists()
    assert named.code in told


def test_selectors_do_not_reach_over_a_mark(hidden: Any):
    _named, near = hidden
    quote, position = selectors(annotated(near))
    assert (quote["prefix"], quote["suffix"]) == (" ", ", ")
    assert position["end"] - position["start"] == len("saw boats")


def test_words_with_a_mark_are_sought_on_our_page_only(hidden: Any):
    named, _near = hidden
    said = annotated(named)
    assert said["target"]["source"].startswith("http://testserver/articles/")
    quote, position = selectors(said)
    assert quote["exact"] == f"{MARKED} saw boats"
    shown = f"{MARKED} knows that {MARKED} saw boats, {MARKED} said."
    assert shown[position["start"] : position["end"]] == quote["exact"]
    assert MARK not in quote["prefix"] + quote["suffix"]


# --- cost ---


@pytest.mark.parametrize("n", [1, 3])
def test_an_answer_costs_as_many_queries_however_much_there_is(
    django_assert_num_queries, n: int
):
    version, speaker = make.a_version(), make.a_speaker()
    for _ in range(n):
        quote = make.a_published_quote(version=version, speaker=speaker)
        claim = make.a_published_claim(version=version, speaker=speaker, quote=quote)
    own, annotation = addresses_of(claim)
    # withheld names; claim with its text, roles, translations, replacements; verdicts
    with django_assert_num_queries(6):
        asked(own)
    with django_assert_num_queries(5):
        asked(annotation)
    article = version.article.get_absolute_url()
    with django_assert_num_queries(4):  # names; article, quotes, claims
        asked(f"{article}annotations/")
