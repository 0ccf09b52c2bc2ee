"""The history of a row tells who did what, when, why, and what changed."""

import pytest
from django.contrib.admin.models import LogEntry

from sources import curation, history
from sources.models import Change
from tests import factories as make
from tests.admin.browsing import address, at_desk, send

pytestmark = pytest.mark.django_db


def told(client, row) -> list:
    return client.get(address(row, "history")).context["entries"]


def test_a_change_is_told_field_by_field():
    source = make.a_source(name_en="Harbor News", country="")
    editor = make.an_editor("huda")
    client = at_desk(editor)
    send(client, address(source), name_en="Harbour News", country="SY", reason="Typo.")
    newest, oldest = told(client, source)
    assert (newest.action, newest.change.actor_name) == ("Changed", "huda")
    assert newest.change.reason == "Typo."
    assert [(d.label, d.before, d.after) for d in newest.differences] == [
        ("English name", "Harbor News", "Harbour News"),
        ("Country", "—", "SY"),
    ]
    assert oldest.action == "Added"


def test_a_date_and_a_place_are_told_as_one_value_each():
    claim = make.a_recorded_claim()
    client = at_desk(make.an_editor())
    send(
        client,
        address(claim),
        anchor_find="not 60 to 90",
        anchor_start="",
        anchor_end="",
        holds_earliest="2024-05-01",
        holds_precision="MONTH",
    )
    differences = {d.label: d.after for d in told(client, claim)[0].differences}
    assert differences["Holds on"] == "\u20662024-05-01 – 2024-05-31\u2069"
    assert differences["Words"].startswith("not 60 to 90 \u2066(")
    assert set(differences) == {"Holds on", "Words"}


def test_links_are_told_by_name():
    speaker = make.a_speaker(name_en="Mina Haddad")
    quote = make.a_recorded_quote()
    client = at_desk(make.an_editor())
    send(client, address(quote), speaker=speaker.pk)
    (difference,) = told(client, quote)[0].differences
    assert (difference.label, difference.after) == ("Speaker", "Mina Haddad")


def test_the_steps_of_a_statement_are_in_its_history():
    claim = make.a_withdrawn_claim()
    actions = [entry.action for entry in told(at_desk(make.an_editor()), claim)]
    assert actions == ["Withdrawn", "Published", "Recorded"]


def test_an_old_page_of_a_long_history_still_tells_the_difference():
    source, editor = make.a_source(note="0"), make.an_editor()
    for note in range(1, 55):
        source = curation.change(source, {"note": str(note)}, actor=editor)
    client = at_desk(editor)
    last = told(client, source)[-1]
    assert [(d.before, d.after) for d in last.differences] == [("4", "5")]
    page = client.get(address(source, "history") + "?page=2")
    entries = page.context["entries"]
    assert len(entries) == 5
    assert [(d.before, d.after) for d in entries[0].differences] == [("3", "4")]


def test_the_front_page_shows_what_the_account_did_last():
    editor = make.an_editor()
    make.a_source(by=editor)
    make.a_source()
    page = at_desk(editor).get("/admin/")
    assert len(page.context["latest"]) == 1


def test_the_log_itself_is_listed_with_links():
    source = make.a_source()
    page = at_desk(make.an_editor()).get("/admin/sources/change/?model=sources.source")
    assert address(source) in page.content.decode()
    assert page.context["cl"].result_count == 1


def test_djangos_own_log_stays_empty():
    source = make.a_source()
    client = at_desk(make.an_editor())
    send(client, address(source), note="Changed.")
    client.post(address(source, "delete"), {"post": "yes"})
    assert LogEntry.objects.count() == 0


def _withheld():
    return history.change(make.a_speaker(), {"withheld": True}, actor=make.a_chief())


def test_the_chief_reads_a_protected_column_in_the_past():
    withheld, client = _withheld(), at_desk(make.a_chief())
    labels = {
        difference.label
        for entry in told(client, withheld)
        for difference in entry.differences
    }
    page = client.get(address(Change.objects.latest("seq")))
    assert "Withheld" in labels
    assert "withheld" in page.content.decode()


@pytest.mark.parametrize("role", ["contributor", "reviewer", "editor"])
def test_others_read_no_protected_column_and_no_past_of_a_withheld_speaker(role: str):
    withheld, client = _withheld(), at_desk(make.a_user(role))
    page = client.get(address(Change.objects.latest("seq")))
    assert "withheld" not in page.content.decode()
    assert client.get(address(withheld, "history")).status_code == 404
