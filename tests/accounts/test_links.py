"""A link for a new password is good once, tells nobody anything, and stays unwritten."""

import datetime as dt
import re
import smtplib
from threading import enumerate as threads
from time import sleep

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client

from factbase import accounts
from factbase.accounts import links
from sources.policy import NotAllowed
from tests import factories as make
from tests.accounts.signing_in import (
    NEW,
    WRONG,
    an_account,
    is_in,
    noted,
    sign_in,
    signed_in,
    whole_log,
    with_codes,
)
from tests.admin.browsing import address, at_desk, send, step

pytestmark = pytest.mark.django_db

FORGOTTEN = "/account/forgotten/"
MAIL = "huda@example.org"


@pytest.fixture(autouse=True)
def _mail(settings):
    settings.CAN_MAIL = True


def a_link(user: User) -> str:
    """The path of a link that an administrator hands over."""
    link = links.issue(user, actor=make.an_admin())
    return link.removeprefix("http://127.0.0.1:8000")


def follow(client: Client, link: str) -> str:
    """Open a link; where it leads."""
    return client.get(link).headers.get("Location", "")


def choose(client: Client, at: str, password: str = NEW, again: str = ""):
    typed = {"new_password1": password, "new_password2": again or password}
    return client.post(at, typed)


def ask(address: str = MAIL, client: Client | None = None, **at: str):
    return (client or Client()).post(FORGOTTEN, {"email": address}, **at)


def mailed() -> list[mail.EmailMessage]:
    """What was mailed, once it all was."""
    for thread in threads():
        if thread.name == "mail":
            thread.join()
    return mail.outbox


# --- handed over ---


def test_an_administrator_hands_over_a_link_with_which_one_chooses_a_password():
    user = an_account()
    admin = at_desk(make.an_admin())
    answer = send(admin, step(user, "link"))
    page = admin.get(answer["Location"]).content.decode()
    [link] = re.findall(r'<code dir="ltr">http://127.0.0.1:8000(/.+?)</code>', page)
    client = Client()
    at = follow(client, link)
    assert 'name="new_password1"' in client.get(at).content.decode()
    assert choose(client, at)["Location"] == "/account/password/changed/"
    assert client.get("/account/password/changed/").status_code == 200
    assert sign_in(Client(), password=NEW).status_code == 302
    assert noted(user) == ["A link for a new password was issued.", "A new password."]


def test_the_token_leaves_the_address_and_enters_no_log(caplog):
    link = a_link(an_account())
    token = link.strip("/").rpartition("/")[2]
    client = Client()
    assert token not in follow(client, link)
    page = client.get(follow(client, link))
    assert token not in page.content.decode()
    assert page["Referrer-Policy"] == "same-origin"
    assert "no-store" in page["Cache-Control"]
    assert token not in whole_log()
    assert token not in caplog.text


def test_a_link_works_once():
    link = a_link(an_account())
    first, second = Client(), Client()
    one, other = follow(first, link), follow(second, link)
    assert choose(first, one).status_code == 302
    assert "invalid" in choose(second, other, WRONG).content.decode()
    assert follow(Client(), link) == ""
    assert not sign_in(Client(), password=WRONG).has_header("Location")


def test_a_link_ends_with_another_new_password_or_a_sign_in():
    user = an_account()
    link = a_link(user)
    accounts.set_password(user, NEW, actor=make.an_admin())
    assert follow(Client(), link) == ""
    link = a_link(User.objects.get(pk=user.pk))
    assert sign_in(Client(), password=NEW).status_code == 302
    assert follow(Client(), link) == ""


@pytest.mark.parametrize(("hours", "leads_on"), [(23, True), (25, False)])
def test_a_link_is_good_for_a_day(monkeypatch, hours: int, *, leads_on: bool):
    link = a_link(an_account())
    later = PasswordResetTokenGenerator()._now() + dt.timedelta(hours=hours)
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda _self: later)
    assert bool(follow(Client(), link)) == leads_on


def test_no_link_opens_a_closed_account():
    user = an_account()
    link = a_link(user)
    client = Client()
    at = follow(client, link)
    accounts.deactivate(user, actor=make.an_admin())
    assert "invalid" in choose(client, at).content.decode()
    assert follow(Client(), link) == ""
    with pytest.raises(ValidationError, match="closed"):
        links.issue(User.objects.get(pk=user.pk), actor=make.an_admin())


def test_a_link_ends_the_sessions_and_leaves_the_codes():
    user = an_account()
    client = signed_in(user)
    with_codes(user)
    visitor = Client()
    choose(visitor, follow(visitor, a_link(User.objects.get(pk=user.pk))))
    assert not is_in(client)
    assert sign_in(Client(), password=NEW)["Location"] == "/account/code/"


