"""The language of a page and of what stands on it."""

import pytest
from django.utils import translation

from quotes.templatetags import languages
from quotes.text.conversion import keep


@pytest.mark.parametrize(
    ("current", "path"),
    [
        ("zh-hans", "/quotes/?speaker=tang-jie&page=2"),
        ("zh-hant", "/zh-hant/quotes/?speaker=tang-jie&page=2"),
        ("en", "/en/quotes/?speaker=tang-jie&page=2"),
    ],
)
def test_a_path_is_known_in_every_language(current, path):
    with translation.override(current):
        versions = languages.in_languages(path)
    assert [(version["tag"], version["path"]) for version in versions] == [
        ("zh-Hans", "/quotes/?speaker=tang-jie&page=2"),
        ("zh-Hant", "/zh-hant/quotes/?speaker=tang-jie&page=2"),
        ("en", "/en/quotes/?speaker=tang-jie&page=2"),
    ]


@pytest.mark.parametrize("path", ["//evil.example/", "/en//evil.example/"])
def test_no_path_leads_to_another_host(path):
    with translation.override("en" if path.startswith("/en") else "zh-hans"):
        versions = languages.in_languages(path)
    assert not any(version["path"].startswith("//") for version in versions)


@pytest.mark.parametrize(
    ("current", "text", "attribute"),
    [
        ("en", "唐杰", ' lang="zh"'),
        ("en", "Tang Jie", ""),
        ("zh-hans", "唐杰", ""),
        ("zh-hant", "唐杰", ""),
    ],
)
def test_chinese_on_an_english_page_says_so(current, text, attribute):
    with translation.override(current):
        assert languages.zh(text) == attribute


@pytest.mark.parametrize(
    ("tag", "shown", "converted"),
    [
        ("zh-Hans-CN", "zh-Hant", True),
        ("", "zh-Hant", True),
        ("zh-Hant-TW", "zh-Hant-TW", False),
        ("zh-TW", "zh-TW", False),
        ("en", "en", False),
        ("ja", "ja", False),
    ],
)
def test_only_simplified_chinese_is_converted(tag, shown, converted):
    with translation.override("zh-hant"):
        assert languages.shown_language(tag) == shown
        assert languages.in_script("后", tag) == ("后" if converted else keep("后"))
    assert languages.shown_language(tag) == (tag or "zh")
    assert languages.in_script("后", tag) == "后"
