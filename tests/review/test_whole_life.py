"""Whole lives of statements, from a file to a correction, against a model in memory."""

import datetime as dt
from collections import defaultdict
from contextlib import ExitStack
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.test import Client
from hypothesis import Phase
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from claims import drafting, intake, recording, review, suggestions
from claims.intake import Arrival
from claims.models import Claim, Quote, Suggestion, SuggestionStatus
from claims.retraction import retractions
from claims.suggestions import Counts
from factbase.checks import GUARDS
from sources import curation, history
from sources.models import Article, Change
from tests import factories as make
from tests.history.tampering import findings
from tests.intake.drafts import a_draft
from tests.review.workflow_model import APPROVALS, REVIEWER, Said, Told

REFUSALS = (PermissionDenied, ValidationError, history.StaleVersion)
MOMENT = make.WITHDRAWN_AT
#: More articles than these take only time.
MOST = 4


def listed(resource: str, **query: str) -> set[str]:
    """The codes that the public is told, in a list that fits one page."""
    answer = Client().get(f"/api/v1/{resource}/", {"limit": "200", **query})
    return {row["code"] for row in answer.json()["results"]}


# --- the machine: each step is taken in the base and in the model ---

STEPS = {
    "edit": lambda row, actor: recording.edit(row, {}, actor=actor),
    "approve": lambda row, actor: review.approve(row, actor=actor, at=MOMENT),
    "send_back": lambda row, actor: review.send_back(
        row, note="Which?", actor=actor, at=MOMENT
    ),
    "discard": lambda row, actor: review.discard(row, reason="Twice", actor=actor),
    "withdraw": lambda row, actor: review.withdraw(
        row, kind="WITHDRAWN", reason="Misheard", actor=actor, at=MOMENT
    ),
}
people = st.integers(0, 2)
any_of_them = st.integers(0, 30)
often = st.sampled_from(["approve", "approve", "approve", "edit"])
verbs = st.one_of(often, st.sampled_from(sorted(STEPS)))
ALL_APPROVE = [("approve", person, True) for person in (0, 1, 2)]
#: What often happens to one statement: chance alone would seldom come to it.
STORIES = [
    ALL_APPROVE,
    [("send_back", 2, True), *ALL_APPROVE],
    [("edit", 0, True), *ALL_APPROVE],
    [*ALL_APPROVE, ("withdraw", 0, True), ("approve", 2, False)],
]
#: What happens to one statement in a row: a step, by whom, from a fresh page or not.
by_chance = st.lists(st.tuples(verbs, people, st.booleans()), min_size=2, max_size=8)
walks = st.one_of(st.sampled_from(STORIES), by_chance)


