"""The entrance of the API and its documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csp.decorators import csp_update
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from sources.api.refusals import ParametersRefused, misused_parameters

if TYPE_CHECKING:
    from rest_framework.request import Request

RESOURCES = (
    *("source", "speaker", "article", "quote", "claim"),
    *("measure", "event", "assessment", "correction", "lint"),
)


class RootView(APIView):
    """The lists there are."""

    authentication_classes = ()
    http_method_names = ["get", "head", "options"]

    @extend_schema(
        operation_id="root",
        tags=["root"],
        responses={200: {"type": "object", "additionalProperties": {"type": "string"}}},
    )
    def get(self, request: Request) -> Response:
        """Return the address of every list."""
        if misused := list(misused_parameters(request.query_params, ())):
            raise ParametersRefused(*misused)
        routes: dict[str, Any] = {f"{name}s": f"api:{name}-list" for name in RESOURCES}
        routes |= {"search": "api:search", "schema": "api:schema", "docs": "api:docs"}
        return Response(
            {name: reverse(route, request=request) for name, route in routes.items()}
        )


class DocsView(SpectacularSwaggerSplitView):
    """Swagger UI from our own server, its script in a file of its own."""

    authentication_classes = ()
    throttle_classes = ()
    url_name = "api:schema"
    template_name = "api/docs.html"


root = RootView.as_view()
docs = csp_update({"img-src": ["data:"]})(DocsView.as_view())
