"""What is received is whole or not there, arrives recorded, and comes once."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest

from claims import batches
from claims import receiving as process
from claims.models import Batch, Claim, Measure, Placement, Quote
from sources import history
from sources.models import Article, ArticleVersion, Change, Source, Speaker
from sources.policy import NotAllowed
from tests import factories as make
from tests.exchange.exchanging import exporting, importing, problems, refused

pytestmark = pytest.mark.django_db

TEXT = "The mayor said that 75 people died 🚢. Nobody counted the wounded."

DAY = {"earliest": "2024-05-02", "latest": "2024-05-02", "precision": "DAY"}
#: A range whose end the file leaves open.
OPEN = {"qualifier": "RANGE", "high": None}


def a_record(number: int = 1, **claim: Any) -> dict[str, Any]:
    """A claim with all that it names."""
    said = {
        "code": f"c-{number}",
        "article": f"a-{number}",
        "anchor": [20, "75 people died"],
        "quantity_anchor": "75",
        "speaker": "the-mayor",
        "measure": "dead",
        "low": "75",
        "high": "75",
        "qualifier": "EXACT",
        "unit": "persons",
        **claim,
    }
    return {
        "sources": [{"slug": "news", "kind": "OUTLET", "name_en": "The News"}],
        "speakers": [{"slug": "the-mayor", "kind": "PERSON", "name_ar": "العمدة"}],
        "events": [{"slug": "the-flood", "name_en": "The flood"}],
        "measures": [
            {
                "slug": "dead",
                "event": "the-flood",
                "counted": "people",
                "happened": "died",
                "unit": "persons",
                "nature": "LEVEL",
                "name_en": "Dead",
            }
        ],
        "articles": [
            {
                "code": f"a-{number}",
                "title": f"Flood {number}",
                "language": "en",
                "source": "news",
                "url": f"https://news.example/{number}",
                "versions": [{"text": TEXT, "fetched_at": "2024-05-02T10:00:00+02:00"}],
            }
        ],
        "claims": [said],
    }


def as_file(*records: dict[str, Any]) -> bytes:
    return "".join(f"{json.dumps(record)}\n" for record in records).encode()


def the_base() -> tuple[int, ...]:
    models = (Source, Speaker, Measure, Article, ArticleVersion, Quote, Claim, Batch)
    return (*(model.objects.count() for model in models), Change.objects.count())


def test_what_is_received_stands_in_its_columns():
    [outcome] = importing("ndjson", as_file(a_record()))
    assert (outcome.refusals, outcome.added["claims"]) == ((), 1)
    claim = Claim.objects.with_provenance().get()
    assert (claim.code, claim.words, claim.quantity_words) == (
        "c-1",
        "75 people died",
        "75",
    )
    assert claim.low == Decimal(75)
    assert (claim.speaker.slug, claim.measure.event.slug) == ("the-mayor", "the-flood")
    assert claim.source.slug == "news"
    assert claim.article_version.fetched_at == dt.datetime(2024, 5, 2, 8, tzinfo=dt.UTC)


def test_it_arrives_recorded_in_a_batch_that_another_person_approves():
    editor = make.an_editor()
    importing("ndjson", as_file(a_record(1), a_record(2)), actor=editor)
    batch = Batch.objects.get()
    assert (batch.n_read, batch.n_recorded, batch.n_refused) == (2, 2, 0)
    assert batch.imported_by == editor
    assert set(Claim.objects.values_list("status", "batch")) == {("RECORDED", batch.pk)}

    reviewer = make.a_reviewer()
    assert sum(batches.approve(batch, actor=reviewer, at=make.WITHDRAWN_AT)) == 2
    assert Claim.objects.published().count() == 2


def test_each_row_has_its_entry_and_the_log_holds():
    importing("ndjson", as_file(a_record()))
    assert problems() == []
    recorded = Change.objects.get(model="claims.claim")
    assert recorded.action == "RECORDED"


def test_a_second_run_changes_nothing():
    content = as_file(a_record(1), a_record(2, unit="boats"))
    editor = make.an_editor()
    importing("ndjson", content, actor=editor)
    before = the_base()
    outcomes = importing("ndjson", content, actor=editor)
    assert the_base() == before
    assert [bool(outcome.added) for outcome in outcomes] == [False, False]


def test_nothing_of_a_refused_record_is_stored():
    record = a_record(high=None)
    before = the_base()
    assert refused(importing("ndjson", as_file(record))) == [
        "line 1, claims.c-1: These bounds are not those that the qualifier states."
    ]
    assert the_base() == before


def test_a_rehearsal_tells_the_same_and_stores_nothing():
    records = [a_record(n) for n in range(1, 8)]
    records[2]["claims"][0]["measure"] = "dea"
    records[3]["articles"] = []
    records[4]["articles"][0]["url"] = "https://news.example/1"
    records[5] = {"claims": a_record(1, code="c-6")["claims"]}
    del records[6]["sources"]
    content = as_file(*records, a_record(1, unit="boats"))

    before = the_base()
    rehearsed = importing("ndjson", content, rehearse=True)
    assert the_base() == before
    stored = importing("ndjson", content)
    assert refused(rehearsed) == refused(stored)
    assert [o.added for o in rehearsed] == [o.added for o in stored]
    assert [o.n_found for o in rehearsed] == [o.n_found for o in stored]
    assert Claim.objects.count() == 4


def test_a_chunk_is_as_large_as_it_may_be(monkeypatch):
    monkeypatch.setattr(process, "CHUNK", 7)
    records = [a_record(n) for n in range(5)]
    records.append({"claims": a_record(0, code="c-9")["claims"]})
    rehearsed = importing("ndjson", as_file(*records), rehearse=True)
    outcomes = importing("ndjson", as_file(*records))
    assert [o.added for o in rehearsed] == [o.added for o in outcomes]
    assert Claim.objects.count() == 6
    assert problems() == []


def test_it_goes_on_where_it_was_stopped(monkeypatch):
    monkeypatch.setattr(process, "CHUNK", 7)
    whole, cut = as_file(*(a_record(n) for n in range(4))), as_file(a_record(0))
    importing("ndjson", cut)
    Batch.objects.get()
    importing("ndjson", whole)
    assert Claim.objects.count() == 4
    assert sorted(Batch.objects.values_list("n_read", "n_recorded")) == [(1, 1), (4, 3)]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"speaker": "the-mayr"}, "speaker: “the-mayr” is neither here nor earlier"),
        ({"measure": ""}, ""),
        ({"measure": "none"}, "measure: “none” is neither here"),
        ({"article": "a-9"}, "article: “a-9” is neither here"),
        ({"article_version": 2}, "article_version: The article has no text 2."),
        ({"anchor": [0, "75 people died"]}, "The text reads “The mayor said”"),
        ({"anchor": "nowhere"}, "anchor: “nowhere” does not stand in the text."),
        ({"anchor": "e"}, "anchor: “e” stands in the text more than once"),
        ({"unit": "boats"}, "unit: The measure is counted in “persons”."),
        ({"qualifier": "MAYBE"}, "qualifier: "),
        ({"low": "1234567890123"}, "low: "),
        ({"low": "0.1234"}, "low: "),
        ({"note": "\0"}, "note: The character U+0000 is not text."),
        ({"code": "not a code"}, "code: "),
        ({"basis": "GUESSED"}, "basis: "),
        ({"quote": "q-1"}, "quote: “q-1” is neither here"),
        ({"life": {"status": "WITHDRAWN"}}, "life.status: It was taken back"),
    ],
)
def test_a_refusal_names_the_row_the_field_and_the_reason(changed, told):
    found = refused(importing("ndjson", as_file(a_record(**changed))))
    assert (told in found[0]) if told else (found == [])
    assert all(each.startswith("line 1, claims.") for each in found)


def test_a_part_is_refused_with_its_place():
    record = a_record()
    record["sources"][0]["aliases"] = [
        {"name": "News"},
        {"name": "نيوز"},
        {"name": "NEWS"},
    ]
    assert refused(importing("ndjson", as_file(record)))[0] == (
        "line 1, sources.news.aliases.3: The source already has this alias."
    )


def test_a_withheld_name_is_withheld_here_or_not_at_all():
    record = a_record()
    record["speakers"][0]["withheld"] = True
    assert (
        "speakers.the-mayor.withheld"
        in refused(importing("ndjson", as_file(record)))[0]
    )


def test_a_statement_that_is_here_with_another_figure_is_told_and_left():
    importing("ndjson", as_file(a_record()))
    told = refused(importing("ndjson", as_file(a_record(low="70", high="70"))))
    assert told == [
        "line 1, claims.c-1.high: It is here already with another value of “high”. "
        "What is here is edited or corrected here."
    ]
    assert Claim.objects.get().low == 75


@pytest.mark.parametrize(
    ("here", "file", "told"),
    [
        ({"note": "by telephone"}, {}, []),
        ({"note": "by telephone"}, {"note": "by post"}, ["note"]),
        ({}, {"note": "by post"}, ["note"]),
        ({"basis": "OBSERVED", "role_words": "mayor"}, {}, []),
        ({"holds": DAY}, {}, []),
        ({"denied": True}, {}, ["denied"]),
        ({"qualifier": "RANGE", "high": "80"}, OPEN, ["high"]),
        ({}, {"low": None, "high": None, "qualifier": "", "measure": ""}, []),
    ],
)
def test_what_a_file_leaves_out_is_no_other_value(here, file, told):
    importing("ndjson", as_file(a_record(**here)))
    before = the_base()
    found = refused(importing("ndjson", as_file(a_record(**file))))
    assert [each.split(":")[0].rpartition(".")[2] for each in found] == told
    assert the_base() == before


def test_a_later_text_of_an_article_takes_its_statements_along():
    importing("ndjson", as_file(a_record()))
    record = a_record(
        code="c-2", anchor="Nobody counted the wounded", article_version=2
    )
    for name in ("quantity_anchor", "low", "high", "qualifier", "unit", "measure"):
        del record["claims"][0][name]
    later = {"text": f"Update. {TEXT}", "fetched_at": "2024-05-03T10:00:00Z"}
    record["articles"][0]["versions"].append(later)
    assert refused(importing("ndjson", as_file(record))) == []
    assert ArticleVersion.objects.count() == 2
    assert Placement.objects.get().claim.code == "c-1"
    another = a_record(code="c-3")
    assert refused(importing("ndjson", as_file(another))) == []
    assert sorted(Placement.objects.values_list("claim__code", flat=True)) == [
        "c-1",
        "c-3",
    ]
    assert problems() == []


def test_an_article_that_is_here_with_another_text_is_refused():
    importing("ndjson", as_file(a_record()))
    record = a_record(code="c-2")
    record["articles"][0]["versions"][0]["text"] = "Other words"
    assert refused(importing("ndjson", as_file(record)))[0] == (
        "line 1, articles.a-1.versions.1.text: This article is here with another text."
    )


def test_who_does_not_import_files_imports_none():
    with pytest.raises(NotAllowed):
        importing("ndjson", as_file(a_record()), actor=make.a_contributor())
    assert not Source.objects.exists()


def test_the_public_has_no_more_in_a_file_than_on_a_page():
    importing("ndjson", as_file(a_record()))
    assert exporting("ndjson") == b""
    assert b"75 people died" in exporting("ndjson", make.a_reviewer())
    assert history.head()[0]
