"""The parts of a statement lie in its words, and in one text."""

import pytest
from django.core.exceptions import ValidationError

from claims import recording
from sources.models.columns import Anchor
from sources.text.spans import Span
from tests import factories as make

pytestmark = pytest.mark.django_db

TEXT = "About 40 people left the harbour. “We saw 40 boats,” he said. “All left.”"


def refused(row, sentence):
    with pytest.raises(ValidationError, match=sentence):
        recording.record(row, actor=make.a_contributor(), at=make.RECORDED_AT)


def test_a_number_stands_within_the_words_of_its_claim():
    row = make.a_claim(
        low=None,
        qualifier="",
        version=make.a_version(text=TEXT),
        words="40 people left the harbour",
    )
    start = TEXT.index("40 boats")
    row.counted_anchor = Anchor.at(TEXT, Span(start, start + 2))
    refused(row, "outside the words")


def test_a_claim_is_made_in_a_quote_of_the_same_text():
    elsewhere = make.a_recorded_quote()
    row = make.a_claim(
        low=None,
        qualifier="",
        version=make.a_version(text=TEXT),
        words="40 people left",
        quote=elsewhere,
    )
    refused(row, "another text")


@pytest.mark.parametrize(
    ("order", "sentence"),
    [
        pytest.param(("All left", "We saw 40 boats"), "follow", id="the second first"),
        pytest.param(("We saw 40 boats", "40 boats"), "follow", id="one in the other"),
        pytest.param(("About", "We saw"), "outside", id="one before the words"),
    ],
)
def test_the_pieces_of_a_quotation_follow_each_other_within_it(order, sentence):
    words = TEXT[TEXT.index("We saw") : TEXT.index(".”")]
    row = make.a_quote(version=make.a_version(text=TEXT), words=words)
    places = [(TEXT.index(piece), piece) for piece in order]
    row.pieces = [[start, start + len(piece), piece] for start, piece in places]
    refused(row, sentence)


def test_a_derivation_is_stated_in_a_text_of_its_article():
    article, other = make.an_article(), make.a_version(text=TEXT)
    with pytest.raises(ValidationError, match="another article"):
        make.a_derivation(
            article=article, origin_source=make.a_source(), article_version=other
        )


def test_the_phrase_of_a_derivation_stands_in_the_text():
    version = make.a_version(text=TEXT)
    with pytest.raises(ValidationError, match="The text reads"):
        make.a_derivation(
            article=version.article,
            origin_source=make.a_source(),
            article_version=version,
            start=0,
            end=5,
            words="Above",
        )


def test_a_name_that_a_row_does_not_have_is_no_edit():
    claim = make.a_recorded_claim()
    with pytest.raises(AttributeError, match="qualifer"):
        recording.edit(claim, {"qualifer": "ABOUT"}, actor=claim.recorded_by)
    claim.refresh_from_db()
    assert claim.version == 1
