"""Programs of others, run as people run them."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
SECONDS = 120


def run(*command: str, **variables: str) -> str:
    """What a program prints, which must succeed."""
    tools = str(Path(sys.executable).parent)
    path = os.pathsep.join([tools, os.environ["PATH"]])
    done = subprocess.run(  # noqa: S603  # our own commands
        command,
        cwd=HERE,
        env={**os.environ, "PATH": path, **variables},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
