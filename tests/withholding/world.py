"""A base in which the name of one speaker stands wherever a name may stand."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from claims import suggestions
from sources import curation
from tests import databases
from tests import factories as make

AT = dt.datetime(2024, 5, 20, 9, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Named:
    """What the speaker is called; of any two of these nothing is alike."""

    english: str
    arabic: str
    alias: str
    wikidata: str

    @property
    def slug(self) -> str:
        return self.english.lower().replace(" ", "-")


ZELIA = Named("Zelia Quandour", "زليا قندور", "Umm Tarantal", "Q90210017")
BORIS = Named("Boriswin Ek", "بوريسوين إك", "The Lamplighter of Hamra", "Q7")


def text_about(who: Named) -> str:
    return (
        f"Col. {who.english} left at dawn. “Nobody drowned,” {who.english} said.\n"
        f"About 120 people crossed the river, {who.alias} added: 95 of them by boat.\n"
        f"وقال {who.arabic}: «عبر 3500 شخص النهر»، بحسب {who.arabic}."
    )


@databases.at_once
def a_world(who: Named) -> dict[str, Any]:
    """Published and open rows around a speaker whom nobody has withheld yet."""
    speaker, other = _speakers(who)
    article = _article(who)
    version, measure = article.versions.get(), _measure(who)
    about = {"version": version, "speaker": speaker, "measure": measure}
    quote = _quote(who, version, speaker)
    claim, late = _public_claims(who, about)
    open_claim = _returned_claim(who, about)
    copy = _copy(who, article, speaker)
    return {
        "speaker": speaker,
        "other": other,
        "article": article,
        "quote": quote,
        "claim": claim,
        "withdrawn": late,
        "open": open_claim,
        "event": measure.event,
        "measure": measure,
        "source": article.source,
        "copy": copy,
    }


def _speakers(who: Named) -> tuple[Any, Any]:
    speaker = make.a_speaker(
        name_en=who.english, name_ar=who.arabic, slug=who.slug, wikidata=who.wikidata
    )
    make.a_speaker_alias(who.alias, speaker=speaker)
    other = make.a_speaker(name_en=f"Daughter of {who.english}", slug="a-daughter")
    office = make.an_organisation(slug="an-office")
    make.a_role(speaker=speaker, name_en="Speaker", organisation=office)
    make.a_role(speaker=other, name_en=f"Aide of {who.english}", organisation=office)
    return speaker, other


def _article(who: Named) -> Any:
    source = make.a_source(
        name_en=f"Letters of {who.english}",
        slug="letters",
        note=f"Run by {who.alias}",
        homepage=f"https://example.org/{who.slug}",
    )
    make.a_source_alias(f"{who.alias} Weekly", source=source)
    return make.an_article(
        code="a-2222222222",
        source=source,
        title=f"{who.english}: nobody drowned",
        byline=f"By {who.alias}",
        url=f"https://example.org/news/{who.slug}-says",
        text=text_about(who),
        published_earliest=dt.date(2024, 5, 2),
        published_latest=dt.date(2024, 5, 2),
        published_precision="DAY",
    )


def _measure(who: Named) -> Any:
    event = make.an_event(name_en=f"The night of {who.english}", slug="a-night")
    return make.a_measure(
        event=event,
        slug="a-measure",
        name_en=f"People {who.english} saw",
        counted="people",
        place=f"{who.alias} bridge",
    )


def _quote(who: Named, version: Any, speaker: Any) -> Any:
    quote = make.a_quote(
        version=version,
        words=f"“Nobody drowned,” {who.english} said",
        cue="said",
        speaker=speaker,
        code="q-2222222222",
        role_words=f"Col. {who.english}",
    )
    quote.speaker_anchor = make.anchor(version.text, who.english)
    quote = make.recording.record(
        quote, actor=make.a_contributor(), at=make.RECORDED_AT
    )
    make.a_translation(
        quote=quote, words=f"لم يغرق أحد، قال {who.arabic}", credit=who.english
    )
    return make.published(type(quote).objects.get(pk=quote.pk))


def _public_claims(who: Named, about: dict[str, Any]) -> tuple[Any, Any]:
    """A claim with a verdict, and one that was withdrawn."""
    claim = make.a_published_claim(
        **about,
        words=f"120 people crossed the river, {who.alias} added",
        quote=None,
        code="c-2222222222",
        note=f"Ask {who.english}",
    )
    late = make.withdrawn(
        make.a_published_claim(
            **about,
            words=f"{who.alias} added: 95 of them by boat",
            low=95,
            code="c-3333333333",
        ),
        reason=f"{who.arabic} was misheard",
    )
    make.published(
        make.a_recorded_assessment(
            claim=claim,
            summary=f"The list of {who.english} says otherwise.",
            evidence_url=f"https://example.org/{who.slug}/list",
            code="r-2222222222",
        ),
        at=make.WITHDRAWN_AT,
    )
    return claim, late


def _returned_claim(who: Named, about: dict[str, Any]) -> Any:
    open_claim = make.a_recorded_claim(
        **about,
        words="120 people crossed",
        code="c-4444444444",
        note=f"{who.arabic}?",
    )
    make.review.send_back(
        open_claim,
        note=f"Was it {who.english}?",
        actor=make.a_reviewer(),
        at=make.PUBLISHED_AT,
    )
    return open_claim


def _copy(who: Named, article: Any, speaker: Any) -> Any:
    """Another article with the same text; the first was taken back."""
    copy = make.an_article(
        code="a-3333333333",
        title="A copy",
        text=text_about(who) + "\nMore.",
        source=make.a_source(slug="copier"),
    )
    make.a_derivation(article=copy, origin_speaker=speaker, kind="CITES")
    curation.retract(
        article,
        on=AT.date(),
        notice=f"{who.english} asked for it",
        actor=make.an_editor(),
    )
    for each in (article, copy):
        suggestions.suggest(each.versions.get())
    return copy


def forms_of(who: Named) -> list[str]:
    """What must not be read anywhere: names folded, the slug, the Wikidata id."""
    return [who.english, who.arabic, who.alias, who.slug, who.wikidata]
