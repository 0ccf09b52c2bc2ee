"""A speaker of the demo is withheld, under every form of the name that it knows."""

import pytest
from django.test import Client

from factbase.api import examples
from sources.models import Speaker, SpeakerKind
from tests import factories as make
from tests.withholding.crawling import addresses, leaks

pytestmark = pytest.mark.django_db


def forms(speaker: Speaker) -> list[str]:
    surname = speaker.slug.rpartition("-")[2]
    aliases = [alias.name for alias in speaker.aliases.all()]
    return [speaker.name_ar, speaker.name_en, speaker.slug, surname, *aliases]


@pytest.mark.drill
@pytest.mark.usefixtures("replayed")
def test_no_page_of_the_demo_says_a_withheld_name(settings):
    settings.API_RATE = None  # more questions than one reader may ask in a minute
    speaker = Speaker.objects.get(slug="myles-caggins")
    names = forms(speaker)
    make.withheld(speaker)
    client = Client(raise_request_exception=False)
    found = {
        address: told
        for address in addresses()
        if (told := leaks(client.get(address), names))
    }
    assert found == {}


@pytest.mark.usefixtures("replayed")
def test_no_example_of_the_api_names_a_person_who_lives():
    """What is shipped cannot be withheld."""
    told = examples.PATH.read_text("utf-8").casefold()
    people = Speaker.objects.filter(kind=SpeakerKind.PERSON)
    named = {
        speaker.is_training
        for speaker in people
        if any(name.casefold() in told for name in forms(speaker) if name)
    }
    assert named == {True}
