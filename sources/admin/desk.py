"""The admin of every logged row: policy at the door, processes behind it.

Nothing here writes. A save is parsed by the form, done by one process function
and, when that refuses, shown again with the reason and with nothing lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.admin.utils import lookup_spawns_duplicates, unquote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import CASCADE, Case, OrderBy, Q, When
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sources import policy, search
from sources.admin import timeline
from sources.admin.inlines import LinksAdmin
from sources.admin.searching import spelled, without_hidden_matches
from sources.admin.steps import StepsAdmin, actor_of
from sources.forms import RowForm
from sources.forms.rows import REFUSALS
from sources.masking import in_order, is_restricted, masked_columns
from sources.models.versioned import Versioned
from sources.policy import FieldClass, UserRole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.db.models import Model, QuerySet
    from django.http import HttpRequest

    from sources.policy import Acts

_USED_BY = 5
_COMPARISONS = {
    *("id", "exact", "isnull", "isempty", "in", "gte", "gt", "lte", "lt"),
    *("year", "month", "day"),
}


class DeskAdmin(LinksAdmin, StepsAdmin):
    """What every model's admin does here.

    `table` and `classes` are the app's tables of acts and of columns; `adding`, `changing` and `removing` name
    the acts in it, and stay empty where the model knows no such thing.
    """

    form: type[RowForm] = RowForm
    actions = None
    list_per_page = 50
    show_full_result_count = False
    object_history_template = "admin/history.html"

    table: Acts = policy.ACTS
    classes = policy.FIELDS
    adding = changing = removing = ""

    # --- who may ---

    def may_do(self, request: HttpRequest, acts: Sequence[str]) -> bool:
        """Tell whether the policy allows one of these acts."""
        return any(act and policy.may(request.user, act, self.table) for act in acts)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Tell whether the account sees what is not published."""
        del obj
        return policy.sees_unpublished(request.user)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Tell whether the model is listed on the desk."""
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Ask the policy."""
        return self.may_do(request, [self.adding])

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Ask the policy."""
        del obj
        return self.may_do(request, [self.changing])

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Ask the policy."""
        del obj
        return self.may_do(request, [self.removing])

    def hidden_columns(self, request: HttpRequest) -> set[str]:
        """Return the protected columns, which only the chief sees."""
        if UserRole.CHIEF in policy.roles_of(request.user):
            return set()
        classes = self.classes.get(self.opts.label_lower, {})
        return set(classes.get(FieldClass.PROTECTED, "").split())

    # --- processes; a subclass names those of its model ---

    #: `(row, *, form, actor)` adds what the form built.
    add_row: Callable[..., None]
    #: `(row, values, *, actor, reason)` changes a row as it was read.
    change_row: Callable[..., None]
    #: `(row, *, actor)` removes what nothing refers to.
    remove_row: Callable[..., None]

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: Any
    ) -> None:
        """Hand the values of the form to the process; a form without news is done."""
        if not change:
            self.add_row(obj, form=form, actor=actor_of(request))
        elif values := form.changes():
            obj.version = form.cleaned_data["read_version"] or 0
            reason = form.cleaned_data["reason"]
            self.change_row(obj, values, actor=actor_of(request), reason=reason)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Hand the row to the process."""
        self.remove_row(obj, actor=actor_of(request))

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Leave it to our own log, which has it already."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Leave it to our own log, which has it already."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """Leave it to our own log, which has it already."""

    # --- forms ---

    def form_for(self, request: HttpRequest, row: Any) -> type[RowForm]:
        """Return the form of a row; that of a new one when it is None."""
        del request, row
        return self.form

    def get_form(
        self,
        request: HttpRequest,
        obj: Any = None,
        change: Any = False,  # noqa: FBT002  # Django's signature
        **options: Any,
    ) -> Any:
        """Return the form class, told what a process function refused just now."""
        options["form"] = self.form_for(request, obj)
        form = super().get_form(request, obj, change=change, **options)
        form.refusal = getattr(request, "refusal", None)  # type: ignore[attr-defined]  # of RowForm
        return form

    def sections(self, request: HttpRequest, row: Any) -> Sequence[Any]:
        """Return the fieldsets of a row; those of a new one when it is None."""
        del request, row
        return self.fieldsets or ()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Add the hidden code of a new row, or version and reason of a stored one."""
        fieldsets = self.sections(request, obj)
        if obj is None and hasattr(self.model, "code"):
            return [*fieldsets, (None, {"fields": ["new_code"], "classes": ["unseen"]})]
        if isinstance(obj, Versioned) and self.has_change_permission(request, obj):
            return [*fieldsets, (None, {"fields": ["reason", "read_version"]})]
        return list(fieldsets)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Save; what a process refuses is shown again in the form, with the reason."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except REFUSALS as refusal:
            request.refusal = refusal  # type: ignore[attr-defined]  # read by get_form
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **options: Any
    ) -> Any:
        """Add the buttons above the form."""
        row = context.get("original")
        context["tools"] = self.tools(request, row) if row else []
        return super().render_change_form(request, context, *args, **options)

    def view_on_site(self, obj: Any) -> str | None:
        """Return the address of the row's page, if it has one."""
        return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else None

    # --- lists ---

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Leave out what is about withheld speakers, but for the chief."""
        return policy.reachable(request.user, super().get_queryset(request))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find every spelling in any of the columns, then what readers' search finds.

        A list has an order of its own; what is offered while typing keeps this one.
        """
        paths = self.get_search_fields(request)
        repeats = any(lookup_spawns_duplicates(self.opts, path) for path in paths)
        found = queryset.filter(spelled(search_term, paths))
        found = without_hidden_matches(found, search_term, paths)
        if not search.is_searched(self.model) or not _is_query(search_term):
            return found, repeats
        by_words = search.matching(queryset, search_term, request.user)
        as_typed = Q(pk__in=_keys(found))
        either = queryset.filter(as_typed | Q(pk__in=_keys(by_words)))
        first = Case(When(as_typed, then=0), default=1)
        return either.order_by(first, *queryset.query.order_by), False

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[ChangeList]:
        """Return the list that orders rows by what the reader sees."""
        del request, options
        return SeenChangeList

    def get_ordering(self, request: HttpRequest) -> Any:
        """Order rows by what the reader sees."""
        return [_seen_order(self.model, name) for name in super().get_ordering(request)]

    def lookup_allowed(
        self, lookup: str, value: Any, request: HttpRequest | None = None
    ) -> bool:
        """Allow the declared filters and simple comparisons of them, nothing else."""
        del value
        filters = (*self.get_list_filter(request), self.date_hierarchy)  # type: ignore[arg-type]  # never None here
        return any(_compares(lookup, _filtered(item)) for item in filters if item)

    # --- history and removal ---

    def history_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Show the object's entries of the log."""
        row = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        if row is None:
            raise Http404
        teller = timeline.Teller(self.model, self.form, self.hidden_columns(request))
        page, entries = timeline.page_of(row, request.GET.get("page"), teller)
        context = {
            **self.admin_site.each_context(request),
            "title": _("History"),
            "subtitle": str(row),
            "page": page,
            "entries": entries,
            "original": row,
            "opts": self.opts,
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.object_history_template, context)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Return what the rows are used by; nothing is ever removed along with them."""
        del request
        used_by = [line for row in objs for line in _used_by(row)]
        return [str(row) for row in objs], {}, set(), used_by


class SeenChangeList(ChangeList):
    """A list that a name which hides from the reader does not order."""

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        """Return the order that was asked for, as far as the reader sees it."""
        ordering = super().get_ordering(request, queryset)
        return [_seen_order(self.model, each) for each in ordering]


def _is_query(term: str) -> bool:
    try:
        search.require_words(term)
    except search.WordsRefused:
        return False
    return True


def _keys(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.order_by().values("pk")


def _seen_order(model: type[Model], name: Any) -> Any:
    """Return what orders as `name` does, blind to what hides from the reader."""
    column = str(name).removeprefix("-")
    if column not in masked_columns(model) or not is_restricted():
        return name
    return OrderBy(in_order(model, column), descending=name.startswith("-"))


def _filtered(item: Any) -> str:
    """Return the name in the address of a declared filter."""
    name = item[0] if isinstance(item, tuple) else item
    return str(getattr(name, "parameter_name", name))


def _compares(lookup: str, name: str) -> bool:
    """Tell whether a lookup is a column or a simple comparison of it."""
    comparison = lookup.removeprefix(name)
    return lookup.startswith(name) and {*comparison.split("__")} <= {"", *_COMPARISONS}


def _used_by(row: Model) -> list[str]:
    """Return what refers to a row, some of each kind: a query for each kind."""
    lines = []
    for link in row._meta.related_objects:
        if link.on_delete is CASCADE:  # it goes with the row
            continue
        model = link.related_model
        users = list(
            model._default_manager.filter(**{link.field.name: row})[: _USED_BY + 1]
        )
        name = capfirst(str(model._meta.verbose_name))
        lines += [f"{name}: {user}" for user in users[:_USED_BY]]
        if len(users) > _USED_BY:
            lines.append(f"{capfirst(str(model._meta.verbose_name_plural))}: …")
    return lines


def told(
    name: str, label: Any, show: Callable[[Any], str], *, ordering: str | None = None
) -> Any:
    """Return a display of a value that takes several columns."""

    def display(_self: object, row: Any) -> str:
        return show(getattr(row, name))

    display.short_description = label  # type: ignore[attr-defined]  # how the admin names a column
    display.admin_order_field = ordering  # type: ignore[attr-defined]  # and sorts it
    return display
