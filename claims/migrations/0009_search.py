"""The table of what can be searched, with an index of its words."""

from django.db import migrations, models

from sources.word_index import IndexWords


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0008_links'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('article', 'article'), ('claim', 'claim'), ('quote', 'quote'), ('measure', 'measure'), ('event', 'event'), ('speaker', 'speaker'), ('source', 'source')], max_length=7, verbose_name='kind')),
                ('object_id', models.BigIntegerField(verbose_name='key')),
                ('for_public', models.BooleanField(verbose_name='for the public')),
                ('for_desk', models.BooleanField(verbose_name='for the desk')),
                ('language', models.CharField(blank=True, max_length=12, verbose_name='language')),
                ('source', models.BigIntegerField(null=True, verbose_name='source')),
                ('speaker', models.BigIntegerField(null=True, verbose_name='speaker')),
                ('event', models.BigIntegerField(null=True, verbose_name='event')),
                ('year', models.PositiveSmallIntegerField(null=True, verbose_name='year')),
                ('status', models.CharField(blank=True, choices=[('RECORDED', 'recorded'), ('PUBLISHED', 'published'), ('WITHDRAWN', 'withdrawn'), ('DISCARDED', 'discarded')], max_length=10, verbose_name='status')),
            ],
            options={
                'verbose_name': 'entry',
                'verbose_name_plural': 'entries',
                'indexes': [
                    models.Index(fields=['kind', 'object_id'], name='search_entry_by_row'),
                    models.Index(fields=['source', 'kind', 'for_public'], name='search_entry_by_source'),
                    models.Index(fields=['speaker', 'kind', 'for_public'], name='search_entry_by_speaker'),
                    models.Index(fields=['event', 'kind', 'for_public'], name='search_entry_by_event'),
                ],
            },
        ),
        IndexWords('claims_searchentry'),
    ]
