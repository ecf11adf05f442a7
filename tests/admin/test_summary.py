"""What the page of a move shows of all that becomes public, and that nothing else becomes so."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext
from lxml import html

from quotes.models import (
    Appearance,
    Event,
    Parallel,
    Quote,
    Section,
    Source,
    Speaker,
    TaggedQuote,
    Topic,
)
from quotes.search.index import index_at_the_end
from tests.admin.roles import client_of
from tests.admin.test_publication import DRAFT, seen, tick, url
from tests.factories import (
    AppearanceFactory,
    CoverageFactory,
    EventFactory,
    ParallelFactory,
    QuoteFactory,
    SectionFactory,
    SpeakerFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
AHEAD = datetime(2099, 1, 1, tzinfo=UTC)
TOLD = "Nothing was done: something changed meanwhile. This is how it is now."


@pytest.fixture
def publisher():
    return client_of("publisher")


def change(model, slug, **values):
    """Save the row of that slug, or that speaker's appearance, with these values."""
    at_the_event = {"speaker__slug": slug, "event__slug": "event"}
    lookup = at_the_event if model is Appearance else {"slug": slug}
    row = model.objects.get(**lookup)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def draft_quote(**values):
    """A quote with all that becomes public with it, at a draft event."""
    return QuoteFactory(
        slug="q",
        title="开场白",
        number="07",
        context="在掌声中",
        body="我们<b>不知道</b>。",
        topics=[TopicFactory(slug="topic", name="算力", description="芯片和电")],
        speaker=SpeakerFactory(
            slug="speaker", name="王伟", biography="生于<i>北京</i>", aliases="老王"
        ),
        section=SectionFactory(
            slug="section",
            title="圆桌",
            question="谁来付钱？",
            moderator=SpeakerFactory(slug="moderator", name="李娜"),
            coverage__source__slug="source",
            coverage__source__title="纪要",
            coverage__event=EventFactory(slug="event", name="智能大会", summary="一天", **DRAFT),
        ),
        **values,
    )


def publish_event(**values):
    published = {"status": "published", "published_at": datetime(2026, 1, 1, tzinfo=UTC)}
    change(Event, "event", **(published | values))


# What an editor may change of a quote's surroundings between the summary and its confirmation.
OF_A_QUOTE = {
    "section's title": lambda: change(Section, "section", title="骂街"),
    "question": lambda: change(Section, "section", question="谁有罪？"),
    "topic's name": lambda: change(Topic, "topic", name="丑闻"),
    "topic's alias": lambda: change(Topic, "topic", aliases="丑事"),
    "topic's description": lambda: change(Topic, "topic", description="丑闻"),
    "speaker's name": lambda: change(Speaker, "speaker", name="王骗子"),
    "speaker's Latin name": lambda: change(Speaker, "speaker", latin_name="Liar"),
    "speaker's Traditional name": lambda: change(Speaker, "speaker", traditional_name="王騙子"),
    "biography": lambda: change(Speaker, "speaker", biography="骗子"),
    "title then": lambda: change(Appearance, "speaker", title="骗子"),
    "moderator's name": lambda: change(Speaker, "moderator", name="李骗子"),
    "moderator's title": lambda: change(Appearance, "moderator", title="骗子"),
    "moderator": lambda: change(Section, "section", moderator=SpeakerFactory()),
    "context": lambda: change(Quote, "q", context="在嘘声中"),
    "words shown large": lambda: change(Quote, "q", highlight="不知道"),
    "other topic": lambda: TaggedQuote.objects.update(tag=TopicFactory()),
    "one more topic": lambda: Quote.objects.get(slug="q").topics.add(TopicFactory()),
    "one topic less": lambda: TaggedQuote.objects.first().delete(),
    "parallel": lambda: change_parallel("accepted"),
    "no parallel": lambda: change_parallel("rejected"),
}
OF_AN_EVENT = OF_A_QUOTE | {
    "event": lambda: change(Event, "event", summary="两天"),
    "empty section": lambda: SectionFactory(
        coverage=Section.objects.get(slug="section").coverage, printed_empty=True
    ),
    "one more guest": lambda: AppearanceFactory(
        event=Event.objects.get(slug="event"), speaker__slug="guest"
    ),
    "guest's title": lambda: change(Appearance, "guest", title="骗子"),
    "source": lambda: change(Source, "source", title="谣言"),
    "one more source": lambda: CoverageFactory(event=Event.objects.get(slug="event")),
    "one more quote": lambda: QuoteFactory(section=Section.objects.get(slug="section")),
    "one quote less": lambda: change(Quote, "q", status="withdrawn"),
}


