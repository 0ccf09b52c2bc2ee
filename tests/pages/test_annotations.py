"""Web Annotations: where the words of statements stand, as far as anyone may know."""

import json
from typing import Any

import pytest

from sources.models import AccessEntry
from sources.text.masks import MARK, MARKED
from tests import factories as make
from tests.pages.asking import addresses_of, annotated, asked

pytestmark = pytest.mark.django_db

BETWEEN = "2024-05-05"  # published on the 3rd of May, withdrawn on the 6th


# --- annotations ---


def selectors(annotation: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    quote, position = annotation["target"]["selector"]
    return quote, position


def test_an_annotation_says_where_the_words_stand_and_what_they_say():
    version = make.a_version(url="https://bay.example/1")
    claim = make.a_published_claim(version=version, speaker=make.a_speaker())
    said = annotated(claim)
    assert (said["id"], said["type"]) == (
        f"http://testserver/annotations/{claim.code}/",
        "Annotation",
    )
    assert said["created"] == "2024-05-03T09:00:00Z"
    assert said["target"]["source"] == "https://bay.example/1"
    article = version.article.get_absolute_url()
    assert said["target"]["state"]["cached"] == f"http://testserver{article}?version=1"
    quote, position = selectors(said)
    assert quote["exact"] == claim.words
    assert version.text[position["start"] : position["end"]] == claim.words
    texts = [(b["purpose"], b["value"]) for b in said["body"] if "value" in b]
    assert ("classifying", "claim") in texts
    assert ("describing", "120 persons") in texts
    sources = {each["source"] for each in said["body"] if "source" in each}
    assert f"http://testserver{claim.get_absolute_url()}" in sources


def test_positions_count_code_points():
    text = "\U0001f6a2 Early: 120 people crossed the river"
    claim = make.a_published_claim(version=make.a_version(text=text))
    _quote, position = selectors(annotated(claim))
    assert position["start"] == text.index("120") == 9


def test_without_an_address_the_words_stand_on_our_page():
    target = annotated(make.a_published_quote())["target"]
    assert target["source"].startswith("http://testserver/articles/")
    assert "state" not in target


@pytest.mark.parametrize("access", ["OPEN", "PAYWALLED", "RESTRICTED"])
def test_no_more_than_the_rest_of_the_paragraph_is_told(access: str):
    text = "The secret line.\nAs said 120 people crossed the river at dawn.\nAnother."
    version = make.a_version(text=text, access=access)
    quote, _position = selectors(annotated(make.a_published_claim(version=version)))
    assert (quote["prefix"], quote["suffix"]) == ("As said ", " at dawn.")


def test_a_long_paragraph_is_cut_at_words():
    text = f"{'word ' * 90}120 people crossed the river {'more ' * 90}"
    version = make.a_version(text=text, access="PAYWALLED")
    quote, _position = selectors(annotated(make.a_published_claim(version=version)))
    assert len(quote["prefix"]) <= 32
    assert set(quote["prefix"].split()) == {"word"}
    assert set(quote["suffix"].split()) == {"more"}


def test_a_withdrawal_is_told_in_the_annotation():
    claim = make.a_withdrawn_claim()
    said = annotated(claim)
    values = [each.get("value") for each in said["body"]]
    assert {"withdrawn", claim.withdrawal_reason} <= set(values)
    assert said["modified"] > said["created"]
    assert "modified" not in annotated(claim, f"?as_of={BETWEEN}")


def test_annotations_of_an_article_come_in_pages(django_assert_num_queries):
    version = make.a_version()
    for _ in range(31):
        make.a_published_quote(version=version)
    make.a_recorded_quote(version=version)
    at = f"{version.article.get_absolute_url()}annotations/"
    collection = asked(at)
    assert (collection["type"], collection["total"]) == ("AnnotationCollection", 31)
    first, last = (asked(collection[name]) for name in ("first", "last"))
    assert (len(first["items"]), len(last["items"])) == (30, 1)
    assert (first["startIndex"], last["startIndex"]) == (0, 30)
    assert (first["next"], last["prev"]) == (last["id"], first["id"])
    assert not {"prev", "next"} & ({*first} - {"next"} | {*last} - {"prev"})
    assert annotated_alone(last["items"][0]) == last["items"][0]
    for page in ("0", "3", "x"):
        asked(f"{at}?page={page}", status=404)
    with django_assert_num_queries(5):  # article, quotes, claims, texts, names
        asked(f"{at}?page=1")


def annotated_alone(item: dict[str, Any]) -> dict[str, Any]:
    said = asked(item["id"])
    del said["@context"]
    return said


def test_an_article_of_a_past_day_has_the_annotations_of_that_day():
    claim = make.a_withdrawn_claim()
    at = f"{claim.article_version.article.get_absolute_url()}annotations/"
    then = asked(f"{at}?page=1&as_of={BETWEEN}")
    assert then["items"][0]["id"].endswith(f"/annotations/{claim.code}/")
    assert "modified" not in then["items"][0]
    assert asked(f"{at}?as_of=2024-05-06")["total"] == 0


# --- withheld names ---


@pytest.fixture
def hidden() -> Any:
    """A quote whose words, neighbourhood and speaker hold a withheld name."""
    speaker = make.a_speaker(name_en="Mona Tabet")
    text = "Mona Tabet knows that Mona Tabet saw boats, Mona Tabet said."
    version = make.a_version(text=text, url="https://bay.example/1", title="Mona Tabet")
    named = make.a_published_quote(
        version=version, speaker=speaker, words="Mona Tabet saw boats"
    )
    near = make.a_published_quote(version=version, speaker=speaker, words="saw boats")
    make.withheld(speaker)
    return named, near


@pytest.mark.parametrize("who", ["nobody", "chief"])
def test_a_withheld_name_is_told_to_nobody(hidden: Any, who: str):
    reader = make.a_chief() if who == "chief" else None
    named, near = hidden
    article = near.article_version.article.get_absolute_url()
    found = [
        *(asked(each, reader) for row in hidden for each in addresses_of(row)),
        asked(f"{article}annotations/?page=1", reader),
    ]
    told = json.dumps(found, ensure_ascii=False)
    assert "Tabet" not in told
    assert MARKED in told
    assert not AccessEntry.objects.exists()
    assert named.code in told


def test_selectors_do_not_reach_over_a_mark(hidden: Any):
    _named, near = hidden
    quote, position = selectors(annotated(near))
    assert (quote["prefix"], quote["suffix"]) == (" ", ", ")
    assert position["end"] - position["start"] == len("saw boats")


def test_words_with_a_mark_are_sought_on_our_page_only(hidden: Any):
    named, _near = hidden
    said = annotated(named)
    assert said["target"]["source"].startswith("http://testserver/articles/")
    quote, position = selectors(said)
    assert quote["exact"] == f"{MARKED} saw boats"
    shown = f"{MARKED} knows that {MARKED} saw boats, {MARKED} said."
    assert shown[position["start"] : position["end"]] == quote["exact"]
    assert MARK not in quote["prefix"] + quote["suffix"]
