"""Tables of where statements come from, and the log of every change."""

from sources.models.article import (
    Access,
    Article,
    ArticleVersion,
    DateOrigin,
    Derivation,
    DerivationKind,
)
from sources.models.change import Action, Change
from sources.models.republication import Decision, Fingerprint, SuggestedDerivation
from sources.models.source import Source, SourceAlias, SourceKind
from sources.models.speaker import (
    Merge,
    OwnVoice,
    Role,
    Speaker,
    SpeakerAlias,
    SpeakerKind,
)
from sources.models.withholding import AccessEntry, WithheldKind, WithheldSpan

__all__ = [
    "Access",
    "AccessEntry",
    "Action",
    "Article",
    "ArticleVersion",
    "Change",
    "DateOrigin",
    "Decision",
    "Derivation",
    "DerivationKind",
    "Fingerprint",
    "Merge",
    "OwnVoice",
    "Role",
    "Source",
    "SourceAlias",
    "SourceKind",
    "Speaker",
    "SpeakerAlias",
    "SpeakerKind",
    "SuggestedDerivation",
    "WithheldKind",
    "WithheldSpan",
]
