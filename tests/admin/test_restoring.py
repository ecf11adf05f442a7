"""Any version can be restored, and whatever was deleted brought back."""

import re
from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quotes.history.versions import deleted
from quotes.models import (
    Appearance,
    Event,
    Parallel,
    Quote,
    TaggedQuote,
)
from tests.admin.test_editing import save_quote, url
from tests.admin.test_history import history, restore_url, text_of
from tests.factories import (
    AppearanceFactory,
    CoverageFactory,
    EventFactory,
    ParallelFactory,
    ProtectedTermFactory,
    QuoteFactory,
    SectionFactory,
    SourceFactory,
    SpeakerFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
OTHERS = [  # kinds of content that nothing public hangs on by itself
    AppearanceFactory,
    CoverageFactory,
    ProtectedTermFactory,
    SectionFactory,
    SourceFactory,
    SpeakerFactory,
    TopicFactory,
]


@pytest.fixture
def draft():
    return QuoteFactory(status="draft", published_at=None, body="原来的话。")


@pytest.fixture
def editor():
    return get_user_model().objects.create_user("xiao-bian", password="x", is_staff=True)


def confirm(client, address):
    """The answer to the button on the page that asks whether to do it."""
    found = re.search('name="base_version" value="([^"]*)"', client.get(address).content.decode())
    return client.post(address, {"base_version": found[1]} if found else {}, follow=True)


def bring_back(client, model):
    version = deleted(model).first()
    return confirm(client, url(model._meta.model_name, "bring_back", version.pk))


def delete(client, row):
    response = client.post(url(row._meta.model_name, "delete", row.pk), {"post": "yes"})
    assert response.status_code == 302


# Restoring


def test_a_version_is_restored_with_its_topics(admin_client, draft):
    draft.topics.add(TopicFactory(name="算力"))
    first = draft.history.first()
    TopicFactory(name="开源")
    save_quote(admin_client, draft, body="改坏的话。", topics="开源")
    later = TaggedQuote.history.filter(history_type="+").order_by("history_id").first()
    page = admin_client.get(restore_url(draft, later))
    assert "<del>改坏</del><ins>原来</ins>的话。" in text_of(page)
    assert Quote.objects.get().body == "改坏的话。"

    response = confirm(admin_client, restore_url(draft, later))
    assert response.redirect_chain == [(url("quote", "change", draft.pk), 302)]
    quote = Quote.objects.get()
    assert (quote.body, quote.body_html) == ("原来的话。", "<p>原来的话。</p>\n")
    assert [topic.name for topic in quote.topics.all()] == ["算力"]
    assert quote.history.first().history_change_reason.startswith("恢复到 ")
    assert quote.history.first().body == first.body


def test_restoring_neither_publishes_nor_hides(admin_client):
    shown, hidden = QuoteFactory(body="甲。"), QuoteFactory(body="甲。", status="draft")
    for quote, other in ((shown, "draft"), (hidden, "published")):
        status, version = quote.status, quote.history.first()
        quote.status, quote.body = other, "乙。"
        quote.save()
        Quote.objects.filter(pk=quote.pk).update(status=status)
        confirm(admin_client, restore_url(quote, quote.history.all()[1]))
        quote.refresh_from_db()
        assert (quote.status, quote.body) == (status, "乙。")
        confirm(admin_client, restore_url(quote, version))
        quote.refresh_from_db()
        assert (quote.status, quote.body) == (status, "甲。")


def test_restoring_leaves_a_quote_where_it_is_in_its_section(admin_client, draft):
    version = draft.history.first()
    QuoteFactory(section=draft.section, position=1, slug="a")
    Quote.objects.filter(section=draft.section).renumber()
    Quote.objects.filter(pk=draft.pk).update(title="新")
    assert Quote.objects.get(pk=draft.pk).position == 2
    confirm(admin_client, restore_url(draft, version))
    restored = Quote.objects.get(pk=draft.pk)
    assert (restored.title, restored.position) == ("", 2)


def test_a_public_address_is_not_restored(admin_client):
    event = EventFactory(slug="old", status="draft", published_at=None)
    version = event.history.first()
    event.slug, event.name, event.status = "new", "新名", "published"
    event.published_at = datetime(2026, 1, 1, tzinfo=UTC)
    event.save()
    confirm(admin_client, restore_url(event, version))
    event.refresh_from_db()
    assert event.name != "新名"
    assert event.status == "published"


def test_what_cannot_be_as_it_was_is_said_and_nothing_is_done(admin_client):
    event = EventFactory(slug="taken", name="旧名", status="draft", published_at=None)
    version = event.history.first()
    event.slug, event.name = "other", "新名"
    event.save()
    EventFactory(slug="taken")
    response = confirm(admin_client, restore_url(event, version))
    assert "无法恢复原样：" in response.content.decode()
    assert response.content.decode().count('class="errorlist"') == 1
    event.refresh_from_db()
    assert (event.slug, event.name) == ("other", "新名")
    assert event.history.count() == 2


def test_what_changed_since_the_question_was_asked_is_not_overwritten(admin_client, draft):
    version = draft.history.first()
    Quote.objects.update(title="甲")
    address = restore_url(draft, version)
    page = admin_client.get(address).content.decode()
    base = re.search('name="base_version" value="([^"]*)"', page)[1]
    Quote.objects.update(title="乙")
    response = admin_client.post(address, {"base_version": base})
    assert "这期间又有改动" in response.content.decode()
    assert "<del>乙</del>" in text_of(response)
    assert Quote.objects.get().title == "乙"


@pytest.mark.parametrize("at", ["", "x", "2026-01-01", "2026-13-01T00:00:00Z", "1999-01-01T00:00Z"])
def test_a_version_that_never_was_is_not_found(admin_client, draft, at):
    response = admin_client.get(url("quote", "restore", draft.pk), {"at": at})
    assert response.status_code == 404
    assert admin_client.get(url("quote", "restore", 10**25), {"at": at}).status_code == 404


def test_only_who_may_change_a_row_restores_it(client, editor, draft):
    client.force_login(editor)
    address = restore_url(draft, draft.history.first())
    for response in (client.get(address), client.post(address), history(client, draft)):
        assert response.status_code == 403


# Bringing back


def test_a_deleted_quote_comes_back_as_a_draft_with_its_topics_and_parallels(admin_client):
    other = QuoteFactory()
    quote = QuoteFactory(speaker=other.speaker, topics=[TopicFactory(name="算力")])
    ParallelFactory(first=quote, second=other)
    key = quote.pk
    delete(admin_client, quote)
    assert not TaggedQuote.objects.exists()
    page = admin_client.get(url("quote", "deleted"))
    assert quote.body in text_of(page)

    response = bring_back(admin_client, Quote)
    assert response.redirect_chain[0] == (url("quote", "change", key), 302)
    again = Quote.objects.get(pk=key)
    assert (again.slug, again.body, again.status) == (quote.slug, quote.body, "draft")
    assert [topic.name for topic in again.topics.all()] == ["算力"]
    assert again in (Parallel.objects.get().first, Parallel.objects.get().second)
    assert not again.is_public()
    assert quote.body not in text_of(admin_client.get(url("quote", "deleted")))


def test_a_deleted_event_comes_back_as_a_draft_with_who_attended_and_who_reported(admin_client):
    event = EventFactory()
    AppearanceFactory(event=event, title="教授")
    CoverageFactory(event=event)
    delete(admin_client, event)
    assert not Appearance.objects.exists()
    bring_back(admin_client, Event)
    event = Event.objects.get()
    assert event.status == "draft"
    assert event.appearances.get().title == "教授"
    assert event.coverages.count() == 1


def test_what_points_to_something_gone_stays_deleted_and_that_is_said(admin_client):
    event = EventFactory()
    appearance = AppearanceFactory(event=event, speaker__name="王伟")
    AppearanceFactory(event=event, speaker__name="李娜")
    delete(admin_client, event)
    appearance.speaker.delete()
    response = bring_back(admin_client, Event)
    said = "它所属的内容已不存在，无法找回："
    assert f"{said}王伟（已删除）" in response.content.decode()
    assert [a.speaker.name for a in Appearance.objects.all()] == ["李娜"]


@pytest.mark.parametrize("obstacle", ["parent", "slug"])
def test_what_cannot_come_back_is_said_and_nothing_is_done(admin_client, obstacle):
    section = SectionFactory()
    quote = QuoteFactory(
        slug="q-01", section=section, topics=[TopicFactory()], status="draft", published_at=None
    )
    delete(admin_client, quote)
    if obstacle == "parent":
        section.delete()
    else:
        QuoteFactory(slug="q-01")
    before = Quote.objects.count()
    response = bring_back(admin_client, Quote)
    assert "无法恢复原样：" in response.content.decode()
    assert Quote.objects.count() == before
    assert not TaggedQuote.objects.exists()


def test_deleted_with_others_each_comes_back_with_what_was_its_own(admin_client):
    first, second = QuoteFactory.create_batch(2, speaker=SpeakerFactory())
    ParallelFactory(first=first, second=second)
    action = {"action": "delete_selected", "_selected_action": [first.pk, second.pk]}
    admin_client.post(url("quote", "changelist"), action | {"post": "yes"})
    assert not Quote.objects.exists()
    for _ in range(2):
        bring_back(admin_client, Quote)
    assert Quote.objects.count() == 2
    assert Parallel.objects.count() == 1


@pytest.mark.parametrize("factory", OTHERS)
def test_every_kind_of_content_comes_back(admin_client, factory):
    row = factory()
    model, key = type(row), row.pk
    values = model.objects.values().get(pk=key)
    delete(admin_client, row)
    bring_back(admin_client, model)
    assert model.objects.values().get(pk=key) == values


def test_what_is_there_cannot_be_brought_back(admin_client, draft):
    version = draft.history.first()
    assert admin_client.get(url("quote", "bring_back", version.pk)).status_code == 404
    delete(admin_client, draft)
    version = Quote.history.first()
    bring_back(admin_client, Quote)
    assert admin_client.post(url("quote", "bring_back", version.pk)).status_code == 404
    assert admin_client.get(url("quote", "bring_back", 10**17)).status_code == 404


def test_only_who_may_add_sees_and_brings_back_what_was_deleted(client, editor, draft):
    draft.delete()
    client.force_login(editor)
    assert client.get(url("quote", "deleted")).status_code == 403
    assert client.post(url("quote", "bring_back", Quote.history.first().pk)).status_code == 403


@pytest.mark.parametrize("factory", [*OTHERS, EventFactory, ParallelFactory, QuoteFactory])
def test_the_list_of_what_was_deleted_takes_a_fixed_number_of_queries(admin_client, factory):
    address, counts = url(factory._meta.model._meta.model_name, "deleted"), []
    admin_client.get(address)
    for more in (1, 2, 27):
        for row in factory.create_batch(more):
            row.delete()
        with CaptureQueriesContext(connection) as queries:
            page = admin_client.get(address)
        counts.append(len(queries))
    assert page.context["page"].paginator.count == 30
    assert counts[0] == counts[1] == counts[2], counts
