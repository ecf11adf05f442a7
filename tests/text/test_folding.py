"""What text and query are reduced to before they are compared."""

import unicodedata

import pytest

from quotes.text.folding import fold, fold_with_places, name_key, tokens


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("智能體與人工智慧", "智能体与人工智慧"),
        ("ＡＧＩ", "agi"),
        ("Résumé Straße", "resume strasse"),
        ("看著", "看着"),
        ("一目瞭然", "一目了然"),
        ("，。！", ",。!"),
        ("a\u200bb\u2060c\ufeff\u202ed", "abcd"),
        ("a\x00b\ud800c", "a b c"),
        ("①㍿", "1株式会社"),
        ("⼈⼯智能、⻋⻓", "人工智能、车长"),
        ("⻑⻔⻳", "长门龟"),
        ("", ""),
    ],
)
def test_script_case_width_accents_and_what_is_unseen_make_no_difference(text, folded):
    assert fold(text) == folded


def test_whatever_stands_in_a_text_stands_in_the_folded_text():
    text = "乾隆頭髮，ＡＧＩ 與「智慧」著作ﬁn①"
    for start in range(len(text)):
        for end in range(start, len(text) + 1):
            assert fold(text[start:end]) in fold(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("做 Agent、GPT-4o", ["做", "agent", "、", "gpt", "-", "4o"]),
        ("20 %", ["20", "%"]),
        ("𠮷野家", ["𠮷", "野", "家"]),
        (" \n\t", []),
    ],
)
def test_tokens_are_words_and_single_characters(text, found):
    assert tokens(text) == found


def test_a_very_long_word_is_cut():
    assert [len(token) for token in tokens("x" * 250)] == [100, 100, 50]


def test_each_folded_character_knows_where_it_comes_from():
    assert fold_with_places("Ａ\u200b㍿ß") == ("a株式会社ss", [0, 2, 2, 2, 2, 3, 3])


def test_all_radicals_are_folded_to_characters():
    radicals = [c for c in map(chr, range(0x2E81, 0x2FD6)) if unicodedata.name(c, "").strip()]
    assert len(radicals) == 328
    assert [c for c in radicals if fold(c) == c] == []


def test_names_are_the_same_whatever_cannot_be_heard():
    names = [
        "智能体 Agent",
        "智能體AGENT",
        "ＡＧＥＮＴ",
        "智 能\u3000体 agent",
        "智\u200b能体Agent",
    ]
    keys = [name_key(name) for name in names]
    assert keys[0] == keys[1] == keys[3] == keys[4] == "智能体agent"
    assert keys[2] != keys[0]
    assert name_key("が") == name_key("か\u3099") != name_key("か")
    assert len({name_key(name) for name in ("C", "C++", "C#")}) == 3
