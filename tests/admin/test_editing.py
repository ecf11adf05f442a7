"""What an editor does at the desk."""

from datetime import date

import pytest
from django.urls import reverse

from quotes.models import Appearance, Event, Quote, Section, Topic
from tests.admin.forms import opened
from tests.factories import (
    AppearanceFactory,
    CoverageFactory,
    EventFactory,
    QuoteFactory,
    SectionFactory,
    SpeakerFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


def url(model, page, *args):
    return reverse(f"admin:quotes_{model}_{page}", args=args)


def formset(prefix, rows, initial=0):
    """Posted values of an inline: `rows` are dicts of fields."""
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def event_data(**values):
    fields = {"name": "新峰会", "start_date": "2027-03-01"}
    return fields | formset("appearances", []) | formset("coverages", []) | values


def quote_data(quote, **values):
    return {
        "section": quote.section_id,
        "speaker": quote.speaker_id,
        "body": quote.body,
        "wording": quote.wording,
        "topics": "",
    } | values


def errors(response):
    return response.context["adminform"].form.errors


def save_quote(client, quote, **values):
    return client.post(url("quote", "change", quote.pk), quote_data(quote, **values))


@pytest.fixture
def draft():
    return QuoteFactory(status="draft", published_at=None)


def test_topics_are_typed_with_any_separator_and_keep_spaces(admin_client, draft):
    for name in ("智能体 Agent", "算力", "开源"):
        TopicFactory(name=name)
    response = save_quote(admin_client, draft, topics="智能体 Agent，算力；开源")
    assert response.status_code == 302
    assert {tagged.tag.name for tagged in draft.tagged_quotes.all()} == {
        "智能体 Agent",
        "算力",
        "开源",
    }


def test_an_unknown_topic_is_made_only_after_it_is_confirmed(admin_client, draft):
    TopicFactory(name="算力")
    response = save_quote(admin_client, draft, topics="算力、算理")
    assert errors(response)["topics"] == ["还没有这些主题：算理。请改正，或在下面确认新建。"]
    page = response.content.decode()
    assert 'value="算力、算理"' in page
    assert '<input type="checkbox" name="topics_confirmed" value="算理">' in page
    assert not Topic.objects.filter(name="算理").exists()

    response = save_quote(admin_client, draft, topics="算力、算理", topics_confirmed="算理")
    assert response.status_code == 302
    assert Topic.objects.get(name="算理").slug == "suan-li"
    assert draft.tagged_quotes.count() == 2


def test_a_confirmation_is_good_only_for_the_names_it_showed(admin_client, draft):
    response = save_quote(admin_client, draft, topics="甲、乙", topics_confirmed="甲")
    assert "乙" in errors(response)["topics"][0]
    assert not Topic.objects.exists()


def test_a_topic_is_known_by_its_alias_and_in_any_case(admin_client, draft):
    topic = TopicFactory(name="智能体 Agent", aliases="Agentic")
    save_quote(admin_client, draft, topics="AGENTIC、智能体 agent")
    assert [tagged.tag for tagged in draft.tagged_quotes.all()] == [topic]


def test_a_topic_with_a_null_character_is_refused(admin_client, draft):
    data = quote_data(draft, topics="a\x00b", topics_confirmed="a\x00b")
    response = admin_client.post(url("quote", "change", draft.pk), data)
    assert "topics" in response.context["adminform"].form.errors


def test_a_topic_with_too_long_a_name_is_refused(admin_client, draft):
    response = save_quote(admin_client, draft, topics="长" * 101, topics_confirmed="长" * 101)
    assert "最多 100 个字" in errors(response)["topics"][0]


@pytest.mark.parametrize("name", ["开源\u200b", "開源", "开 源", "ＯＳ", "⺩"])
def test_a_topic_is_known_whatever_the_script_the_width_and_what_is_unseen(
    admin_client, draft, name
):
    topic = TopicFactory(name="开源", aliases="os、王")
    save_quote(admin_client, draft, topics=name)
    assert [tagged.tag for tagged in draft.tagged_quotes.all()] == [topic]


def test_an_alias_takes_over_no_quote_of_another_topic(admin_client, draft):
    topic, other = TopicFactory(name="开源"), TopicFactory(name="开放")
    draft.topics.add(topic)
    for aliases in ("开源", "别名、開 源"):
        data = {"name": "开放", "slug": other.slug, "aliases": aliases}
        response = admin_client.post(url("topic", "change", other.pk), data)
        assert list(errors(response)) == ["aliases"]
        assert "“开源”" in errors(response)["aliases"][0]
    save_quote(admin_client, draft, topics="开源", title="新标题")
    assert [tagged.tag for tagged in draft.tagged_quotes.all()] == [topic]


@pytest.mark.parametrize(
    "values", [{"title": "新标题"}, {"topics": "开源、算力", "topics_confirmed": "算力"}]
)
def test_topics_that_were_left_alone_stay_whatever_they_are_called_by_now(
    admin_client, draft, values
):
    topic = TopicFactory(name="开源")
    draft.topics.add(topic)
    (row,) = draft.tagged_quotes.all()
    data = opened(admin_client.get(url("quote", "change", draft.pk)))
    topic.name = "开放源代码"
    topic.save()
    TopicFactory(name="开源")
    response = admin_client.post(url("quote", "change", draft.pk), data | values)
    assert response.status_code == 302, errors(response)
    assert draft.tagged_quotes.get(tag=topic).pk == row.pk
    names = {tagged.tag.name for tagged in draft.tagged_quotes.all()}
    assert names == {"开放源代码", *(["算力"] if "topics" in values else [])}


@pytest.mark.parametrize("shown", ["x", "1:", ":开源", "1" * 30, "、" * 5000, "[" * 5000])
def test_what_a_form_says_it_had_shown_may_be_anything(admin_client, draft, shown):
    topic = TopicFactory(name="开源")
    save_quote(admin_client, draft, topics="开源", topics_shown=shown)
    assert [tagged.tag for tagged in draft.tagged_quotes.all()] == [topic]


def test_too_many_topics_are_refused_beside_the_field(admin_client, draft):
    response = save_quote(admin_client, draft, topics="、".join(f"主题{n}" for n in range(101)))
    assert list(errors(response)) == ["topics"]


def test_topics_are_offered_and_shown_as_they_are(admin_client, draft):
    draft.topics.add(TopicFactory(name="算力"), TopicFactory(name="To B 与 To C"))
    TopicFactory(name="开源")
    page = admin_client.get(url("quote", "change", draft.pk)).content.decode()
    assert 'value="算力、To B 与 To C"' in page or 'value="To B 与 To C、算力"' in page
    assert '"\\u5f00\\u6e90"' in page or "开源" in page


def test_a_quote_added_without_slug_or_position_gets_both(admin_client):
    section, speaker = SectionFactory(coverage__event__slug="e-2026"), SpeakerFactory()
    QuoteFactory(section=section)
    data = {"section": section.pk, "speaker": speaker.pk, "body": "一。\r\n\r\n二。"}
    data |= {"wording": "not-stated", "topics": ""}
    response = admin_client.post(url("quote", "add"), data)
    assert response.status_code == 302, errors(response)
    quote = Quote.objects.get(slug="e-2026-02")
    assert (quote.position, quote.body) == (2, "一。\n\n二。")
    assert quote.status == "draft"
    assert Appearance.objects.filter(speaker=speaker, event=section.event).exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"body": ""}, "body"),
        ({"speaker": ""}, "speaker"),
        ({"section": "999999"}, "section"),
        ({"highlight": "没说过的话"}, "highlight"),
        ({"wording": "guessed"}, "wording"),
        ({"slug": "有汉字"}, "slug"),
        ({"body": "a\x00b"}, "body"),
    ],
)
def test_an_invalid_quote_is_refused_beside_the_field_and_nothing_changes(
    admin_client, draft, values, field
):
    before = Quote.objects.values().get()
    response = save_quote(admin_client, draft, **values)
    assert response.status_code == 200
    assert list(errors(response)) == [field]
    assert Quote.objects.values().get() == before


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"end_date": "2027-02-01"}, "end_date"),
        ({"name": ""}, "name"),
        ({"start_date": "三月"}, "start_date"),
        ({"website": "nowhere"}, "website"),
        ({"slug": "taken"}, "slug"),
    ],
)
def test_an_invalid_event_is_refused_beside_the_field(admin_client, values, field):
    EventFactory(slug="taken")
    response = admin_client.post(url("event", "add"), event_data(**values))
    assert list(errors(response)) == [field]
    assert Event.objects.count() == 1


