"""The two seed articles stand in the base as their annotation says, word for word."""

import datetime as dt
import hashlib
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from claims.models import Basis, Claim, Event, Quote, Status
from sources.models import Article, ArticleVersion, DateOrigin, Derivation, Role
from sources.models.columns import Anchor
from sources.text.dates import PartialDate

pytestmark = pytest.mark.usefixtures("replayed")

HERE = Path(__file__).parent
GOLD: dict[str, Any] = json.loads((HERE / "gold_seeds.json").read_text())["docs"]
SHARED = HERE.parents[2] / "shared"

ARTICLES = {"A": "a-sinaa", "B": "a-coalition"}
TEXTS = {
    "000_091ea166c5367c92.txt": "e06014be343f98eb00c2b381e7c42d8d1212d3bf6cd214f220a9e4d976abd9cf",
    "001_e5bda383449404da.txt": "43d1a98bf349863fe225ee5c0ce32828dfba90f6ac5efc3548c88d530af1b1ba",
}
THURSDAY = dt.date(2022, 1, 27)

# Who is meant by the fullest name in the text; the last one names an office only.
SPEAKERS = {
    "المركز الإعلامي لقوات سوريا الديمقراطية": "sdf-media-centre",
    "قسد": "syrian-democratic-forces",
    "العقيد مايلز كاغينز": "myles-caggins",
    "متحدث التحالف الأسبق": "myles-caggins",
}
QUALIFIERS = {"approx": "ABOUT", "range": "RANGE", "dual": "EXACT", None: "EXACT"}


def version_of(document: str) -> ArticleVersion:
    return ArticleVersion.objects.get(article__code=ARTICLES[document])


def pair(anchor: Anchor | None) -> list[int] | None:
    return [anchor.span.start, anchor.span.end] if anchor else None


def day_of(row: Any, date: str) -> tuple[dt.date, dt.date, str]:
    value: PartialDate = getattr(row, date)
    return value.earliest, value.latest, value.words


# --- texts ---


@pytest.mark.parametrize(("name", "digest"), TEXTS.items())
def test_a_seed_text_is_kept_byte_for_byte(
    fixtures_folder: Path, name: str, digest: str
):
    raw = (fixtures_folder / "hasakah" / "texts" / name).read_bytes()
    assert hashlib.sha256(raw).hexdigest() == digest
    assert ArticleVersion.objects.get(sha256=digest).text == raw.decode()


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        *((f"fixtures/hasakah/texts/{name}", f"seeds/{name}") for name in TEXTS),
        ("tests/demo/gold_seeds.json", "extraction/gold_seeds.json"),
    ],
)
def test_our_copy_is_the_shared_original(
    capsys: pytest.CaptureFixture[str], ours: str, theirs: str
):
    if not SHARED.is_dir():
        with capsys.disabled():
            print(f"\n{SHARED} is absent: {ours} is compared with our own copy only")  # noqa: T201  # says what was not compared
        return
    ours_raw = (HERE.parents[1] / ours).read_bytes()
    assert ours_raw == (SHARED / theirs).read_bytes()


# --- quotes ---


def written(quote: Quote) -> dict[str, Any]:
    return {
        "text": pair(quote.anchor),
        "string": quote.words,
        "speaker": pair(quote.speaker_anchor),
        "speaker_string": quote.speaker_words or None,
        "resolved": quote.speaker.slug if quote.speaker else None,
        "kind": quote.kind.lower(),
        "cue": pair(quote.cue_anchor),
        "cue_string": quote.cue_words or None,
    }


@pytest.mark.parametrize(("document", "count"), [("A", 13), ("B", 18)])
def test_every_quote_is_the_annotated_one(document: str, count: int):
    expected = [
        {name: value for name, value in quote.items() if name != "cls"}
        | {"resolved": SPEAKERS[quote["resolved"]]}
        for quote in GOLD[document]["quotes"]
    ]
    quotes = Quote.objects.filter(article_version=version_of(document))
    assert [written(quote) for quote in quotes.order_by("start")] == expected
    assert len(expected) == count
    assert {quote.language for quote in quotes} == {"ar"}


