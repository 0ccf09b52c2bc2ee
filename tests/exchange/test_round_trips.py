"""What goes out comes in again, byte for byte: 10,000 claims by chance in a drill."""

from dataclasses import replace

import pytest

from claims.exchange import json_lines
from claims.exchange.gathering import gathered
from claims.models import Claim, Quote
from tests import factories as make
from tests.exchange.exchanging import a_base, exporting, importing, problems, refused
from tests.exchange.inventing import Inventor

MANY = pytest.param(10_000, marks=pytest.mark.drill)

pytestmark = [
    pytest.mark.usefixtures("django_db_setup"),
    pytest.mark.parametrize("n_claims", [200, MANY]),
]


def test_json_lines_lose_nothing(n_claims, django_db_blocker, tmp_path):
    with a_base(django_db_blocker, tmp_path / "first"):
        assert sum(1 for _claim in Inventor(n_claims).claims(n_claims)) == n_claims
        n_quotes = Quote.objects.count()
        first = exporting("ndjson", make.a_chief())

    with a_base(django_db_blocker, tmp_path / "second"):
        assert refused(importing("ndjson", first)) == []
        assert (Claim.objects.count(), Quote.objects.count()) == (n_claims, n_quotes)
        assert exporting("ndjson", make.a_chief()) == first
        assert problems() == []


def test_a_table_loses_nothing_that_it_has_a_column_for(
    n_claims, django_db_blocker, tmp_path
):
    with a_base(django_db_blocker, tmp_path / "first"):
        for claim in Inventor(n_claims).claims(n_claims):
            assert claim.article_version.number == 1
        catalogue = b"".join(json_lines.write(without_statements()))
        first = exporting("csv", make.a_chief())

    with a_base(django_db_blocker, tmp_path / "second"):
        assert refused(importing("ndjson", catalogue)) == []
        assert refused(importing("csv", first), "csv") == []
        assert Claim.objects.count() == n_claims
        assert exporting("csv", make.a_chief()) == first
        assert problems() == []


def without_statements():
    """The sources, speakers, events and measures alone, whatever a row names of them."""
    for record in gathered(make.a_chief(), {}):
        yield replace(record, articles=(), quotes=(), claims=())
