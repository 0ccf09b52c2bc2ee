"""The workbench without a script: cards opened by links, saved by forms."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import Claim, Quote, Suggestion, SuggestionStatus
from sources.models import ArticleVersion
from tests import factories as make
from tests.admin.benching import (
    ARABIC,
    TEXT,
    a_number,
    a_quotation,
    bench,
    decide,
    opened,
    send,
    text_of,
)
from tests.admin.browsing import at_desk, fields

pytestmark = pytest.mark.django_db


# --- one card after another ---


def test_a_suggestion_is_accepted_as_it_stands_and_the_next_opens():
    version = make.a_version(text=TEXT)
    first, second = a_quotation(version), a_number(version)
    client = at_desk(make.a_contributor())
    answer = decide(client, version, first, "accept")
    assert answer.status_code == 302
    assert f"card=s-{second.pk}" in answer["Location"]
    quote = Quote.objects.get()
    assert (quote.words, quote.rule, quote.status) == (
        "Nobody drowned",
        "en.claim.exact",
        "RECORDED",
    )
    first.refresh_from_db()
    assert first.status == SuggestionStatus.ACCEPTED


def test_a_changed_suggestion_is_recorded_as_changed():
    version = make.a_version(text=TEXT)
    row = a_number(version)
    client = at_desk(make.a_contributor())
    decide(client, version, row, "accept", low="١١٥", high="1٬250", qualifier="RANGE")
    claim = Claim.objects.get()
    assert (claim.low, claim.high, claim.quantity.qualifier) == (115, 1250, "RANGE")
    row.refresh_from_db()
    assert row.status == SuggestionStatus.CHANGED


def test_a_dismissed_suggestion_leaves_the_list_and_counts_as_done():
    version = make.a_version(text=TEXT)
    row, other = a_number(version), a_quotation(version)
    client = at_desk(make.a_contributor())
    answer = decide(client, version, row, "dismiss")
    page = client.get(answer["Location"])
    assert "1 of 2 suggestions done" in text_of(page)
    assert [place.words for place in page.context["bench"].places] == ["Nobody drowned"]
    assert page.context["card"].suggestion == other
    assert not Claim.objects.exists()


def test_the_first_open_suggestion_opens_by_itself():
    version = make.a_version(text=TEXT)
    later, first = a_number(version), a_quotation(version)
    client = at_desk(make.a_contributor())
    assert client.get(bench(version)).context["card"].suggestion == first
    assert client.get(bench(version, "card=")).context["card"] is None
    assert opened(client, version, later).context["card"].suggestion == later


def test_a_refused_value_is_explained_and_nothing_typed_is_lost():
    version = make.a_version(text=TEXT)
    row = a_number(version)
    client = at_desk(make.a_contributor())
    page = decide(client, version, row, "accept", low="3.500", note="seen twice")
    assert "may mean two numbers" in text_of(page)
    assert fields(page)["note"] == ["seen twice"]
    assert not Claim.objects.exists()


def test_what_the_process_refuses_is_explained_too():
    version = make.a_version(text=TEXT)
    row = a_number(version)
    page = decide(
        at_desk(make.a_contributor()), version, row, "accept", qualifier="AT_LEAST"
    )
    assert "These bounds are not those that the qualifier states." in text_of(page)


def test_a_form_sent_twice_records_once_and_leads_on():
    version = make.a_version(text=TEXT)
    row, other = a_quotation(version), a_number(version)
    client = at_desk(make.a_contributor())
    at, page = bench(version, f"card=s-{row.pk}"), opened(client, version, row)
    for _time in range(2):
        answer = send(client, page, at)
        assert f"card=s-{other.pk}" in answer["Location"]
    assert Quote.objects.count() == 1


# --- added by hand ---


def test_words_of_the_text_become_a_new_card_read_by_the_rules():
    version = make.a_version(text=ARABIC, language="ar")
    speaker = make.a_speaker(name_ar="مينا حداد")
    client = at_desk(make.a_contributor())
    start = ARABIC.index("٣٥٠٠")
    page = client.get(bench(version, f"new=claim&start={start}&end={start + 8}"))
    assert "unconfirmed" in text_of(page)
    read = fields(page)
    assert (read["low"], read["high"], read["qualifier"]) == (
        ["3500"],
        ["3500"],
        ["EXACT"],
    )
    assert read["speaker_key"] == [str(speaker.pk)]
    answer = send(client, page, bench(version, "new=claim"))
    assert answer.status_code == 302
    claim = Claim.objects.get()
    assert (claim.words, claim.low, claim.speaker) == ("٣٥٠٠ شخص", 3500, speaker)
    assert (claim.quantity_words, claim.rule) == ("٣٥٠٠", "")


def test_typed_words_are_found_in_the_text():
    version = make.a_version(text=TEXT)
    client = at_desk(make.a_contributor())
    page = client.get(bench(version, "new=quote&words=Nobody+drowned"))
    assert page.context["card"].row.words == "Nobody drowned"
    page = client.get(bench(version, "new=quote&words=Nobody+swam"))
    assert "These words do not stand in the text." in text_of(page)
    page = client.get(bench(version, "new=claim&words=e"))
    assert "These words stand in several places" in text_of(page)


@pytest.mark.parametrize(
    "query",
    [
        *("card=s-99999999999999999", "card=x", "new=claim", "new=poem&words=Nobody"),
        *(
            "new=claim&start=5&end=99999",
            "new=claim&start=9&end=2",
            "new=quote&start=²",
        ),
    ],
)
def test_an_address_that_names_nothing_shows_the_bench(query: str):
    version = make.a_version(text=TEXT)
    a_number(version)
    assert at_desk(make.a_contributor()).get(bench(version, query)).status_code == 200


# --- what a card takes over ---


def test_a_card_takes_over_what_the_last_one_said_and_says_so():
    version = make.a_version(text=TEXT)
    author = make.a_contributor()
    speaker = make.a_speaker()
    make.a_recorded_claim(
        version=version, words="120 people crossed", speaker=speaker, by=author
    )
    row = a_number(version, "40 were children", low="40", high="40")
    page = opened(at_desk(author), version, row)
    card = page.context["card"]
    assert card.row.speaker == speaker
    assert "speaker" in card.inherited
    assert "taken over from another card" in text_of(page)
    other = opened(at_desk(make.a_contributor()), version, row).context["card"]
    assert other.inherited == set()


def test_a_figure_in_a_recorded_quote_has_its_speaker():
    version = make.a_version(text=TEXT)
    quote = make.a_recorded_quote(
        version=version,
        words="About 120 people crossed",
        kind="INDIRECT",
        speaker=make.a_speaker(),
    )
    row = a_number(version, "120 people crossed")
    card = opened(at_desk(make.a_contributor()), version, row).context["card"]
    assert (card.row.quote, card.row.speaker) == (quote, quote.speaker)


def test_words_for_a_speaker_mean_whom_they_meant_before():
    version = make.a_version(text=f"{TEXT} Mina Haddad left.")
    speaker = make.a_speaker()
    name = make.anchor(version.text, "Mina Haddad")
    columns = {f"speaker_{part}": value for part, value in _parts(name)}
    make.a_recorded_quote(version=version, speaker=speaker, **columns)
    row = a_number(version, **columns)
    card = opened(at_desk(make.a_contributor()), version, row).context["card"]
    assert card.row.speaker == speaker


def _parts(anchor: Any):
    return [
        ("start", anchor.span.start),
        ("end", anchor.span.end),
        ("words", anchor.words),
    ]


# --- who, and at what cost ---


def test_only_who_records_works_here():
    version = make.a_version(text=TEXT)
    for person, status in (
        (make.a_contributor(), 200),
        (make.a_chief(), 200),
        (make.a_reviewer(), 403),
        (make.an_admin(), 403),
    ):
        assert at_desk(person).get(bench(version)).status_code == status
        assert at_desk(person).post(bench(version), {}).status_code == status
    assert Client().get(bench(version)).status_code == 302


def test_an_article_that_is_not_there_is_not_found():
    client = at_desk(make.an_editor())
    for key in ("0", "x", "9" * 40):
        address = reverse("admin:sources_article_workbench", args=[key])
        assert client.get(address).status_code == 404


def test_the_desk_and_the_list_lead_to_what_is_to_be_read():
    version = make.a_version(text=TEXT, title="Read me")
    make.a_version(text=ARABIC, title="Nothing here")
    a_number(version)
    client = at_desk(make.a_contributor())
    assert bench(version) in client.get("/admin/").content.decode()
    listed = reverse("admin:sources_article_changelist")
    page = client.get(listed).content.decode()
    assert f'href="{version.article_id}/workbench/"' in page
    page = client.get(f"{listed}?to_read=1").content.decode()
    assert ("Read me" in page, "Nothing here" in page) == (True, False)
    assert (
        bench(version) not in at_desk(make.a_reviewer()).get("/admin/").content.decode()
    )


def many(version: ArticleVersion, number: int) -> None:
    for place in range(number):
        start = place * 80
        Suggestion.objects.create(
            article_version=version,
            kind="CLAIM",
            start=start,
            end=start + 60,
            fields={
                "start": start,
                "end": start + 60,
                "words": version.text[start : start + 60],
                "low": "1",
                "high": "1",
                "qualifier": "EXACT",
                "quantity_start": start,
                "quantity_end": start + 2,
                "quantity_words": version.text[start : start + 2],
            },
            rule="en.claim.exact",
            confidence="0.900",
            rule_set="1",
        )


def test_a_long_article_costs_as_many_queries_as_a_short_one_and_stays_light(
    django_assert_num_queries,
):
    version = make.a_version(text="قال إن ٣٥٠٠ شخص عبروا النهر، وأضاف. " * 150)
    many(version, 60)
    client = at_desk(make.a_contributor())
    client.get(bench(version))
    with django_assert_num_queries(QUERIES):
        page = client.get(bench(version))
    assert len(page.context["bench"].places) == 60
    assert len(page.content) < 60_000


#: Session, account, its roles, the names withheld from it; article, version;
#: suggestions with what settles them (open, decided, quotes, claims, placements);
#: placements, quotes, claims of the bench; what is decided and by whom; the quotes
#: that the open card may be in.
QUERIES = 16
