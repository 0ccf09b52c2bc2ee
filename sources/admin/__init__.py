"""The admin of where statements come from."""

from sources.admin.articles import ArticleAdmin, ArticleVersionAdmin, DerivationAdmin
from sources.admin.catalogue import (
    MergeAdmin,
    RoleAdmin,
    SourceAdmin,
    SourceAliasAdmin,
    SpeakerAdmin,
    SpeakerAliasAdmin,
)
from sources.admin.log import ChangeAdmin
from sources.admin.offers import SuggestedDerivationAdmin
from sources.admin.withholding import AccessEntryAdmin, WithheldSpanAdmin

__all__ = [
    "AccessEntryAdmin",
    "ArticleAdmin",
    "ArticleVersionAdmin",
    "ChangeAdmin",
    "DerivationAdmin",
    "MergeAdmin",
    "RoleAdmin",
    "SourceAdmin",
    "SourceAliasAdmin",
    "SpeakerAdmin",
    "SpeakerAliasAdmin",
    "SuggestedDerivationAdmin",
    "WithheldSpanAdmin",
]
