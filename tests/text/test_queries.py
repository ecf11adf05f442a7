"""What is typed into the search box, and where it stands in a text."""

import pytest

from quotes.text.queries import Query, parse, places


def found(text, query):
    return [text[start:end] for start, end in places(text, parse(query))]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("算力 芯片", ["算力", "芯片"]),
        ("  算力\t算力\n", ["算力"]),
        ("“智能体 Agent” 算力", ["算力", "智能体 Agent"]),
        ('"a b" "c d"', ["a b", "c d"]),
        ('算力"', ["算力"]),
        ("“算力", ["算力"]),
        ("\u200b \u202e", []),
        ('""', []),
        ("算力 算力！", ["算力", "算力！"]),
    ],
)
def test_a_query_is_words_and_what_quotation_marks_hold_together(query, words):
    assert [word.typed for word in parse(query)] == words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("机率", "概率"),
        ("機率", "概率"),
        ("晶片", "芯片"),
        ("软体", "软件"),
        ("程式码", "代码"),
        ("演算法", "算法"),
        ("人工智慧", "人工智能"),
    ],
)
def test_regional_vocabulary_finds_the_other_regions(one, other):
    for query, text in ((one, other), (other, one)):
        assert found(f"说到{text}的时候", query) == [text]


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("這個機率還挺高的", "概率", ["機率"]),
        ("做 Agents 和 reagent", "agent", ["Agent"]),
        ("智能体 Agent", "智能体agent", ["智能体 Agent"]),
        ("Coding Agent 与 CodingAgent", "“coding agent”", ["Coding Agent"]),
        ("算力、芯片", "算力芯片", []),
        ("ＡＧＩ时代", "agi时", ["ＡＧＩ时"]),
        ("Résumé́ 好", "resume", ["Résumé́"]),
        ("算力算力", "算力", ["算力算力"]),
        ("算力和力量", "算 力量", ["算", "力量"]),
        ("20%吧", "20%", ["20%"]),
        ("a.b(c", ".b(", [".b("]),
    ],
)
def test_matches_are_marked_just_where_they_stand_in_the_original(text, query, marked):
    assert found(text, query) == marked


def test_a_word_is_dropped_from_a_query():
    query = Query("算力 “智能体 Agent” 芯片")
    by_typed = {word.typed: word for word in query.words}
    assert query.without(by_typed["芯片"]).typed == '算力 "智能体 Agent"'
    assert query.without(by_typed["智能体 Agent"]).typed == "算力 芯片"


def test_a_single_character_stands_where_it_stands():
    assert found("智能體", "体") == ["體"]
    assert found("智能", "体") == []
