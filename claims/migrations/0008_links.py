"""Tables for suggested links, and for statements that report one utterance."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from sources.engine import InstallGuards


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0007_findings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MatchKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hash', models.BigIntegerField(verbose_name='hash')),
                ('claim', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='match_keys', to='claims.claim')),
                ('measure', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='match_keys', to='claims.measure')),
                ('quote', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='match_keys', to='claims.quote')),
            ],
            options={
                'verbose_name': 'key of a link',
                'verbose_name_plural': 'keys of links',
                'indexes': [models.Index(fields=['hash', 'id'], name='match_key_by_hash')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('claim__isnull', False), ('measure__isnull', True), ('quote__isnull', True)), models.Q(('claim__isnull', True), ('measure__isnull', True), ('quote__isnull', False)), models.Q(('claim__isnull', True), ('measure__isnull', False), ('quote__isnull', True)), _connector='OR'), name='match_key_is_of_one_row', violation_error_message='A key is of one claim, one quote or one measure.')],
            },
        ),
        migrations.CreateModel(
            name='SameUtterance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField(verbose_name='recorded at')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended at')),
                ('claim', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='same_utterances', to='claims.claim', verbose_name='claim')),
                ('quote', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='same_utterances', to='claims.quote', verbose_name='quote')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='same_utterances', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('to_claim', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='same_utterances_to', to='claims.claim', verbose_name='other claim')),
                ('to_quote', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='same_utterances_to', to='claims.quote', verbose_name='other quote')),
            ],
            options={
                'verbose_name': 'same utterance',
                'verbose_name_plural': 'same utterances',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('claim__isnull', False), ('claim__lt', models.F('to_claim')), ('to_claim__isnull', False), ('quote__isnull', True), ('to_quote__isnull', True)), models.Q(('quote__isnull', False), ('quote__lt', models.F('to_quote')), ('to_quote__isnull', False), ('claim__isnull', True), ('to_claim__isnull', True)), _connector='OR'), name='same_utterance_joins_two_statements', violation_error_message='One utterance joins two claims or two quotes, the older one first.'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('claim', 'to_claim'), name='claims_are_one_utterance_once', violation_error_message='These are one utterance already.'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('quote', 'to_quote'), name='quotes_are_one_utterance_once', violation_error_message='These are one utterance already.')],
            },
        ),
        migrations.CreateModel(
            name='SuggestedLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('SAME_MEASURE', 'same measure'), ('SAME_UTTERANCE', 'same utterance')], max_length=14, verbose_name='kind')),
                ('score', models.DecimalField(decimal_places=2, max_digits=3, verbose_name='score')),
                ('facts', models.JSONField(default=dict, verbose_name='facts')),
                ('verdict', models.CharField(choices=[('OPEN', 'open'), ('ACCEPTED', 'accepted'), ('REFUSED', 'refused')], default='OPEN', max_length=8, verbose_name='decision')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided at')),
                ('claim', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='suggested_links', to='claims.claim', verbose_name='claim')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='suggested_links', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('measure', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='suggested_links', to='claims.measure', verbose_name='measure')),
                ('quote', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='suggested_links', to='claims.quote', verbose_name='quote')),
                ('to_claim', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='suggested_links_to', to='claims.claim', verbose_name='other claim')),
                ('to_quote', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='suggested_links_to', to='claims.quote', verbose_name='other quote')),
            ],
            options={
                'verbose_name': 'suggested link',
                'verbose_name_plural': 'suggested links',
                'indexes': [models.Index(fields=['verdict', '-score', 'id'], name='link_by_score')],
                'constraints': [models.UniqueConstraint(fields=('claim', 'to_claim'), name='claim_is_linked_once_to_a_claim', violation_error_message='This link is suggested already.'), models.UniqueConstraint(fields=('quote', 'to_quote'), name='quote_is_linked_once_to_a_quote', violation_error_message='This link is suggested already.'), models.UniqueConstraint(fields=('claim', 'measure'), name='claim_is_linked_once_to_a_measure', violation_error_message='This link is suggested already.'), models.CheckConstraint(condition=models.Q(models.Q(('claim__isnull', False), ('kind', 'SAME_MEASURE'), ('measure__isnull', False), ('quote__isnull', True), ('to_claim__isnull', True), ('to_quote__isnull', True)), models.Q(('kind', 'SAME_UTTERANCE'), ('measure__isnull', True), models.Q(models.Q(('claim__isnull', False), ('claim__lt', models.F('to_claim')), ('to_claim__isnull', False), ('quote__isnull', True), ('to_quote__isnull', True)), models.Q(('quote__isnull', False), ('quote__lt', models.F('to_quote')), ('to_quote__isnull', False), ('claim__isnull', True), ('to_claim__isnull', True)), _connector='OR')), _connector='OR'), name='suggested_link_has_the_ends_of_its_kind', violation_error_message='A link joins a claim and a measure, or two statements in order.'), models.CheckConstraint(condition=models.Q(('score__gte', 0), ('score__lte', 1)), name='suggested_link_score_is_a_share', violation_error_message='A score lies between 0 and 1.'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('verdict', 'OPEN')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('verdict__in', ['ACCEPTED', 'REFUSED'])), _connector='OR'), name='suggested_link_decision_names_a_person', violation_error_message='A decided link names who decided it and when.')],
            },
        ),
        InstallGuards("claims.models.guards.GUARDS"),
    ]
