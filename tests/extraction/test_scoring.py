"""The scoring script says how often the rules are right on annotated articles."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GOLD = json.loads((ROOT / "tests/demo/gold_seeds.json").read_text("utf-8"))


def score(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    script = ROOT / "benchmarks" / "score_extraction.py"
    return subprocess.run(  # noqa: S603  # our own script
        [sys.executable, str(script), str(folder), *options],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def annotated(tmp_path: Path) -> Path:
    """A folder with the seeds and their annotation, one pair of files each."""
    texts = ROOT / "fixtures" / "hasakah" / "texts"
    for name, path in GOLD["files"].items():
        article = GOLD["docs"][name]
        (tmp_path / f"{name}.json").write_text(json.dumps(article), "utf-8")
        (tmp_path / f"{name}.txt").write_bytes((texts / Path(path).name).read_bytes())
    return tmp_path


def test_the_seeds_are_read_as_they_are_annotated(annotated: Path):
    tallies = json.loads(score(annotated, "--json").stdout)
    for task, annotations in (("quotes", 31), ("quantities", 5), ("dates", 7)):
        tally = tallies[f"{task} ar"]["all"]
        assert tally == dict.fromkeys(tally, annotations)


def test_what_is_missed_and_what_is_too_much_is_listed(annotated: Path):
    article = dict(GOLD["docs"]["B"])
    article["dates"] = [{"span": [0, 5], "value": "2022-01-25"}, article["dates"][0]]
    (annotated / "B.json").write_text(json.dumps(article), "utf-8")
    said = score(annotated, "--misses").stdout
    assert "missed dates ar" in said
    assert "extra dates ar" in said


def test_several_articles_in_one_file_name_their_texts(annotated: Path):
    gold = {"files": {"A": "A.txt"}, "docs": {"A": GOLD["docs"]["A"]}}
    for path in annotated.glob("*.json"):
        path.unlink()
    (annotated / "gold.json").write_text(json.dumps(gold), "utf-8")
    tallies = json.loads(score(annotated, "--json").stdout)
    assert tallies["quotes ar"]["all"]["gold"] == len(GOLD["docs"]["A"]["quotes"])


def test_a_folder_without_annotation_is_refused(tmp_path: Path):
    result = score(tmp_path)
    assert result.returncode == 1
    assert "no annotated article" in result.stderr
