"""What /quotes/ shows of a search, and its one address."""

from datetime import timedelta

import pytest
from lxml import html

from quotes.filters.results import PAGE_SIZE
from tests.factories import QuoteFactory, SectionFactory, TopicFactory

pytestmark = pytest.mark.django_db


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def count(tree):
    return int(tree.xpath("string(//*[@id='result-count']/@value)"))


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("?speaker=a&q=x", "?q=x&speaker=a"),
        ("?topic=b&topic=a&topic=a", "?topic=a&topic=b"),
        ("?q=&speaker=a&topic=", "?speaker=a"),
        ("?page=1", ""),
        ("?sort=newest", ""),
        ("?q=x&sort=best", "?q=x"),
        ("?utm_source=mail&year=2026", "?year=2026"),
        ("?speaker=a&speaker=b", "?speaker=b"),
        ("?q=%20x%20", "?q=x"),
    ],
)
def test_every_state_has_one_address_to_which_others_lead(client, given, address):
    for path in ("/quotes/", "/en/quotes/"):
        response = client.get(path + given)
        assert (response.status_code, response.headers["Location"]) == (301, path + address)
        assert client.get(path + address).status_code == 200


@pytest.mark.parametrize(
    "query", ["?q=机率", "?q=%E6%9C%BA%E7%8E%87", "?q=a+b", "?q=a%20b", "?q=%00"]
)
def test_an_address_in_order_is_answered_however_it_is_encoded(client, query):
    assert client.get(f"/quotes/{query}").status_code == 200


def test_matches_are_marked_in_the_original_script_and_lead_to_the_words(client, agi_next):
    tree = page(client, "/quotes/?q=概率")
    cards = tree.xpath("//article")
    assert len(cards) == count(tree) == 6
    marks = {mark.text for mark in tree.xpath("//blockquote//mark")}
    assert marks == {"概率", "机率"}
    link = cards[0].xpath(".//p[@class='quote-rest']/a/@href") or cards[0].xpath(".//h3/a/@href")
    assert "#:~:text=" in link[0]


def test_marks_and_links_are_traditional_on_traditional_pages(client, db):
    QuoteFactory(title="谈发展", body="发展的话。" + "别的话说了很多很多。" * 30)
    content = client.get("/zh-hant/quotes/?q=发展").content.decode()
    assert "<mark>發展</mark>" in content
    assert "#:~:text=發展" in content


def test_titles_and_topics_come_first_then_whole_phrases_then_scattered_words(client, db):
    rows = {
        "scattered": {"body": "力说算，芯再片。算力与芯片。"},
        "phrase": {"body": "这里说算力 芯片的事。"},
        "title": {"title": "算力、芯片", "body": "别的。"},
        "topic": {"topics": [TopicFactory(name="算力芯片")], "body": "别的。"},
    }
    first = None
    for slug, fields in rows.items():
        first = QuoteFactory(
            slug=slug, section=first.section if first else SectionFactory(), **fields
        )
    tree = page(client, "/quotes/?q=算力+芯片")
    slugs = tree.xpath("//article/@id")
    assert slugs[2:] == ["phrase", "scattered"]
    assert set(slugs[:2]) == {"title", "topic"}


def test_best_match_ranks_the_newest_of_many_hits(client, db, monkeypatch):
    monkeypatch.setattr("quotes.filters.results.BEST_OF", PAGE_SIZE)
    section = SectionFactory()
    old = QuoteFactory(section=section, title="算力")
    later = old.published_at + timedelta(hours=1)
    QuoteFactory.create_batch(PAGE_SIZE, section=section, body="算力。", published_at=later)
    assert old.slug not in page(client, "/quotes/?q=算力").xpath("//article/@id")
    assert page(client, "/quotes/?q=算力&page=2").xpath("//article/@id") == [old.slug]


