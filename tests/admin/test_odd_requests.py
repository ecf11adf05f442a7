"""Requests that no browser sends get an answer, never a failure."""

import pytest
from django.urls import reverse

from quotes import models
from tests.admin.test_pages import MODELS, url
from tests.factories import EventFactory, QuoteFactory, TopicFactory

ODD = ["\x00", "a\x00b", "x", "-1", "9" * 25, "'", "🙂"]


@pytest.fixture
def quote(db):
    return QuoteFactory(topics=[TopicFactory()])


@pytest.mark.parametrize("value", ODD)
@pytest.mark.parametrize(
    ("model", "parameter"),
    [
        (models.Quote, "q"),
        (models.Quote, "p"),
        (models.Quote, "o"),
        (models.Quote, "status__exact"),
        (models.Quote, "stage"),
        (models.Quote, "topics"),
        (models.Quote, "speaker__id__exact"),
        (models.Quote, "section__coverage__event__id__exact"),
        (models.Quote, "published_at__year"),
        (models.Event, "start_date__year"),
        (models.Event, "city"),
        (models.Source, "kind__exact"),
        (models.Section, "no_such_field"),
    ],
)
def test_a_list_answers_whatever_its_address_says(admin_client, quote, model, parameter, value):
    response = admin_client.get(url(model, "changelist"), {parameter: value})
    assert response.status_code in (200, 302, 400)


@pytest.mark.parametrize("value", ODD)
@pytest.mark.parametrize("field", ["speaker", "section"])
def test_a_picker_answers_whatever_is_typed(admin_client, quote, field, value):
    query = {"app_label": "quotes", "model_name": "quote", "field_name": field, "term": value}
    response = admin_client.get(reverse("admin:autocomplete"), query)
    assert response.status_code in (200, 400)


@pytest.mark.parametrize("value", ODD)
def test_a_form_says_what_is_wrong_with_what_no_picker_gives(admin_client, quote, value):
    for model, fields in [
        (models.Quote, ["section", "speaker"]),
        (models.Parallel, ["first", "second"]),
        (models.TaggedQuote, ["content_object", "tag"]),
        (models.Section, ["coverage"]),
    ]:
        data = dict.fromkeys(fields, value) | {"topics": value, "body": value}
        data |= {"quotes-TOTAL_FORMS": 0, "quotes-INITIAL_FORMS": 0}
        response = admin_client.post(url(model, "add"), data)
        assert response.status_code == 200
        assert set(fields) <= set(response.context["adminform"].form.errors)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("value", ODD)
def test_an_action_on_rows_that_are_none_deletes_nothing(admin_client, quote, model, value):
    before = model.objects.count()
    action = {"action": "delete_selected", "_selected_action": value, "post": "yes"}
    response = admin_client.post(url(model, "changelist"), action)
    assert response.status_code in (200, 302, 400)
    assert model.objects.count() == before


@pytest.mark.parametrize("value", ["0", "x", "9" * 25, "_00"])
def test_a_row_that_is_none_is_not_found_politely(admin_client, value):
    EventFactory()
    response = admin_client.get(reverse("admin:quotes_event_change", args=[value]), follow=True)
    assert response.redirect_chain == [("/admin/", 302)]


@pytest.mark.parametrize("value", [*ODD, "", "1,", "1,x", "1 draft", ",".join(["1"] * 501)])
@pytest.mark.parametrize("move", ["publish", "schedule"])
def test_a_move_answers_whatever_is_posted(admin_client, quote, move, value):
    address = reverse("admin:quotes_quote_move", args=[move])
    for data in (
        {"rows": value},
        {"rows": value, "mark": value},
        {"rows": quote.pk, "mark": value, "at": value},
    ):
        assert admin_client.post(address, data).status_code in (200, 302, 400)
    assert admin_client.get(address, {"row": value}).status_code in (302, 400)
    quote.refresh_from_db()
    assert quote.stage == "published"


@pytest.mark.parametrize(
    "at",
    ["x", "\x00", "0001-01-01T00:00+14:00", "9999-12-31T23:59Z", "9999-12-31T23:59-14:00"],
)
def test_a_time_at_which_nothing_was_is_not_found(admin_client, quote, at):
    response = admin_client.get(url(models.Quote, "restore", quote.pk), {"at": at})
    assert response.status_code in (400, 404)


def test_there_is_no_other_move(admin_client, quote):
    address = reverse("admin:quotes_quote_move", args=["delete"])
    assert admin_client.get(address, {"row": quote.pk}).status_code == 404
