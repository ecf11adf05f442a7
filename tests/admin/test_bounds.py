"""What an editor types or posts has bounds, and each says so."""

import re

import pytest

from quotes.admin.content import MOST_WORDS
from quotes.admin.locked_rows import MOST_ROWS
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


def test_rows_that_do_not_fit_on_a_page_are_left_to_their_list(admin_client, monkeypatch):
    monkeypatch.setattr("quotes.admin.crowded_rows.MOST_ROWS", 2)
    section = SectionFactory()
    first, second = QuoteFactory.create_batch(2, section=section)
    page = admin_client.get(url("section", "change", section.pk))
    assert len(page.context["inline_admin_formsets"]) == 1
    third = QuoteFactory(section=section)
    page = admin_client.get(url("section", "change", section.pk))
    assert page.context["inline_admin_formsets"] == []
    address = f"{url('quote', 'changelist')}?section__id__exact={section.pk}"
    assert address in page.text
    assert "3 条，一页放不下。" in page.text
    rows = admin_client.get(address).context["cl"].queryset
    assert {*rows} == {first, second, third}
    data = {"coverage": section.coverage_id, "kind": section.kind, "title": "新"}
    assert admin_client.post(url("section", "change", section.pk), data).status_code == 302
    section.refresh_from_db()
    assert section.title == "新"
    assert section.quotes.count() == 3


def test_rows_posted_from_a_page_on_which_they_still_fitted_are_saved(admin_client, monkeypatch):
    quote = QuoteFactory()
    section = quote.section
    page = admin_client.get(url("section", "change", section.pk))
    (inline,) = page.context["inline_admin_formsets"]
    row = inline.formset.forms[0]
    values = {field.html_name: field.value() or "" for field in row} | {"quotes-0-title": "新题"}
    data = {"coverage": section.coverage_id, "kind": section.kind, "title": section.title}
    data |= values | formset("quotes", []) | {"quotes-TOTAL_FORMS": 1, "quotes-INITIAL_FORMS": 1}
    QuoteFactory(section=section)
    monkeypatch.setattr("quotes.admin.crowded_rows.MOST_ROWS", 1)
    admin_client.post(url("section", "change", section.pk), data)
    quote.refresh_from_db()
    assert quote.title == "新题"


def test_a_form_with_as_many_rows_as_fit_on_its_page_can_be_sent(admin_client, settings):
    quote = QuoteFactory()
    page = admin_client.get(url("section", "change", quote.section.pk))
    names = {*re.findall(r'name="(quotes-0-[^"]+)"', page.text)}
    assert len(names) * MOST_ROWS + 100 < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    page = admin_client.get(url("event", "change", quote.event.pk))
    names = {*re.findall(r'name="((?:appearances|coverages)-0-[^"]+)"', page.text)}
    assert len(names) * MOST_ROWS + 100 < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
