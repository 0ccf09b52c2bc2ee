"""The style sheet of charts: a file for pages, and within a chart that stands alone."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from django.conf import settings

PATH = "factbase/chart.css"

STYLE = (settings.BASE_DIR / "factbase" / "static" / PATH).read_text("utf-8")

#: What a content policy calls exactly this style sheet.
SOURCE = f"'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"
