"""When each step ought to be done, and by whom."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from moderation.search import triggers


class Migration(migrations.Migration):
    dependencies = [("moderation", "0013_key_lacks")]

    operations = [
        migrations.RunPython(triggers.drop, triggers.install),
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
        migrations.RunPython(triggers.install, triggers.drop),
    ]