class Life(RuleBasedStateMachine):
    """One base, undone at the end of each history."""

    def __init__(self) -> None:
        super().__init__()
        self.base = ExitStack()
        self.base.enter_context(transaction.atomic())
        self.base.callback(transaction.set_rollback, rollback=True)
        everything = ("contributor", "reviewer", "editor", "chief")
        self.people = [make.a_user(*everything), make.a_user(*everything)]
        self.people.append(make.a_reviewer())
        self.measure = make.a_measure()
        self.since = history.head()[0]
        self.articles: list[tuple[Article, Told]] = []
        self.statements: list[tuple[Any, Said]] = []

    def teardown(self) -> None:
        with self.base:
            self.look_around()
            # the accounts are the test's own, made behind the log's back
            assert [
                each for each in findings(guards=GUARDS) if not each.startswith("auth.")
            ] == []

    def is_done(self, process: Any, *given: Any, **options: Any) -> bool:
        try:
            with transaction.atomic():
                process(*given, **options)
        except REFUSALS:
            return False
        return True

    @initialize()
    def begin(self) -> None:
        for derives in (False, True):
            self.bring_in(derives=derives)
        for which in (0, 1):
            self.accept(which=which, person=0)
            self.record(which=which, person=1)
            self.steps(0, [("approve", 0, True), ("approve", 2, True)])

    # --- articles and what the rules propose ---

    @precondition(lambda self: len(self.articles) < MOST)
    @rule(derives=st.booleans())
    def bring_in(self, *, derives: bool) -> None:
        n = len(self.articles) + 100
        text = f"“Boat {n} is lost,” the guard said.\n{n} people crossed the river."
        told = Told(n, text)
        outcome = self._read(told)
        assert outcome.arrival == Arrival.NEW, outcome
        article = outcome.version.article
        if derives and self.articles:
            origin, told.origin = self.articles[-1]
            make.a_derivation(article=article, origin=origin)
        self.articles.append((article, told))

    def _read(self, told: Told) -> Any:
        draft = a_draft(
            text=told.text,
            title=f"Boats {told.number}",
            url=f"https://harbour.example/{told.number}",
        )
        return intake.bring_in(draft, actor=self.people[0], at=MOMENT)

    def an_article(self, which: int) -> tuple[Article, Told]:
        return self.articles[which % len(self.articles)]

    @rule(which=any_of_them, is_news=st.booleans())
    def fetch_again(self, *, which: int, is_news: bool) -> None:
        _article, told = self.an_article(which)
        if is_news:
            told.text = f"This was changed.\n{told.text}"
        arrival = Arrival.NEW_VERSION if is_news else Arrival.UNCHANGED
        assert self._read(told).arrival == arrival

    @rule(which=any_of_them)
    def suggest_again(self, which: int) -> None:
        article, _told = self.an_article(which)
        counts = suggestions.suggest(article.versions.latest("number"))
        assert (counts.added, counts.updated) == (0, 0), counts
        assert isinstance(counts, Counts)

    def a_suggestion(self, article: Article) -> Suggestion:
        proposed = Suggestion.objects.filter(
            article_version__article=article, kind="QUOTE"
        )
        return proposed.exclude(status=SuggestionStatus.REPLACED).get()

    @rule(which=any_of_them, person=people)
    def accept(self, which: int, person: int) -> None:
        article, told = self.an_article(which)
        suggestion, actor = self.a_suggestion(article), self.people[person]
        made = drafting.draft(suggestion)
        done = self.is_done(
            suggestions.accept, suggestion, made, actor=actor, at=MOMENT
        )
        assert done == (told.proposed == "OPEN" and person != REVIEWER)
        if done:
            told.proposed = "ACCEPTED"
            self.statements.append((made, Said(told, {person})))

    @rule(which=any_of_them, person=people, back=st.booleans())
    def dismiss(self, *, which: int, person: int, back: bool) -> None:
        article, told = self.an_article(which)
        suggestion, actor = self.a_suggestion(article), self.people[person]
        if back:
            done = self.is_done(suggestions.reopen, suggestion, actor=actor)
            assert done == (told.dismissed_by == person)
        else:
            dismiss = suggestions.dismiss
            done = self.is_done(dismiss, suggestion, actor=actor, at=MOMENT)
            assert done == (told.proposed == "OPEN" and person != REVIEWER)
        if done:
            told.proposed = "OPEN" if back else "DISMISSED"
            told.dismissed_by = None if back else person

    @rule(which=any_of_them, person=people)
    def retract(self, which: int, person: int) -> None:
        article, told = self.an_article(which)
        done = self.is_done(
            curation.retract,
            Article.objects.get(pk=article.pk),
            on=dt.date(2024, 5, 5),
            notice="Nobody was there",
            actor=self.people[person],
        )
        assert done == (person != REVIEWER)
        told.is_retracted |= done

    # --- statements ---

    @rule(which=any_of_them, person=people)
    def record(self, which: int, person: int) -> None:
        article, told = self.an_article(which)
        claim = self._a_claim(article.versions.latest("number"), told)
        actor = self.people[person]
        done = self.is_done(recording.record, claim, actor=actor, at=MOMENT)
        assert done == (person != REVIEWER)
        if done:
            self.statements.append((claim, Said(told, {person})))

    def _a_claim(self, version: Any, told: Told) -> Claim:
        words = f"{told.number} people crossed the river"
        return make.a_claim(
            version=version, words=words, low=told.number, measure=self.measure
        )

    def a_statement(self, which: int) -> tuple[Any, Said]:
        """The last one comes first: most happens to what is new."""
        return self.statements[-1 - which % len(self.statements)]

    @rule(which=any_of_them, walk=walks)
    def steps(self, which: int, walk: list[tuple[str, int, bool]]) -> None:
        """Step from a page as it is now, or from one that was opened before."""
        row, said = self.a_statement(which)
        for verb, person, is_fresh in walk:
            now = type(row).objects.get(pk=row.pk)
            if is_fresh:
                said.read = said.version
            now.version, is_stale = said.read, said.read != said.version
            done = self.is_done(STEPS[verb], now, self.people[person])
            assert done == (not is_stale and getattr(said, verb)(person)), verb

    @rule(which=any_of_them, person=people, walk=walks)
    def correct(self, which: int, person: int, walk: Any) -> None:
        row, said = self.a_statement(which)
        old = type(row).objects.get(pk=row.pk)
        if isinstance(old, Quote):
            new: Any = make.a_quote(version=old.article_version, words=old.words)
        else:
            new = self._a_claim(old.article_version, said.article)
        actor = self.people[person]
        done = self.is_done(
            recording.replace, old, new, reason="Wrong", actor=actor, at=MOMENT
        )
        waits = any(
            each.replaces is said and each.status == "RECORDED"
            for _row, each in self.statements
        )
        is_open = said.status == "PUBLISHED" and not waits
        assert done == (is_open and person != REVIEWER)
        if done:
            correction = Said(said.article, {person}, replaces=said)
            self.statements.append((new, correction))
            self.steps(0, walk)

    # --- what must be so: of the statements after each step, of the rest now and then ---

    @invariant()
    def statements_stand_as_the_model_says(self) -> None:
        for model in (Claim, Quote):
            own = {row.pk: said for row, said in self.statements if type(row) is model}
            for row in model.objects.in_bulk(own).values():
                said = own[row.pk]
                assert (row.status, row.version) == (said.status, said.version)
        logged = Change.objects.filter(
            seq__gt=self.since, model__in=["claims.claim", "claims.quote"]
        )
        assert logged.count() == sum(said.version for _row, said in self.statements)

    @rule()
    def look_around(self) -> None:
        """Ask everything that is told of the whole base."""
        for row, said in self.statements:
            now = type(row).objects.get(pk=row.pk)
            hands = {self.people[hand].pk for hand in said.hands}
            assert review.contributors(now) == hands
            assert review.is_sent_back(now) == said.is_sent_back
        for article, told in self.articles:
            assert self.a_suggestion(article).status == told.proposed
        self._the_public_reads_what_is_published()
        assert dict(self._flagged()) == {
            each.article.pk: {row.code for f in each.flagged for row in f.statements}
            for each in retractions()
        }

    def _the_public_reads_what_is_published(self) -> None:
        for model, resource in ((Claim, "claims"), (Quote, "quotes")):
            for status in ("PUBLISHED", "WITHDRAWN"):
                told = listed(resource, status=status)
                assert told == self._codes(model, status)
        withdrawn = [self._codes(model, "WITHDRAWN") for model in (Claim, Quote)]
        assert listed("corrections") == set().union(*withdrawn)

    def _codes(self, model: type[Any], status: str) -> set[str]:
        return {
            row.code
            for row, said in self.statements
            if isinstance(row, model) and said.status == status
        }

    def _flagged(self) -> dict[int, set[str]]:
        found: dict[int, set[str]] = defaultdict(set)
        for article, retracted in self.articles:
            for row, said in self.statements:
                is_hit = retracted.is_retracted and said.article.rests_on(retracted)
                if is_hit and said.status == "PUBLISHED":
                    found[article.pk].add(row.code)
        return found


@pytest.fixture
def _two_others_approve(settings) -> None:
    settings.REVIEW_APPROVALS = APPROVALS
    settings.API_RATE = None


@pytest.mark.usefixtures("db", "_two_others_approve")
def test_every_history_leads_where_the_model_says():
    often_enough = hypothesis_settings(
        max_examples=10, stateful_step_count=30, phases=[Phase.generate]
    )
    run_state_machine_as_test(Life, settings=often_enough)
