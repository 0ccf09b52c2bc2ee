"""Name in public who translated, and hold a translation to its statement."""

from django.db import migrations, models

from sources.engine import InstallGuards, RemoveGuards


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0005_about_texts'),
    ]

    operations = [
        RemoveGuards("claims.models.guards.GUARDS"),
        migrations.AddField(
            model_name='translation',
            name='credit',
            field=models.CharField(blank=True, help_text='Who translated it, as they want to be named in public; may stay empty.', max_length=200, verbose_name='credit'),
        ),
        InstallGuards("claims.models.guards.GUARDS"),
    ]
