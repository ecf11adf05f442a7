"""What the pages show of the first summit."""

import re
from datetime import date
from html import unescape
from urllib.parse import unquote

import pytest

from quotes.models import Quote, Section
from tests.factories import (
    EventFactory,
    ParallelFactory,
    QuoteFactory,
    SectionFactory,
    SpeakerFactory,
    TopicFactory,
)

pytestmark = pytest.mark.usefixtures("agi_next")


def words(html):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.fixture
def page(client):
    def page(path):
        response = client.get(path)
        assert response.status_code == 200
        return response.content.decode()

    return page


def test_the_front_page_shows_the_summit_its_words_people_and_topics(page):
    text = words(page("/"))
    for expected in [
        "AGI-Next 前沿峰会",
        "清华大学基础模型实验室主办",
        "4 位嘉宾",
        "44 段发言",
        "3 个来源",
        "如果我们笨笨的坚持， 也许走到最后的就是我们。",
        "节选自摘录第 11 则",
        "读全文（441 字）",
        "16 段发言",
        "提问 1 次",
        "中国能否领先 9",
        "1月10日 北京",
    ]:
        assert expected in text


def test_the_front_page_heads_a_new_summit_with_no_words_of_an_older_one(page):
    EventFactory(name="更新的峰会", start_date=date(2026, 9, 1))
    html = page("/")
    assert "更新的峰会" in words(html)
    assert "今天所有模型架构的迭代" in words(html)
    assert 'class="hero"' not in html


def test_an_event_is_read_source_by_source_from_top_to_bottom(page):
    html = page("/events/agi-next-2026/").partition("<main")[2]
    text = words(html)
    reading = [
        "唐杰 清华大学教授，智谱创始人",
        "国产 AI 峰会发言摘录",
        "一、唐杰的发言",
        "智谱的起源",
        "泛化和 Scaling",
        "二、林俊旸的发言",
        "三、姚顺雨的发言",
        "四、圆桌对话：中国 AI 的未来",
        "李广密 提问 我想问大家一个问题",
        "姚顺雨的回答",
        "林俊旸的回答",
        "唐杰的回答",
        "标题、作者、出版方、发表日期、网址不详",
        "DeepSeek出来后，Chat这一代问题基本已经解决。",
        "中国反超的机率约20 %",
        "原文这一标题下没有引语。",
        "笨笨的坚持",
        "我觉得环境肯定不会是最好的",
    ]
    place = 0
    for part in reading:
        assert part in text[place:], part
        place = text.index(part, place)
    assert html.count("<blockquote") == 44 + 1
    assert "展开其余" not in text
    assert "发言实录 未收录， 查看原文" in text


def test_a_quote_shows_its_evidence(page):
    text = words(page("/quotes/agi-next-2026-09/"))
    for expected in [
        "李广密提问 我想问大家一个问题，在三年和五年以后",
        "（1）中国的光刻机到底能不能突破",
        "OpenAI 前核心研究者、腾讯 AI 新部门负责人（当时）",
        "AGI-Next 前沿峰会 2026年1月10日 北京",
        "圆桌对话：中国 AI 的未来 圆桌 主持人李广密",
        "国产 AI 峰会发言摘录 阮一峰",
        "2026年1月16日",
        "第 9 则",
        "整理 经来源删节整理，非逐字记录",
        "另见 3 处",
        "机率还挺高的，我还是挺乐观的。",
        "上一则 8 需要更大的 Context",
        "下一则 10 林俊旸的回答",
        "这段有误？告诉我们",
    ]:
        assert expected in text


def test_what_the_report_does_not_say_is_shown_as_not_known(page):
    text = words(page("/quotes/agi-next-2026-12/"))
    assert "标题、作者、出版方、发表日期、网址不详" in text
    assert "来源未编号" in text
    assert "措辞未注明 来源未说明" in text
    assert "简体字，台湾用词" in text


def test_an_error_is_reported_by_mail_with_the_quotes_address(page, settings):
    settings.CONTACT_EMAIL = "desk@example.org"
    html = page("/quotes/agi-next-2026-09/")
    link = re.search(r'href="(mailto:[^"]+)"', html)[1]
    assert link.startswith("mailto:desk@example.org?subject=agi-next-2026-09")
    assert "quotes/agi-next-2026-09/" in unquote(link)
    assert "desk@example.org" in page("/about/")


def test_a_speaker_shows_the_title_at_each_event_and_the_quotes(page):
    text = words(page("/speakers/tang-jie/"))
    for expected in ["Tang Jie", "13 段发言", "清华大学教授，智谱创始人", "智谱的起源", "展开其余"]:
        assert expected in text