def test_rows_of_an_inline_are_numbered_anew_in_their_order(admin_client):
    section = SectionFactory()
    rows = [QuoteFactory(section=section, slug=f"q-{n}") for n in (1, 2, 3)]
    posted = [
        {
            "id": row.pk,
            "section": section.pk,
            "position": position,
            "speaker": row.speaker_id,
            "body": row.body,
            "wording": row.wording,
        }
        for row, position in zip(rows, [7, "", 2], strict=True)
    ]
    data = {"coverage": section.coverage_id, "kind": section.kind, "title": section.title}
    data |= {"position": 1, "question": ""} | formset("quotes", posted, initial=3)
    response = admin_client.post(url("section", "change", section.pk), data)
    assert response.status_code == 302, response.context["errors"]
    order = Quote.objects.in_position().values_list("slug", "position")
    assert list(order) == [("q-3", 1), ("q-1", 2), ("q-2", 3)]


def test_moving_one_quote_renumbers_its_section(admin_client):
    section = SectionFactory()
    first, second = (QuoteFactory(section=section, slug=f"q-{n}") for n in (1, 2))
    save_quote(admin_client, first, position=9)
    assert list(Quote.objects.in_position().values_list("slug", "position")) == [
        ("q-2", 1),
        ("q-1", 2),
    ]
    assert second.position == 2


