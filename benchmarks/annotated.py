"""Annotated articles of a folder, for `score_extraction.py`, which tells the format."""  # noqa: INP001  # beside scripts, in no package

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sources.text.fold import script_of


@dataclass(frozen=True)
class Article:
    """A text and its annotation."""

    name: str
    text: str
    gold: dict[str, Any]

    @property
    def language(self) -> str:
        """What the annotation says, or the script of the text."""
        by_script = "ar" if script_of(self.text) == "Arab" else "en"
        return str(self.gold.get("language") or by_script)

    @property
    def dateline(self) -> date | None:
        """The day of the article as annotated."""
        stated = self.gold.get("dateline")
        return date.fromisoformat(stated) if stated else None


def articles(folder: Path) -> Iterator[Article]:
    """Every annotated article of a folder, in the order of their names."""
    for path in sorted(folder.rglob("*.json")):
        content = json.loads(path.read_text("utf-8"))
        if not isinstance(content, dict):
            continue
        if "docs" in content:
            for name, gold in content["docs"].items():
                text = text_of(path, content.get("files", {}).get(name, f"{name}.txt"))
                yield Article(name, text, gold)
        elif {"quotes", "quantities", "dates"} & content.keys():
            text = content.get("content") or text_of(path, f"{path.stem}.txt")
            yield Article(path.stem, text, content)


def text_of(gold: Path, name: str) -> str:
    """The text a gold file names: beside it, or seen from a folder above it."""
    for folder in gold.resolve().parents:
        if (folder / name).is_file():
            return (folder / name).read_bytes().decode("utf-8")
    message = f"{gold}: there is no text {name}."
    raise FileNotFoundError(message)
