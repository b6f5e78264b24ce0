"""When each step ought to be done, and by whom."""

from datetime import timedelta
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def due(apps: Any, schema_editor: Any) -> None:
    """Of what was judged before there were such times: a day after the judgement, by whoever judged it."""
    step = apps.get_model("moderation", "FollowUpStep")
    judged = apps.get_model("moderation", "Classification").objects.filter(pk=models.OuterRef("classification"))
    of_it = {name: models.Subquery(judged.values(name)[:1]) for name in ("decided_at", "decided_by")}
    step.objects.update(due_at=of_it["decided_at"])
    step.objects.update(due_at=models.F("due_at") + timedelta(days=1))
    others = step.objects.exclude(kind__in=["spara", "skarmdump", "registrera"])
    others.update(owner=of_it["decided_by"])


class Migration(migrations.Migration):
    dependencies = [("moderation", "0012_interventions")]

    operations = [
        migrations.AddField(
            model_name="followupstep",
            name="due_at",
            field=models.DateTimeField(null=True, verbose_name="senast"),
        ),
        migrations.AddField(
            model_name="followupstep",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="steps",
                to=settings.AUTH_USER_MODEL,
                verbose_name="ansvarig",
            ),
        ),
        migrations.RunPython(due, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="followupstep",
            name="due_at",
            field=models.DateTimeField(verbose_name="senast"),
        ),
        migrations.AddIndex(
            model_name="followupstep",
            index=models.Index(condition=models.Q(("state", "open")), fields=["due_at", "id"], name="step_open_by_due"),
        ),
    ]