def test_who_is_quoted_is_not_struck_off_the_list(admin_client):
    quote = QuoteFactory()
    appearance = Appearance.objects.get()
    row = {"id": appearance.pk, "event": quote.event.pk, "position": 1, "title": "", "DELETE": "on"}
    row |= {"speaker": quote.speaker_id, "role": "speaker"}
    coverage = quote.section.coverage
    rows = formset("appearances", [row], initial=1) | formset(
        "coverages",
        [{"id": coverage.pk, "event": quote.event.pk, "position": 1, "source": coverage.source_id}],
        initial=1,
    )
    data = event_data(name=quote.event.name) | rows
    response = admin_client.post(url("event", "change", quote.event.pk), data)
    assert response.status_code == 200
    assert "这位嘉宾在这场峰会上还有发言" in response.content.decode()
    assert Appearance.objects.exists()
    page = admin_client.post(url("appearance", "delete", appearance.pk), {"post": "yes"})
    assert "这位嘉宾在这场峰会上还有发言" in page.content.decode()
    action = {"action": "delete_selected", "_selected_action": appearance.pk, "post": "yes"}
    admin_client.post(url("appearance", "changelist"), action)
    assert Appearance.objects.exists()


def test_a_source_with_sections_is_not_taken_off_an_event(admin_client):
    coverage = SectionFactory().coverage
    row = {"id": coverage.pk, "event": coverage.event_id, "position": 1, "DELETE": "on"}
    rows = formset("coverages", [row | {"source": coverage.source_id}], initial=1)
    data = event_data(name=coverage.event.name) | formset("appearances", []) | rows
    response = admin_client.post(url("event", "change", coverage.event_id), data)
    assert response.status_code == 200
    assert Section.objects.get().coverage == coverage


