"""A fixture file that is wrong somewhere says where, before anything is written."""

from pathlib import Path

import pytest

from claims.exchange.fixtures import DemoError, read

TEXT = "Mara said on 3 May that about 120 people crossed. About 120, said Mara 🚢."
FILE = """
[[sources]]
slug = "gazette"
kind = "OUTLET"
name_en = "Gazette"

[[speakers]]
slug = "mara"
kind = "PERSON"
name_en = "Mara"

[[events]]
slug = "crossing"
name_en = "Crossing"

[[measures]]
slug = "crossed"
event = "crossing"
name_en = "Crossed"
counted = "people"
happened = "crossed"
unit = "persons"
nature = "LEVEL"

[article]
code = "a-crossing"
source = "gazette"
title = "Crossing"
language = "en"
text = "crossing.txt"
fetched_at = 2022-05-04T08:00:00Z

[[claims]]
code = "c-crossed"
measure = "crossed"
words = "about 120 people crossed"
speaker = "mara"
speaker_words = [0, "Mara"]
low = 120
high = 120
qualifier = "ABOUT"
unit = "persons"
holds = { day = 2022-05-03, words = "3 May" }
recorded_at = 2022-05-04T09:00:00Z
published_at = 2022-05-04T10:00:00Z
"""
CLAIM = "group/file.toml, c-crossed"
ARTICLE = "group/file.toml, a-crossing"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "group").mkdir()
    (tmp_path / "group" / "crossing.txt").write_text(TEXT)
    (tmp_path / "group" / "file.toml").write_text(FILE)
    return tmp_path


def test_a_right_file_is_read_in_the_order_of_the_replay(folder: Path):
    kinds = [entry.kind for entry in read(folder)]
    assert kinds == ["sources", "speakers", "events", "measures", "articles", "claims"]


def test_words_that_stand_once_find_their_place(folder: Path):
    claim = read(folder)[-1]
    assert claim.values["anchor"].span.of(TEXT) == "about 120 people crossed"


