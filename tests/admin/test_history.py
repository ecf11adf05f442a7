"""What was changed is kept, can be read, and can be brought back."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quotes.history.models import CONTENT
from quotes.history.recording import one_save
from quotes.history.versions import deleted
from quotes.models import (
    Appearance,
    Event,
    Parallel,
    Quote,
    Section,
    TaggedQuote,
    Topic,
)
from tests.admin.test_editing import save_quote, url
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


def text_of(response):
    page = response.content.decode()
    main = page[page.index('<div id="content"') :]
    return re.sub(r"\s+", " ", re.sub(r"<(?!/?(?:ins|del)\b)[^>]+>", "", main))


def history(client, row):
    return client.get(url(row._meta.model_name, "history", row.pk))


def restore_url(row, version):
    time = version.history_date.isoformat()
    return f"{url(row._meta.model_name, 'restore', row.pk)}?" + f"at={time}".replace("+", "%2B")


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


# What is kept


def test_every_kind_of_content_keeps_its_versions():
    QuoteFactory(topics=[TopicFactory()])
    ParallelFactory()
    ProtectedTermFactory()
    counts = {model: model.objects.count() for model in CONTENT}
    assert all(counts.values())
    for model in (Parallel, Quote, Section, Event, *CONTENT):
        model.objects.all().delete()
    for model, count in counts.items():
        assert model.history.filter(history_type="+").count() == count
        assert model.history.filter(history_type="-").count() == count


def test_who_when_and_why_are_kept(admin_client, admin_user, draft):
    save_quote(admin_client, draft, body="改过的话。", why="对照原文")
    version = draft.history.first()
    assert version.history_user == admin_user
    assert version.history_change_reason == "对照原文"
    assert version.history_date - datetime.now(UTC) < timedelta(minutes=1)
    assert version.body == "改过的话。"


def test_a_reason_that_is_too_long_is_refused_beside_the_field(admin_client, draft):
    response = save_quote(admin_client, draft, why="长" * 101)
    assert list(response.context["adminform"].form.errors) == ["why"]


def test_all_versions_of_one_save_bear_its_time_and_reason(admin_client, draft):
    TopicFactory(name="算力")
    save_quote(admin_client, draft, body="改过的话。", topics="算力", why="补主题")
    (tagging,) = TaggedQuote.history.all()
    version = draft.history.first()
    assert version.history_date == tagging.history_date
    assert tagging.history_change_reason == "补主题"


def test_a_save_that_changes_nothing_adds_no_version(draft):
    Quote.objects.get().save()
    Quote.objects.update(title=draft.title)
    assert draft.history.count() == 1


def test_rows_written_at_once_have_versions(draft):
    Quote.objects.update(title="新标题")
    assert [version.title for version in draft.history.all()] == ["新标题", ""]
    Topic.objects.bulk_create([Topic(name="甲", slug="jia"), Topic(name="乙", slug="yi")])
    assert Topic.history.filter(history_type="+").count() == 2
    last = QuoteFactory(section=draft.section, position=9)
    Quote.objects.filter(section=draft.section).renumber()
    assert last.history.first().position == 2


def test_what_a_fixture_brings_is_the_first_version_and_loading_it_again_adds_none(agi_next):
    counts = {model: model.history.count() for model in CONTENT}
    assert counts == {model: model.objects.count() for model in CONTENT}
    version = Quote.history.first()
    assert (version.history_type, version.history_user) == ("+", None)
    assert version.history_change_reason == "从数据文件载入"
    call_command("loaddata", "agi_next_2026", verbosity=0)
    assert {model: model.history.count() for model in CONTENT} == counts
    Quote.objects.filter(slug="agi-next-2026-01").update(title="编辑改过")
    call_command("loaddata", "agi_next_2026", verbosity=0)
    titles = [v.title for v in Quote.objects.get(slug="agi-next-2026-01").history.all()]
    assert titles[0] == titles[2] != titles[1] == "编辑改过"


# Reading it


def test_a_history_says_who_when_why_and_what_changed(admin_client, draft):
    save_quote(admin_client, draft, body="改过的话。", wording="verbatim", why="对照原文")
    text = text_of(history(admin_client, draft))
    assert "admin" in text
    assert "对照原文" in text
    assert "<del>原来</del><ins>改过</ins>的话。" in text
    assert "<del>未注明</del><ins>逐字</ins>" in text
    assert "新增" in text
    assert "原话原来的话。" in text


def test_a_history_names_what_a_row_points_to_also_what_is_gone(admin_client, draft):
    before, after = draft.speaker, SpeakerFactory(name="后来的人")
    save_quote(admin_client, draft, speaker=after.pk)
    Appearance.objects.filter(speaker=before).delete()
    before.delete()
    text = text_of(history(admin_client, draft))
    assert f"<del>{before.name}（已删除）</del><ins>后来的人</ins>" in text


def test_a_quotes_history_shows_its_topics(admin_client, draft):
    draft.topics.add(TopicFactory(name="算力"))
    TopicFactory(name="开源")
    save_quote(admin_client, draft, topics="开源")
    text = text_of(history(admin_client, draft))
    assert "主题" in text
    assert "<del>算力</del>" in text
    assert "<ins>开源</ins>" in text


def test_an_events_history_shows_who_attended_and_who_reported(admin_client):
    event = EventFactory()
    appearance = AppearanceFactory(event=event, title="教授")
    CoverageFactory(event=event, source__title="现场实录")
    appearance.title = "院士"
    appearance.save()
    text = text_of(history(admin_client, event))
    assert f"<ins>{appearance.speaker.name}（院士）</ins>" in text
    assert "<ins>现场实录</ins>" in text
    assert "<del>教授</del><ins>院士</ins>" in text


@pytest.mark.parametrize("model", CONTENT)
def test_every_kind_of_content_has_a_history_to_read(admin_client, model):
    QuoteFactory(topics=[TopicFactory()], section__moderator=SpeakerFactory())
    ParallelFactory()
    ProtectedTermFactory()
    row = model.objects.order_by("pk").first()
    assert history(admin_client, row).status_code == 200
    versions = TaggedQuote if model is Quote else model
    response = admin_client.get(restore_url(row, versions.history.first()))
    assert "没有变化：能恢复的都与当时相同。" in response.content.decode()


@pytest.mark.parametrize("factory", [QuoteFactory, EventFactory])
def test_a_history_takes_a_fixed_number_of_queries(admin_client, factory):
    row, counts = factory(), []
    history(admin_client, row)
    for more in (0, 29, 270):
        for n in range(more):
            with one_save(f"{more} {n}"):
                change_everything(row, n)
        with CaptureQueriesContext(connection) as queries:
            assert history(admin_client, row).status_code == 200
        counts.append(len(queries))
    assert counts[0] <= counts[1] == counts[2], counts


def change_everything(row, n):
    if isinstance(row, Quote):
        row.speaker = SpeakerFactory()
        row.body = f"第 {n} 次。"
        row.topics.set([TopicFactory()])
    else:
        row.name = f"第 {n} 次"
        AppearanceFactory(event=row)
        CoverageFactory(event=row)
    row.save()


def test_a_long_history_is_on_pages(admin_client, draft):
    for n in range(40):
        draft.title = f"标题{n}"
        draft.save()
    address = url("quote", "history", draft.pk)
    assert "<ins>5</ins>" not in text_of(admin_client.get(address))
    assert "<ins>5</ins>" in text_of(admin_client.get(address, {"p": "2"}))
    assert admin_client.get(address, {"p": "x"}).status_code == 200


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
    said = "所指的内容已不存在，仍为已删除："
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
