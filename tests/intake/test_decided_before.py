"""What a person decided on in one text of an article is not asked again in the next."""

from typing import Any

import pytest

from claims import drafting, intake, review, suggestions, track_record
from claims.models import Suggestion
from claims.suggestions import Counts
from sources.models import ArticleVersion
from tests import factories as make

pytestmark = pytest.mark.django_db

TEXT = (
    "Mayor Lina Osman said on Tuesday: “We counted 12 trucks at the bridge.”\n"
    "At least 40 families left the valley on 12 March 2024."
)
CORRECTED = f"Corrected on 14 March 2024.\n{TEXT}"
FAMILIES = "40 families"


def brought_in(text: str = TEXT) -> ArticleVersion:
    actor = make.a_contributor()
    version = make.a_version()
    return intake.add_version(
        version.article, text=text, actor=actor, at=make.FETCHED_AT
    )


def next_text(version: ArticleVersion, text: str) -> ArticleVersion:
    return intake.add_version(
        version.article, text=text, actor=make.a_contributor(), at=make.PUBLISHED_AT
    )


def on(version: ArticleVersion, words: str) -> Suggestion:
    """The claim that is suggested of these words."""
    place = version.text.index(words)
    return version.suggestions.get(
        kind="CLAIM", start__lte=place, end__gte=place + len(words)
    )


def waiting(version: ArticleVersion) -> list[str]:
    return [row.span.of(version.text) for row in suggestions.waiting(version)]


def dismissed(suggestion: Suggestion, by: Any = None) -> Suggestion:
    actor = by or make.a_contributor()
    suggestions.dismiss(suggestion, actor=actor, at=make.RECORDED_AT)
    return suggestion


def accepted(suggestion: Suggestion, **columns: Any) -> Any:
    statement = drafting.draft(suggestion)
    for name, value in {"unit": "families", **columns}.items():
        setattr(statement, name, value)
    return suggestions.accept(
        suggestion, statement, actor=make.a_contributor(), at=make.RECORDED_AT
    )


def test_what_was_dismissed_is_dismissed_in_the_next_text_too():
    first = brought_in()
    old, person = on(first, FAMILIES), make.a_contributor()
    dismissed(old, by=person)
    second = next_text(first, CORRECTED)
    row = on(second, FAMILIES)
    assert (row.pk, row.status, row.decided_by) == (old.pk, "DISMISSED", person)
    assert row.span.of(second.text) == old.span.of(first.text)
    number = (row.fields["quantity_start"], row.fields["quantity_end"])
    assert second.text[slice(*number)] == "40"
    assert len(waiting(second)) == 2


def test_it_can_be_reopened_there_and_stays_open():
    first, person = brought_in(), make.a_contributor()
    dismissed(on(first, FAMILIES), by=person)
    second = next_text(first, CORRECTED)
    suggestions.reopen(on(second, FAMILIES), actor=person)
    assert suggestions.suggest(second) == Counts(kept=3)
    assert on(second, FAMILIES).status == "OPEN"


def test_reading_the_next_text_again_changes_nothing():
    first = brought_in()
    dismissed(on(first, FAMILIES))
    second = next_text(first, CORRECTED)
    before = list(second.suggestions.order_by("pk").values())
    assert suggestions.suggest(second) == Counts(kept=2)
    assert list(second.suggestions.order_by("pk").values()) == before


def test_a_rehearsal_of_it_moves_nothing():
    first = brought_in()
    row = dismissed(on(first, FAMILIES))
    second = make.a_version(article=first.article, text=CORRECTED)
    counts = suggestions.suggest(second, dry_run=True)
    assert (counts.added, counts.kept) == (2, 1)
    row.refresh_from_db()
    assert row.article_version == first


def test_a_dismissal_counts_once_against_its_rule_however_many_texts_follow():
    first = brought_in()
    rule = dismissed(on(first, FAMILIES)).rule
    last = next_text(next_text(first, CORRECTED), f"{CORRECTED} More follows.")
    assert on(last, FAMILIES).status == "DISMISSED"
    [told] = [each for each in track_record.report() if each.rule == rule]
    assert told.dismissed == 1


def test_it_waits_where_one_text_has_not_got_the_words():
    first = brought_in()
    dismissed(on(first, FAMILIES))
    without = next_text(first, TEXT.partition("\n")[0])
    last = next_text(without, CORRECTED)
    assert on(last, FAMILIES).status == "DISMISSED"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(TEXT.replace("40", "45"), "45 families", id="another number"),
        pytest.param(
            TEXT.replace("families", "lorries"), "40 lorries", id="another noun"
        ),
    ],
)
def test_other_words_in_its_place_are_a_new_suggestion(text, words):
    first = brought_in()
    dismissed(on(first, FAMILIES))
    second = next_text(first, text)
    assert on(second, words).status == "OPEN"
    assert on(first, FAMILIES).status == "DISMISSED"


def test_a_second_figure_like_the_dismissed_one_is_asked_about():
    first = brought_in()
    dismissed(on(first, FAMILIES))
    twice = f"{TEXT}\nOn Sunday at least 40 families left the hills."
    second = next_text(first, twice)
    rows = second.suggestions.filter(kind="CLAIM", start__gt=TEXT.index("\n"))
    assert sorted(row.status for row in rows) == ["DISMISSED", "OPEN"]


@pytest.mark.parametrize("columns", [{}, {"low": 41}])
def test_what_was_recorded_of_a_suggestion_is_not_suggested_again(columns):
    first = brought_in()
    accepted(on(first, FAMILIES), **columns)
    second = next_text(first, CORRECTED)
    assert len(waiting(second)) == second.suggestions.count() == 2
    assert suggestions.suggest(second) == Counts(kept=2)


def test_not_even_when_its_statement_was_discarded():
    first = brought_in()
    claim = accepted(on(first, FAMILIES))
    review.discard(claim, reason="Twice", actor=claim.recorded_by)
    assert len(waiting(next_text(first, CORRECTED))) == 2


def test_nor_while_its_statement_waits_for_a_person_to_place_it():
    first = brought_in()
    words = "At least 40 families left the valley on 12 March 2024."
    accepted(on(first, FAMILIES), anchor=make.anchor(TEXT, words))
    second = next_text(first, CORRECTED.replace("12 March 2024.", "12 March."))
    assert second.placements.lost().count() == 1
    assert len(waiting(second)) == 2
