"""Drafts as a reader gives them, without a file."""

from typing import Any

from sources.ingest.draft import Draft, Place, SourceOrigin
from tests import factories as make


def a_draft(**columns: Any) -> Draft:
    """A draft with an address; a `source` counts as given with the article."""
    columns = {
        "text": make.ENGLISH,
        "title": "Boats leave at dawn",
        "url": "https://harbour.example/boats",
        "language": "en",
        **columns,
    }
    if "source" in columns:
        columns.setdefault("source_origin", SourceOrigin.GIVEN)
    return Draft(place=Place("boats.ndjson", 3), **columns)
