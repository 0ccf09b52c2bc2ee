"""What may stand in an address: parameters of every operation, values nobody means.

The operations are read from the committed schema, so that a new parameter is asked
like all others from its first day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote

import yaml
from django.conf import settings

#: No parameter takes these: each value as it stands in an address.
VALUES = {
    # --- characters ---
    "nothing": "",
    "a space": "%20",
    "a plus": "+",
    "NUL": "%00",
    "NUL inside": "a%00b",
    "a byte that begins nothing": "%FF",
    "a lone surrogate": "%ED%A0%80",
    "both halves of a pair": "%ED%A0%BD%ED%B8%80",
    "overlong UTF-8": "%C0%80",
    "overlong slash": "%C0%AF",
    "cut UTF-8": "%D9",
    "beyond the last character": "%F5%80%80%80",
    "no character": "%EF%BF%BF",
    "a replacement mark": quote("\ufffd"),
    "half an escape": "%",
    "an escape of nothing": "%ZZ",
    "escaped twice": "%2500",
    "an escape of another kind": "%u0041",
    "control characters": "%07%1B%5B31m",
    "a header in the value": "x%0d%0aSet-Cookie:%20a=1",
    "lines": "a%0Ab",
    "separators of lines": quote("a\u2028b\u2029c"),
    "right-to-left marks": quote("\u202e\u2066x"),
    "ends of marks never begun": quote("\u202c\u2069x"),
    "no width": quote("a\u200b\u200d\ufeff"),
    "an emoji of several": quote("👩🏽‍🚒"),
    "a flag": quote("🇸🇾"),
    "a pile of combining marks": quote("e" + "\u0301" * 200),
    "dotted and dotless i": quote("İstanbul ISTANBUL ısı"),
    "a sharp s": quote("STRASSE straße"),
    "wide letters": quote("ＰＵＢＬＩＳＨＥＤ"),
    "letters that look like others": quote("РUВLISHЕD"),
    "Arabic letters": quote("غير معروف"),
    "tatweel and vowels": quote("مُحَمَّـــد"),
    "an Arabic comma": quote("1،2"),
    # --- numbers ---
    "a huge number": "9" * 30,
    "a huger number": "9" * 5000,
    "past 64 bits": str(2**63),
    "a huge exponent": "1e999999",
    "an exponent past floats": "1e999",
    "a small exponent": "1e-999",
    "no number": "NaN",
    "a number that signals": "sNaN",
    "infinity": "Infinity",
    "less than all": "-Infinity",
    "sixteen digits": "1234567890123.1234",
    "four digits after the point": "0.0001",
    "an underscore": "3_500",
    "a comma for a point": "3,5,1",
    "Arabic-Indic digits": quote("٣٥٠٠"),
    "Persian digits": quote("۳۵۰۰"),
    "a raised digit": quote("²"),
    "a fraction in one letter": quote("½"),
    "hexadecimal": "0x10",
    "a plus before it": "%2B1",
    "two signs": "--1",
    "a minus that is typeset": quote("−1"),
    "a point alone": ".",
    "with blanks around": "%201%20",
    # --- dates ---
    "year 0": "0000-01-01",
    "year 10000": "10000-01-01",
    "a year before Christ": "-0044-03-15",
    "the 30th of February": "2022-02-30",
    "month 13": "2022-13-01",
    "day first": "03/04/2022",
    "a week": "2022-W04-4",
    "a day of the year": "2022-366",
    "an offset of 99 hours": quote("2022-01-27T00:00:00+99:99"),
    "an offset of a day": quote("2022-01-27T00:00:00+24:00"),
    "a moment of nowhere": "2022-01-27T10:00:00",
    "hour 25": "2022-01-27T25:00:00Z",
    "a leap second": "2016-12-31T23:59:60Z",
    "ten digits of a second": "2022-01-27T10:00:00.0123456789Z",
    "before the first moment": quote("0001-01-01T00:00:00+23:59"),
    "after the last moment": quote("9999-12-31T23:59:59-23:59"),
    "a span of days": "2022-01-01/2022-02-01",
    # --- programs ---
    "SQL": quote("' OR 1=1 --"),
    "a second statement": quote("1; DROP TABLE claims_claim; --"),
    "a sleep": quote("1' AND pg_sleep(10) --"),
    "any letters": "%25",
    "any letter": "_",
    "patterns of LIKE": quote("%_\\"),
    "a pattern that takes long": quote("(a+)+$"),
    "a search": quote('NEAR(a b) OR "a" AND NOT *'),
    "an open quotation mark": quote('"a'),
    "markup": quote("<script>alert(1)</script>"),
    "an entity": quote("&lt;&#0;"),
    "a template": quote("{{ 7*7 }}{% debug %}"),
    "a format": quote("%s%n{0.__class__}"),
    "a formula": quote("=HYPERLINK(1)"),
    "a shell": quote("$(id)`id`|id"),
    "a path": quote("../../../../etc/passwd", safe=""),
    "an address": quote("http://localhost:1/"),
    "an object": quote('{"$gt": ""}'),
    "a list": quote("[1,2]"),
    "null": "null",
    "undefined": "undefined",
    "deep nesting": "[" * 2000,
    "an attribute": "__class__",
    "way down": "a.b.c.d.e.f.g.h",
    "commas": ",,,,",
    "a star": "*",
    "a cursor of nothing": "bnVsbA",
    "ten thousand letters": "a" * 10_000,
    "three thousand letters of two bytes": quote("ع" * 3000),
}
#: Ways to write a parameter that takes one value once.
FORMS = {
    "a list": "{name}[]=1",
    "a list with a place": "{name}[0]=1",
    "an object": "{name}[$ne]=1",
    "a lookup": "{name}__regex=(a%2B)%2B%24",
    "capitals": "{name}_X=1",
    "twice": "{name}=1&{name}=2",
    "twice the same": "{name}=1&{name}=1",
    "a hundred times": "&".join(["{name}=1"] * 100),
    "without a sign": "{name}",
    "a blank before": "%20{name}=1",
    "a NUL after": "{name}%00=1",
    "a semicolon": "{name}_x=1;{name}_y=1",
}
#: Values that some parameter means, and the most do not: answered or refused.
PERHAPS = {
    "minus nothing": "-0",
    "a comma between thousands": "3,500.5",
    "below one": "-1",
    "seconds since 1970": "1643241600",
    "nothing, often": "000",
    "one": "1",
    "two numbers": "50,100",
    "a word": "slug",
    "a thousand names": ",".join(["slug"] * 1000),
    "true": "true",
    "True": "True",
    "the last day": "9999-12-31",
    "the first day": "0001-01-01",
    "digits of a day in Arabic": quote("٢٠٢٢-٠١-٢٧"),
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an operation, at an address that has a row."""

    path: str
    name: str

    @property
    def is_free(self) -> bool:
        """Whether any words may be asked."""
        return self.name in {"q", "search"}


