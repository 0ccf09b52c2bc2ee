"""The Arabic catalogue has every message of the project, and is compiled."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import django
import polib
import pytest
from django.conf import settings
from django.utils.dates import MONTHS
from django.utils.translation import gettext, ngettext, override

from sources.text.dates import PartialDate

CATALOGUE = settings.BASE_DIR / "factbase/locale/ar/LC_MESSAGES/django.po"
#: How many arguments come before the message.
MARKERS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"), 0),
    **dict.fromkeys(("pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"), 1),
}
TRANSLATE = re.compile(r'{% translate "([^"]+)"')
BLOCK = re.compile(r"{% blocktranslate[^%]*%}(.*?){% (?:plural|endblocktranslate) %}")
PLACEHOLDER = re.compile(r"%\(\w+\)\d*[a-zA-Z]|%[a-z]|{}")

#: Where Django keeps what it says.
DJANGO = ("conf", "contrib/admin", "contrib/auth")
#: What it says of what this base has not: languages, kinds of fields and of logging in.
NOT_SAID_HERE = {
    *("Central Kurdish (Sorani)", "Malay", "Uyghur", "String (unlimited)"),
    *("Enter a valid domain name.", "Enter a valid %(protocol)s address."),
    *("IPv4", "IPv6", "IPv4 or IPv6"),
    "Ensure this value is a multiple of step size %(limit_value)s.",
    "Ensure this value is a multiple of step size %(limit_value)s, starting from"
    " %(offset)s, e.g. %(offset)s, %(valid_value1)s, %(valid_value2)s, and so on.",
}
#: What is the same in both languages.
SAME = {":", ":?.!", "%(class_name)s %(instance)s", "salt"}


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


@pytest.mark.parametrize("part", DJANGO)
def test_what_django_says_is_said_in_arabic(part: str):
    path = Path(django.__file__).parent / part / "locale/en/LC_MESSAGES/django.po"
    with override("ar"):
        in_english = {
            entry.msgid
            for entry in polib.pofile(str(path))
            if not entry.msgctxt and entry.msgid == in_arabic(entry)
        }
    assert in_english - NOT_SAID_HERE - SAME == set()


def in_arabic(entry: polib.POEntry) -> str:
    if entry.msgid_plural:
        return ngettext(entry.msgid, entry.msgid_plural, 1)
    return gettext(entry.msgid)


def test_months_have_both_names_wherever_a_date_is_written():
    with override("ar"):
        told = [f"{MONTHS[month]} 2022" for month in range(1, 13)]
    ours = [PartialDate.month(2022, month).in_words("ar") for month in range(1, 13)]
    assert told == ours
