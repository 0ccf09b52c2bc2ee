"""What every question must be answered, by the tables of the policy alone."""

from django.contrib import admin
from django.contrib.auth.models import User

import claims.policy
import sources.policy
from claims.models import Claim, ErrorReport, Quote
from factbase.policy import FIELDS, ROUTES
from sources.models import ArticleVersion
from sources.policy import DESK, FieldClass, UserRole
from tests.policy_matrix.asking import Question

ACTS = {**sources.policy.ACTS, **claims.policy.ACTS}

ANSWERED, LOGIN, FORBIDDEN, ABSENT, NOT_SO = "answered", "login", "403", "404", "405"

#: The roles of each account; a superuser administers and nothing else.
ROLES: dict[str, set[str]] = {
    **{role.value: {role} for role in UserRole},
    **{name: set() for name in ("anonymous", "no role", "closed")},
    "superuser": {UserRole.ADMIN},
}
#: Those whom nobody knows: the sign-in is where they are sent.
STRANGERS = {"anonymous", "closed"}

_READ = {"GET", "HEAD"}
_POST_ALONE = {"take-over", "review-many", "review-assign", "report-answer"}
_POST_TOO = {"report", "review", "import"}
#: Answers that are the public's, whoever asks; of a draft nobody complains.
_FOR_ANYONE = {
    "report",
    *("claim-linked", "quote-linked", "annotation", "article-annotations"),
    *("measure-feed", "speaker-feed", "source-feed"),
}
#: Pages that answer or refuse a method as the library they are made with does.
_ANY_METHOD = {
    *("set_language", "healthz", "readyz", "own-codes"),
    *("admin_password_reset", "password_reset_done"),
    *("password_reset_confirm", "password_reset_complete"),
}


def expected(role: str, method: str, question: Question, user: User | None) -> set[str]:
    """Return the outcomes that the policy leaves; but for a few pages just one."""
    if question.route.startswith("admin:"):
        told = _at_the_desk(role, method, question, user)
        is_library_s = question.route.removeprefix("admin:") in _OF_LIBRARIES
        return {told, NOT_SO} if is_library_s and told == ANSWERED else {told}
    allowed = ROUTES[question.route]
    if allowed is not None and not ROLES[role] & allowed:
        return {LOGIN if role in STRANGERS else FORBIDDEN}
    if question.route == "sign-in-code":
        return {LOGIN}  # nobody here has given a password
    if question.route in _ANY_METHOD:
        return {ANSWERED, NOT_SO}
    if method not in _methods(question.route):
        return {NOT_SO}
    is_asked_for = method != "OPTIONS"  # which tells what may be asked, not of what
    return {ANSWERED if not is_asked_for or knows(role, question) else ABSENT}


def _methods(route: str) -> set[str]:
    if route.startswith("api:"):
        return {*_READ, "OPTIONS"}
    if route in _POST_ALONE:
        return {"POST"}
    return {*_READ, "POST"} if route in _POST_TOO else _READ


def knows(role: str, question: Question) -> bool:
    """Tell whether an account may know of the row that a question is about."""
    row = question.row
    if row is None or question.route.startswith(("review", "take-over", "import")):
        return True  # only those get so far who see every state
    if isinstance(row, ErrorReport):
        return True
    if question.route in _FOR_ANYONE:
        return question.is_public and not getattr(row, "withheld", False)
    if question.route == "api:correction-detail" and row.status != "WITHDRAWN":
        return False
    if getattr(row, "withheld", False):
        return UserRole.CHIEF in ROLES[role]
    return question.is_public or bool(ROLES[role] & DESK)


# --- the desk ---

#: Pages of the desk that are of no model, for whoever has a role.
_OF_LIBRARIES = {"login", "logout", "password_change", "password_change_done", "jsi18n"}
_OF_EVERYBODY = {"index", *_OF_LIBRARIES}


def _at_the_desk(  # noqa: PLR0911  # one line for each kind of page
    role: str, method: str, question: Question, user: User | None
) -> str:
    page = question.route.removeprefix("admin:")
    if page in {"login", "logout"}:
        return ANSWERED
    if not ROLES[role]:
        return LOGIN
    if page in _OF_EVERYBODY:
        return ANSWERED
    if page == "app_list":
        readers = {UserRole.ADMIN} if question.view == "auth" else DESK
        return ANSWERED if ROLES[role] & readers else ABSENT
    if page == "autocomplete" and method not in _READ:
        return ANSWERED if method == "OPTIONS" else NOT_SO
    if question.model is None:
        return FORBIDDEN  # a choice of nothing
    if not _may_open(role, method, question, user):
        return FORBIDDEN
    return _there(role, question)


def _there(role: str, question: Question) -> str:
    """Tell whether what may be opened is there for this account."""
    row, view = question.row, question.view
    is_withheld = _is_about_withheld(row) and UserRole.CHIEF not in ROLES[role]
    if is_withheld and view in {"history", "step"}:
        return ABSENT
    if isinstance(row, ArticleVersion) and view == "original":
        return ABSENT if UserRole.CHIEF in ROLES[role] else FORBIDDEN
    return ANSWERED


def _is_about_withheld(row: object) -> bool:
    speakers = [row, *(getattr(row, name, None) for name in ("speaker", "into"))]
    return not hasattr(row, "code") and any(
        getattr(each, "withheld", False) for each in speakers
    )


def _may_open(role: str, method: str, question: Question, user: User | None) -> bool:
    roles, view = ROLES[role], question.view
    own = admin.site.get_model_admin(question.model)
    if view in {"changelist", "history", "autocomplete", "rules", "original"}:
        return bool(roles & seeing(question.model))
    if view == "change":
        if method == "POST":
            return bool(roles & _changing(question, user))
        return bool(roles & (seeing(question.model) | _changing(question, user)))
    acts = {
        "add": [own.adding],
        "delete": [own.removing],
        "workbench": ["record statement"],
        "bring_in": ["add article"],
        "step": [
            act for step in own.steps if step.verb == question.verb for act in step.acts
        ],
    }[view]
    return any(act and roles & ACTS[act] for act in acts)


def seeing(model: type) -> set[str]:
    """The roles that read the rows of a model at the desk."""
    if model is User:
        return {UserRole.ADMIN}
    if set(FIELDS[model._meta.label_lower]) == {FieldClass.PROTECTED}:
        return {UserRole.CHIEF}
    return set(DESK)


def _changing(question: Question, user: User | None) -> set[str]:
    if question.model in {Claim, Quote}:
        is_own = user is not None and question.row.recorded_by_id == user.pk
        acts = ["edit statement", *(["edit own statement"] if is_own else [])]
    else:
        acts = [admin.site.get_model_admin(question.model).changing]
    return {role for act in acts if act for role in ACTS[act]}
