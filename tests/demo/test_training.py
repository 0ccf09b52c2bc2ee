"""The training example has something for every screen and every role."""

from collections import Counter

import pytest

from claims.models import (
    Assessment,
    Claim,
    Decision,
    Event,
    Measure,
    Nature,
    Qualifier,
    Quote,
    Review,
    Status,
    Suggestion,
    Translation,
    WithdrawalKind,
)
from sources.models import Article, ArticleVersion, Derivation, Source, Speaker

pytestmark = pytest.mark.usefixtures("replayed")

MISSING = "missing-from-the-ferry-sahab"


def training_claims():
    return Claim.objects.filter(article_version__article__is_training=True)


def training_quotes():
    return Quote.objects.filter(article_version__article__is_training=True)


@pytest.mark.parametrize(
    ("model", "real", "invented"),
    [(Source, 2, 5), (Speaker, 4, 5), (Event, 2, 1), (Article, 2, 7)],
)
def test_what_is_invented_is_marked_as_such(model: type, real: int, invented: int):
    marks = Counter(model.objects.values_list("is_training", flat=True))
    assert marks == {False: real, True: invented}


def test_an_invented_text_says_so_in_its_first_line():
    versions = ArticleVersion.objects.filter(article__is_training=True)
    labels = {"ar": "مثال تدريبي: نص مختلق", "en": "Training example: invented text"}
    for version in versions.select_related("article"):
        assert version.text.startswith(labels[version.article.language])
        assert 60 <= len(version.text.split()) <= 150


def test_it_is_written_in_both_languages():
    articles = Article.objects.filter(is_training=True)
    languages = Counter(articles.values_list("language", flat=True))
    assert languages == {"ar": 4, "en": 3}


def test_one_chain_leads_from_the_republication_to_the_press_office():
    chain = Derivation.objects.filter(article__is_training=True).order_by("pk")
    steps = [(d.article.code, d.kind, d.origin.code) for d in chain if d.origin]
    assert steps == [
        ("a-ferry-agency", "QUOTES", "a-ferry-press-office"),
        ("a-ferry-republication", "REPUBLISHES", "a-ferry-agency"),
        ("a-ferry-translation", "TRANSLATES", "a-ferry-agency"),
    ]


def test_three_voices_speak():
    speakers = Speaker.objects.filter(pk__in=training_claims().values("speaker"))
    voices = set()
    for speaker in speakers:
        role = speaker.roles.filter(speaks_for=True).first()
        voices.add(role.organisation.slug if role else speaker.slug)
    assert voices == {
        "tilmara-harbour-authority",
        "lantern-rescue-society",
        "medical-source-of-harbour-news",
    }


def test_every_way_to_hedge_a_number_but_two_is_there():
    used = set(training_claims().values_list("qualifier", flat=True))
    vague_in_the_seeds = {Qualifier.VAGUE}
    assert set(Qualifier) - used == vague_in_the_seeds | {
        Qualifier.AT_MOST,
        Qualifier.LESS_THAN,
    }


def test_the_missing_are_contested():
    figures = Claim.objects.published().filter(measure__slug=MISSING, denied=False)
    ranges = set(figures.values_list("low", "high"))
    assert {(60, 90), (200, None)} <= ranges
    assert Claim.objects.published().filter(measure__slug=MISSING, denied=True).exists()


def test_a_running_total_grows():
    dead = Claim.objects.published().filter(measure__slug="dead-of-the-ferry-sahab")
    lows = list(dead.order_by("holds_earliest").values_list("low", flat=True))
    assert lows == [12, 15, 17, 19]


def test_measures_of_every_nature_are_there():
    assert set(Measure.objects.values_list("nature", flat=True)) == set(Nature)


@pytest.mark.parametrize(
    "text", ["🛟", "👩‍🚒", "\N{LEFT-TO-RIGHT MARK}Lantern 3\N{LEFT-TO-RIGHT MARK}"]
)
def test_one_text_is_hard_to_count_in(text: str):
    assert text in ArticleVersion.objects.get(article__code="a-ferry-post").text


def test_a_split_quotation_has_its_pieces():
    quote = Quote.objects.get(code="q-ferry-rescuers-missing")
    assert [words for _start, _end, words in quote.pieces] == [
        "We counted the seats and the life jackets",
        "At least 200 people are missing, not 60 and not 90",
    ]
    assert quote.pieces[0][0] == quote.start
    assert quote.pieces[-1][1] == quote.end


def test_one_claim_corrects_another():
    new = Claim.objects.get(replaces__isnull=False)
    assert new.status == Status.PUBLISHED
    assert new.replaces.status == Status.WITHDRAWN
    assert new.replaces.withdrawal_kind == WithdrawalKind.CORRECTED
    assert new.replaces.withdrawal_reason == new.replacement_reason


def test_one_claim_is_withdrawn_for_good():
    claim = Claim.objects.get(withdrawal_kind=WithdrawalKind.RETRACTED)
    assert claim.status == Status.WITHDRAWN
    assert not claim.replacements.exists()


def test_one_article_was_taken_back_by_its_source():
    article = Article.objects.exclude(retracted_on=None).get()
    assert article.code == "a-ferry-translation"
    assert article.retraction_notice


def test_some_statements_wait_and_some_came_back():
    returned = Review.objects.filter(decision=Decision.RETURNED)
    assert all(review.note for review in returned)
    assert {review.subject.code for review in returned} == {
        "q-ferry-agency-bodies",
        "c-ferry-families-waiting",
    }
    waiting = {
        *training_claims().recorded().values_list("code", flat=True),
        *training_quotes().recorded().values_list("code", flat=True),
    }
    assert len(waiting) == 6
    assert {review.subject.code for review in returned} < waiting


def test_some_statements_are_only_suggested():
    open_ones = Suggestion.objects.filter(status="OPEN")
    assert Counter(open_ones.values_list("kind", flat=True)) == {"CLAIM": 3, "QUOTE": 3}
    for suggestion in open_ones.select_related("article_version"):
        fields, text = suggestion.fields, suggestion.article_version.text
        assert text[suggestion.start : suggestion.end] == fields["words"]
        for name in fields:
            if name.endswith("_words"):
                start, end = fields[f"{name[:-5]}start"], fields[f"{name[:-5]}end"]
                assert text[start:end] == fields[name]


def test_one_assessment_is_published_and_one_waits():
    verdicts = dict(Assessment.objects.values_list("status", "rating"))
    assert verdicts == {"PUBLISHED": "DISPUTED", "RECORDED": "CONTRADICTED"}
    assert Assessment.objects.get(status="PUBLISHED").evidence.count() == 2


def test_translations_go_both_ways():
    rows = Translation.objects.select_related("quote")
    ways = {(row.quote.language, row.language) for row in rows if row.quote}
    assert ways == {("ar", "en"), ("en", "ar")}
    assert {row.credit for row in rows} == {"Dalia Karim", ""}
