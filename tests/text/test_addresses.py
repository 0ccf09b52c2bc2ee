"""An address has one spelling, and some addresses lead to one page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.text import addresses
from tests import specs


@pytest.mark.parametrize(("address", "canonical"), specs.rows("addresses"))
def test_an_address_is_spelled_one_way(address, canonical):
    assert addresses.canonical(address) == canonical


@given(st.text(max_size=40), st.sampled_from(["", "https://", "http://example.org/"]))
def test_spelling_it_again_changes_nothing_and_nothing_raises(words, beginning):
    once = addresses.canonical(beginning + words)
    assert addresses.canonical(once) == once
    assert addresses.twins(once)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        pytest.param("http://example.org/a?x=1", True, id="without encryption"),
        pytest.param("https://www.example.org/a?x=1", True, id="with www"),
        pytest.param("https://example.org/a/?x=1", True, id="with a slash at the end"),
        pytest.param("https://example.org/a?x=2", False, id="another parameter"),
        pytest.param("https://m.example.org/a?x=1", False, id="the mobile site"),
        pytest.param("https://example.org/A?x=1", False, id="capitals in the path"),
    ],
)
def test_twins_lead_to_one_page(other, same):
    assert (other in addresses.twins("https://example.org/a?x=1")) == same
    assert ("https://example.org/a?x=1" in addresses.twins(other)) == same


def test_the_first_page_has_one_path():
    assert {address.count("/") for address in addresses.twins("https://a.org/")} == {3}
