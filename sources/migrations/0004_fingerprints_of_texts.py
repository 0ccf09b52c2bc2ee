"""Work out the fingerprints of the texts that are in the base already."""

from django.db import migrations

from sources.text import likeness


def remember(apps, schema_editor):
    """Keep the fingerprints of every text."""
    versions = apps.get_model("sources", "ArticleVersion").objects.order_by("pk")
    fingerprints = apps.get_model("sources", "Fingerprint").objects
    for version in versions.iterator(chunk_size=500):
        fingerprints.bulk_create(
            fingerprints.model(article_version=version, hash=value)
            for value in likeness.fingerprints(version.text)
        )


class Migration(migrations.Migration):
    dependencies = [("sources", "0003_republication")]
    operations = [migrations.RunPython(remember, migrations.RunPython.noop)]
