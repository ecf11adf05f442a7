"""The editors' guide at the desk."""

import re
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.urls import reverse
from lxml import html

from summit.guide import to_html
from tests.admin.roles import client_of

pytestmark = pytest.mark.django_db

GUIDE = "/admin/guide/"
TEXT = (settings.BASE_DIR / "docs" / "editors.md").read_text(encoding="utf-8")
PICTURES = re.findall(r"\((pictures/[^)]+)\)", TEXT)


def test_every_page_of_the_desk_leads_to_it():
    client = client_of("editor")
    for path in ("/admin/", "/admin/quotes/quote/", "/admin/quotes/event/add/", GUIDE):
        page = html.fromstring(client.get(path).content.decode())
        assert page.xpath("//*[@id='user-tools']/a/@href")[0] == GUIDE == reverse("admin:guide")


def test_an_editor_reads_it_with_all_its_pictures():
    client = client_of("editor")
    page = html.fromstring(client.get(GUIDE).content.decode())
    assert page.xpath("string(//h1)") == TEXT.partition("\n")[0].removeprefix("# ")
    assert page.xpath("//main//img/@src") == PICTURES
    assert all(page.xpath("//main//img/@alt"))
    for name in PICTURES:
        response = client.get(GUIDE + name)
        assert response["Content-Type"] == "image/png"
        assert 0 < len(response.getvalue()) < 150_000


def test_every_line_of_its_contents_leads_to_a_heading():
    page = html.fromstring(to_html(TEXT))
    places = [link for link in page.xpath("//a/@href") if link.startswith("#")]
    assert places
    assert {f"#{place}" for place in page.xpath("//h2/@id")} >= set(map(unquote, places))


def test_strangers_are_asked_to_sign_in():
    client = client_of("anonymous")
    for path in (GUIDE, GUIDE + PICTURES[0]):
        assert client.get(path).url == f"/admin/login/?next={path}"


@pytest.mark.parametrize(
    "name",
    ["front.png", "editors-none.png", "../editors.md", "..%2feditors.md", "editors-a%00.png"],
)
def test_no_other_file_is_served(name):
    assert client_of("superuser").get(f"{GUIDE}pictures/{name}").status_code == 404


def test_scripts_and_styles_in_it_come_to_nothing():
    markup = '<script>x</script><p style="a" onclick="b">c</p>\n\n[d](javascript:e)'
    assert not re.search(r"script|style|onclick", to_html(markup).replace("[d](javascript:e)", ""))
