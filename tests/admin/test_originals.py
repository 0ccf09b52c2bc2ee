"""The original of a text is downloaded at the desk, never shown, never public."""

import pytest
from django.test import Client

from claims import intake
from sources import originals
from sources.ingest import reading
from tests import factories as make
from tests.admin.browsing import address, at_desk
from tests.ingest.files import page

pytestmark = pytest.mark.django_db

CONTENT = page(head="<script>alert(1)</script>").encode()


@pytest.fixture
def version(settings, tmp_path):
    """The text of a page that was brought in."""
    settings.DATA_DIR = tmp_path
    [draft] = reading.uploaded("news.html", CONTENT)
    at = make.FETCHED_AT
    return intake.bring_in(draft, actor=make.a_contributor(), at=at).version


def original(version) -> str:
    return address(version).replace("/change/", "/original/")


def test_the_bytes_come_as_a_file_that_no_browser_opens(version):
    answer = at_desk(make.an_editor()).get(original(version))
    assert (answer.status_code, answer.content) == (200, CONTENT)
    assert answer["Content-Type"] == "application/octet-stream"
    name = f"{version.article.code}-1.html"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_pages_of_article_and_version_lead_to_it(version):
    client = at_desk(make.an_editor())
    for row in (version, version.article):
        assert original(version) in client.get(address(row)).content.decode()
    pasted = make.a_version()
    assert "/original/" not in client.get(address(pasted)).content.decode()


@pytest.mark.parametrize(
    ("role", "status"),
    [
        *(("contributor", 200), ("reviewer", 200), ("editor", 200), ("chief", 200)),
        ("admin", 403),
    ],
)
def test_it_is_for_those_who_see_what_is_not_published(version, role, status):
    client = at_desk(make.a_user(role))
    assert client.get(original(version)).status_code == status


@pytest.mark.parametrize(("role", "status"), [("editor", 403), ("chief", 200)])
def test_while_a_name_is_withheld_it_is_for_the_chief(version, role, status):
    make.withheld(make.a_speaker(name_en="Karam Odeh"))
    client = at_desk(make.a_user(role))
    assert client.get(original(version)).status_code == status


def test_a_stranger_is_sent_to_the_login(version):
    answer = Client().get(original(version))
    assert "/admin/login/" in answer["Location"]
    digest = version.original_sha256
    for root in ("", "/static", "/media", "/data"):
        path = f"{root}/originals/{digest[:2]}/{digest[2:]}"
        assert Client().get(path).status_code == 404


def test_a_text_without_an_original_has_none_to_download():
    client = at_desk(make.an_editor())
    assert client.get(original(make.a_version())).status_code == 404
    assert client.get("/admin/sources/articleversion/99/original/").status_code == 404


def test_what_was_altered_is_not_handed_out(version, tmp_path):
    digest = version.original_sha256
    (tmp_path / "originals" / digest[:2] / digest[2:]).write_bytes(b"x")
    with pytest.raises(originals.Lost):
        originals.read(digest)
    answer = at_desk(make.an_editor()).get(original(version), follow=True)
    assert answer.redirect_chain == [(address(version), 302)]
    assert "run manage.py verify" in answer.content.decode()
