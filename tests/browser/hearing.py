"""What a screen reader has of a page, and what is wrong with it for hands and eyes."""

import re
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page

#: What begins a line when it is read aloud, and ends one.
BLOCKS = {
    *("heading", "paragraph", "listitem", "term", "definition", "row", "form"),
    *("DisclosureTriangle", "Figcaption", "blockquote", "LabelText", "figure"),
    *("group", "region", "list", "DescriptionList", "article", "textbox", "table"),
    *("sectionheader",),
}
#: Where a cell ends, a listener is told of the next one.
CELLS = {"rowheader", "columnheader", "cell"}

#: Headings, landmarks, tables and the way past the navigation.
STRUCTURE = """() => {
  const found = [], all = selector => [...document.querySelectorAll(selector)];
  const seen = element => element.getClientRects().length > 0;
  let level = 0;
  for (const heading of all("h1, h2, h3, h4, h5, h6").filter(seen)) {
    const own = Number(heading.tagName[1]);
    if (own > level + 1) found.push(`h${own} after h${level}: ${heading.textContent.trim()}`);
    level = own;
  }
  if (all("h1").filter(seen).length !== 1) found.push("not one h1");
  if (all("main, [role=main]").length !== 1) found.push("not one main");
  const skip = document.querySelector("a[href], button, input, select, summary");
  const to = skip?.getAttribute("href") ?? "";
  if (all("header, nav").length && !(to[0] === "#" && document.querySelector(to)))
    found.push("no skip link");
  for (const table of all("table").filter(seen)) {
    const name = ["aria-label", "aria-labelledby"].some(each => table.hasAttribute(each));
    if (!table.caption && !name) found.push("table without a name");
    for (const cell of table.querySelectorAll("th"))
      if (!cell.scope) found.push(`th without scope: ${cell.textContent.trim()}`);
  }
  for (const drawing of all("svg:not(svg svg)").filter(seen))
    if (!drawing.closest("[aria-hidden]") && !drawing.querySelector("title"))
      found.push("drawing without a title");
  return found;
}"""
#: What takes the focus and does not show it; a key was pressed before.
UNSEEN_FOCUS = """() => {
  const found = [];
  const look = element => {
    const {outlineStyle, boxShadow, borderColor, backgroundColor, textDecorationLine} = getComputedStyle(element);
    const told = element.querySelector("text"), ring = element.querySelector(".c-hit");
    return [outlineStyle, boxShadow, borderColor, backgroundColor, textDecorationLine,
      told && getComputedStyle(told).opacity, ring && getComputedStyle(ring).stroke].join();
  };
  for (const element of document.querySelectorAll("a, button, input, select, textarea, summary, [tabindex]")) {
    if (element.tabIndex < 0 || !element.getClientRects().length) continue;
    document.activeElement?.blur?.();
    const before = look(element);
    element.focus({preventScroll: true});
    if (document.activeElement === element && look(element) === before)
      found.push(`focus is not seen: ${element.outerHTML.slice(0, 120)}`);
  }
  return found;
}"""
TWICE = 'document.documentElement.style.setProperty("font-size", "200%", "important")'
#: Text that stands outside the page, unless its box scrolls.
STICKING_OUT = """() => {
  const width = document.documentElement.clientWidth;
  const found = [], range = document.createRange();
  const over = document.documentElement.scrollWidth - width;
  if (over > 0) found.push(`${over} px too wide`);
  const scrolls = element => element &&
    (/auto|scroll|hidden|clip/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.data.trim() || getComputedStyle(node.parentElement).opacity === "0") continue;
    range.selectNodeContents(node);
    for (const box of range.getClientRects())
      if (box.bottom > 0 && box.width > 1 && (box.left < -1 || box.right > width + 1)) {
        if (!scrolls(node.parentElement)) found.push(`out of the page: ${node.data.trim().slice(0, 60)}`);
        break;
      }
  }
  return found;
}"""


def heard(page: Page) -> list[str]:
    """Return what a screen reader says of the main part of a page, line by line."""
    session = page.context.new_cdp_session(page)
    session.send("Accessibility.enable")
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}
    [main] = [node for node in nodes if node["role"]["value"] == "main"]
    said = " ".join(_said(main, by_id)).split("\n")
    return [line for each in said if (line := _pointed(" ".join(each.split())))]


def _said(node: dict[str, Any], by_id: dict[str, Any]) -> Iterator[str]:
    role = "" if node["ignored"] else node["role"]["value"]
    if role in {"StaticText", "LineBreak"}:
        yield node["name"]["value"]
        return
    is_block = role in BLOCKS or (role == "link" and _is_mark(node, by_id))
    if is_block:
        yield "\n"
    if role == "group" and node["name"]["value"]:
        yield f"{node['name']['value']}. {node['description']['value']}\n"
    for each in node.get("childIds", ()):
        if each in by_id:
            yield from _said(by_id[each], by_id)
    if role in CELLS:
        yield "|"
    if is_block:
        yield "\n"


def _pointed(line: str) -> str:
    """Return a line without the spaces that stand between pieces and points."""
    return re.sub(r"(?<=[“«]) | (?=[.,:;،؛”»])", "", line)


def _is_mark(node: dict[str, Any], by_id: dict[str, Any]) -> bool:
    """Tell whether a link is a mark of a chart, which stands by itself."""
    parent = by_id.get(node.get("parentId", ""))
    while parent and parent["ignored"]:
        parent = by_id.get(parent.get("parentId", ""))
    return bool(parent) and parent["role"]["value"] == "group"
