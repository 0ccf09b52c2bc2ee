"""Keep entries by their key, and hide what the index did not know to be public.

`manage.py rebuild_search` shows again which measures, events, speakers and sources are.
"""

from django.db import migrations, models

NAMED = "'measure', 'event', 'speaker', 'source'"


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0010_list_indexes'),
    ]

    operations = [
        migrations.AlterField(
            model_name='searchentry',
            name='id',
            field=models.BigAutoField(primary_key=True, serialize=False),
        ),
        migrations.RunSQL(
            f"UPDATE claims_searchentry SET for_public = false WHERE kind IN ({NAMED})",
            f"UPDATE claims_searchentry SET for_public = true WHERE kind IN ({NAMED})",
        ),
    ]