def test_a_moderators_page_shows_the_questions_put(page):
    html = page("/speakers/li-guangmi/")
    text = words(html)
    assert "主持人" in text
    assert "提出的问题 我想问大家一个问题，在三年和五年以后" in text
    assert 'href="/events/agi-next-2026/#agi-next-2026-excerpts.roundtable"' in html
    Section.objects.update(question="")
    assert "这位嘉宾的发言尚未收录。" in words(page("/speakers/li-guangmi/"))


def test_a_topic_puts_speakers_side_by_side_and_the_same_words_once(page):
    html = page("/topics/china-leads/")
    text = words(html)
    assert "9 段发言 3 位嘉宾" in text
    assert "……我们到底能不能引领新的范式，这可能是今天中国唯一要解决的问题" in text
    assert "我觉得是20%吧，20%已经非常乐观了" in text
    assert "机率还挺高的，我还是挺乐观的。任何事情" not in text
    assert "又称中国反超" in text
    assert '?speaker=yao-shunyu&amp;topic=china-leads">' in html
    assert re.search(r"中国能否领先( \d){3} 9 ", text)


def test_results_are_counted_for_machines_too(page):
    assert '<data id="result-count" value="44">44 段发言</data>' in page("/quotes/")
    assert '<data id="result-count" value="13">' in page("/quotes/?speaker=tang-jie")
    assert '<data id="result-count" value="0">' in page("/quotes/?q=没人说过")


def test_an_empty_result_offers_the_way_back(page):
    html = page("/quotes/?q=没人说过&speaker=tang-jie")
    assert "没有同时符合以上条件的发言。" in html
    assert '<a href="/quotes/?speaker=tang-jie">去掉“没人说过”后有 13 段</a>' in html
    assert '<a href="/quotes/">全部发言</a>' in html


def test_an_unknown_value_shows_an_error_beside_its_filter(page):
    html = page("/quotes/?speaker=nobody&topic=compute")
    assert "嘉宾：这里没有“nobody”。" in html
    assert '<p class="error">这里没有“nobody”。</p>' in html
    assert '<a href="/quotes/?topic=compute">去掉它，继续浏览</a>' in html


def test_a_search_keeps_the_filters_and_paging_keeps_the_search(page):
    html = page("/quotes/?wording=not-stated&sort=reading")
    assert '<input type="hidden" name="wording" value="not-stated">' in html
    assert 'href="/quotes/?wording=not-stated&amp;sort=reading&amp;page=2"' in html


def test_the_front_page_counts_what_each_speaker_said_and_asked_at_the_newest_event(client, db):
    moderator = SpeakerFactory(name="主持人甲")
    section = SectionFactory(coverage__event__start_date=date(2027, 1, 1), moderator=moderator)
    unseen = SectionFactory(moderator=moderator, coverage=section.coverage)
    QuoteFactory(section=unseen, status="draft")
    QuoteFactory.create_batch(2, section=section, speaker=moderator)
    QuoteFactory(section=section, speaker=moderator, status="draft")
    QuoteFactory(speaker=moderator)
    assert "主持人甲 主持人 2 段发言" in words(client.get("/").content.decode())
    Quote.objects.filter(speaker=moderator).update(status="withdrawn")
    Quote.objects.filter(section=unseen).update(status="published")
    assert "主持人甲 主持人 提问 1 次" in words(client.get("/").content.decode())


def test_a_topic_shows_a_second_report_of_words_whose_first_it_has_not(client, db):
    topic = TopicFactory(slug="the-topic")
    first = QuoteFactory(body="摘录里的话。", topics=[topic])
    second = QuoteFactory(body="报道里的话。", topics=[topic], speaker=first.speaker)
    ParallelFactory(first=first, second=second)
    page = client.get("/topics/the-topic/").content.decode()
    assert ("摘录里的话" in page) + ("报道里的话" in page) == 1
    first.topics.clear()
    assert "报道里的话。" in client.get("/topics/the-topic/").content.decode()


def test_a_long_event_shows_the_start_of_each_section_and_leads_to_its_page(page, monkeypatch):
    monkeypatch.setattr("quotes.views.events.SHOWN_WHOLE", 43)
    monkeypatch.setattr("quotes.views.events.SHORTENED", 2)
    html = page("/events/agi-next-2026/")
    assert "展开其余 348 字" in html
    assert html.count('<article class="quote') == sum(
        min(2, Section.objects.with_size().get(pk=section.pk).quote_count)
        for section in Section.objects.all()
    )
    link = "/events/agi-next-2026/agi-next-2026-excerpts/roundtable/"
    assert f'<a href="{link}">查看本章节全部 3 段发言</a>' in html
    whole = words(page(link))
    assert "展开其余" not in whole
    for said in ("姚顺雨的回答", "林俊旸的回答", "也许走到最后的就是我们。"):
        assert said in whole
