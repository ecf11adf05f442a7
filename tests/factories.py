"""Rows to test with. Everything is public unless a test says otherwise."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from quotes import models

PUBLISHED = {
    "status": models.Status.PUBLISHED,
    "published_at": datetime(2026, 1, 17, tzinfo=UTC),
}


class EventFactory(DjangoModelFactory):
    class Meta:
        model = models.Event

    name = factory.Sequence(lambda n: f"峰会{n}")
    slug = factory.Sequence(lambda n: f"summit-{n}")
    start_date = date(2026, 1, 10)
    status = PUBLISHED["status"]
    published_at = PUBLISHED["published_at"]


class SpeakerFactory(DjangoModelFactory):
    class Meta:
        model = models.Speaker

    name = factory.Sequence(lambda n: f"嘉宾{n}")
    slug = factory.Sequence(lambda n: f"speaker-{n}")


class AppearanceFactory(DjangoModelFactory):
    class Meta:
        model = models.Appearance

    event = factory.SubFactory(EventFactory)
    speaker = factory.SubFactory(SpeakerFactory)


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = models.Source

    slug = factory.Sequence(lambda n: f"source-{n}")
    title = factory.Sequence(lambda n: f"来源{n}")
    kind = models.SourceKind.REPORT


class CoverageFactory(DjangoModelFactory):
    class Meta:
        model = models.Coverage

    event = factory.SubFactory(EventFactory)
    source = factory.SubFactory(SourceFactory)


class SectionFactory(DjangoModelFactory):
    class Meta:
        model = models.Section

    coverage = factory.SubFactory(CoverageFactory)
    slug = factory.Sequence(lambda n: f"section-{n}")
    title = factory.Sequence(lambda n: f"章节{n}")
    kind = models.SectionKind.SPEECH


class TopicFactory(DjangoModelFactory):
    class Meta:
        model = models.Topic

    name = factory.Sequence(lambda n: f"主题{n}")
    slug = factory.Sequence(lambda n: f"topic-{n}")


class QuoteFactory(DjangoModelFactory):
    class Meta:
        model = models.Quote
        skip_postgeneration_save = True

    section = factory.SubFactory(SectionFactory)
    speaker = factory.SubFactory(SpeakerFactory)
    body = factory.Sequence(lambda n: f"这是第{n}句话。")
    status = PUBLISHED["status"]
    published_at = PUBLISHED["published_at"]

    @factory.post_generation
    def topics(self, create, extracted, **kwargs):
        for topic in extracted or []:
            models.TaggedQuote.objects.create(content_object=self, tag=topic)


class ParallelFactory(DjangoModelFactory):
    class Meta:
        model = models.Parallel

    first = factory.SubFactory(QuoteFactory)
    second = factory.SubFactory(QuoteFactory)
    state = models.State.ACCEPTED


class ProtectedTermFactory(DjangoModelFactory):
    class Meta:
        model = models.ProtectedTerm

    term = factory.Sequence(lambda n: f"词{n}")
