import pytest


@pytest.fixture(autouse=True)
def _as_many_questions_as_one_likes(settings):
    """A crawl asks more than one reader may ask in a minute."""
    settings.API_RATE = None
