"""The index in PostgreSQL: a table beside the items, written in bulk where items come in in bulk.

The words are taken as they stand ('simple'), small and without dots and rings; what is typed is cut to its Swedish stem.
"""

from moderation.search.conditions import AUTHOR, NOTES, REFERENCES, SUBJECT, TEXT, WATCHED, filled
from moderation.search.fold import FROM, TO


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


TABLE = """
CREATE TABLE moderation_searchentry (
    rowid bigint PRIMARY KEY, item_id bigint NOT NULL UNIQUE, secret boolean NOT NULL, document tsvector NOT NULL
)
"""
# Built last, over all that is there already.
INDEX = "CREATE INDEX searchentry_document ON moderation_searchentry USING gin (document)"
WORDS = "CREATE INDEX searchword_trigrams ON moderation_searchword USING gin (word gin_trgm_ops)"
FILL = """
INSERT INTO moderation_searchentry (rowid, item_id, secret, document)
SELECT entry.* FROM moderation_item item CROSS JOIN LATERAL moderation_search_entry(item.id) AS entry
"""

_FUNCTIONS = (
    f"""
CREATE OR REPLACE FUNCTION moderation_search_words(words text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT to_tsvector('simple', translate(lower(words), {_quoted(FROM)}, {_quoted(TO)}))
$$
""",
    """
CREATE OR REPLACE FUNCTION moderation_search_place(dated_at timestamptz, id bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT greatest(-8000000000, least(8000000000, floor(extract(epoch FROM dated_at))))::bigint * {bits} + id
$$
""",
    f"""
CREATE OR REPLACE FUNCTION moderation_search_entry(wanted bigint)
RETURNS TABLE (place bigint, item bigint, is_secret boolean, words tsvector)
LANGUAGE sql STABLE AS $$
    SELECT moderation_search_place(item.dated_at, item.id), item.id, coalesce(current.category = {{secret}}, false),
        moderation_search_words(concat_ws(' ',
            left(item.author_name, {AUTHOR}),
            left((SELECT string_agg(step.reference, ' ') FROM moderation_followupstep step
                JOIN moderation_classification judged ON judged.id = step.classification_id
                WHERE judged.item_id = item.id AND step.reference <> ''), {REFERENCES}),
            CASE WHEN current.reason IN {{never}} THEN '' ELSE concat_ws(' ',
                left((SELECT string_agg(left(note.text, {NOTES}), ' ') FROM (
                    SELECT judged.note AS text FROM moderation_classification judged WHERE judged.item_id = item.id
                    UNION ALL
                    SELECT note.text FROM moderation_note note WHERE note.item_id = item.id AND note.withdrawn_at IS NULL
                ) note), {NOTES}),
                left(item.text, {TEXT})) END))
    FROM moderation_item item
    LEFT JOIN moderation_classification current ON current.item_id = item.id AND current.superseded_at IS NULL
    WHERE item.id = wanted
$$
""",
    """
CREATE OR REPLACE FUNCTION moderation_search_rewrite(wanted bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    -- Whoever holds the row may be about to commit another half of the same entry. The next statement sees it.
    PERFORM 1 FROM moderation_searchentry WHERE item_id = wanted FOR UPDATE;
    UPDATE moderation_searchentry entry SET rowid = fresh.place, secret = fresh.is_secret, document = fresh.words
    FROM moderation_search_entry(wanted) AS fresh
    WHERE entry.item_id = wanted AND (entry.rowid, entry.secret, entry.document)
        IS DISTINCT FROM (fresh.place, fresh.is_secret, fresh.words);
END
$$
""",
    f"""
CREATE OR REPLACE FUNCTION moderation_search_received() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- What has just come in is neither judged nor noted yet.
    INSERT INTO moderation_searchentry (rowid, item_id, secret, document)
    SELECT moderation_search_place(dated_at, id), id, false,
        moderation_search_words(left(author_name, {AUTHOR}) || ' ' || left(text, {TEXT}))
    FROM fresh;
    RETURN NULL;
END
$$
""",
    """
CREATE OR REPLACE FUNCTION moderation_search_forgotten() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM moderation_searchentry WHERE item_id = OLD.id;
    RETURN NULL;
END
$$
""",
)
_FOLLOW = """
CREATE OR REPLACE FUNCTION moderation_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM moderation_search_rewrite({subject});
    RETURN NULL;
END
$$
"""
_ITEMS = (
    "CREATE TRIGGER search_received AFTER INSERT ON moderation_item REFERENCING NEW TABLE AS fresh "
    "FOR EACH STATEMENT EXECUTE FUNCTION moderation_search_received()",
    "CREATE TRIGGER search_forgotten AFTER DELETE ON moderation_item "
    "FOR EACH ROW EXECUTE FUNCTION moderation_search_forgotten()",
)


def install(names: dict[str, str]) -> list[str]:
    statements = [filled(function, names) for function in _FUNCTIONS]
    for table, name, event, condition in WATCHED:
        row = "OLD" if event == "DELETE" else "NEW"
        statements.append(_FOLLOW.replace("{name}", name).replace("{subject}", SUBJECT[table].replace("{row}", row)))
        statements.append(
            f"CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW "
            f"WHEN ({filled(condition, names)}) EXECUTE FUNCTION moderation_{name}()"
        )
    return [*statements, *_ITEMS]


def drop() -> list[str]:
    triggers = [(table, name) for table, name, _, _ in WATCHED]
    triggers += [("moderation_item", "search_received"), ("moderation_item", "search_forgotten")]
    return [f"DROP TRIGGER IF EXISTS {name} ON {table}" for table, name in triggers]
