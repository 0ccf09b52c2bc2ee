"""How often an anonymous reader may ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from rest_framework.throttling import AnonRateThrottle

if TYPE_CHECKING:
    from rest_framework.request import Request


class ReaderThrottle(AnonRateThrottle):
    """Counts the questions of each address; `API_RATE` is read at each of them."""

    num_requests: int
    duration: int

    def get_rate(self) -> str | None:
        """Return the rate, such as `600/min`; None is no limit."""
        rate: str | None = settings.API_RATE
        return rate

    def allow_request(self, request: Request, view: Any) -> bool:
        """Return whether the answer may be given; some count as several questions."""
        self.cost = getattr(request.accepted_renderer, "cost", 1)
        return super().allow_request(request, view)

    def throttle_success(self) -> bool:
        """Remember what the answer cost, as far as the rate goes."""
        left = self.num_requests - len(self.history)
        self.history[:0] = [self.now] * min(self.cost, left)
        self.cache.set(self.key, self.history, self.duration)
        return True
