"""Codes of an app, asked after the password: set up, given, spent, taken away."""

import datetime as dt
import re

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from factbase import accounts
from factbase.accounts import codes
from sources.policy import NotAllowed, UserRole, roles_of
from sources.verification import Verification
from tests import factories as make
from tests.accounts.signing_in import (
    CODE,
    CODES,
    DESK,
    NEW,
    PASSWORD,
    WRONG,
    an_account,
    code_of,
    is_in,
    noted,
    recovery_codes_on,
    sign_in,
    signed_in,
    whole_log,
    with_codes,
)
from tests.admin.browsing import address, at_desk, send, step

pytestmark = pytest.mark.django_db

WRONG_CODE = "wrong or was used already"


def give(client: Client, code: str, **at: str):
    return client.post(CODE, {"code": code}, **at)


def asked(user: User) -> Client:
    """A browser that gave the password and is asked for the code."""
    client = Client()
    assert sign_in(client, user.username)["Location"] == CODE
    return client


def set_up(client: Client) -> tuple[TOTPDevice, list[str]]:
    """Go through the pages as a person does."""
    page = client.post(CODES, {"begin": "Set up"})
    user = page.wsgi_request.user
    device = codes.begun(user)
    assert codes.secret(device) in page.content.decode()
    typed = {"code": code_of(device), "password": PASSWORD}
    return device, recovery_codes_on(client.post(CODES, typed))


# --- setting up ---


def test_the_secret_is_shown_as_letters_and_as_a_picture_of_them():
    client = signed_in(an_account("chief"))
    page = client.post(CODES, {"begin": "Set up"})
    html = page.content.decode()
    assert re.search(r"<code[^>]+>([A-Z2-7]{4} ){7}[A-Z2-7]{4}</code>", html)
    assert "<svg" in html
    assert "no-store" in page["Cache-Control"]


def test_setting_up_ends_the_other_sessions_and_keeps_this_one():
    user = an_account("chief")
    client, other = signed_in(user), signed_in(user)
    _device, recovery = set_up(client)
    assert len(recovery) == len(set(recovery)) == codes.RECOVERY_CODES
    assert (is_in(client), is_in(other)) == (True, False)
    assert noted(user) == ["Codes are asked at sign-in from now on."]


def test_the_recovery_codes_are_shown_once():
    client = signed_in(an_account("chief"))
    set_up(client)
    page = client.get(CODES)
    assert recovery_codes_on(page) == []
    assert "You have 10 recovery codes left." in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        pytest.param({"code": "123"}, WRONG_CODE, id="a wrong code"),
        pytest.param({"password": WRONG}, "The password is wrong.", id="no password"),
    ],
)
def test_what_does_not_fit_confirms_nothing(typed, refusal: str):
    user = an_account("chief")
    client = signed_in(user)
    client.post(CODES, {"begin": "Set up"})
    given = {"code": code_of(codes.begun(user)), "password": PASSWORD, **typed}
    assert refusal in client.post(CODES, given).content.decode()
    assert not codes.is_used_by(user)
    assert sign_in(Client())["Location"] == DESK
    with pytest.raises(ValidationError):
        codes.confirm(user, **given)


def test_nothing_is_confirmed_that_was_not_begun():
    user = an_account()
    given = {"code": "123456", "password": PASSWORD}
    assert "Set up" in signed_in(user).post(CODES, given).content.decode()
    with pytest.raises(ValidationError, match="code"):
        codes.confirm(user, **given)


def test_a_secret_seen_over_a_shoulder_is_not_the_next_one():
    user = an_account()
    seen = codes.begin(user).key
    assert codes.begin(user).key != seen
    assert TOTPDevice.objects.count() == 1


def test_setting_up_again_replaces_secret_and_recovery_codes():
    user = an_account()
    old, old_recovery = with_codes(user)
    codes.begin(user)
    assert codes.check(user, code_of(old, 1))  # good until the new one is confirmed
    with_codes(User.objects.get(pk=user.pk))
    assert not codes.check(user, code_of(old, 2))
    assert not codes.check(user, old_recovery[0])
    assert codes.recovery_codes_left(user) == codes.RECOVERY_CODES


# --- signing in ---


