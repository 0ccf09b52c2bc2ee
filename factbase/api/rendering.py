"""JSON in which a decimal is the decimal that was stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from rest_framework.renderers import BaseRenderer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal


def digits(number: Decimal) -> orjson.Fragment:
    """Return a decimal as the very digits to print: 3500, 0.125."""
    return orjson.Fragment(format(number.normalize(), "f"))


class ExactJSONRenderer(BaseRenderer):
    """Prints decimals digit by digit, as a float would round them."""

    media_type = "application/json"
    format = "json"
    charset = None  # JSON is UTF-8 and says nothing of it

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """Return the bytes of an answer."""
        del accepted_media_type, renderer_context
        return orjson.dumps(data, default=digits)
