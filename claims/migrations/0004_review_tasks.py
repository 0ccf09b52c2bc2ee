"""Keep who reviews what, proposed edits, and what readers report as wrong."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import claims.models.task
from sources.engine import InstallGuards, RemoveGuards


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0003_suggestions_and_placements'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        RemoveGuards("claims.models.guards.GUARDS"),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='at')),
            ],
            options={
                'verbose_name': 'assignment',
                'verbose_name_plural': 'assignments',
            },
        ),
        migrations.CreateModel(
            name='ErrorReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(default=claims.models.task.report_code, editable=False, max_length=40, unique=True, verbose_name='code')),
                ('message', models.TextField(max_length=2000, verbose_name='what is wrong')),
                ('contact', models.EmailField(blank=True, max_length=254, verbose_name='your e-mail address')),
                ('reported_at', models.DateTimeField(verbose_name='reported at')),
                ('status', models.CharField(choices=[('OPEN', 'open'), ('ACTED', 'acted upon'), ('DECLINED', 'declined')], default='OPEN', max_length=8, verbose_name='status')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered at')),
                ('answer', models.TextField(blank=True, verbose_name='what was done')),
            ],
            options={
                'verbose_name': 'report of an error',
                'verbose_name_plural': 'reports of errors',
            },
        ),
        migrations.AddField(
            model_name='review',
            name='proposal',
            field=models.JSONField(blank=True, help_text='Columns and the values that they would get, as JSON.', null=True, verbose_name='proposed edit'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('decision', 'RETURNED'), ('proposal__isnull', True), _connector='OR'), name='only_a_return_proposes_an_edit', violation_error_message='Only what goes back comes with a proposed edit.'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='assessment',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='assignment', to='claims.assessment', verbose_name='assessment'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='assigned_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assigned', to=settings.AUTH_USER_MODEL, verbose_name='assigned by'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='claim',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='assignment', to='claims.claim', verbose_name='claim'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='quote',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='assignment', to='claims.quote', verbose_name='quote'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='reviewer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to=settings.AUTH_USER_MODEL, verbose_name='reviewer'),
        ),
        migrations.AddField(
            model_name='errorreport',
            name='answered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answered_reports', to=settings.AUTH_USER_MODEL, verbose_name='answered by'),
        ),
        migrations.AddField(
            model_name='errorreport',
            name='claim',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='error_reports', to='claims.claim', verbose_name='claim'),
        ),
        migrations.AddField(
            model_name='errorreport',
            name='quote',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='error_reports', to='claims.quote', verbose_name='quote'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('assessment__isnull', True), ('claim__isnull', True), ('quote__isnull', False)), models.Q(('assessment__isnull', True), ('claim__isnull', False), ('quote__isnull', True)), models.Q(('assessment__isnull', False), ('claim__isnull', True), ('quote__isnull', True)), _connector='OR'), name='assignment_is_of_one_object', violation_error_message='An assignment is of one quote, one claim or one assessment.'),
        ),
        migrations.AddIndex(
            model_name='errorreport',
            index=models.Index(fields=['status', 'reported_at'], name='error_report_open'),
        ),
        migrations.AddConstraint(
            model_name='errorreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('claim__isnull', True), ('quote__isnull', False)), models.Q(('claim__isnull', False), ('quote__isnull', True)), _connector='OR'), name='error_report_is_of_one_statement', violation_error_message='A report is of one quote or one claim.'),
        ),
        migrations.AddConstraint(
            model_name='errorreport',
            constraint=models.CheckConstraint(condition=models.Q(('message', ''), _negated=True), name='error_report_says_what_is_wrong', violation_error_message='Say what is wrong.'),
        ),
        migrations.AddConstraint(
            model_name='errorreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True), ('status', 'OPEN')), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), ('status__in', ['ACTED', 'DECLINED'])), _connector='OR'), name='error_report_answer_names_a_person', violation_error_message='An answered report names who answered it and when.'),
        ),
        InstallGuards("claims.models.guards.GUARDS"),
    ]
