"""Each time an item is passed over has its number, so that the hard ones are found without counting."""

from itertools import groupby
from typing import Any

from django.db import migrations, models


def number(apps: Any, schema_editor: Any) -> None:
    skips = apps.get_model("moderation", "Skip").objects.using(schema_editor.connection.alias)
    for _, times in groupby(skips.order_by("item", "pk").iterator(), lambda skip: skip.item_id):
        for count, skip in enumerate(times, start=1):
            if count > 1:
                skips.filter(pk=skip.pk).update(number=count)


class Migration(migrations.Migration):
    dependencies = [("moderation", "0006_lists")]

    operations = [
        migrations.AddField(
            model_name="skip",
            name="number",
            field=models.PositiveIntegerField(default=1, verbose_name="gång"),
        ),
        migrations.RunPython(number, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="skip",
            constraint=models.UniqueConstraint(fields=("number", "item"), name="skipped_one_time_after_another"),
        ),
    ]
