"""Every page there is, worked out from the URL configuration and the rows of a base."""

from typing import Any, NamedTuple

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import transaction

from claims import intake, suggestions
from claims.models import Claim, Placement
from factbase.policy import ROUTES
from sources.models import Speaker
from tests import factories as make
from tests.admin.benching import TEXT, a_number, a_quotation, bench
from tests.admin.browsing import address, step
from tests.demo import filling
from tests.models import rows
from tests.policy_matrix.asking import Question, questions
from tests.policy_matrix.oracle import ANSWERED, expected
from tests.policy_matrix.world import World
from tests.withholding.crawling import routes

ANONYMOUS, CHIEF, ADMIN = "anonymous", "chief", "admin"

#: Routes that answer with data, lead on, or wait for a form.
NO_PAGE = {
    *("set_language", "healthz", "readyz", "understood", "search-table"),
    *("measure-feed", "speaker-feed", "source-feed", "correction-feed"),
    *("claim-linked", "quote-linked", "annotation", "article-annotations"),
    *("measure-chart", "measure-table", "measure-table-metadata"),
    *("review-many", "review-assign", "take-over", "report-answer", "sign-in-code"),
    *("admin:logout", "admin:jsi18n", "admin:autocomplete"),
    "admin:sources_articleversion_original",
}
#: What a page may be asked, and rows of the demo of which a page has most to show.
WORTH_SEEING = (
    *("/claims/?status=WITHDRAWN", "/nothing-here/", "/articles/a-sinaa/"),
    *("/articles/a-coalition/", "/articles/a-ferry-rescuers/"),
    *("/articles/a-ferry-translation/", "/claims/c-sinaa-joined/"),
    *("/claims/c-ferry-translation-missing/", "/claims/c-ferry-rescuers-missing/"),
    *("/quotes/q-coalition-01/", "/speakers/myles-caggins/"),
    *("/speakers/syrian-democratic-forces/", "/sources/adel-center-for-human-rights/"),
    *("/events/attack-on-the-sinaa-prison/", "/measures/missing-from-the-ferry-sahab/"),
    *("/measures/missing-from-the-ferry-sahab/changes/", "/?as_of=2022-02-04"),
    "/embed/measures/missing-from-the-ferry-sahab/",
    "/measures/missing-from-the-ferry-sahab/?as_of=2022-02-04T10:00:00Z",
    *(
        "/claims/c-ferry-toll-medical/?as_of=2022-01-30",
        "/report/c-ferry-toll-medical/",
    ),
    *("/search/?q=%D8%B3%D8%AC%D9%86", "/search/?q=nowhere&exact=true&year=2022"),
)


class Page(NamedTuple):
    """An address, and the role of who asks for it."""

    role: str
    address: str
    is_heard: bool  # by axe, which takes longer than all else


def a_full_base() -> dict[str, User | None]:
    """Fill the base with the demo and rows of which the demo has none; return who asks."""
    filling.fill()
    for make_one in (
        *(rows.an_own_voice, rows.a_batch, rows.an_about_text, rows.an_error_report),
        *(rows.a_same_utterance, rows.a_suggested_measure, rows.an_access_entry),
        *(rows.an_assignment, rows.a_withheld_span),
        make.a_suggested_derivation,
    ):
        with transaction.atomic():  # what follows a commit would make some of it too
            make_one()
    make.a_merge(speaker=make.a_speaker(), into=make.a_speaker())
    chief = User.objects.filter(groups__name=CHIEF).earliest("pk")
    return {ANONYMOUS: None, CHIEF: chief, ADMIN: make.an_admin()}


def every_page(people: dict[str, User | None]) -> list[Page]:
    """Return a page of each route, model and step, and those that are worth seeing.

    Raises:
        AssertionError: for a route that no row here answers.
    """
    seen = [
        *(Page(ANONYMOUS, each, is_heard=True) for each in WORTH_SEEING),
        *(
            Page(CHIEF, each, is_heard=True)
            for each in (*_at_the_desk(), *_at_the_bench())
        ),
    ]
    found, asked = pages_about(_world(), people)
    of_pages = {name for name, _ in routes() if not _is_api(name)}
    unasked = {name for name in of_pages - asked if not name.endswith("_step")}
    assert unasked == set(), f"No row answers {sorted(unasked)}"
    return [*found, *seen]


def pages_about(
    world: World, people: dict[str, User | None]
) -> tuple[list[Page], set[str]]:
    """Return a page of each route, model and step, and the routes that have one."""
    found: dict[tuple[Any, ...], Page] = {}
    asked = set(NO_PAGE)
    for question in questions(world):
        asked.add(question.route)
        role = _role(question.route, question.view)
        key = (question.route, question.model, question.verb)
        if key not in found and _is_page(question, role, people[role]):
            is_heard = not question.route.startswith(("admin:", "api:"))
            found[key] = Page(role, question.address, is_heard)
    return list(found.values()), asked


def _world() -> World:
    """What came first of every model: the demo's, which is public."""
    ours = (apps.get_app_config(name).get_models() for name in ("sources", "claims"))
    models = [model for models in ours for model in models]
    public = [row for each in models for row in each._base_manager.order_by("pk")[:1]]
    return World(public=public)


def _role(route: str, view: str) -> str:
    """The role that is shown most of a page, of which the public's come first."""
    if not route.startswith("admin:"):
        return ANONYMOUS if ROUTES[route] is None else CHIEF
    return (
        ADMIN
        if "auth" in {view, route.split(":")[1].split("_", maxsplit=1)[0]}
        else CHIEF
    )


def _is_api(route: str) -> bool:
    return route.startswith("api:") and route != "api:docs"


def _is_page(question: Question, role: str, user: User | None) -> bool:
    if question.route in NO_PAGE or _is_api(question.route):
        return False
    if ANSWERED not in expected(role, "GET", question, user):
        return False
    if not question.verb:
        return True
    steps = admin.site.get_model_admin(question.model).steps
    [step] = [each for each in steps if each.verb == question.verb]
    return step.fits(question.row, user)


def _at_the_desk() -> list[str]:
    """Pages of the desk of rows that have much to show."""
    claim = Claim.objects.get(code="c-sinaa-surrendered")
    version = claim.article_version
    text = version.text.replace("3500", "4000")
    contributor = User.objects.filter(groups__name="contributor").first()
    at = version.fetched_at
    intake.add_version(version.article, text=text, actor=contributor, at=at)
    [lost, *_others] = Placement.objects.lost()
    return [
        *(address(claim), address(claim, "history")),
        *(address(version.article), address(lost), step(lost, "place")),
        *(address(Claim.objects.recorded().first()), "/admin/none/"),
        address(Claim, "add", replaces=claim.code),
        address(Speaker, "changelist", q="قسد"),
        *("/review/c-ferry-toll-survivors/", "/review/r-ferry-aboard/"),
        "/review/q-ferry-press-quay/",
    ]


def _at_the_bench() -> list[str]:
    """The workbench of a text with a card of each kind."""
    version = make.a_version(text=TEXT)
    row = a_number(version)
    a_quotation(version)
    gone = a_number(version, "ferry left")
    suggestions.dismiss(gone, actor=make.an_editor(), at=make.RECORDED_AT)
    recorded = make.a_recorded_claim(version=version, words="40 were children")
    public = make.published(make.a_recorded_quote(version=version, words="at dawn"))
    cards = ("", *(f"s-{row.pk}", recorded.code, public.code))
    asked = ["", *(f"card={each}" for each in cards), "new=quote&words=Nobody+drowned"]
    return [bench(version, each) for each in asked]
