import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from quotes.models import Quote, TaggedQuote, Topic, TopicName
from tests.factories import QuoteFactory, SpeakerFactory, TopicFactory

pytestmark = pytest.mark.django_db


SAME = ["Agent", "AGENT", "Ａｇｅｎｔ", "A gent", "Age\u200bnt", "Agént"]


@pytest.mark.parametrize("name", SAME)
@pytest.mark.parametrize("field", ["name", "aliases"])
def test_a_name_or_alias_is_one_topics_only_after_folding(field, name):
    TopicFactory(name="智能体", aliases="Agent")
    with pytest.raises(IntegrityError, match="topic_name_or_alias_once"), transaction.atomic():
        TopicFactory(**{field: name})
    with pytest.raises(ValidationError) as error:
        Topic(**{"name": "别的", "slug": "x", field: name}).full_clean()
    assert list(error.value.message_dict) == [field]
    assert Topic.objects.count() == 1


@pytest.mark.parametrize(("one", "other"), [("机器学习", "機器學習"), ("⺩", "王"), ("⽂", "文")])
def test_names_that_differ_in_script_or_radicals_are_one(one, other):
    TopicFactory(name=one)
    with pytest.raises(IntegrityError), transaction.atomic():
        Topic.objects.bulk_create([Topic(name=other, slug="x")])
    with pytest.raises(IntegrityError), transaction.atomic():
        Topic.objects.filter(pk=TopicFactory().pk).update(aliases=f"别的、{other}")


def test_the_database_itself_holds_that_a_name_is_one_topics_only():
    one, other = TopicFactory.create_batch(2)
    with pytest.raises(IntegrityError), transaction.atomic():
        TopicName.objects.create(topic=other, key=one.names.get().key)


def test_a_name_that_was_given_up_is_free():
    topic = TopicFactory(name="开源", aliases="Open Source")
    topic.aliases = "OSS"
    topic.save()
    other = TopicFactory(name="Open Source")
    topic.delete()
    other.aliases = "开源、OSS"
    other.save()
    assert set(other.names.values_list("key", flat=True)) == {"opensource", "开源", "oss"}
    assert TopicName.objects.count() == 3


@pytest.mark.parametrize(
    "name", ["多模态、数据", "a,b", "a，b", "a;b", "a；b", "", "\u200b", "\u0301"]
)
def test_a_name_with_a_separator_or_nothing_to_see_is_refused(name):
    with pytest.raises(ValidationError) as error:
        Topic(name=name, slug="x").full_clean()
    assert list(error.value.message_dict) == ["name"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Topic.objects.create(name=name)
    with pytest.raises(IntegrityError), transaction.atomic():
        Topic.objects.bulk_create([Topic(name=name, slug="x")])


@pytest.mark.parametrize("name", ["a  b", " a", "a\u3000b", "a\u200bb", "a\nb"])
def test_the_database_refuses_what_is_invisible_in_a_name(name):
    topic = TopicFactory()
    with (
        pytest.raises(IntegrityError, match="topic_name_tidy"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE quotes_topic SET name = %s WHERE id = %s", [name, topic.pk])


def test_names_are_kept_tidy_and_only_their_comparison_is_folded():
    topic = TopicFactory(name="\u3000Ａ\u00a0 か\u3099\u200b", aliases=" x ,Y；か\u3099；x")
    for row in (topic, Topic.objects.get()):
        assert (row.name, row.aliases) == ("Ａ が", "x、Y、が")
    speaker = SpeakerFactory(name="か\u3099\u3000x", aliases="a;b")
    speaker.refresh_from_db()
    assert (speaker.name, speaker.aliases) == ("か\u3099\u3000x", "a;b")


def test_aliases_are_bounded_in_number_and_length():
    for aliases in ("、".join(map(str, range(101))), "长" * 101, "ﷺ" * 100):
        with pytest.raises(ValidationError) as error:
            Topic(name="x", slug="x", aliases=aliases).full_clean()
        assert list(error.value.message_dict) == ["aliases"]
    with pytest.raises(IntegrityError), transaction.atomic():
        TopicFactory(aliases="长" * 201)


def test_a_topic_is_found_by_name_or_alias_without_case():
    topic = TopicFactory(name="智能体 Agent", aliases="智慧体、Agentic")
    TopicFactory()
    assert Topic.objects.by_name(["AGENTIC", "无"]) == {"agentic": topic}
    assert Topic.objects.by_name(["智能体 agent"]) == {"智能体agent": topic}


def test_the_topics_of_a_quote_are_put_on_and_taken_off_by_any_of_their_names():
    topic = TopicFactory(name="开源", aliases="OSS")
    quote = QuoteFactory()
    quote.topics.add("oss", "開源", "算力")
    assert {tagged.tag.name for tagged in quote.tagged_quotes.all()} == {"开源", "算力"}
    quote.topics.remove("ＯＳＳ", "没有")
    assert [tagged.tag.name for tagged in quote.tagged_quotes.all()] == ["算力"]
    quote.topics.set([topic, "算 力"])
    assert Topic.objects.count() == 2
    assert quote.tagged_quotes.count() == 2
    quote.topics.set(["OSS"], clear=True)
    assert [tagged.tag for tagged in quote.tagged_quotes.all()] == [topic]


def test_dumps_leave_the_derived_names_out(capsys):
    TopicFactory()
    call_command("dumpdata", "quotes")
    assert "topicname" not in capsys.readouterr().out


def test_a_fixture_with_a_name_that_is_taken_is_refused_with_the_name(tmp_path):
    TopicFactory(name="智能体", aliases="Agent")
    fixture = tmp_path / "x.yaml"
    fixture.write_text("[{model: quotes.topic, fields: {name: AGENT, slug: x}}]")
    with pytest.raises(IntegrityError, match=r"“Agent”.*智能体"):
        call_command("loaddata", fixture)
    assert not Topic.objects.filter(slug="x").exists()
    fixture.write_text("[{model: quotes.topic, fields: {name: ' a  b', slug: x, aliases: 'c;d'}}]")
    call_command("loaddata", fixture, verbosity=0)
    assert Topic.objects.filter(name="a b", aliases="c、d").exists()
    assert set(Topic.objects.by_name(["AB", "c", "d"])) == {"ab", "c", "d"}


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
