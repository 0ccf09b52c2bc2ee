"""Sources, speakers and articles are kept, joined and taken apart again."""

import datetime as dt
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from sources import curation
from sources.models import Merge, Speaker
from sources.policy import NotAllowed
from tests import factories as make

pytestmark = pytest.mark.django_db


def end(row, process):
    return process(row, at=make.WITHDRAWN_AT, reason="Mistaken", actor=make.an_editor())


# --- derivations ---


def test_an_article_does_not_derive_from_itself():
    article = make.an_article()
    with pytest.raises(ValidationError):
        make.a_derivation(article=article, origin=article)


@pytest.mark.parametrize("length", [2, 3, 5])
def test_articles_do_not_derive_from_each_other_in_a_circle(length):
    chain = [make.an_article() for _ in range(length)]
    for article, origin in pairwise(chain):
        make.a_derivation(article=article, origin=origin)
    with pytest.raises(ValidationError, match="derives from this one"):
        make.a_derivation(article=chain[-1], origin=chain[0])


def test_two_ways_to_one_origin_are_no_circle():
    report, left, right, digest = (make.an_article() for _ in range(4))
    for article, origin in ((left, report), (right, report), (digest, left)):
        make.a_derivation(article=article, origin=origin)
    assert make.a_derivation(article=digest, origin=right).origin == right


def test_a_derivation_that_ended_closes_no_circle():
    one, other = make.an_article(), make.an_article()
    end(make.a_derivation(article=one, origin=other), curation.end_derivation)
    assert make.a_derivation(article=other, origin=one).origin == one


def test_an_article_may_take_from_a_source_that_is_not_in_the_base_as_an_article():
    row = make.a_derivation(article=make.an_article(), origin_source=make.a_source())
    assert row.origin is None


# --- merges ---


def a_merge(speaker, into):
    return make.a_merge(speaker=speaker, into=into)


@pytest.mark.parametrize("length", [1, 2, 3, 5])
def test_speakers_are_not_merged_in_a_circle(length):
    chain = [make.a_speaker() for _ in range(length)]
    for speaker, into in pairwise(chain):
        a_merge(speaker, into)
    with pytest.raises(ValidationError, match="other way round"):
        a_merge(chain[-1], chain[0])


def test_a_speaker_is_merged_into_one_other_at_a_time():
    speaker = make.a_speaker()
    a_merge(speaker, make.a_speaker())
    with pytest.raises(ValidationError, match="merged already"):
        a_merge(speaker, make.a_speaker())


def test_a_merge_is_undone_and_may_then_go_the_other_way():
    one, other = make.a_speaker(), make.a_speaker()
    ended = end(a_merge(one, other), curation.end_merge)
    assert ended.ended_at == make.WITHDRAWN_AT
    a_merge(other, one)
    assert Merge.objects.filter(ended_at=None).get().into == one


# --- what is recorded once and ended once ---


def test_what_has_ended_does_not_end_again():
    role = end(make.a_role(), curation.end_role)
    with pytest.raises(IntegrityError, match="ends_once"), transaction.atomic():
        end(role, curation.end_role)


def test_ending_a_role_keeps_it():
    role = end(make.a_role(name_en="Spokesman"), curation.end_role)
    role.refresh_from_db()
    assert (role.name_en, role.ended_at) == ("Spokesman", make.WITHDRAWN_AT)


# --- withheld speakers ---


def test_only_the_chief_withholds_a_speaker_and_takes_that_back():
    speaker = make.a_speaker()
    with pytest.raises(NotAllowed):
        curation.change(speaker, {"withheld": True}, actor=make.an_editor())
    speaker = curation.change(speaker, {"withheld": True}, actor=make.a_chief())
    with pytest.raises(NotAllowed):
        curation.change(speaker, {"withheld": False}, actor=make.an_editor())
    assert Speaker.objects.get().withheld


def test_an_editor_changes_a_withheld_speaker_and_leaves_the_mark():
    speaker = make.a_speaker()
    speaker = curation.change(speaker, {"withheld": True}, actor=make.a_chief())
    values = {"name_en": "M. H.", "withheld": True}
    speaker = curation.change(speaker, values, actor=make.an_editor())
    assert (speaker.name_en, speaker.withheld) == ("M. H.", True)


def test_only_the_chief_adds_a_speaker_already_withheld():
    with pytest.raises(NotAllowed):
        make.a_speaker(withheld=True, by=make.an_editor())
    assert make.a_speaker(withheld=True, by=make.a_chief()).withheld


# --- the catalogue ---


def test_a_source_that_something_refers_to_stays():
    article = make.an_article()
    with pytest.raises(ProtectedError):
        curation.remove(article.source, actor=make.an_editor())


def test_an_alias_goes_and_the_next_one_may_be_the_same():
    source = make.a_source()
    curation.remove(
        make.a_source_alias("نورث برس", source=source), actor=make.an_editor()
    )
    assert make.a_source_alias("نورث برس", source=source).pk


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("أحمد", "احمد", id="with and without hamza"),
        pytest.param("مُحَمَّد", "محمد", id="with and without vowels"),
        pytest.param("The News", "the news", id="capitals"),
    ],
)
def test_an_alias_in_another_spelling_is_the_same_alias(first, second):
    speaker = make.a_speaker()
    make.a_speaker_alias(first, speaker=speaker)
    with pytest.raises(ValidationError, match="already has this alias"):
        make.a_speaker_alias(second, speaker=speaker)


def test_two_people_may_have_one_name():
    for _ in range(2):
        make.a_speaker_alias("محمد علي", speaker=make.a_speaker())


def test_a_retraction_leaves_the_statements_as_they_are():
    claim = make.a_published_claim()
    article = curation.retract(
        claim.article_version.article,
        on=dt.date(2024, 5, 6),
        notice="We were wrong",
        actor=make.an_editor(),
    )
    claim.refresh_from_db()
    assert (article.retraction_notice, claim.status) == ("We were wrong", "PUBLISHED")
