"""Pages of speakers and sources: how often figures were hedged, contested, revised."""

import re

import pytest

from claims import linting
from tests import factories as make
from tests.lints.test_lints import a_figure, on
from tests.pages.conftest import Read
from tests.pages.test_measures import a_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def said():
    """A speaker's figures: two hedged, one contested by others, one total that fell."""
    speaker = make.a_speaker()
    contested = make.a_measure(name_en="Missing")
    version = make.a_version(
        text="About 60 people are missing, the harbour said.", source=make.a_source()
    )
    a_statement(contested, 60, "ABOUT", speaker=speaker, version=version)
    a_statement(contested, 200, speaker=make.an_organisation())
    alone = make.a_measure(name_en="Alone")
    a_statement(alone, 60, "ABOUT", speaker=speaker)
    fallen = {"measure": make.a_measure(nature="RUNNING_TOTAL"), "speaker": speaker}
    a_figure(120, **on("holds", 1), **fallen)
    a_figure(90, **on("holds", 2), **fallen)
    linting.refresh()
    return speaker, version.article.source


def links_of(page, part: str) -> set[str]:
    return {link for link in page.links() if part in link}


def test_a_speaker_s_page_counts_what_became_of_their_figures(read: Read, said):
    speaker, _source = said
    page = read(speaker.get_absolute_url())
    assert "4 figures, of which hedged: 2." in page.html
    assert "3 measures, of which contested: 1." in page.html
    section = re.search(r'aria-labelledby="fared".*?</section>', page.html, re.DOTALL)
    assert section is not None
    assert "Missing" in section[0]
    assert "Alone" not in section[0]


def test_a_source_s_page_counts_those_in_its_articles(read: Read, said):
    _speaker, source = said
    page = read(source.get_absolute_url())
    assert "1 figure, of which hedged: 1." in page.html
    assert "1 measure, of which contested: 1." in page.html
    assert f"/claims/?source={source.slug}&amp;qualifier=ABOUT" in page.html


def test_each_count_leads_to_as_many_rows(read: Read, said):
    speaker, _source = said
    page = read(speaker.get_absolute_url())
    [hedged] = links_of(page, "qualifier=")
    assert "2 claims" in read(hedged).html
    [fallen] = links_of(page, "/lints/falling-total/")
    assert "1 finding" in read(fallen).html
    other = make.a_published_claim(speaker=make.a_speaker()).speaker
    assert "0 findings" in read(fallen.replace(speaker.slug, other.slug)).html


def test_a_source_is_told_how_often_it_revised(read: Read):
    source, measure = make.a_source(), make.a_measure()
    for day, number in ((1, 60), (2, 70)):
        version = make.an_article(
            source=source,
            text=f"About {number} people are missing.",
            **{
                f"published_{name}": f"2024-05-0{day}"
                for name in ("earliest", "latest")
            },
            published_precision="DAY",
        ).versions.get()
        make.a_published_claim(
            measure=measure,
            version=version,
            words=f"{number} people are missing",
            low=number,
            high=number,
            holds_earliest="2024-04-30",
            holds_latest="2024-04-30",
            holds_precision="DAY",
        )
    linting.refresh()
    page = read(source.get_absolute_url())
    [revised] = links_of(page, "/lints/revised-figure/")
    assert revised.endswith(f"?source={source.slug}")
    assert "1 finding" in read(revised).html


def test_what_is_not_published_counts_for_nobody_but_the_desk(read: Read, said):
    speaker, _source = said
    make.a_recorded_claim(speaker=speaker, qualifier="ABOUT")
    linting.refresh()
    address = speaker.get_absolute_url()
    assert "4 figures, of which hedged: 2." in read(address).html
    desk = read(address, as_user=make.a_reviewer()).html
    assert "5 figures, of which hedged: 3." in desk


def test_of_a_past_day_only_what_was_said_by_then_counts(read: Read, said):
    speaker, _source = said
    html = read(f"{speaker.get_absolute_url()}?as_of=2024-05-05").html
    assert "4 figures, of which hedged: 2." in html
    assert "of which contested" not in html
    assert "/lints/falling-total/?speaker" not in html