def change_parallel(state):
    row = Parallel.objects.get()
    row.state = state
    row.save()


def confirm(client, name, page, **data):
    model = page.context["opts"].model_name
    return client.post(url(model, "move", name), seen(page) | data)


def is_told(response):
    return response.status_code == 200 and gettext(TOLD) in response.content.decode()


def test_what_changed_of_an_event_since_it_was_shown_is_not_published(publisher):
    quote = draft_quote()
    ParallelFactory(
        first=quote,
        second=QuoteFactory(section__coverage=quote.section.coverage, speaker=quote.speaker),
        state="proposed",
    )
    page = publisher.get(url("event", "move", "publish"), {"row": quote.event.pk})
    for what, happens in OF_AN_EVENT.items():
        happens()
        page = confirm(publisher, "publish", page)
        assert is_told(page), what
        assert Event.objects.get(slug="event").status == "draft", what
    assert confirm(publisher, "publish", page).status_code == 302
    assert Event.objects.get(slug="event").is_public()


def test_what_changed_of_what_a_quote_brings_is_not_published(publisher):
    quote = draft_quote(**DRAFT)
    publish_event()
    ParallelFactory(first=quote, second=QuoteFactory(speaker=quote.speaker), state="proposed")
    Appearance.objects.exclude(event=quote.event).delete()  # so that the speaker is new to readers
    page = publisher.get(url("quote", "move", "publish"), {"row": quote.pk})
    for what, happens in OF_A_QUOTE.items():
        happens()
        page = confirm(publisher, "publish", page)
        assert is_told(page), what
        assert Quote.objects.get(slug="q").status == "draft", what
    assert confirm(publisher, "publish", page).status_code == 302
    assert Quote.objects.get(slug="q").is_public()


def test_what_is_scheduled_is_held_in_the_same_way(publisher):
    quote = draft_quote()
    page = publisher.get(url("event", "move", "schedule"), {"row": quote.event.pk})
    for what in ("section's title", "topic's name", "speaker's name", "title then", "question"):
        OF_AN_EVENT[what]()
        page = confirm(publisher, "schedule", page, at="2030-01-01T08:00")
        assert is_told(page), what
    assert confirm(publisher, "schedule", page, at="2030-01-01T08:00").status_code == 302
    assert Event.objects.get().stage == "scheduled"


def test_what_appears_with_a_quote_when_its_scheduled_event_does_is_held_too(publisher):
    quote = draft_quote(**DRAFT)
    publish_event(published_at=AHEAD)
    page = publisher.get(url("quote", "move", "schedule"), {"row": quote.pk})
    assert "谁来付钱？" in page.content.decode()
    assert gettext("Stays hidden until its event is public.") in page.content.decode()
    OF_A_QUOTE["question"]()
    assert is_told(confirm(publisher, "schedule", page, at="2030-01-01T08:00"))
    assert Quote.objects.get().status == "draft"


def test_a_time_that_is_refused_does_not_hide_that_something_changed(publisher):
    quote = draft_quote()
    page = publisher.get(url("event", "move", "schedule"), {"row": quote.event.pk})
    assert not is_told(confirm(publisher, "schedule", page, at=""))
    OF_A_QUOTE["question"]()
    assert is_told(confirm(publisher, "schedule", page, at=""))


