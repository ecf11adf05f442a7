"""Rules of accessibility at the desk, Django's own pages included."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.apps import apps
from django.contrib.admin.models import LogEntry

from quotes.models import Event
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_reading import RULES
from tests.factories import ProtectedTermFactory

WIDTHS = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
MODELS = [
    "quotes.event",
    "quotes.section",
    "quotes.quote",
    "quotes.topic",
    "quotes.speaker",
    "quotes.source",
    "quotes.parallel",
    "quotes.appearance",
    "quotes.coverage",
    "quotes.taggedquote",
    "quotes.protectedterm",
    "auth.user",
]


def found(page):
    page.wait_for_load_state()
    violations = Axe().run(page, options=RULES).response["violations"]
    return [(page.url, rule["id"], rule["nodes"][0]["target"]) for rule in violations]


def found_on(page, paths):
    problems = []
    for path in paths:
        page.goto(path)
        problems += found(page)
    return problems


@WIDTHS
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_signing_in_and_the_front_page(open_page, sign_in, viewport, scheme):
    options = {"viewport": viewport, "color_scheme": scheme, "bypass_csp": True}
    page = open_page("/admin/login/", **options)
    assert found(page) == []
    page.get_by_label("用户名").fill("nobody")
    page.get_by_label("密码").fill("wrong")
    page.get_by_role("button", name="登录").click()
    assert found(page) == []
    page = sign_in("/admin/", **options)
    assert found(page) == []
    assert found_on(page, ["/admin/quotes/"]) == []


@WIDTHS
@pytest.mark.parametrize("model", MODELS)
def test_the_pages_of_every_model(sign_in, viewport, model):
    ProtectedTermFactory()
    page = sign_in("/admin/", viewport=viewport, bypass_csp=True)
    base = f"/admin/{model.replace('.', '/')}/"
    pk = apps.get_model(model).objects.order_by("pk").first().pk
    row = [f"{base}{pk}/{name}/" for name in ("change", "history", "delete")]
    assert found_on(page, [base, f"{base}add/", *row[: 3 if model != "auth.user" else 2]]) == []


@WIDTHS
def test_what_else_a_page_can_show(sign_in, viewport):
    page = sign_in("/admin/admin/logentry/", viewport=viewport, bypass_csp=True)
    assert LogEntry.objects.exists()
    assert found(page) == []
    change = f"/admin/quotes/event/{Event.objects.get().pk}/change/"
    page.goto(change)
    page.locator("#coverages-group .add-row a").click()
    page.locator("#id_name").fill("")
    page.wait_for_timeout(400)
    assert found(page) == []
    page.goto(change)
    page.locator(".kept-text button").first.wait_for()
    assert found(page) == []
    page.locator("#id_name").fill("")
    page.get_by_role("button", name="保存", exact=True).first.click()
    page.locator(".errornote").wait_for()
    assert found(page) == []
