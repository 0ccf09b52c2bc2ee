"""What follows a change: apps above keep current what they work out from the log.

What must never differ from the rows is worked out `within` their transaction, and fails
with it. Other followers are called after each transaction that changed something, once,
when it is committed. That one of them fails is logged and harms nobody's write; that it
is never called, because the process died, must not matter either: it sees by itself how
far it is.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.db import transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from django.db.models import Model

_log = logging.getLogger(__name__)
_followers: list[Callable[[], object]] = []
_within: list[Callable[[Sequence[Model]], object]] = []
_GATHERED: ContextVar[list[Model] | None] = ContextVar("gathered", default=None)
_IS_PUT_OFF: ContextVar[bool] = ContextVar("is_put_off", default=False)


def follow(follower: Callable[[], object]) -> None:
    """Call a function after each commit that changed something, from now on."""
    _followers.append(follower)


def follow_within(follower: Callable[[Sequence[Model]], object]) -> None:
    """Call a function with what was written, in its transaction, from now on."""
    _within.append(follower)


def written(rows: Sequence[Model]) -> None:
    """Tell what was written to those who follow within the transaction, and after it."""
    gathered = _GATHERED.get()
    if gathered is None:
        for follower in _within:
            follower(rows)
    else:
        gathered += rows
    after_commit()


@contextmanager
def together() -> Iterator[None]:
    """Tell what is written in this part of a transaction at its end, all at once."""
    if _GATHERED.get() is not None:
        yield
        return
    token = _GATHERED.set([])
    try:
        yield
        rows = _GATHERED.get() or ()
    finally:
        _GATHERED.reset(token)
    if rows:
        written(rows)


def after_commit() -> None:
    """Have the followers called once this transaction is committed, unless they will be."""
    waiting = transaction.get_connection().run_on_commit
    if not _IS_PUT_OFF.get() and all(hook is not _call for _, hook, _ in waiting):
        transaction.on_commit(_call)


@contextmanager
def once_at_the_end() -> Iterator[None]:
    """Call followers once after many transactions, not after each; also if one fails."""
    was_put_off = _IS_PUT_OFF.get()
    _IS_PUT_OFF.set(True)
    try:
        yield
    finally:
        _IS_PUT_OFF.set(was_put_off)
        after_commit()


def _call() -> None:
    for follower in _followers:
        try:
            follower()
        except Exception:  # noqa: BLE001  # what is committed was done, and is told so
            _log.exception("What follows a change failed; the change itself stands.")
