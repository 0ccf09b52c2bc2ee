"""What is wrong with a page as a browser shows it, in every width and colour scheme."""

from collections.abc import Collection
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import BrowserContext, Page

#: The widths and schemes of every page; axe hears the last, and looks at one that is
#: light and wide for what colours and columns change.
LOOKS = ((1400, "light"), (1400, "dark"), (420, "light"), (420, "dark"))
WIDE = 1920
OF_COLOUR = ("color-contrast", "link-in-text-block", "scrollable-region-focusable")
RECORD_VIOLATIONS = """
window.violations = [];
addEventListener("securitypolicyviolation", event => violations.push(event.blockedURI));
"""
#: What sticks out of the page, and text that its box or an ancestor of it cuts off.
CUT = """() => {
  const found = [], root = document.documentElement;
  const shown = node => node.textContent.trim().slice(0, 60);
  const wide = root.scrollWidth - root.clientWidth;
  if (wide > 0) found.push(`${wide} px too wide`);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const seen = new Map();
  const clipping = element => {
    if (seen.has(element)) return seen.get(element);
    let box = null;
    if (element && element !== document.body && element !== root) {
      const style = getComputedStyle(element);
      const cuts = style.overflowX !== "visible" || style.clipPath !== "none";
      const outer = clipping(element.parentElement);
      box = outer;
      if (outer !== "unseen" && cuts) {
        const rect = element.getBoundingClientRect();
        if (rect.width <= 1 || rect.height <= 1) box = "unseen";
        else if (style.textOverflow === "ellipsis") box = "scrolled"; // and says so
        else if (/auto|scroll/.test(style.overflowX + style.overflowY)) box = "scrolled";
        else if (outer !== "scrolled") box = {rect, element};
      }
      if (style.visibility === "hidden" || style.opacity === "0") box = "unseen";
    }
    seen.set(element, box);
    return box;
  };
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.data.trim()) continue;
    const cut = clipping(node.parentElement);
    if (cut === "unseen" || cut === "scrolled") continue;
    range.selectNodeContents(node);
    for (const {left, right, top, bottom, width} of range.getClientRects()) {
      if (width < 1) continue;
      if (right <= 0 && bottom <= 0 || bottom <= 0) continue;
      if (left < -1 || right > root.clientWidth + 1) found.push(`out of the page: ${shown(node)}`);
      else if (cut && (left < cut.rect.left - 2 || right > cut.rect.right + 2 || bottom > cut.rect.bottom + 4))
        found.push(`cut by ${cut.element.className || cut.element.tagName}: ${shown(node)}`);
      else continue;
      break;
    }
  }
  return found;
}"""


def faults(
    page: Page, address: str, seen: list[str], *, heard: bool = True
) -> list[str]:
    """What is wrong with the page at an address."""
    seen.clear()
    page.goto(address, wait_until="load")
    return faults_as_shown(page, seen, heard=heard)


def faults_as_shown(page: Page, seen: list[str], *, heard: bool = True) -> list[str]:
    """What is wrong with the page that is open: cuts, noise, blocked content, axe."""
    found: list[str] = []
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        found += page.evaluate(CUT)
    found += [each for each in seen if "404 (Not Found)" not in each]
    found += [f"blocked: {each}" for each in page.evaluate("violations")]
    if heard:
        found += violations(page)
        page.set_viewport_size({"width": WIDE, "height": 900})
        page.emulate_media(color_scheme="light")
        found += [*page.evaluate(CUT), *violations(page, OF_COLOUR)]
    seen.clear()  # of the noise that axe makes
    return list(dict.fromkeys(found))


def violations(page: Page, rules: Collection[str] = ()) -> list[str]:
    """What axe says against the page as it is, once no colour changes any more."""
    page.evaluate("document.getAnimations().forEach(each => each.finish())")
    report = Axe().run(page, options={"runOnly": [*rules]} if rules else None)
    return [
        f"axe: {each['id']}: {[node['html'][:200] for node in each['nodes'][:3]]}"
        for each in report.response["violations"]
    ]


def listening_page(context: BrowserContext, host: str, seen: list[str]) -> Page:
    """A page that notes console messages, errors and requests to other hosts."""

    def note_request(request):
        if urlsplit(request.url).netloc != host:
            seen.append(f"asked {request.url}")

    context.add_init_script(RECORD_VIOLATIONS)
    page = context.new_page()
    page.on("console", lambda message: seen.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: seen.append(f"error: {error}"))
    page.on("request", note_request)
    return page


def sign_in(page: Page, url: str, client: Client, language: str = "en") -> None:
    """Give the tab the session of a signed-in client, and a language."""
    session = client.cookies["sessionid"].value
    cookies = {"sessionid": session, "django_language": language}
    page.context.add_cookies(
        [{"name": name, "value": value, "url": url} for name, value in cookies.items()]
    )
