"""How far long work is, where there is no terminal to draw a bar on."""

import pytest

from sources.management import progress

pytestmark = pytest.mark.once


def test_work_that_is_done_at_once_says_nothing(capsys):
    with progress.bar("Texts", lambda: 3) as step:
        step()
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("total", "told"), [(3_000, "Texts: 1,200 of 3,000\n"), (None, "Texts: 1,200\n")]
)
def test_longer_work_says_now_and_then_how_far_it_is(
    total: int | None, told: str, monkeypatch: pytest.MonkeyPatch, capsys
):
    monkeypatch.setattr(progress, "SECONDS", 0)
    with progress.bar("Texts", lambda: total) as step:
        step(1_200)
    assert capsys.readouterr().err == told


def test_lines_keep_their_distance(monkeypatch: pytest.MonkeyPatch, capsys):
    monkeypatch.setattr(progress, "SECONDS", 0)
    with progress.bar("Texts", lambda: 3) as step:
        step()
        monkeypatch.setattr(progress, "SECONDS", 60)
        step()
        step()
    assert len(capsys.readouterr().err.splitlines()) == 2
