"""The triggers on this app's tables, in one list; `claims.models.guards` has its own."""

from sources import engine
from sources.models.article import Article, ArticleVersion, Derivation
from sources.models.change import Change
from sources.models.source import Source
from sources.models.speaker import Merge, OwnVoice, Role, Speaker
from sources.models.withholding import AccessEntry, WithheldSpan

_DENSE_NUMBERS = engine.Guard(
    "sources_articleversion_numbers_are_dense",
    ArticleVersion._meta.db_table,
    ("INSERT",),
    "NEW.number <> (SELECT COALESCE(MAX(v.number), 0) + 1 "
    "FROM sources_articleversion v WHERE v.article_id = NEW.article_id)",
    "versions are numbered 1, 2, 3 without a gap",
)
_DENSE_LOG = engine.Guard(
    "sources_change_follows_the_last",
    Change._meta.db_table,
    ("INSERT",),
    "NEW.previous <> COALESCE((SELECT c.digest FROM sources_change c "
    f"WHERE c.seq = NEW.seq - 1), '{'0' * 64}') "
    "OR (NEW.seq > 1 AND NOT EXISTS "
    "(SELECT 1 FROM sources_change c WHERE c.seq = NEW.seq - 1))",
    "an entry follows the last one of the log",
)

GUARDS: list[engine.Guard] = [
    engine.insert_only(Change),
    _DENSE_LOG,
    engine.insert_only(ArticleVersion),
    _DENSE_NUMBERS,
    *(engine.stepped_version(model) for model in (Source, Speaker, Article)),
    *engine.recorded_once(Role),
    *engine.recorded_once(OwnVoice),
    *engine.recorded_once(Merge),
    *engine.recorded_once(Derivation),
    engine.anchored(Derivation),
    *engine.recorded_once(WithheldSpan),
    engine.insert_only(AccessEntry),
]
