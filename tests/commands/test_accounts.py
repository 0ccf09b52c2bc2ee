"""Administrators manage accounts, and the log has all of it but the passwords."""

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError

from factbase import accounts
from sources import history
from sources.models import Change
from sources.policy import NotAllowed, UserRole, roles_of
from sources.verification import Verification

pytestmark = pytest.mark.django_db

EDITOR, REVIEWER, ADMIN = UserRole.EDITOR, UserRole.REVIEWER, UserRole.ADMIN


@pytest.fixture
def admin() -> User:
    return accounts.first_admin(password=accounts.random_password())


def an_account(admin: User, *roles: UserRole, username: str = "huda") -> User:
    return accounts.create_account(
        username=username,
        roles=roles,
        password=accounts.random_password(),
        actor=admin,
    )


def logged() -> list[str]:
    return [f"{c.action} {c.model}" for c in Change.objects.order_by("seq")]


def test_random_passwords_are_long_and_never_the_same():
    passwords = {accounts.random_password() for _n in range(100)}
    assert len(passwords) == 100
    assert {len(password) for password in passwords} == {19}


def test_the_first_account_needs_nobody(admin: User):
    assert (admin.username, roles_of(admin)) == ("admin", {"admin"})
    assert admin.is_staff
    assert not admin.is_superuser


def test_there_is_one_first_account(admin: User):
    assert admin.pk
    with pytest.raises(NotAllowed):
        accounts.first_admin(password=accounts.random_password())


def test_an_account_is_logged_with_its_roles_and_without_its_password(admin: User):
    before = len(logged())
    user = an_account(admin, EDITOR, REVIEWER)
    assert roles_of(user) == {"editor", "reviewer"}
    assert logged()[before:] == [
        "ADDED auth.user",
        *("ADDED auth.group", "ADDED auth.user_groups"),
        *("ADDED auth.group", "ADDED auth.user_groups"),
    ]
    entry = history.timeline(user).get()
    assert entry.actor == admin
    assert not {"password", "last_login"} & entry.content.keys()
    assert list(Verification().of_the_log()) == []


def test_a_group_is_made_once(admin: User):
    for username in ("huda", "salim"):
        an_account(admin, EDITOR, username=username)
    assert Group.objects.filter(name="editor").count() == 1


def test_only_administrators_manage_accounts(admin: User):
    editor = an_account(admin, EDITOR)
    with pytest.raises(NotAllowed):
        an_account(editor, EDITOR, username="salim")
    with pytest.raises(NotAllowed):
        accounts.set_roles(editor, [ADMIN], actor=editor)
    with pytest.raises(NotAllowed):
        accounts.deactivate(admin, actor=editor)
    with pytest.raises(NotAllowed):
        accounts.set_password(admin, accounts.random_password(), actor=editor)


@pytest.mark.parametrize(
    ("username", "password"),
    [
        pytest.param("admin", "tmbk-92xz-hhd4-fwnc", id="a name that is taken"),
        pytest.param("two words", "tmbk-92xz-hhd4-fwnc", id="a name that is none"),
        pytest.param("huda", "12345", id="a weak password"),
    ],
)
def test_a_refused_account_leaves_nothing(admin: User, username: str, password: str):
    before = logged()
    with pytest.raises(ValidationError):
        accounts.create_account(
            username=username, roles=[EDITOR], password=password, actor=admin
        )
    assert logged() == before
    assert User.objects.count() == 1


def test_roles_are_given_and_taken(admin: User):
    user = an_account(admin, EDITOR, REVIEWER)
    before = len(logged())
    user = accounts.set_roles(
        user, [REVIEWER, UserRole.CHIEF], actor=admin, reason="Promoted"
    )
    assert roles_of(user) == {"reviewer", "chief"}
    assert logged()[before:] == [
        "REMOVED auth.user_groups",
        "ADDED auth.group",
        "ADDED auth.user_groups",
    ]
    assert history.head()[0] == len(logged())
    assert Change.objects.order_by("seq").last().reason == "Promoted"


def test_a_closed_account_has_no_roles_until_it_is_opened_again(admin: User):
    user = an_account(admin, EDITOR)
    assert roles_of(accounts.deactivate(user, actor=admin, reason="Left")) == set()
    again = accounts.set_active(user, active=True, actor=admin)
    assert roles_of(again) == {"editor"}


def test_a_new_password_is_noted_but_not_written_down(admin: User):
    password = accounts.random_password()
    accounts.set_password(admin, password, actor=admin)
    assert User.objects.get().check_password(password)
    entry = history.timeline(admin).first()
    assert (entry.action, entry.reason) == ("CHANGED", "A new password.")
    assert password not in entry.snapshot


def test_somebody_is_left_who_manages_accounts(admin: User):
    with pytest.raises(ValidationError, match="manages accounts"):
        accounts.deactivate(admin, actor=admin)
    with pytest.raises(ValidationError, match="manages accounts"):
        accounts.set_roles(admin, [EDITOR], actor=admin)
    other = an_account(admin, ADMIN)
    accounts.deactivate(admin, actor=other)
    with pytest.raises(ValidationError, match="manages accounts"):
        accounts.set_roles(other, [], actor=other)
