"""How fast `manage.py import_claims` is, and that its memory stays flat.

    FACTBASE_DATA=$(mktemp -d) python benchmarks/import_claims.py [CLAIMS]
    python tests/private_postgres.py python benchmarks/import_claims.py [CLAIMS]

Writes invented rows of a data set as NDJSON: an article with its text and a claim in
it, ten thousand events with a measure each. An empty base rehearses and receives a
quarter of them, then all, then all once more, each in a process of its own whose peak
memory counts; what it has already is only compared. At the end all of it is exported,
and the CSV is imported again: as it is, and as claims of other codes.
"""  # noqa: INP001  # a script, in no package

import io
import json
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CLAIMS = 100_000
EVENTS = 10_000
SEED = 20220127
SOURCE = {"slug": "the-data-set", "kind": "DATA_SET", "name_en": "The data set"}


def record(number: int, chance: random.Random) -> dict[str, Any]:
    """Return a row of the data set, with what it names."""
    low = chance.randrange(500)
    high = low + chance.randrange(50)
    event = f"event-{number % EVENTS}"
    text = f'{number},"وقعت الحادثة {number % EVENTS} قرب النهر",{low},{high}'
    measure = {"slug": f"{event}-deaths", "event": event, "name_en": "Deaths"}
    measure |= {"counted": "people", "happened": "died", "unit": "persons"}
    version = {"text": text, "fetched_at": "2024-05-02T08:00:00+00:00"}
    claim = {"code": f"c-{number}", "article": f"a-{number}", "unit": "persons"}
    claim |= {"low": str(low), "high": str(high), "qualifier": "RANGE"}
    claim |= {"anchor": [text.rindex(f",{low},") + 1, f"{low},{high}"]}
    claim |= {"measure": measure["slug"], "basis": "TABULATED"}
    article = {"code": f"a-{number}", "title": f"Row {number}", "language": "ar"}
    return {
        "sources": [SOURCE],
        "events": [{"slug": event, "name_en": f"Event {number % EVENTS}"}],
        "measures": [{**measure, "nature": "LEVEL"}],
        "articles": [{**article, "source": SOURCE["slug"], "versions": [version]}],
        "claims": [claim],
    }


def lines(n_claims: int) -> Iterator[str]:
    """Yield the file line by line, the same in every run."""
    chance = random.Random(SEED)  # noqa: S311  # the same rows in every run
    for number in range(n_claims):
        yield json.dumps(record(number, chance), ensure_ascii=False) + "\n"


def set_up() -> None:
    """Set Django up, wherever the script is started."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factbase.settings")
    import django  # noqa: PLC0415  # needs the path above

    django.setup()


def measure(command: str, *arguments: str) -> None:
    """Run a command in this process and print what it took."""
    from django.core.management import call_command  # noqa: PLC0415  # needs the path

    out = io.StringIO()
    start, start_cpu = time.perf_counter(), time.process_time()
    call_command(command, *arguments, "--json", stdout=out)
    seconds, cpu = time.perf_counter() - start, time.process_time() - start_cpu
    said = json.loads(out.getvalue())
    print(json.dumps([said, seconds, cpu, peak()]))  # noqa: T201  # the result


def peak() -> float:
    """Return the most memory this process ever had, in MiB (Linux)."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def report(name: str, n_claims: int, *arguments: str) -> None:
    """Run a command in a process of its own and print a line about it."""
    result = subprocess.run(  # noqa: S603  # this very script
        [sys.executable, __file__, "--measure", *arguments],
        stdout=subprocess.PIPE,
        check=True,
    )
    said, seconds, cpu, mebibytes = json.loads(result.stdout)
    print(  # noqa: T201  # the result
        f"{name:<20} {n_claims:>7,} claims  {said.get('claims', 0):>7,} new  "
        f"{seconds:>6.1f} s  {n_claims / seconds:>6,.0f}/s  "
        f"{1000 * cpu / n_claims:.2f} ms of this process each  peak {mebibytes:.0f} MiB",
        flush=True,
    )


def main(n_claims: int) -> None:
    """Import a quarter of the claims, all of them, all of them again, and export."""
    from django.contrib.auth.models import Group, User  # noqa: PLC0415  # needs Django
    from django.core.management import call_command  # noqa: PLC0415  # needs Django

    call_command("migrate", verbosity=0)
    editor = User.objects.create_user("editor")
    editor.groups.add(Group.objects.get_or_create(name="editor")[0])
    with TemporaryDirectory() as folder:
        quarter, every = Path(folder, "quarter.ndjson"), Path(folder, "all.ndjson")
        with quarter.open("w") as some, every.open("w") as file:
            for number, line in enumerate(lines(n_claims)):
                file.write(line)
                if number < n_claims // 4:
                    some.write(line)
        n_quarter = n_claims // 4
        rehearse = ("import_claims", str(every), "--dry-run")
        report("dry run", n_claims, *rehearse)
        report("a quarter", n_quarter, "import_claims", str(quarter))
        report("all", n_claims, "import_claims", str(every))
        report("all again", n_claims, "import_claims", str(every))
        for form in ("ndjson", "csv"):
            output = ("--output", str(Path(folder, f"out.{form}")))
            export = ("export_claims", "--format", form, "--as", "editor", *output)
            report(f"export to {form}", n_claims, *export)
        table, other = Path(folder, "out.csv"), Path(folder, "other.csv")
        other.write_text(re.sub("^c-", "csv-", table.read_text(), flags=re.MULTILINE))
        report("the CSV again", n_claims, "import_claims", str(table))
        report("CSV, other codes", n_claims, "import_claims", str(other))


if __name__ == "__main__":
    set_up()
    match sys.argv[1:]:
        case ["--measure", *command]:
            measure(*command)
        case [n_claims]:
            main(int(n_claims))
        case _:
            main(CLAIMS)
