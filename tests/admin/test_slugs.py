"""Slugs that readers know, at the desk."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from quotes.models import Event, Quote
from quotes.models.former_slug import FormerSlug
from tests.admin.test_editing import errors, event_data, formset, save_quote, url
from tests.factories import (
    AppearanceFactory,
    EventFactory,
    QuoteFactory,
    SectionFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def sign_in(client, django_user_model):
    """A function that signs in someone who may edit all content and has these permissions too."""

    def sign_in(*codenames):
        user = django_user_model.objects.create_user("someone", is_staff=True)
        may_edit = Permission.objects.filter(content_type__app_label="quotes").exclude(
            codename="publish"
        )
        user.user_permissions.set([*may_edit, *Permission.objects.filter(codename__in=codenames)])
        client.force_login(user)
        return client

    return sign_in


def every_kind():
    quote = QuoteFactory(topics=[TopicFactory()])
    return [quote, quote.section, quote.event, quote.source, quote.speaker, quote.topics.get()]


def form_of(client, row):
    page = client.get(url(row._meta.model_name, "change", row.pk))
    return page.context["adminform"].form


def test_who_may_not_publish_sees_a_known_slug_but_does_not_change_it(sign_in):
    client = sign_in()
    for row in every_kind():
        assert "slug" not in form_of(client, row).fields
    withdrawn = EventFactory(status="withdrawn")
    draft = EventFactory(status="draft", published_at=None)
    assert "slug" not in form_of(client, withdrawn).fields
    assert "slug" in form_of(client, draft).fields


def test_who_may_publish_changes_a_known_slug_and_is_told_what_that_does(sign_in):
    client = sign_in("publish")
    for row in every_kind():
        help_text = form_of(client, row).fields["slug"].help_text
        assert "永远转到新网址" in help_text
    draft = EventFactory(status="draft", published_at=None)
    assert "the old address" not in str(form_of(client, draft).fields["slug"].help_text)


def test_a_slug_that_is_changed_at_the_desk_leaves_a_redirect(sign_in):
    client, quote = sign_in("publish"), QuoteFactory(slug="q-old")
    response = save_quote(client, quote, slug="q-new", status="published", position=1)
    assert response.status_code == 302, errors(response)
    assert client.get("/quotes/q-old/")["Location"] == "/quotes/q-new/"


def test_who_may_not_publish_cannot_post_a_slug_either(sign_in):
    quote = QuoteFactory(slug="q-old")
    save_quote(sign_in(), quote, slug="q-new", status="published", position=1)
    assert Quote.objects.get().slug == "q-old"
    assert not FormerSlug.objects.exists()


def test_a_known_slug_that_is_emptied_stays(sign_in):
    event = EventFactory(slug="e-old", name="从前")
    data = event_data(name="改名", slug="")
    assert sign_in("publish").post(url("event", "change", event.pk), data).status_code == 302
    assert Event.objects.get().slug == "e-old"


def test_a_slug_that_belongs_to_something_else_is_refused_beside_the_field(sign_in):
    client = sign_in("publish")
    event = EventFactory(slug="e-old")
    event.slug = "e-new"
    event.save()
    response = client.post(url("event", "add"), event_data(slug="e-old"))
    assert errors(response)["slug"] == ["这个网址名曾公开指向别的内容，不能再用。"]


def test_a_section_is_not_moved_to_where_its_slug_belongs_to_another(sign_in):
    client = sign_in("publish")
    section = QuoteFactory(section__slug="a").section
    section.slug = "b"
    section.save()
    other = QuoteFactory(section__slug="a").section
    data = {"coverage": section.coverage_id, "kind": "speech", "title": "开场", "position": 1}
    data |= formset("quotes", [])
    response = client.post(url("section", "change", other.pk), data)
    assert "不能再用" in errors(response)["slug"][0]


def test_a_form_with_an_error_still_links_the_public_page_as_it_is(sign_in):
    quote = QuoteFactory(slug="q-old")
    response = save_quote(sign_in("publish"), quote, slug="q-new", body="")
    assert f'href="{reverse("quote_detail", args=["q-old"])}"' in response.content.decode()


def test_the_slug_of_what_only_a_draft_event_has_is_free(sign_in):
    appearance = AppearanceFactory(event__status="draft", event__published_at=None)
    section = SectionFactory(coverage__event=appearance.event)
    client = sign_in()
    for row in (appearance.event, appearance.speaker, section, section.source):
        assert "slug" in form_of(client, row).fields
