"""How fast `manage.py verify` reads the log, and that its memory stays flat.

    FACTBASE_DATA=$(mktemp -d) python benchmarks/verify_log.py
    python tests/private_postgres.py python benchmarks/verify_log.py

Fills the log of an empty base with invented entries, a quarter of them first;
each size is verified by a process of its own, whose peak memory counts.
"""  # noqa: INP001  # a script, in no package

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENTRIES = 200_000
SEED = 20220120
BATCH = 1000


def set_up() -> None:
    """Set Django up, wherever the script is started."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factbase.settings")
    import django  # noqa: PLC0415  # needs the path above

    django.setup()


def invented_entries() -> Iterator[object]:
    """A chain without end, each entry about a claim of its own."""
    from sources import history  # noqa: PLC0415  # needs Django set up
    from sources.models import Action, Change  # noqa: PLC0415  # needs Django set up

    chance = random.Random(SEED)  # noqa: S311  # the same log in every run
    previous, seq = history.GENESIS, 0
    while True:
        seq += 1
        low = chance.randrange(10_000)
        snapshot = {"id": seq, "low": str(low), "high": str(low + 10)}
        snapshot |= {f"column_{n}": chance.randrange(1 << 60) for n in range(30)}
        snapshot["words"] = "استسلم نحو 3500 من عناصر التنظيم" * chance.randrange(1, 6)
        change = Change(
            seq=seq,
            at=datetime(2022, 1, 20, tzinfo=UTC) + timedelta(seconds=seq),
            actor_name="reviewer",
            action=Action.RECORDED,
            model="claims.claim",
            object_id=seq,
            version_after=1,
            snapshot=history.canonical(snapshot),
            previous=previous,
        )
        change.digest = previous = history.digest_of(change)
        yield change


def measure() -> None:
    """Verify the chain in this process and print what it took."""
    from sources.verification import Verification  # noqa: PLC0415  # needs Django set up

    n_rows = 0

    def step(n_more: int) -> None:
        nonlocal n_rows
        n_rows += n_more

    start = time.perf_counter()
    findings = list(Verification(step=step).of_the_log())
    seconds = time.perf_counter() - start
    print(json.dumps([n_rows, len(findings), seconds, peak()]))  # noqa: T201  # the result


def peak() -> float:
    """Return the most memory this process ever had, in MiB (Linux)."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def report() -> None:
    """Verify in a process of its own and print a line about it."""
    result = subprocess.run(  # noqa: S603  # this very script
        [sys.executable, __file__, "--measure"], capture_output=True, check=True
    )
    n_rows, n_findings, seconds, mebibytes = json.loads(result.stdout)
    print(  # noqa: T201  # the result
        f"{n_rows:>9,} entries  {n_rows / seconds:>9,.0f} entries/s  "
        f"peak {mebibytes:.0f} MiB  {n_findings} findings"
    )


def main() -> None:
    """Fill the log in two steps and measure after each."""
    from django.core.management import call_command  # noqa: PLC0415  # needs the path
    from django.db import transaction  # noqa: PLC0415  # needs Django set up

    from sources.models import Change  # noqa: PLC0415  # needs Django set up

    call_command("migrate", verbosity=0)
    entries = invented_entries()
    for n_more in (ENTRIES // 4, ENTRIES - ENTRIES // 4):
        with transaction.atomic():
            Change.objects.bulk_create(islice(entries, n_more), batch_size=BATCH)
        report()


if __name__ == "__main__":
    set_up()
    measure() if "--measure" in sys.argv else main()
