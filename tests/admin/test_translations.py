"""Translations at the desk: reached from the statement, edited until it is settled."""

import pytest

from claims.models import Claim, Quote, Translation
from tests import factories as make
from tests.admin.browsing import address, at_desk, complaints, fields, send, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def translation() -> Translation:
    return make.a_translation(quote=make.a_recorded_quote(), credit="Dalia Karim")


def test_a_contributor_edits_words_and_credit_and_nothing_else(translation):
    client, at = at_desk(make.a_contributor()), address(translation)
    asked = set(fields(client.get(at)))
    assert asked & {f.name for f in Translation._meta.fields} == {"words", "credit"}
    sent = {"words": "لم يغرق أحد منهم", "credit": "د. كريم", "language": "fr"}
    assert send(client, at, **sent).status_code == 302
    stored = Translation.objects.get()
    assert (stored.words, stored.credit) == ("لم يغرق أحد منهم", "د. كريم")
    assert stored.language == "ar"


def test_saving_without_news_voids_no_approval(translation):
    assert send(at_desk(make.an_editor()), address(translation)).status_code == 302
    assert Quote.objects.get().version == translation.statement.version


def test_the_second_of_two_who_edit_sees_both_texts(translation):
    first, second = at_desk(make.an_editor()), at_desk(make.a_contributor())
    at = address(translation)
    read = fields(second.get(at))
    send(first, at, words="Theirs")
    page = second.post(at, {**read, "words": "Mine"})
    assert page.status_code == 200
    assert "Somebody else changed this" in complaints(page)
    conflicts = list(page.context["adminform"].form.conflicts())
    assert conflicts == [("Words", "Theirs", "Mine")]
    assert Translation.objects.get().words == "Theirs"
    assert second.post(at, fields(page)).status_code == 302
    assert Translation.objects.get().words == "Mine"


def test_an_edit_of_what_was_published_meanwhile_keeps_its_text(translation):
    client, at = at_desk(make.an_editor()), address(translation)
    read = fields(client.get(at))
    make.published(translation.statement)
    page = client.post(at, {**read, "words": "Too late"})
    assert page.status_code == 200
    assert "no longer open" in complaints(page)
    assert "Too late" in page.content.decode()
    assert Translation.objects.get().words == "لم يغرق أحد"


def test_what_is_published_is_shown_to_read(translation):
    make.published(translation.statement)
    page = at_desk(make.an_editor()).get(address(translation))
    assert "Dalia Karim" in page.content.decode()
    assert 'name="words"' not in page.content.decode()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_its_history_tells_each_edit(translation, language):
    client = at_desk(make.a_contributor(), HTTP_ACCEPT_LANGUAGE=language)
    send(client, address(translation), credit="D. Karim", reason="As she asked")
    page = client.get(address(translation, "history")).content.decode()
    assert "As she asked" in page
    assert "Dalia Karim" in page
    assert "D. Karim" in page


@pytest.mark.parametrize(
    ("model", "maker"),
    [(Quote, make.a_recorded_quote), (Claim, make.a_recorded_claim)],
)
def test_a_statement_leads_to_its_translations_and_to_a_new_one(model, maker):
    row = maker()
    known = make.a_translation(**{model._meta.model_name: row}, language="fr")
    client = at_desk(make.a_contributor())
    tools = client.get(address(known.statement)).context["tools"]
    links = {tool.label: tool.url for tool in tools}
    assert links["Translation (fr)"] == address(known)
    form = links["Translate"]
    sent = {"language": "ar", "words": "لم يغرق أحد", "credit": "Dalia Karim"}
    assert send(client, form, **sent).status_code == 302
    assert known.statement.translations.get(language="ar").credit == "Dalia Karim"


def test_a_reviewer_approves_the_translations_they_see(translation):
    client = at_desk(make.a_reviewer())
    at = step(translation.statement, "approve")
    page = client.get(at).content.decode()
    assert "لم يغرق أحد" in page
    assert "Dalia Karim" in page
    tools = client.get(address(translation.statement)).context["tools"]
    assert not [tool for tool in tools if "ransl" in tool.label]
