"""Install the triggers of this app's tables."""

from django.db import migrations

from sources.engine import InstallGuards


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_initial"), ("sources", "0002_guards")]
    operations = [InstallGuards("claims.models.guards.GUARDS")]
