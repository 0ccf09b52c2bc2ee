"""Who may do what, and which columns are public: tables, and nothing beside them."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction

import claims.policy
import sources.policy
from claims import batches, carrying, linking, recording, review, suggestions, tasks
from claims.models import AboutText, Assessment, Translation
from claims.receiving import ReceivedFile, receive
from factbase import checks, policy
from sources import curation, ingest, withholding
from sources.models import Derivation, Role
from sources.policy import FieldClass, NotAllowed, UserRole
from tests import factories as make
from tests.models import rows
from tests.models.rows import an_own_voice

ACTS = policy.ACTS
LATER = make.WITHDRAWN_AT

#: What an interface asks for itself; no process function does it.
ASKED_ELSEWHERE = {
    *("read an original", "read the log", "read the track record", "manage accounts"),
}

Do = Callable[[User], Any]


def test_no_act_has_two_meanings():
    assert not set(sources.policy.ACTS) & set(claims.policy.ACTS)


# --- acts ---


class Acts:
    """For each act a call that does it, on rows made once."""

    def __init__(self) -> None:
        self.source, self.speaker = make.a_source(), make.a_speaker()
        self.spare_source, self.spare_speaker = make.a_source(), make.a_speaker()
        self.role = make.a_role()
        self.article, self.other = make.an_article(), make.an_article()
        self.derivation = make.a_derivation(
            article=self.article, origin_source=self.source
        )
        self.offer = make.a_suggested_derivation()
        self.event, self.measure = make.an_event(), make.a_measure()
        self.recorded = make.a_recorded_claim()
        self.published = make.a_published_claim()
        self.imported, self.report = rows.an_imported_claim(), rows.an_error_report()
        self.about = recording.add(
            AboutText(section="CONTACT", language="en", text="Ring."),
            actor=make.a_chief(),
        )
        self.link, self.utterance = rows.a_suggested_link(), rows.a_same_utterance()
        self.suggestion, self.placement = rows.a_suggestion(), rows.a_placement()

    def of_sources(self) -> dict[str, Do]:
        end = {"at": LATER, "reason": "Mistaken"}
        return {
            "add source": lambda u: make.a_source(by=u),
            "change source": lambda u: curation.change(
                self.source, {"note": "x"}, actor=u
            ),
            "remove source": lambda u: curation.remove(self.spare_source, actor=u),
            "add speaker": lambda u: make.a_speaker(by=u),
            "change speaker": lambda u: curation.change(
                self.speaker, {"wikidata": "Q1"}, actor=u
            ),
            "remove speaker": lambda u: curation.remove(self.spare_speaker, actor=u),
            "record role": lambda u: curation.record_role(
                Role(speaker=self.speaker, name_en="Mayor", recorded_at=LATER), actor=u
            ),
            "end role": lambda u: curation.end_role(self.role, actor=u, **end),
            "say as whom a source speaks": lambda u: an_own_voice(by=u),
            "merge speakers": lambda u: curation.merge(
                self.speaker, into=self.spare_speaker, at=LATER, reason="x", actor=u
            ),
            "withhold speaker": lambda u: withholding.withhold(
                self.speaker, listed=(), ticked=(), reason="x", actor=u, at=LATER
            ),
            "add article": lambda u: make.an_article(source=self.source, by=u),
            "change article": lambda u: curation.change(
                self.article, {"byline": "x"}, actor=u
            ),
            "add version": lambda u: ingest.add_version(
                self.article, text="Other", fetched_at=LATER, actor=u
            ),
            "record derivation": lambda u: curation.record_derivation(
                Derivation(
                    article=self.article,
                    origin=self.other,
                    kind="CITES",
                    recorded_at=LATER,
                ),
                actor=u,
            ),
            "end derivation": lambda u: curation.end_derivation(
                self.derivation, actor=u, **end
            ),
            "decide on a derivation": lambda u: curation.dismiss_derivation(
                self.offer, actor=u, at=LATER
            ),
            "retract article": lambda u: curation.retract(
                self.article, on=LATER.date(), notice="x", actor=u
            ),
        }

    def of_claims(self) -> dict[str, Do]:
        return {
            "add event": lambda u: make.an_event(by=u),
            "change event": lambda u: recording.change(
                self.event, {"country": "SY"}, actor=u
            ),
            "remove event": lambda u: recording.remove(self.event, actor=u),
            "add measure": lambda u: make.a_measure(event=self.event, by=u),
            "change measure": lambda u: recording.change(
                self.measure, {"place": "x"}, actor=u
            ),
            "remove measure": lambda u: recording.remove(self.measure, actor=u),
            "record statement": lambda u: recording.record(
                self._form(), actor=u, at=LATER
            ),
            "edit own statement": lambda u: recording.edit(
                self._own(u), {"note": "x"}, actor=u
            ),
            "edit statement": lambda u: recording.edit(
                self.recorded, {"note": "x"}, actor=u
            ),
            "discard own statement": lambda u: review.discard(
                self._own(u), reason="Twice", actor=u
            ),
            "discard statement": lambda u: review.discard(
                self.recorded, reason="Twice", actor=u
            ),
            "translate statement": lambda u: recording.translate(
                Translation(claim=self.recorded, language="ar", words="نص"),
                actor=u,
                at=LATER,
            ),
            "review": lambda u: review.approve(self.recorded, actor=u, at=LATER),
            "correct": lambda u: recording.replace(
                self.published, self._form(), reason="Misread", actor=u, at=LATER
            ),
            "withdraw": lambda u: make.review.withdraw(
                self.published, kind="WITHDRAWN", reason="x", actor=u, at=LATER
            ),
            "assess": lambda u: recording.assess(
                Assessment(
                    claim=self.published, rating="DISPUTED", summary="x", language="en"
                ),
                actor=u,
                at=LATER,
            ),
        }

    def of_tasks(self) -> dict[str, Do]:
        return {
            "add abouttext": lambda u: rows.an_about_text(by=u),
            "change abouttext": lambda u: recording.change(
                self.about, {"text": "x"}, actor=u
            ),
            "assign review": lambda u: tasks.assign(
                self.recorded, reviewer=u, actor=u, at=LATER
            ),
            "import file": lambda u: list(
                receive([], ReceivedFile("x", "0" * 64, "csv"), actor=u, at=LATER)
            ),
            "approve import": lambda u: list(
                batches.approve(self.imported.batch, actor=u, at=LATER)
            ),
            "answer report": lambda u: tasks.answer_report(
                self.report, status="DECLINED", answer="x", actor=u, at=LATER
            ),
        }

    def of_texts(self) -> dict[str, Do]:
        return {
            "decide on a suggestion": lambda u: suggestions.dismiss(
                self.suggestion, actor=u, at=LATER
            ),
            "decide on a link": lambda u: linking.refuse(self.link, actor=u, at=LATER),
            "end same utterance": lambda u: linking.end(
                self.utterance, actor=u, reason="x", at=LATER
            ),
            "place statement": lambda u: carrying.give_up(
                self.placement, actor=u, at=LATER
            ),
        }

    def _form(self) -> Any:
        return make.a_plain_claim(version=self.published.article_version)

    def _own(self, user: User) -> Any:
        """A claim that the user recorded, perhaps in another role."""
        claim = rows.copy_of(self.recorded, recorded_by=user)
        rows.write_past_the_forms(claim)
        return type(claim).objects.get(code=claim.code)


@pytest.fixture(scope="module")
def acts(django_db_setup, django_db_blocker) -> Iterator[dict[str, Do]]:  # noqa: ARG001  # comes first
    """Rows made once for the module and rolled back with it."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = Acts()
        yield {
            **made.of_sources(),
            **made.of_claims(),
            **made.of_tasks(),
            **made.of_texts(),
        }
        transaction.set_rollback(True)


