import pytest

from quotes.text.names import split_names


@pytest.mark.parametrize("separator", [",", "，", "、", ";", "；", "\n"])
def test_every_separator_divides_names(separator):
    assert split_names(f"算力{separator}开源") == ["算力", "开源"]


def test_a_name_may_have_a_space_in_it():
    assert split_names("智能体 Agent、To B 与 To C") == ["智能体 Agent", "To B 与 To C"]


def test_white_space_is_folded_and_empty_names_are_dropped():
    assert split_names(" 、 智能体 \u3000 Agent ，，") == ["智能体 Agent"]


def test_a_name_counts_once_whatever_its_case_and_keeps_its_first_spelling_and_place():
    assert split_names("Agent、算力、AGENT") == ["Agent", "算力"]
