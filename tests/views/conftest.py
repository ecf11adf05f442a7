"""Content that grows, for counting queries."""

import pytest

from quotes.models import Role
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


@pytest.fixture
def grow(db):
    """A function that adds `n` of everything around one event, speaker, topic and quote."""
    event = EventFactory(slug="the-event")
    speaker = SpeakerFactory(slug="the-speaker")
    topic = TopicFactory(slug="the-topic")
    coverage = CoverageFactory(event=event, source__slug="the-source")
    section = SectionFactory(coverage=coverage)
    quote = QuoteFactory(slug="the-quote", section=section, speaker=speaker, topics=[topic])

    def grow(n):
        for _ in range(n):
            AppearanceFactory(event=EventFactory(), speaker=speaker, title="教授")
            AppearanceFactory(event=event, role=Role.MODERATOR)
            asked = SectionFactory(coverage=coverage, moderator=SpeakerFactory(), question="为何？")
            elsewhere = SectionFactory(coverage=CoverageFactory(event=event))
            topics = [topic, TopicFactory()]
            for row in (section, asked, elsewhere):
                QuoteFactory(section=row, topics=topics, featured=True)
                same = QuoteFactory(section=row, speaker=speaker, topics=topics)
            ParallelFactory(first=quote, second=same)

    return grow
