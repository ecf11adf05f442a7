"""What was changed is kept, and can be read."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quotes.history.models import CONTENT
from quotes.history.recording import one_save
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
    SpeakerFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return QuoteFactory(status="draft", published_at=None, body="原来的话。")


def text_of(response):
    page = response.content.decode()
    main = page[page.index('<div id="content"') :]
    return re.sub(r"\s+", " ", re.sub(r"<(?!/?(?:ins|del)\b)[^>]+>", "", main))


def history(client, row):
    return client.get(url(row._meta.model_name, "history", row.pk))


def restore_url(row, version):
    time = version.history_date.isoformat()
    return f"{url(row._meta.model_name, 'restore', row.pk)}?" + f"at={time}".replace("+", "%2B")


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
    assert "<del>措辞未注明</del><ins>逐字</ins>" in text
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
