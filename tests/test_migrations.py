"""Every migration can be undone and done again, with rows in the tables."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

from quotes.models import Quote
from quotes.search.checks import missing_and_stray
from quotes.search.models import SearchEntry
from quotes.text.queries import parse

APPS = ("quotes", "search", "history")
SLUG = "agi-next-2026-09"


def steps(executor):
    """Our migrations in the order in which they are applied, each with the state before it."""
    state = ProjectState()
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)
    for migration, _backwards in plan:
        if migration.app_label in APPS:
            yield migration, state.clone()
        migration.mutate_state(state, preserve=False)


def found(word):
    entries = SearchEntry.objects.published().indexed(parse(word))
    return set(entries.values_list("quote__slug", flat=True))


def check_saving_and_searching(title):
    quote = Quote.objects.get(slug=SLUG)
    quote.title = title
    quote.save()
    assert found(title) == {SLUG}
    assert found("光刻机到底") == {SLUG, "agi-next-2026-33"}
    assert missing_and_stray() == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_each_migration_goes_back_and_forward_again_with_rows_in_the_tables(agi_next):
    executor = MigrationExecutor(connection)
    try:
        for migration, state in reversed([*steps(executor)]):
            executor.unapply_migration(state.clone(), migration)
            if not migration.initial:  # whose tables have no rows when it is done again
                executor.apply_migration(state.clone(), migration)
                executor.unapply_migration(state.clone(), migration)
        assert not [name for name in connection.introspection.table_names() if "quote" in name]
    finally:
        call_command("migrate", verbosity=0)
    call_command("loaddata", "agi_next_2026", verbosity=0)
    check_saving_and_searching("从头")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("app", APPS)
def test_an_app_goes_back_by_the_command_and_forward_again(agi_next, app):
    first = next(m.name for m, _state in steps(MigrationExecutor(connection)) if m.app_label == app)
    try:
        call_command("migrate", app, first, verbosity=0)
    finally:
        call_command("migrate", verbosity=0)
    check_saving_and_searching("回来")
    assert Quote.history.filter(slug=SLUG).count() == 2  # as loaded, and as just saved
