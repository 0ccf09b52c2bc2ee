"""A skip is said aloud, and fails a run in which nothing may be skipped."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CONFIG = ROOT / "pyproject.toml"


def run_pytest(folder: Path, test: str, **environment: str) -> tuple[int, str]:
    """Exit code and output of a run over one test under our conftest."""
    (folder / "test_one.py").write_text(test)
    finished = subprocess.run(  # noqa: S603  # pytest, over what stands here
        [sys.executable, "-m", "pytest", "-c", CONFIG, "-p", "tests.conftest", folder],
        cwd=ROOT,
        env={**os.environ, "FACTBASE_NO_SKIPS": "", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return finished.returncode, finished.stdout + finished.stderr


SKIPPED = """
import pytest

def test_that_needs_a_tool():
    pytest.skip("The tool is missing: apt-get install tool")
"""


@pytest.mark.parametrize(
    ("no_skips", "exit_code"),
    [
        pytest.param("", 0, id="at home a skip is only said"),
        pytest.param("1", 1, id="where nothing may be skipped it fails"),
    ],
)
def test_a_skip_is_framed(tmp_path: Path, no_skips: str, exit_code: int):
    code, output = run_pytest(tmp_path, SKIPPED, FACTBASE_NO_SKIPS=no_skips)
    assert code == exit_code, output
    assert "! NOT TESTED !" in output
    assert "The tool is missing: apt-get install tool (1 skipped)" in output


@pytest.mark.parametrize(
    "test",
    [
        "def test_on_a_server(live_server): pass",
        "import pytest\n@pytest.mark.django_db(transaction=True)\ndef test_it(): pass",
    ],
)
def test_what_would_flush_is_refused(tmp_path: Path, test: str):
    code, output = run_pytest(tmp_path, test)
    assert code == pytest.ExitCode.USAGE_ERROR, output
    assert "would end in a flush" in output
