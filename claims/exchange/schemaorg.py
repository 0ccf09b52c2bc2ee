"""Statements in the words of schema.org: claims, quotations, and who said them where.

https://schema.org/Claim, https://schema.org/Quotation. What nobody stated is left
out: an open side of a quantity, a day that is known as a period only, the author of
a figure that the speaker denies. Names are in the language that is active.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from claims.models import Claim, Status
from sources.models import SpeakerKind
from sources.text.dates import Precision

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from decimal import Decimal

    from claims.models import Quote
    from sources.models import Article, Source, Speaker
    from sources.models.versioned import Bilingual
    from sources.text.dates import PartialDate

Node = dict[str, Any]

CONTEXT = "https://schema.org"
#: How many letters of an ISO date say as much as a precision does.
_LETTERS = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}


class Site(NamedTuple):
    """How addresses of ours are written: for ever, and as of the day that is shown."""

    lasting: Callable[[str], str]
    shown: Callable[[str], str]


def speaking(language: str) -> AbstractContextManager[None]:
    """Write names in the language of what they stand beside, not in the reader's."""
    return translation.override("ar" if language.startswith("ar") else "en")


def known(**properties: Any) -> Node:
    """Return properties without those of which nothing is known; `@type` as `type_`."""
    names = {"type_": "@type", "context": "@context"}
    return {
        names.get(name, name): value
        for name, value in properties.items()
        if value not in (None, "", [], {})
    }


def document(node: Node, site: Site) -> Node:
    """Return a node as a document of its own: with its context, by whom, and how free."""
    return {
        "@context": CONTEXT,
        **node,
        **known(sdPublisher=publisher(site), sdLicense=settings.DATA_LICENCE_URL),
    }


def publisher(site: Site) -> Node:
    """Return this base as an organisation."""
    return known(type_="Organization", name=_("Factbase"), url=site.lasting("/"))


def claim(claim: Claim, quote: Quote | None, first: Article | None, site: Site) -> Node:
    """Return a claim; `quote` is the one it was made in, `first` where it first stood.

    Reads what the permanent page of the claim has loaded.
    """
    article = claim.article_version.article
    return known(
        **_statement(claim, site),
        author=None if claim.denied else _author(claim, site),
        datePublished=written(claim.said_when(quote.said_on if quote else None)),
        appearance=publication(article, site),
        firstAppearance=publication(first, site) if first else None,
        about=_event(claim, site),
        mainEntity=None if claim.denied else _quantity(claim),
    )


def quotation(quote: Quote, site: Site) -> Node:
    """Return a quotation; reads what the permanent page of the quote has loaded."""
    article = quote.article_version.article
    return known(
        **_statement(quote, site),
        spokenByCharacter=_author(quote, site),
        dateCreated=written(quote.said_on),
        isPartOf=publication(article, site),
    )


def _statement(statement: Claim | Quote, site: Site) -> Node:
    is_claim = isinstance(statement, Claim)
    kind = "Claim" if is_claim else "Quotation"
    language = statement.article_version.article.language
    return known(
        type_=kind,
        identifier=statement.code,
        url=site.shown(statement.get_absolute_url()),
        text=statement.words,
        inLanguage=language,
        disambiguatingDescription=". ".join(remarks(statement)),
        workTranslation=[
            known(
                type_=kind,
                text=each.words,
                inLanguage=each.language,
                creditText=each.credit,
            )
            for each in statement.translations.all()
        ],
        **_withdrawal(statement),
    )


def remarks(statement: Claim | Quote) -> list[str]:
    """Return what must be said beside the words, so that nobody mistakes them."""
    found = []
    if statement.article_version.article.is_training:
        found.append(_("training example"))
    if isinstance(statement, Claim):
        if statement.denied:
            found.append(_("The speaker denies this figure."))
    else:
        found.append(str(statement.get_kind_display()))
    return found


def _withdrawal(statement: Claim | Quote) -> Node:
    if statement.status != Status.WITHDRAWN or statement.withdrawn_at is None:
        return {}
    return {
        "creativeWorkStatus": str(statement.get_status_display()),
        "correction": known(
            type_="CorrectionComment",
            text=statement.withdrawal_reason,
            datePublished=statement.withdrawn_at.date().isoformat(),
        ),
    }


def _author(statement: Claim | Quote, site: Site) -> Node | None:
    if statement.speaker:
        return voice(statement.speaker, site)
    return office(statement.source, site) if statement.source else None


def voice(speaker: Speaker, site: Site) -> Node:
    """Return who spoke; schema.org knows persons and organisations."""
    is_office = speaker.kind == SpeakerKind.ORGANISATION
    same = f"https://www.wikidata.org/entity/{speaker.wikidata}"
    return known(
        type_="Organization" if is_office else "Person",
        **_names(speaker),
        url=_page(speaker, site),
        sameAs=same if speaker.wikidata else "",
    )


def office(source: Source, site: Site) -> Node:
    """Return a source."""
    return known(
        type_="Organization",
        **_names(source),
        url=_page(source, site),
        sameAs=source.homepage,
    )


def publication(article: Article, site: Site) -> Node:
    """Return an article, with the address where it was published."""
    own = site.shown(article.get_absolute_url())
    return known(
        type_="NewsArticle",
        headline=article.title,
        url=article.url or own,
        subjectOf=own if article.url else "",
        inLanguage=article.language,
        datePublished=written(article.published),
        publisher=office(article.source, site) if article.source else None,
        archivedAt=article.archive_url,
    )


def _event(claim: Claim, site: Site) -> Node | None:
    event = claim.measure.event if claim.measure else None
    if event is None:
        return None
    return known(
        type_="Event",
        **_names(event),
        url=_page(event, site),
        startDate=written(event.starts),
        endDate=written(event.ends),
    )


def _quantity(claim: Claim) -> Node | None:
    if not claim.qualifier:
        return None
    return known(
        type_="QuantitativeValue",
        name=claim.quantity_words,
        description=str(claim.get_qualifier_display()),
        minValue=number(claim.low),
        maxValue=number(claim.high),
        value=number(claim.best),
        unitText=claim.unit,
    )


def number(value: Decimal | None) -> float | None:
    """Return a stored number for JSON: a float keeps its 15 digits exactly."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def written(date: PartialDate | None) -> str:
    """Return a date as ISO 8601 writes it; empty for a period, which is no one day."""
    letters = _LETTERS.get(date.precision, 0) if date else 0
    return date.earliest.isoformat()[:letters] if date else ""


def _names(row: Bilingual) -> Node:
    return known(name=row.name, alternateName=row.other_name)


def _page(row: Any, site: Site) -> str:
    address = row.get_absolute_url()
    return site.shown(address) if address else ""