def test_nothing_found_says_what_to_drop_and_what_that_gives(client, agi_next):
    tree = page(client, "/quotes/?q=量子+模型&speaker=tang-jie")
    assert count(tree) == 0
    ways = {
        " ".join(row.text_content().split()): row.xpath("string(a/@href)")
        for row in tree.xpath("//ul[@class='ways-out']/li")
    }
    assert ways["去掉“模型”后也没有"] == ""
    assert ways["去掉“唐杰”后也没有"] == ""
    (kept,) = [label for label, url in ways.items() if url]
    assert kept.startswith("去掉“量子”后有 ")
    n = int(kept.split()[1])
    assert n == count(page(client, ways[kept])) > 0


@pytest.mark.parametrize(
    ("typed", "name"), [("tangjie", "唐杰"), ("suanli", "算力"), ("姚舜雨", "姚顺雨")]
)
def test_nothing_found_suggests_the_nearest_names(client, agi_next, typed, name):
    tree = page(client, f"/quotes/?q={typed}")
    assert name in tree.xpath("//div[@class='empty']//a/text()")


def test_names_are_suggested_as_options_with_their_addresses(client, agi_next):
    tree = html.fromstring(client.get("/suggestions/?q=tj").content.decode())
    (option,) = [o for o in tree.xpath("//li[@role='option']") if "唐杰" in o.text_content()]
    assert option.get("data-url") == "/speakers/tang-jie/"
    english = client.get("/en/suggestions/?q=tang").content.decode()
    assert "Tang Jie" in english
    assert "/en/speakers/tang-jie/" in english


@pytest.mark.parametrize("typed", ["", "%00", "x" * 9000, "%F0%9F%99%82", "%ED%A0%80", "'"])
def test_odd_things_typed_are_answered(client, agi_next, typed):
    assert client.get(f"/suggestions/?q={typed}").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "*",
        '"',
        "AND",
        "a OR b",
        "NEAR(a b)",
        "^a",
        "-a",
        "a:b",
        "\\",
        "(",
        "{",
        "'; --",
        "。！",
        "& | !",
        "<->",
    ],
)
def test_what_means_something_to_a_database_means_nothing_here(client, agi_next, query):
    response = client.get("/quotes/", {"q": query})
    assert response.status_code == 200
    assert 'id="result-count"' in response.content.decode()


def test_too_many_words_are_refused_with_a_reason(client, db):
    content = client.get("/quotes/?q=" + "+".join("一二三四五六七八九十百")).content.decode()
    assert "一次最多搜索 10 个词。" in content


def test_long_lists_of_choices_are_cut_with_a_way_to_the_rest(client, db):
    topics = TopicFactory.create_batch(25)
    QuoteFactory(topics=topics)
    tree = page(client, "/quotes/")
    facet = tree.xpath("//*[@aria-labelledby='facet-topic']")[0]
    assert len(facet.xpath("ul/li")) == 10
    (more,) = facet.xpath("a")
    assert (more.text, more.get("href")) == ("另有 15 项", "/quotes/?more=topic")
    whole = page(client, "/quotes/?more=topic").xpath("//*[@aria-labelledby='facet-topic']")[0]
    assert len(whole.xpath("ul/li")) == 25
    assert whole.xpath("input[@data-narrow]")


def test_past_the_limit_the_count_is_honest_and_choices_are_counted_on_demand(
    client, agi_next, monkeypatch
):
    monkeypatch.setattr("quotes.filters.counts.LIMIT", 10)
    tree = page(client, "/quotes/?kind=theme")
    assert "超过 10 段发言" in tree.text_content()
    (link, *_) = tree.xpath("//a[@data-counts]/@href")
    assert link == "/quotes/?kind=theme&counts=all"
    whole = page(client, link)
    assert count(whole) == 33
    assert not whole.xpath("//a[@data-counts]")
    assert "/quotes/?speaker=yao-shunyu&kind=theme" in whole.xpath("//a/@href")


