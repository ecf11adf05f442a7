"""How long texts may be: in forms, in fixtures, in databases that were there before."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from quotes.models import Event, Quote, Section, Speaker, Topic
from quotes.models.lengths import LONGEST_ALIASES, LONGEST_BODY, LONGEST_TEXT
from tests.admin.test_editing import errors, quote_data, save_quote, url
from tests.factories import (
    EventFactory,
    QuoteFactory,
    SectionFactory,
    SpeakerFactory,
    TopicFactory,
)

LIMITS = {
    (Quote, "body"): LONGEST_BODY,
    (Quote, "context"): LONGEST_TEXT,
    (Section, "question"): LONGEST_TEXT,
    (Event, "summary"): LONGEST_TEXT,
    (Speaker, "aliases"): LONGEST_ALIASES,
    (Speaker, "biography"): LONGEST_TEXT,
    (Speaker, "links"): LONGEST_TEXT,
    (Topic, "aliases"): LONGEST_ALIASES,
}
FACTORIES = {
    Quote: QuoteFactory,
    Section: SectionFactory,
    Event: EventFactory,
    Speaker: SpeakerFactory,
    Topic: TopicFactory,
}


def text(n):
    return "长𠀀" * (n // 2) + "长" * (n % 2)


@pytest.mark.django_db
def test_the_database_takes_no_longer_text_however_it_is_written():
    for (model, field), limit in LIMITS.items():
        row = FACTORIES[model]()
        rows = model._base_manager.filter(pk=row.pk)
        rows.update(**{field: text(limit)})
        name = f"{model._meta.model_name}_{field}_length"
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            rows.update(**{field: text(limit + 1)})


@pytest.mark.django_db
def test_a_fixture_with_a_longer_body_is_refused_as_a_whole(tmp_path):
    quote = QuoteFactory(body="短。")
    file = tmp_path / "quotes.json"
    call_command("dumpdata", "quotes.quote", natural_primary=True, output=str(file), verbosity=0)
    (row,) = json.loads(file.read_text())
    row["fields"]["body"] = text(LONGEST_BODY + 1)
    file.write_text(json.dumps([row]))
    with pytest.raises(IntegrityError, match="quote_body_length"), transaction.atomic():
        call_command("loaddata", str(file), verbosity=0)
    quote.refresh_from_db()
    assert quote.body == "短。"


@pytest.mark.django_db
def test_a_longer_body_is_refused_beside_it_with_limit_and_length_and_kept(admin_client):
    quote = QuoteFactory(body="短。")
    long = "长\r\n" * 25_000 + "。"
    response = save_quote(admin_client, quote, body=long)
    (message,) = errors(response)["body"]
    assert "50000" in message
    assert "50001" in message
    assert response.content.decode().count("长") >= 25_000
    assert "maxlength" not in str(response.context["adminform"].form["body"])
    quote.refresh_from_db()
    assert quote.body == "短。"


@pytest.mark.django_db
def test_a_body_of_just_the_limit_is_saved_line_breaks_counted_once(admin_client):
    quote = QuoteFactory(body="短。")
    body = "长\n" * 24_999 + "好。"
    assert save_quote(admin_client, quote, body=body.replace("\n", "\r\n")).status_code == 302
    quote.refresh_from_db()
    assert quote.body == body
    assert len(quote.body) == LONGEST_BODY


@pytest.mark.django_db
def test_each_other_text_is_refused_beside_its_field(admin_client):
    quote = QuoteFactory()
    response = save_quote(admin_client, quote, context=text(LONGEST_TEXT + 1))
    assert str(LONGEST_TEXT + 1) in errors(response)["context"][0]
    speaker = {name: text(LONGEST_TEXT + 1) for name in ("aliases", "biography", "links")}
    response = admin_client.post(url("speaker", "add"), {"name": "人"} | speaker)
    assert set(errors(response)) == set(speaker)


@pytest.mark.django_db
def test_a_body_over_the_limit_is_not_even_parsed(admin_client, monkeypatch):
    quote = QuoteFactory()
    monkeypatch.setattr("quotes.admin.same_words.derive", lambda body: pytest.fail("parsed"))
    response = admin_client.post(url("quote", "add"), quote_data(quote, body="[" * 50_001))
    assert "body" in errors(response)


@pytest.mark.django_db
def test_form_and_receiver_parse_a_body_once_in_all(admin_client, monkeypatch):
    from quotes.text import markup

    quote = QuoteFactory()
    parsed, parse = [], markup._markdown.parse
    monkeypatch.setattr(markup._markdown, "parse", lambda body: parsed.append(body) or parse(body))
    values = {"body": "一番*新*的话。", "highlight": "新的话"}
    assert save_quote(admin_client, quote, **values).status_code == 302
    assert parsed == [values["body"]]


@pytest.mark.django_db(transaction=True)
def test_a_database_with_longer_texts_is_not_migrated_but_they_are_named():
    body = QuoteFactory(slug="too-long").pk
    QuoteFactory(slug="no-end", body="长" * 1000)
    SpeakerFactory(slug="talkative", biography=text(LONGEST_TEXT))
    graph = MigrationExecutor(connection).loader.graph
    limits = ("quotes", "0008_text_limits")
    before = [node.key for node in graph.node_map[limits].parents]
    try:
        MigrationExecutor(connection).migrate(before)
        Quote._base_manager.filter(pk=body).update(body=text(LONGEST_BODY + 1))
        Quote._base_manager.filter(slug="no-end").update(excerpt_html="长" * 1000)
        Speaker._base_manager.update(biography=text(LONGEST_TEXT + 9))
        with pytest.raises(CommandError) as error:
            MigrationExecutor(connection).migrate([limits])
        assert "quote too-long: body has 50,001 characters" in str(error.value)
        assert "speaker talkative: biography has 5,009 characters" in str(error.value)
        assert limits not in MigrationExecutor(connection).loader.applied_migrations
        kept = Quote.objects.values_list("body", flat=True).get(pk=body)
        assert len(kept) == LONGEST_BODY + 1
    finally:
        Quote._base_manager.filter(pk=body).update(body="短。")
        Speaker._base_manager.update(biography="")
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
    shortened = Quote.objects.get(slug="no-end")
    assert shortened.excerpt_html == f"<p>{'长' * 400}……</p>\n"
    assert shortened.excerpt_rest == 600
