"""The files of others that we serve are the ones that VENDOR.txt lists."""

from hashlib import sha256
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "factbase/static/factbase"


def listed_hashes() -> dict[str, str]:
    lines = (STATIC / "VENDOR.txt").read_text().splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return {file: digest for _, _, _, file, _, digest in rows}


def vendored_files() -> list[Path]:
    return [*(STATIC / "fonts").iterdir(), *(STATIC / "vendor").iterdir()]


def test_every_vendored_file_is_listed_with_its_hash():
    found = {
        path.relative_to(STATIC).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in vendored_files()
    }
    assert found == listed_hashes()


def test_every_font_of_the_style_sheet_is_here():
    style = (STATIC / "fonts.css").read_text()
    fonts = [path.name for path in vendored_files() if path.suffix == ".woff2"]
    assert fonts
    assert all(style.count(f'"fonts/{name}"') == 1 for name in fonts)
    assert style.count("url(") == len(fonts)