@pytest.mark.parametrize("counts", ["", "&counts=all"])
def test_where_there_is_too_much_to_count_choices_are_offered_without_counts(
    client, agi_next, monkeypatch, counts
):
    monkeypatch.setattr("quotes.filters.counts.LIMIT", 10)
    monkeypatch.setattr("quotes.filters.counts.COUNTED", 32)
    tree = page(client, f"/quotes/?kind=theme{counts}")
    assert "超过 10 段发言" in tree.text_content()
    assert not tree.xpath("//a[@data-counts]")
    (choice,) = tree.xpath("//a[@href='/quotes/?speaker=yao-shunyu&kind=theme']")
    assert choice.text_content() == "姚顺雨"
    assert tree.xpath("//a[@href='/quotes/?topic=agent&kind=theme']")
    monkeypatch.setattr("quotes.filters.counts.COUNTED", 33)
    assert page(client, f"/quotes/?kind=theme{counts}").xpath("//a[@data-counts]") or counts


def test_counted_on_demand_a_choice_of_too_many_stays_without_count(client, agi_next, monkeypatch):
    monkeypatch.setattr("quotes.filters.counts.LIMIT", 10)
    monkeypatch.setattr("quotes.filters.counts.COUNTED", 40)
    (link, *_) = page(client, "/quotes/?year=2026&kind=theme").xpath("//a[@data-counts]/@href")
    tree = page(client, link)
    assert not tree.xpath("//a[@data-counts]")
    choices = {a.get("href"): a.text_content() for a in tree.xpath("//*[@id='facets']//a")}
    assert choices["/quotes/?year=2026&kind=speech"] == "演讲"  # of 44 in that year
    assert choices["/quotes/?year=2026&speaker=yao-shunyu&kind=theme"].startswith("姚顺雨 ")


@pytest.mark.parametrize("counts", ["", "&counts=all"])
@pytest.mark.parametrize("query", ["q=模型", "q=模型&sort=reading", "kind=theme"])
def test_of_too_many_only_the_first_can_be_paged_through(
    client, agi_next, monkeypatch, query, counts
):
    one, two = f"/quotes/?{query}{counts}", f"/quotes/?{query}&page=2{counts}"
    every = page(client, one)
    assert count(every) > 20
    assert page(client, two).xpath("//article")
    assert "缩小范围" not in every.text_content()
    monkeypatch.setattr("quotes.filters.counts.LIMIT", 20)
    monkeypatch.setattr("quotes.filters.counts.PAGED", 20)
    first = page(client, one)
    assert first.xpath("//article/@id") == every.xpath("//article/@id")
    assert not [link for link in first.xpath("//main//a/@href") if "page=" in link]
    assert "缩小范围" in first.text_content()
    second = page(client, two)
    assert "没有这一页" in second.text_content()
    assert second.xpath("//article/@id") == []


def test_what_is_not_filtered_can_be_paged_through_to_the_end(client, agi_next, monkeypatch):
    monkeypatch.setattr("quotes.filters.counts.LIMIT", 20)
    monkeypatch.setattr("quotes.filters.counts.PAGED", 20)
    assert len(page(client, "/quotes/?page=3").xpath("//article")) == 4


def test_a_frequent_word_is_read_row_by_row_to_the_same_results(client, agi_next, monkeypatch):
    for query in ("q=智能+模型", "q=模型&topic=agent", "q=模型&without=agent&kind=speech"):
        looked_up = page(client, f"/quotes/?{query}").xpath("//article/@id")
        with monkeypatch.context() as patch:
            patch.setattr("quotes.filters.counts.LIMIT", 1)
            assert page(client, f"/quotes/?{query}").xpath("//article/@id") == looked_up
            patch.setattr("quotes.filters.counts.FEW", 1)
            patch.setattr("quotes.filters.counts.FREQUENT", 2)  # more than all
            assert page(client, f"/quotes/?{query}").xpath("//article/@id") == looked_up
            patch.setattr("quotes.filters.counts.FREQUENT", 0)
            assert page(client, f"/quotes/?{query}").xpath("//article/@id") == looked_up
        assert looked_up
