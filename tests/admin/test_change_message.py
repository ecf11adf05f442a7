"""The log says in Chinese what was changed."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from tests.admin.roles import client_of, form_values
from tests.factories import QuoteFactory

pytestmark = pytest.mark.django_db


def logged(row, **values):
    """What the log says after these values of the row's form were changed."""
    client = client_of("publisher")
    address = reverse(f"admin:quotes_{row._meta.model_name}_change", args=[row.pk])
    response = client.post(address, form_values(client.get(address)) | values)
    assert response.status_code == 302
    return LogEntry.objects.filter(content_type__isnull=False).latest("pk").get_change_message()


def test_the_fields_of_a_form_are_named_as_the_form_names_them():
    assert (
        logged(QuoteFactory(), body="别的话", context="会上", topics="") == "已修改原话 和 背景。"
    )


def test_so_are_the_fields_of_its_rows():
    message = logged(QuoteFactory().section, **{"quotes-0-body": "别的话"})
    assert "原话" in message
    assert "Words" not in message
