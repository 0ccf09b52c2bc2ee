"""Run a command with a PostgreSQL of its own: `private_postgres.py COMMAND ...`.

The cluster lives in a temporary folder, listens on a socket there and nowhere
else, and is gone when the command ends, however it ends. The command finds it in
DATABASE_URL, through a role that may create databases and is no superuser. The
exit code is the command's; 69 says that PostgreSQL's binaries are not here.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn
from urllib.parse import quote

BINARIES_ABSENT = 69
ROLE = DATABASE = "factbase"
# The databases of a test run are thrown away, so nothing waits for a disk.
SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "''",
    "synchronous_commit": "off",
}


def find_binaries() -> Path | None:
    """The folder of initdb and pg_ctl: on PATH, else Debian's newest version."""
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest_last = sorted(versions, key=lambda path: float(path.parts[-3]))
    return newest_last[-1].parent if newest_last else None


class Cluster:
    """A PostgreSQL cluster in one folder, run by anyone but root."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        self.binaries = binaries
        self.folder = folder
        # initdb and postgres refuse to work for root.
        self.account = pwd.getpwnam("nobody") if os.geteuid() == 0 else None

    @property
    def url(self) -> str:
        return f"postgresql://{ROLE}@{quote(str(self.folder), safe='')}/{DATABASE}"

    def start(self) -> None:
        if self.account:
            os.chown(self.folder, self.account.pw_uid, self.account.pw_gid)
        self._run(
            "initdb",
            *("--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8"),
            *("--auth=trust", "--no-sync"),
        )
        settings = {**SETTINGS, "unix_socket_directories": self.folder}
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        self._run("pg_ctl", "start", "-w", f"-l{self.folder}/log", f"-o{options}")
        client = (f"--host={self.folder}", "--username=postgres")
        self._run("createuser", *client, "--createdb", ROLE)
        self._run("createdb", *client, f"--owner={ROLE}", DATABASE)

    def stop(self) -> None:
        if (self.folder / "cluster/postmaster.pid").exists():
            self._run("pg_ctl", "stop", "-w", "-mimmediate")

    def _run(self, binary: str, *arguments: str) -> None:
        account = self.account
        finished = subprocess.run(  # noqa: S603  # PostgreSQL's own binaries
            [self.binaries / binary, *arguments],
            cwd=self.folder,
            env={**os.environ, "PGDATA": str(self.folder / "cluster"), "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            # A pipe would stay open for as long as the server that pg_ctl starts.
            stdout=(self.folder / "output").open("ab"),
            stderr=subprocess.STDOUT,
            check=False,
            user=account and account.pw_uid,
            group=account and account.pw_gid,
            extra_groups=[] if account else None,
        )
        if finished.returncode:
            sys.stderr.write((self.folder / "output").read_text())
            sys.exit(f"{binary} failed with exit code {finished.returncode}")


@contextmanager
def running_cluster(binaries: Path) -> Iterator[Cluster]:
    """A started cluster; stopped and removed on every way out."""
    with tempfile.TemporaryDirectory(prefix="factbase-postgresql-") as folder:
        cluster = Cluster(binaries, Path(folder))
        try:
            cluster.start()
            yield cluster
        finally:
            _ignore_signals()
            cluster.stop()


def run_command(command: list[str], url: str) -> int:
    """The command's exit code; an interrupted command gets ten seconds to end."""
    environment = {**os.environ, "DATABASE_URL": url}
    with subprocess.Popen(command, env=environment) as child:  # noqa: S603  # the caller's own
        try:
            return child.wait()
        except SystemExit:
            child.terminate()
            try:
                child.wait(timeout=10)
            except subprocess.TimeoutExpired:
                child.kill()
            raise


def _leave(number: int, _frame: object) -> NoReturn:
    sys.exit(128 + number)


def _ignore_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)


def main(command: list[str]) -> int:
    if not command:
        sys.exit(__doc__)
    binaries = find_binaries()
    if binaries is None:
        return BINARIES_ABSENT
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _leave)
    with running_cluster(binaries) as cluster:
        return run_command(command, cluster.url)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
