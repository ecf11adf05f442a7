"""The fingerprints that a migration takes of the quotes that were there."""

import pkgutil
from importlib import import_module

import pytest
from django.apps import apps

from quotes import migrations
from quotes.models import Quote
from tests.factories import QuoteFactory


@pytest.mark.django_db
def test_quotes_that_were_there_get_the_fingerprints_that_new_ones_have(monkeypatch):
    for _ in range(5):
        QuoteFactory(body="**一**句话。")
    expected = list(Quote.objects.order_by("pk").values_list("fingerprint", flat=True))
    Quote.objects.update(fingerprint="")
    (name,) = (m.name for m in pkgutil.iter_modules(migrations.__path__) if "fingerprint" in m.name)
    migration = import_module(f"quotes.migrations.{name}")
    monkeypatch.setattr(migration, "CHUNK", 2)
    migration.take_fingerprints(apps, None)
    assert list(Quote.objects.order_by("pk").values_list("fingerprint", flat=True)) == expected
    assert "" not in expected
