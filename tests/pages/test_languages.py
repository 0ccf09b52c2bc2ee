"""Every page in Arabic and English, switched in place."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from claims.templatetags import reading
from tests import factories
from tests.pages.conftest import Read
from tests.pages.test_visibility import LISTS

TRAINING = ("مثال تدريبي مختلق", "Invented training example")


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("en", "ltr")])
@pytest.mark.parametrize("path", [*LISTS, "/nothing-here/"])
def test_a_page_says_its_language_and_direction(
    read: Read, path: str, language: str, direction: str
):
    page = read(path, language=language, status=404 if "nothing" in path else 200)
    assert ("html", {"lang": language, "dir": direction}) in page.tags


def test_the_switch_keeps_the_address(client: Client, db: None):
    del db
    page = client.get("/claims/?status=PUBLISHED")
    assert 'name="next" value="/claims/?status=PUBLISHED"' in page.content.decode()
    answer = client.post(
        "/language/", {"language": "ar", "next": "/claims/?status=PUBLISHED"}
    )
    assert answer["location"] == "/claims/?status=PUBLISHED"
    assert 'dir="rtl"' in client.get("/claims/").content.decode()


def test_the_switch_leads_nowhere_else(client: Client, db: None):
    del db
    answer = client.post("/language/", {"language": "ar", "next": "//evil.example/"})
    assert answer["location"] == "/"


def test_months_and_numbers_are_written_for_readers_of_arabic(read: Read):
    claim = factories.a_published_claim(low=60, high=90, qualifier="RANGE")
    page = read(claim.get_absolute_url(), language="ar")
    assert "من 60 إلى 90" in page.text_in("figure")
    assert "شخصًا" in page.text_in("unit")
    assert "3 أيار / مايو 2024" in page.html


def test_names_show_in_the_readers_language_beside_the_other(read: Read):
    speaker = factories.a_speaker(name_en="Mina Haddad", name_ar="مينا حداد")
    factories.a_published_claim(speaker=speaker)
    arabic = read(speaker.get_absolute_url(), language="ar")
    assert ("bdi", {"lang": "ar"}) in arabic.tags
    assert arabic.text_in("other-name") == "Mina Haddad"
    english = read(speaker.get_absolute_url())
    assert english.text_in("other-name") == "مينا حداد"


@pytest.mark.once
@pytest.mark.parametrize(
    ("hours", "in_arabic", "in_english"),
    [
        (0, "أقل من ساعة", "less than an hour"),
        (2, "ساعتين", "2 hours"),
        (24, "يوم", "1 day"),
        (24 * 11, "11 يوماً", "11 days"),
        (24 * 90, "3 أشهر", "3 months"),
        (24 * 365 * 2, "سنتين", "2 years"),
        (24 * 365 * 100, "100 سنة", "100 years"),
    ],
)
def test_how_long_ago_is_one_unit_in_its_right_form(
    hours: int, in_arabic: str, in_english: str
):
    moment = timezone.now() - dt.timedelta(hours=hours, minutes=1)
    with override("ar"):
        assert reading.elapsed(moment) == in_arabic
    with override("en"):
        assert reading.elapsed(moment) == in_english


def test_names_of_accounts_stand_apart_in_a_sentence(read: Read):
    claim = factories.a_recorded_claim(by=factories.a_contributor("ليلى"))
    page = read("/review/", as_user=factories.a_reviewer())
    assert f"recorded by <bdi>{claim.recorded_by.username}</bdi>, " in page.html


# --- training examples ---


@pytest.fixture
def training(db: None):  # noqa: ARG001  # rows
    """An invented, withdrawn claim with everything around it."""
    source = factories.a_source(is_training=True)
    article = factories.an_article(source=source, is_training=True)
    version = article.versions.get()
    return factories.a_withdrawn_claim(
        version=version,
        speaker=factories.a_speaker(is_training=True),
        quote=factories.a_published_quote(version=version),
        measure=factories.a_measure(event=factories.an_event(is_training=True)),
    )


@pytest.mark.parametrize("language", ["ar", "en"])
def test_an_invented_row_is_labelled_in_both_languages_wherever_it_shows(
    read: Read, training, language: str
):
    article = training.article_version.article
    rows = (training, training.quote, article, article.source, training.speaker)
    around = (training.measure, training.measure.event)
    addresses = [row.get_absolute_url() for row in (*rows, *around)]
    for path in [*LISTS, *addresses]:
        label = read(path, language=language).text_in("badge-training")
        assert all(words in label for words in TRAINING), path


def test_a_real_row_is_not_labelled(read: Read):
    claim = factories.a_published_claim()
    for path in (*LISTS, claim.get_absolute_url()):
        assert read(path).text_in("badge-training") == ""