def test_a_quote_was_said_on_the_day_that_the_text_states():
    quotes = Quote.objects.filter(code__startswith="q-sinaa").order_by("code")
    morning, noon = "صباح اليوم الخميس", "ظهر اليوم الخميس"
    words = [quote.said_on_words for quote in quotes]
    assert words == [morning] * 3 + [""] * 2 + [noon] * 8
    days = {quote.said_on_earliest for quote in quotes if quote.said_on}
    assert days == {THURSDAY}
    interview = Quote.objects.filter(code__startswith="q-coalition")
    assert not interview.exclude(said_on_earliest=None).exists()


@pytest.mark.parametrize(
    ("code", "role"),
    [
        pytest.param("q-coalition-01", "متحدث التحالف الأسبق", id="office in a headline"),
        pytest.param(
            "q-coalition-03",
            "المتحدث الأسبق باسم قوات التحالف الدولي لمحاربة تنظيم “داعش” الإرهابي",
            id="office after the name",
        ),
        pytest.param("q-coalition-06", "العقيد", id="rank alone"),
        pytest.param("q-coalition-13", "المتحدث الأسبق", id="office alone"),
        pytest.param("q-coalition-04", "", id="no role written"),
    ],
)
def test_a_role_is_kept_as_written_there(code: str, role: str):
    assert Quote.objects.get(code=code).role_words == role


# --- quantities ---


def counted(claim: Claim) -> dict[str, Any]:
    return {
        "span": pair(claim.quantity_anchor),
        "string": claim.quantity_words,
        "low": claim.low,
        "high": claim.high,
        "qualifier": claim.qualifier,
        "qualifier_span": pair(claim.qualifier_anchor),
        "noun": pair(claim.counted_anchor),
        "noun_string": claim.counted_words,
        "predicate": pair(claim.predicate_anchor),
        "predicate_string": claim.predicate_words,
    }


def expected_of(quantity: dict[str, Any]) -> dict[str, Any]:
    values = dict(quantity)
    for name in ("category", "note"):
        values.pop(name, None)
    vague = values.pop("vague", None)
    values["qualifier"] = "VAGUE" if vague else QUALIFIERS[values["qualifier"]]
    for end in ("low", "high"):
        values[end] = None if values[end] is None else Decimal(values[end])
    return values


def spans_of(quantity: dict[str, Any]) -> list[list[int]]:
    names = ("span", "qualifier_span", "noun", "predicate")
    return [quantity[name] for name in names if quantity[name]]


def counting(document: str) -> list[Claim]:
    claims = Claim.objects.filter(article_version=version_of(document))
    return list(claims.exclude(qualifier="").order_by("start"))


@pytest.mark.parametrize(("document", "count"), [("A", 4), ("B", 1)])
def test_every_quantity_is_the_annotated_one(document: str, count: int):
    expected = GOLD[document]["quantities"]
    claims = counting(document)
    assert [counted(claim) for claim in claims] == list(map(expected_of, expected))
    assert len(claims) == count


@pytest.mark.parametrize("document", ARTICLES)
def test_a_claim_spans_the_number_and_what_it_is_said_of(document: str):
    for claim, quantity in zip(
        counting(document), GOLD[document]["quantities"], strict=True
    ):
        starts, ends = zip(*spans_of(quantity), strict=True)
        assert (claim.start, claim.end) == (min(starts), max(ends))


@pytest.mark.parametrize("document", ARTICLES)
def test_a_quantity_belongs_to_a_quote_a_speaker_and_a_measure(document: str):
    for claim in counting(document):
        assert claim.quote is not None
        assert claim.quote.span.contains(claim.span)
        assert claim.speaker == claim.quote.speaker
        assert claim.measure is not None
        assert claim.unit == claim.measure.unit == "persons"


def test_each_quantity_has_a_measure_of_its_own():
    claims = [*counting("A"), *counting("B")]
    assert len({claim.measure_id for claim in claims}) == 5


def test_an_expected_number_is_an_estimate_and_the_others_do_not_say():
    bases = {claim.code: claim.basis for claim in [*counting("A"), *counting("B")]}
    assert bases.pop("c-sinaa-holdouts") == Basis.ESTIMATED
    assert set(bases.values()) == {Basis.UNKNOWN}


