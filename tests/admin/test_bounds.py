"""What an editor types or posts has bounds, and each says so."""

import pytest

from quotes.admin.content import MOST_WORDS
from quotes.admin.topics_field import MOST_TOPICS
from quotes.models import Quote, Topic
from quotes.text.differences import Budget
from tests.admin.test_editing import errors, formset, save_quote, url
from tests.factories import QuoteFactory, SectionFactory, TopicFactory

pytestmark = pytest.mark.django_db

NOTE = "改动太多"


def names(n):
    return "、".join(f"话题{k}" for k in range(n))


def test_more_topics_than_a_quote_may_have_are_refused_beside_the_field(admin_client):
    quote = QuoteFactory()
    many = names(MOST_TOPICS + 1)
    response = save_quote(admin_client, quote, topics=many, topics_confirmed=many)
    (message,) = errors(response)["topics"]
    assert str(MOST_TOPICS) in message
    assert str(MOST_TOPICS + 1) in message
    assert many in response.text
    assert not Topic.objects.exists()
    most = names(MOST_TOPICS)
    assert save_quote(admin_client, quote, topics=most, topics_confirmed=most).status_code == 302
    assert quote.topics.count() == MOST_TOPICS


def test_rows_that_are_only_said_to_be_there_are_not_made(admin_client, monkeypatch):
    monkeypatch.setattr("quotes.admin.locked_rows.MOST_ROWS", 5)
    section = SectionFactory()
    data = {"coverage": section.coverage_id, "kind": section.kind, "title": "新"}
    data |= formset("quotes", []) | {"quotes-TOTAL_FORMS": 2000}
    response = admin_client.post(url("section", "change", section.pk), data)
    (rows,) = response.context["inline_admin_formsets"]
    assert len(rows.formset.forms) == 5
    assert "一页最多 5 行。" in str(rows.formset.non_form_errors())
    section.refresh_from_db()
    assert section.title != "新"


@pytest.mark.parametrize("model", ["quote", "topic"])
def test_a_search_for_too_many_words_finds_nothing_and_says_why(admin_client, model):
    QuoteFactory(body="算力。", topics=[TopicFactory(name="算力")])
    page = admin_client.get(url(model, "changelist"), {"q": "算力 " * MOST_WORDS})
    assert page.context["cl"].result_count == 1
    page = admin_client.get(url(model, "changelist"), {"q": "算力 " * 1000})
    assert page.context["cl"].result_count == 0
    assert f"一次最多搜索 {MOST_WORDS} 个词。" in page.text


def test_a_picker_finds_nothing_by_too_many_words(admin_client):
    quote = QuoteFactory()
    asked = {"app_label": "quotes", "model_name": "quote", "field_name": "speaker"}
    for times, found in ((1, 1), (1000, 0)):
        term = f"{quote.speaker.name} " * times
        answer = admin_client.get("/admin/autocomplete/", asked | {"term": term})
        assert len(answer.json()["results"]) == found


def test_a_history_compares_within_one_budget_and_says_what_it_left(admin_client, monkeypatch):
    quote = QuoteFactory(body="我们坚持这件事。")
    for n in range(3):
        quote.body = f"我们一直{n}坚持这件事。"
        quote.save()
    history = url("quote", "history", quote.pk)
    page = admin_client.get(history)
    assert NOTE not in page.text
    whole = page.text.count("<del>")
    monkeypatch.setattr(Budget.__init__, "__defaults__", (0,))
    page = admin_client.get(history)
    assert NOTE in page.text
    assert page.text.count("<del>") >= whole


def test_a_history_of_long_texts_is_answered_soon(admin_client):
    quote = QuoteFactory(body="长" * 10_000)
    for n in range(6):
        body = "".join("的一是在不了有和人这"[(k * k + k * n + n) % 10] for k in range(10_000))
        Quote.objects.filter(pk=quote.pk).update(body=body)
    page = admin_client.get(url("quote", "history", quote.pk))
    assert NOTE in page.text
    assert page.text.count("<ins>") >= 6
