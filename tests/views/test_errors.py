"""Pages for when something is wrong."""

import pytest
from django.template import loader
from django.test import Client

from quotes.models import Quote

pytestmark = pytest.mark.django_db

ODD = [
    "\x00",
    "%00",
    "a\x00b",
    "\u202e反",
    "'\"><script>",
    "%",
    "_",
    "\\",
    "🙂",
    "x" * 5000,
    "\ud800",
]


def test_an_unknown_address_is_answered_in_chinese_with_ways_on(client):
    response = client.get("/nothing/here/")
    page = response.content.decode()
    assert response.status_code == 404
    assert "这个网址没有对应的页面" in page
    assert 'href="/quotes/"' in page


def test_a_failure_is_answered_in_chinese_and_says_nothing_of_its_cause(monkeypatch):
    def fail(self):
        raise RuntimeError("cause")

    monkeypatch.setattr(Quote.objects.__class__, "published", fail)
    response = Client(raise_request_exception=False).get("/quotes/x/")
    page = response.content.decode()
    assert response.status_code == 500
    assert "我们这边出了问题" in page
    assert "cause" not in page


def test_a_host_that_is_not_ours_is_refused_in_chinese(client):
    response = client.get("/admin/login/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "无法识别这个请求" in response.content.decode()


@pytest.mark.parametrize(
    ("template", "words"), [("403.html", "没有权限"), ("403_csrf.html", "表单已经过期")]
)
def test_refusals_have_pages_too(template, words):
    assert words in loader.render_to_string(template)


@pytest.mark.parametrize("value", ODD)
@pytest.mark.parametrize(
    "name", ["q", "event", "year", "speaker", "topic", "source", "kind", "wording", "sort", "page"]
)
def test_odd_values_in_a_query_give_an_answer_and_no_results_but_for_words(client, name, value):
    encoded = value.encode("utf-8", "surrogatepass")
    response = client.get("/quotes/", {name: encoded})
    assert response.status_code == 200
    assert '<data id="result-count" value="0">' in response.content.decode()


@pytest.mark.parametrize("path", ["/quotes/%00/", "/events/a%00/", "/topics/%F0%9F%99%82/", "/%00"])
def test_odd_letters_in_a_path_are_no_page(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/events/", "/speakers/", "/topics/"])
@pytest.mark.parametrize("page", ["2", "0", "x", "%00", "99999999999999999999"])
def test_a_page_of_a_list_that_is_not_there_is_not_found(client, path, page):
    assert client.get(f"{path}?page={page}").status_code == 404


@pytest.mark.parametrize("path", ["/sitemap-nothing.xml", "/sitemap-quotes.xml?p=9"])
def test_a_sitemap_that_is_not_there_is_not_found(client, path):
    assert client.get(path).status_code == 404
