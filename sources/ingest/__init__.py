"""Bring articles in: read files into drafts, then store immutable versions."""

from __future__ import annotations

from sources.ingest.storing import add_article, add_version, clean_text

__all__ = ["add_article", "add_version", "clean_text"]
