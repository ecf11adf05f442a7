"""How long texts may be; versions keep what was longer."""

from django.db import migrations, models

import quotes.models.content


class Migration(migrations.Migration):

    dependencies = [
        ('history', '0003_listed_appearances'),
        ('quotes', '0008_text_limits'),
    ]

    operations = [
        # In a database the columns are what they were.
        migrations.SeparateDatabaseAndState(state_operations=[
            migrations.AlterField('historicalevent', 'summary', models.TextField(blank=True, help_text='One or two plain sentences of our own.', max_length=5000, verbose_name='summary')),
            migrations.AlterField('historicalquote', 'body', models.TextField(help_text='Exactly as the source prints them, punctuation included. An empty line starts a paragraph. Markdown: lists, *emphasis*, **strong**, [links](https://…).', max_length=50000, verbose_name='words')),
            migrations.AlterField('historicalquote', 'context', models.TextField(blank=True, help_text='A plain sentence of our own, where the words need one to be understood.', max_length=5000, verbose_name='context')),
            migrations.AlterField('historicalsection', 'question', models.TextField(blank=True, max_length=5000, verbose_name='question put')),
            migrations.AlterField('historicalspeaker', 'aliases', models.TextField(blank=True, help_text='Other names, separated by 、', max_length=1000, verbose_name='aliases')),
            migrations.AlterField('historicalspeaker', 'biography', models.TextField(blank=True, max_length=5000, verbose_name='biography')),
            migrations.AlterField('historicalspeaker', 'links', models.TextField(blank=True, help_text='One address a line.', max_length=5000, validators=[quotes.models.content.validate_links], verbose_name='links')),
            migrations.AlterField('historicaltopic', 'aliases', models.TextField(blank=True, help_text='Other names, separated by 、', max_length=1000, verbose_name='aliases')),
        ]),
    ]
