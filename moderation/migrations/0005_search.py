"""The index that is searched, the triggers that write it, and the words of "Menade du"."""

from typing import Any

import django.db.models.deletion
from django.db import DatabaseError, migrations, models

import moderation.models.search
from moderation.search import triggers, triggers_postgresql, triggers_sqlite

NO_TRIGRAMS = (
    "Databasen saknar tillägget pg_trgm, och den här användaren får inte lägga till det. Be databasens administratör "
    "installera PostgreSQL:s tilläggspaket (contrib) och köra CREATE EXTENSION pg_trgm; i databasen. Kör sedan om "
    "manage.py migrate."
)
NO_FTS5 = "Pythons SQLite är byggd utan FTS5. Använd en Python med FTS5, eller PostgreSQL."


def prepare(apps: Any, schema_editor: Any) -> None:
    postgresql = schema_editor.connection.vendor == "postgresql"
    try:
        if postgresql:
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm", params=None)
        language = triggers_postgresql if postgresql else triggers_sqlite
        schema_editor.execute(language.TABLE, params=None)
    except DatabaseError as error:
        raise RuntimeError(NO_TRIGRAMS if postgresql else NO_FTS5) from error


def fill(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        after: tuple[str, ...] = (triggers_postgresql.FILL, triggers_postgresql.INDEX, triggers_postgresql.WORDS)
    else:
        after = (triggers.named(triggers_sqlite.FILL),)
    for statement in after:
        schema_editor.execute(statement, params=None)


def forget(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute("DROP TABLE moderation_searchentry", params=None)


class Migration(migrations.Migration):
    dependencies = [("moderation", "0004_workbench")]

    operations = [
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                (
                    "word",
                    models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="ord utan prickar"),
                ),
                ("shown", models.CharField(max_length=40, verbose_name="ordet")),
                ("items", models.PositiveIntegerField(default=0, verbose_name="antal handlingar")),
            ],
            options={"verbose_name": "ord", "verbose_name_plural": "ord"},
        ),
        migrations.CreateModel(
            name="SearchProgress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item_id", models.BigIntegerField(default=0, verbose_name="senaste handling")),
            ],
            options={"verbose_name": "läge i ordsamlingen", "verbose_name_plural": "läge i ordsamlingen"},
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(prepare, forget)],
            state_operations=[
                migrations.CreateModel(
                    name="SearchEntry",
                    fields=[
                        (
                            "place",
                            models.BigIntegerField(
                                db_column="rowid", primary_key=True, serialize=False, verbose_name="plats"
                            ),
                        ),
                        ("secret", models.BooleanField(verbose_name="sekretess")),
                        ("document", moderation.models.search.Document(verbose_name="ord")),
                        (
                            "item",
                            models.OneToOneField(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="search_entry",
                                to="moderation.item",
                                verbose_name="handling",
                            ),
                        ),
                    ],
                    options={"verbose_name": "sökpost", "verbose_name_plural": "sökposter"},
                )
            ],
        ),
        migrations.RunPython(triggers.install, triggers.drop),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
