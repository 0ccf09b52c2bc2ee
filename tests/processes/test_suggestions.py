"""What the rules propose is stored once, decided once, and never comes back decided."""

import datetime as dt
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from claims import drafting, suggestions, track_record
from claims.models import Claim, Quote, Suggestion
from claims.review import TransitionRefused
from claims.suggestions import Counts
from sources.models import SpeakerAlias
from sources.text.dates import PartialDate
from tests import factories as make
from tests.models.rows import a_suggestion

pytestmark = pytest.mark.django_db

TEXT = (
    "Mayor Lina Osman said on Tuesday: “We counted 12 trucks at the bridge.”\n"
    "At least 40 families left the valley on 12 March 2024."
)


def proposed(*spans: tuple[int, int], **columns: Any) -> list[Suggestion]:
    columns = {"fields": {"low": "120"}, "confidence": "0.5", **columns}
    return [
        Suggestion(kind="CLAIM", start=start, end=end, rule="a-rule", **columns)
        for start, end in spans
    ]


def stored(version) -> list[tuple[Any, ...]]:
    columns = ("pk", "start", "end", "rule_set", "status")
    return list(version.suggestions.order_by("start").values_list(*columns))


def accept(
    suggestion: Suggestion, statement: Any = None, by: Any = None, **columns: Any
) -> Any:
    statement = statement or drafting.draft(suggestion)
    for name, value in columns.items():
        setattr(statement, name, value)
    return suggestions.accept(
        suggestion, statement, actor=by or make.a_contributor(), at=make.RECORDED_AT
    )


def dismiss(suggestion: Suggestion, by: Any = None) -> None:
    actor = by or make.a_contributor()
    suggestions.dismiss(suggestion, actor=actor, at=make.RECORDED_AT)


def read(text: str = TEXT, **columns: Any):
    """A version whose suggestions are stored, published on Friday, 15 March 2024."""
    day = dt.date(2024, 3, 15)
    published = dict.fromkeys(("published_earliest", "published_latest"), day)
    columns |= {**published, "published_precision": "DAY"}
    version = make.a_version(text=text, **columns)
    suggestions.suggest(version)
    return version


# --- storing ---


def test_the_same_rules_again_change_nothing_not_even_a_key():
    version = read()
    before = stored(version)
    assert len(before) == 3
    assert suggestions.suggest(version) == Counts(kept=3)
    assert stored(version) == before


def test_other_rules_add_update_and_remove_what_nobody_decided_on():
    version = make.a_version()
    suggestions.store(version, proposed((1, 5), (10, 14), (20, 24)), rule_set="1")
    before = dict(version.suggestions.values_list("start", "pk"))
    again = [
        *proposed((1, 5)),
        *proposed((10, 14), fields={"low": "9"}),
        *proposed((30, 34)),
    ]
    counts = suggestions.store(version, again, rule_set="2")
    assert counts == Counts(added=1, updated=1, removed=1, kept=1)
    after = dict(version.suggestions.values_list("start", "pk"))
    assert (after[1], after[10], set(after)) == (before[1], before[10], {1, 10, 30})
    assert version.suggestions.get(start=10).fields == {"low": "9"}
    assert {row.rule_set for row in version.suggestions.all()} == {"2"}


def test_counting_beforehand_stores_nothing():
    version = make.a_version(text=TEXT)
    assert suggestions.suggest(version, dry_run=True) == Counts(added=3)
    assert stored(version) == []


@pytest.mark.parametrize(
    ("place", "again"),
    [
        pytest.param((10, 20), 0, id="the same span"),
        pytest.param((11, 22), 0, id="most of it"),
        pytest.param((10, 30), 0, id="twice as long"),
        pytest.param((10, 31), 1, id="more than twice as long is another figure"),
        pytest.param((20, 30), 1, id="beside it"),
    ],
)
def test_what_was_dismissed_does_not_come_back_under_another_span(place, again):
    version = make.a_version()
    suggestions.store(version, proposed((10, 20)), rule_set="1")
    dismiss(version.suggestions.get())
    counts = suggestions.store(version, proposed(place), rule_set="2")
    assert counts == Counts(added=again)
    assert version.suggestions.get(start=10, end=20).status == "DISMISSED"


def test_two_figures_that_share_a_predicate_are_told_apart_by_their_numbers():
    version = make.a_version()
    first, second = (
        proposed((0, 40), fields={"quantity_start": start, "quantity_end": start + 2})
        for start in (5, 30)
    )
    suggestions.store(version, first, rule_set="1")
    dismiss(version.suggestions.get())
    second[0].end = 41
    assert suggestions.store(version, second, rule_set="2").added == 1


