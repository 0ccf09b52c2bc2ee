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

__all__ = [
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
]
