"""How fast lists are, next to others that answer the same from the same rows.

    python benchmarks/run.py [--sizes 10k,100k,1m] [--only list,depth,…] [--output FILE]

Fills a base of each size on SQLite and, where its binaries are here, on PostgreSQL
(`generate.py`), and asks us and the others in turns, so that a busy machine slows all
alike: what counts are the ratios. Answers are compared first: the same rows, and the
same JSON but for how a moment, a decimal and an empty text are written.

| asked | next to |
|---|---|
| list: 50 nested claims | Django REST framework as taught (`peers.py`), related rows joined or apart; no framework at all; Datasette, flat and with labels |
| depth: a page of them at 90 % of the list | the first page; OFFSET |
| 304: that nothing has changed | the whole list of Django REST framework |
| export: all claims as CSV, with what they name | the bare table: COPY, or SQLite's cursor |
| comparison, search | what `measure_comparison.py` and `search.py` say |

Datasette is in none of our locks: `pip install datasette` beside the rest, or it is
left out and said so. With `--output` the figures are also written as JSON.
"""  # noqa: INP001  # a script, in no package

import argparse
import asyncio
import csv
import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http import HTTPStatus
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

from generate import set_up

ROOT = Path(__file__).resolve().parent.parent
HERE = Path(__file__).resolve().parent
OURS = "ours"
SIZES = {"1k": 1_000, "10k": 10_000, "100k": 100_000, "1m": 1_000_000}
ROUNDS = 15
SCRIPTS = {"comparison": "measure_comparison.py", "search": "search.py"}
LIST = "/api/v1/claims/"
DEPTH = 0.9
OK = HTTPStatus.OK

#: What is asked, by who answers.
Peers: TypeAlias = dict[str, Callable[[], bytes]]
#: Milliseconds by who answered, by what was asked.
Figures: TypeAlias = dict[str, dict[str, float]]


# --- in a process of its own, with a base of its own ---


def asked(
    client: Any, path: str, expected: int = OK, **headers: str
) -> Callable[[], bytes]:
    """Return what asks for a path and refuses any answer but the expected one."""

    def ask() -> bytes:
        answer = client.get(path, headers=headers)
        if answer.status_code != expected:
            sys.exit(f"{path} answers {answer.status_code}: {answer.content[:300]}")
        return answer.getvalue()  # type: ignore[no-any-return]  # Django's answers have it

    return ask


def clients() -> tuple[Any, Any]:
    """Return a client of ours and one of Django as it comes, on the same addresses."""
    import peers  # noqa: PLC0415  # needs Django set up
    from django.conf import settings  # noqa: PLC0415  # likewise
    from django.test import Client, override_settings  # noqa: PLC0415  # likewise

    settings.ROOT_URLCONF, settings.API_RATE = "peers", None
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    ours, stock = Client(), Client()
    with override_settings(MIDDLEWARE=peers.MIDDLEWARE):
        stock.handler.load_middleware()
    return ours, stock


def lists() -> Peers:
    """Return who answers with the first page of claims."""
    import floor  # noqa: PLC0415  # needs Django set up

    ours, stock = clients()
    found: Peers = {
        OURS: asked(ours, LIST),
        "stock, joined": asked(stock, "/stock/"),
        "stock, apart": asked(stock, "/stock-apart/"),
        "floor": floor.floor,
    }
    said = {name: told(ask()) for name, ask in found.items()}
    for name, answer in said.items():
        if answer != said[OURS]:
            sys.exit(
                f"{name} answers otherwise: {first_difference(answer, said[OURS])}"
            )
    return found | datasette()


def tell(line: str) -> None:
    """Print what the table does not say."""
    print(line, file=sys.stderr)  # noqa: T201  # the result


def told(answer: bytes) -> Any:
    """Return the rows of an answer, spelt the one way."""
    return json.loads(answer, object_hook=_spelt)["results"]


def _spelt(found: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in found.items()}