@cache
def schema() -> Any:
    """The committed schema, which another test compares with the code."""
    text = (settings.BASE_DIR / "docs" / "openapi.yaml").read_text()
    return yaml.load(text, yaml.CSafeLoader)


def parameters() -> list[Parameter]:
    """Every parameter in the query of every operation."""
    return [
        Parameter(path, each["name"])
        for path, operations in schema()["paths"].items()
        for each in operations["get"].get("parameters", ())
        if each["in"] == "query"
    ]


#: Read each in a way of its own, whatever their kind.
OF_THEIR_OWN = (
    *("as_of", "cursor", "ordering", "limit", "page", "count", "fields", "expand"),
    *("q", "search", "covers", "overlaps", "agreement", "relation"),
)


def questions(parameter: Parameter) -> Iterator[tuple[str, str, bool]]:
    """What to ask: by what name, the query, and whether it must be refused."""
    for name, value in VALUES.items():
        yield name, f"{parameter.name}={value}", not parameter.is_free
    for name, form in FORMS.items():
        yield name, form.format(name=parameter.name), True
    for name, value in PERHAPS.items():
        yield name, f"{parameter.name}={value}", False


def address(path: str, world: dict[str, str]) -> str:
    """An address of a path of the schema that has a row: of a list, or of its row."""
    below, is_of_row, rest = path.partition("{")
    resource = below.rstrip("/").rpartition("/")[2]
    if not is_of_row:
        return path
    row = world.get(resource, f"{below}falling-total/")
    return row.rstrip("/") + rest.partition("}")[2]
