"""Saves that come too late, and statements that a newer text lost."""

import pytest

from claims import carrying, suggestions
from claims.models import Claim, Suggestion
from tests import factories as make
from tests.admin.benching import TEXT, a_number, bench, decide, opened, send, text_of
from tests.admin.browsing import at_desk, fields

pytestmark = pytest.mark.django_db


# --- others at the same bench ---


def test_a_save_that_comes_too_late_shows_both_and_loses_nothing():
    version = make.a_version(text=TEXT)
    row = a_number(version)
    mine, theirs = at_desk(make.a_contributor()), at_desk(make.an_editor())
    at, page = bench(version, f"card=s-{row.pk}"), opened(mine, version, row)
    decide(theirs, version, row, "accept", note="theirs")
    late = send(mine, page, at, note="mine", low="110", high="110")
    shown = text_of(late)
    assert "Somebody else" in shown
    assert ("theirs" in shown, "mine" in shown, "110" in shown) == (True, True, True)
    assert Claim.objects.count() == 1
    assert fields(late)["note"] == ["mine"]
    assert (
        send(mine, late, bench(version, late.context["card"].query)).status_code == 302
    )
    assert set(Claim.objects.values_list("note", flat=True)) == {"mine", "theirs"}


def test_a_card_whose_suggestion_was_read_again_shows_what_is_read_now():
    version = make.a_version(text=TEXT)
    row = a_number(version)
    client = at_desk(make.a_contributor())
    at, page = bench(version, f"card=s-{row.pk}"), opened(client, version, row)
    row.fields |= {"low": "130", "high": "130"}
    suggestions.store(version, [_unsaved(row)], rule_set="2")
    late = send(client, page, at, note="mine")
    assert ("130" in text_of(late), "120" in text_of(late)) == (True, True)
    assert Claim.objects.count() == 0
    assert (
        send(client, late, bench(version, late.context["card"].query)).status_code
        == 302
    )
    assert Claim.objects.get().low == 120


def test_a_card_whose_suggestion_is_gone_is_recorded_by_itself():
    version = make.a_version(text=TEXT)
    row = a_number(version)
    client = at_desk(make.a_contributor())
    at, page = bench(version, f"card=s-{row.pk}"), opened(client, version, row)
    suggestions.store(version, [], rule_set="2")
    late = send(client, page, at)
    assert late.context["card"].query == "new=claim"
    assert send(client, late, bench(version, "new=claim")).status_code == 302
    assert Claim.objects.get().rule == ""


def _unsaved(row: Suggestion) -> Suggestion:
    names = ("kind", "start", "end", "fields", "rule", "confidence")
    return Suggestion(**{name: getattr(row, name) for name in names})


def test_a_suggestion_dismissed_twice_is_said_to_be_decided():
    version = make.a_version(text=TEXT)
    row = a_number(version)
    client = at_desk(make.a_contributor())
    at, page = bench(version, f"card=s-{row.pk}"), opened(client, version, row)
    send(client, page, at, "dismiss")
    answer = send(client, page, at, "dismiss")
    assert "dismissed this suggestion already" in text_of(
        client.get(answer["Location"])
    )


# --- a newer text ---


def test_statements_that_a_newer_text_lost_stand_on_top():
    version = make.a_version(text=TEXT)
    make.a_recorded_quote(version=version)
    kept = make.a_recorded_claim(version=version, words="120 people crossed")
    newer = make.a_version(
        text=TEXT.replace("Nobody drowned", "All swam"), article=version.article
    )
    carrying.carry(newer, actor=make.an_editor(), at=make.RECORDED_AT)
    page = at_desk(make.a_contributor()).get(bench(newer))
    assert [each.statement.words for each in page.context["bench"].lost] == [
        "Nobody drowned"
    ]
    assert kept.code in {place.key for place in page.context["bench"].places}
