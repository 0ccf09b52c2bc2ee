"""What the permanent page of a statement says."""

import datetime as dt

import pytest

from claims.models import WithdrawalKind
from sources.text.dates import PartialDate
from tests import factories
from tests.pages.conftest import Read


def dated(row, **dates: PartialDate):
    for column, date in dates.items():
        setattr(row, column, date)
    return factories.published(
        factories.recording.record(
            row, actor=factories.a_contributor(), at=factories.RECORDED_AT
        )
    )


@pytest.mark.parametrize(
    ("low", "high", "qualifier", "words"),
    [
        pytest.param(3500, 3500, "ABOUT", "about 3,500", id="about"),
        pytest.param(60, 90, "RANGE", "60 to 90", id="a range"),
        pytest.param(
            200, None, "VAGUE", "hundreds (at least 200)", id="a vague number"
        ),
        pytest.param(None, 90, "UP_TO", "up to 90", id="an open side"),
        pytest.param("0.125", "0.125", "EXACT", "0.125", id="a decimal"),
    ],
)
def test_the_quantity_is_written_in_words(read: Read, low, high, qualifier, words):
    claim = factories.a_published_claim(low=low, high=high, qualifier=qualifier)
    assert read(claim.get_absolute_url()).text_in("figure") == words


def test_a_tabulated_row_keeps_what_its_table_says(read: Read):
    claim = factories.a_published_claim(
        low=90, high=60, qualifier="RANGE", basis="TABULATED"
    )
    figure = read(claim.get_absolute_url()).text_in("figure")
    assert figure == "low 90, high 60, as tabulated"


def test_a_number_that_the_source_itself_prefers_is_shown(read: Read):
    claim = factories.a_published_claim(low=60, high=90, qualifier="RANGE", best=75)
    assert "75" in read(claim.get_absolute_url()).text_in("facts")
    assert "60 to 90 persons best: 75" in read("/claims/").text_in("statement-figure")


def test_a_vague_number_takes_the_plural_of_its_unit(read: Read):
    claim = factories.a_published_claim(low=None, high=None, qualifier="VAGUE")
    assert read(claim.get_absolute_url(), language="ar").text_in("unit") == "أشخاص"


def test_a_claim_stands_in_its_paragraph_with_its_number_marked(read: Read):
    row = factories.a_claim()
    row.quantity_anchor = factories.anchor(row.article_version.text, "120")
    claim = dated(row)
    page = read(claim.get_absolute_url())
    assert page.text_in("statement-text").strip() == claim.article_version.text
    assert page.text_in("mark-claim") == claim.words
    assert page.text_in("part-quantity") == "120"


def test_dates_stand_beside_the_words_that_state_them(read: Read):
    row = factories.a_claim()
    claim = dated(row, holds=PartialDate.month(2024, 5, "this May"))
    page = read(claim.get_absolute_url())
    assert "May 2024" in page.text_in("facts")
    assert "this May" in page.text_in("as-written")


def test_a_speaker_is_shown_as_what_they_were_that_day(read: Read):
    speaker = factories.a_speaker()
    office = factories.an_organisation()
    for name, begun, ended in (
        ("Deckhand", 2010, 2015),
        ("Harbour master", 2020, None),
        ("Minister", 2025, None),
    ):
        factories.a_role(
            speaker=speaker,
            organisation=office,
            name_en=name,
            **year("held_from", begun),
            **year("held_until", ended),
        )
    quote = dated(
        factories.a_quote(speaker=speaker), said_on=PartialDate.day(dt.date(2024, 5, 2))
    )
    facts = read(quote.get_absolute_url()).text_in("role")
    assert "Harbour master" in facts
    assert "formerly Deckhand" in facts
    assert "Minister" not in facts
    whole = read(speaker.get_absolute_url()).text_in("facts")
    assert "from 2010, until 2015" in whole
    assert "Minister" in whole


def year(prefix: str, number: int | None) -> dict[str, object]:
    """The columns of a partial date that is a year."""
    if number is None:
        return {}
    date = PartialDate.year(number)
    return {
        f"{prefix}_earliest": date.earliest,
        f"{prefix}_latest": date.latest,
        f"{prefix}_precision": date.precision,
    }


def test_an_end_that_is_only_narrowed_down_is_said_so(read: Read):
    speaker = factories.a_speaker()
    date = PartialDate.period(dt.date(2020, 1, 1), dt.date(2022, 1, 30))
    factories.a_role(
        speaker=speaker,
        held_until_earliest=date.earliest,
        held_until_latest=date.latest,
        held_until_precision=date.precision,
    )
    factories.a_published_claim(speaker=speaker)
    facts = read(speaker.get_absolute_url()).text_in("facts")
    assert "ended between 1 January 2020 and 30 January 2022" in facts


