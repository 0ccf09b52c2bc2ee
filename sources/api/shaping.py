"""What a row in an answer holds: the fields asked for, and whole rows for references."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.viewsets import ReadOnlyModelViewSet

from sources.api.refusals import ParametersRefused, Refusal, nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from django.db.models import QuerySet

FIELDS, EXPAND = "fields", "expand"
#: The actions whose rows take the shape that is asked for.
SHAPED = ("list", "retrieve")
#: How far down references are replaced by whole rows: `article.source`.
LEVELS = 2
#: How many wrong names of one parameter are told.
MOST_TOLD = 10

#: Names of fields, each with those below it.
Tree: TypeAlias = "dict[str, Tree]"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which fields of a row are asked for, all where none is named, and which whole."""

    fields: Tree = field(default_factory=dict)
    expand: Tree = field(default_factory=dict)

    def wants(self, name: str) -> bool:
        """Tell whether the answer holds a field."""
        return not self.fields or name in self.fields

    def below(self, name: str) -> Asked:
        """Return what is asked of the row that a field refers to."""
        return Asked(self.fields.get(name, {}), self.expand.get(name, {}))


class Shaping(ReadOnlyModelViewSet[Any]):
    """Rows with the fields asked for, references replaced by whole rows where asked.

    `expandable` maps a field that refers to a row to the resource that has it whole.
    """

    expandable: ClassVar[Mapping[str, type[Shaping]]] = {}
    #: Whether its rows stand where another resource refers to them.
    is_within = False

    @classmethod
    def shaping_parameters(cls) -> list[str]:
        """Return the names of the parameters that shape a row."""
        return [FIELDS, EXPAND] if cls.expandable else [FIELDS]

    @classmethod
    def expansions(cls, levels: int = LEVELS) -> Iterator[str]:
        """Yield what `expand` may name."""
        for name, resource in cls.expandable.items() if levels else ():
            yield name
            yield from (f"{name}.{each}" for each in resource.expansions(levels - 1))

    @cached_property
    def asked(self) -> Asked:
        """What the query asks of each row.

        Raises:
            ParametersRefused: with each name that does not exist and the nearest one.
        """
        query = self.request.query_params
        whole, fields = (
            set(query[name].split(",")) if query.get(name) else set()
            for name in (EXPAND, FIELDS)
        )
        _require(EXPAND, whole, list(self.expansions()))
        expand = _tree(whole)
        if fields:
            _require(FIELDS, fields, list(_names(self, expand)))
        return Asked(_tree(fields - _covered(fields)), expand)

    def get_serializer(self, *args: Any, **options: Any) -> Any:
        """Return the serializer of rows, shaped as asked."""
        serializer = super().get_serializer(*args, **options)
        rows = args[0] if args else []
        each = _each(serializer)
        self.shape(each, [rows] if args and each is serializer else rows)
        return serializer

    def row_serializer(self) -> Any:
        """Return the serializer of one row, not shaped yet."""
        return self.get_serializer_class()()

    def shape(self, serializer: Any, rows: Iterable[Any]) -> None:
        """Put whole rows for references, then leave out what is not asked for."""
        for name in filter(self.asked.wants, self.asked.expand):
            fields = serializer.fields
            fields[name] = self._whole(name, fields[name], rows)
        _prune(serializer, self.asked.fields)

    def _whole(self, name: str, reference: Any, rows: Iterable[Any]) -> Whole:
        resource = self.within(name, self.asked.below(name))
        references = filter(None, map(reference.get_attribute, rows))
        found: QuerySet[Any] = resource.get_queryset().filter(
            pk__in={row.pk for row in references}
        )
        by_key = {row.pk: row for row in found}
        serializer = resource.row_serializer()
        resource.shape(serializer, by_key.values())
        return Whole(reference, serializer, by_key)

    def within(self, name: str, asked: Asked) -> Shaping:
        """Return the resource that has the rows which a field refers to."""
        resource = self.expandable[name](
            request=self.request, action="list", detail=False, is_within=True
        )
        resource.asked = asked
        return resource


class Whole(serializers.Field[Any, Any, Any, Any]):
    """A row in full where the reader may know it; else the reference to it."""

    def __init__(self, reference: Any, whole: Any, rows: Mapping[Any, Any]) -> None:
        super().__init__(read_only=True)
        self.child, self.whole, self.rows = reference, whole, rows
        self.told: dict[Any, Any] = {}

    def bind(self, field_name: str, parent: Any) -> None:
        """Let what shows the row know of the request, too."""
        super().bind(field_name, parent)
        self.whole.bind(field_name, parent)

    def get_attribute(self, instance: Any) -> Any:
        """Return the row that the reference is to."""
        return self.child.get_attribute(instance)

    def to_representation(self, value: Any) -> Any:
        """Return the row as JSON, made once for all that refer to it."""
        key = value.pk
        if key not in self.rows:
            return self.child.to_representation(value)
        if key not in self.told:
            self.told[key] = self.whole.to_representation(self.rows[key])
        return self.told[key]


def _each(nested: Any) -> Any:
    """Return the serializer of one row."""
    return getattr(nested, "child", nested)


def _names(resource: Shaping, expand: Tree) -> Iterator[str]:
    """Yield every field of a resource's rows, those of nested rows after a dot."""
    for name, nested in resource.row_serializer().fields.items():
        yield name
        if name in expand:
            whole = resource.within(name, Asked())
            below = _names(whole, expand[name])
        else:
            below = _nested_names(nested)
        yield from (f"{name}.{each}" for each in below)


def _nested_names(nested: Any) -> Iterator[str]:
    for name, below in getattr(_each(nested), "fields", {}).items():
        yield name
        yield from (f"{name}.{each}" for each in _nested_names(below))


def _tree(paths: Iterable[str]) -> Tree:
    root: Tree = {}
    for path in sorted(paths):
        node = root
        for name in path.split("."):
            node = node.setdefault(name, {})
    return root


def _covered(paths: Collection[str]) -> set[str]:
    """Return the paths below another one, which asks for all that is below it."""
    return {
        path
        for path in paths
        if any(above in paths for above in _above(path.split(".")))
    }


def _above(names: list[str]) -> Iterator[str]:
    return accumulate(names[:-1], "{}.{}".format)


def _require(parameter: str, named: set[str], known: Collection[str]) -> None:
    """Refuse the names that are not known, and tell of the first few of them."""
    if unknown := sorted(named.difference(known))[:MOST_TOLD]:
        code, detail = {
            FIELDS: ("unknown-field", _("Rows have no such field here.")),
            EXPAND: ("not-expandable", _("No row can stand here in full.")),
        }[parameter]
        raise ParametersRefused(
            *(
                Refusal(parameter, code, detail, name, nearest(name, known))
                for name in unknown
            )
        )


def _prune(serializer: Any, wanted: Tree) -> None:
    """Leave out the fields that are not wanted; none named means all."""
    if not wanted:
        return
    for name in list(serializer.fields):
        if name not in wanted:
            del serializer.fields[name]
        else:
            _prune(_each(serializer.fields[name]), wanted[name])
