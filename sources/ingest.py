"""Bring an article in: clean its text once, hash it, store an immutable version."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sources import engine, history, policy
from sources.models import Article, ArticleVersion

if TYPE_CHECKING:
    import datetime as dt

    from django.contrib.auth.models import User


def clean_text(text: str) -> str:
    r"""Return the text with `\n` for every newline; nothing else is altered.

    Raises:
        ValidationError: for characters that no text has and no database keeps
            (NUL, half of a surrogate pair), naming the place; for an empty text.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for position, character in enumerate(text):
        if character == "\0" or "\ud800" <= character <= "\udfff":
            message = _("The character at %(position)d (U+%(code)04X) is not text.")
            raise ValidationError(
                {"text": message % {"position": position, "code": ord(character)}}
            )
    if not text.strip():
        raise ValidationError({"text": _("An article version needs a text.")})
    return text


@transaction.atomic
def add_article(
    article: Article, *, text: str, fetched_at: dt.datetime, actor: User
) -> ArticleVersion:
    """Add an article with its first version.

    Raises:
        NotAllowed: when the actor's roles do not record.
        ValidationError: when a field, the address or the text is refused.
    """
    policy.require(actor, "add article")
    history.add(article, actor=actor)
    return add_version(article, text=text, fetched_at=fetched_at, actor=actor)


@transaction.atomic
def add_version(
    article: Article, *, text: str, fetched_at: dt.datetime, actor: User
) -> ArticleVersion:
    """Add the next version of an article.

    Raises:
        NotAllowed: when the actor's roles do not record.
        ValidationError: when the text is refused, or is one the article has already.
    """
    policy.require(actor, "add version")
    text = clean_text(text)
    engine.lock_log()  # two writers would take the same number
    last = article.versions.order_by("-number").values_list("number", flat=True).first()
    version = ArticleVersion(
        article=article,
        number=(last or 0) + 1,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        fetched_at=fetched_at,
    )
    return history.add(version, actor=actor)
