"""Simplified to Traditional characters, script only."""

import pytest

from quotes.text.script import has_han, to_traditional


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("智能体的算力与芯片", "智能體的算力與芯片"),
        ("信息、软件、概率", "信息、軟件、概率"),
        ("头发和发展", "頭髮和發展"),
        ("“我们不做‘通用’模型。”", "“我們不做‘通用’模型。”"),
        ("Agent 与 AGI", "Agent 與 AGI"),
        ("", ""),
    ],
)
def test_characters_change_and_words_and_punctuation_do_not(simplified, traditional):
    assert to_traditional(simplified, {}) == traditional


def test_a_term_comes_out_as_given_and_the_longest_wins():
    terms = {"唐杰": "唐杰", "杰": "傑", "后里": "后里"}
    assert to_traditional("唐杰、李杰在后里", terms) == "唐杰、李傑在后里"


@pytest.mark.parametrize(
    ("text", "han"),
    [("唐杰", True), ("〇", True), ("𠮷", True), ("Tang Jie, 10 %", False), ("䷀", False)],
)
def test_han_characters_are_told_from_others(text, han):
    assert has_han(text) is han
