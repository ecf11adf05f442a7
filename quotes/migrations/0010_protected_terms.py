"""A protected term has at least one Han character; those without go, and are printed."""

from django.db import migrations, models
from django.utils import timezone

from quotes.text.script import has_han

HAN = r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
WHY = "A protected term has a Chinese character (migration 0010)"


def remove_terms_without_han(apps, schema_editor):
    """Remove them, with a last version each, so that the desk shows them as deleted."""
    Term = apps.get_model("quotes", "ProtectedTerm")
    Version = apps.get_model("history", "HistoricalProtectedTerm")
    gone = [row for row in Term.objects.order_by("pk") if not has_han(row.term)]
    for row in gone:
        print(f"\n  Removed the protected term “{row.term}” (“{row.traditional}”).", end="")
        Version.objects.create(
            id=row.pk,
            term=row.term,
            traditional=row.traditional,
            history_date=timezone.now(),
            history_type="-",
            history_change_reason=WHY,
        )
    Term.objects.filter(pk__in=[row.pk for row in gone]).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("quotes", "0009_topic_names"),
        ("history", "0003_listed_appearances"),
    ]

    operations = [
        migrations.RunPython(remove_terms_without_han, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="protectedterm", name="protected_term_not_empty"),
        migrations.AddConstraint(
            model_name="protectedterm",
            constraint=models.CheckConstraint(
                condition=models.Q(("term__regex", HAN)), name="protected_term_has_han"
            ),
        ),
    ]
