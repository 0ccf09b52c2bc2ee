"""Addresses of the pages for readers; they never change once given."""

from django.urls import path

from claims import downloads, embeds, feeds, linked
from claims.desk import imports, mine, reports, retractions, review
from claims.views import details, events, lints, lists, searching
from claims.views.understood import understood

urlpatterns = [
    path("", lists.home, name="home"),
    path("articles/", lists.article_list, name="article-list"),
    path("articles/<slug:code>/", details.article, name="article"),
    path(
        "articles/<slug:code>/annotations/",
        linked.article_annotations,
        name="article-annotations",
    ),
    path("annotations/<slug:code>/", linked.annotation, name="annotation"),
    path("claims/", lists.claim_list, name="claim-list"),
    path("claims/<slug:code>/", details.claim, name="claim"),
    path("claims/<slug:code>.jsonld", linked.claim, name="claim-linked"),
    path("quotes/", lists.quote_list, name="quote-list"),
    path("quotes/<slug:code>/", details.quote, name="quote"),
    path("quotes/<slug:code>.jsonld", linked.quote, name="quote-linked"),
    path("speakers/", lists.speaker_list, name="speaker-list"),
    path("speakers/<slug:slug>/", details.speaker, name="speaker"),
    path("speakers/<slug:slug>/feed/", feeds.speaker_feed, name="speaker-feed"),
    path("sources/", lists.source_list, name="source-list"),
    path("sources/<slug:slug>/", details.source, name="source"),
    path("sources/<slug:slug>/feed/", feeds.source_feed, name="source-feed"),
    path("events/", lists.event_list, name="event-list"),
    path("events/<slug:slug>/", events.event, name="event"),
    path("measures/", lists.measure_list, name="measure-list"),
    path("measures/<slug:slug>/", details.measure, name="measure"),
    path("measures/<slug:slug>/feed/", feeds.measure_feed, name="measure-feed"),
    path(
        "measures/<slug:slug>/changes/", details.measure_changes, name="measure-changes"
    ),
    path("measures/<slug:slug>/chart.svg", embeds.chart, name="measure-chart"),
    path("measures/<slug:slug>/comparison.csv", downloads.table, name="measure-table"),
    path(
        "measures/<slug:slug>/comparison-metadata.json",
        downloads.metadata,
        name="measure-table-metadata",
    ),
    path("embed/measures/<slug:slug>/", embeds.embed, name="measure-embed"),
    path("corrections/", lists.correction_list, name="correction-list"),
    path("corrections/feed/", feeds.corrections_feed, name="correction-feed"),
    path("lints/", lints.lint_list, name="lint-list"),
    path("lints/<slug:name>/", lints.lint, name="lint"),
    path("search/", searching.page, name="search"),
    path("search/results.csv", searching.table, name="search-table"),
    path("about/", lists.about, name="about"),
    path("report/<slug:code>/", reports.report_page, name="report"),
    path("understood/", understood, name="understood"),
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
