"""How often an anonymous reader may ask."""

from __future__ import annotations

from django.conf import settings
from rest_framework.throttling import AnonRateThrottle


class ReaderThrottle(AnonRateThrottle):
    """Counts the questions of each address; `API_RATE` is read at each of them."""

    def get_rate(self) -> str | None:
        """Return the rate, such as `600/min`; None is no limit."""
        rate: str | None = settings.API_RATE
        return rate
