"""Files of linked data, one document a line: ClaimReview out and in, annotations out.

Of a verdict of others comes in what it is about: the words of the claim, as a plain
claim by whom the verdict names, in an article that is the verdict as it was read, line
by line. Whom nobody names is an unnamed speaker of the office that gave the verdict. A
verdict of this base is given by its chief editor only.
"""

from __future__ import annotations

from itertools import groupby
from typing import IO, TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from claims import visible
from claims.exchange import jsonld, webannotation
from claims.exchange.claimreview.reading import OthersReview, read
from claims.exchange.gathering import FILTERS
from claims.exchange.records import (
    Anchor,
    ArticleRow,
    ClaimRow,
    Record,
    Refusal,
    SourceRow,
    SpeakerRow,
    VersionRow,
    code_of,
    slug_of,
)
from claims.models import Claim, Quote
from sources.models import DateOrigin, SourceKind, SpeakerKind
from sources.models.versioned import language_tag
from sources.policy import as_of
from sources.text.fold import script_of
from sources.text.spans import Span

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from sources.policy import Reader

MEDIA_TYPE = "application/x-ndjson"
_AT_ONCE = 200
_OF_CLAIMS = {"measure", "event"}
_KINDS = {"Person": SpeakerKind.PERSON, "Organization": SpeakerKind.ORGANISATION}
_LONGEST_TITLE = 500
#: What stands between two reviews of one page.
_BETWEEN = "\n\n"


# --- out ---


def write_reviews(reader: Reader, filters: Mapping[str, str]) -> Iterator[bytes]:
    """Yield the verdicts that stand, each on a claim that a reader may see."""
    site, verdicts = jsonld.site_for(reader), visible.assessments(reader)
    assessed = verdicts.order_by().values("claim")
    for claim in _chosen(Claim, reader, filters, pk__in=assessed):
        on_it = verdicts.filter(claim=claim)
        node = jsonld.claim_document(claim, on_it, reader, site)
        if node["@type"] == "ClaimReview":
            yield _line(node)


def write_annotations(reader: Reader, filters: Mapping[str, str]) -> Iterator[bytes]:
    """Yield the public statements that a reader may see, as Web Annotations."""
    site = jsonld.site_for(reader)
    kinds = (Claim,) if _OF_CLAIMS & set(filters) else (Quote, Claim)
    for model in kinds:
        for each in _chosen(model, reader, filters):
            text = each.article_version.text
            yield _line(webannotation.document(each, text, site))


def _chosen(
    model: Any, reader: Reader, filters: Mapping[str, str], **lookups: Any
) -> Iterator[Any]:
    columns = {FILTERS[name]: value for name, value in filters.items()}
    status = columns.pop("status", None)
    rows = visible.permalink(model, reader).public(as_of(reader))
    chosen = rows.filter(**columns, **lookups).order_by("code")
    found = chosen.iterator(chunk_size=_AT_ONCE)
    return (row for row in found if status in (None, row.status))


def _line(node: dict[str, Any]) -> bytes:
    return f"{jsonld.as_json(node)}\n".encode()


# --- in ---


def read_reviews(
    stream: IO[bytes], file: str, at: dt.datetime
) -> Iterator[Record | Refusal]:
    """Yield a record for each review, or for those of one page that follow each other."""
    for url, together in groupby(read(stream, file), key=_page):
        several = list(together)
        if not url:
            yield from (_record([each], at) for each in several)
        else:
            yield _record(several, at)


def _page(found: OthersReview | Refusal) -> str:
    return found.url if isinstance(found, OthersReview) else ""


def _record(found: list[Any], at: dt.datetime) -> Record | Refusal:
    first = found[0]
    if isinstance(first, Refusal):
        return first
    if first.author is None:
        return Refusal(_("This is missing."), field="author", place=first.place)
    source = SourceRow(
        slug=slug_of(first.author.name, kind="s"),
        kind=SourceKind.OUTLET,
        homepage=first.author.url,
        **_named(first.author.name),
    )
    texts = [_as_read(each) for each in found]
    speakers = [_speaker(each, source) for each in found]
    article = ArticleRow(
        code=code_of("a", source.slug, first.url or texts[0]),
        title=first.claimed[:_LONGEST_TITLE],
        language=_tag(first.language),
        source=source.slug,
        url=first.url,
        published=first.published,
        published_origin=DateOrigin.METADATA if first.published else "",
        versions=(VersionRow(text=_BETWEEN.join(texts), fetched_at=at),),
    )
    claims: dict[str, ClaimRow] = {}
    start = 0
    for each, speaker, text in zip(found, speakers, texts, strict=True):
        claims.setdefault(each.claimed, _claim(each, speaker, article, start))
        start += len(text + _BETWEEN)
    return Record(
        place=first.place,
        sources=(source,),
        speakers=tuple({each.slug: each for each in speakers}.values()),
        articles=(article,),
        claims=tuple(claims.values()),
    )


def _claim(
    review: OthersReview, speaker: SpeakerRow, article: ArticleRow, start: int
) -> ClaimRow:
    return ClaimRow(
        code=code_of("c", article.code, review.claimed),
        article=article.code,
        anchor=Anchor(Span(start, start + len(review.claimed)), review.claimed),
        speaker=speaker.slug,
    )


def _as_read(review: OthersReview) -> str:
    """Return a review as lines: the claim, who made it, the verdict, where it stood."""
    rating, who = review.rating, review.speaker
    scale = [f"{each:f}" if each is not None else "?" for each in rating.scale]
    lines = [
        review.claimed,
        who.name if who else "",
        rating.name,
        " / ".join(scale) if rating.value is not None else "",
        review.body,
        *(each.url for each in review.appearances),
    ]
    return "\n".join(line for line in lines if line)


def _speaker(review: OthersReview, source: SourceRow) -> SpeakerRow:
    """Return who made the claim; of whom too little is told, the source's unnamed."""
    who = review.speaker
    if who and who.kind in _KINDS:
        slug = slug_of(who.name, kind="p")
        return SpeakerRow(slug=slug, kind=_KINDS[who.kind], **_named(who.name))
    name = who.name if who else "not named"
    return SpeakerRow(
        slug=slug_of(f"{name} {source.slug}", kind="p"),
        kind=SpeakerKind.UNNAMED,
        source=source.slug,
        **_named(name),
    )


def _named(name: str) -> dict[str, Any]:
    return {"name_ar" if script_of(name) == "Arab" else "name_en": name}


def _tag(language: str) -> str:
    try:
        language_tag(language)
    except ValidationError:
        return "und"
    return language
