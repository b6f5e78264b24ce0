"""From now on every step has its time."""

from django.db import migrations, models

from moderation.search import triggers


class Migration(migrations.Migration):
    dependencies = [("moderation", "0015_steps_are_due")]

    operations = [
        migrations.RunPython(triggers.drop, triggers.install),
        migrations.AlterField(
            model_name="followupstep",
            name="due_at",
            field=models.DateTimeField(verbose_name="senast"),
        ),
        migrations.AddIndex(
            model_name="followupstep",
            index=models.Index(condition=models.Q(("state", "open")), fields=["due_at", "id"], name="step_open_by_due"),
        ),
        migrations.RunPython(triggers.install, triggers.drop),
    ]
