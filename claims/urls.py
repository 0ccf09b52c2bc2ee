"""Addresses of the pages for readers; they never change once given."""

from django.urls import path

from claims import feeds, linked, views
from claims.desk import imports, mine, reports, retractions, review

urlpatterns = [
    path("", views.home, name="home"),
    path("articles/", views.article_list, name="article-list"),
    path("articles/<slug:code>/", views.article, name="article"),
    path(
        "articles/<slug:code>/annotations/",
        linked.article_annotations,
        name="article-annotations",
    ),
    path("annotations/<slug:code>/", linked.annotation, name="annotation"),
    path("claims/", views.claim_list, name="claim-list"),
    path("claims/<slug:code>/", views.claim, name="claim"),
    path("claims/<slug:code>.jsonld", linked.claim, name="claim-linked"),
    path("quotes/", views.quote_list, name="quote-list"),
    path("quotes/<slug:code>/", views.quote, name="quote"),
    path("quotes/<slug:code>.jsonld", linked.quote, name="quote-linked"),
    path("speakers/", views.speaker_list, name="speaker-list"),
    path("speakers/<slug:slug>/", views.speaker, name="speaker"),
    path("speakers/<slug:slug>/feed/", feeds.speaker_feed, name="speaker-feed"),
    path("sources/", views.source_list, name="source-list"),
    path("sources/<slug:slug>/", views.source, name="source"),
    path("sources/<slug:slug>/feed/", feeds.source_feed, name="source-feed"),
    path("events/", views.event_list, name="event-list"),
    path("events/<slug:slug>/", views.event, name="event"),
    path("measures/", views.measure_list, name="measure-list"),
    path("measures/<slug:slug>/", views.measure, name="measure"),
    path("measures/<slug:slug>/feed/", feeds.measure_feed, name="measure-feed"),
    path(
        "measures/<slug:slug>/changes/", views.measure_changes, name="measure-changes"
    ),
    path("corrections/", views.correction_list, name="correction-list"),
    path("corrections/feed/", feeds.corrections_feed, name="correction-feed"),
    path("about/", views.about, name="about"),
    path("report/<slug:code>/", reports.report_page, name="report"),
    path("me/", mine.my_page, name="me"),
    path("me/<slug:code>/take-over/", mine.take_over_view, name="take-over"),
    path("review/", review.queue_page, name="review-queue"),
    path("review/many/", review.many_view, name="review-many"),
    path("review/imports/", imports.imports_page, name="import-list"),
    path("review/imports/<int:number>/", imports.import_page, name="import"),
    path("review/retractions/", retractions.retractions_page, name="retraction-list"),
    path("review/reports/", reports.reports_page, name="report-list"),
    path("review/reports/<slug:code>/", reports.answer_view, name="report-answer"),
    path("review/<slug:code>/", review.review_page, name="review"),
    path("review/<slug:code>/assign/", review.assign_view, name="review-assign"),
]
