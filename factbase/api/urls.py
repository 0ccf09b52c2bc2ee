"""The routes of the API."""

from __future__ import annotations

from django.urls import path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from claims.api.findings import FindingViewSet, LintViewSet
from claims.api.searching import SearchViewSet
from claims.api.viewsets import (
    AssessmentViewSet,
    ClaimViewSet,
    CorrectionViewSet,
    EventViewSet,
    MeasureViewSet,
    QuoteViewSet,
)
from factbase.api.streaming import streamed, whole
from factbase.api.views import docs, root
from sources.api.viewsets import ArticleViewSet, SourceViewSet, SpeakerViewSet

app_name = "api"

router = SimpleRouter(use_regex_path=False)
finding = streamed(FindingViewSet)
whole_lists = whole("lints/<slug:name>", finding, "lint-detail")
for viewset in map(
    streamed,
    (
        *(SourceViewSet, SpeakerViewSet, ArticleViewSet, QuoteViewSet, ClaimViewSet),
        *(MeasureViewSet, EventViewSet, AssessmentViewSet, CorrectionViewSet),
    ),
):
    name = viewset.__name__.removesuffix("ViewSet").lower()
    router.register(f"{name}s", viewset, basename=name)
    whole_lists += whole(f"{name}s", viewset, f"{name}-list")

urlpatterns = [
    path("", root, name="root"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", docs, name="docs"),
    path("lints/", LintViewSet.as_view({"get": "list"}), name="lint-list"),
    path("lints/<slug:name>/", finding.as_view({"get": "list"}), name="lint-detail"),
    path("search/", SearchViewSet.as_view({"get": "search"}), name="search"),
    *whole_lists,
    *router.urls,
]
