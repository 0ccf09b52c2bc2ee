"""What a comparison asks of the database does not grow with what it compares."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from claims.api.comparing import DEFAULT_LIMIT
from claims.comparison import compare
from sources.policy import PublicAt
from tests.comparison.large import DEPTH, N_CHAINS, N_VOICES, a_large_measure

pytestmark = pytest.mark.django_db


def test_a_thousand_claims_of_two_hundred_voices_are_eight_queries(
    client, settings, django_assert_num_queries
):
    """The claims, their lineage, merges, roles, articles above with texts; 3 of voices."""
    measure = a_large_measure()
    for reader in (AnonymousUser(), PublicAt(dt.datetime(2024, 5, 3, tzinfo=dt.UTC))):
        with django_assert_num_queries(8):
            found = compare(measure, reader)
            assert len(found.voices) == N_VOICES
            assert found.agreement == "CONTESTED"
        assert len(found.claims) == N_VOICES + N_CHAINS * DEPTH
        repeated = [len(voice.repetitions) for voice in found.everyone]
        assert sum(repeated) == N_CHAINS * DEPTH
        assert found.n_sources == len(found.claims)
    settings.API_RATE = None
    with django_assert_num_queries(11):  # the tag, the measure, the withheld names
        answer = client.get(f"/api/v1/measures/{measure.slug}/comparison/")
    found = answer.json()
    assert found["n_voices"] == len(found["voices"]) == N_VOICES
    relations = found["relations"]
    assert relations["count"] > len(relations["results"]) == DEFAULT_LIMIT
