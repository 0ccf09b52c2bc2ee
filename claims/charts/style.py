"""The style sheet of charts: a file for pages, and within a chart that stands alone."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

from django.conf import settings

PATH = "factbase/chart.css"

_file = settings.BASE_DIR / "factbase" / "static" / PATH
#: Without comments and idle spaces.
_bare = re.sub(r"/\*.*?\*/", "", _file.read_text("utf-8"), flags=re.DOTALL)
STYLE = re.sub(r" ?([{};:,]) ", r"\1", " ".join(_bare.split()))

#: What a content policy calls exactly this style sheet.
SOURCE = f"'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"
