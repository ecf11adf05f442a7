import re
import unicodedata

import pytest

from quotes.text.names import UNTIDY, split_names, tidy, tidy_names


@pytest.mark.parametrize("separator", [",", "，", "、", ";", "；", "\n"])
def test_every_separator_divides_names(separator):
    assert split_names(f"算力{separator}开源") == ["算力", "开源"]


def test_a_name_may_have_a_space_in_it():
    assert split_names("智能体 Agent、To B 与 To C") == ["智能体 Agent", "To B 与 To C"]


def test_white_space_is_folded_and_empty_names_are_dropped():
    assert split_names(" 、 智能体 \u3000 Agent ，，") == ["智能体 Agent"]


def test_a_name_counts_once_whatever_its_case_and_keeps_its_first_spelling_and_place():
    assert split_names("Agent、算力、AGENT") == ["Agent", "算力"]


def test_a_tidy_name_shows_all_that_it_has():
    assert tidy("\u3000智能体\u00a0\u200b Agent\ufeff\n") == "智能体 Agent"
    assert tidy("か\u3099") == "が"
    assert tidy("\u200b\x00") == ""


def test_names_are_tidied_and_listed_once_in_their_order():
    typed = "智能体 Agent、，算力;智能體\u200bAGENT；か\u3099、\u200b、Ａgent"
    assert tidy_names(typed) == ["智能体 Agent", "算力", "が", "Ａgent"]


def test_what_is_invisible_stands_in_no_name():
    invisible = [
        c
        for c in map(chr, range(1, 0x110000))
        if unicodedata.category(c) in ("Cc", "Cf", "Zs", "Zl", "Zp") and c != " "
    ]
    marks_of_numbers = set("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")
    written = {c for c in invisible if not re.search(UNTIDY, f"a{c}b")}
    scripts_of_old = {c for c in written if 0x11000 <= ord(c) <= 0x13FFF}
    assert written - scripts_of_old == marks_of_numbers
    for name in ("", " a", "a ", "a  b", "a、b", "a;b", "a\u3000b", "a\ufe0f"):
        assert re.search(UNTIDY, name), name
    assert not re.search(UNTIDY, "智能体 Agent · C++")
