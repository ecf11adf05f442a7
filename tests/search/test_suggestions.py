"""Names that a reader may mean."""

import pytest

from quotes.search.memory import Memory
from quotes.search.suggestions import completions, nearest

pytestmark = pytest.mark.usefixtures("agi_next")


def names(suggestions):
    return [suggestion.name.name for suggestion in suggestions]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("唐", "唐杰"),
        ("tang", "唐杰"),
        ("tangj", "唐杰"),
        ("tj", "唐杰"),
        ("Tang J", "唐杰"),
        ("suanli", "算力"),
        ("sl", "算力"),
        ("光刻机", "芯片与光刻机"),
        ("agi-n", "AGI-Next 前沿峰会"),
        ("agent", "智能体 Agent"),
    ],
)
def test_a_name_is_completed_by_characters_pinyin_and_initials(typed, name):
    assert name in names(completions(typed, Memory(), 8))


def test_what_starts_with_what_is_typed_comes_first():
    found = names(completions("ji", Memory(), 20))
    assert found
    assert len(completions("a", Memory(), 3)) <= 3


@pytest.mark.parametrize("typed", ["", " ", "\u200b", "没有这样的名字"])
def test_nothing_is_suggested_for_nothing(typed):
    assert completions(typed, Memory(), 8) == []


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("tangjie", "唐杰"),
        ("suanli", "算力"),
        ("唐捷", "唐杰"),
        ("姚舜雨", "姚顺雨"),
        ("tang jei", "唐杰"),
    ],
)
def test_the_nearest_name_is_found_by_letters_and_by_sound(typed, name):
    assert names(nearest(typed, Memory(), 3))[0] == name
