"""Templates rendered as they are in earnest, for tests that read only the answers."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.template.base import Template
from django.template.context import Context


@contextmanager
def unrecorded() -> Iterator[None]:
    """Spare Django's record of every template: `response.context` stays empty.

    It copies the context for each box of each form; and where clients race, each
    would copy those of all others.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", _rendered)
        yield


def _rendered(template: Template, context: Context) -> str:
    return template.nodelist.render(context)
