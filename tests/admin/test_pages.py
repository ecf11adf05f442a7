"""Every admin page opens, in Chinese, with a fixed number of queries."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from quotes import models
from quotes.search.index import index_at_the_end
from tests.factories import (
    AppearanceFactory,
    CoverageFactory,
    EventFactory,
    ParallelFactory,
    ProtectedTermFactory,
    QuoteFactory,
    SectionFactory,
    SourceFactory,
    SpeakerFactory,
    TopicFactory,
)

MODELS = [
    getattr(models, name) for name in models.__all__ if hasattr(getattr(models, name), "_meta")
]
MODELS = [model for model in MODELS if hasattr(model, "natural_key")]


def url(model, page, *args):
    return reverse(f"admin:quotes_{model._meta.model_name}_{page}", args=args)


def grow(quote, n):
    """`n` more of everything around one quote."""
    for _ in range(n):
        ProtectedTermFactory()
        AppearanceFactory(event=quote.event, title="教授")
        AppearanceFactory(speaker=quote.speaker)
        coverage = CoverageFactory(event=quote.event)
        SectionFactory(coverage=quote.section.coverage, moderator=SpeakerFactory())
        other = QuoteFactory(
            section=quote.section, topics=[TopicFactory(), quote.tagged_quotes.get().tag]
        )
        elsewhere = QuoteFactory(section=SectionFactory(coverage=coverage), speaker=quote.speaker)
        ParallelFactory(first=quote, second=elsewhere)
        ParallelFactory(first=other, second=elsewhere)


@pytest.fixture
def quote(db):
    return QuoteFactory(topics=[TopicFactory()], section__moderator=SpeakerFactory())


def test_every_model_is_at_the_desk_in_the_order_of_work(admin_client):
    page = admin_client.get("/admin/").content.decode()
    names = [
        "峰会",
        "章节",
        "发言",
        "主题",
        "嘉宾",
        "来源",
        "另见",
        "出席",
        "报道关系",
        "发言的主题",
    ]
    places = [
        page.index(f'/admin/quotes/{model}/">{name}</a>')
        for model, name in zip(
            [
                "event",
                "section",
                "quote",
                "topic",
                "speaker",
                "source",
                "parallel",
                "appearance",
                "coverage",
                "taggedquote",
            ],
            names,
            strict=True,
        )
    ]
    assert places == sorted(places)
    assert "峰会语录" in page
    assert "taggit" not in page
    assert {model for model in admin.site._registry if model._meta.app_label == "quotes"} == set(
        MODELS
    )


def test_pages_take_a_fixed_number_of_queries(admin_client, quote):
    pages = [(model, page) for model in MODELS for page in ("changelist", "change", "history")]
    counts = {page: [] for page in pages}
    # 1, 30 and 90 of everything around one quote, with thrice as many people: a page does without
    # rows of which there are more than 300.
    for more in (1, 29, 60):
        with index_at_the_end():
            grow(quote, more)
        for model, page in pages:
            args = [] if page == "changelist" else [model.objects.order_by("pk").first().pk]
            if more == 1:
                admin_client.get(url(model, page, *args))  # content types: once a process
            with CaptureQueriesContext(connection) as queries:
                assert admin_client.get(url(model, page, *args)).status_code == 200
            counts[model, page].append(len(queries))
    assert {page: found for page, found in counts.items() if len(set(found)) > 1} == {}


@pytest.mark.parametrize("model", MODELS)
def test_a_list_can_be_searched_and_a_new_row_begun(admin_client, quote, model):
    assert admin_client.get(url(model, "add")).status_code == 200
    response = admin_client.get(url(model, "changelist"), {"q": "没有这样的词"})
    assert response.status_code == 200
    assert response.context["cl"].result_count == 0


@pytest.mark.parametrize("model", MODELS)
def test_an_empty_list_says_how_to_begin(admin_client, model):
    page = admin_client.get(url(model, "changelist")).content.decode()
    hint = page.split('class="empty-hint">')[1].split("<")[0]
    assert len(hint) > 10


@pytest.mark.parametrize(
    ("factory", "values"),
    [(EventFactory, {"status": "draft"}), (QuoteFactory, {"status": "draft"})],
)
def test_the_public_page_is_linked_when_there_is_one(admin_client, factory, values):
    shown, draft = factory(), factory(**values)
    model = type(shown)
    assert f'href="{shown.get_absolute_url()}"' in (
        admin_client.get(url(model, "change", shown.pk)).content.decode()
    )
    hidden = f'href="{draft.get_absolute_url()}"'
    assert hidden not in admin_client.get(url(model, "change", draft.pk)).content.decode()
    rows = admin_client.get(url(model, "changelist")).content.decode()
    assert shown.get_absolute_url() in rows
    assert hidden not in rows


def test_nothing_is_deleted_from_beside_a_picker(admin_client, quote):
    ParallelFactory(first=quote)
    seen = 0
    for model in MODELS:
        row = model.objects.first()
        for page in (url(model, "add"), *([url(model, "change", row.pk)] if row else [])):
            for popup in ("", "?_popup=1"):
                text = admin_client.get(page + popup).content.decode()
                seen += text.count("related-widget-wrapper-link")
                assert "delete-related" not in text
                assert "取消选中" not in text
    assert seen


def test_pickers_tell_namesakes_apart(admin_client):
    AppearanceFactory(speaker=SpeakerFactory(name="王伟"), title="甲大学教授")
    AppearanceFactory(speaker=SpeakerFactory(name="王伟"), title="乙公司创始人")
    query = {"app_label": "quotes", "model_name": "quote", "field_name": "speaker", "term": "王伟"}
    results = admin_client.get(reverse("admin:autocomplete"), query).json()["results"]
    assert {row["text"] for row in results} == {"王伟（甲大学教授）", "王伟（乙公司创始人）"}


def test_a_section_is_picked_by_its_event_and_source(admin_client):
    SectionFactory(title="开场")
    query = {"app_label": "quotes", "model_name": "quote", "field_name": "section", "term": "开场"}
    (row,) = admin_client.get(reverse("admin:autocomplete"), query).json()["results"]
    section = models.Section.objects.get()
    assert row["text"] == f"{section.event} · {section.source} · 开场"


def test_a_source_without_title_goes_by_its_kind(admin_client):
    SourceFactory(title="", kind="video")
    assert "视频" in admin_client.get(url(models.Source, "changelist")).content.decode()


def test_a_quote_that_is_begun_has_no_other_reports(admin_client):
    quote = QuoteFactory()
    assert quote.slug not in admin_client.get(url(models.Quote, "add")).content.decode()
