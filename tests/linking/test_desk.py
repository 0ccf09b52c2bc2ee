"""Suggested links on the desk: a list, a page for each decision, a command."""

import json

import pytest
from django.core.management import call_command

from claims import recording
from claims.models import SameUtterance, SuggestedLink
from tests import factories as make
from tests.admin.browsing import address, at_desk, complaints, fields, send
from tests.linking import desks
from tests.linking.test_decisions import PARTS, TEXT, WORDS, a_claim

pytestmark = pytest.mark.django_db

OPEN = address(SuggestedLink, "changelist", verdict__exact="OPEN")


def step(link: SuggestedLink, verb: str) -> str:
    return f"{address(link).removesuffix('change/')}step/{verb}/"


def a_link() -> SuggestedLink:
    measure = desks.a_measure()
    for _ in range(2):
        make.published(a_claim(measure=measure))
    [link] = desks.suggested()
    return link


def a_link_to_a_measure() -> SuggestedLink:
    desks.a_claim(f"{TEXT[:-1]} in Dana.", WORDS, 12, **PARTS)
    desks.a_measure()
    [link] = desks.suggested()
    return link


def test_the_list_shows_both_passages_with_score_and_reason():
    a_link()
    page = at_desk(make.a_reviewer()).get(OPEN).content.decode()
    assert page.count(f">{WORDS}</blockquote>") == 2
    assert "0.90" in page
    assert "Nearly the same words, with the same numbers." in page


def test_the_list_reads_arabic():
    link = a_link()
    client = at_desk(make.a_reviewer())
    client.cookies["django_language"] = "ar"
    page = client.get(OPEN).content.decode()
    assert 'dir="rtl"' in page
    assert step(link, "accept") in page


def test_the_list_costs_the_same_however_long_it_is(django_assert_num_queries):
    client = at_desk(make.a_chief())
    a_link()
    with django_assert_num_queries(6):  # session, account, roles, names
        client.get(OPEN)  # how many are listed, the rows
    a_claim()
    desks.suggested()
    with django_assert_num_queries(6):
        client.get(OPEN)


def test_the_first_screen_counts_what_waits():
    a_link()
    page = at_desk(make.an_editor()).get("/admin/").content.decode()
    assert "1 waits" in page
    assert OPEN in page


def test_a_link_is_accepted_on_its_page():
    link = a_link()
    client = at_desk(make.a_reviewer())
    page = client.get(step(link, "accept"))
    assert page.content.decode().count(f"<mark>{WORDS}</mark>") == 2
    read_at = fields(page)["read_at"]
    assert send(client, step(link, "accept"), read_at=read_at).status_code == 302
    assert SameUtterance.objects.count() == 1
    assert step(link, "accept") not in client.get(OPEN).content.decode()


def test_a_measure_is_accepted_by_whoever_may_edit_the_claim():
    link = a_link_to_a_measure()
    answer = at_desk(make.a_reviewer()).get(step(link, "accept"), follow=True)
    assert "This step cannot be taken now" in answer.content.decode()
    client = at_desk(make.an_editor())
    assert send(client, step(link, "accept")).status_code == 302
    link.claim.refresh_from_db()
    assert link.claim.measure == link.measure


def test_a_link_is_refused_on_its_page():
    link = a_link()
    client = at_desk(make.a_contributor())
    assert send(client, step(link, "refuse")).status_code == 302
    link.refresh_from_db()
    assert link.verdict == "REFUSED"
    assert step(link, "accept") not in client.get(OPEN).content.decode()


def test_what_changed_since_the_page_was_read_is_shown_both_ways():
    link = a_link_to_a_measure()
    client = at_desk(make.an_editor())
    read_at = fields(client.get(step(link, "accept")))["read_at"]
    values = {"low": 15, "high": 15}
    recording.edit(link.claim, values, actor=make.an_editor())
    page = client.post(step(link, "accept"), {"read_at": read_at[0]})
    assert "Low: “12” when you read it, “15” now." in complaints(page)
    again = fields(page)["read_at"]
    assert again != read_at
    assert client.post(step(link, "accept"), {"read_at": again[0]}).status_code == 302


def test_a_withheld_name_hides_in_the_list_but_for_the_chief():
    speaker = make.a_speaker(name_en="Mina Haddad")
    text = f"{TEXT[:-1]}, Mina Haddad said."
    for _ in range(2):
        desks.a_claim(text, f"{WORDS} when rockets", 12, **PARTS, speaker=speaker)
    [link] = desks.suggested()
    make.withheld(speaker)
    for where in (OPEN, step(link, "accept"), step(link, "refuse")):
        assert "Haddad" not in at_desk(make.an_editor()).get(where).content.decode()
    assert "Haddad" in at_desk(make.a_chief()).get(OPEN).content.decode()


def test_what_counts_once_is_taken_back_on_its_page():
    link = a_link()
    client = at_desk(make.a_reviewer())
    send(client, step(link, "accept"))
    joined = SameUtterance.objects.get()
    where = f"{address(joined).removesuffix('change/')}step/end/"
    assert client.get(where).status_code == 403
    editor = at_desk(make.an_editor())
    assert send(editor, where, reason="Mistaken").status_code == 302
    joined.refresh_from_db()
    assert joined.ended_at is not None


def test_the_command_looks_for_links_anew_and_counts(capsys):
    for _ in range(2):
        a_claim()
    call_command("suggest", "--links", "--json")
    done = json.loads(capsys.readouterr().out)
    assert done == {"added": 1, "updated": 0, "removed": 0}
    call_command("suggest", "--links")
    assert capsys.readouterr().out == "added 0, updated 0, removed 0\n"


def test_the_page_of_the_measure_says_what_is_not_counted_again(client):
    link = a_link()
    send(at_desk(make.a_reviewer()), step(link, "accept"))
    page = client.get(link.claim.measure.get_absolute_url()).content.decode()
    assert "a person judged it to be the same utterance as" in page
