"""When a row that is written changes what an item is found by. The same in both databases."""

# Nobody's text, name or notes are longer than this in the index: PostgreSQL refuses more than a megabyte in one entry.
TEXT, AUTHOR, REFERENCES, NOTES = 64_000, 500, 1_000, 34_000

# A judgement without a note changes nothing, as long as nothing secret or forbidden comes or goes with it.
_TELLS = "({row}.note <> '' OR {row}.category = {secret} OR {row}.reason IN {never})"

# Table, name of the trigger, what it waits for, and its condition. The item's own INSERT is each language's own.
WATCHED = (
    (
        "moderation_item",
        "search_item_changed",
        "UPDATE OF text, author_name, dated_at",
        "OLD.text <> NEW.text OR OLD.author_name <> NEW.author_name OR OLD.dated_at <> NEW.dated_at",
    ),
    ("moderation_classification", "search_judged", "INSERT", _TELLS.replace("{row}", "NEW")),
    (
        "moderation_classification",
        "search_rejudged",
        "UPDATE OF category, reason, note, superseded_at",
        f"{_TELLS.replace('{row}', 'OLD')} OR {_TELLS.replace('{row}', 'NEW')}",
    ),
    ("moderation_classification", "search_unjudged", "DELETE", _TELLS.replace("{row}", "OLD")),
    ("moderation_followupstep", "search_step_opened", "INSERT", "NEW.reference <> ''"),
    ("moderation_followupstep", "search_step_changed", "UPDATE OF reference", "OLD.reference <> NEW.reference"),
    ("moderation_followupstep", "search_step_gone", "DELETE", "OLD.reference <> ''"),
    ("moderation_note", "search_noted", "INSERT", "NEW.text <> ''"),
    ("moderation_note", "search_note_changed", "UPDATE OF text, withdrawn_at", "TRUE"),
    ("moderation_note", "search_note_gone", "DELETE", "TRUE"),
)

# Whose item the row is about; {row} is NEW or OLD.
SUBJECT = {
    "moderation_item": "{row}.id",
    "moderation_classification": "{row}.item_id",
    "moderation_followupstep": "(SELECT item_id FROM moderation_classification WHERE id = {row}.classification_id)",
    "moderation_note": "{row}.item_id",
}


def filled(statement: str, names: dict[str, str]) -> str:
    """With each {name} that stands for something; the braces of SQL are left alone."""
    for name, value in names.items():
        statement = statement.replace("{" + name + "}", value)
    return statement
