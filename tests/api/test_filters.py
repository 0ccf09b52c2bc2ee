"""Lists are narrowed by declared columns, and a mistake is refused by name."""

import datetime as dt
from urllib.parse import urlencode

import pytest

from sources import curation
from sources.text.dates import PartialDate
from tests import factories
from tests.api.conftest import Ask
from tests.api.resources import recorded

pytestmark = pytest.mark.django_db


def codes(answer) -> set[str]:
    return {row.get("code") or row["slug"] for row in answer["results"]}


def a_claim_of_the_crossing() -> str:
    """A published claim: about 100 to 150 crossed in May 2024; another beside it."""
    source = factories.a_source(slug="harbour-news")
    version = factories.a_version(source=source, language="en")
    speaker = factories.a_speaker(slug="mina-haddad")
    event = factories.an_event(slug="the-crossing")
    row = factories.a_claim(
        version=version,
        speaker=speaker,
        measure=factories.a_measure(slug="crossed", event=event, unit="persons"),
        low=100,
        high="150.5",
        qualifier="ABOUT",
        basis="ESTIMATED",
        denied=True,
    )
    row.holds = PartialDate.month(2024, 5)
    code = factories.published(recorded(row)).code
    other = factories.a_measure(unit="boats")
    factories.a_published_claim(
        version=factories.a_version(language="ar", is_training=True),
        measure=other,
        low=7,
        qualifier="AT_LEAST",
        high=None,
    )
    return code


MATCHING = [
    ("measure", "crossed"),
    ("event", "the-crossing"),
    ("speaker", "mina-haddad"),
    ("source", "harbour-news"),
    ("qualifier", "ABOUT"),
    ("unit", "persons"),
    ("language", "en"),
    ("training", "false"),
    ("low__gte", "100"),
    ("low__gte", "99.999"),
    ("high__gte", "150.5"),
    ("high__lte", "150.5"),
    ("high__lte", "1000"),
    ("holds__gte", "2024-05-01"),
    ("holds__lte", "2024-05-31"),
    ("denied", "true"),
    ("basis", "ESTIMATED"),
]
JUST_BESIDE = [
    ("low__gte", "100.001"),
    ("high__gte", "150.501"),
    ("high__lte", "150.499"),
    ("holds__gte", "2024-05-02"),
    ("holds__lte", "2024-05-30"),
]


def test_each_filter_keeps_the_claim_that_matches_and_no_other(ask: Ask):
    code = a_claim_of_the_crossing()
    found = {query: codes(ask("claims/", **dict([query]))) for query in MATCHING}
    assert found == {query: {code} for query in MATCHING}


def test_each_bound_is_exact(ask: Ask):
    a_claim_of_the_crossing()
    found = {query: codes(ask("claims/", **dict([query]))) for query in JUST_BESIDE}
    assert found == {query: set() for query in JUST_BESIDE}


@pytest.mark.parametrize(
    ("parameter", "value", "is_found"),
    [
        pytest.param("gte", "2024-05-03T09:00:00Z", True, id="from the moment itself"),
        pytest.param("gte", "2024-05-03T09:00:01Z", False, id="from a second later"),
        pytest.param("gte", "2024-05-03T11:00:00+02:00", True, id="of another offset"),
        pytest.param("lte", "2024-05-03T08:59:59Z", False, id="until a second before"),
        pytest.param("gte", "2024-05-03", True, id="from the start of its day"),
        pytest.param("lte", "2024-05-03", True, id="until the end of its day"),
        pytest.param("lte", "2024-05-02", False, id="until the day before"),
    ],
)
def test_a_moment_of_publication_is_compared_in_utc(
    ask: Ask, parameter: str, value: str, *, is_found: bool
):
    at = dt.datetime(2024, 5, 3, 9, tzinfo=dt.UTC)
    code = factories.published(factories.a_recorded_claim(), at=at).code
    found = codes(ask("claims/", **{f"published_at__{parameter}": value}))
    assert found == ({code} if is_found else set())


def test_filters_narrow_together(ask: Ask):
    code = a_claim_of_the_crossing()
    assert codes(ask("claims/", unit="persons", low__gte="1")) == {code}
    assert codes(ask("claims/", unit="boats", low__gte="100")) == set()


def test_withdrawn_claims_are_listed_unless_they_are_filtered_out(ask: Ask):
    quote, gone = factories.a_published_quote(), factories.a_withdrawn_quote()
    assert codes(ask("quotes/")) == {quote.code, gone.code}
    assert codes(ask("quotes/", status="PUBLISHED")) == {quote.code}


def test_articles_are_found_by_retraction(ask: Ask):
    version = factories.a_version()
    factories.a_published_quote(version=version)
    code = version.article.code
    assert codes(ask("articles/", retracted="false")) == {code}
    assert codes(ask("articles/", retracted="true")) == set()
    curation.retract(
        version.article,
        on=dt.date(2024, 6, 1),
        notice="We were wrong",
        actor=factories.an_editor(),
    )
    assert codes(ask("articles/", retracted="true")) == {code}


def test_corrections_are_found_by_what_was_withdrawn_and_why(ask: Ask):
    claim, quote = factories.a_corrected_claim(), factories.a_withdrawn_quote()
    assert codes(ask("corrections/", of="quote")) == {quote.code}
    assert codes(ask("corrections/", kind="CORRECTED")) == {claim.code}
    assert codes(ask("corrections/", withdrawn_at__lte="2024-05-05")) == set()


