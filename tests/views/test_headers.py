"""What every public answer promises to caches and browsers."""

import pytest
from django.test import Client

from tests.factories import QuoteFactory

PATHS = ["/", "/events/", "/speakers/", "/topics/", "/quotes/", "/quotes/q-1/", "/about/", "/gone/"]


@pytest.fixture
def quote(db):
    return QuoteFactory(slug="q-1")


@pytest.mark.parametrize("path", PATHS)
def test_no_cookie_is_set_and_none_is_read(quote, path):
    response = Client().get(path)
    assert not response.cookies
    assert "cookie" not in response.headers.get("Vary", "").lower()
    with_cookie = Client(headers={"cookie": "sessionid=x; csrftoken=y", "accept-language": "en"})
    assert with_cookie.get(path).content == response.content


@pytest.mark.parametrize("path", PATHS)
def test_the_language_asked_for_by_the_browser_changes_nothing(client, quote, path):
    response = client.get(path, headers={"accept-language": "en"})
    assert "accept-language" not in response.headers.get("Vary", "").lower()
    assert '<html lang="zh-Hans">' in response.content.decode()


@pytest.mark.parametrize("path", [*PATHS, "/admin/login/"])
def test_nothing_may_run_but_files_of_our_own(client, quote, path):
    policy = client.get(path).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    page = client.get(path).content.decode()
    assert "style=" not in page
    assert "<style" not in page
    assert "onclick=" not in page


def test_the_policy_is_the_same_from_every_process(client, db):
    directives = client.get("/about/").headers["Content-Security-Policy"].split("; ")
    assert len(directives) == 10
    assert directives == sorted(directives)  # and not in the order of a set


@pytest.mark.parametrize("path", [path for path in PATHS if path != "/gone/"])
def test_a_page_names_its_own_address_title_and_description(client, quote, settings, path):
    settings.PUBLIC_URL = "https://quotes.example.org"
    page = client.get(path, headers={"host": "127.0.0.1"}).content.decode()
    assert f'<link rel="canonical" href="https://quotes.example.org{path}">' in page
    assert page.count("<title>") == 1
    assert "峰会语录" in page.split("<title>")[1].split("</title>")[0]
    description = page.split('name="description" content="')[1].split('"')[0]
    assert len(description) > 5


@pytest.mark.parametrize("path", ["/quotes/", "/about/", "/"])
def test_pages_are_read_only(client, quote, path):
    assert client.post(path).status_code == 405
