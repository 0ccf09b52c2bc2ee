"""One child process for the tests that only ask it for texts."""

import pytest

from sources.ingest.extracting import Extraction


@pytest.fixture(scope="session")
def extraction():
    with Extraction() as child:
        yield child
