"""The orders' indexes hold the keys, so that PostgreSQL reads no rows for a page far down."""

from django.db import migrations
from django.db.models import F, Index

ORDERS = (
    Index(F("public_from").desc(), F("reading"), F("quote"), name="searchentry_newest_first"),
    Index(fields=["reading", "quote"], name="searchentry_reading_order"),
    Index(fields=["speaker", "reading", "quote"], name="searchentry_speaker_reading"),
)


class Migration(migrations.Migration):
    """Each index made anew."""

    dependencies = [("quotes", "0007_listed_appearances"), ("search", "0003_tags")]
    operations = [
        operation
        for index in ORDERS
        for operation in (
            migrations.RemoveIndex("searchentry", index.name),
            migrations.AddIndex("searchentry", index),
        )
    ]
