"""The Arabic catalogue has every message of the project, and is compiled."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.conf import settings

CATALOGUE = settings.BASE_DIR / "factbase/locale/ar/LC_MESSAGES/django.po"
#: How many arguments come before the message.
MARKERS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"), 0),
    **dict.fromkeys(("pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"), 1),
}
TRANSLATE = re.compile(r'{% translate "([^"]+)"')
BLOCK = re.compile(r"{% blocktranslate[^%]*%}(.*?){% (?:plural|endblocktranslate) %}")
PLACEHOLDER = re.compile(r"%\(\w+\)\d*[a-zA-Z]|%[a-z]|{}")


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


def messages_in_code(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        name = isinstance(node, ast.Call) and getattr(node.func, "id", "")
        if name in MARKERS:
            message = node.args[MARKERS[name]]
            if isinstance(message, ast.Constant):
                yield message.value


def messages_in_template(path: Path) -> Iterator[str]:
    text = path.read_text()
    yield from TRANSLATE.findall(text)
    for block in BLOCK.findall(text):
        yield re.sub(r"{{ (\w+) }}", r"%(\1)s", block)


def test_every_message_is_in_the_catalogue(catalogue: polib.POFile):
    known = {entry.msgid for entry in catalogue}
    code = (
        path
        for app in ("factbase", "claims", "sources")
        for path in (settings.BASE_DIR / app).rglob("*.py")
    )
    templates = (settings.BASE_DIR / "templates").rglob("*.html")
    used = {message for path in code for message in messages_in_code(path)}
    used |= {message for path in templates for message in messages_in_template(path)}
    assert len(used) > 300
    assert used - known == set()


def test_every_message_is_translated(catalogue: polib.POFile):
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []


def test_a_translation_fills_in_what_its_message_does(catalogue: polib.POFile):
    differing = [
        entry.msgid
        for entry in catalogue
        if not entry.msgid_plural
        and sorted(PLACEHOLDER.findall(entry.msgid))
        != sorted(PLACEHOLDER.findall(entry.msgstr))
    ]
    assert differing == []


def test_each_plural_has_the_six_forms_of_arabic(catalogue: polib.POFile):
    plurals = [entry for entry in catalogue if entry.msgid_plural]
    assert plurals
    assert {len(entry.msgstr_plural) for entry in plurals} == {6}


def test_the_catalogue_is_compiled(catalogue: polib.POFile):
    assert CATALOGUE.with_suffix(".mo").read_bytes() == catalogue.to_binary()