def test_what_a_person_recorded_is_not_proposed():
    version = make.a_version(text=TEXT)
    make.a_recorded_quote(version=version, words="We counted 12 trucks at the bridge")
    assert suggestions.suggest(version).added == 2
    assert not version.suggestions.filter(kind="QUOTE")


def test_what_a_person_records_by_hand_no_longer_waits():
    version = read()
    assert [row.kind for row in suggestions.waiting(version)] == [
        *("QUOTE", "CLAIM", "CLAIM")
    ]
    make.a_recorded_quote(version=version, words="We counted 12 trucks at the bridge")
    assert [row.kind for row in suggestions.waiting(version)] == ["CLAIM", "CLAIM"]


def test_an_earlier_text_gets_no_suggestions_any_more():
    version = make.a_version(text=TEXT)
    make.a_version(article=version.article, text=f"{TEXT} More follows.")
    assert suggestions.suggest(version) == Counts()


def test_of_a_pdf_no_figure_is_proposed():
    version = make.a_version(text=TEXT)
    version.original_media_type = "application/pdf"
    suggestions.suggest(version)
    assert [row.kind for row in version.suggestions.all()] == ["QUOTE"]


# --- what is proposed ---


def test_a_quote_is_proposed_with_all_that_a_form_asks_for():
    quote = read().suggestions.get(kind="QUOTE")
    words = "We counted 12 trucks at the bridge"
    start = TEXT.index(words)
    assert quote.fields == {
        "start": start,
        "end": start + len(words),
        "words": words,
        "kind": "DIRECT",
        "language": "en",
        "cue_start": 17,
        "cue_end": 21,
        "cue_words": "said",
        "speaker_start": 0,
        "speaker_end": 16,
        "speaker_words": "Mayor Lina Osman",
        "role_words": "Mayor",
        "named_words": "Mayor Lina Osman",
        "said_on_earliest": "2024-03-12",
        "said_on_latest": "2024-03-12",
        "said_on_precision": "DAY",
        "said_on_words": "Tuesday",
    }


def test_a_figure_in_a_quote_is_that_of_its_speaker():
    version = read()
    quote = version.suggestions.get(kind="QUOTE")
    claim = version.suggestions.get(kind="CLAIM", start__lt=quote.end)
    assert claim.fields["within"] == [quote.start, quote.end]
    assert claim.fields["speaker_words"] == "Mayor Lina Osman"
    assert "holds_earliest" not in claim.fields


def test_a_figure_holds_on_the_only_day_of_its_sentence():
    claim = read().suggestions.get(start__gt=TEXT.index("\n"))
    fields = claim.fields
    assert (fields["low"], fields["qualifier"]) == ("40", "AT_LEAST")
    assert "high" not in fields
    assert "within" not in fields
    assert (fields["holds_earliest"], fields["holds_words"]) == (
        *("2024-03-12", "12 March 2024"),
    )


def known_as(speaker: Any, name: str) -> SpeakerAlias:
    return make.a_speaker_alias(name, speaker=speaker)


def test_a_name_that_one_speaker_has_resolves_in_any_spelling():
    speaker = make.a_speaker(name_en="MAYOR LINA OSMÁN")
    assert read().suggestions.get(kind="QUOTE").fields["speaker"] == speaker.pk


def test_a_name_that_two_speakers_have_resolves_to_neither():
    known_as(make.a_speaker(), "Mayor Lina Osman")
    make.a_speaker(name_en="Mayor Lina Osman")
    assert "speaker" not in read().suggestions.get(kind="QUOTE").fields


def test_a_name_of_two_speakers_who_are_one_resolves():
    one, other, last = (make.a_speaker() for _ in range(3))
    for speaker in (one, other):
        known_as(speaker, "Mayor Lina Osman")
    make.a_merge(speaker=one, into=other)
    make.a_merge(speaker=other, into=last)
    assert read().suggestions.get(kind="QUOTE").fields["speaker"] == last.pk


def test_an_unnamed_speaker_is_known_to_its_own_source_alone():
    unnamed = make.an_unnamed_speaker(name_en="A port official")
    text = "A port official said: “All boats are back at the pier.”"
    own, other = read(text, source=unnamed.source), read(text)
    assert own.suggestions.get(kind="QUOTE").fields["speaker"] == unnamed.pk
    assert "speaker" not in other.suggestions.get(kind="QUOTE").fields


# --- deciding ---


def test_an_accepted_suggestion_becomes_a_statement_that_remembers_its_rule():
    version = read()
    suggestion = version.suggestions.get(kind="QUOTE")
    quote = accept(suggestion)
    suggestion.refresh_from_db()
    assert (suggestion.status, suggestion.statement) == ("ACCEPTED", quote)
    quote = Quote.objects.get()
    assert quote.rule == suggestion.rule
    assert quote.words == "We counted 12 trucks at the bridge"
    assert quote.said_on == PartialDate.day(dt.date(2024, 3, 12), "Tuesday")
    assert quote.speaker_words == "Mayor Lina Osman"


