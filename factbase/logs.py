"""What is written to the log of the process."""

from __future__ import annotations

import logging

from sources.masking import unnamed


class UnnamingFormatter(logging.Formatter):
    """Takes withheld names out of a line, of a traceback too: a log knows no chief."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; it asks no database, which may be what failed."""
        return unnamed(super().format(record))