def test_what_has_nothing_to_do_with_it_holds_nothing_up(publisher):
    quote = draft_quote()
    QuoteFactory(
        slug="elsewhere",
        speaker__slug="elsewhere",
        topics=[TopicFactory(slug="elsewhere")],
        section__slug="elsewhere",
        **DRAFT,
    )
    known = QuoteFactory(speaker__slug="known").speaker
    AppearanceFactory(event=quote.event, speaker=known)
    QuoteFactory(slug="hidden", section=quote.section, topics=[TopicFactory(slug="t")], **DRAFT)
    page = publisher.get(url("event", "move", "publish"), {"row": quote.event.pk})
    change(Section, "elsewhere", title="别的")
    change(Quote, "elsewhere", title="别的")
    change(Speaker, "elsewhere", biography="别的")
    change(Topic, "elsewhere", description="别的")
    change(Speaker, "known", biography="早就公开了")
    change(Quote, "hidden", title="还没公开")
    change(Topic, "t", description="还没公开")
    assert confirm(publisher, "publish", page).status_code == 302
    assert Event.objects.get(slug="event").is_public()


def test_withdrawing_is_held_up_by_nothing_but_the_row(publisher):
    quote = draft_quote()
    publish_event()
    page = publisher.get(url("event", "move", "withdraw"), {"row": quote.event.pk})
    OF_AN_EVENT["section's title"]()
    OF_AN_EVENT["one more quote"]()
    assert confirm(publisher, "withdraw", page).status_code == 302
    assert Event.objects.get().status == "withdrawn"


def test_a_mark_is_believed_for_nothing_else(publisher):
    quote, other = QuoteFactory(**DRAFT), QuoteFactory(**DRAFT)
    page = publisher.get(url("quote", "move", "publish"), {"row": quote.pk})
    for rows in (str(other.pk), f"{quote.pk},{other.pk}"):
        posted = {"rows": rows, "mark": page.context["mark"]}
        assert is_told(publisher.post(url("quote", "move", "publish"), posted))
    posted = {"rows": str(quote.pk)}
    assert is_told(publisher.post(url("quote", "move", "publish"), posted))
    assert not Quote.objects.published().exists()


def shown(page):
    """The text of each group of what is listed, by what it is headed."""
    sections = html.fromstring(page.content.decode()).xpath("//section[@class='appearing']")
    return {
        section.xpath("string(h3)").split()[0]: " ".join(section.text_content().split())
        for section in sections
    }


def test_all_that_becomes_public_is_shown(publisher):
    quote = draft_quote(highlight="不知道")
    CoverageFactory(event=quote.event, source__title="录像")
    known = QuoteFactory(speaker__name="赵敏", speaker__biography="早就公开了").speaker
    AppearanceFactory(event=quote.event, speaker=known, title="院长")
    other = QuoteFactory(section__coverage=quote.section.coverage, speaker=quote.speaker)
    ParallelFactory(first=quote, second=other)
    page = publisher.get(url("event", "move", "publish"), {"row": quote.event.pk})
    text = shown(page)
    assert list(text) == ["峰会", "嘉宾", "来源", "章节", "发言", "主题", "另见"]
    expected = {
        "峰会": ["智能大会", "一天", "2026年1月10日", quote.event.get_absolute_url()],
        "嘉宾": ["王伟", "老王", "生于<i>北京</i>", "李娜", "主持人", "赵敏", "院长"],
        "来源": ["纪要", "录像"],
        "章节": ["圆桌", "谁来付钱？", "李娜", quote.section.get_page_url()],
        "发言": ["07", "开场白", "我们<b>不知道</b>。", "在掌声中", "算力", "王伟"],
        "主题": ["算力", "芯片和电"],
        "另见": ["王伟", "我们<b>不知道</b>。"],
    }
    for name, found in expected.items():
        for each in found:
            assert each in text[name], (name, each)
    assert "早就公开了" not in page.content.decode()
    assert known.get_absolute_url() not in text["嘉宾"]