def test_a_weak_password_is_refused_and_the_link_stays_good():
    client = Client()
    at = follow(client, a_link(an_account()))
    assert "too common" in choose(client, at, "password1234").content.decode()
    assert choose(client, at).status_code == 302


@pytest.mark.parametrize(
    "link", ["/account/password/MQ/abc-123/", "/account/password/x/y/"]
)
def test_a_link_that_is_none_is_explained(link: str):
    page = Client().get(link)
    assert (page.status_code, "invalid" in page.content.decode()) == (200, True)


def test_only_administrators_hand_links_over():
    user = an_account()
    with pytest.raises(NotAllowed):
        links.issue(user, actor=make.a_chief())
    assert at_desk(make.a_chief()).get(step(user, "link")).status_code == 403


# --- mailed ---


@pytest.mark.parametrize("language", ["ar", "en"])
def test_whoever_forgot_a_password_gets_a_link_by_mail(language: str):
    an_account(email=MAIL)
    client = Client()
    client.cookies["django_language"] = language
    assert FORGOTTEN in client.get("/admin/login/").content.decode()
    assert client.get(FORGOTTEN).status_code == 200
    assert ask(client=client)["Location"] == "/account/forgotten/sent/"
    assert client.get("/account/forgotten/sent/").status_code == 200
    [message] = mailed()
    assert message.to == [MAIL]
    assert "huda" in message.body
    [link] = re.findall(r"http://127.0.0.1:8000(/account/password/\S+)", message.body)
    assert choose(client, follow(client, link)).status_code == 302
    assert sign_in(Client(), password=NEW).status_code == 302


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_the_link_leads_here_whatever_host_was_asked(host: str):
    an_account(email=MAIL)
    ask(HTTP_HOST=host)
    assert "http://127.0.0.1:8000/" in mailed()[0].body


def test_an_address_that_nobody_has_reads_the_same_answer():
    an_account(email=MAIL)
    known, unknown = ask(), ask("nobody@example.org")
    assert (known.status_code, known["Location"]) == (302, unknown["Location"])
    assert len(mailed()) == 1


def test_a_closed_account_gets_no_mail():
    accounts.deactivate(an_account(email=MAIL), actor=make.an_admin())
    ask()
    assert mailed() == []


def test_nobody_asks_for_more_than_ten_links_in_a_quarter_of_an_hour():
    an_account(email=MAIL)
    answers = [ask().status_code for _n in range(11)]
    assert answers == [302] * 9 + [429] * 2
    assert len(mailed()) == 9
    assert ask(REMOTE_ADDR="198.51.100.7").status_code == 302
    assert sign_in(Client()).status_code == 302


class Slow(EmailBackend):
    def send_messages(self, messages):
        sleep(0.5)
        return super().send_messages(messages)


class Down(EmailBackend):
    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected(messages[0].body)


def test_nobody_waits_for_the_mail(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Slow"
    an_account(email=MAIL)
    ask()
    assert mail.outbox == []
    assert len(mailed()) == 1


def test_a_mail_that_cannot_be_sent_is_reported_without_its_link(settings, caplog):
    settings.EMAIL_BACKEND = f"{__name__}.Down"
    user = an_account(email=MAIL)
    assert ask().status_code == 302
    assert mailed() == []
    report = f"No mail could be sent to account {user.pk}: SMTPServerDisconnected"
    assert report in caplog.text
    assert "/account/password/" not in caplog.text


def test_without_a_mail_server_an_administrator_is_named(settings):
    settings.CAN_MAIL = False
    an_account(email=MAIL)
    for page in (Client().get(FORGOTTEN), ask()):
        assert "Ask an administrator for a link" in page.content.decode()
    assert mailed() == []


# --- addresses of mail ---


def test_an_administrator_says_where_mail_goes():
    user = an_account()
    admin = at_desk(make.an_admin())
    assert send(admin, step(user, "email"), email=MAIL).status_code == 302
    assert User.objects.get(pk=user.pk).email == MAIL
    assert noted(user) == ["An e-mail address."]
    page = send(admin, step(user, "email"), email="nowhere")
    assert "valid email address" in page.content.decode()
    with pytest.raises(ValidationError, match="valid email"):
        accounts.set_email(user, "nowhere", actor=make.an_admin())


def test_a_new_account_may_begin_with_one():
    admin = at_desk(make.an_admin())
    send(admin, address(User, "add"), username="salim", email=MAIL, roles=["editor"])
    assert User.objects.get(username="salim").email == MAIL
