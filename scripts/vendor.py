#!/usr/bin/env python3
"""Fetch the vendored files again and compare them with VENDOR.txt.

`vendor.py` exits 1 and names each file whose bytes differ, in the package or here.
After a version in VENDOR.txt was changed, `vendor.py --update` writes the files and
their SHA-256. Packages come from npm by name and version; nothing of them is run.
"""

import sys
import tarfile
import tempfile
from dataclasses import astuple, dataclass, replace
from hashlib import sha256
from pathlib import Path
from subprocess import run

STATIC = Path(__file__).resolve().parent.parent / "factbase/static/factbase"
LIST = STATIC / "VENDOR.txt"


@dataclass(frozen=True, slots=True)
class Vendored:
    """One line of VENDOR.txt; `file` lies below the static folder."""

    package: str
    version: str
    member: str
    file: str
    licence: str
    sha256: str


def read_list() -> tuple[list[str], list[Vendored]]:
    """The comment lines and the files."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    comments = [line for line in lines if line.startswith("#")]
    return comments, [
        Vendored(*line.split("\t")) for line in lines if not line.startswith("#")
    ]


def fetch(package: str, version: str, folder: Path) -> Path:
    """The package's archive, downloaded into the folder."""
    packed = run(  # noqa: S603  # npm, with names from our own list
        ["npm", "pack", "--silent", f"{package}@{version}"],  # noqa: S607  # from PATH
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    return folder / packed.stdout.split()[-1]


def read_member(archive: Path, member: str) -> bytes:
    """One file of an npm archive, whose files all lie below `package/`."""
    with tarfile.open(archive) as tar:
        content = tar.extractfile(f"package/{member}")
        if content is None:
            message = f"{archive.name} has no file {member}"
            raise FileNotFoundError(message)
        return content.read()


def fetched_contents(listed: list[Vendored]) -> dict[str, bytes]:
    """What the packages hold today for each file of ours."""
    with tempfile.TemporaryDirectory() as folder:
        archives = {
            package: fetch(*package, folder=Path(folder))
            for package in {(each.package, each.version) for each in listed}
        }
        return {
            each.file: read_member(archives[each.package, each.version], each.member)
            for each in listed
        }


def update(comments: list[str], listed: list[Vendored]) -> None:
    """Write the fetched files and the list with their hashes."""
    contents = fetched_contents(listed)
    for file, content in contents.items():
        (STATIC / file).write_bytes(content)
    hashed = [
        replace(each, sha256=sha256(contents[each.file]).hexdigest()) for each in listed
    ]
    rows = ["\t".join(astuple(each)) for each in hashed]
    LIST.write_text("\n".join([*comments, *rows, ""]), encoding="utf-8")


def differing(listed: list[Vendored]) -> list[str]:
    """The files whose fetched or committed bytes are not the listed ones."""
    fetched = fetched_contents(listed)
    return [
        each.file
        for each in listed
        if {sha256(fetched[each.file]).hexdigest()} | {committed_hash(each)}
        != {each.sha256}
    ]


def committed_hash(vendored: Vendored) -> str:
    """The SHA-256 of the file as it lies here; empty when it is missing."""
    path = STATIC / vendored.file
    return sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def main(arguments: list[str]) -> int:
    """Update when asked to, else compare; 1 when something differs."""
    comments, listed = read_list()
    if arguments == ["--update"]:
        update(comments, listed)
        return 0
    differences = differing(listed)
    for file in differences:
        sys.stderr.write(f"{file} is not what VENDOR.txt lists\n")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
