"""Rows in every state, own and others', with a canary wherever readers may not look.

What `CANARY` is part of must never be told to the public: texts and names of what
nothing public reaches, notes, names of accounts, contacts of those who reported.
"""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db.models import F, Model, Value
from django.db.models.functions import Concat

from claims import linting, tasks
from claims.models import (
    Assessment,
    Batch,
    Claim,
    ErrorReport,
    Evidence,
    Quote,
)
from sources.models import Access
from sources.policy import UserRole
from tests import factories as make
from tests.models import rows

CANARY = "kanari"
#: What the office of an office is called, which nothing public reaches.
SPARROW = "Sparrow Office"

STATES = ("recorded", "returned", "published", "withdrawn", "discarded")
#: The states in which a statement, and all it reaches, is public.
PUBLIC = {"published", "withdrawn"}


@dataclass
class World:
    """Every row by what may be known of it, and the account of each role."""

    people: dict[str, User | None] = field(default_factory=dict)
    public: list[Model] = field(default_factory=list)
    hidden: list[Model] = field(default_factory=list)

    def of(self, model: type[Model]) -> list[tuple[Any, bool]]:
        """The rows of a model, each with whether it is public."""
        found = [(row, True) for row in self.public]
        found += [(row, False) for row in self.hidden]
        return [pair for pair in found if type(pair[0]) is model]


def _closed() -> User:
    user = make.a_user(*UserRole.values)
    user.is_active = False
    user.save()
    return user


def the_people() -> dict[str, User | None]:
    """One account a role, and those that have none."""
    return {
        "anonymous": None,
        **{role.value: make.a_user(role) for role in UserRole},
        "no role": make.a_user(),
        "closed": _closed(),
        "superuser": User.objects.create_superuser("root"),
    }


class _Surroundings:
    """A source, article, speaker, event and measure that nothing else reaches."""

    def __init__(self, state: str) -> None:
        word = "plain" if state in PUBLIC else CANARY
        name = {"name_en": f"{word} {state}"}
        self.speaker = make.a_speaker(slug=make._unique(f"{word}-speaker"), **name)
        self.source = make.a_source(
            slug=make._unique(f"{word}-source"), note=f"{CANARY} of a source", **name
        )
        self.article = make.an_article(
            source=self.source,
            title=f"{word} title",
            byline=f"{word} byline",
            text=f"{make.ENGLISH} The {word} ending.",
        )
        self.event = make.an_event(slug=make._unique(f"{word}-event"), **name)
        self.measure = make.a_measure(
            event=self.event,
            slug=make._unique(f"{word}-measure"),
            unit=f"{word} boats",
            **name,
        )

    @property
    def all(self) -> list[Model]:
        return [self.speaker, self.source, self.article, self.event, self.measure]

    def row(self, model: type[Any], by: User) -> Any:
        """A recorded statement here, or a verdict on a claim that is public."""
        columns = {"version": self.article.versions.get(), "speaker": self.speaker}
        if model is Quote:
            return make.a_recorded_quote(by=by, **columns)
        note = f"{CANARY} of a recorder"
        return make.a_recorded_claim(by=by, measure=self.measure, note=note, **columns)


def brought_to(state: str, row: Any) -> Any:
    """A recorded row after the steps to a state."""
    if state == "returned":
        make.review.send_back(
            row,
            note=f"{CANARY} of a reviewer",
            actor=make.a_reviewer(),
            at=make.PUBLISHED_AT,
        )
    elif state in PUBLIC:
        row = make.review.approve(
            row,
            note=f"{CANARY} of an approval",
            actor=make.a_reviewer(),
            at=make.WITHDRAWN_AT,
        )
    if state == "withdrawn":
        row = make.withdrawn(row)
    return (
        make.discarded(row, reason=f"{CANARY} reason") if state == "discarded" else row
    )


def _statements(world: World, model: type[Any], by: User) -> None:
    for state in STATES:
        around = _Surroundings(state)
        row = brought_to(state, around.row(model, by))
        reached = [row, *around.all]
        if model is Quote:  # reaches nothing that is counted
            world.hidden += reached[-2:]
            reached = reached[:-2]
        (world.public if state in PUBLIC else world.hidden).extend(reached)