def test_the_code_is_asked_after_the_password_and_leads_where_one_wanted_to_go():
    user = an_account("admin")
    device, _recovery = with_codes(user)
    client = Client()
    form = {"username": "huda", "password": PASSWORD, "next": "/claims/"}
    assert client.post("/admin/login/", form)["Location"] == CODE
    assert not is_in(client)
    assert 'autocomplete="one-time-code"' in client.get(CODE).content.decode()
    before = client.session.session_key
    assert give(client, code_of(device, 1))["Location"] == "/claims/"
    assert client.session.session_key != before
    assert is_in(client)
    assert client.get(CODE)["Location"] == "/admin/login/"


def test_half_a_sign_in_is_none():
    user = an_account("admin")
    with_codes(user)
    client = asked(user)
    assert not is_in(client)
    assert roles_of(client.get("/").wsgi_request.user) == set()


def test_a_code_is_not_accepted_twice():
    user = an_account()
    device, _recovery = with_codes(user)
    assert WRONG_CODE in give(asked(user), code_of(device)).content.decode()
    assert codes.check(user, code_of(device, 1)) is None  # slowed down for a second
    codes.speed_up(user)
    assert codes.check(user, code_of(device, 1))
    assert codes.check(user, code_of(device, 1)) is None


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(lambda code: f"{code[:3]} {code[3:]}", id="in two halves"),
        pytest.param(
            lambda code: code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
            id="in Arabic digits",
        ),
    ],
)
def test_a_code_may_be_typed_as_it_is_read(typed):
    user = an_account()
    device, _recovery = with_codes(user)
    assert give(asked(user), typed(code_of(device, 1))).status_code == 302


def test_a_recovery_code_works_once_and_is_noted():
    user = an_account()
    _device, [first, second, *_others] = with_codes(user)
    assert give(asked(user), f"{first[:4]} {first[4:].upper()}").status_code == 302
    assert noted(user)[1:] == ["A recovery code was used."]
    assert codes.recovery_codes_left(user) == codes.RECOVERY_CODES - 1
    assert WRONG_CODE in give(asked(user), first).content.decode()
    codes.speed_up(user)
    assert give(asked(user), second).status_code == 302


@pytest.mark.parametrize(
    "code", ["", "000000", "x", "²²²²²²", "-12345", "1" * 20, "\0"]
)
def test_what_is_no_code_is_refused(code: str):
    user = an_account()
    with_codes(user)
    page = give(asked(user), code)
    assert (page.status_code, "errorlist" in page.content.decode()) == (200, True)


def test_codes_are_guessed_no_more_often_than_passwords():
    user = an_account()
    device, _recovery = with_codes(user)
    client = asked(user)
    answers = [give(client, "123").status_code for _n in range(11)]
    assert answers == [200] * 9 + [429] * 2
    assert give(client, code_of(device, 1)).status_code == 429
    assert sign_in(Client()).status_code == 429
    codes.speed_up(user)
    elsewhere = {"REMOTE_ADDR": "198.51.100.7"}
    client = Client()
    sign_in(client, **elsewhere)
    assert give(client, code_of(device, 1), **elsewhere).status_code == 302


def test_the_password_alone_forgets_no_failures():
    user = an_account()
    with_codes(user)
    for _n in range(5):
        give(asked(user), "123")
    assert AccessAttempt.objects.get().failures_since_start == 5
    assert "123" not in AccessAttempt.objects.get().post_data


def test_wrong_codes_slow_the_account_down_until_an_administrator_forgets_them():
    user = an_account()
    device, _recovery = with_codes(user)
    for _n in range(3):
        codes.check(user, "000000")
        TOTPDevice.objects.update(
            throttling_failure_timestamp=timezone.now() - dt.timedelta(minutes=1)
        )
    codes.check(user, "000000")
    assert codes.check(user, code_of(device, 1)) is None
    send(at_desk(make.an_admin()), step(user, "unlock"))
    assert codes.check(user, code_of(device, 1))


@pytest.mark.parametrize(
    "meanwhile",
    [
        pytest.param(
            lambda user: accounts.set_password(user, NEW, actor=make.an_admin()),
            id="another password",
        ),
        pytest.param(
            lambda user: accounts.deactivate(user, actor=make.an_admin()),
            id="a closed account",
        ),
    ],
)
def test_what_happens_meanwhile_ends_the_sign_in(meanwhile):
    user = an_account()
    device, _recovery = with_codes(user)
    client = asked(user)
    meanwhile(user)
    assert give(client, code_of(device, 1))["Location"] == "/admin/login/"


