"""The routes of the API."""

from __future__ import annotations

from django.urls import path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from claims.api.viewsets import (
    AssessmentViewSet,
    ClaimViewSet,
    CorrectionViewSet,
    EventViewSet,
    MeasureViewSet,
    QuoteViewSet,
)
from factbase.api.views import docs, root
from sources.api.viewsets import ArticleViewSet, SourceViewSet, SpeakerViewSet

app_name = "api"

router = SimpleRouter(use_regex_path=False)
for viewset in (
    *(SourceViewSet, SpeakerViewSet, ArticleViewSet, QuoteViewSet, ClaimViewSet),
    *(MeasureViewSet, EventViewSet, AssessmentViewSet, CorrectionViewSet),
):
    name = viewset.__name__.removesuffix("ViewSet").lower()
    router.register(f"{name}s", viewset, basename=name)

urlpatterns = [
    path("", root, name="root"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", docs, name="docs"),
    *router.urls,
]
