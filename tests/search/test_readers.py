"""Who finds what: nothing that somebody may not know has a part in what they find."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from claims import recording, search
from claims.models import SearchEntry
from claims.search.asking import MODELS
from sources import curation, masking, withholding
from sources.models import Speaker, SpeakerAlias
from sources.policy import PublicAt, Reader, visible_to, without_withheld
from tests import factories as make
from tests.history.processes import PROCESSES
from tests.models import rows
from tests.search.finding import found
from tests.search.stored import stored

pytestmark = pytest.mark.django_db

PUBLIC = AnonymousUser()


def answer(words: str, reader: Reader = PUBLIC, **narrowing: Any) -> search.Found:
    return search.search(search.Question(words, **narrowing), reader)


def unchanged_by(hidden: Any, *words: str) -> None:
    """Assert that the public gets the same answers as before something hidden came."""
    before = [answer(each) for each in words]
    hidden()
    after = [answer(each) for each in words]
    for one, other in zip(before, after, strict=True):
        assert [(hit.kind, hit.key) for hit in one.hits] == [
            (hit.kind, hit.key) for hit in other.hits
        ]
        assert (one.counted, one.facets, one.next) == (
            other.counted,
            other.facets,
            other.next,
        )


def test_what_is_not_published_changes_no_answer_of_the_public():
    make.a_published_claim()
    unchanged_by(
        lambda: (make.a_recorded_claim(), make.a_recorded_quote(), make.a_source()),
        *("boats", "drowned", '"120 people"', "peop*", "harbour", "news"),
    )


def test_what_is_published_is_found_from_then_on():
    claim = make.a_recorded_claim()
    assert not found("boats", PUBLIC)
    make.published(claim)
    article = claim.article_version.article
    assert found("boats", PUBLIC) == [("article", article.code)]
    assert ("claim", claim.code) in found("crossed", PUBLIC)
    assert ("source", article.source.slug) in found("harbour news", PUBLIC)
    assert ("measure", claim.measure.slug) in found(claim.measure.name_en, PUBLIC)


def test_what_was_discarded_nobody_finds():
    quote = make.a_recorded_quote()
    assert ("quote", quote.code) in found("drowned", make.an_editor())
    make.discarded(quote)
    assert ("quote", quote.code) not in found("drowned", make.an_editor())


def test_what_was_withdrawn_is_found_as_such():
    claim = make.a_withdrawn_claim()
    assert found("crossed", PUBLIC, status="WITHDRAWN") == [("claim", claim.code)]


def test_a_text_that_is_not_open_only_the_desk_finds():
    article = make.an_article(access="PAYWALLED", title="Gulls")
    quote = make.a_recorded_quote(version=article.versions.get())
    make.published(quote)
    for words in ("boats", "boat*", '"left the harbour"'):
        assert not found(words, PUBLIC)
        assert not found(words, PUBLIC, exact=True)
        assert found(words, make.a_reviewer()) == [("article", article.code)]
    (hit,) = answer("gulls").hits
    assert (hit.key, hit.passage.text) == (article.code, "")
    curation.change(article, {"access": "OPEN"}, actor=make.an_editor())
    assert found("boats", PUBLIC) == [("article", article.code)]


def test_a_note_only_the_desk_finds():
    claim = make.a_published_claim(note="Compare the lighthouse log")
    assert not found("lighthouse", PUBLIC)
    assert found("lighthouse", make.an_editor()) == [("claim", claim.code)]
    assert ("claim", claim.code) in found("crossed", PUBLIC)


def test_a_withheld_name_nobody_finds_until_it_is_lifted():
    text = "Rana Qasim said nobody drowned. Boats left."
    speaker = make.a_speaker(name_en="Rana Qasim", name_ar="رنا قاسم")
    make.a_speaker_alias("Umm Salim", speaker=speaker)
    version = make.a_version(text=text, title="Umm Salim speaks")
    quote = make.a_recorded_quote(
        version=version, words="nobody drowned", speaker=speaker
    )
    make.published(quote)
    chief = make.a_chief()
    names = ("Qasim", '"rana qasim"', "qas*", "رنا", "salim")
    for name in names:
        assert found(name, PUBLIC)
    before = stored()
    make.withheld(speaker)
    for reader in (PUBLIC, chief, make.an_editor()):
        for name in names:
            assert not found(name, reader)
            assert not found(name, reader, exact=True)
        answered = answer("drowned", reader)
        assert answered.hits
        assert answered.facets["speaker"] == []
    assert "qasim" not in str(stored()).lower()
    assert "salim" not in str(stored()).lower()
    search.rebuild()
    assert "qasim" not in str(stored()).lower()
    withholding.lift(
        Speaker.objects.get(pk=speaker.pk),
        reason="They agree",
        actor=chief,
        at=make.WITHDRAWN_AT,
    )
    assert stored() == before


def test_a_new_alias_of_a_withheld_speaker_leaves_the_index():
    make.an_article(text="The Heron went home.")
    speaker = make.withheld(make.a_speaker(name_en="Rana Qasim"))
    assert found("heron", make.an_editor())
    make.a_speaker_alias("Heron", speaker=speaker, by=make.a_chief())
    assert not found("heron", make.an_editor())
    curation.remove(SpeakerAlias.objects.get(), actor=make.a_chief())
    assert found("heron", make.an_editor())


def test_words_marked_by_hand_leave_the_index():
    article = make.an_article(text="The woman in the blue coat drowned nobody.")
    quote = make.a_recorded_quote(
        version=article.versions.get(), words="in the blue coat drowned nobody"
    )
    speaker = make.withheld(make.a_speaker(name_en="Rana Qasim"))
    withholding.mark(
        speaker,
        article=article,
        words="blue coat",
        actor=make.a_chief(),
        at=make.RECORDED_AT,
    )
    assert not found("coat", make.an_editor())
    assert ("quote", quote.code) in found("drowned", make.an_editor())


def test_a_snippet_shows_no_withheld_name():
    make.an_article(text="Rana Qasim said that nobody drowned.")
    make.withheld(make.a_speaker(name_en="Rana Qasim"))
    with masking.Reading(knows=lambda: False, records=lambda: False):
        (hit,) = answer("drowned", make.an_editor()).hits
    assert "Qasim" not in hit.passage.text
    text = hit.passage.text
    assert [text[m.start : m.end] for m in hit.marks] == ["drowned"]


def test_then_only_what_was_public_then_is_found():
    claim = make.a_published_claim()
    before = make.PUBLISHED_AT - (make.PUBLISHED_AT - make.RECORDED_AT) / 2
    assert ("claim", claim.code) in found("crossed", PublicAt(make.PUBLISHED_AT))
    assert not found("crossed", PublicAt(before))


@pytest.mark.parametrize("name", PROCESSES)
def test_named_rows_are_public_where_the_policy_says_so(name: str):
    process = PROCESSES[name]
    process.run(process.prepare())
    make.a_published_claim()
    named_rows_are_public_where_the_policy_says_so()


def named_rows_are_public_where_the_policy_says_so() -> None:
    for kind, model in MODELS.items():
        entries = SearchEntry.objects.filter(kind=kind)
        known = visible_to(PUBLIC, without_withheld(model._default_manager.all()))
        mine = set(entries.filter(for_public=True).values_list("object_id", flat=True))
        assert mine == set(known.values_list("pk", flat=True)), kind


def fresh(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


def test_what_public_rows_lead_to_is_found_as_long_as_they_do():
    """Each step opens a way to a named row or closes one, some of them far off."""
    editor, claim = make.an_editor(), make.a_recorded_claim()
    article, measure = claim.article_version.article, claim.measure
    speaker, office = make.a_speaker(), make.an_organisation()
    unnamed, agency, merged = (
        make.an_unnamed_speaker(),
        make.an_organisation(),
        make.an_organisation(),
    )
    press, wire, other = (make.a_source() for _ in range(3))
    end = {"at": make.WITHDRAWN_AT, "reason": "A slip", "actor": editor}
    whole = make.a_measure(event=measure.event)
    opened: dict[str, Any] = {}

    steps: list[Callable[[], Any]] = [
        lambda: make.published(claim),
        lambda: opened.update(voice=rows.an_own_voice(source=press, speaker=agency)),
        lambda: opened.update(
            derivation=make.a_derivation(article=article, origin_source=press)
        ),
        lambda: make.a_derivation(article=article, origin_speaker=speaker),
        lambda: make.a_role(speaker=speaker, organisation=make.an_organisation()),
        lambda: opened.update(role=make.a_role(speaker=agency, organisation=office)),
        lambda: opened.update(merge=make.a_merge(speaker=agency, into=merged)),
        lambda: make.a_derivation(article=article, origin_speaker=unnamed),
        lambda: curation.change(fresh(unnamed), {"source": other}, actor=editor),
        lambda: recording.change(fresh(measure), {"part_of": whole}, actor=editor),
        lambda: recording.change(fresh(measure), {"part_of": None}, actor=editor),
        lambda: curation.change(fresh(article), {"source": wire}, actor=editor),
        lambda: make.withheld(fresh(speaker)),
        lambda: curation.end_merge(opened["merge"], **end),
        lambda: curation.end_own_voice(opened["voice"], **end),
        lambda: curation.end_derivation(opened["derivation"], **end),
    ]
    n_public = [0]
    for step in steps:
        step()
        named_rows_are_public_where_the_policy_says_so()
        n_public.append(SearchEntry.objects.filter(for_public=True).count())
        kept = stored()
        search.rebuild()
        assert stored() == kept
    n_moved = sum(one != other for one, other in pairwise(n_public))
    assert n_moved > len(steps) / 2
