"""What each page asks the database, whoever reads it and however much there is."""

import pytest
from django.test import Client

from tests import factories

#: What pages ask of today alone: contested measures and fallen totals; how many
#: measures, which of them contested, what lints found. Of the fixture, none is.
OF_TODAY = {"/": 2, "{speaker_page}": 3, "{source}": 3}
#: Whose names are withheld, asked at the first name of every page.
WITHHELD = 1


@pytest.fixture(params=[1, 3], ids=["one of each", "three of each"])
def claims(request: pytest.FixtureRequest, db: None):  # noqa: ARG001  # rows
    """Published claims of one speaker in one article, and as many other articles."""
    source = factories.a_source()
    version = factories.an_article(source=source).versions.get()
    speaker = factories.a_speaker()
    factories.a_role(speaker=speaker, organisation=factories.an_organisation())
    measure = factories.a_measure()
    return [
        (
            factories.a_published_claim(
                version=version,
                speaker=speaker,
                measure=measure,
                quote=factories.a_published_quote(version=version, speaker=speaker),
            ),
            factories.a_published_claim(
                version=factories.an_article(source=source).versions.get(),
                measure=factories.a_measure(event=measure.event),
            ),
        )[0]
        for _ in range(request.param)
    ]


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        # five counts; claims, quotes, measures, events with their measures, withdrawn
        ("/", 11),
        # count and rows
        ("/articles/", 2),
        ("/claims/", 2),
        ("/quotes/", 2),
        ("/sources/", 2),
        ("/measures/", 2),
        # count, rows, the roles of all of them and the organisations that are public
        ("/speakers/", 4),
        # count, rows, the measures of all of them
        ("/events/", 3),
        # one more for the row that a filter names
        ("/claims/?speaker={speaker}", 3),
        # article, versions, its text, quotes, claims, two ways of derivation, and
        # which of its origins were retracted
        ("{article}", 8),
        # claim with its text, roles, their organisations, translations, replacements,
        # assessments; asked for evidence only when there is an assessment
        ("{claim}", 6),
        # quote with its text, roles, their organisations, translations, replacements,
        # claims in it
        ("{quote}", 6),
        # speaker, roles, their organisations, aliases, merged with, holders of roles,
        # claims, quotes, hedges
        ("{speaker_page}", 9),
        # source, aliases, as whom it speaks, articles, what derives, hedges
        ("{source}", 6),
        # event; count and measures; claims, derivations, merges, roles and names of
        # their voices; what was taken back
        ("{event}", 10),
        # measure; what is near it; claims of its tree, derivations, merges, roles and
        # names of their voices; withdrawn claims; count, claims
        ("{measure}", 10),
        # two of the index; names in facets; rows of each kind on the page, with the texts
        # of articles and the translations of statements
        ("/search/?q=river", 9),
    ],
)
def test_a_page_costs_as_many_queries_however_much_it_shows(
    client: Client, django_assert_num_queries, claims, path: str, queries: int
):
    claim = claims[0]
    article = claim.article_version.article
    address = path.format(
        speaker=claim.speaker.slug,
        article=article.get_absolute_url(),
        claim=claim.get_absolute_url(),
        quote=claim.quote.get_absolute_url(),
        speaker_page=claim.speaker.get_absolute_url(),
        source=article.source.get_absolute_url(),
        event=claim.measure.event.get_absolute_url(),
        measure=claim.measure.get_absolute_url(),
    )
    with django_assert_num_queries(queries + OF_TODAY.get(path, 0) + WITHHELD):
        assert client.get(address).status_code == 200
    then = f"{address}{'&' if '?' in address else '?'}as_of=2024-05-05"
    with django_assert_num_queries(queries + WITHHELD):  # no more than today
        assert client.get(then).status_code == 200


def test_signing_in_costs_three_queries_more(
    client: Client,
    django_assert_num_queries,
    claims,  # noqa: ARG001  # what is listed
):
    client.force_login(factories.a_reviewer())
    with django_assert_num_queries(5 + WITHHELD):  # session, account, roles; the list
        client.get("/claims/")


def test_an_error_page_asks_nothing(
    client: Client,
    django_assert_num_queries,
    db: None,  # noqa: ARG001  # or no query could be asked
):
    with django_assert_num_queries(0):
        assert client.get("/nothing-here/").status_code == 404
