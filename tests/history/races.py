"""Threads that start together, each with a connection of its own."""

from collections.abc import Callable
from contextvars import copy_context
from threading import Barrier, Thread
from typing import Any

from django.db import connection


def race(*runners: Callable[[], Any]) -> list[Any]:
    """What each runner returned or raised, in their order; all have ended."""
    barrier = Barrier(len(runners), timeout=30)
    outcomes: list[Any] = [None] * len(runners)

    def run(number: int) -> None:
        try:
            connection.ensure_connection()
            barrier.wait()
            outcomes[number] = runners[number]()
        except Exception as refused:  # noqa: BLE001  # the outcome is what is tested
            outcomes[number] = refused
        finally:
            connection.close()

    threads = [
        Thread(target=copy_context().run, args=[run, number])
        for number in range(len(runners))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads), "a deadlock"
    return outcomes


def kinds(outcomes: list[Any]) -> dict[str, int]:
    """How many of the outcomes are of each kind: exceptions by name, or "done"."""
    names = [
        type(outcome).__name__ if isinstance(outcome, Exception) else "done"
        for outcome in outcomes
    ]
    return {name: names.count(name) for name in sorted(set(names))}
