"""The demo in a base of a test's own."""

from django.conf import settings

from claims.exchange import demo
from tests import factories


def fill() -> None:
    """Replay the demo with four accounts."""
    people = demo.People(
        contributor=factories.a_contributor(),
        reviewer=factories.a_reviewer(),
        editor=factories.an_editor(),
        chief=factories.a_chief(),
    )
    demo.replay(demo.read(settings.BASE_DIR / "fixtures"), people)
