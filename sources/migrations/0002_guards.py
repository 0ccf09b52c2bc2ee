"""Install the triggers of this app's tables."""

from django.db import migrations

from sources.engine import InstallGuards


class Migration(migrations.Migration):
    dependencies = [("sources", "0001_initial")]
    operations = [InstallGuards("sources.models.guards.GUARDS")]
