"""Every stored span of both seed articles is found again in a real browser."""

import pytest
from playwright.sync_api import Browser

from claims.models import Claim, Quote

pytestmark = pytest.mark.browser

#: Cut the article's text as the browser has it, counting code points.
CUT = """spans => {
  const points = Array.from(document.querySelector(".text").textContent);
  return spans.map(([start, end]) => points.slice(start, end).join(""));
}"""
#: The words that a highlight shows, in the order of the page.
MARKED = """code => Array.from(document.querySelectorAll(`.text a[href$="/${code}/"]`))
  .map(link => link.textContent).join("")"""


@pytest.mark.parametrize("code", ["a-sinaa", "a-coalition"])
def test_the_browser_finds_every_word_of_a_seed_where_it_is_stored(
    browser: Browser, demo_url: str, code: str
):
    quotes, claims = (
        list(model.objects.public().filter(article_version__article__code=code))
        for model in (Quote, Claim)
    )
    assert quotes
    assert claims
    anchors = [anchor for each in (*quotes, *claims) for anchor in each.anchors()]
    page = browser.new_page()
    page.goto(f"{demo_url}/articles/{code}/")
    spans = [[anchor.span.start, anchor.span.end] for anchor in anchors]
    assert page.evaluate(CUT, spans) == [anchor.words for anchor in anchors]
    for claim in claims:
        assert page.evaluate(MARKED, claim.code) == claim.words