def test_what_was_invented_for_practice_can_be_left_out(ask: Ask):
    version = factories.a_version(is_training=True)
    claim = factories.a_published_claim(version=version)
    assessment = factories.a_published_assessment(claim=claim)
    quote = factories.a_withdrawn_quote(version=version)
    real = factories.a_withdrawn_quote()
    verdict = factories.withdrawn(assessment, at=factories.WITHDRAWN_AT)
    invented = {quote.code, verdict.code}
    assert codes(ask("corrections/", training="true")) == invented
    assert codes(ask("corrections/", training="false")) == {real.code}
    assert codes(ask("assessments/", training="false")) == set()
    assert codes(ask("assessments/", training="true")) == {verdict.code}


# --- mistakes ---


@pytest.mark.parametrize(
    ("parameter", "value", "code", "nearest"),
    [
        pytest.param("mesure", "crossed", "unknown-parameter", "measure", id="name"),
        pytest.param("low_gte", "5", "unknown-parameter", "low__gte", id="lookup"),
        pytest.param("low__regex", ".", "unknown-parameter", "low__gte", id="any"),
        pytest.param("recorded_by", "1", "unknown-parameter", None, id="internal"),
        pytest.param("status", "published", "not-one-of", "PUBLISHED", id="case"),
        pytest.param("denied", "True", "not-one-of", "true", id="flag"),
        pytest.param("low__gte", "3,500", "not-a-number", None, id="separator"),
        pytest.param("low__gte", "3_500", "not-a-number", None, id="underscore"),
        pytest.param("low__gte", "٣٥٠٠", "not-a-number", None, id="other digits"),
        pytest.param("low__gte", "1e3", "not-a-number", None, id="exponent"),
        pytest.param("low__gte", "NaN", "not-a-number", None, id="no number"),
        pytest.param("holds__gte", "2024-02-30", "not-a-day", None, id="no such day"),
        pytest.param("holds__gte", "03/04/2024", "not-a-day", None, id="ambiguous"),
        pytest.param("published_at__gte", "2024", "not-a-moment", None, id="a year"),
        pytest.param("ordering", "published", "not-one-of", "published_at", id="order"),
        pytest.param("limit", "201", "not-a-number", None, id="more than a page"),
        pytest.param("limit", "0", "not-a-number", None, id="no rows"),
        pytest.param("count", "exactly", "not-one-of", "exact", id="count"),
        pytest.param("status", "", "empty-parameter", None, id="no value"),
    ],
)
def test_a_mistake_is_named_with_the_nearest_right_word(
    ask: Ask, parameter: str, value: str, code: str, nearest: str | None
):
    query = urlencode({parameter: value})
    [told] = ask(f"claims/?{query}", expect=400)["errors"]
    assert told["parameter"] == parameter
    assert told["code"] == code
    assert told.get("nearest") == nearest
    assert told.get("value", "") == value


def test_a_value_that_no_row_has_is_refused_with_the_nearest_one(ask: Ask):
    a_claim_of_the_crossing()
    for parameter, value, nearest in (
        ("measure", "crosed", "crossed"),
        ("speaker", "haddad", "mina-haddad"),
        ("unit", "person", "persons"),
        ("language", "fr", None),
    ):
        [told] = ask("claims/", expect=400, **{parameter: value})["errors"]
        assert (told["code"], told.get("nearest")) == ("not-known", nearest)


def test_any_of_several_values_will_do(ask: Ask):
    claim, quote = a_claim_of_the_crossing(), factories.a_withdrawn_quote().code
    [other] = codes(ask("claims/", unit="boats"))
    assert codes(ask("claims/", unit="boats,persons")) == {claim, other}
    assert codes(ask("claims/", qualifier="AT_LEAST,RANGE")) == {other}
    assert codes(ask("claims/", language="en,ar", source="harbour-news")) == {claim}
    assert codes(ask("quotes/", status="PUBLISHED,WITHDRAWN")) == {quote}
    assert codes(ask("quotes/", status="WITHDRAWN", as_of="2024-06-30")) == set()
    assert codes(ask("corrections/", of="claim,quote")) == {quote}
    assert codes(ask("corrections/", of="claim,assessment")) == set()
    crossed = codes(ask("claims/", agreement="none,single_voice"))
    assert crossed == codes(ask("claims/")) == {claim, other}


def test_each_wrong_value_of_several_is_named_with_the_nearest_right_one(ask: Ask):
    a_claim_of_the_crossing()
    told = ask("claims/?unit=boats,person,&status=PUBLISHED,WITHDRAW", expect=400)
    assert [
        (each["parameter"], each["value"], each["code"], each.get("nearest"))
        for each in told["errors"]
    ] == [
        ("status", "WITHDRAW", "not-one-of", "WITHDRAWN"),
        ("unit", "person", "not-known", "persons"),
        ("unit", "", "empty-value", None),
    ]
    many = ",".join(map(str, range(21)))
    [told] = ask(f"claims/?unit={many}", expect=400)["errors"]
    assert told["code"] == "too-many-values"


def test_a_repeated_parameter_is_refused(ask: Ask):
    [told] = ask("claims/?status=PUBLISHED&status=WITHDRAWN", expect=400)["errors"]
    assert told["code"] == "repeated-parameter"


def test_all_mistakes_of_a_query_are_told_at_once(ask: Ask):
    told = ask("claims/?mesure=x&low__gte=many&denied=", expect=400)["errors"]
    assert [(one["parameter"], one["code"]) for one in told] == [
        ("mesure", "unknown-parameter"),
        ("denied", "empty-parameter"),
        ("low__gte", "not-a-number"),
    ]


def test_a_detail_takes_no_parameters(ask: Ask):
    code = factories.a_published_claim().code
    correction = factories.a_withdrawn_quote().code
    for path in (f"claims/{code}/", f"corrections/{correction}/", ""):
        [told] = ask(f"{path}?status=PUBLISHED", expect=400)["errors"]
        assert told["code"] == "unknown-parameter"
