"""A session is its person's alone, and ends when it should."""

import pytest
from django.conf import settings
from django.test import Client

from factbase import accounts
from sources.policy import UserRole
from tests import factories as make
from tests.accounts.signing_in import NEW, an_account, is_in, sign_in, signed_in
from tests.commands.running import manage

pytestmark = pytest.mark.django_db


def test_the_cookie_is_kept_from_scripts_and_other_sites_for_twelve_hours():
    cookie = signed_in().cookies["sessionid"]
    assert cookie["httponly"]
    assert (cookie["samesite"], cookie["max-age"]) == ("Lax", 12 * 3600)


def test_in_production_no_cookie_travels_in_the_clear(tmp_path):
    machine = {
        "FACTBASE_DATA": str(tmp_path),
        "PUBLIC_URL": "https://facts.example.org",
    }
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE")
    code = f"from django.conf import settings as s; print([s.{names[0]}, s.{names[1]}, s.{names[2]}])"
    shell = manage(machine, "shell", "--no-imports", "--command", code)
    assert shell.stdout.strip() == "[True, True, True]", shell.stderr
    assert not settings.SESSION_COOKIE_SECURE


def test_a_session_gets_a_new_key_with_the_sign_in():
    an_account()
    client = Client()
    client.session["visited"] = True
    session = client.session
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    sign_in(client)
    assert client.session.session_key not in {None, before}


def test_a_new_password_ends_every_session():
    user = an_account()
    one, other = signed_in(user), signed_in(user)
    accounts.set_password(user, NEW, actor=make.an_admin())
    assert not is_in(one)
    assert not is_in(other)


def test_a_closed_account_is_out_at_its_next_request():
    user = an_account()
    client = signed_in(user)
    accounts.deactivate(user, actor=make.an_admin())
    assert not is_in(client)
    accounts.set_active(user, active=True, actor=make.an_admin())
    assert is_in(client)


def test_a_role_counts_from_the_next_request_on():
    user = an_account("editor")
    client = signed_in(user)
    assert client.get("/admin/auth/user/").status_code == 403
    accounts.set_roles(user, [UserRole.ADMIN], actor=make.an_admin())
    assert client.get("/admin/auth/user/").status_code == 200
    assert client.get("/admin/claims/claim/").status_code == 403


def test_signing_out_ends_the_session():
    client = signed_in()
    key = client.session.session_key
    client.post("/admin/logout/")
    client.cookies["sessionid"] = key
    assert not is_in(client)
