import pytest

from quotes.text.pinyin import SLUG_LENGTH, numbered_slug, pinyin_slug, running_slug, sort_name


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("唐杰", "tang-jie"),
        ("AGI-Next 前沿峰会", "agi-next-qian-yan-feng-hui"),
        ("To B 与 To C", "to-b-yu-to-c"),
        ("「」、", ""),
    ],
)
def test_a_slug_is_ascii_and_spells_han_characters_in_pinyin(name, slug):
    assert pinyin_slug(name) == slug


def test_a_long_slug_is_cut_between_syllables():
    slug = pinyin_slug("中国能否领先" * 10)
    assert len(slug) <= SLUG_LENGTH
    assert set(slug.split("-")) <= {"zhong", "guo", "neng", "fou", "ling", "xian"}


def test_a_sort_name_has_its_syllables_apart():
    assert sort_name("姚顺雨") == "yao shun yu"


def test_a_second_namesake_gets_number_two_and_the_next_the_first_free_number():
    assert numbered_slug("tang-jie", set()) == "tang-jie"
    assert numbered_slug("tang-jie", {"tang-jie"}) == "tang-jie-2"
    assert numbered_slug("tang-jie", {"tang-jie", "tang-jie-2", "tang-jie-4"}) == "tang-jie-3"


def test_a_running_number_follows_the_highest_and_never_fills_a_gap():
    assert running_slug("agi", set()) == "agi-01"
    assert running_slug("agi", {"agi-01", "agi-09", "agi-x", "agi-2-30"}) == "agi-10"
    assert running_slug("agi", {"agi-99"}) == "agi-100"
