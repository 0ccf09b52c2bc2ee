"""Hostile text in every field, on every page: only text, all of it, and none outside."""

import json
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from sources.text.fold import fold
from tests import factories as make
from tests.admin.browsing import at_desk
from tests.browser.every_page import ADMIN, ANONYMOUS, CHIEF, pages_about
from tests.browser.hostile_base import ALL_ROWS, a_hostile_base
from tests.browser.looking import CUT, listening_page, sign_in
from tests.policy_matrix.world import World

pytestmark = [pytest.mark.browser, pytest.mark.once]

#: All that a page says, shown or not: its texts and what stands in its fields.
SAID = """() => {
  const found = [document.title];
  const walker = document.createTreeWalker(document.body ?? document.documentElement, NodeFilter.SHOW_TEXT);
  let text = "";
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (parent.closest("script[type*=json]")) JSON.parse(node.data);
    else if (parent.closest("script, style")) continue;
    else text += node.data;
  }
  found.push(text);
  for (const each of document.querySelectorAll("input, textarea")) found.push(each.value);
  return found;
}"""
#: The texts beside a field that move when the field is kept apart: it was not before.
MOVED = """() => {
  const root = document.body ?? document.documentElement;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const fields = [], others = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.data.trim() || node.parentElement.closest("script, style, option, textarea, svg")) continue;
    (/¤\\d+¤/.test(node.data) ? fields : others).push(node);
  }
  const places = () => others.map(node => {
    const range = document.createRange();
    range.selectNodeContents(node);
    const { left, top, width } = range.getBoundingClientRect();
    return [left, top, width];
  });
  const before = places();
  for (const node of fields) {
    const apart = document.createElement("span");
    apart.style.unicodeBidi = "isolate";
    node.replaceWith(apart);
    apart.append(node);
  }
  const moved = [];
  places().forEach((place, n) => {
    if (place.some((value, i) => Math.abs(value - before[n][i]) > 1))
      moved.push(`moved: ${others[n].data.trim().slice(0, 40)} in ${others[n].parentElement.outerHTML.slice(0, 100)}`);
  });
  return moved;
}"""


def mistold(said: list[str], given: list[str]) -> tuple[int, list[str]]:
    """How many fields a page shows, and those that read otherwise than stored.

    One may be cut short where an ellipsis says so.
    """
    n_shown, wrong = 0, []
    for text in said:
        for at in re.finditer(r"¤(\d+)¤", text):
            right = given[int(at[1])]
            shown = text[at.start() : at.start() + len(right)]
            n_shown += 1
            if any(text.startswith(each, at.start()) for each in spellings(right)):
                continue
            cut = shown.find("…")
            if cut > 0 and right.startswith(shown[:cut]):
                continue
            n = next(
                (
                    n
                    for n, (a, b) in enumerate(zip(shown, right, strict=False))
                    if a != b
                ),
                len(shown),
            )
            wrong.append(
                f"reads {shown[n - 20 : n + 40]!r}, not {right[n - 20 : n + 40]!r}"
            )
    return n_shown, wrong


def spellings(given: str) -> tuple[str, ...]:
    """Return a text as stored, as it is folded for searching, and as it is in JSON."""
    return given, fold(given).text, json.dumps(given, ensure_ascii=False)[1:-1]


def faults(
    page: Page, address: str, seen: list[str], given: list[str]
) -> tuple[int, list[str]]:
    """How many fields a page shows, and what is wrong with it."""
    seen.clear()
    page.goto(address, wait_until="load")
    n_shown, found = mistold(page.evaluate(SAID), given)
    found += page.evaluate(CUT)
    found += page.evaluate(MOVED)
    found += [f"blocked: {each}" for each in page.evaluate("violations")]
    return n_shown, list(dict.fromkeys([*found, *seen]))


@pytest.mark.parametrize(
    ("n_rows", "roles"),
    [
        (8, {ANONYMOUS}),
        pytest.param(ALL_ROWS, {ANONYMOUS, CHIEF, ADMIN}, marks=pytest.mark.drill),
    ],
    ids=["readers", "everybody"],
)
def test_hostile_text_is_only_text_on_every_page(
    browser: Browser, site_url: str, n_rows: int, roles: set[str]
):
    """On the pages of readers in every run, on those of the desk too in a drill."""
    texts, rows = a_hostile_base(n_rows)
    people = {ANONYMOUS: None, CHIEF: make.a_chief(), ADMIN: make.an_admin()}
    pages, _asked = pages_about(World(public=rows), people)
    found, n_shown = {}, 0
    tabs, seen = {}, list[str]()
    for role, user in people.items():
        tabs[role] = tab = listening_page(
            browser.new_context(locale="ar"), urlsplit(site_url).netloc, seen
        )
        tab.on(
            "dialog",
            lambda dialog: (seen.append(f"dialog: {dialog.message}"), dialog.dismiss()),
        )
        if user:
            sign_in(tab, site_url, at_desk(user), "ar")
    for each in (page for page in pages if page.role in roles):
        n, wrong = faults(tabs[each.role], site_url + each.address, seen, texts.given)
        n_shown += n
        found |= {each.address: wrong} if wrong else {}
    lines = [f"{address}: {each}" for address, wrong in found.items() for each in wrong]
    assert lines == [], "\n".join(lines)
    assert n_shown > 300