WRONG = {
    "a misspelt field": (
        'unit = "persons"\nholds',
        'units = "persons"\nholds',
        f"{CLAIM}, units: there is no such field",
    ),
    "a missing field": (
        'title = "Crossing"\n',
        "",
        f"{ARTICLE}, title: this is missing",
    ),
    "a statement without a moment": (
        "recorded_at = 2022-05-04T09:00:00Z\n",
        "",
        f"{CLAIM}, recorded_at: this is missing",
    ),
    "an unknown choice": (
        '"ABOUT"',
        '"ROUGHLY"',
        f"{CLAIM}, qualifier: Value 'ROUGHLY' is not a valid choice.",
    ),
    "a number in quotation marks": (
        "low = 120",
        'low = "120"',
        f"{CLAIM}, low: int or Decimal is needed, not str",
    ),
    "true for a number": (
        "low = 120",
        "low = true",
        f"{CLAIM}, low: int or Decimal is needed, not bool",
    ),
    "too many digits": (
        "low = 120",
        "low = 1.23456",
        f"{CLAIM}, low: Ensure that there are no more than 3 decimal places.",
    ),
    "words that do not stand there": (
        '[0, "Mara"]',
        '[1, "Mara"]',
        f"{CLAIM}, speaker_words: the text reads “ara ” at 1, not “Mara”",
    ),
    "words that stand twice": (
        '[0, "Mara"]',
        '"Mara"',
        f"{CLAIM}, speaker_words: “Mara” stands at 0, 66: say which",
    ),
    "words that stand nowhere": (
        '[0, "Mara"]',
        '"Lara"',
        f"{CLAIM}, speaker_words: “Lara” stands nowhere in the text",
    ),
    "an offset before the text": (
        '[0, "Mara"]',
        '[-4, "Mara"]',
        f"{CLAIM}, speaker_words: words, or an offset and words, are needed",
    ),
    "pieces out of order": (
        'speaker = "mara"',
        'speaker = "mara"\npieces = ["crossed", "3 May"]',
        f"{CLAIM}, pieces: the pieces are not in order",
    ),
    "a date that the text does not state": (
        'words = "3 May" }',
        'words = "4 May" }',
        f"{CLAIM}, holds: the text does not say “4 May”",
    ),
    "a day that is no day": (
        "{ day = 2022-05-03,",
        '{ day = "3 May",',
        f"{CLAIM}, holds: date is needed, not str",
    ),
    "a month that is none": (
        "{ day = 2022-05-03,",
        '{ month = "2022-13",',
        f"{CLAIM}, holds: month must be in 1..12",
    ),
    "a period that ends before it begins": (
        "{ day = 2022-05-03,",
        "{ from = 2022-05-03, until = 2022-05-01,",
        f"{CLAIM}, holds: A date cannot end on",
    ),
    "a date in no known form": (
        "{ day = 2022-05-03,",
        "{ week = 18,",
        f"{CLAIM}, holds: a date is a day, a month",
    ),
    "a moment without a zone": (
        "2022-05-04T09:00:00Z",
        "2022-05-04T09:00:00",
        f"{CLAIM}, recorded_at: a moment needs its time zone",
    ),
    "published before it was recorded": (
        "2022-05-04T10:00:00Z",
        "2022-05-04T08:00:00Z",
        f"{CLAIM}, published_at: this is before recorded_at",
    ),
    "withdrawn and never published": (
        "published_at =",
        "withdrawn_at =",
        f"{CLAIM}, withdrawn_at: it was never published",
    ),
    "a reviewer who records": (
        'speaker = "mara"',
        'speaker = "mara"\nrecorded_by = "reviewer"',
        f"{CLAIM}, recorded_by: one of contributor, editor, chief is needed",
    ),
    "a speaker that no entry describes": (
        'speaker = "mara"',
        'speaker = "lara"',
        f"{CLAIM}, speaker: none of the speakers before it is called “lara”",
    ),
    "a claim that replaces a later one": (
        'speaker = "mara"',
        'speaker = "mara"\nreplaces = "c-crossed"',
        f"{CLAIM}, replaces: none of the claims before it is called “c-crossed”",
    ),
    "a key that is taken": (
        "[article]",
        '[[sources]]\nslug = "gazette"\nkind = "NGO"\n[article]',
        "group/file.toml, gazette: another entry has this key",
    ),
    "an entry without a key": (
        'slug = "gazette"\n',
        "",
        "group/file.toml, sources: an entry has no slug",
    ),
    "a table where a list is needed": (
        "[[speakers]]",
        "[speakers]",
        "group/file.toml, speakers: a table is needed, or a list of them",
    ),
    "a list where the article is needed": (
        "[article]",
        "[[article]]",
        "group/file.toml, article: a table is needed, or a list of them",
    ),
    "an unknown list": (
        "[[speakers]]",
        "[[talkers]]",
        "group/file.toml, talkers: there is no such kind of entry",
    ),
    "a part that is wrong inside": (
        "[[events]]",
        "aliases = [{ name = 7 }]\n[[events]]",
        "group/file.toml, mara, aliases 1, name: str is needed, not int",
    ),
    "a text that is missing": (
        '"crossing.txt"',
        '"nowhere.txt"',
        "group/file.toml, article, text: ",
    ),
    "an article that names no text": (
        'text = "crossing.txt"\n',
        "",
        "group/file.toml, article, text: name the file of the text",
    ),
    "a file that is no TOML": ("[article]", "[article", "group/file.toml: Expected"),
}


@pytest.mark.parametrize(
    ("right", "wrong", "message"), WRONG.values(), ids=WRONG.keys()
)
def test_a_mistake_is_named(folder: Path, right: str, wrong: str, message: str):
    path = folder / "group" / "file.toml"
    assert right in FILE
    path.write_text(FILE.replace(right, wrong, 1))
    with pytest.raises(DemoError) as refusal:
        read(folder)
    assert message in str(refusal.value)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        pytest.param(b"\xff\xfe", "can't decode byte", id="not UTF-8"),
        pytest.param(b"a\0b", "(U+0000) is not text", id="a character no text has"),
        pytest.param(b" \n", "needs a text", id="nothing but space"),
    ],
)
def test_a_text_that_is_none_is_named(folder: Path, raw: bytes, message: str):
    (folder / "group" / "crossing.txt").write_bytes(raw)
    with pytest.raises(DemoError, match="article, text: ") as refusal:
        read(folder)
    assert message in str(refusal.value)


def test_a_statement_needs_an_article_in_its_file(folder: Path):
    stray = FILE[FILE.index("[[claims]]") :].replace("c-crossed", "c-stray")
    (folder / "group" / "stray.toml").write_text(stray)
    with pytest.raises(DemoError) as refusal:
        read(folder)
    expected = "group/stray.toml, claims: there is no [article] in this file"
    assert str(refusal.value) == expected


def test_a_folder_without_files_is_refused(tmp_path: Path):
    with pytest.raises(DemoError, match="there are no fixture files"):
        read(tmp_path)
