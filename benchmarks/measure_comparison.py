"""How fast a measure of 1,000 claims is compared, next to listing the same claims.

    FACTBASE_DATA=$(mktemp -d) python benchmarks/measure_comparison.py
    python tests/private_postgres.py python benchmarks/measure_comparison.py

Fills an empty base with one invented measure: 200 voices, and chains of ten articles
that republish 80 of them. Medians of processor and of elapsed time; on PostgreSQL the
server's own processor time is not in the former.
"""  # noqa: INP001  # a script, in no package

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TIMES = 15


def set_up() -> None:
    """Set Django up, wherever the script is started."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factbase.settings")
    import django  # noqa: PLC0415  # needs the path above

    django.setup()


def timed(name: str, work: Callable[[], object]) -> float:
    """Print and return the median processor time of some work, in milliseconds."""
    cpu, elapsed = [], []
    for _ in range(TIMES):
        start, start_cpu = time.perf_counter(), time.process_time()
        work()
        elapsed.append(1000 * (time.perf_counter() - start))
        cpu.append(1000 * (time.process_time() - start_cpu))
    median = statistics.median(cpu)
    print(  # noqa: T201  # the result
        f"{name:<34} {median:7.1f} ms of this process  "
        f"{statistics.median(elapsed):7.1f} ms elapsed  best {min(elapsed):.1f}"
    )
    return median


def main() -> None:
    """Fill the base; list the claims, compare them, and compare with all relations."""
    from django.contrib.auth.models import AnonymousUser  # noqa: PLC0415  # needs the path
    from django.core.management import call_command  # noqa: PLC0415  # likewise

    from claims.comparison import compare  # noqa: PLC0415  # likewise
    from claims.comparison.loading import claims_of  # noqa: PLC0415  # likewise
    from tests.comparison.large import a_large_measure  # noqa: PLC0415  # likewise

    call_command("migrate", verbosity=0)
    measure, reader = a_large_measure(), AnonymousUser()
    bare = timed("list the claims", lambda: claims_of(measure, reader))
    voiced = timed("compare: voices", lambda: compare(measure, reader))
    whole = timed("compare: voices and relations", lambda: _whole(measure, reader))
    found = compare(measure, reader)
    print(  # noqa: T201  # the result
        f"{len(found.claims):,} claims, {len(found.voices)} voices, "
        f"{len(found.pairs):,} pairs; voices cost {voiced / bare:.1f} times the list, "
        f"all {whole / bare:.1f} times"
    )


def _whole(measure: object, reader: object) -> object:
    from claims.comparison import compare  # noqa: PLC0415  # needs Django set up

    found = compare(measure, reader)
    return found.agreement, found.envelope, found.n_relations, found.stated_ranges


if __name__ == "__main__":
    set_up()
    main()
