"""At the workbench as a browser is: stored suggestions, open cards, buttons pressed."""

import re
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from claims.models import Suggestion
from sources.models import ArticleVersion
from tests import factories as make
from tests.admin.browsing import fields

TEXT = (
    "🚢 The ferry left at dawn. “Nobody drowned,” said Mina Haddad on 2 May 2024. "
    "About 120 people crossed, she added. More than 40 were children."
)
ARABIC = "🚢🚢 قالت مينا حداد إن ٣٥٠٠ شخص عبروا النهر. وأضافت: «لم يغرق أحد»."


def suggested(version: ArticleVersion, words: str, **columns: Any) -> Suggestion:
    """A stored suggestion of these words: a claim, or with `kind` a quote."""
    anchor = make.anchor(version.text, words)
    kind = "QUOTE" if "kind" in columns else "CLAIM"
    place = {"start": anchor.span.start, "end": anchor.span.end}
    return Suggestion.objects.create(
        article_version=version,
        kind=kind,
        fields={**place, "words": words, **columns},
        rule="en.claim.exact",
        confidence="0.900",
        rule_set="1",
        **place,
    )


def a_number(version: ArticleVersion, words: str = "120 people crossed", **more: Any):
    columns = {"low": "120", "high": "120", "qualifier": "EXACT", "unit": "persons"}
    return suggested(version, words, **{**columns, **more})


def a_quotation(version: ArticleVersion, words: str = "Nobody drowned", **more: Any):
    return suggested(version, words, kind="DIRECT", language="en", **more)


def bench(version: ArticleVersion, query: str = "") -> str:
    address = reverse("admin:sources_article_workbench", args=[version.article_id])
    return f"{address}?{query}" if query else address


def opened(client: Client, version: ArticleVersion, row: Suggestion) -> HttpResponse:
    return client.get(bench(version, f"card=s-{row.pk}"))


def send(
    client: Client, page: HttpResponse, at: str, do: str = "accept", **values: Any
) -> HttpResponse:
    """Press a button of the open card after changing these fields."""
    return client.post(at, {**fields(page), "do": do, **values})


def decide(
    client: Client, version: ArticleVersion, row: Suggestion, do: str, **values: Any
) -> HttpResponse:
    page = opened(client, version, row)
    return send(client, page, bench(version, f"card=s-{row.pk}"), do, **values)


def text_of(page: HttpResponse) -> str:
    return re.sub(r"<[^>]+>", "", page.content.decode())


def conflicts_on(page: HttpResponse) -> list[tuple[str, ...]]:
    """Field, theirs and yours of each row of the table of conflicts.

    They are read from the page: the `context` of a client that races has also what
    others rendered meanwhile.
    """
    row = r'<th scope="row">(.*?)</th>\s*<td>(.*?)</td>\s*<td>(.*?)</td>'
    return re.findall(row, page.content.decode(), re.DOTALL)
