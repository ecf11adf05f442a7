"""Words that a summit already has are pointed out before they are saved again."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quotes.models import Quote
from quotes.text.markup import derive
from tests.admin.test_editing import errors, formset, quote_data, save_quote, url
from tests.factories import CoverageFactory, QuoteFactory, SectionFactory, SpeakerFactory

pytestmark = pytest.mark.django_db
WORDS = "学习，不只是记住：还要会“遗忘”。"
SAID = "这场峰会已有同样的发言"


@pytest.fixture
def there():
    """A quote that is there already, a draft."""
    return QuoteFactory(slug="there-01", body=WORDS, status="draft", published_at=None)


def add(client, there, body=WORDS, section=None, **values):
    data = quote_data(there, body=body, section=(section or there.section).pk, **values)
    return client.post(url("quote", "add"), data)


def confirmation(response, name="body"):
    page = response.content.decode()
    return re.search(rf'name="{name}_confirmed" value="([^"]+)"', page)[1]


@pytest.mark.parametrize(
    "same",
    [
        WORDS,
        "學習，不只是記住：還要會「遺忘」。",
        "学习,不只是记住:还要会'遗忘'!",
        "学习，不只是**记住**：\r\n\r\n还要会 “遗忘” 。",
    ],
)
def test_words_are_the_same_in_either_script_and_whatever_the_punctuation(
    admin_client, there, same
):
    response = add(admin_client, there, same)
    assert SAID in errors(response)["body"][0]
    assert f'href="{url("quote", "change", there.pk)}"' in response.content.decode()
    assert Quote.objects.count() == 1


@pytest.mark.parametrize("other", ["学习，不只是记住。", WORDS + "对"])
def test_other_words_are_saved(admin_client, there, other):
    assert add(admin_client, there, other).status_code == 302


def test_the_same_words_are_saved_after_a_tick(admin_client, there):
    question = confirmation(add(admin_client, there))
    assert add(admin_client, there, body_confirmed=question).status_code == 302
    assert Quote.objects.count() == 2


def test_a_tick_is_good_only_for_the_words_and_quotes_it_was_shown_with(admin_client, there):
    question = confirmation(add(admin_client, there))
    QuoteFactory(section=there.section, body=WORDS)
    assert add(admin_client, there, body_confirmed=question).status_code == 200
    QuoteFactory(section=there.section, body="别的话")
    assert add(admin_client, there, "别的话", body_confirmed=question).status_code == 200


def test_another_source_is_a_reason_to_join_the_two(admin_client, there):
    page = add(admin_client, there).content.decode()
    assert "重复录入" in page
    assert "另一来源" not in page
    elsewhere = SectionFactory(coverage=CoverageFactory(event=there.event))
    page = add(admin_client, there, section=elsewhere).content.decode()
    assert "重复录入" not in page
    assert "另一来源也报道了这番话" in page


def test_another_summit_may_hear_the_same_words(admin_client, there):
    assert add(admin_client, there, section=SectionFactory()).status_code == 302


def test_a_quote_whose_words_stay_is_not_asked_again(admin_client, there):
    twin = QuoteFactory(section=there.section, body=WORDS)
    assert save_quote(admin_client, twin, title="新的标题", position=2).status_code == 302


def test_a_quote_whose_words_become_the_same_is_asked(admin_client, there):
    twin = QuoteFactory(section=there.section, body="别的话")
    response = save_quote(admin_client, twin, body=WORDS)
    assert SAID in errors(response)["body"][0]


def test_a_quote_that_is_brought_to_the_summit_is_asked(admin_client, there):
    elsewhere = QuoteFactory(body=WORDS)
    response = save_quote(admin_client, elsewhere, section=there.section_id)
    assert SAID in errors(response)["body"][0]


def post_rows(client, section, bodies, **values):
    speaker = SpeakerFactory()
    rows = [
        {"position": "", "speaker": speaker.pk, "body": body, "wording": "not-stated"}
        | {"status": "draft"}
        for body in bodies
    ]
    data = {"coverage": section.coverage_id, "kind": "speech", "title": "开场", "position": 1}
    data |= formset("quotes", rows) | values
    return client.post(url("section", "change", section.pk), data)


def row_errors(response):
    (inline,) = response.context["inline_admin_formsets"]
    return [form.errors.get("body", []) for form in inline.formset.forms]


def test_rows_of_a_section_are_asked_each_for_itself(admin_client, there):
    section = SectionFactory(coverage=there.section.coverage)
    response = post_rows(admin_client, section, ["新的话", WORDS])
    fine, asked = row_errors(response)
    assert not fine
    assert SAID in asked[0]
    values = {"quotes-1-body_confirmed": confirmation(response, "quotes-1-body")}
    assert post_rows(admin_client, section, ["新的话", WORDS], **values).status_code == 302
    assert section.quotes.count() == 2


def test_two_new_rows_of_the_same_words_are_pointed_out(admin_client):
    section = SectionFactory()
    response = post_rows(admin_client, section, ["新的话", "新的话。"])
    first, second = row_errors(response)
    assert not first
    assert second == ["本页另一行是同样的原话。请改正或确认。"]
    values = {"quotes-1-body_confirmed": confirmation(response, "quotes-1-body")}
    assert post_rows(admin_client, section, ["新的话", "新的话。"], **values).status_code == 302


def test_all_rows_together_cost_one_query(admin_client, there):
    section = SectionFactory(coverage=there.section.coverage)
    asked = []
    for n in (1, 3, 30):
        with CaptureQueriesContext(connection) as queries:
            post_rows(admin_client, section, [WORDS, *map(str, range(n - 1))])
        sql = [q["sql"] for q in queries.captured_queries]
        asked.append(sum('"fingerprint" IN' in statement for statement in sql))
    assert asked == [1, 1, 1]


def test_what_has_no_letters_is_told_apart_by_its_signs():
    assert derive("……").fingerprint != derive("！！").fingerprint
    assert derive("“……”").fingerprint == derive("“……”  ").fingerprint


def test_the_fingerprint_is_there_for_quotes_of_fixtures_too(agi_next):
    for quote in Quote.objects.all():
        assert quote.fingerprint == derive(quote.body).fingerprint
