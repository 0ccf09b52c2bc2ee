"""Keep what a base says of itself."""

from django.db import migrations, models

from sources.engine import InstallGuards


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0004_review_tasks'),
    ]

    operations = [
        migrations.CreateModel(
            name='AboutText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('section', models.CharField(choices=[('METHODOLOGY', 'how we work'), ('CORRECTIONS', 'how we correct'), ('LICENCE', 'licence of the data'), ('CONTACT', 'contact')], max_length=12, verbose_name='section')),
                ('language', models.CharField(choices=[('ar', 'العربية'), ('en', 'English')], max_length=2, verbose_name='language')),
                ('text', models.TextField(max_length=20000, verbose_name='text')),
            ],
            options={
                'verbose_name': 'text about this base',
                'verbose_name_plural': 'texts about this base',
                'constraints': [models.UniqueConstraint(fields=('section', 'language'), name='about_text_is_written_once_in_a_language', violation_error_message='There is a text for this section already.'), models.CheckConstraint(condition=models.Q(('section__in', ['METHODOLOGY', 'CORRECTIONS', 'LICENCE', 'CONTACT']), ('language__in', ['ar', 'en'])), name='about_text_is_of_a_known_section', violation_error_message='This section or language is not known.'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='about_text_says_something', violation_error_message='Say something.')],
            },
        ),
        InstallGuards("claims.models.guards.GUARDS"),
    ]
