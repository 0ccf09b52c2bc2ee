"""A speaker of the demo is withheld, under every form of the name that it knows."""

import pytest
from django.test import Client

from sources.models import Speaker
from tests import factories as make
from tests.withholding.crawling import addresses, leaks

pytestmark = pytest.mark.django_db


@pytest.mark.drill
@pytest.mark.usefixtures("replayed")
def test_no_page_of_the_demo_says_a_withheld_name(settings):
    settings.API_RATE = None  # more questions than one reader may ask in a minute
    speaker = Speaker.objects.get(slug="myles-caggins")
    surname = speaker.slug.rpartition("-")[2]
    names = [speaker.name_ar, speaker.name_en, speaker.slug, surname]
    names += [alias.name for alias in speaker.aliases.all()]
    make.withheld(speaker)
    client = Client(raise_request_exception=False)
    found = {
        address: told
        for address in addresses()
        if (told := leaks(client.get(address), names))
    }
    assert found == {}
