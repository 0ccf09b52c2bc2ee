"""Bring an article in: clean its text once, hash it, store an immutable version."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sources import engine, following, history, masking, originals, policy
from sources.ingest import known, offers
from sources.models import Article, ArticleVersion

if TYPE_CHECKING:
    import datetime as dt

    from django.contrib.auth.models import User


@dataclass(frozen=True, slots=True)
class Original:
    """What a text was taken from: the bytes, their kind, by what means.

    Empty for a text that somebody pasted; a record has no bytes of its own.
    """

    content: bytes = field(default=b"", repr=False)
    media_type: str = ""
    extractor: str = ""


PASTED = Original()

#: Characters that no text has and no database keeps.
NO_TEXT = re.compile("[\0\ud800-\udfff]")


def digest_of(text: str) -> str:
    """Return the SHA-256 under which a clean text is known."""
    return hashlib.sha256(text.encode()).hexdigest()


def clean_text(text: str) -> str:
    r"""Return the text with `\n` for every newline; nothing else is altered.

    Raises:
        ValidationError: for characters that no text has and no database keeps
            (NUL, half of a surrogate pair), naming the place; for an empty text.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := NO_TEXT.search(text):
        message = _("The character at %(position)d (U+%(code)04X) is not text.")
        place = {"position": found.start(), "code": ord(found.group())}
        raise ValidationError({"text": message % place})
    if not text.strip():
        raise ValidationError({"text": _("An article version needs a text.")})
    return text


@masking.truth()
@transaction.atomic
@following.together()
def add_article(
    article: Article,
    *,
    text: str,
    fetched_at: dt.datetime,
    actor: User,
    original: Original = PASTED,
) -> ArticleVersion:
    """Add an article with its first version.

    Raises:
        NotAllowed: when the actor's roles do not record.
        ValidationError: when a field, the address or the text is refused.
        OSError: when the original cannot be kept.
    """
    policy.require(actor, "add article")
    history.add(article, actor=actor)
    version = ArticleVersion(article=article, number=1, fetched_at=fetched_at)
    return _add(version, clean_text(text), original, actor=actor)


@masking.truth()
@transaction.atomic
def add_version(
    article: Article,
    *,
    text: str,
    fetched_at: dt.datetime,
    actor: User,
    original: Original = PASTED,
) -> ArticleVersion:
    """Add the next version of an article, and offer what it seems to take from where.

    Raises:
        NotAllowed: when the actor's roles do not record.
        ValidationError: when the text is refused, or is one the article has already.
        OSError: when the original cannot be kept.
    """
    policy.require(actor, "add version")
    text = clean_text(text)
    engine.lock_log()  # two writers would take the same number
    last = article.versions.order_by("-number").values_list("number", flat=True).first()
    number = (last or 0) + 1
    version = ArticleVersion(article=article, number=number, fetched_at=fetched_at)
    return _add(version, text, original, actor=actor)


def _add(
    version: ArticleVersion, text: str, original: Original, *, actor: User
) -> ArticleVersion:
    version.text, version.sha256 = text, digest_of(text)
    version.original_sha256 = originals.digest_of(original.content)
    version.original_media_type = original.media_type
    version.extractor = original.extractor
    history.add(version, actor=actor)
    keep_original(version, original)
    offers.make(version, known.remember(version))
    return version


def keep_original(version: ArticleVersion, original: Original) -> None:
    """Keep the bytes that a version was taken from; lost ones too, if they are these.

    Raises:
        OSError: when they cannot be kept.
    """
    digest = originals.digest_of(original.content)
    if digest and digest == version.original_sha256:
        originals.keep(original.content)