def test_a_figure_without_a_day_says_so_in_its_note():
    undated = [c for c in [*counting("A"), *counting("B")] if c.holds is None]
    assert len(undated) == 4
    assert all("no day" in claim.note for claim in undated)


# --- dates ---

# Where each of the annotated dates is kept: model, its key, its date, first and last day.
DATES: dict[str, tuple[type[Any], dict[str, str], str, str, str]] = {
    "صباح اليوم الخميس": (
        Quote,
        {"code": "q-sinaa-01"},
        "said_on",
        "2022-01-27",
        "2022-01-27",
    ),
    "ظهر اليوم الخميس": (
        Quote,
        {"code": "q-sinaa-07"},
        "said_on",
        "2022-01-27",
        "2022-01-27",
    ),
    "قبل يومين": (
        Claim,
        {"code": "c-sinaa-unicef-two-days-ago"},
        "holds",
        "2022-01-25",
        "2022-01-25",
    ),
    "25من كانون الثاني 2022": (
        Claim,
        {"code": "c-sinaa-unicef-dated"},
        "holds",
        "2022-01-25",
        "2022-01-25",
    ),
    "أيار من العام 2021": (
        Claim,
        {"code": "c-sinaa-measures-for-children"},
        "holds",
        "2021-05-01",
        "2021-05-31",
    ),
    "الإثنين،31 كانون الثاني(يناير)،2022": (
        Article,
        {"code": "a-coalition"},
        "published",
        "2022-01-31",
        "2022-01-31",
    ),
    "٢٠ كانون الثاني/يناير الجاري": (
        Event,
        {"slug": "attack-on-the-sinaa-prison"},
        "starts",
        "2022-01-20",
        "2022-01-20",
    ),
}


def test_every_annotated_date_has_a_place():
    dates = [date["string"] for document in GOLD.values() for date in document["dates"]]
    assert sorted(DATES) == sorted(dates)
    assert len(dates) == 7


@pytest.mark.parametrize("words", DATES)
def test_a_date_is_kept_with_its_words_and_days(words: str):
    model, key, date, first, last = DATES[words]
    row = model.objects.get(**key)
    days = (dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    assert day_of(row, date) == (*days, words)


def test_a_relative_day_makes_the_inferred_date_of_its_article():
    article = Article.objects.get(code="a-sinaa")
    assert day_of(article, "published") == (THURSDAY, THURSDAY, "صباح اليوم الخميس")
    assert article.published_origin == DateOrigin.INFERRED
    assert THURSDAY.strftime("%A") == "Thursday"


def test_what_no_text_states_is_left_open():
    assert Event.objects.get(slug="attack-on-the-sinaa-prison").ends is None
    assert Article.objects.get(code="a-sinaa").source is None


# --- where it comes from ---


def test_the_interview_is_republished_from_an_agency_that_is_not_in_the_base():
    derivation = Derivation.objects.get(article__code="a-coalition")
    assert derivation.kind == "REPUBLISHES"
    assert derivation.words == "المصدر: موقع “نورث برس”"
    assert derivation.origin is None
    assert derivation.origin_source is not None
    assert derivation.origin_source.articles.count() == 0


def test_the_former_spokesman_is_no_voice_of_the_coalition_on_that_day():
    role = Role.objects.get(speaker__slug="myles-caggins")
    published = Article.objects.get(code="a-coalition").published
    assert role.speaks_for
    assert role.held_until is not None
    assert published is not None
    assert role.held_until.latest < published.earliest
    assert role.held_until.words == "الأسبق"


def test_the_media_centre_speaks_for_the_forces():
    role = Role.objects.get(speaker__slug="sdf-media-centre")
    assert role.speaks_for
    assert role.organisation is not None
    assert role.organisation.slug == "syrian-democratic-forces"
    assert role.held_until is None


def test_everything_in_the_seeds_is_published_and_real():
    seeds = Article.objects.filter(code__in=ARTICLES.values())
    for model in (Quote, Claim):
        rows = model.objects.filter(article_version__article__in=seeds)
        assert set(rows.values_list("status", flat=True)) == {Status.PUBLISHED}
    assert not seeds.filter(is_training=True).exists()
