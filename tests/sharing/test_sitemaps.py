"""The sitemap names every public page, on the public address."""

import re

import pytest

from quotes.sharing.sitemaps import SITEMAPS


def addresses(response):
    return re.findall(r"<loc>(.*?)</loc>", response.content.decode())


@pytest.fixture
def public(settings):
    settings.PUBLIC_URL = "https://quotes.example.org"
    return settings.PUBLIC_URL


def test_every_page_is_named_once_and_is_there(client, agi_next, public):
    index = addresses(client.get("/sitemap.xml"))
    assert len(index) == len(SITEMAPS)
    pages = [
        page for address in index for page in addresses(client.get(address.removeprefix(public)))
    ]
    assert len(pages) == len(set(pages)) == 3 * (6 + 1 + 5 + 27 + 44)
    for page in pages:
        assert page.startswith(public)
        assert client.get(page.removeprefix(public)).status_code == 200


def test_a_long_sitemap_comes_in_pages(client, agi_next, public, monkeypatch):
    monkeypatch.setattr(SITEMAPS["quotes"], "limit", 20)
    index = addresses(client.get("/sitemap.xml"))
    assert f"{public}/sitemap-quotes.xml?p=3" in index
    assert len(addresses(client.get("/sitemap-quotes.xml?p=3"))) == 4


def test_sections_have_their_own_pages_in_it_where_their_event_is_shortened(
    client, agi_next, public, monkeypatch
):
    monkeypatch.setattr("quotes.models.event.SHOWN_WHOLE", 43)
    pages = addresses(client.get("/sitemap-sections.xml"))
    assert len(pages) == 13
    assert f"{public}/events/agi-next-2026/agi-next-2026-excerpts/roundtable/" in pages
    for page in pages:
        assert client.get(page.removeprefix(public)).status_code == 200


def test_robots_are_kept_from_the_desk_and_shown_the_sitemap(client, public):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in text
    assert f"Sitemap: {public}/sitemap.xml" in text


def test_the_host_that_was_asked_is_never_in_an_answer(client, agi_next, public, settings):
    settings.ALLOWED_HOSTS = ["elsewhere.example"]
    for path in ("/", "/sitemap.xml", "/sitemap-quotes.xml", "/robots.txt", "/quotes/"):
        response = client.get(path, headers={"host": "elsewhere.example"})
        assert response.status_code == 200
        assert "elsewhere" not in response.content.decode()