def test_a_correction_is_linked_both_ways(read: Read):
    old = factories.a_corrected_claim()
    new = old.replacements.get()
    page = read(old.get_absolute_url())
    assert "Withdrawn on 6 May 2024: corrected." in page.text_in("notice")
    assert new.get_absolute_url() in page.links()
    page = read(new.get_absolute_url())
    assert "Miscounted" in page.text_in("notice")
    assert old.get_absolute_url() in page.links()


def test_what_was_withdrawn_stays_marked_with_its_reason(read: Read):
    claim = factories.withdrawn(
        factories.a_published_claim(), kind=WithdrawalKind.RETRACTED
    )
    page = read(claim.get_absolute_url())
    assert "retracted by the source" in page.text_in("notice")
    assert "misheard" in page.text_in("notice")
    assert page.text_in("badge-withdrawn") == "withdrawn"
    assert "misheard" in read("/").html


def test_a_translation_stands_beside_the_original(read: Read):
    quote = factories.a_recorded_quote()
    factories.a_translation(quote=quote)
    quote.refresh_from_db()  # translating it made a new version of it
    factories.published(quote)
    page = read(quote.get_absolute_url())
    assert page.text_in("translation").strip().startswith("لم يغرق أحد")
    assert "Nobody drowned" in page.text_in("statement-text")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_translation_names_its_translator_and_no_account(read: Read, language: str):
    account = factories.a_contributor("canary")
    shown = factories.a_translation(
        quote=factories.a_recorded_quote(), by=account, credit="Dalia Karim"
    )
    quote = factories.published(shown.statement)
    page = read(quote.get_absolute_url(), language=language)
    assert "Dalia Karim" in page.text_in("translation")
    assert "canary" not in page.html


def test_a_statement_can_be_cited(read: Read):
    article = factories.an_article(url="https://example.org/ferry")
    claim = factories.a_published_claim(version=article.versions.get())
    page = read(claim.get_absolute_url())
    assert f"http://testserver{claim.get_absolute_url()}" in page.text_in("citation")
    fragment = "#:~:text=120%20people%20crossed%20the%20river"
    assert f"https://example.org/ferry{fragment}" in page.links()
    assert f"{article.get_absolute_url()}?version=1{fragment}" in page.links()
    assert f"/api/v1/claims/{claim.code}/" in page.links()


def test_what_is_not_known_is_not_guessed(read: Read):
    article = factories.an_article(
        source=None,
        published_earliest=dt.date(2024, 5, 2),
        published_latest=dt.date(2024, 5, 2),
        published_precision="DAY",
    )
    claim = factories.a_published_claim(version=article.versions.get())
    page = read(claim.get_absolute_url())
    unknown = page.text_in("not-stated")
    assert "the source in its own voice" in unknown
    assert "outlet not stated" in unknown
    assert (
        unknown.replace("outlet not stated", "").count("not stated") == 2
    )  # said, holds
    assert page.text_in("facts").count("2 May 2024") == 1  # the article's date alone
    assert "outlet not stated" in read(article.get_absolute_url()).text_in("not-stated")


def test_a_plain_claim_is_headed_by_its_words(read: Read):
    row = factories.recording.record(
        factories.a_plain_claim(),
        actor=factories.a_contributor(),
        at=factories.RECORDED_AT,
    )
    claim = factories.published(row)
    page = read(claim.get_absolute_url())
    heading = [part.text for part in page.parts if ("h1", {}) in part.within]
    assert claim.words in heading


def test_a_retracted_article_says_so_everywhere(read: Read):
    claim = factories.a_published_claim()
    article = claim.article_version.article
    factories.curation.retract(
        article, on=dt.date(2024, 5, 7), notice="We erred", actor=factories.an_editor()
    )
    page = read(article.get_absolute_url())
    assert "retracted this article on 7 May 2024" in page.text_in("notice")
    assert "We erred" in page.text_in("notice")
    assert "retracted" in read("/articles/").text_in("badge")


def test_merged_speakers_point_to_each_other(read: Read):
    one, other = factories.a_speaker(), factories.a_speaker(name_en="M. Haddad")
    factories.a_published_claim(speaker=one)
    factories.a_published_claim(speaker=other)
    factories.a_merge(speaker=other, into=one)
    assert other.get_absolute_url() in read(one.get_absolute_url()).links()
    assert one.get_absolute_url() in read(other.get_absolute_url()).links()
