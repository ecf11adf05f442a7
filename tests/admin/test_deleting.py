"""Deleting at the desk: what goes with it, which addresses die, who may."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quotes.models import Event, Quote, Section, Speaker, State, TaggedQuote, Topic
from tests.admin.test_editing import formset, url
from tests.admin.test_slugs import sign_in  # noqa: F401  a fixture
from tests.factories import (
    AppearanceFactory,
    CoverageFactory,
    EventFactory,
    ParallelFactory,
    ProtectedTermFactory,
    QuoteFactory,
    SectionFactory,
    SourceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
WITHDRAW = "建议改为撤回"


@pytest.fixture
def publisher(sign_in):  # noqa: F811
    return sign_in("publish")


def ask(client, row):
    return client.get(url(row._meta.model_name, "delete", row.pk))


def ask_many(client, model, rows, **values):
    data = {"action": "delete_selected", "_selected_action": [row.pk for row in rows]}
    return client.post(url(model, "changelist"), data | values)


def dying(response):
    """The addresses that the page says will die, and how many it says they are."""
    return response.context["dying"], response.context["dying_count"]


def test_what_goes_with_a_quote_is_named_and_counted(publisher):
    quote = QuoteFactory(title="标题", topics=[TopicFactory(name="算力"), TopicFactory()])
    ParallelFactory(first=quote, second=QuoteFactory(), state=State.PROPOSED)
    page = ask(publisher, quote).content.decode()
    assert "发言的主题: 2" in page
    assert "另见: 1" in page
    assert "标题 · 算力" in page
    assert url("quote", "change", quote.pk) in page


def test_the_addresses_that_die_with_a_quote_are_its_own_and_what_it_alone_upholds(publisher):
    shared = TopicFactory(slug="shared")
    quote = QuoteFactory(
        slug="q",
        topics=[TopicFactory(slug="only"), shared],
        section__slug="part",
        section__coverage__event__slug="e",
        section__coverage__source__slug="s",
    )
    QuoteFactory(topics=[shared], speaker=quote.speaker)
    addresses = ["/events/e/s/part/", "/topics/only/", "/quotes/q/"]
    response = ask(publisher, quote)
    assert dying(response) == (addresses, 3)
    for address in addresses:
        assert f'<a href="{address}">' in response.content.decode()
    publisher.post(url("quote", "delete", quote.pk), {"post": "yes"})
    assert {publisher.get(address).status_code for address in addresses} == {404}
    for address in ("/topics/shared/", "/events/e/", f"/speakers/{quote.speaker.slug}/"):
        assert publisher.get(address).status_code == 200


def test_a_section_that_stands_empty_in_print_outlives_its_quotes(publisher):
    quote = QuoteFactory(slug="q", section__printed_empty=True, speaker__slug="s")
    assert dying(ask(publisher, quote)) == (["/speakers/s/", "/quotes/q/"], 2)


def test_whom_an_editor_listed_outlives_the_quotes(publisher):
    row = AppearanceFactory()
    section = SectionFactory(coverage__event=row.event, printed_empty=True)
    quote = QuoteFactory(slug="q", section=section, speaker=row.speaker)
    assert dying(ask(publisher, quote)) == (["/quotes/q/"], 1)


def test_the_addresses_that_die_with_an_event_are_those_of_its_guests_too(publisher):
    event = EventFactory(slug="e")
    AppearanceFactory(event=event, speaker__slug="only-here")
    AppearanceFactory(speaker=AppearanceFactory(event=event).speaker)
    assert dying(ask(publisher, event)) == (["/events/e/", "/speakers/only-here/"], 2)


def test_former_addresses_die_too(publisher):
    event = EventFactory(slug="e-old")
    event.slug = "e-new"
    event.save()
    assert dying(ask(publisher, event)) == (["/events/e-new/", "/events/e-old/"], 2)


def test_a_topic_an_appearance_and_a_tag_kill_pages(publisher):
    quote = QuoteFactory(topics=[TopicFactory(slug="t")])
    guest = AppearanceFactory(event=quote.event, speaker__slug="guest")
    for row, address in (
        (Topic.objects.get(), "/topics/t/"),
        (TaggedQuote.objects.get(), "/topics/t/"),
        (guest, "/speakers/guest/"),
    ):
        assert dying(ask(publisher, row)) == ([address], 1)


@pytest.mark.parametrize("hidden", [{"status": "draft"}, {"status": "withdrawn"}])
def test_what_is_hidden_kills_no_address(publisher, hidden):
    assert dying(ask(publisher, QuoteFactory(**hidden, topics=[TopicFactory()]))) == ([], 0)


def test_a_long_list_of_addresses_is_cut_and_says_how_many_there_are(publisher):
    event = EventFactory()
    for _ in range(30):
        AppearanceFactory(event=event)
    response = ask(publisher, event)
    addresses, count = dying(response)
    assert (len(addresses), count) == (20, 31)
    page = response.content.decode()
    assert "另有 11 个" in page
    assert "另有 10 个" in page


def test_withdrawing_is_offered_for_what_readers_have_seen(publisher):
    for row, offered in (
        (QuoteFactory(), True),
        (QuoteFactory(status="withdrawn"), True),
        (EventFactory(), True),
        (QuoteFactory(status="draft", published_at=None), False),
        (QuoteFactory(topics=[TopicFactory()]).topics.get(), False),
    ):
        assert (WITHDRAW in ask(publisher, row).content.decode()) is offered


def test_who_may_not_publish_deletes_only_what_readers_never_saw(sign_in):  # noqa: F811
    client = sign_in()
    shown, withdrawn = QuoteFactory(topics=[TopicFactory()]), QuoteFactory(status="withdrawn")
    draft = QuoteFactory(status="draft", published_at=None)
    for row in (shown, withdrawn, shown.topics.get(), TaggedQuote.objects.get(), shown.event):
        assert ask(client, row).status_code == 403
        data = {"post": "yes"}
        assert client.post(url(row._meta.model_name, "delete", row.pk), data).status_code == 403
        assert type(row).objects.filter(pk=row.pk).exists()
        page = client.get(url(row._meta.model_name, "change", row.pk)).content.decode()
        assert 'class="deletelink"' not in page
    assert client.post(url("quote", "delete", draft.pk), {"post": "yes"}).status_code == 302
    assert not Quote.objects.filter(pk=draft.pk).exists()


def test_many_are_deleted_by_the_same_rules(sign_in):  # noqa: F811
    client = sign_in()
    drafts = [QuoteFactory(status="draft", published_at=None) for _ in range(2)]
    shown = QuoteFactory()
    response = ask_many(client, "quote", [*drafts, shown])
    assert "应撤回而不是删除" in response.content.decode()
    assert ask_many(client, "quote", [*drafts, shown], post="yes").status_code == 403
    assert Quote.objects.count() == 3
    ask_many(client, "quote", drafts, post="yes")
    assert list(Quote.objects.all()) == [shown]


def test_many_are_deleted_after_the_same_page(publisher):
    speaker = AppearanceFactory().speaker
    quotes = [
        QuoteFactory(slug=f"q-{n}", section__printed_empty=True, speaker=speaker) for n in (1, 2)
    ]
    response = ask_many(publisher, "quote", quotes)
    assert dying(response) == (["/quotes/q-1/", "/quotes/q-2/"], 2)
    page = response.content.decode()
    assert WITHDRAW in page
    assert "发言: 2" in page
    assert Quote.objects.count() == 2
    ask_many(publisher, "quote", quotes, post="yes")
    assert not Quote.objects.exists()


def test_what_is_in_the_way_is_said_plainly(publisher):
    quote = QuoteFactory(title="标题")
    for row, name in (
        (quote.section, "标题"),
        (quote.speaker, "标题"),
        (quote.event, str(quote.section)),
        (quote.source, str(quote.section.coverage)),
    ):
        for page in (ask(publisher, row), ask_many(publisher, row._meta.model_name, [row])):
            text = page.content.decode()
            assert "下列内容仍属于它，所以不能删除" in text
            assert name in text
        publisher.post(url(row._meta.model_name, "delete", row.pk), {"post": "yes"})
    assert (Section.objects.count(), Speaker.objects.count(), Event.objects.count()) == (1, 1, 1)


def test_a_tick_in_a_list_of_rows_does_not_delete_what_readers_have_seen(admin_client):
    quote = QuoteFactory()
    draft = QuoteFactory(section=quote.section, status="draft", published_at=None)

    def post(row):
        values = {name: getattr(row, name) for name in ("position", "body", "wording", "status")}
        values |= {"id": row.pk, "section": row.section_id, "speaker": row.speaker_id}
        data = {"coverage": row.section.coverage_id, "kind": "speech", "title": "开场"}
        data |= formset("quotes", [values | {"DELETE": "on"}], initial=1) | {"position": 1}
        return admin_client.post(url("section", "change", row.section_id), data)

    response = post(quote)
    assert "请到它自己的页面删除" in response.content.decode()
    assert post(draft).status_code == 302
    assert list(Quote.objects.all()) == [quote]


def test_what_has_no_page_of_its_own_is_asked_about_in_the_same_way(publisher):
    term = ProtectedTermFactory(term="复杂")
    for page in (ask(publisher, term), ask_many(publisher, "protectedterm", [term])):
        text = page.content.decode()
        assert "将删除的" in text
        assert "复杂" in text


@pytest.mark.parametrize("model", ["quote", "event", "topic", "source"])
def test_the_page_takes_a_fixed_number_of_queries(publisher, model):
    counts = []
    for n in (1, 3, 30):
        quote = QuoteFactory(topics=[TopicFactory() for _ in range(n)])
        topic = TopicFactory()
        row = {
            "quote": quote,
            "event": EventFactory(),
            "topic": topic,
            "source": SourceFactory(),
        }[model]
        for _ in range(n):
            if model == "quote":
                ParallelFactory(first=quote)
            elif model == "topic":
                QuoteFactory(topics=[topic])
            elif model == "event":
                AppearanceFactory(event=row)
                CoverageFactory(event=row)
            else:
                CoverageFactory(source=row)
        ask(publisher, row)
        with CaptureQueriesContext(connection) as queries:
            assert ask(publisher, row).status_code == 200
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts
