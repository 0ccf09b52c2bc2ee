"""The page of an event: how each measure stands, what happened when, and where."""

import datetime as dt
from decimal import Decimal
from math import cos, radians

import pytest
from django.test import Client
from django.utils import translation

from claims.charts import maps, timeline
from claims.charts.timeline import Happening, Kind
from claims.models import Event
from tests import factories as make
from tests.pages.conftest import Read
from tests.pages.test_measures import a_statement

DAY = dt.date(2024, 5, 1)


def an_article_of(day: dt.date, title: str):
    """A version of an article that was published on a day."""
    return make.an_article(
        title=title,
        text="About 60 people are missing, the harbour said. At least 200, said rescuers.",
        published_earliest=day,
        published_latest=day,
        published_precision="DAY",
    ).versions.get()


# --- its measures ---


@pytest.mark.django_db
def test_each_measure_says_in_one_sentence_how_its_voices_stand(read: Read):
    event = make.an_event()
    contested, single = (make.a_measure(event=event) for _ in range(2))
    a_statement(contested, 60, speaker=make.an_organisation())
    a_statement(contested, 200, speaker=make.an_organisation())
    a_statement(single, 7)
    html = read(event.get_absolute_url()).html
    assert "contested: 60 against 200" in html
    assert "1 voice in 1 article: 7" in html


@pytest.mark.django_db
@pytest.mark.parametrize("n", [1, 40])
def test_an_event_of_many_measures_costs_what_one_of_one_costs(
    client: Client, django_assert_num_queries, n: int
):
    event = make.an_event(latitude=36, longitude=40)
    for _ in range(n):
        a_statement(make.a_measure(event=event), 7)
    # withheld names; event; count and measures; claims, who speaks as whom, derivations,
    # names of voices; what was taken back; events around it
    with django_assert_num_queries(10):
        page = client.get(event.get_absolute_url()).content.decode()
    assert page.count("1 voice in 1 article") == min(n, 30)
    assert ("page 1 of 2" in page) == (n > 30)


# --- the timeline ---


@pytest.mark.django_db
def test_a_timeline_has_articles_figures_and_what_was_taken_back(read: Read):
    measure = make.a_measure()
    version = an_article_of(DAY, "Ferry overdue")
    quote = make.a_published_quote(
        version=version,
        words="60 people are missing",
        said_on_earliest=dt.date(2024, 4, 30),
        said_on_latest=dt.date(2024, 4, 30),
        said_on_precision="DAY",
    )
    a_statement(measure, 60, version=version, quote=quote)
    make.a_withdrawn_claim(measure=measure)
    page = read(measure.event.get_absolute_url())
    told = page.text_in("row-links")
    assert "\u2068Ferry overdue\u2069, 1 May 2024" in told
    assert "60\u2069, 30 April 2024" in told
    assert "6 May 2024" in told
    then = read(f"{measure.event.get_absolute_url()}?as_of=2024-05-05")
    assert "Taken back" not in then.html


@pytest.mark.django_db
def test_an_event_of_which_no_day_is_known_has_no_timeline(read: Read):
    claim = make.a_published_claim()
    html = read(claim.measure.event.get_absolute_url()).html
    assert 'id="timeline"' not in html


def laid_out(*days: int, language: str = "en"):
    found = [
        Happening(Kind.ARTICLE, each, each, f"No. {n}", f"/{n}/")
        for n, each in enumerate(DAY + dt.timedelta(days=day) for day in days)
    ]
    with translation.override(language):
        return timeline.laid_out(found, "An event")


def test_a_timeline_runs_with_the_writing():
    for language, places in (("en", [0, 1000]), ("ar", [1000, 0])):
        [line] = laid_out(0, 10, language=language).lines
        assert [mark.x for mark in line.marks] == places


def test_what_lies_too_near_is_one_mark_that_counts():
    [line] = laid_out(0, 0, 1, 100).lines
    assert [len(mark.happenings) for mark in line.marks] == [3, 1]
    with translation.override("en"):
        assert line.marks[0].told == "3 articles, from 1 May 2024 to 2 May 2024"
        assert line.marks[1].told == "No. 3, 9 August 2024"


def test_a_timeline_of_thousands_stays_small():
    lines = laid_out(*range(5000)).lines
    assert sum(len(line.marks) for line in lines) <= 1000 // timeline.APART + 1


def test_an_event_alone_makes_no_timeline():
    assert timeline.laid_out([Happening(Kind.EVENT, DAY, DAY, "It")], "It") is None


# --- the map ---


def an_event_at(latitude, longitude, name="Somewhere") -> Event:
    return Event(
        slug=name.lower(),
        name_en=name,
        latitude=latitude if latitude is None else Decimal(latitude),
        longitude=longitude if longitude is None else Decimal(longitude),
    )


def test_north_is_up_and_east_is_right():
    here, there = an_event_at("36", "40"), an_event_at("37", "41")
    drawn = maps.mapped(here, [there])
    first, second = drawn.points
    assert first.y > second.y
    assert first.x < second.x
    apart = (second.x - first.x) / (first.y - second.y)
    assert apart == pytest.approx(cos(radians(36.5)), abs=0.02)


@pytest.mark.parametrize(
    "places",
    [
        [("0", "0")],
        [("90", "180")],
        [("-90", "-180"), ("90", "180")],
        [("36.48", "40.75"), ("36.5", "40.7")],
        [("0", "-179"), ("2", "-179")],
    ],
)
def test_every_point_lies_on_the_map_with_lines_around_it(places):
    events = [an_event_at(*each) for each in places]
    drawn = maps.mapped(events[0], events[1:])
    for point in drawn.points:
        assert 0 < point.x < maps.WIDTH
        assert 0 < point.y < maps.HEIGHT
    for lines in (drawn.meridians, drawn.parallels):
        assert 1 <= len(lines) <= maps.LINES + 1
    assert 0 < drawn.bar <= maps.LONGEST_BAR


def test_the_scale_bar_is_as_long_as_it_says():
    here, there = an_event_at("10", "20"), an_event_at("11", "20")
    drawn = maps.mapped(here, [there])
    pixels = abs(drawn.points[0].y - drawn.points[1].y)
    assert drawn.bar / drawn.km == pytest.approx(pixels / maps.KM_PER_DEGREE, rel=0.02)


def test_an_event_that_is_nowhere_has_no_map():
    assert maps.mapped(an_event_at(None, None), []) is None


@pytest.mark.django_db
def test_a_map_names_other_events_near_that_the_reader_may_know(read: Read):
    here = make.an_event(latitude=36, longitude=40, name_en="Here")
    near = make.an_event(latitude=37, longitude=41, name_en="Near by")
    make.an_event(latitude=37, longitude=40, name_en="Not public")
    far = make.an_event(latitude=50, longitude=40, name_en="Far away")
    for each in (here, near, far):
        a_statement(make.a_measure(event=each), 7)
    html = read(here.get_absolute_url()).html
    assert 'id="map"' in html
    assert "Near by" in html
    assert "Not public" not in html
    assert "Far away" not in html


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ar", "en"])
def test_degrees_are_told_in_the_language_of_the_page(read: Read, language: str):
    here = make.an_event(latitude="36.48", longitude="40.75")
    a_statement(make.a_measure(event=here), 7)
    assert "36.5°" in read(here.get_absolute_url(), language=language).html
