"""The file that an article came in as is kept, and whoever harms it is found out."""

import os
from pathlib import Path

import pytest

from claims import intake
from claims.intake import Arrival
from sources import originals
from sources.ingest import reading
from sources.models import Article, ArticleVersion
from sources.verification import Verification, n_rows
from tests import factories as make
from tests.ingest.files import PARAGRAPH, page, pdf, word
from tests.intake.drafts import a_draft

pytestmark = pytest.mark.django_db

FILES = {
    "a.txt": f"\ufeff{PARAGRAPH}\r\nEnd.".encode(),
    "b.html": page().encode(),
    "c.docx": word(PARAGRAPH),
    "d.pdf": pdf("Boats leave at dawn"),
}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    """The data folder, in which nothing is kept yet."""
    settings.DATA_DIR = tmp_path / "data"
    return settings.DATA_DIR / "originals"


def kept(folder: Path) -> int:
    return sum(path.is_file() for path in folder.rglob("*"))


def bring(draft, **how):
    return intake.bring_in(draft, actor=make.a_contributor(), at=make.FETCHED_AT, **how)


def findings() -> list[str]:
    found = Verification().of_everything()
    return [str(each) for each in found if each.column == "original_sha256"]


@pytest.mark.parametrize("name", FILES)
def test_the_very_bytes_of_a_file_are_kept_and_found_sound(name):
    [draft] = reading.uploaded(name, FILES[name])
    version = bring(draft).version
    assert originals.read(version.original_sha256) == FILES[name]
    assert version.original_media_type == draft.media_type
    assert findings() == []


def test_a_record_and_a_pasted_text_have_no_original(folder):
    [record] = reading.uploaded("a.ndjson", b'{"text": "Boats left.", "title": "a"}')
    for draft in (record, reading.pasted(PARAGRAPH)):
        assert bring(draft).version.original_sha256 == ""
    assert kept(folder) == 0


def test_one_file_of_two_articles_is_kept_once(folder):
    for n in range(2):
        draft = a_draft(url=f"https://harbour.example/{n}", original=b"a")
        assert bring(draft).arrival == Arrival.NEW
    assert (ArticleVersion.objects.count(), kept(folder)) == (2, 1)


@pytest.mark.parametrize(
    ("columns", "how"),
    [
        pytest.param({}, {"rehearse": True}, id="rehearsed"),
        pytest.param({"title": ""}, {}, id="refused"),
    ],
)
def test_of_what_is_not_stored_nothing_is_kept(folder, columns, how):
    bring(a_draft(original=b"a", **columns), **how)
    assert kept(folder) == 0
    assert not Article.objects.exists()


def test_where_the_original_cannot_be_kept_the_article_is_refused(folder):
    folder.parent.mkdir()
    folder.write_bytes(b"in the way")
    outcome = bring(a_draft(original=b"a"))
    [refusal] = outcome.refusals
    assert str(refusal).startswith(
        "boats.ndjson, line 3: The original cannot be kept: "
    )
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        pytest.param(Path.unlink, "is missing", id="deleted"),
        pytest.param(lambda path: os.truncate(path, 3), "was altered", id="cut"),
    ],
)
def test_verify_names_the_version_whose_original_was_harmed(folder, harm, said):
    version = bring(a_draft(original=b"Boats leave")).version
    bring(a_draft(url="https://harbour.example/2", original=b"Boats came"))
    digest = version.original_sha256
    path = folder / digest[:2] / digest[2:]
    harm(path)
    name = f"originals/{digest[:2]}/{digest[2:]}"
    assert findings() == [
        f"sources.articleversion {version.pk} original_sha256: "
        f"the original {said}: {name}"
    ]


def test_bringing_the_same_file_in_again_keeps_it_anew(folder):
    version = bring(a_draft(original=b"Boats leave")).version
    digest = version.original_sha256
    (folder / digest[:2] / digest[2:]).unlink()
    bring(a_draft(original=b"Boats leave, saved otherwise"))
    assert len(findings()) == 1
    assert bring(a_draft(original=b"Boats leave")).arrival == Arrival.UNCHANGED
    assert (findings(), kept(folder)) == ([], 1)


def test_the_bar_of_verify_reaches_its_end():
    bring(a_draft(original=b"Boats leave"))
    read: list[int] = []
    list(Verification(step=read.append).of_everything())
    assert sum(read) == n_rows()
