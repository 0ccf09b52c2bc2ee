"""What the base knows already: articles, sources by their names, texts alike."""

from __future__ import annotations

from collections import Counter
from difflib import get_close_matches
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from sources.ingest.draft import Refusal
from sources.models import Article, ArticleVersion, Fingerprint, Source, SourceAlias
from sources.text import addresses, likeness
from sources.text.fold import fold_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Of so many articles most like a text, the shares are worked out.
N_ALIKE = 5
#: A fingerprint that so many texts have is boilerplate, and kept for no more of them.
N_COMMON = 100
_AT_ONCE = 500


def article_at(url: str) -> Article | None:
    """Return the article at an address, or at one that leads to the same page."""
    url = addresses.canonical(url)
    found = Article.objects.filter(url__in=addresses.twins(url)).order_by("pk")
    return min(found, key=lambda article: article.url != url, default=None)


def article_with(sha256: str, source: Source | None) -> Article | None:
    """Return the article that has this very text, unless its source is another one.

    For a text that came without an address.
    """
    same = Article.objects.filter(versions__sha256=sha256)
    if source is not None:
        same = same.filter(Q(source=source) | Q(source=None))
    return same.order_by("pk").first()


def source_named(name: str) -> Source:
    """Return the source with this slug, or the one with this name in any spelling.

    Raises:
        Refusal: when there is none, naming the nearest, or more than one.
    """
    if slugged := Source.objects.filter(slug=name).first():
        return slugged
    named: dict[str, set[int]] = {}
    spelled: dict[str, str] = {}
    for written, key in _names_of_sources():
        folded = fold_key(written)
        named.setdefault(folded, set()).add(key)
        spelled.setdefault(folded, written)
    found = named.get(fold_key(name), set())
    if len(found) == 1:
        return Source.objects.get(pk=found.pop())
    if found:
        message = _("“%s” is the name of several sources. Give the slug.") % name
        raise Refusal(message, field="source")
    raise Refusal(_unknown(name, spelled), field="source")


def _names_of_sources() -> Iterator[tuple[str, int]]:
    """Yield every name of every source with its key: two queries."""
    for key, *names in Source.objects.values_list("pk", "slug", "name_ar", "name_en"):
        yield from ((name, key) for name in names if name)
    yield from SourceAlias.objects.values_list("name", "source")


def _unknown(name: str, spelled: dict[str, str]) -> str:
    """Return that a name is unknown, and which of the spelled ones is near."""
    nearest = get_close_matches(fold_key(name), spelled, n=1, cutoff=0.5)
    if not nearest:
        return _("There is no source “%s”.") % name
    return _("There is no source “%(name)s”. The nearest is “%(nearest)s”.") % {
        "name": name,
        "nearest": spelled[nearest[0]],
    }


def remember(version: ArticleVersion) -> list[ArticleVersion]:
    """Keep the fingerprints of a version; return the versions most like it.

    They are of other articles, one of each, at most `N_ALIKE`, the likest first.
    """
    hashes = likeness.fingerprints(version.text)
    found = list(_found(sorted(hashes)))
    counts = Counter(found_hash for found_hash, *_rest in found)
    Fingerprint.objects.bulk_create(
        [
            Fingerprint(article_version=version, hash=value)
            for value in hashes
            if counts[value] < N_COMMON
        ],
        batch_size=_AT_ONCE,
        ignore_conflicts=True,  # somebody may add a text while all are remembered
    )
    alike = Counter((article, key) for _hash, key, article in found)
    best: dict[int, int] = {}
    for (article, key), _count in alike.most_common():
        if article != version.article_id:
            best.setdefault(article, key)
    return _versions(list(best.values())[:N_ALIKE])


def _found(hashes: list[int]) -> Iterator[tuple[int, int, int]]:
    """Yield hash, version and article wherever one of the hashes is known."""
    for first in range(0, len(hashes), _AT_ONCE):
        yield from Fingerprint.objects.filter(
            hash__in=hashes[first : first + _AT_ONCE]
        ).values_list("hash", "article_version", "article_version__article")


def _versions(keys: list[int]) -> list[ArticleVersion]:
    found = ArticleVersion.objects.select_related("article").in_bulk(keys)
    return [found[key] for key in keys]


def remember_all(step: Callable[[], object]) -> int:
    """Work all fingerprints out anew, text by text; return the number of texts.

    `step` is called for each. Until it has ended, some texts are not recognised. Cost: a few milliseconds each.
    """
    Fingerprint.objects.all().delete()
    versions = ArticleVersion.objects.order_by("pk")
    n_texts = 0
    for version in versions.iterator(chunk_size=_AT_ONCE):
        remember(version)
        n_texts += 1
        step()
    return n_texts
