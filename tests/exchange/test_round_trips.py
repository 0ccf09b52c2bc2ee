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


def test_what_goes_out_comes_in_again(n_claims, django_db_blocker, tmp_path):
    with a_base(django_db_blocker, tmp_path / "first"):
        assert sum(1 for _claim in Inventor(n_claims).claims(n_claims)) == n_claims
        n_quotes, chief = Quote.objects.count(), make.a_chief()
        catalogue = the_catalogue(chief)
        lines, table = exporting("ndjson", chief), exporting("csv", chief)

    with a_base(django_db_blocker, tmp_path / "out of lines"):
        assert refused(importing("ndjson", lines)) == []
        assert (Claim.objects.count(), Quote.objects.count()) == (n_claims, n_quotes)
        assert exporting("ndjson", make.a_chief()) == lines
        assert problems() == []

    # A table has columns for claims only, so what they name has to be there.
    with a_base(django_db_blocker, tmp_path / "out of a table"):
        assert refused(importing("ndjson", catalogue)) == []
        assert refused(importing("csv", table), "csv") == []
        assert Claim.objects.count() == n_claims
        assert exporting("csv", make.a_chief()) == table
        assert problems() == []


def the_catalogue(reader):
    """The sources, speakers, events and measures alone, whatever a row names of them."""
    return b"".join(
        json_lines.write(
            replace(record, articles=(), quotes=(), claims=())
            for record in gathered(reader, {})
        )
    )
