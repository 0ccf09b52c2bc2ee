"""The chief withholds a speaker, judges places, and shows the name again."""

import pytest

from sources import curation, masking, withholding
from sources.models import Speaker, WithheldSpan
from sources.policy import NotAllowed
from sources.text.masks import MARKED
from tests import factories as make
from tests.withholding.test_columns import a_reader

pytestmark = pytest.mark.django_db


def keys(speaker: Speaker) -> set[str]:
    return {place.key for place in withholding.places(speaker)}


def seen(row, name: str) -> str:
    with a_reader():
        return getattr(type(row).objects.get(pk=row.pk), name)


def test_a_name_is_found_in_any_spelling_with_its_aliases():
    speaker = make.a_speaker(name_en="Mina Haddad", name_ar="منى حدّاد")
    make.a_speaker_alias("Abu Bahr", speaker=speaker)
    make.an_article(title="MINA-HADDAD", byline="ومنـى حداد", text="Abu\nBahr left.")
    found = {(place.field, place.context[1]) for place in withholding.places(speaker)}
    assert found == {
        ("title", "MINA-HADDAD"),
        ("byline", "منـى حداد"),
        ("text", "Abu\nBahr"),
    }


def test_the_names_of_all_that_is_merged_hide_together():
    speaker, into = make.a_speaker(), make.a_speaker(name_en="Amina H.")
    make.a_merge(speaker=speaker, into=into)
    article = make.an_article(title="Amina H. and Mina Haddad")
    make.withheld(speaker)
    assert seen(article, "title") == f"{MARKED}. and {MARKED}"
    assert Speaker.objects.filter(withheld=True).count() == 2


def test_a_place_of_somebody_else_stays_and_the_others_hide():
    speaker = make.a_speaker()
    article = make.an_article(title="Mina Haddad", byline="Mina Haddad")
    make.withheld(speaker, but=["byline"])
    assert (seen(article, "title"), seen(article, "byline")) == (MARKED, "Mina Haddad")


def test_another_speaker_of_the_same_name_is_taken_for_somebody_else():
    speaker, twin = make.a_speaker(), make.a_speaker(slug="twin")
    found = withholding.places(speaker)
    assert [(place.row, place.is_hidden) for place in found] == [(twin, False)]


def test_a_judgement_lapses_when_the_words_change():
    speaker = make.a_speaker()
    article = make.an_article(title="Mina Haddad the baker")
    make.withheld(speaker, but=["title"])
    assert seen(article, "title") == "Mina Haddad the baker"
    curation.change(article, {"title": "Mina Haddad flees"}, actor=make.a_chief())
    assert seen(article, "title") == f"{MARKED} flees"


def test_what_comes_in_later_hides_before_anybody_looks():
    speaker = make.withheld(make.a_speaker())
    article = make.an_article(title="Mina Haddad", text="He saw Mina Haddad.")
    assert seen(article, "title") == MARKED
    assert seen(article.versions.get(), "text") == f"He saw {MARKED}."
    assert {place.kind for place in withholding.places(speaker)} == {""}


def test_words_marked_by_hand_hide_and_all_hides_once_they_are_altered():
    speaker = make.withheld(make.a_speaker())
    article = make.an_article(title="The one-eyed baker flees")
    withholding.mark(
        speaker,
        article=article,
        words="one-eyed baker",
        actor=make.a_chief(),
        at=make.RECORDED_AT,
    )
    assert seen(article, "title") == f"The {MARKED} flees"
    curation.change(article, {"title": "One-eyed baker caught"}, actor=make.a_chief())
    assert seen(article, "title") == MARKED


@pytest.mark.parametrize(
    ("words", "withheld"), [("nowhere to be read", True), ("Boats", False)]
)
def test_words_are_marked_where_they_stand_and_of_the_withheld(words, withheld):
    speaker = make.a_speaker()
    speaker = make.withheld(speaker) if withheld else speaker
    with pytest.raises(make.withholding.ValidationError):
        withholding.mark(
            speaker,
            article=make.an_article(),
            words=words,
            actor=make.a_chief(),
            at=make.RECORDED_AT,
        )


def test_slugs_that_spell_the_name_become_ones_that_say_nothing():
    speaker = make.a_speaker(slug="mina-haddad")
    source = make.a_source(slug="letters-of-mina-haddad")
    speaker = make.withheld(speaker)
    source.refresh_from_db()
    assert not any("mina" in row.slug for row in (speaker, source))


def test_showing_the_name_again_ends_every_judgement():
    article = make.an_article(title="Mina Haddad")
    speaker = make.withheld(make.a_speaker())
    withholding.lift(speaker, reason="Safe", actor=make.a_chief(), at=make.WITHDRAWN_AT)
    assert seen(article, "title") == "Mina Haddad"
    assert not WithheldSpan.objects.filter(ended_at=None).exists()


def test_places_are_judged_anew():
    speaker = make.a_speaker()
    article = make.an_article(title="Mina Haddad")
    speaker = make.withheld(speaker)
    make.withheld(speaker, but=["title"])
    assert seen(article, "title") == "Mina Haddad"
    kinds = WithheldSpan.objects.order_by("pk").values_list("kind", "ended_at")
    assert [(kind, ended is None) for kind, ended in kinds] == [
        ("CONFIRMED", False),
        ("CLEARED", True),
    ]


@pytest.mark.parametrize("account", [make.an_editor, make.a_reviewer, make.an_admin])
def test_only_the_chief_withholds(account):
    speaker = make.a_speaker()
    at, actor = make.RECORDED_AT, account()
    with pytest.raises(NotAllowed):
        withholding.withhold(
            speaker, listed=(), ticked=(), reason="x", actor=actor, at=at
        )
    with pytest.raises(NotAllowed):
        withholding.lift(speaker, reason="x", actor=actor, at=at)
    with pytest.raises(NotAllowed):
        withholding.mark(
            speaker, article=make.an_article(), words="Boats", actor=actor, at=at
        )


def test_only_the_chief_merges_a_withheld_speaker():
    speaker, other = make.withheld(make.a_speaker()), make.a_speaker()
    with pytest.raises(NotAllowed):
        make.a_merge(speaker=speaker, into=other)


def test_a_line_of_the_log_says_no_withheld_name():
    make.withheld(make.a_speaker())
    with a_reader() as reading:
        assert reading.names
    assert masking.unnamed("Key (name)=(Mina Haddad)") == f"Key (name)=({MARKED})"
