"""The index is what a rebuild would make of the rows, whatever was done to them."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from claims import recording, search
from claims.models import Claim, SearchEntry
from sources import curation, following, word_index
from sources.models import Article
from sources.text.terms import parse
from tests import factories as make
from tests.history.processes import PROCESSES
from tests.search.finding import found
from tests.search.stored import stored

pytestmark = pytest.mark.django_db


class Undone(Exception):
    """Ends a transaction."""


def boats_that_are_undone() -> None:
    with transaction.atomic():
        make.a_published_claim()
        assert found("boats", make.an_editor())
        raise Undone


def ferries_that_are_undone() -> None:
    with transaction.atomic(), following.together():
        make.an_article(title="Ferries stay away")
        raise Undone


@pytest.mark.parametrize("name", PROCESSES)
def test_after_each_process_the_index_is_what_a_rebuild_makes(name: str):
    process = PROCESSES[name]
    process.run(process.prepare())
    kept = stored()
    search.rebuild()
    assert stored() == kept


def test_a_rebuild_from_nothing_makes_the_same():
    make.a_published_claim()
    make.a_recorded_quote()
    kept = stored()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM claims_searchentry")
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM claims_searchentry_words")
    assert not found("boats", make.an_editor())
    call_command("rebuild_search")
    assert stored() == kept
    assert kept["entries"]


def test_a_rebuild_removes_what_no_row_stands_for():
    source = make.a_source(name_en="Gazette")
    (key,) = SearchEntry.objects.values_list("pk", flat=True)
    SearchEntry.objects.filter(pk=key).update(object_id=source.pk + 1)
    search.rebuild()
    assert [entry.object_id for entry in SearchEntry.objects.all()] == [source.pk]


def test_what_is_undone_was_never_searched():
    before = stored()
    with pytest.raises(Undone):
        boats_that_are_undone()
    assert stored() == before
    assert not found("boats", make.an_editor())


def test_what_is_written_together_is_indexed_at_the_end_once():
    with transaction.atomic(), following.together():
        article = make.an_article(title="Ferries stay away")
        assert not found("ferries", make.an_editor())
    assert found("ferries", make.an_editor()) == [("article", article.code)]


def test_what_fails_together_is_not_indexed():
    with pytest.raises(Undone):
        ferries_that_are_undone()
    assert not SearchEntry.objects.exists()


def test_a_new_version_takes_the_place_of_the_old_one():
    article = make.an_article(text="Lanterns went out.")
    make.a_version(article=article, text="Lamps went out.")
    assert not found("lanterns", make.an_editor())
    assert found("lamps", make.an_editor()) == [("article", article.code)]


def test_a_measure_takes_its_claims_to_another_event():
    claim = make.a_recorded_claim()
    other = make.an_event(name_en="Regatta")
    recording.change(claim.measure, {"event": other}, actor=make.an_editor())
    assert SearchEntry.objects.get(kind="claim").event == other.pk


def test_an_article_takes_its_statements_to_another_day():
    claim = make.a_recorded_claim()
    article = Article.objects.get(pk=claim.article_version.article_id)
    curation.change(article, {"language": "ar"}, actor=make.an_editor())
    assert SearchEntry.objects.get(kind="claim").language == "ar"


def word(n: int) -> str:
    """A word for a number that has no other form."""
    return "q" + "".join("bcdfghjkmn"[int(digit)] for digit in str(n))


MANY = " ".join(map(word, range(20_000)))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(MANY, id="many words"),
        pytest.param(f"{'oar ' * 400}{MANY}", id="one word often"),
    ],
)
def test_words_and_phrases_of_a_long_text_are_found_wherever_they_stand(text: str):
    article = make.an_article(title="Register", text=text)
    editor, articles = make.an_editor(), Article.objects.filter(pk=article.pk)
    for words in (
        *map(word, (0, 249, 250, 251, 16_383, 19_999)),
        *(f'"{word(n)} {word(n + 1)}"' for n in range(100, 260, 9)),
        '"{} {} {}"'.format(*map(word, (19_997, 19_998, 19_999))),
        f"{word(3)} {word(17_001)} register",
        f"{word(1_999)}*",
    ):
        assert search.matching(articles, words, editor), words
    for words in (
        f'"{word(3)} {word(5)}"',
        f'"{word(19_999)} {word(1)}"',
        f"{word(3)} {word(20_000)}",
        f"{word(20_000)}*",
    ):
        assert not search.matching(articles, words, editor), words


def test_a_text_of_the_longest_words_is_found():
    """As many as one vector holds, whose letters take four bytes each: over a megabyte."""
    words = [word(n).ljust(60, "𐎀") for n in range(3_900)]
    article = make.an_article(text=" ".join(words))
    found = search.matching(
        Article.objects.all(), f'"{" ".join(words[-2:])}"', make.a_chief()
    )
    assert found.get() == article


def test_a_phrase_does_not_cross_from_the_title_or_another_field():
    make.an_article(title="Ferries stay", text="Away they went.", byline="Sami Nour")
    editor = make.an_editor()
    assert found('"ferries stay"', editor)
    assert not found('"stay away"', editor)
    assert not found('"stay sami"', editor)
    assert not found('"nour away"', editor)
    assert found("stay nour away", editor)


def test_any_list_of_a_kind_is_narrowed_by_words():
    claim = make.a_recorded_claim()
    make.a_recorded_claim(words="About 120 people crossed the river")
    claims = Claim.objects.order_by("pk")
    narrowed = search.matching(claims, claim.words, make.an_editor())
    assert claim in narrowed
    assert search.matching(claims, "  ", make.an_editor()).count() == claims.count()
    assert not search.matching(claims, "zeppelin", make.an_editor())


def newest(words: str, most: int) -> list[int]:
    rows = SearchEntry.objects.values_list("id", "object_id")
    return [row for _key, row in word_index.newest(rows, parse(words), most=most)]


def test_the_newest_are_found_in_order_whether_they_are_near_or_far():
    """Days lie months and years apart, a long text among them; some have none."""
    days = [0, 0, *range(700_000, 738_000, 4_000), *range(738_000, 738_300, 10)]
    texts = {n: "oars" if n % 3 else f"oars oak {MANY}" for n in (*range(4), 20)}
    columns = [field.attname for field in SearchEntry._meta.concrete_fields]
    rows = [
        (
            [(day << 35) + n, "article", n, True, True, "", *[None] * 4, ""],
            word_index.words_of([], [texts.get(n, "oars yew")]),
        )
        for n, day in enumerate(days)
    ]
    word_index.insert(SearchEntry._meta.db_table, columns, rows)
    backwards = list(reversed(range(len(days))))
    for most in (1, 5, 30, 31, 32, 33, 100):
        assert newest("oars", most) == backwards[:most]
    assert newest("oak", 2) == [3, 0]
    assert newest("oars oak", 1) == [3]
    assert newest("yew", 100) == [n for n in backwards if n not in texts]
