"""What programs that we did not write, in JavaScript, make of our linked data."""

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.once

#: A claim with a verdict, a claim without one, a quote; with what each of them is.
PAGES = {
    "claims/c-ferry-rescuers-missing": "ClaimReview",
    "claims/c-sinaa-joined": "Claim",
    "quotes/q-coalition-01": "Quotation",
}
#: What Google asks of a ClaimReview.
ASKED = {"url", "reviewRating", "claimReviewed", "author", "datePublished"}

WHOLE = ("a-sinaa", "a-coalition", "a-ferry-translation", "a-ferry-agency-english")
#: Paywalled: its page has only the passages around what was said.
IN_PASSAGES = "a-ferry-rescuers"


def test_the_structured_data_testing_tool_finds_no_fault(
    demo_url: str, ask_node: Callable[..., Any]
):
    for path, kind in PAGES.items():
        told = ask_node("structured_data.js", f"{demo_url}/{path}/", kind)
        assert (told["failed"], told["schemas"]) == ([], [kind])
        if kind == "ClaimReview":
            assert set(told["passed"]) >= ASKED


def test_apache_annotator_finds_the_words_of_every_annotation_where_they_stand(
    demo_url: str, ask_node: Callable[..., Any]
):
    for article in (*WHOLE, IN_PASSAGES):
        told = ask_node("anchor.js", demo_url, article)
        assert told["total"] == len(told["results"]) > 2
        for each in told["results"]:
            places = dict(each["quoted"])
            assert set(places.values()) == {each["exact"]}
            if article != IN_PASSAGES:
                assert each["start"] in places
                assert each["placed"] == [each["exact"]]
