"""The index in SQLite: an FTS5 table whose row numbers are the items' places in time.

unicode61 takes words as they stand, small and without dots and rings; what is typed is cut to its Swedish stem.
What begins with three or four letters has lists of its own, since a short stem begins hundreds of words.
"""

from moderation.search.conditions import AUTHOR, NOTES, REFERENCES, SUBJECT, TEXT, WATCHED, filled
from moderation.search.fold import WHOLE

TABLE = """
CREATE VIRTUAL TABLE moderation_searchentry USING fts5(
    item_id UNINDEXED, secret UNINDEXED, document, tokenize = 'unicode61 remove_diacritics 2', prefix = '3 4'
)
"""
_PLACE = "max(-8000000000, min(8000000000, CAST(strftime('%s', {row}.dated_at) AS INTEGER))) * {bits} + {row}.id"
_CURRENT = "FROM moderation_classification current WHERE current.item_id = item.id AND current.superseded_at IS NULL"
_NOTES = f"""substr(coalesce((SELECT group_concat(substr(note.text, 1, {NOTES}), ' ') FROM (
    SELECT judged.note AS text FROM moderation_classification judged WHERE judged.item_id = item.id
    UNION ALL
    SELECT note.text FROM moderation_note note WHERE note.item_id = item.id AND note.withdrawn_at IS NULL
) note), ''), 1, {NOTES})"""
_REFERENCES = f"""substr(coalesce((SELECT group_concat(step.reference, ' ') FROM moderation_followupstep step
    JOIN moderation_classification judged ON judged.id = step.classification_id
    WHERE judged.item_id = item.id AND step.reference <> ''), ''), 1, {REFERENCES})"""
_COLUMNS = "INSERT INTO moderation_searchentry (rowid, item_id, secret, document)"


def _spelt(words: str) -> str:
    """With the letters that unicode61 leaves as they are."""
    for letter, plain in WHOLE.items():
        words = f"replace({words}, '{letter}', '{plain}')"
    return words


_RECEIVED = f"""{_COLUMNS} VALUES ({_PLACE.replace("{row}", "NEW")}, NEW.id, 0,
    {_spelt(f"substr(NEW.author_name, 1, {AUTHOR}) || ' ' || substr(NEW.text, 1, {TEXT})")});"""
_ENTRY = f"""SELECT {_PLACE.replace("{row}", "item")}, item.id,
    EXISTS (SELECT 1 {_CURRENT} AND current.category = {{secret}}),
    {_spelt(f"substr(item.author_name, 1, {AUTHOR}) || ' ' || {_REFERENCES}")} || ' ' ||
    CASE WHEN EXISTS (SELECT 1 {_CURRENT} AND current.reason IN {{never}}) THEN '' ELSE
    {_spelt(f"{_NOTES} || ' ' || substr(item.text, 1, {TEXT})")} END
    FROM moderation_item item"""
FILL = f"{_COLUMNS} {_ENTRY}"
_REWRITE = f"""DELETE FROM moderation_searchentry WHERE rowid = {{former}};
    {_COLUMNS} {_ENTRY} WHERE item.id = {{subject}};"""
_FORMER = f"(SELECT {_PLACE.replace('{row}', 'item')} FROM moderation_item item WHERE item.id = {{subject}})"


def install(names: dict[str, str]) -> list[str]:
    statements = [_trigger("moderation_item", "search_received", "INSERT", "TRUE", _RECEIVED)]
    forget = f"DELETE FROM moderation_searchentry WHERE rowid = {_PLACE.replace('{row}', 'OLD')};"
    statements.append(_trigger("moderation_item", "search_forgotten", "DELETE", "TRUE", forget))
    statements += [_trigger(*watched, _rewrite(watched[0], watched[2])) for watched in WATCHED]
    return [filled(statement, names) for statement in statements]


def drop() -> list[str]:
    names = ["search_received", "search_forgotten", *(name for _, name, _, _ in WATCHED)]
    return [f"DROP TRIGGER IF EXISTS {name}" for name in names]


def _rewrite(table: str, event: str) -> str:
    row = "OLD" if event == "DELETE" else "NEW"
    # Only an item's own change can have moved it.
    former = _PLACE.replace("{row}", "OLD") if table == "moderation_item" else _FORMER
    return _REWRITE.replace("{former}", former).replace("{subject}", SUBJECT[table].replace("{row}", row))


def _trigger(table: str, name: str, event: str, condition: str, body: str) -> str:
    return f"CREATE TRIGGER {name} AFTER {event} ON {table} WHEN {condition} BEGIN {body} END"
