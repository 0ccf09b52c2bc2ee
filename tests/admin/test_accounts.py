"""Administrators create accounts, give roles, close accounts, reset passwords."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from factbase import accounts
from sources.models import Change
from sources.policy import UserRole, roles_of
from tests import factories as make
from tests.admin.browsing import address, at_desk, complaints, send, step

pytestmark = pytest.mark.django_db

FIRST = "n3g9-7vcs-k74b"


def message(page) -> str:
    return " ".join(str(note) for note in page.context["messages"])


def signs_in(username: str, password: str) -> bool:
    form = {"username": username, "password": password}
    return Client().post("/admin/login/?next=/admin/", form).status_code == 302


def test_a_new_account_signs_in_with_the_password_shown_once():
    client = at_desk(make.an_admin())
    values = {"username": "huda", "roles": ["contributor", "reviewer"]}
    answer = send(client, address(User, "add"), **values)
    assert answer.status_code == 302, complaints(answer)
    page = client.get(answer["Location"])
    password = re.search(r'<code dir="ltr">(.+?)</code>', message(page))[1]
    assert signs_in("huda", password)
    assert roles_of(User.objects.get(username="huda")) == {"contributor", "reviewer"}
    assert password not in client.get(answer["Location"]).content.decode()
    assert not Change.objects.filter(snapshot__contains="password").exists()


def test_a_name_that_is_taken_is_explained():
    make.a_contributor("huda")
    page = send(
        at_desk(make.an_admin()),
        address(User, "add"),
        username="huda",
        roles=["editor"],
    )
    assert "already exists" in complaints(page)


def test_roles_are_set_as_a_whole():
    account = make.a_contributor()
    client = at_desk(make.an_admin())
    answer = send(client, step(account, "roles"), roles=["editor", "chief"])
    assert answer.status_code == 302
    assert roles_of(User.objects.get(pk=account.pk)) == {"editor", "chief"}


def test_a_new_password_replaces_the_old_one():
    admin = make.an_admin()
    client = at_desk(admin)
    account = accounts.create_account(
        username="huda", roles=[UserRole.EDITOR], password=FIRST, actor=admin
    )
    answer = send(client, step(account, "password"))
    password = re.search(r">(\w{4}(-\w{4})+)<", message(client.get(answer["Location"])))
    assert signs_in("huda", password[1])
    assert not signs_in("huda", FIRST)


def test_a_closed_account_is_out_and_may_come_back():
    account = make.an_editor()
    client, theirs = at_desk(make.an_admin()), at_desk(account)
    assert send(client, step(account, "close"), reason="Left.").status_code == 302
    assert theirs.get("/admin/").status_code == 302
    labels = [tool.label for tool in client.get(address(account)).context["tools"]]
    assert "Open the account" in labels
    assert send(client, step(account, "open"), reason="Is back.").status_code == 302
    assert User.objects.get(pk=account.pk).is_active


def test_the_last_administrator_cannot_leave():
    admin = make.an_admin()
    client = at_desk(admin)
    page = send(client, step(admin, "close"), reason="Leaving.")
    assert "Somebody has to be left" in complaints(page)
    page = send(client, step(admin, "roles"), roles=["editor"])
    assert "Somebody has to be left" in complaints(page)


@pytest.mark.parametrize("role", ["contributor", "reviewer", "editor", "chief"])
@pytest.mark.parametrize("verb", ["roles", "password", "close", "open"])
def test_nobody_else_touches_accounts(role: str, verb: str):
    account = make.a_contributor()
    client = at_desk(make.a_user(role))
    assert client.get(step(account, verb)).status_code == 403
    assert client.post(step(account, verb), {}).status_code == 403
