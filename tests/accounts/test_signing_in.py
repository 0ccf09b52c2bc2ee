"""Who knows the password comes in; who guesses is slowed down, and nobody else."""

import datetime as dt

import pytest
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.test import Client
from django.utils import timezone
from django.utils.translation import ngettext, override

from factbase.accounts import codes, locks
from tests import factories as make
from tests.accounts.signing_in import (
    CODE,
    DESK,
    PASSWORD,
    WRONG,
    an_account,
    code_of,
    is_in,
    noted,
    sign_in,
    signed_in,
    with_codes,
)
from tests.admin.browsing import address, at_desk, send, step

pytestmark = pytest.mark.django_db

LIMIT = settings.AXES_FAILURE_LIMIT
ELSEWHERE = {"REMOTE_ADDR": "198.51.100.7"}


def fail(times: int = LIMIT, username: str = "huda", **at: str) -> Client:
    client = Client()
    for _n in range(times):
        sign_in(client, username, WRONG, **at)
    return client


# --- the door ---


def test_the_right_password_leads_to_the_desk():
    an_account()
    client = Client()
    assert sign_in(client)["Location"] == DESK
    assert is_in(client)


def test_who_only_reads_comes_to_what_waits_for_them():
    an_account("reviewer", username="rim")
    an_account("reviewer", "editor", username="both")
    client = Client()
    assert sign_in(client, "rim")["Location"] == "/me/"
    assert client.get("/admin/login/")["Location"] == "/me/"
    assert sign_in(Client(), "both")["Location"] == DESK


def test_the_first_screen_after_a_code_is_the_same():
    device, _recovery = with_codes(an_account("reviewer"))
    client = Client()
    assert sign_in(client)["Location"] == CODE
    assert client.post(CODE, {"code": code_of(device, 1)})["Location"] == "/me/"


def test_the_sign_in_leads_where_one_wanted_to_go_and_to_no_other_site():
    an_account()
    form = {"username": "huda", "password": PASSWORD}
    for wanted, reached in (
        ("/claims/", "/claims/"),
        ("https://elsewhere.example/", DESK),
        ("//elsewhere.example/", DESK),
    ):
        answer = Client().post("/admin/login/", {**form, "next": wanted})
        assert answer["Location"] == reached


def test_whoever_is_in_is_not_asked_again():
    assert at_desk(make.an_editor()).get("/admin/login/")["Location"] == DESK


def test_an_unknown_name_reads_the_same_answer_as_a_wrong_password():
    an_account()
    known, unknown = (
        sign_in(Client(), name, WRONG).content.decode() for name in ("huda", "nobody")
    )
    assert "Please enter the correct username" in known
    assert known.replace("huda", "nobody")[-200:] == unknown[-200:]


def test_a_closed_account_reads_no_more_than_that():
    user = an_account()
    with_it_closed = user.__class__.objects.get(pk=user.pk)
    with_it_closed.is_active = False
    with_it_closed.save()
    page = sign_in(Client()).content.decode()
    assert "Please enter the correct username" in page


# --- failures ---


def test_ten_failures_lock_the_account_where_they_were_made():
    an_account()
    client = fail(LIMIT - 1)
    assert sign_in(client, password=WRONG).status_code == 429
    locked = sign_in(client)
    assert (locked.status_code, locked["Retry-After"]) == (429, "900")
    assert not is_in(client)


def test_the_person_comes_in_from_any_other_address():
    an_account()
    fail()
    assert sign_in(Client(), **ELSEWHERE).status_code == 302


def test_colleagues_come_in_from_the_same_address():
    an_account()
    an_account(username="salim")
    fail()
    assert sign_in(Client(), "salim").status_code == 302


def test_another_browser_is_no_other_address():
    an_account()
    fail()
    assert sign_in(Client(), HTTP_USER_AGENT="Another").status_code == 429


def test_a_name_that_nobody_has_is_locked_alike():
    assert sign_in(fail(username="nobody"), "nobody").status_code == 429


