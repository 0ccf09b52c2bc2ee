"""Statements are carried over to a new text of their article, and nobody forgets one."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from claims import carrying, recording
from claims.models import Claim, PlacedBy, Placement, Quote
from sources.history import StaleVersion
from sources.models import ArticleVersion
from sources.text.spans import Span
from tests import factories as make
from tests.models.rows import a_suggestion

pytestmark = pytest.mark.django_db

FIRST = (
    "The bridge at Tell Amin closed at noon. “We saw 40 trucks,” the engineer Sami "
    "Daher said. “None of them crossed.”\nHis office counted about 300 families on the "
    "northern bank."
)


def a_text(text: str = FIRST) -> ArticleVersion:
    return make.a_version(text=text)


def a_quote(version: ArticleVersion, **columns: Any) -> Quote:
    """A quote in two pieces, with its cue and its speaker outside and between."""
    text = version.text
    words = text[text.index("We saw") : text.index(".”\n")]
    quote = make.a_quote(version=version, words=words, cue="said", **columns)
    quote.speaker_anchor = make.anchor(text, "Sami Daher")
    quote.pieces = [
        [start := text.index(piece), start + len(piece), piece]
        for piece in ("We saw 40 trucks", "None of them crossed")
    ]
    return recording.record(quote, actor=make.a_contributor(), at=make.RECORDED_AT)


def a_claim(version: ArticleVersion, words: str = "about 300 families") -> Claim:
    claim = make.a_claim(version=version, words=words, low=300, qualifier="ABOUT")
    claim.quantity_anchor = make.anchor(version.text, "300")
    claim.qualifier_anchor = make.anchor(version.text, "about")
    return recording.record(claim, actor=make.a_contributor(), at=make.RECORDED_AT)


def carried(version: ArticleVersion, text: str) -> dict[str, int]:
    """How the statements of an article were placed in its next text."""
    following = make.a_version(article=version.article, text=text)
    placed = carrying.carry(following, actor=make.a_contributor(), at=make.PUBLISHED_AT)
    return dict(placed)


def place(placement: Placement, words: str) -> Placement:
    span = make.anchor(placement.article_version.text, words).span
    return carrying.place(
        placement, span=span, actor=make.a_contributor(), at=make.WITHDRAWN_AT
    )


def give_up(placement: Placement) -> Placement:
    return carrying.give_up(placement, actor=make.a_contributor(), at=make.WITHDRAWN_AT)


# --- by itself ---


def test_what_stands_as_it_stood_is_placed_at_its_span():
    version = a_text()
    quote, claim = a_quote(version), a_claim(version)
    assert carried(version, f"{FIRST} The road is open again.") == {
        PlacedBy.EXACT_SPAN: 1,
        PlacedBy.SELECTOR: 1,
    }
    placement = quote.placements.get()
    assert (placement.anchor, placement.how) == (quote.anchor, "EXACT_SPAN")
    assert claim.placements.get().anchor == claim.anchor  # its right side is another


def test_what_moved_is_found_with_all_its_parts():
    version = a_text()
    quote = a_quote(version)
    assert carried(version, f"Corrected on 5 May.\n{FIRST}") == {PlacedBy.SELECTOR: 1}
    placement, moved = quote.placements.get(), len("Corrected on 5 May.\n")
    assert placement.span == quote.span.shifted(moved)
    assert placement.lost_parts == []
    assert {name: words for name, (_s, _e, words) in placement.parts.items()} == {
        "speaker": "Sami Daher",
        "cue": "said",
        "piece 1": "We saw 40 trucks",
        "piece 2": "None of them crossed",
    }
    assert placement.part("cue") == quote.cue_anchor.span.shifted(moved)


def test_a_part_that_the_new_text_lacks_is_named():
    version = a_text()
    claim = a_claim(version)
    claim = recording.edit(
        claim,
        {"speaker_anchor": make.anchor(FIRST, "Sami Daher")},
        actor=claim.recorded_by,
    )
    carried(version, FIRST.replace("Sami Daher", "on duty"))
    placement = claim.placements.get()
    assert placement.lost_parts == ["speaker"]
    assert placement.part("quantity") == Span(
        placement.start + len("about "), placement.start + len("about 300")
    )


def test_what_the_new_text_says_otherwise_waits_for_a_person():
    version = a_text()
    claim = a_claim(version)
    assert carried(version, FIRST.replace("300", "350")) == {PlacedBy.LOST: 1}
    placement = Placement.objects.lost().get()
    assert (placement.statement, placement.anchor, placement.words) == (claim, None, "")
    assert placement.lost_parts == ["quantity", "qualifier"]


def test_the_statement_itself_keeps_its_text():
    version = a_text()
    claim = make.published(a_claim(version))
    carried(version, f"Corrected.\n{FIRST}")
    stored = Claim.objects.get()
    assert (stored.article_version, stored.version) == (version, claim.version)


@pytest.mark.parametrize(
    ("change", "n_placed"),
    [
        pytest.param(lambda row: row, 1, id="recorded"),
        pytest.param(make.published, 1, id="published"),
        pytest.param(
            lambda row: make.withdrawn(make.published(row)), 1, id="withdrawn"
        ),
        pytest.param(make.discarded, 0, id="discarded"),
    ],
)
def test_all_but_what_was_discarded_comes_along(
    change: Callable[[Any], Any], n_placed: int
):
    version = a_text()
    change(a_claim(version))
    carried(version, f"Corrected.\n{FIRST}")
    assert Placement.objects.count() == n_placed


def test_carrying_again_adds_nothing():
    version = a_text()
    a_claim(version)
    carried(version, f"Corrected.\n{FIRST}")
    last = version.article.versions.get(number=2)
    again = carrying.carry(last, actor=make.a_contributor(), at=make.PUBLISHED_AT)
    assert (dict(again), Placement.objects.count()) == ({}, 1)


def test_open_suggestions_of_the_earlier_text_give_way():
    suggestion = a_suggestion()
    carried(suggestion.article_version, "Other words")
    suggestion.refresh_from_db()
    assert (suggestion.status, suggestion.decided_by) == ("REPLACED", None)


# --- from text to text ---


def test_the_third_text_is_compared_with_the_second():
    version = a_text()
    claim = a_claim(version)
    second = FIRST.replace("His office counted", "By the evening his office had")
    third = second.replace("The bridge", "Road news: the bridge")
    carried(version, second)
    assert carried(version, third) == {PlacedBy.SELECTOR: 1}
    assert claim.placements.get(article_version__number=3).words == claim.words


def test_what_one_text_left_out_is_found_again_in_the_next():
    version = a_text()
    a_claim(version)
    carried(version, FIRST.partition("\n")[0])
    assert carried(version, f"{FIRST} Corrected.") == {PlacedBy.SELECTOR: 1}


def test_what_is_gone_stays_gone_until_a_text_has_it_again():
    version = a_text()
    claim = a_claim(version)
    carried(version, FIRST.partition("\n")[0])
    give_up(claim.placements.get())
    assert carried(version, "The bridge is open.") == {PlacedBy.GONE: 1}
    assert carried(version, f"{FIRST} Corrected.") == {PlacedBy.SELECTOR: 1}


def test_a_place_given_by_hand_is_carried_further():
    version = a_text()
    claim = a_claim(version)
    second = FIRST.replace("about 300 families", "about 300 tired families")
    carried(version, second)
    place(claim.placements.get(), "about 300 tired families")
    carried(version, f"Corrected.\n{second}")
    last = claim.placements.get(article_version__number=3)
    assert (last.how, last.words) == ("SELECTOR", "about 300 tired families")


# --- what comes to an earlier text afterwards ---


def test_what_is_recorded_in_an_earlier_text_is_placed_in_the_later_ones():
    version = a_text()
    carried(version, f"Corrected.\n{FIRST}")
    carried(version, f"Corrected twice.\n{FIRST}")
    claim = a_claim(version)
    assert [each.how for each in claim.placements.order_by("pk")] == ["SELECTOR"] * 2


def test_a_correction_is_placed_where_what_it_replaces_was():
    version = a_text()
    old = make.published(a_claim(version))
    carried(version, f"Corrected.\n{FIRST}")
    new = make.a_recorded_replacement(old)
    assert new.placements.get().anchor == old.placements.get().anchor


def test_a_statement_that_is_moved_is_placed_anew():
    version = a_text()
    claim = a_claim(version)
    carried(version, f"Corrected.\n{FIRST}")
    place(claim.placements.get(), "40 trucks")
    recording.edit(
        claim,
        {"anchor": make.anchor(FIRST, "counted about 300 families")},
        actor=claim.recorded_by,
    )
    placement = claim.placements.get()
    assert (placement.how, placement.words) == (
        *("SELECTOR", "counted about 300 families"),
    )


def test_an_edit_that_moves_nothing_leaves_a_place_given_by_hand():
    version = a_text()
    claim = a_claim(version)
    carried(version, f"Corrected.\n{FIRST}")
    place(claim.placements.get(), "40 trucks")
    recording.edit(claim, {"note": "Asked twice"}, actor=claim.recorded_by)
    assert claim.placements.get().words == "40 trucks"


# --- by a person ---


def test_a_person_places_what_was_lost_and_its_parts_follow():
    version = a_text()
    claim = a_claim(version)
    carried(version, FIRST.replace("about 300 families", "about 300 tired families"))
    placed = place(claim.placements.get(), "about 300 tired families")
    assert (placed.how, placed.version) == ("BY_HAND", 2)
    words = {name: part and part[2] for name, part in placed.parts.items()}
    assert words == {"quantity": "300", "qualifier": "about"}


def test_of_two_people_who_place_it_the_second_is_told():
    version = a_text()
    claim = a_claim(version)
    carried(version, FIRST.partition("\n")[0])
    read = claim.placements.get()
    give_up(Placement.objects.get(pk=read.pk))
    with pytest.raises(StaleVersion):
        place(read, "40 trucks")


def test_a_place_beyond_the_text_is_refused():
    version = a_text()
    claim = a_claim(version)
    carried(version, "The bridge is open.")
    with pytest.raises(ValidationError, match="no such place"):
        carrying.place(
            claim.placements.get(),
            span=Span(10, 99),
            actor=make.a_contributor(),
            at=make.WITHDRAWN_AT,
        )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(
            FIRST.replace("300", "350"),
            "about 350 families",
            id="what stands there now",
        ),
        pytest.param(
            "It rained. About 20 left, about 300 families stayed, said about 300 "
            "families who came back, and about 300 families who did not.",
            "about 300 families",
            id="the nearest of the same words",
        ),
        pytest.param("The bridge is open.", None, id="nothing like it"),
    ],
)
def test_a_person_is_shown_where_it_may_stand(text: str, words: str | None):
    version = a_text()
    claim = a_claim(version)
    carried(version, text)
    span = carrying.candidate(claim.placements.get())
    assert (span and span.of(text)) == words


# --- what is refused ---


def test_a_statement_is_placed_in_texts_of_its_own_article_only():
    quote = make.a_recorded_quote()
    elsewhere = Placement(
        quote=quote,
        article_version=make.a_version(text="Other words"),
        how=PlacedBy.LOST,
        placed_by=quote.recorded_by,
        placed_at=make.RECORDED_AT,
    )
    with pytest.raises(ValidationError, match="another article"):
        elsewhere.full_clean()


def test_a_part_stands_in_the_new_text():
    version = a_text()
    claim = a_claim(version)
    carried(version, f"Corrected.\n{FIRST}")
    placement = claim.placements.get()
    placement.parts["quantity"][2] = "301"
    with pytest.raises(ValidationError, match="The text reads"):
        placement.full_clean()
