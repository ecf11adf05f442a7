"""What the index keeps of a text."""

import pytest

from quotes.text.grams import JOINT, grams, phrase_grams, phrase_text
from quotes.text.queries import parse


def readable(text):
    return text.replace(JOINT, "·")


def test_a_text_is_its_pairs_of_tokens_and_the_last_one():
    assert readable(grams(["算力很Agent", "标题", ""])) == " 算·力 力·很 很·agent agent 标·题 题 "


def test_punctuation_is_nothing_that_a_query_language_means():
    assert not set(grams(["a'b\"c*d&e|f\\g(h):-<>_%"])) & set("'\"*&|\\():-<>_%")


@pytest.mark.parametrize(
    ("word", "whole", "beginning"),
    [
        ("算", [], "算"),
        ("age", [], "age"),
        ("算力", ["算·力"], ""),
        ("很age", [], "很·age"),
        ("算力很", ["算·力", "力·很"], ""),
        ("力很age", ["力·很"], "很·age"),
    ],
)
def test_a_phrase_is_found_by_its_grams(word, whole, beginning):
    phrase = parse(word)[0].phrases[0]
    needs, starts = phrase_grams(phrase)
    assert ([readable(gram) for gram in needs], readable(starts)) == (whole, beginning)
    assert phrase_text(phrase) in grams(["算力很agent"])


@pytest.mark.parametrize("word", ["力算", "算很", "gent", "力agent", "很力"])
def test_what_does_not_stand_in_a_row_is_not_there(word):
    assert phrase_text(parse(word)[0].phrases[0]) not in grams(["算力很agent", "力"])


def test_texts_do_not_run_into_each_other():
    assert phrase_text(parse("力标")[0].phrases[0]) not in grams(["算力", "标题"])