def test_a_sign_in_forgets_the_failures_before_it():
    an_account()
    fail(LIMIT - 1)
    assert sign_in(Client()).status_code == 302
    fail(LIMIT - 1)
    assert sign_in(Client()).status_code == 302


def test_a_lock_ends_by_itself_also_when_somebody_keeps_trying():
    an_account()
    fail(LIMIT + 3)
    [attempt] = AccessAttempt.objects.all()
    assert attempt.failures_since_start == LIMIT
    earlier = timezone.now() - dt.timedelta(minutes=15, seconds=1)
    AccessAttempt.objects.update(attempt_time=earlier)
    assert sign_in(Client()).status_code == 302


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_lock_is_told_politely(language: str):
    client = fail()
    client.cookies["django_language"] = language
    page = sign_in(client)
    with override(language):
        many = "Too many attempts from here. Try again in %(minutes)s minutes."
        one = "Too many attempts from here. Try again in a minute."
        sentence = ngettext(one, many, 15) % {"minutes": 15}
    assert f"<h1>{sentence}</h1>" in page.content.decode()
    assert f'lang="{language}"' in page.content.decode()


@pytest.mark.parametrize(
    ("page", "fields"),
    [
        ("/admin/login/", "username password"),
        ("/admin/password_change/", "old_password new_password1 new_password2"),
        ("/account/code/", "code"),
        ("/account/codes/", "code password"),
        ("/account/forgotten/", "email"),
    ],
)
def test_what_was_typed_in_vain_is_kept_nowhere(settings, page: str, fields: str):
    settings.CAN_MAIL = True
    user = an_account()
    client = signed_in(user)
    codes.begin(user)
    if page == "/account/code/":
        with_codes(user)
        sign_in(client)
    typed = dict.fromkeys(fields.split(), "typed@huda.example")
    client.post(page, typed)
    kept = " ".join(str(row.__dict__) for row in AccessAttempt.objects.all())
    assert page in kept
    assert kept.count("typed@") == (page == "/admin/login/")  # the name itself


def test_who_signed_in_from_where_is_kept_nowhere():
    signed_in()
    assert not AccessAttempt.objects.exists()
    assert not AccessLog.objects.exists()


# --- addresses ---


@pytest.mark.parametrize(
    ("asks", "counted"),
    [
        pytest.param("203.0.113.9", "203.0.113.9", id="an address"),
        pytest.param("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::", id="one of a network"),
        pytest.param("::ffff:203.0.113.9", "203.0.113.9", id="an old one in new dress"),
        pytest.param("", None, id="a socket without one"),
        pytest.param("not an address", None, id="a lie"),
    ],
)
def test_an_address_is_counted_with_those_of_the_same_connection(rf, asks, counted):
    assert locks.client_address(rf.get("/", REMOTE_ADDR=asks)) == counted


def test_behind_the_proxy_its_word_says_who_asks(settings):
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": 1}
    an_account()
    fail(HTTP_X_FORWARDED_FOR="203.0.113.9")
    locked = sign_in(Client(), HTTP_X_FORWARDED_FOR="203.0.113.9")
    assert locked.status_code == 429
    assert sign_in(Client(), HTTP_X_FORWARDED_FOR="203.0.113.8").status_code == 302


def test_without_a_proxy_nobody_says_so_themselves():
    an_account()
    for n in range(LIMIT):
        sign_in(Client(), password=WRONG, HTTP_X_FORWARDED_FOR=f"203.0.113.{n}")
    assert sign_in(Client(), HTTP_X_FORWARDED_FOR="203.0.113.77").status_code == 429


# --- lifting ---


def test_an_administrator_lets_a_person_in_again():
    user = an_account()
    client = fail()
    admin = at_desk(make.an_admin())
    labels = [tool.label for tool in admin.get(address(user)).context["tools"]]
    assert "Forget failed attempts" in labels
    assert send(admin, step(user, "unlock")).status_code == 302
    assert sign_in(client).status_code == 302
    assert noted(user) == ["Failed attempts to sign in were forgotten."]
    labels = [tool.label for tool in admin.get(address(user)).context["tools"]]
    assert "Forget failed attempts" not in labels
