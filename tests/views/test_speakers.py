"""The list of speakers and a speaker's page where there are many."""

from lxml import html

from tests.factories import (
    AppearanceFactory,
    EventFactory,
    QuoteFactory,
    SectionFactory,
    SpeakerFactory,
)


def listed(client, path="/speakers/"):
    return html.fromstring(client.get(path).content.decode())


def people(sort_names):
    event = EventFactory()
    for name in sort_names:
        AppearanceFactory(event=event, speaker__name=f"某{name}", speaker__sort_name=name)


def test_from_sixty_names_on_there_is_an_index_by_letter(client, db):
    people([f"{'bcd'[k % 3]} {k:02}" for k in range(59)])
    assert not listed(client).xpath("//nav[contains(@class, 'letters')]")
    people(["8 ba"])
    page = listed(client)
    links = page.xpath("//nav[contains(@class, 'letters')]/a")
    assert [(a.text, a.get("href")) for a in links] == [
        ("#", "/speakers/#%23"),
        ("B", "/speakers/#B"),
        ("C", "/speakers/#C"),
        ("D", "/speakers/#D"),
    ]
    ids = page.xpath("//ul[@class='ledger']/li/@id")
    assert ids == ["#", "B", "C", "D"]
    people([f"e {k:02}" for k in range(20)])
    (late,) = listed(client).xpath("//nav/a[text()='E']/@href")
    assert late == "/speakers/?page=2#E"
    assert listed(client, "/speakers/?page=2").xpath("//li[@id='E']")


def test_everyone_has_a_count_or_says_that_there_is_none_yet(client, db):
    asked = SectionFactory(question="为何？", moderator=SpeakerFactory(name="主持者"))
    QuoteFactory(section=asked, speaker__name="发言者")
    AppearanceFactory(event=asked.event, speaker__name="听众")
    rows = {
        row.xpath("string(a)"): " ".join(row.xpath("string(span[last()])").split())
        for row in listed(client).xpath("//ul[@class='ledger']/li")
    }
    assert rows == {"主持者": "提问 1 次", "发言者": "1 段发言", "听众": "尚无发言"}


def test_a_speakers_event_is_named_once_above_the_words(client, agi_next):
    page = listed(client, "/speakers/tang-jie/")
    said = page.xpath("//section[@aria-labelledby='said']")[0]
    assert said.text_content().count("AGI-Next 前沿峰会") == 1
    assert "摘录第 1 则" in said.text_content()
