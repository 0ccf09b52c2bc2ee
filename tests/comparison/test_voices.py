"""Whose voice a claim is, in a base of its own for each row of the table."""

import pytest

from claims.comparison import compare
from tests.comparison.newsroom import Newsroom, who_reads
from tests.specs import rows

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("claims", "takings", "facts", "as_of", "voices"), rows("voices")
)
def test_a_claim_is_the_voice_of(claims, takings, facts, as_of, voices):
    newsroom = Newsroom(claims, takings, facts)
    comparison = compare(newsroom.measure, who_reads(as_of))
    expected = set() if voices == "-" else set(voices.split(" ¦ "))
    assert newsroom.told(comparison) == expected
