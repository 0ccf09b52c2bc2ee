"""The workflow as a truth table: status x step x role x hand in it."""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import transaction

from claims import recording, review
from claims.models import Assessment, Claim, Quote, Status, Translation, WithdrawalKind
from sources.policy import UserRole
from tests import factories as make
from tests.specs import rows

READER = "reader"
LATER = make.WITHDRAWN_AT
STATUSES = (*Status.values, "RETURNED")
ROLES = (*UserRole.values, READER)
HANDS = ("recorder", "editor", "other")
TABLE = [pytest.param(rule.values, id=rule.id) for rule in rows("workflow")]


def _replace(row: Any, actor: User) -> object:
    columns = [f.attname for f in row._meta.concrete_fields]
    kept = set(columns) - {"id", "code", *row.LIFECYCLE}
    new = type(row)(**{column: getattr(row, column) for column in kept})
    return recording.replace(row, new, reason="Miscounted", actor=actor, at=LATER)


def _translate(row: Any, actor: User) -> object:
    name = row._meta.model_name
    translation = Translation(**{name: row}, language="ar", words="لم يغرق أحد")
    return recording.translate(translation, actor=actor, at=LATER)


def _retranslate(row: Any, actor: User) -> object:
    translation = row.translations.get()
    return recording.retranslate(translation, {"words": "x"}, actor=actor)


def _assess(row: Any, actor: User) -> object:
    verdict = Assessment(claim=row, rating="DISPUTED", summary="Fewer", language="en")
    return recording.assess(verdict, actor=actor, at=LATER)


STEPS: dict[str, Callable[[Any, User], object]] = {
    "edit": lambda row, actor: recording.edit(row, {"role_words": "x"}, actor=actor),
    "translate": _translate,
    "retranslate": _retranslate,
    "approve": lambda row, actor: review.approve(row, actor=actor, at=LATER),
    "send back": lambda row, actor: review.send_back(
        row, note="Which?", actor=actor, at=LATER
    ),
    "discard": lambda row, actor: review.discard(row, reason="Twice", actor=actor),
    "withdraw": lambda row, actor: review.withdraw(
        row,
        kind=WithdrawalKind.WITHDRAWN,
        reason="Misheard",
        actor=actor,
        at=LATER,
    ),
    "replace": _replace,
    "assess": _assess,
}


class Case:
    """A statement in one state, and one person for each hand in it."""

    def __init__(self, maker: Callable[..., Any], state: str) -> None:
        recorder, editor = make.a_contributor(), make.an_editor()
        self.people = {"recorder": recorder, "editor": editor, "other": make.a_user()}
        waiting = recording.edit(maker(by=recorder), {"role_words": "y"}, actor=editor)
        about = {waiting._meta.model_name: waiting, "language": "fr", "by": recorder}
        waiting = make.a_translation(**about).statement
        self.row = self.moved(waiting, state)

    @staticmethod
    def moved(row: Any, state: str) -> Any:
        if state == "RETURNED":
            STEPS["send back"](row, make.a_reviewer())
        if state in {"PUBLISHED", "WITHDRAWN"}:
            row = make.published(row)
        if state == "WITHDRAWN":
            row = make.withdrawn(row)
        return make.discarded(row) if state == "DISCARDED" else row

    def person(self, role: str, hand: str) -> User:
        """Whoever had this hand in the statement, in this role by now."""
        user = User.objects.get(pk=self.people[hand].pk)
        user.groups.set(Group.objects.filter(name=role))
        return user


@pytest.fixture(scope="module")
def cases(django_db_setup, django_db_blocker) -> Iterator[dict[tuple[type, str], Case]]:  # noqa: ARG001  # comes first
    """Made once for the module and rolled back with it."""
    makers = ((Claim, make.a_recorded_claim), (Quote, make.a_recorded_quote))
    with django_db_blocker.unblock(), transaction.atomic():
        make.a_user(*UserRole.values)  # so that every role has its group
        yield {
            (model, state): Case(maker, state)
            for model, maker in makers
            for state in STATUSES
        }
        transaction.set_rollback(True)


def outcome(step: str, case: Case, role: str, hand: str) -> str:
    """The status that a step leads to, or the name of what refuses it."""
    with transaction.atomic():
        row = type(case.row).objects.get(pk=case.row.pk)
        actor = case.person(role, hand)
        try:
            with transaction.atomic():
                STEPS[step](row, actor)
            row.refresh_from_db()
            came = row.status
        except Exception as refused:  # noqa: BLE001  # its name is the outcome
            came = type(refused).__name__
        transaction.set_rollback(True)
    return came


def combinations(*patterns: str) -> Iterator[tuple[str, ...]]:
    """Every state, role and hand that three cells of the table match."""
    known = (STATUSES, ROLES, HANDS)
    for pattern, values in zip(patterns, known, strict=True):
        assert pattern == "*" or set(pattern.split(",")) <= set(values)
    return product(
        *(
            values if pattern == "*" else pattern.split(",")
            for pattern, values in zip(patterns, known, strict=True)
        )
    )


MODELS = [Claim, pytest.param(Quote, marks=pytest.mark.drill)]


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("rule", TABLE)
def test_step(cases, model, rule):
    step, *conditions, expected = rule
    if step == "assess" and model is Quote:
        return  # a verdict is on a claim
    came = {
        combination: outcome(step, cases[model, combination[0]], *combination[1:])
        for combination in combinations(*conditions)
    }
    assert came == dict.fromkeys(came, expected)


def test_every_combination_is_in_the_table_once():
    covered = [
        (step, *combination)
        for step, *conditions, _ in (rule.values[0] for rule in TABLE)
        for combination in combinations(*conditions)
    ]
    assert sorted(covered) == sorted(product(STEPS, STATUSES, ROLES, HANDS))


@pytest.mark.parametrize("state", STATUSES)
def test_the_buttons_are_the_steps_that_succeed(cases, state):
    case = cases[Claim, state]
    for role, hand in product(ROLES, HANDS):
        with transaction.atomic():
            offered = {
                step.verb
                for step in review.available(case.row, case.person(role, hand))
            }
            transaction.set_rollback(True)
        possible = {
            verb
            for verb in ("approve", "discard", "withdraw")
            if outcome(verb, case, role, hand) in STATUSES
        }
        assert offered == possible, (role, hand)