def test_a_section_is_not_moved_to_where_its_slug_is_taken(admin_client):
    section = QuoteFactory().section
    other = SectionFactory(slug=section.slug)
    data = {"coverage": other.coverage_id, "kind": "speech", "title": "开场", "position": 1}
    data |= formset("quotes", [])
    response = admin_client.post(url("section", "change", section.pk), data)
    assert errors(response)["__all__"] == ["同一来源的另一章节已用了这个网址名。"]


def test_a_source_is_not_listed_twice_by_changing_another(admin_client):
    first = CoverageFactory()
    second = CoverageFactory(event=first.event)
    data = {"source": first.source_id, "position": 2} | formset("sections", [])
    response = admin_client.post(url("coverage", "change", second.pk), data)
    assert errors(response)["__all__"] == ["这个来源已在这场峰会的名单上。"]


def test_the_same_speaker_is_not_listed_twice(admin_client):
    appearance = AppearanceFactory()
    rows = [
        {"id": appearance.pk, "speaker": appearance.speaker_id, "role": "speaker"},
        {"speaker": appearance.speaker_id, "role": "moderator"},
    ]
    event = appearance.event
    rows = [row | {"event": event.pk, "position": "", "title": ""} for row in rows]
    data = event_data(name=event.name) | formset("appearances", rows, initial=1)
    response = admin_client.post(url("event", "change", event.pk), data)
    assert response.status_code == 200
    assert Appearance.objects.count() == 1


def test_a_second_summit_added_by_hand_appears_everywhere(admin_client, client, agi_next):
    def add(model, **data):
        response = admin_client.post(url(model, "add"), data)
        assert response.status_code == 302, response.context and response.context["errors"]

    add("speaker", name="王小云")
    add("source", kind="video", title="开幕演讲")
    speaker, source = _last("speaker"), _last("source")
    row = {"position": "", "speaker": speaker.pk, "role": "speaker", "title": "院士"}
    rows = formset("appearances", [row]) | formset("coverages", [{"source": source.pk}])
    add("event", **event_data(name="智能大会", **rows))
    event = _last("event")
    coverage = event.coverages.get()
    add("section", coverage=coverage.pk, kind="speech", title="开场", **formset("quotes", []))
    section = _last("section")
    words = "密码学也要学会遗忘。"
    quote = {"section": section.pk, "speaker": speaker.pk, "body": words, "wording": "verbatim"}
    add("quote", **quote, topics="密码学、算力", topics_confirmed="密码学")
    for row in (_last("quote"), event):
        address = url(row._meta.model_name, "move", "publish")
        page = admin_client.get(address, {"row": row.pk})
        admin_client.post(address, {"mark": page.context["mark"], "rows": row.pk})

    assert event.slug == "zhi-neng-da-hui-2027"
    assert date(2027, 3, 1) == event.start_date
    for path, expected in {
        "/": ["智能大会", "王小云", "密码学", "AGI-Next 前沿峰会"],
        "/events/": ["智能大会", "2027"],
        "/events/zhi-neng-da-hui-2027/": [words, "院士", "开场", "开幕演讲"],
        "/speakers/": ["王小云"],
        "/speakers/wang-xiao-yun/": [words, "院士", "智能大会"],
        "/topics/": ["密码学"],
        "/topics/mi-ma-xue/": [words],
        "/topics/compute/": [words],
        "/quotes/?event=zhi-neng-da-hui-2027": [words],
        "/quotes/?year=2027": [words],
        "/quotes/zhi-neng-da-hui-2027-01/": [words, "逐字", "视频"],
        "/sitemap-quotes.xml": ["/quotes/zhi-neng-da-hui-2027-01/"],
        "/sitemap-events.xml": ["/events/zhi-neng-da-hui-2027/"],
    }.items():
        page = client.get(path).content.decode()
        for text in expected:
            assert text in page, (path, text)


def _last(model):
    from django.apps import apps

    return apps.get_model("quotes", model).objects.order_by("-pk").first()
