"""The triggers that keep the index true, whoever writes a row and however: one by one, in bulk or by hand.

They are dropped with their table, and SQLite makes a table anew to change it. A migration that changes items,
judgements, steps or notes therefore begins with RunPython(triggers.drop) and ends with RunPython(triggers.install).

An item is found by its text, its author, the references of its steps (diarienummer), and what colleagues have noted.
What may be kept or shown to nobody has neither text nor notes in the index.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from moderation.models.search import ITEM_BITS
from moderation.policy import rules
from moderation.policy.terms import Category
from moderation.search import triggers_postgresql, triggers_sqlite
from moderation.search.conditions import filled


def install(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in _language(schema_editor).install(_names()):
        schema_editor.execute(statement, params=None)


def drop(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in _language(schema_editor).drop():
        schema_editor.execute(statement, params=None)


def _language(schema_editor: BaseDatabaseSchemaEditor) -> Any:
    return triggers_postgresql if schema_editor.connection.vendor == "postgresql" else triggers_sqlite


def named(statement: str) -> str:
    return filled(statement, _names())


def _names() -> dict[str, str]:
    """What both languages are told: the table's limits, and the rules as the database can read them."""
    never = ", ".join(f"'{reason.value}'" for reason in sorted(rules.NEVER_KEPT))
    return {"bits": str(2**ITEM_BITS), "secret": f"'{Category.SEKRETESS.value}'", "never": f"({never})"}
