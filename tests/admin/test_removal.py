"""Only what nothing uses is removed, and the page says what uses the rest."""

import pytest

from claims.models import Event
from sources.models import Action, Change, Source, SpeakerAlias
from tests import factories as make
from tests.admin.browsing import address, at_desk, send

pytestmark = pytest.mark.django_db


def test_what_nothing_uses_is_removed_and_stays_in_the_log():
    source = make.a_source()
    client = at_desk(make.an_editor())
    assert client.post(address(source, "delete"), {"post": "yes"}).status_code == 302
    assert not Source.objects.filter(pk=source.pk).exists()
    change = Change.objects.latest("seq")
    assert (change.action, change.object_id) == (Action.REMOVED, source.pk)


def test_an_event_without_measures_is_removed():
    event = make.an_event()
    client = at_desk(make.an_editor())
    assert client.post(address(event, "delete"), {"post": "yes"}).status_code == 302
    assert not Event.objects.exists()


def test_what_is_used_names_its_users_and_stays():
    event = make.an_event()
    measures = [make.a_measure(event=event, name_en=f"Measure {n}") for n in range(7)]
    client = at_desk(make.an_editor())
    page = client.get(address(event, "delete"))
    assert page.context["protected"] == [
        *(f"Measure: {measure}" for measure in measures[:5]),
        "Measures: …",
    ]
    assert client.post(address(event, "delete"), {"post": "yes"}).status_code == 200
    assert Event.objects.filter(pk=event.pk).exists()


def test_a_name_comes_and_goes_on_the_page_of_its_owner():
    speaker = make.a_speaker()
    client = at_desk(make.an_editor())
    url = address(speaker)
    send(client, url, **{"aliases-0-name": "قسد", "aliases-0-language": "ar"})
    alias = SpeakerAlias.objects.get()
    assert (alias.name, alias.folded) == ("قسد", "قسد")
    send(client, url, **{"aliases-0-DELETE": "on"})
    assert not SpeakerAlias.objects.exists()
    actions = Change.objects.filter(model="sources.speakeralias").order_by("seq")
    assert [change.action for change in actions] == [Action.ADDED, Action.REMOVED]


def test_a_name_given_twice_is_refused_in_the_form():
    speaker = make.a_speaker()
    make.a_speaker_alias("قسد", speaker=speaker)
    page = send(
        at_desk(make.an_editor()), address(speaker), **{"aliases-1-name": "قـسد"}
    )
    assert page.status_code == 200
    assert "already has this alias" in page.content.decode()
    assert SpeakerAlias.objects.count() == 1


def test_a_contributor_sees_names_and_adds_none():
    source = make.a_source()
    make.a_source_alias("HN", source=source)
    page = at_desk(make.a_contributor()).get(address(source)).content.decode()
    assert "HN" in page
    assert 'name="aliases-1-name"' not in page
