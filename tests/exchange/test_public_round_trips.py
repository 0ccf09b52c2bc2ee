"""What the public may have comes in where it was written, and elsewhere."""

import pytest
from django.contrib.auth.models import AnonymousUser

from claims.models import Claim, Quote
from sources import following, history
from tests import factories as make
from tests.exchange.exchanging import a_base, exporting, importing, problems, refused
from tests.exchange.inventing import Inventor
from tests.exchange.test_round_trips import the_catalogue

pytestmark = [
    pytest.mark.usefixtures("django_db_setup"),
    pytest.mark.parametrize("form", ["ndjson", "csv"]),
]
N_CLAIMS = 60


def a_published_base():
    """Claims by chance with notes, and quotes of which nobody approved any."""
    with following.once_at_the_end():
        for claim in list(Inventor(11).claims(N_CLAIMS)):
            make.published(claim)
    make.a_published_claim(version=make.a_version(access="PAYWALLED"), note="a secret")
    assert Claim.objects.exclude(note="").filter(quote__isnull=False).exists()
    assert Quote.objects.filter(status="RECORDED").exists()


def test_a_public_file_changes_nothing_where_it_was_written(
    form, django_db_blocker, tmp_path
):
    with a_base(django_db_blocker, tmp_path / "base"):
        a_published_base()
        content, before = exporting(form), history.head()
        outcomes = importing(form, content)
        assert refused(outcomes, form) == []
        assert sum(outcome.n_read for outcome in outcomes) == N_CLAIMS + 1
        assert history.head() == before


def test_a_public_file_fills_another_base(form, django_db_blocker, tmp_path):
    with a_base(django_db_blocker, tmp_path / "first"):
        a_published_base()
        catalogue, content = the_catalogue(AnonymousUser()), exporting(form)

    with a_base(django_db_blocker, tmp_path / "second"):
        if form == "csv":  # a table names a whole measure and does not describe it
            assert refused(importing("ndjson", catalogue)) == []
        told = refused(importing(form, content), form)
        assert len(told) == {"ndjson": 2, "csv": 1}[form]  # of the paywalled article
        assert Claim.objects.count() == N_CLAIMS
        assert not Claim.objects.exclude(note="").exists()
        again = history.head()
        assert refused(importing(form, content), form) == told
        assert history.head() == again
        assert problems() == []
