"""The file that a text was taken from: handed out as it came, never shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from sources import originals
from sources.admin.desk import DeskAdmin
from sources.ingest.contents import MEDIA_TYPES
from sources.masking import is_restricted
from sources.models import ArticleVersion

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase
    from django.urls import URLPattern

_ENDINGS = {media_type: f".{kind}" for kind, media_type in MEDIA_TYPES.items()}


class OriginalsAdmin(DeskAdmin):
    """Versions whose original is there to download for those who see them."""

    def get_urls(self) -> list[URLPattern]:
        """Add the address of the download."""
        address = self.page(
            "<path:object_id>/original/",
            self.original_view,
            name="sources_articleversion_original",
            act="read an original",
        )
        return [address, *super().get_urls()]

    def original_view(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        """Send the bytes, unless they are no longer those that came in.

        No mark hides a name in them: from whom names are withheld, files are too.
        """
        version = self.get_object(request, unquote(object_id))
        if is_restricted():
            raise PermissionDenied
        if not isinstance(version, ArticleVersion) or not version.original_sha256:
            raise Http404
        try:
            content = originals.read(version.original_sha256)
        except originals.Lost:
            message = _("The original is missing or was altered: run manage.py verify.")
            self.message_user(request, message, messages.ERROR)
            return redirect("admin:sources_articleversion_change", quote(version.pk))
        ending = _ENDINGS.get(version.original_media_type, "")
        name = f"{version.article.code}-{version.number}{ending}"
        return HttpResponse(
            content,
            headers={
                "Content-Type": "application/octet-stream",  # nothing to open at once
                "Content-Disposition": f'attachment; filename="{name}"',
                "X-Content-Type-Options": "nosniff",
            },
        )
