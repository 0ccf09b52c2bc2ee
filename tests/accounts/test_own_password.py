"""Everyone changes their own password, in both languages, and the log knows of it."""

import pytest
from django.test import Client

from factbase import accounts
from tests import factories as make
from tests.accounts.signing_in import (
    NEW,
    PASSWORD,
    WRONG,
    an_account,
    is_in,
    noted,
    sign_in,
    signed_in,
    whole_log,
)
from tests.admin.browsing import send

pytestmark = pytest.mark.django_db

PAGE = "/admin/password_change/"


def change(client: Client, old: str = PASSWORD, new: str = NEW, again: str = ""):
    return send(
        client, PAGE, old_password=old, new_password1=new, new_password2=again or new
    )


def test_the_new_password_counts_and_the_other_sessions_end():
    user = an_account()
    client, other = signed_in(user), signed_in(user)
    assert change(client)["Location"] == "/admin/password_change/done/"
    assert client.get("/admin/password_change/done/").status_code == 200
    assert is_in(client)
    assert not is_in(other)
    assert sign_in(Client()).status_code == 200
    assert sign_in(Client(), password=NEW).status_code == 302


def test_the_log_notes_it_without_the_password():
    user = an_account()
    change(signed_in(user))
    assert noted(user) == ["A new password."]
    assert NEW not in whole_log()
    assert PASSWORD not in whole_log()


@pytest.mark.parametrize(
    "role", ["contributor", "reviewer", "editor", "chief", "admin"]
)
def test_every_role_may(role: str):
    assert change(signed_in(an_account(role))).status_code == 302


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        pytest.param({"old": WRONG}, "The password is wrong.", id="the wrong old one"),
        pytest.param({"new": "3hk2-9m"}, "at least 12 characters", id="a short one"),
        pytest.param({"new": "password1234"}, "too common", id="everybody's"),
        pytest.param({"new": "284957394857"}, "entirely numeric", id="a number"),
        pytest.param({"again": WRONG}, "didn’t match", id="two different ones"),
    ],
)
def test_what_is_no_good_is_refused_with_its_reason(typed, refusal: str):
    user = an_account()
    page = change(signed_in(user), **typed)
    assert refusal in page.content.decode()
    assert noted(user) == []


def test_the_page_speaks_arabic():
    client = signed_in()
    client.cookies["django_language"] = "ar"
    assert 'dir="rtl"' in client.get(PAGE).content.decode()


def test_old_passwords_are_guessed_no_more_often_than_at_the_sign_in():
    client = signed_in()
    answers = [change(client, old=WRONG).status_code for _n in range(10)]
    assert answers == [200] * 9 + [429]
    assert change(client).status_code == 429


def test_a_password_changed_in_the_meantime_is_not_changed_again():
    user = an_account()
    accounts.set_password(user, "r4mq-tt82-kkpz-9wec", actor=make.an_admin())
    with pytest.raises(accounts.ValidationError, match="in the meantime"):
        accounts.change_password(user, NEW)


def test_a_stranger_is_sent_to_the_login():
    assert Client().get(PAGE).status_code == 302
