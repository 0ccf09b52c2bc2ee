"""Whose words a claim repeats is told alike whoever may read the names in them."""

import pytest
from django.contrib.auth.models import AnonymousUser

from claims.comparison import compare
from sources import masking
from tests import factories as make

pytestmark = pytest.mark.django_db

WORDS = "Mina Haddad saw 60 people"


def originators(measure):
    comparison = compare(measure, AnonymousUser())
    return {voice.originator for voice in comparison.everyone}


def test_words_with_a_withheld_name_are_looked_for_as_the_reader_sees_them():
    wire = make.an_article(text=f"{WORDS} cross the river.")
    copy = make.an_article(text=f"At dawn, {WORDS} there.")
    make.a_derivation(article=copy, origin=wire)
    claim = make.a_published_claim(version=copy.versions.get(), words=WORDS, low=60)
    named = originators(claim.measure)
    make.withheld(make.a_speaker())
    with masking.Reading(knows=lambda: False, records=lambda: False):
        claim.refresh_from_db()
        assert claim.words != WORDS
        assert originators(claim.measure) == named
