"""Bringing an article in by paste or upload: looked at first, then kept."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from claims.admin import bringing_in
from sources.models import Article
from tests import factories as make
from tests.admin.benching import text_of
from tests.admin.browsing import at_desk, fields
from tests.ingest.files import page as page_of

pytestmark = pytest.mark.django_db

PAGE = "/admin/sources/article/bring-in/"
TEXT = (
    "Boats leave at dawn\n\nTelmara, 5 January 2022 (Harbour Agency)\n\n"
    "“Nobody drowned,” the harbour master said. About 120 people crossed."
)


def looked_at(client: Client, **sent: Any) -> HttpResponse:
    page = client.post(PAGE, {"do": "look", **sent})
    assert page.status_code == 200
    return page


def kept(client: Client, page: HttpResponse, **said: Any) -> HttpResponse:
    values = {f"draft-{name}": value for name, value in said.items()}
    return client.post(PAGE, {**fields(page), "do": "keep", **values})


def a_file(content: bytes, name: str = "news.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_pasted_text_is_shown_as_read_and_kept_after_that():
    client = at_desk(make.a_contributor())
    page = looked_at(client, text=TEXT.replace("\n", "\r\n"))
    assert not Article.objects.exists()
    assert fields(page)["draft-title"] == ["Boats leave at dawn"]
    assert fields(page)["draft-language"] == ["en"]
    answer = kept(client, page, url="https://example.org/boats")
    article = Article.objects.get()
    assert answer["Location"] == f"/admin/sources/article/{article.pk}/workbench/"
    assert article.versions.get().text == TEXT
    assert (article.url, article.source) == ("https://example.org/boats", None)
    assert client.get(answer["Location"]).status_code == 200


def test_what_a_person_says_goes_before_what_was_read():
    client = at_desk(make.a_contributor())
    source = make.a_source()
    make.a_source_alias("وكالة المرفأ", source=source)
    page = looked_at(client, text=TEXT)
    said = {"title": "Boats", "published_earliest": "4 January 2022"}
    said |= {"published_latest": "", "published_precision": ""}
    kept(client, page, source_name="وكاله المرفأ", byline="M. Haddad", **said)
    article = Article.objects.get()
    assert (article.title, article.source, article.byline) == (
        "Boats",
        source,
        "M. Haddad",
    )
    assert (str(article.published_earliest), article.published_origin) == (
        "2022-01-04",
        "TYPED",
    )


def test_a_name_of_no_source_is_asked_about():
    client = at_desk(make.a_contributor())
    page = kept(client, looked_at(client, text=TEXT), source_name="Nobody's Gazette")
    assert "Nothing in the base is called so." in text_of(page)
    assert not Article.objects.exists()


def test_bytes_of_another_encoding_are_refused_until_one_is_chosen():
    client = at_desk(make.a_contributor())
    arabic = "غادرت القوارب الميناء\nقال الناطق إن أحداً لم يغرق."
    page = looked_at(client, file=a_file(arabic.encode("cp1256")))
    assert "news.txt, line 1, encoding" in text_of(page)
    again = {**fields(page), "do": "look", "encoding": "windows-1256"}
    page = client.post(PAGE, again)
    assert "windows-1256" in text_of(page)
    kept(client, page)
    assert Article.objects.get().versions.get().text == arabic


def test_a_known_text_is_not_kept_twice():
    client = at_desk(make.a_contributor())
    page = looked_at(client, text=TEXT)
    for _time in range(2):
        assert kept(client, page, title="Boats").status_code == 302
    assert Article.objects.count() == 1
    page = looked_at(client, text=TEXT)
    assert "unchanged" in text_of(page)


def test_a_republication_is_offered_with_the_share_that_both_have():
    long = TEXT + " The ferry came back at noon with the crew and forty passengers." * 3
    make.an_article(text=long, title="The first report")
    page = looked_at(at_desk(make.a_contributor()), text=long + " End.")
    assert "The first report" in text_of(page)
    assert "of this article stands in that one" in text_of(page)


def test_what_was_found_and_not_taken_is_said():
    content = page_of(head='<link rel="canonical" href="/1">').encode()
    page = looked_at(at_desk(make.a_contributor()), file=a_file(content, "news.html"))
    assert "url was left out: “/1” is no address of a web page." in text_of(page)


def test_records_are_looked_at_one_by_one_and_bad_ones_named():
    client = at_desk(make.a_contributor())
    records = [
        json.dumps({"text": f"{n}. {TEXT}", "title": f"Boats {n}", "language": "en"})
        for n in range(3)
    ]
    records.insert(1, '{"title": "No text"}')
    file = a_file("\n".join(records).encode(), "news.ndjson")
    page = looked_at(client, file=file)
    assert "news.ndjson, line 2" in text_of(page)
    answer = client.post(PAGE, {**fields(page), "do": "keep"})
    assert answer["Location"] == "/admin/sources/article/?to_read=1"
    assert Article.objects.count() == 3


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        ({}, "Paste a text or choose a file."),
        ({"text": "  "}, "Paste a text or choose a file."),
        ({"text": "x", "file": a_file(b"x")}, "not both"),
        ({"file": a_file(b"x", "news.exe")}, "Files of this kind are not read"),
        ({"carried": "forged"}, "The form was damaged."),
        ({"text": "x", "encoding": "klingon"}, "not one of the available choices"),
    ],
)
def test_what_cannot_be_read_is_explained(sent: dict[str, Any], reason: str):
    assert reason in text_of(looked_at(at_desk(make.a_contributor()), **sent))


def test_a_preview_is_kept_only_by_whom_it_was_shown_to():
    page = looked_at(at_desk(make.a_contributor()), text=TEXT)
    answer = kept(at_desk(make.a_contributor()), page)
    assert "The form was damaged." in text_of(answer)
    assert not Article.objects.exists()


def test_a_file_that_is_too_large_is_for_the_command(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bringing_in, "MAX_FILE", 10)
    page = looked_at(at_desk(make.a_contributor()), file=a_file(b"x" * 11))
    assert "use manage.py import_articles" in text_of(page)


def test_more_records_than_are_looked_at_are_for_the_command(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(bringing_in, "MAX_RECORDS", 1)
    file = a_file(b'{"text": "one"}\n{"text": "two"}\n', "news.ndjson")
    page = looked_at(at_desk(make.a_contributor()), file=file)
    assert "It has more than 1 articles" in text_of(page)


def test_only_who_adds_articles_brings_them_in():
    for person, status in (
        (make.a_contributor(), 200),
        (make.a_reviewer(), 403),
        (make.an_admin(), 403),
    ):
        assert at_desk(person).get(PAGE).status_code == status
        assert at_desk(person).post(PAGE, {"text": TEXT}).status_code == status
    listed = at_desk(make.a_contributor()).get("/admin/sources/article/")
    assert PAGE in listed.content.decode()