@pytest.mark.parametrize(
    ("columns", "status"),
    [
        pytest.param({"note": "Checked by phone"}, "ACCEPTED", id="what no rule reads"),
        pytest.param({"high": 60, "qualifier": "RANGE"}, "CHANGED", id="a bound"),
        pytest.param({"denied": True}, "CHANGED", id="no becomes yes"),
        pytest.param({"holds": None}, "CHANGED", id="a day that was wrong"),
        pytest.param(
            {"speaker_anchor": make.anchor(TEXT, "Mayor Lina Osman")},
            "ACCEPTED",
            id="what the rule left empty",
        ),
    ],
)
def test_a_value_that_was_proposed_and_is_not_kept_makes_it_changed(columns, status):
    suggestion = read().suggestions.get(start__gt=TEXT.index("\n"))
    accept(suggestion, unit="families", **columns)
    suggestion.refresh_from_db()
    assert suggestion.status == status


def test_a_figure_knows_the_recorded_quote_it_stands_in():
    version = read()
    quote, claim, other = suggestions.waiting(version)
    assert suggestions.quote_of(claim) is None
    recorded = accept(quote)
    assert suggestions.quote_of(claim) == recorded
    assert suggestions.quote_of(other) is None


def test_a_statement_of_another_text_is_refused():
    with pytest.raises(ValidationError, match="another text"):
        accept(a_suggestion(), make.a_plain_claim())
    assert Claim.objects.count() == 0


def test_a_suggestion_whose_statement_is_refused_stays_open():
    suggestion = read().suggestions.get(start__gt=TEXT.index("\n"))
    with pytest.raises(ValidationError):
        accept(suggestion, unit="")
    suggestion.refresh_from_db()
    assert suggestion.status == "OPEN"


def refused(act: Any, sentence: str) -> None:
    with pytest.raises(TransitionRefused, match=sentence):
        act()


def test_who_comes_late_reads_what_happened():
    version = read()
    quote, claim, other = suggestions.waiting(version)
    code = accept(quote, by=make.a_contributor("Mona")).code
    dismiss(claim, by=make.a_contributor("Sami"))
    version.suggestions.filter(pk=other.pk).delete()
    for act in (accept, dismiss):
        refused(partial(act, quote), rf"Mona recorded this already, .*{code}")
        refused(partial(act, claim), r"Sami dismissed this suggestion already")
        refused(partial(act, other), r"do not propose this any more")
    assert Quote.objects.count() == 1


def test_one_s_own_dismissal_can_be_taken_back():
    suggestion, person = a_suggestion(), make.a_contributor()
    dismiss(suggestion, by=person)
    refused(partial(suggestions.reopen, suggestion, actor=make.an_editor()), "own")
    suggestions.reopen(suggestion, actor=person)
    suggestion.refresh_from_db()
    assert (suggestion.status, suggestion.decided_by) == ("OPEN", None)
    refused(partial(suggestions.reopen, suggestion, actor=person), "own")


def test_a_dismissal_in_an_earlier_text_stays():
    suggestion, person = a_suggestion(), make.a_contributor()
    dismiss(suggestion, by=person)
    make.a_version(article=suggestion.article_version.article, text="Other words")
    refused(partial(suggestions.reopen, suggestion, actor=person), "newer text")


# --- how the rules do ---


def test_a_rule_is_right_when_a_statement_was_made_of_its_suggestion():
    version = make.a_version()
    spans = [(n, n + 2) for n in range(0, 50, 10)]
    suggestions.store(version, proposed(*spans, fields={"denied": False}), rule_set="1")
    plain = partial(make.a_plain_claim, version=version)
    rows = list(version.suggestions.order_by("start"))
    accept(rows[0], plain())
    rows[1].fields = {"denied": True}
    rows[1].save()
    accept(rows[1], plain())
    dismiss(rows[2])
    [rule] = [each for each in track_record.report() if each.rule == "a-rule"]
    counts = (rule.open, rule.accepted, rule.changed, rule.dismissed, rule.decided)
    assert counts == (2, 1, 1, 1, 3)
    assert str(rule.precision) == "0.667"
    assert (rule.measured, rule.why) == (None, "")


def test_a_rule_on_which_nobody_decided_has_no_share_yet():
    every = track_record.report()
    assert every
    assert {rule.precision for rule in every} == {None}
    assert all(rule.why and rule.measured for rule in every)