def _value(value: Any) -> Any:
    """Spell empty texts as null, decimals as numbers and moments without their zone."""
    if not isinstance(value, str):
        return value
    if re.fullmatch(r"-?\d+\.\d{3}", value):
        return float(value)
    if re.match(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d", value):
        return value[:19].replace("T", " ")
    return value or None


def first_difference(one: Any, other: Any) -> str:
    """Return the first field of the first row that differs."""
    for left, right in zip(one, other, strict=False):
        for name in sorted({*left, *right}):
            if left.get(name) != right.get(name):
                return f"{name}: {left.get(name)!r} and {right.get(name)!r}"
    return f"{len(one)} and {len(other)} rows"


def datasette() -> Peers:
    """Return Datasette on the same file, if it is installed and there is a file."""
    from django.conf import settings  # noqa: PLC0415  # needs Django set up
    from django.db import connection  # noqa: PLC0415  # likewise

    if connection.vendor != "sqlite":
        return {}
    try:
        from datasette.app import Datasette  # noqa: PLC0415  # in none of our locks
    except ImportError:
        tell("Datasette is not installed: LEFT OUT (pip install datasette)")
        return {}
    served = Datasette([str(settings.SQLITE["NAME"])], settings={"num_sql_threads": 1})
    loop = asyncio.new_event_loop()
    loop.run_until_complete(served.invoke_startup())

    def ask(labels: str) -> bytes:
        path = f"/factbase/claims_claim.json?_size=50&_sort_desc=published_at{labels}"
        answer = loop.run_until_complete(served.client.get(path))
        if answer.status_code != OK:
            sys.exit(f"{path} answers {answer.status_code}")
        return bytes(answer.content)

    return {
        "Datasette, flat": lambda: ask(""),
        "Datasette, labels": lambda: ask("&_labels=on"),
    }


def depths() -> Peers:
    """Return who answers with a page of claims far down the list."""
    from claims.models import Claim  # noqa: PLC0415  # needs Django set up
    from factbase.api.keyset import Cursor, Order  # noqa: PLC0415  # likewise

    ours, _stock = clients()
    public = Claim.objects.public().order_by("-published_at", "-code")
    place = int(DEPTH * public.count())
    column, key = (Claim._meta.get_field(name) for name in ("published_at", "code"))
    order = Order("-published_at", column, key)
    cursor = Cursor.at(public[place], order, reads_back=False)

    def offset() -> bytes:
        return repr(list(public.values_list()[place + 1 : place + 51])).encode()

    found: Peers = {
        OURS: asked(ours, f"{LIST}?cursor={cursor}"),
        "first page": asked(ours, LIST),
        "OFFSET, its SQL alone": offset,
    }
    codes = [row["code"] for row in told(found[OURS]())]
    if codes != list(public.values_list("code", flat=True)[place + 1 : place + 51]):
        sys.exit("The cursor leads to other rows than OFFSET.")
    return found


def unchanged() -> Peers:
    """Return who answers somebody who has the first page already."""
    ours, stock = clients()
    tag = {"if-none-match": ours.get(LIST)["ETag"]}
    return {
        OURS: asked(ours, LIST, HTTPStatus.NOT_MODIFIED, **tag),
        "stock, joined": asked(stock, "/stock/", **tag),
    }


def exports() -> Peers:
    """Return who sends all claims as CSV: with all that rows name, or the bare table."""
    ours, _stock = clients()
    return {OURS: asked(ours, f"{LIST.rstrip('/')}.csv"), "bare table": bare_table}


def bare_table() -> bytes:
    """Return the table of claims as CSV: by COPY, or from SQLite's own cursor."""
    from django.db import connection  # noqa: PLC0415  # needs Django set up

    public = "SELECT * FROM claims_claim WHERE status IN ('PUBLISHED', 'WITHDRAWN')"
    written = StringIO()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.copy_expert(f"COPY ({public}) TO STDOUT (FORMAT csv)", written)
        else:
            csv.writer(written).writerows(cursor.connection.execute(public))
    return written.getvalue().encode()


OPERATIONS: dict[str, Callable[[], Peers]] = {
    "list": lists,
    "depth": depths,
    "304": unchanged,
    "export": exports,
}


def timed(peers: Peers, rounds: int = ROUNDS) -> dict[str, float]:
    """Return the median of each peer in milliseconds; they take turns.

    On SQLite all work is in this process, and its processor time is what a busy
    machine changes least; PostgreSQL's server has one of its own, so time as it passes.
    """
    from django.db import connection  # noqa: PLC0415  # needs Django set up

    is_all_here = connection.vendor == "sqlite"
    now = time.process_time if is_all_here else time.perf_counter
    found: dict[str, list[float]] = {name: [] for name in peers}
    for number in range(rounds + 2):  # two to warm up
        for name, ask in peers.items():
            start = now()
            ask()
            if number > 1:
                found[name].append(1000 * (now() - start))
    return {name: statistics.median(times) for name, times in found.items()}


def measure(n_claims: int, operations: list[str]) -> None:
    """Fill the base, ask everybody, and print what it took as JSON."""
    from django.core.management import call_command  # noqa: PLC0415  # needs the path
    from generate import fill  # noqa: PLC0415  # likewise

    from claims.models import Claim  # noqa: PLC0415  # needs Django set up

    call_command("migrate", verbosity=0)
    if not Claim.objects.exists():
        fill(n_claims)
    rounds = {"export": 3}
    found = {
        name: timed(OPERATIONS[name](), rounds.get(name, ROUNDS)) for name in operations
    }
    print(json.dumps(found))  # noqa: T201  # the result


# --- all sizes on both engines ---


def figures(engine: str, size: str, operations: list[str]) -> Figures | None:
    """Return what a process with a base of its own measured; None without the engine."""
    command = [sys.executable, __file__, "--measure", str(SIZES[size]), *operations]
    if engine == "PostgreSQL":
        command = [sys.executable, str(ROOT / "tests/private_postgres.py"), *command]
    with TemporaryDirectory() as folder:
        environment = {**os.environ, "FACTBASE_DATA": folder}
        result = subprocess.run(  # noqa: S603  # this very script
            command, stdout=subprocess.PIPE, env=environment, check=False
        )
    absent = 69
    if result.returncode == absent:
        tell(f"{engine} is not here: LEFT OUT")
        return None
    result.check_returncode()
    found: Figures = json.loads(result.stdout)
    return found


def lines(engine: str, by_size: dict[str, Figures]) -> Iterator[str]:
    """Yield a line for each answer: milliseconds, ratio to ours, growth by size."""
    first = next(iter(by_size.values()))
    for size, found in by_size.items():
        for operation, times in found.items():
            for name, milliseconds in times.items():
                ratio = milliseconds / times[OURS]
                growth = milliseconds / first[operation][name]
                yield (
                    f"{engine:<11} {size:>5}  {operation:<6} {name:<22} "
                    f"{milliseconds:8.1f} ms  {ratio:6.2f} x ours  {growth:5.2f} x first size"
                )


def main(arguments: list[str]) -> None:
    """Measure what is asked for and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", default="10k,100k")
    parser.add_argument("--only", default=",".join(OPERATIONS))
    parser.add_argument("--output", type=Path)
    given = parser.parse_args(arguments)
    only, sizes = given.only.split(","), given.sizes.split(",")
    measured: dict[str, dict[str, Figures]] = {}
    for engine in ("SQLite", "PostgreSQL") if set(only) & set(OPERATIONS) else ():
        chosen = [name for name in only if name in OPERATIONS]
        found = {size: figures(engine, size, chosen) for size in sizes}
        measured[engine] = {size: each for size, each in found.items() if each}
        for line in lines(engine, measured[engine]) if measured[engine] else ():
            print(line, flush=True)  # noqa: T201  # the result
    for name in filter(SCRIPTS.__contains__, only):
        run_script(HERE / SCRIPTS[name])
    if given.output:
        given.output.write_text(json.dumps(measured, indent=1), encoding="utf-8")


def run_script(path: Path) -> None:
    """Run another benchmark with a base of its own."""
    if not path.exists():
        tell(f"{path.name} is not here: LEFT OUT")
        return
    with TemporaryDirectory() as folder:
        environment = {**os.environ, "FACTBASE_DATA": folder}
        subprocess.run([sys.executable, path], env=environment, check=True)  # noqa: S603  # ours


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--measure", n_claims, *operations]:
            set_up()
            measure(int(n_claims), operations)
        case arguments:
            main(arguments)