def test_the_code_has_to_come_within_ten_minutes():
    user = an_account()
    device, _recovery = with_codes(user)
    client = asked(user)
    session = client.session
    session["waits_for_code"] = {**session["waits_for_code"], "until": 1}
    session.save()
    assert give(client, code_of(device, 1))["Location"] == "/admin/login/"


def test_nobody_is_asked_for_a_code_without_the_password():
    assert Client().get(CODE)["Location"] == "/admin/login/"


# --- required ---


@pytest.fixture
def required(settings):
    settings.REQUIRE_TOTP = ["chief", "admin"]


@pytest.mark.usefixtures("required")
def test_a_role_may_require_codes_before_anything_else():
    client = signed_in(an_account("chief"))
    for path in (DESK, "/", "/claims/", "/admin/password_change/"):
        assert client.get(path)["Location"] == CODES, path
    assert client.get("/api/v1/claims/").status_code == 403
    assert "Your role needs a code" in client.get(CODES).content.decode()
    set_up(client)
    assert is_in(client)
    assert client.get("/api/v1/claims/").status_code == 200


@pytest.mark.usefixtures("required")
def test_whoever_owes_a_code_may_leave_and_switch_the_language():
    client = signed_in(an_account("chief"))
    assert client.post("/language/", {"language": "ar"})["Location"] != CODES
    assert client.post("/admin/logout/").status_code == 200


@pytest.mark.usefixtures("required")
def test_a_code_given_at_the_sign_in_is_enough():
    user = an_account("chief")
    device, _recovery = with_codes(user)
    client = asked(user)
    give(client, code_of(device, 1))
    assert is_in(client)


@pytest.mark.usefixtures("required")
def test_other_roles_and_readers_are_not_asked():
    assert is_in(signed_in(an_account("editor")))
    assert Client().get("/claims/").status_code == 200


@pytest.mark.usefixtures("required")
def test_a_role_that_requires_them_counts_from_the_next_request_on():
    user = an_account("editor")
    client = signed_in(user)
    accounts.set_roles(user, [UserRole.CHIEF], actor=make.an_admin())
    assert client.get(DESK)["Location"] == CODES


# --- taken away ---


def test_an_administrator_takes_the_codes_away_with_an_entry():
    user = an_account()
    device, _recovery = with_codes(user)
    admin = at_desk(make.an_admin())
    answer = send(admin, step(user, "no-codes"), reason="The phone is lost.")
    assert answer.status_code == 302
    assert not TOTPDevice.objects.exists()
    assert not StaticDevice.objects.exists()
    assert sign_in(Client())["Location"] == DESK
    assert noted(user)[-1] == (
        "No code is asked at sign-in any more. The phone is lost."
    )
    assert codes.check(user, code_of(device, 1)) is None


def test_nobody_else_takes_them_away():
    user = an_account()
    with_codes(user)
    with pytest.raises(NotAllowed):
        codes.remove(user, actor=make.a_chief())
    assert at_desk(make.a_chief()).get(step(user, "no-codes")).status_code == 403


def test_administrators_see_who_gives_codes_and_no_secret():
    user = an_account()
    device, recovery = with_codes(user)
    admin = at_desk(make.an_admin())
    for url in (address(User, "changelist"), address(user), address(user, "history")):
        page = admin.get(url).content.decode()
        for secret in (device.key, codes.secret(device), *recovery, user.password):
            assert secret not in page
    assert "icon-yes" in admin.get(address(user)).content.decode()


def test_no_secret_enters_the_log_and_the_log_verifies():
    user = an_account()
    device, recovery = with_codes(user)
    codes.check(user, recovery[0])
    log = whole_log()
    for secret in (device.key, codes.secret(device), *recovery, PASSWORD):
        assert secret not in log
    assert list(Verification().of_the_log()) == []


@pytest.mark.parametrize("language", ["ar", "en"])
def test_each_page_speaks_both_languages(language: str):
    user = an_account()
    client = signed_in(user)
    client.cookies["django_language"] = language
    pages = [client.get(CODES), client.post(CODES, {"begin": "Set up"})]
    typed = {"code": code_of(codes.begun(user)), "password": PASSWORD}
    pages.append(client.post(CODES, typed))
    other = asked(user)
    other.cookies["django_language"] = language
    pages.append(other.get(CODE))
    for page in pages:
        assert f'lang="{language}"' in page.content.decode()
