"""Articles as this app adds to them: a text that comes in is read for statements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils import timezone

from claims import intake
from claims.admin.bringing_in import BringingInAdmin
from claims.admin.workbench import WorkbenchAdmin
from sources.admin import ArticleAdmin, ArticleVersionAdmin
from sources.models import Article, ArticleVersion

if TYPE_CHECKING:
    from django.contrib.auth.models import User

admin.site.unregister([Article, ArticleVersion])


@admin.register(Article)
class ReadArticleAdmin(WorkbenchAdmin, BringingInAdmin, ArticleAdmin):
    """Articles with their workbench."""

    def add_row(self, row: Any, *, form: Any, actor: User) -> None:
        """Bring it in with its text."""
        text = form.cleaned_data["text"]
        intake.add_article(row, text=text, actor=actor, at=timezone.now())


@admin.register(ArticleVersion)
class ReadVersionAdmin(ArticleVersionAdmin):
    """Texts, to the next of which statements are carried over."""

    def add_row(self, row: Any, *, form: Any, actor: User) -> None:
        """Add it as the next version of its article."""
        text = form.cleaned_data["text"]
        at = timezone.now()
        version = intake.add_version(row.article, text=text, actor=actor, at=at)
        row.pk, row.number = version.pk, version.number
