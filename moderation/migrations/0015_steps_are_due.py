"""What is known of the steps of judgements that were made before there were such times."""

from datetime import timedelta
from typing import Any

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
    dependencies = [("moderation", "0014_step_due_and_owner")]

    operations = [migrations.RunPython(due, migrations.RunPython.noop)]
