"""Versions have English forms, and say which quote heads the front page."""

from django.db import migrations, models


def head_the_front_page(apps, schema_editor):
    """As the quotes themselves."""
    picked = apps.get_model("history", "HistoricalQuote").objects.filter(featured=True)
    picked.exclude(highlight="").update(hero=True)


class Migration(migrations.Migration):

    dependencies = [
        ('history', '0004_text_limits'),
        ('quotes', '0012_english_forms'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalappearance',
            name='english_title',
            field=models.CharField(blank=True, default='', help_text='Shown on the English pages, found by search. Left empty, they show the Chinese.', max_length=200, verbose_name='title then, in English'),
        ),
        migrations.AddField(
            model_name='historicalevent',
            name='english_city',
            field=models.CharField(blank=True, default='', help_text='Shown on the English pages, found by search. Left empty, they show the Chinese.', max_length=100, verbose_name='city in English'),
        ),
        migrations.AddField(
            model_name='historicalevent',
            name='english_name',
            field=models.CharField(blank=True, default='', help_text='Shown on the English pages, found by search. Left empty, they show the Chinese.', max_length=200, verbose_name='English name'),
        ),
        migrations.AddField(
            model_name='historicalquote',
            name='hero',
            field=models.BooleanField(default=False, help_text='As long as its summit is the newest; of several, the first as they are read.', verbose_name='heads the front page'),
        ),
        migrations.AddField(
            model_name='historicaltopic',
            name='english_name',
            field=models.CharField(blank=True, default='', help_text='Shown on the English pages, found by search. Left empty, they show the Chinese.', max_length=100, verbose_name='English name'),
        ),
        migrations.AlterField(
            model_name='historicalquote',
            name='highlight',
            field=models.CharField(blank=True, help_text='For a picked quote: the passage that the front page shows, letter by letter.', max_length=100, verbose_name='words to show'),
        ),
        migrations.AlterField(
            model_name='historicalquote',
            name='wording',
            field=models.CharField(choices=[('not-stated', 'wording not stated'), ('verbatim', 'verbatim'), ('edited', 'edited'), ('translated', 'translated'), ('paraphrased', 'paraphrased')], default='not-stated', help_text='How literal the words are, if the source says so.', max_length=20, verbose_name='wording'),
        ),
        migrations.RunPython(head_the_front_page, migrations.RunPython.noop),
    ]
