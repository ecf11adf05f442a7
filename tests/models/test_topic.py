import pytest
from django.db import IntegrityError, transaction

from quotes.models import Quote, TaggedQuote, Topic
from tests.factories import QuoteFactory, TopicFactory

pytestmark = pytest.mark.django_db


def test_names_are_unique_whatever_their_case():
    TopicFactory(name="Agent")
    with pytest.raises(IntegrityError), transaction.atomic():
        TopicFactory(name="AGENT")


def test_a_topic_is_found_by_name_or_alias_without_case():
    topic = TopicFactory(name="智能体 Agent", aliases="智慧体、Agentic")
    TopicFactory()
    assert Topic.objects.by_name(["AGENTIC", "无"]) == {"agentic": topic}
    assert Topic.objects.by_name(["智能体 agent"]) == {"智能体 agent": topic}


def test_topics_of_quotes_are_counted_among_them_and_the_commonest_comes_first():
    common, rare, other = TopicFactory.create_batch(3)
    QuoteFactory(topics=[common, rare])
    QuoteFactory(topics=[common])
    QuoteFactory(topics=[other, common], status="draft")
    found = Topic.objects.of_quotes(Quote.objects.published())
    assert [(topic, topic.quote_count) for topic in found] == [(common, 2), (rare, 1)]


def test_a_quote_has_a_topic_once():
    topic = TopicFactory()
    quote = QuoteFactory(topics=[topic])
    with pytest.raises(IntegrityError), transaction.atomic():
        TaggedQuote.objects.create(content_object=quote, tag=topic)
