"""A site without content says so on every page."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", "还没有发布任何峰会。"),
        ("/events/", "还没有发布任何峰会。"),
        ("/speakers/", "第一场峰会发布后，这里会列出嘉宾。"),
        ("/topics/", "第一段发言发布后，这里会列出主题。"),
        ("/quotes/", "还没有公开的发言。"),
    ],
)
def test_a_page_without_content_says_so(client, path, words):
    response = client.get(path)
    assert response.status_code == 200
    assert words in response.content.decode()


def test_the_sitemap_of_an_empty_site_names_its_standing_pages(client):
    assert client.get("/sitemap-pages.xml").content.decode().count("<loc>") == 6
    assert client.get("/sitemap-quotes.xml").status_code == 200
