"""How long an import of the Georeferenced Event Dataset takes, and that memory is flat.

    FACTBASE_DATA=$(mktemp -d) python benchmarks/import_ged.py [EVENTS]
    python tests/private_postgres.py python benchmarks/import_ged.py [EVENTS]

Writes a file in the shape of the data set and rehearses its import into an empty base,
imports it, imports it once more, asks the lints that count its reports and writes the
file back: each by a process of its own, whose peak memory counts.
"""  # noqa: INP001  # a script, in no package

import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
EVENTS = 16_566
LINTS = ("several-reports", "one-source", "one-originator", "backwards")


def set_up() -> None:
    """Set Django up, wherever the script is started."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factbase.settings")
    import django  # noqa: PLC0415  # needs the path above

    django.setup()


def measure(*command: str) -> None:
    """Run a command in this process and print what it took."""
    from django.core.management import call_command  # noqa: PLC0415  # needs the path

    start, start_cpu = time.perf_counter(), time.process_time()
    call_command(*command, stdout=io.StringIO())
    seconds, cpu = time.perf_counter() - start, time.process_time() - start_cpu
    print(json.dumps([seconds, cpu, peak()]))  # noqa: T201  # the result


def peak() -> float:
    """Return the most memory this process ever had, in MiB (Linux)."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def report(name: str, *command: str) -> None:
    """Run a command in a process of its own and print a line about it."""
    result = subprocess.run(  # noqa: S603  # this very script
        [sys.executable, __file__, "--measure", *command],
        stdout=subprocess.PIPE,
        check=True,
    )
    seconds, cpu, mebibytes = json.loads(result.stdout)
    print(  # noqa: T201  # the result
        f"{name:<9} {seconds:>7.1f} s  {cpu:>6.1f} s of this process  "
        f"peak {mebibytes:.0f} MiB"
    )


def main(n_events: int) -> None:
    """Measure each step with a file of so many events."""
    from django.core.management import call_command  # noqa: PLC0415  # needs the path

    from tests import factories  # noqa: PLC0415  # needs Django
    from tests.exchange import ged_file  # noqa: PLC0415  # needs the path

    call_command("migrate", verbosity=0)
    factories.an_editor("editor")
    with TemporaryDirectory() as folder:
        path, back = Path(folder, "events.csv"), Path(folder, "back.csv")
        table, planted = ged_file.written(n_events)
        path.write_text(table, encoding="utf-8")
        print(planted)  # noqa: T201  # what the lints are to find
        imported = ("import_claims", str(path), "--format", "ged")
        report("nothing", "check", "--list-tags")
        report("rehearsal", *imported, "--dry-run")
        report("import", *imported)
        report("again", *imported)
        report("lints", "lint", *LINTS, "--json")
        exported = ("--format", "ged", "--as", "editor", "--output", str(back))
        report("export", "export_claims", *exported)
        if back.read_text(encoding="utf-8") != table:
            sys.exit("What came back is another file.")


if __name__ == "__main__":
    set_up()
    match sys.argv[1:]:
        case ["--measure", *command]:
            measure(*command)
        case [n_events]:
            main(int(n_events))
        case _:
            main(EVENTS)
