"""Tables for what lints find and how voices stand, worked out from the rest."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0006_translation_credit'),
    ]

    operations = [
        migrations.CreateModel(
            name='Watermark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.BigIntegerField(default=0, verbose_name='entry of the log')),
            ],
            options={
                'verbose_name': 'watermark',
                'verbose_name_plural': 'watermarks',
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lint', models.SlugField(max_length=40, verbose_name='lint')),
                ('is_public', models.BooleanField(verbose_name='for the public')),
                ('facts', models.JSONField(default=dict, verbose_name='facts')),
                ('code', models.SlugField(db_index=False, max_length=20, verbose_name='code')),
                ('published_at', models.DateTimeField(null=True, verbose_name='published at')),
                ('against', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='findings_against', to='claims.claim')),
                ('claim', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='claims.claim')),
                ('quote', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='claims.quote')),
            ],
            options={
                'verbose_name': 'finding',
                'verbose_name_plural': 'findings',
                'indexes': [models.Index(fields=['is_public', 'lint', 'published_at', 'code'], name='finding_by_lint')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('claim__isnull', False), ('quote__isnull', True)), models.Q(('claim__isnull', True), ('quote__isnull', False)), _connector='OR'), name='finding_is_of_one_statement', violation_error_message='A finding is of one claim or of one quote.')],
            },
        ),
        migrations.CreateModel(
            name='Standing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agreement', models.CharField(max_length=12, verbose_name='agreement')),
                ('n_voices', models.PositiveIntegerField(verbose_name='voices')),
                ('n_articles', models.PositiveIntegerField(verbose_name='articles')),
                ('measure', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='standing', to='claims.measure')),
            ],
            options={
                'verbose_name': 'standing of a measure',
                'verbose_name_plural': 'standings of measures',
                'indexes': [models.Index(fields=['agreement', 'measure'], name='standing_by_agreement')],
            },
        ),
    ]
