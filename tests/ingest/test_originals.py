"""Original bytes are kept once, whole, under their digest, and read back or missed."""

import hashlib
import stat
from pathlib import Path

import pytest

from sources import originals

CONTENT = "وصل المركب\r\n".encode()
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    """The data folder, in which nothing is kept yet."""
    settings.DATA_DIR = tmp_path / "data"
    return settings.DATA_DIR / "originals"


def files(folder: Path) -> list[str]:
    return [str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()]


def test_bytes_are_kept_under_their_digest_and_read_back(folder):
    originals.keep(CONTENT)
    assert files(folder) == [f"{DIGEST[:2]}/{DIGEST[2:]}"]
    assert originals.read(originals.digest_of(CONTENT)) == CONTENT


def test_keeping_them_again_writes_nothing(folder):
    originals.keep(CONTENT)
    path = folder / DIGEST[:2] / DIGEST[2:]
    before = path.stat()
    originals.keep(CONTENT)
    assert path.stat() == before
    assert len(files(folder)) == 1


def test_only_their_owner_reads_them(folder):
    originals.keep(CONTENT)
    for path in (folder, *folder.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0


def test_nothing_is_known_by_no_digest():
    assert originals.digest_of(b"") == ""


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        pytest.param(Path.unlink, "is missing", id="deleted"),
        pytest.param(lambda p: p.write_bytes(b"x"), "was altered", id="altered"),
        pytest.param(lambda p: p.write_bytes(b""), "was altered", id="emptied"),
        pytest.param(
            lambda p: (p.unlink(), p.mkdir()), "cannot be read", id="another thing"
        ),
    ],
)
def test_a_file_that_is_not_what_was_kept_is_named(folder, harm, said):
    originals.keep(CONTENT)
    harm(folder / DIGEST[:2] / DIGEST[2:])
    with pytest.raises(originals.Lost, match=f"{said}: originals/{DIGEST[:2]}/"):
        originals.read(DIGEST)


def test_a_file_that_was_altered_is_written_anew_by_the_next_import(folder):
    originals.keep(CONTENT)
    (folder / DIGEST[:2] / DIGEST[2:]).write_bytes(b"x")
    originals.keep(CONTENT)
    assert originals.read(DIGEST) == CONTENT


@pytest.mark.parametrize("digest", ["", "ab", "../secret_key", "A" * 64, "0" * 65])
def test_what_is_no_digest_leads_to_no_file(digest):
    with pytest.raises(originals.Lost, match="no original is kept"):
        originals.read(digest)


def test_where_nothing_can_be_written_nothing_is_left(folder):
    folder.parent.mkdir()
    folder.write_bytes(b"in the way")
    with pytest.raises(OSError, match="originals"):
        originals.keep(CONTENT)
    folder.unlink()
    (folder / DIGEST[:2] / DIGEST[2:] / "in the way").mkdir(parents=True)
    with pytest.raises(OSError, match=DIGEST[2:]):
        originals.keep(CONTENT)
    assert files(folder) == []
