"""A file has what its reader sees on pages, and nothing else."""

import csv
import io
import json

import pytest

from claims.exchange.exporting import FilterRefused
from claims.models import Claim
from sources.models import AccessEntry
from sources.policy import PublicAt
from tests import factories as make
from tests.exchange.exchanging import exporting, importing, refused
from tests.exchange.test_receiving import a_record, as_file

pytestmark = pytest.mark.django_db

TEXT = "Mina Haddad said that 75 boats left. Nobody drowned."


def said_by(speaker, **columns):
    version = make.a_version(text=TEXT, source=make.a_source(note="told in confidence"))
    return {"version": version, "words": "75 boats left", "speaker": speaker, **columns}


def test_what_is_not_published_is_in_no_public_file():
    make.a_recorded_claim(**said_by(make.a_speaker()))
    assert exporting("ndjson") == b""
    assert exporting("csv").count(b"\r\n") == 1
    assert b"75 boats" in exporting("ndjson", make.a_contributor())


def test_what_is_internal_is_for_people_with_a_desk():
    make.a_published_claim(**said_by(make.a_speaker(), note="a secret"))
    for form in ("ndjson", "csv"):
        public, desk = exporting(form), exporting(form, make.a_reviewer())
        assert b"75 boats left" in public
        for secret in (b"a secret", b"told in confidence"):
            assert secret not in public
            assert secret in desk


def test_a_withheld_name_is_in_the_chief_s_file_alone_and_it_is_noted():
    speaker = make.a_speaker(slug="mina")
    make.a_published_claim(**said_by(speaker))
    make.withheld(speaker)
    for form in ("ndjson", "csv"):
        for reader in (None, make.a_reviewer(), make.an_editor()):
            content = exporting(form, reader)
            assert b"75 boats left" in content
            assert b"Haddad" not in content
            assert b"mina" not in content
    assert not AccessEntry.objects.exists()
    assert b"Haddad" in exporting("ndjson", make.a_chief())
    assert AccessEntry.objects.get().route == "export_claims"


def test_words_beside_a_withheld_name_stand_where_the_file_says():
    speaker = make.a_speaker(slug="mina")
    make.a_published_claim(**said_by(speaker))
    make.withheld(speaker)
    [line] = exporting("ndjson").splitlines()
    record = json.loads(line)
    start, words = record["claims"][0]["anchor"]
    text = record["articles"][0]["versions"][0]["text"]
    assert text[start : start + len(words)] == words
    assert record["claims"][0]["speaker"] == "▮▮▮▮▮"


def test_a_mark_is_nobody_s_name_where_a_file_comes_in():
    content = as_file(a_record(speaker="▮▮▮▮▮"))
    [told] = refused(importing("ndjson", content))
    assert told.startswith("line 1, claims.c-1.speaker: “▮▮▮▮▮” is neither here")


def test_of_a_paywalled_article_the_public_has_no_text():
    make.a_published_claim(
        version=make.a_version(text=TEXT, access="PAYWALLED"), words="75 boats left"
    )
    for form in ("ndjson", "csv"):
        assert b"75 boats left" in exporting(form)
        assert b"Nobody drowned" not in exporting(form)
        assert b"Nobody drowned" in exporting(form, make.a_reviewer())


def test_an_origin_that_is_not_public_is_not_named():
    claim = make.a_published_claim(**said_by(make.a_speaker()))
    article = claim.article_version.article
    make.a_derivation(article=article, origin=make.an_article(title="Not public"))
    other = make.a_source(slug="agency")
    make.a_derivation(article=article, origin_source=other)
    [line] = exporting("ndjson").splitlines()
    [derivation] = json.loads(line)["articles"][0]["derivations"]
    assert derivation == {"kind": "REPUBLISHES", "origin_source": "agency"}
    assert b"Not public" in exporting("ndjson", make.a_contributor())


def test_how_a_statement_stands_is_told():
    make.a_withdrawn_claim(**said_by(make.a_speaker()))
    [row] = csv.DictReader(io.StringIO(exporting("csv").decode(), newline=""))
    assert (row["status"], row["withdrawal_kind"]) == ("WITHDRAWN", "WITHDRAWN")


def test_a_past_moment_has_what_was_published_then():
    make.a_withdrawn_claim(**said_by(make.a_speaker()))
    before, between = make.RECORDED_AT, make.PUBLISHED_AT
    assert exporting("ndjson", PublicAt(before)) == b""
    then = json.loads(exporting("ndjson", PublicAt(between)))
    assert then["claims"][0]["life"]["status"] == "PUBLISHED"
    assert exporting("ndjson", PublicAt(between), status="WITHDRAWN") == b""
    assert exporting("ndjson", PublicAt(between), status="PUBLISHED")


def test_filters_choose():
    first, second = (make.a_published_claim(**said_by(make.a_speaker())) for _ in "ab")
    make.published(make.a_recorded_quote(version=first.article_version))
    source = first.article_version.article.source.slug
    for filters in (
        {"measure": first.measure.slug},
        {"event": first.measure.event.slug},
        {"source": source},
    ):
        content = exporting("ndjson", **filters).decode()
        assert first.code in content
        assert second.code not in content
        assert ('"quotes"' in content) == ("source" in filters)
    assert exporting("ndjson", status="WITHDRAWN") == b""


def test_a_quote_goes_with_its_claim():
    version = make.a_version(text=TEXT)
    quote = make.a_published_quote(version=version, words="75 boats left")
    claim = make.a_published_claim(version=version, words="75 boats", quote=quote)
    record = json.loads(exporting("ndjson", measure=claim.measure.slug))
    assert record["quotes"][0]["code"] == record["claims"][0]["quote"] == quote.code


def test_a_filter_tells_nothing_of_what_is_hidden():
    claim = make.a_recorded_claim(**said_by(make.a_speaker()))
    with pytest.raises(FilterRefused, match="nearest is “”"):
        exporting("ndjson", measure=claim.measure.slug)
    assert exporting("ndjson", make.a_reviewer(), measure=claim.measure.slug)


def test_the_same_file_comes_again_and_nothing_changes():
    make.a_published_claim(**said_by(make.a_speaker()))
    [outcome] = importing("ndjson", exporting("ndjson", make.a_chief()))
    assert (outcome.refusals, dict(outcome.added)) == ((), {})
    assert Claim.objects.count() == 1