def _verdicts(world: World) -> None:
    for state in STATES:
        around = _Surroundings("published")
        claim = make.published(around.row(Claim, make.a_contributor()))
        world.public += [claim, *around.all]
        word = "plain" if state in PUBLIC else CANARY
        row = make.a_recorded_assessment(
            claim=claim,
            summary=f"The {word} summary.",
            evidence_url=f"https://example.org/{word}",
        )
        row = brought_to(state, row)
        (world.public if state in PUBLIC else world.hidden).append(row)


def _own_rows(world: World) -> None:
    """What the accounts of the matrix recorded themselves."""
    for role in ("contributor", "editor", "chief"):
        around = _Surroundings("recorded")
        row = around.row(Claim, world.people[role])
        world.hidden += [row, *around.all]


def _closed_article(world: World) -> None:
    """An article of which only the passages of public statements may be shown."""
    text = (
        f"{'Far away. ' * 60}Nobody drowned.{' Far too.' * 60}\nA {CANARY} paragraph."
    )
    article = make.an_article(access=Access.RESTRICTED, text=text)
    quote = make.a_published_quote(version=article.versions.get())
    world.public += [article, quote]


def _links(world: World) -> None:
    """Hidden rows that public ones lead to."""
    [public] = [row for row, is_public in world.of(Quote) if is_public][:1]
    around = _Surroundings("recorded")
    make.a_derivation(article=public.article_version.article, origin=around.article)
    office, beyond = make.an_organisation(), make.an_organisation(name_en=SPARROW)
    make.a_role(speaker=public.speaker, organisation=office)
    make.a_role(speaker=office, organisation=beyond)
    whole = make.a_measure(part_of=around.measure)
    claim = make.a_published_claim(measure=make.a_measure(part_of=whole))
    waiting = make.a_recorded_replacement(claim, note=CANARY)
    make.recording.assess(
        Assessment(claim=claim, rating="DISPUTED", summary="Fewer.", language="en"),
        evidence=[Evidence(claim=waiting, note=CANARY)],
        actor=make.a_chief(),
        at=make.PUBLISHED_AT,
    )
    world.public += [claim, claim.measure, whole, office]
    world.hidden += [waiting, beyond, *around.all]


def _withheld(world: World) -> None:
    """A speaker whose name hides, in an article that is public."""
    speaker = make.a_speaker(name_en=f"Lady {CANARY.title()}", slug=f"lady-{CANARY}")
    article = make.an_article(title=f"Lady {CANARY.title()} at dawn")
    make.a_published_quote(version=article.versions.get(), speaker=speaker)
    world.hidden.append(make.withheld(speaker))


def _tasks(world: World) -> None:
    """The desk's own rows."""
    claim = next(row for row, is_public in world.of(Claim) if is_public)
    report = ErrorReport(
        claim=claim, message=f"{CANARY} says six", contact=f"{CANARY}@example.org"
    )
    batch = rows.a_batch()
    Batch.objects.filter(pk=batch.pk).update(
        file_name=f"{CANARY}.csv", version=F("version") + 1
    )
    rows.an_assignment()
    suggestion = rows.a_suggestion()
    suggestion.fields = {"named_words": CANARY}
    suggestion.save()
    world.hidden += [tasks.report_error(report, at=make.WITHDRAWN_AT), batch]
    world.hidden += [suggestion, rows.a_placement()]


def _findings(world: World, by: User) -> None:
    """Statements that a lint names, one of them not public."""
    for state in ("recorded", "published"):
        around = _Surroundings(state)
        row = make.a_recorded_claim(
            version=around.article.versions.get(), measure=around.measure, by=by,
            speaker=around.speaker, low=9, high=7, qualifier="RANGE", basis="TABULATED",
        )  # fmt: skip
        row = brought_to(state, row)
        (world.public if state in PUBLIC else world.hidden).extend([row, *around.all])
    linting.refresh()


def a_world() -> World:
    """Make all of it: some hundred rows, by the processes."""
    world = World(people=the_people())
    other = make.a_contributor()
    _statements(world, Claim, other)
    _statements(world, Quote, other)
    _verdicts(world)
    _own_rows(world)
    _closed_article(world)
    _links(world)
    _withheld(world)
    _tasks(world)
    _findings(world, other)
    User.objects.update(
        username=Concat(Value(f"{CANARY}-"), "pk"), email=f"{CANARY}@example.org"
    )
    return world
