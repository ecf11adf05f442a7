import random
import time

import pytest

from quotes.text.differences import CONTEXT, Budget, Kind
from quotes.text.differences import differences as compared


def differences(old, new):
    return compared(old, new, Budget())


def marked(old, new):
    marks = {Kind.SAME: "{}", Kind.DELETED: "[-{}-]", Kind.INSERTED: "[+{}+]", Kind.LEFT_OUT: "…"}
    return "".join(marks[kind].format(text) for kind, text in differences(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("一样。", "一样。", ""),
        ("", "新的话。", "[+新的话。+]"),
        ("旧的话。", "", "[-旧的话。-]"),
        ("如果我们笨笨的坚持。", "如果我们傻傻的坚持。", "如果我们[-笨笨-][+傻傻+]的坚持。"),
        ("我们在坚持。", "我们一直在坚持。", "我们[+一直+]在坚持。"),
        ("用 GPT4 训练", "用 GPT5 训练", "用 [-GPT4-][+GPT5+] 训练"),
        ("说了甲。", "说了甲。又说了乙。", "说了甲。[+又说了乙。+]"),
        ("第一句。第二句。第三句。", "第一句。第三句。", "第一句。[-第二句。-]第三句。"),
        ("甲\n乙", "甲\n\n乙", "甲\n[+↵\n+]乙"),
    ],
)
def test_what_changed_is_marked_where_it_stands(old, new, expected):
    assert marked(old, new) == expected


def test_a_rewritten_sentence_is_not_cut_into_single_characters():
    pieces = differences("今天的天气真是好得不得了。", "明日之事谁又说得清楚呢了。")
    assert [kind for kind, _ in pieces] == [Kind.DELETED, Kind.INSERTED, Kind.SAME]


def test_unchanged_text_far_from_a_change_is_left_out():
    head, tail = "头" * 200, "尾" * 200
    assert marked(head + "旧" + tail, head + "新" + tail) == (
        f"…{'头' * CONTEXT}[-旧-][+新+]{'尾' * CONTEXT}…"
    )
    between = differences("甲" + head + "乙", "丙" + head + "丁")
    assert [kind for kind, _ in between if kind == Kind.LEFT_OUT] == [Kind.LEFT_OUT]


def rebuilt(old, new, dropped, monkeypatch):
    """Both texts back from the pieces, nothing left out."""
    monkeypatch.setattr("quotes.text.differences.CONTEXT", 10**6)
    pieces = [text.replace("↵", "") for kind, text in differences(old, new) if kind != dropped]
    return "".join(pieces)


def test_the_pieces_are_all_of_both_texts(monkeypatch):
    rng = random.Random(5)
    for _ in range(300):
        old, new = ("".join(rng.choices("甲乙丙。！\n a1", k=rng.randrange(40))) for _ in "ab")
        if old != new:
            assert rebuilt(old, new, Kind.INSERTED, monkeypatch) == old
            assert rebuilt(old, new, Kind.DELETED, monkeypatch) == new


@pytest.mark.parametrize("unit", ["啊", "啊。", "啊吧。", "a ", "\n"])
def test_long_texts_that_repeat_themselves_take_no_time(unit):
    start = time.process_time()
    differences("甲" + unit * 30_000 + "乙", "丙" + unit * 20_000 + "丁" + unit * 9_000)
    assert time.process_time() - start < 5


def passage(rng, n=1000):
    return "".join(rng.choices("的一是在不了有和人这中大为上个国我以要他", k=n - 1)) + "。"


def changed(rng, text):
    return "".join(rng.choice("甲乙") if rng.random() < 0.3 else c for c in text[:-1]) + "。"


def test_what_is_beyond_the_budget_of_a_page_is_shown_whole_and_unmarked():
    rng = random.Random(7)
    old = [passage(rng) for _ in range(200)]
    new = [changed(rng, text) for text in old]
    budget = Budget()
    start = time.process_time()
    pieces = [compared(*pair, budget) for pair in zip(old, new, strict=True)]
    assert time.process_time() - start < 8
    assert budget.exceeded
    deleted = [[kind for kind, _ in row].count(Kind.DELETED) for row in pieces]
    assert deleted[0] > 10
    assert deleted[-1] == 1


def test_long_texts_that_are_much_alike_stay_within_the_budget():
    rng = random.Random(8)
    old = "".join(passage(rng) for _ in range(200))[:50_000]
    new = "".join(changed(rng, text + "。")[:-1] for text in old.split("。"))
    budget = Budget()
    start = time.process_time()
    pieces = compared(old, new, budget)
    assert time.process_time() - start < 8
    assert budget.exceeded
    assert "".join(text for kind, text in pieces if kind == Kind.DELETED)


def test_what_fits_the_budget_is_compared_however_much_went_before():
    budget = Budget(work=1000)
    compared("的一" * 500, "一是的" * 400, budget)
    assert budget.exceeded
    assert len(compared("我们坚持。", "我们一直坚持。", budget)) == 3


def test_a_usual_correction_is_within_the_budget():
    budget = Budget()
    body = "".join(f"第{n}句话说的是另一件事。" for n in range(3000))
    pieces = compared(body, body.replace("第1500句话", "第1500句真话"), budget)
    assert not budget.exceeded
    assert [text for kind, text in pieces if kind == Kind.INSERTED] == ["真"]