def test_every_act_is_tried(acts):
    assert set(acts) == set(ACTS) - ASKED_ELSEWHERE


@pytest.mark.parametrize("act", sorted(set(ACTS) - ASKED_ELSEWHERE))
def test_an_act_is_done_by_the_roles_of_the_table_and_refused_to_all_others(acts, act):
    done = set()
    for role in UserRole:
        with transaction.atomic():
            with suppress(NotAllowed):
                acts[act](make.a_user(role))
                done.add(role)
            transaction.set_rollback(True)
    assert done == ACTS[act]


def test_a_refusal_names_the_roles_that_may(acts):
    with pytest.raises(NotAllowed, match=r"chief editor, contributor, editor$"):
        acts["record statement"](make.a_reviewer())


def _closed() -> User:
    user = make.a_user(*UserRole.values)
    user.is_active = False
    return user


OUTSIDERS = {
    "no role": make.a_user,
    "another group": lambda: make.a_user("interns"),
    "a superuser": lambda: User.objects.create_superuser("root"),
    "an account that was closed": _closed,
}


@pytest.mark.parametrize("outsider", OUTSIDERS.values(), ids=OUTSIDERS)
def test_without_a_role_nothing_is_done(acts, outsider):
    with transaction.atomic():
        user = outsider()
        for act in sorted(acts):
            with pytest.raises(NotAllowed), transaction.atomic():
                acts[act](user)
        transaction.set_rollback(True)


@pytest.mark.parametrize("act", ["read the log", "review"])
def test_anonymous_readers_have_no_act(act):
    assert not sources.policy.may(AnonymousUser(), act, ACTS)


def test_an_act_that_no_table_declares_is_a_mistake(acts):  # noqa: ARG001  # opens the database
    with pytest.raises(KeyError):
        sources.policy.may(make.a_user("chief"), "burn", ACTS)


# --- fields ---

MODELS = [
    model
    for label in ("sources", "claims")
    for model in apps.get_app_config(label).get_models()
]


@pytest.mark.parametrize("model", MODELS)
def test_every_column_has_one_class(model):
    declared = policy.FIELDS[model._meta.label_lower]
    names = " ".join(declared.values()).split()
    assert sorted(names) == sorted(f.name for f in model._meta.concrete_fields)
    assert set(declared) <= set(FieldClass)


def test_the_start_is_refused_when_a_column_or_reach_is_not_declared(monkeypatch):
    assert checks.every_field_has_a_class() == checks.every_reach_is_declared() == []
    monkeypatch.setitem(policy.FIELDS, "claims.claim", {FieldClass.PUBLIC: "id code"})
    monkeypatch.delitem(sources.policy.REACHED, "claims.claim")
    assert [error.id for error in checks.every_field_has_a_class()] == ["factbase.E001"]
    assert [error.id for error in checks.every_reach_is_declared()] == ["factbase.E003"]


@pytest.mark.parametrize(
    "column",
    [
        *("sources.speaker withheld", "sources.source note", "claims.claim note"),
        *("claims.claim recorded_by", "claims.quote recorded_at", "claims.claim batch"),
        *("sources.articleversion original_sha256", "claims.claim version"),
    ],
)
def test_what_says_who_worked_on_it_is_not_public(column):
    model, name = column.split()
    assert name not in policy.FIELDS[model][FieldClass.PUBLIC].split()


@pytest.mark.parametrize("model", ["review", "batch", "suggestion", "placement"])
def test_the_desk_s_own_tables_have_nothing_public(model):
    assert set(policy.FIELDS[f"claims.{model}"]) == {FieldClass.INTERNAL}
