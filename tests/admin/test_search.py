"""The search box of each list finds every spelling."""

import re

import pytest
from django.test import Client

from claims.models import Claim, Event, Measure, Quote
from sources.admin.searching import spelling_pattern
from sources.models import Article, Source, Speaker, SpeakerAlias
from sources.text.fold import fold_key
from tests import factories as make
from tests.admin.browsing import address, at_desk


def found(client: Client, model: type, query: str) -> set[str]:
    page = client.get(address(model, "changelist", q=query))
    return {str(row) for row in page.context["cl"].result_list}


pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return at_desk(make.an_editor())


@pytest.mark.parametrize(
    ("name", "query"),
    [
        pytest.param("قوات سوريا الديمقراطية", "قوات سوريا الديموقراطية", id="alias"),
        pytest.param("قوات سوريا الديمقراطية", "قسد", id="short alias"),
        pytest.param("قوات سوريا الديمقراطية", "الديمقراطيه", id="ta marbuta"),
        pytest.param("أحمد الأسعد", "احمد الاسعد", id="no hamza typed"),
        pytest.param("احمد الاسعد", "أحمد الأسعد", id="no hamza stored"),
        pytest.param("مُحَمَّد", "محمد", id="stored with tashkeel"),
        pytest.param("محمد", "مُحَمَّد", id="typed with tashkeel"),
        pytest.param("محـــمد", "محمد", id="stored with tatweel"),
        pytest.param("مسؤول", "مسئول", id="another seat of hamza"),
        pytest.param("فوج ١٢", "فوج 12", id="Arabic digits"),
        pytest.param("Müller", "muller", id="Latin letters, small and bare"),
        pytest.param("علي حسن", "حسن علي", id="words in another order"),
    ],
)
def test_a_speaker_is_found_in_any_spelling(client: Client, name: str, query: str):
    speaker = make.a_speaker(name_ar=name, name_en="")
    make.a_speaker_alias("قسد", speaker=speaker)
    make.a_speaker_alias("قوات سوريا الديموقراطية", speaker=speaker)
    make.a_speaker(name_en="Somebody else")
    assert found(client, Speaker, query) == {name}


def test_a_row_with_two_fitting_aliases_is_listed_once(client: Client):
    speaker = make.a_speaker(name_en="Mina Haddad")
    for alias in ("Mina H.", "Mina"):
        make.a_speaker_alias(alias, speaker=speaker)
    page = client.get(address(Speaker, "changelist", q="mina"))
    assert page.context["cl"].result_count == 1


def test_sources_and_aliases_are_found_by_alias(client: Client):
    source = make.a_source(name_en="Harbour News")
    make.a_source_alias("نورث برس", source=source)
    assert found(client, Source, "نورث") == {"Harbour News"}
    speaker = make.a_speaker()
    make.a_speaker_alias("قسد", speaker=speaker)
    assert found(client, SpeakerAlias, "قـسد") == {"قسد"}


def test_statements_are_found_by_words_code_and_speaker(client: Client):
    speaker = make.a_speaker(name_ar="مينا", name_en="")
    make.a_speaker_alias("الميناء", speaker=speaker)
    version = make.a_version(text=make.ARABIC, language="ar")
    quote = make.a_recorded_quote(version=version, words="لم يغرق أحد", speaker=speaker)
    claim = make.a_recorded_claim(version=version, words="3500 شخص")
    assert found(client, Quote, "احد") == {"لم يغرق أحد"}
    assert found(client, Quote, quote.code) == {"لم يغرق أحد"}
    assert found(client, Quote, "الميناء") == {"لم يغرق أحد"}
    assert found(client, Claim, "٣٥٠٠") == {"3500 شخص"}
    assert found(client, Claim, claim.code) == {"3500 شخص"}


def test_articles_are_found_by_title_and_source(client: Client):
    make.an_article(title="سجن الصناعة", source=make.a_source(name_en="Harbour"))
    assert found(client, Article, "الصناعه") == {"سجن الصناعة"}
    assert found(client, Article, "harbour") == {"سجن الصناعة"}


def test_an_autocomplete_finds_an_alias_too(client: Client):
    speaker = make.a_speaker(name_en="Syrian Democratic Forces")
    make.a_speaker_alias("قسد", speaker=speaker)
    asked = {"app_label": "claims", "model_name": "claim", "field_name": "speaker"}
    answer = client.get("/admin/autocomplete/", {**asked, "term": "قسد"})
    assert answer.json()["results"] == [
        {"id": str(speaker.pk), "text": "Syrian Democratic Forces"}
    ]


@pytest.mark.parametrize(
    "query", [".*", "(a+)+$", "[", "\\", "%", "_", "'", '"', "a" * 5000, "]^-["]
)
def test_a_query_is_words_and_never_a_pattern(client: Client, query: str):
    make.a_speaker(name_en="Mina Haddad")
    assert found(client, Speaker, query) == set()


@pytest.mark.parametrize(
    ("spelling", "query"), [("أُسامة", "اسامه"), ("ﻣﻴﻨﺎ", "مينا"), ("ＡＢ", "ab")]
)
def test_a_pattern_fits_what_folds_to_its_word(spelling: str, query: str):
    assert fold_key(spelling) == fold_key(query)
    assert re.fullmatch(spelling_pattern(fold_key(query)) + ".?", spelling)


@pytest.mark.parametrize(
    ("model", "query"),
    [
        pytest.param(Article, "أشخاص", id="words of a text, not of its title"),
        pytest.param(Article, "زوارق*", id="the beginning of a word"),
        pytest.param(Claim, '"شخص عبروا"', id="words in a row"),
        pytest.param(Claim, "٣٥٠٠", id="a number in other digits"),
        pytest.param(Quote, "نهر", id="a word without its article"),
    ],
)
def test_a_list_finds_what_readers_find(client: Client, model: type, query: str):
    text = "أمام الزوارق أشخاص. 3500 شخص عبروا النهر."
    version = make.a_version(title="Morning", text=text, language="ar")
    words = "3500 شخص عبروا النهر"
    quote = make.a_recorded_quote(version=version, words=words, language="ar")
    make.a_recorded_claim(version=version, words=words, quote=quote)
    make.a_recorded_claim(version=make.a_version(title="Evening"))
    assert found(client, model, query) == {
        str(
            model.objects.get(
                **{"title": "Morning"} if model is Article else {"words": words}
            )
        )
    }


def test_events_and_measures_are_found_by_name_and_place(client: Client):
    event = make.an_event(name_ar="عبور النهر", name_en="", place_en="Tilmara")
    make.an_event(name_en="Another")
    measure = make.a_measure(event=event, name_en="Crossed", counted="boats")
    assert found(client, Event, "نهر") == {str(event)}
    assert found(client, Event, "tilm") == {str(event)}
    assert found(client, Measure, "boat") == {str(measure)}


def test_only_the_chief_finds_who_is_withheld(client: Client):
    speaker = make.a_speaker(name_en="Zelia Quandour")
    make.a_speaker_alias("Tarantal", speaker=speaker)
    make.withheld(speaker)
    for query in ("zelia", "tarantal", "Zelia*"):
        assert found(client, Speaker, query) == set()
    assert found(at_desk(make.a_chief()), Speaker, "zelia") == {"Zelia Quandour"}
