"""How long texts may be. One that is longer cannot be mended: who keeps it has to shorten it."""

from django.core.management import CommandError
from django.db import migrations, models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

import quotes.models.content
from quotes.text.markup import derive

LIMITS = [
    ("quote", "body", 50_000),
    ("quote", "context", 5_000),
    ("section", "question", 5_000),
    ("event", "summary", 5_000),
    ("speaker", "aliases", 1_000),
    ("speaker", "biography", 5_000),
    ("speaker", "links", 5_000),
    ("topic", "aliases", 1_000),
]
FIELDS = {
    ("quote", "body"): models.TextField(
        help_text='Exactly as the source prints them, punctuation included. An empty line starts a paragraph. Markdown: lists, *emphasis*, **strong**, [links](https://…).',
        max_length=50_000,
        verbose_name='words',
    ),
    ("quote", "context"): models.TextField(
        blank=True,
        help_text='A plain sentence of our own, where the words need one to be understood.',
        max_length=5_000,
        verbose_name='context',
    ),
    ("section", "question"): models.TextField(blank=True, max_length=5_000, verbose_name='question put'),
    ("event", "summary"): models.TextField(
        blank=True,
        help_text='One or two plain sentences of our own.',
        max_length=5_000,
        verbose_name='summary',
    ),
    ("speaker", "aliases"): models.TextField(
        blank=True, help_text='Other names, separated by 、', max_length=1_000, verbose_name='aliases'
    ),
    ("speaker", "biography"): models.TextField(blank=True, max_length=5_000, verbose_name='biography'),
    ("speaker", "links"): models.TextField(
        blank=True,
        help_text='One address a line.',
        max_length=5_000,
        validators=[quotes.models.content.validate_links],
        verbose_name='links',
    ),
    ("topic", "aliases"): models.TextField(
        blank=True, help_text='Other names, separated by 、', max_length=1_000, verbose_name='aliases'
    ),
}


def stop_at_longer_ones(apps, schema_editor):
    """Before anything is written: name every row with a text that is too long."""
    found = []
    for model, field, limit in LIMITS:
        rows = apps.get_model("quotes", model).objects.annotate(n=Length(field)).filter(n__gt=limit)
        for slug, n in rows.order_by("slug").values_list("slug", "n"):
            found.append(f"{model} {slug}: {field} has {n:,} characters, at most {limit:,} are allowed")
    if found:
        raise CommandError(
            "Nothing was changed. Shorten or divide these texts at the desk, with the version that "
            "runs now, and migrate again:\n" + "\n".join(found)
        )


def shorten_excerpts(apps, schema_editor):
    """Take anew the excerpts that were whole sentences without an end."""
    quotes = apps.get_model("quotes", "Quote").objects
    long = quotes.annotate(n=Length("excerpt_html")).filter(n__gt=400)
    for pk in list(long.values_list("pk", flat=True)):
        derived = derive(quotes.values_list("body", flat=True).get(pk=pk))
        quotes.filter(pk=pk).update(excerpt_html=derived.excerpt, excerpt_rest=derived.rest)


class Migration(migrations.Migration):

    dependencies = [
        ('quotes', '0007_listed_appearances'),
    ]

    operations = [
        migrations.RunPython(stop_at_longer_ones, migrations.RunPython.noop),
        # In a database the columns are what they were.
        migrations.SeparateDatabaseAndState(state_operations=[
            migrations.AlterField(model, field, text) for (model, field), text in FIELDS.items()
        ]),
        *(
            migrations.AddConstraint(
                model,
                models.CheckConstraint(
                    condition=models.Q(LessThanOrEqual(Length(field), limit)),
                    name=f"{model}_{field}_length",
                    violation_error_message='A text has more characters than it may have.',
                ),
            )
            for model, field, limit in LIMITS
        ),
        migrations.RunPython(shorten_excerpts, migrations.RunPython.noop),
    ]
