"""What a page says: its text and links, read with the standard library's parser."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "img", "hr"}


@dataclass
class Part:
    """Text, and the elements it stands in, outermost first."""

    text: str
    within: list[tuple[str, dict[str, str]]]

    def stands_in(self, css_class: str) -> bool:
        return any(
            css_class in attributes.get("class", "").split()
            for _, attributes in self.within
        )

    def attribute(self, name: str) -> str:
        """The attribute's value on the innermost element that has it."""
        values = [given[name] for _, given in self.within if name in given]
        return values[-1] if values else ""


@dataclass
class Markup(HTMLParser):
    """A page in parts."""

    html: str
    parts: list[Part] = field(default_factory=list)

    def __post_init__(self):
        super().__init__()
        self.open = []
        self.tags = []
        self.feed(self.html)

    def handle_starttag(self, tag, attributes):
        given = {name: value or "" for name, value in attributes}
        self.tags.append((tag, given))
        if tag not in VOID:
            self.open.append((tag, given))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, text):
        self.parts.append(Part(text, list(self.open)))

    def text_in(self, css_class: str) -> str:
        return "".join(part.text for part in self.parts if part.stands_in(css_class))

    def text_linked_to(self, address: str, css_class: str) -> str:
        """What stands in links to an address, within elements of a class."""
        return "".join(
            part.text
            for part in self.parts
            if part.stands_in(css_class) and part.attribute("href") == address
        )

    def links(self) -> set[str]:
        return {given["href"] for tag, given in self.tags if tag == "a"}

    def ids(self) -> list[str]:
        return [given["id"] for _, given in self.tags if "id" in given]


def without_ours(html: bytes) -> bytes:
    """A page but for the scripts of every page, and data that no browser runs."""
    for ours in (
        rb'<script src="/static/factbase/search[.\w]*\.js" defer></script>',
        rb'<script src="/static/factbase/copy[.\w]*\.js" defer></script>',
        rb'<script type="application/ld\+json">',
    ):
        html = re.sub(ours, b"", html, count=1)
    return html
