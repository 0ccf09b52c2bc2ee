"""How long something takes, as far as a test on a busy machine can tell."""

import gc
import time
from collections.abc import Callable


def least_seconds(work: Callable[[], object], rounds: int = 3) -> float:
    """Return the processor time of the quickest of some runs.

    Without the collector: its passes cost more the more there is in memory, whatever
    the work does.
    """
    return min(_seconds(work) for _ in range(rounds))


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    gc.disable()
    try:
        start = time.process_time()
        work()
        return time.process_time() - start
    finally:
        gc.enable()