def test_what_becomes_public_in_english_is_shown_too(publisher):
    quote = draft_quote()
    change(Event, "event", english_name="Slander Summit", english_city="Slander City")
    change(Appearance, "speaker", english_title="Chief Liar")
    change(Topic, "topic", english_name="Scandal")
    text = shown(publisher.get(url("event", "move", "publish"), {"row": quote.event.pk}))
    assert "Slander Summit" in text["峰会"]
    assert "Slander City" in text["峰会"]
    assert "Chief Liar" in text["嘉宾"]
    assert "Scandal" in text["主题"]


def test_what_of_an_event_is_scheduled_for_later_says_so(publisher):
    event = EventFactory(**DRAFT)
    QuoteFactory(section__coverage__event=event, published_at=AHEAD, title="以后")
    text = shown(publisher.get(url("event", "move", "publish"), {"row": event.pk}))
    assert "待发布 2099年1月1日 08:00" in text["发言"]


def test_the_first_fifty_are_listed_and_the_rest_counted(publisher):
    event = EventFactory(**DRAFT)
    section = SectionFactory(coverage__event=event)
    with index_at_the_end():
        for n in range(53):
            QuoteFactory(section=section, title=f"第{n:02}段", topics=[TopicFactory()])
    page = publisher.get(url("event", "move", "publish"), {"row": event.pk})
    groups = {group.name: group for group in page.context["groups"]}
    for name in ("发言", "嘉宾", "主题"):
        assert (groups[name].count, len(groups[name].lines), groups[name].rest) == (53, 50, 3)
        assert "另有 3 项" in shown(page)[name]
    assert [line.row.title for line in groups["发言"].lines] == [f"第{n:02}段" for n in range(50)]
    last = Quote.objects.get(title="第52段")
    change(Quote, last.slug, context="谁也没看到")
    assert is_told(confirm(publisher, "publish", page))


def test_the_page_and_its_confirmation_take_a_fixed_number_of_queries(publisher):
    event, counts = EventFactory(**DRAFT), []
    for more in (1, 2, 27):
        with index_at_the_end():
            for _ in range(more):
                moderator = SpeakerFactory()
                section = SectionFactory(coverage__event=event, moderator=moderator)
                quote = QuoteFactory(section=section, topics=[TopicFactory()])
                other = QuoteFactory(section=section, speaker=quote.speaker)
                ParallelFactory(first=quote, second=other)
        address = url("event", "move", "publish")
        publisher.get(address, {"row": event.pk})
        with CaptureQueriesContext(connection) as queries:
            page = publisher.get(address, {"row": event.pk})
        with CaptureQueriesContext(connection) as of_refusal:
            posted = seen(page) | {"mark": "x"}
            assert is_told(publisher.post(address, posted))
        counts.append((len(queries), len(of_refusal)))
    assert counts[0] == counts[1] == counts[2], counts


def test_showing_the_page_writes_nothing(publisher):
    quote = draft_quote()
    for row, name in ((quote, "withdraw"), (quote.event, "publish"), (quote.event, "schedule")):
        with CaptureQueriesContext(connection) as queries:
            assert publisher.get(url(row._meta.model_name, "move", name), {"row": row.pk})
        verbs = {query["sql"].split()[0] for query in queries}
        assert verbs == {"SELECT"}


def test_many_rows_of_a_list_are_summed_up_together(publisher):
    quotes = [QuoteFactory(context=f"背景{n}", **DRAFT) for n in range(3)]
    page = tick(publisher, "publish", *quotes)
    assert all(f"背景{n}" in shown(page)["发言"] for n in range(3))
    change(Section, quotes[2].section.slug, title="骂街")
    assert is_told(confirm(publisher, "publish", page))
    assert not Quote.objects.published().exists()
