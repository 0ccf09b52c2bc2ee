"""Two who come with the same code or link at the same moment: one of them is late."""

from functools import partial

import pytest
from django.contrib.auth.models import User

from factbase import accounts
from factbase.accounts import codes
from tests.accounts.signing_in import NEW, PASSWORD, an_account, code_of, with_codes
from tests.history.races import kinds, race

pytestmark = pytest.mark.usefixtures("stage")


def test_racing_with_one_code_one_of_them_comes_in():
    user = an_account()
    device, [recovery, *_others] = with_codes(user)
    for code in (code_of(device, 1), recovery):
        devices = race(*[partial(codes.check, user, code)] * 4)
        assert [given is None for given in devices].count(False) == 1
        codes.speed_up(user)


def test_racing_with_one_link_one_password_is_chosen():
    user = an_account()
    outcomes = race(*[partial(accounts.change_password, user, NEW)] * 4)
    assert kinds(outcomes) == {"ValidationError": 3, "done": 1}
    assert User.objects.get(pk=user.pk).check_password(NEW)


def test_racing_to_set_up_one_of_them_gets_the_recovery_codes():
    user = an_account()
    given = {"password": PASSWORD, "code": code_of(codes.begin(user))}
    outcomes = race(*[partial(codes.confirm, user, **given)] * 4)
    assert kinds(outcomes) == {"ValidationError": 3, "done": 1}
    assert codes.recovery_codes_left(user) == codes.RECOVERY_CODES
