"""Say what became of a suggestion, and where a statement stands in a later text."""

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

from sources.engine import InstallGuards


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0002_guards"),
        ("sources", "0002_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Placement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        default=1, editable=False, verbose_name="version"
                    ),
                ),
                (
                    "start",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="start"
                    ),
                ),
                (
                    "end",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="end"
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="words")),
                (
                    "parts",
                    models.JSONField(blank=True, default=dict, verbose_name="parts"),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("EXACT_SPAN", "at the same span"),
                            ("SELECTOR", "by the words and what stands around them"),
                            ("LOST", "not found: a person decides"),
                            ("BY_HAND", "by hand"),
                            ("GONE", "the new text no longer says it"),
                        ],
                        max_length=10,
                        verbose_name="placed",
                    ),
                ),
                ("placed_at", models.DateTimeField(verbose_name="placed at")),
            ],
            options={
                "verbose_name": "placement",
                "verbose_name_plural": "placements",
            },
        ),
        migrations.RemoveConstraint(
            model_name="suggestion",
            name="suggestion_decision_names_a_person",
        ),
        migrations.AddField(
            model_name="suggestion",
            name="claim",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="suggestions",
                to="claims.claim",
                verbose_name="recorded claim",
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="quote",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="suggestions",
                to="claims.quote",
                verbose_name="recorded quote",
            ),
        ),
        migrations.AlterField(
            model_name="suggestion",
            name="status",
            field=models.CharField(
                choices=[
                    ("OPEN", "open"),
                    ("ACCEPTED", "accepted"),
                    ("CHANGED", "changed and accepted"),
                    ("DISMISSED", "dismissed"),
                    ("REPLACED", "replaced by those of a newer text"),
                ],
                default="OPEN",
                max_length=9,
                verbose_name="status",
            ),
        ),
        migrations.AddIndex(
            model_name="suggestion",
            index=models.Index(fields=["rule", "status"], name="suggestion_by_rule"),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", True),
                        ("decided_by__isnull", True),
                        ("status__in", ["OPEN", "REPLACED"]),
                    ),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("status__in", ["ACCEPTED", "CHANGED", "DISMISSED"]),
                    ),
                    _connector="OR",
                ),
                name="suggestion_decision_names_a_person",
                violation_error_message="A decided suggestion names who decided it and when.",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("claim__isnull", True),
                        ("quote__isnull", True),
                        ("status__in", ["OPEN", "DISMISSED", "REPLACED"]),
                    ),
                    models.Q(
                        ("claim__isnull", True),
                        ("kind", "QUOTE"),
                        ("quote__isnull", False),
                        ("status__in", ["ACCEPTED", "CHANGED"]),
                    ),
                    models.Q(
                        ("claim__isnull", False),
                        ("kind", "CLAIM"),
                        ("quote__isnull", True),
                        ("status__in", ["ACCEPTED", "CHANGED"]),
                    ),
                    _connector="OR",
                ),
                name="suggestion_leads_to_what_was_recorded",
                violation_error_message="An accepted suggestion leads to the statement made of it.",
            ),
        ),
        migrations.AddField(
            model_name="placement",
            name="article_version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="placements",
                to="sources.articleversion",
                verbose_name="version of the article",
            ),
        ),
        migrations.AddField(
            model_name="placement",
            name="claim",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="placements",
                to="claims.claim",
                verbose_name="claim",
            ),
        ),
        migrations.AddField(
            model_name="placement",
            name="placed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="placements",
                to=settings.AUTH_USER_MODEL,
                verbose_name="placed by",
            ),
        ),
        migrations.AddField(
            model_name="placement",
            name="quote",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="placements",
                to="claims.quote",
                verbose_name="quote",
            ),
        ),
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(fields=["how", "id"], name="placement_by_how"),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("end__isnull", True), ("start__isnull", True), ("words", "")
                    ),
                    models.Q(
                        ("end__isnull", False),
                        ("start__isnull", False),
                        django.db.models.lookups.Exact(
                            models.F("end"),
                            django.db.models.expressions.CombinedExpression(
                                models.F("start"),
                                "+",
                                django.db.models.functions.text.Length("words"),
                            ),
                        ),
                        ("end__gt", models.F("start")),
                        ("start__gte", 0),
                    ),
                    _connector="OR",
                ),
                name="placement_span_fits_its_words",
                violation_error_message="The span and the words it stands for differ in length.",
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("claim__isnull", True), ("quote__isnull", False)),
                    models.Q(("claim__isnull", False), ("quote__isnull", True)),
                    _connector="OR",
                ),
                name="placement_is_of_one_statement",
                violation_error_message="A placement is of one quote or one claim.",
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("quote__isnull", False)),
                fields=("article_version", "quote"),
                name="quote_is_placed_once_in_a_version",
                violation_error_message="It is placed in this version already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("claim__isnull", False)),
                fields=("article_version", "claim"),
                name="claim_is_placed_once_in_a_version",
                violation_error_message="It is placed in this version already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("how__in", ["EXACT_SPAN", "SELECTOR", "BY_HAND"]),
                        ("start__isnull", False),
                    ),
                    models.Q(("how__in", ["LOST", "GONE"]), ("start__isnull", True)),
                    _connector="OR",
                ),
                name="placement_has_a_place_unless_lost",
                violation_error_message="What is placed has a place, and what is lost has none.",
            ),
        ),
        InstallGuards("claims.models.guards.GUARDS"),
    ]
