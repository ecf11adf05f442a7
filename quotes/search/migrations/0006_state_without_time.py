"""Pages ask themselves what has become public: nothing has to say when that will be."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("search", "0005_grams_vector")]
    operations = [migrations.RemoveField("contentstate", "next_publication")]
