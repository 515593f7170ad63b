-- One table, to which rows are only ever added. Each row holds a document or an event as
-- canonical JSON (`content`), chained to the row before it by its hash; the other columns
-- repeat what queries and the rules below need, and `verify` compares them with the content.

-- The mark of a register of mutualis in the header of the file: "MUTL".
PRAGMA application_id = 1297437772;

CREATE TABLE entries (
    seq      INTEGER PRIMARY KEY,
    kind     TEXT NOT NULL CHECK (kind <> ''),
    number   TEXT UNIQUE,
    series   TEXT,
    rank     INTEGER,
    day      TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    cents    INTEGER NOT NULL,
    content  TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash     TEXT NOT NULL UNIQUE,
    UNIQUE (series, rank),
    CHECK ((number IS NULL) = (series IS NULL) AND (number IS NULL) = (rank IS NULL))
) STRICT;

CREATE TRIGGER entries_are_never_changed BEFORE UPDATE ON entries
BEGIN
    SELECT RAISE(ABORT, 'entries are never changed');
END;

CREATE TRIGGER entries_are_never_deleted BEFORE DELETE ON entries
BEGIN
    SELECT RAISE(ABORT, 'entries are never deleted');
END;

-- Also what stops INSERT OR REPLACE, which deletes without firing a delete trigger.
CREATE TRIGGER entries_are_only_appended BEFORE INSERT ON entries
BEGIN
    SELECT RAISE(ABORT, 'entries are only appended')
    WHERE NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entries)
       OR NEW.previous IS NOT coalesce(
              (SELECT hash FROM entries ORDER BY seq DESC LIMIT 1),
              '0000000000000000000000000000000000000000000000000000000000000000')
       OR EXISTS (SELECT 1 FROM entries WHERE number = NEW.number)
       OR NEW.rank IS NOT CASE WHEN NEW.series IS NULL THEN NULL ELSE
              (SELECT coalesce(max(rank), 0) + 1 FROM entries WHERE series = NEW.series) END;
END;

-- What many rows hold alike (the issuer, a level, a grid, the settings), each text once. In
-- `content`, {"shared":["text",2]} stands for the second; the hash of a row covers the text with
-- them in their place, so that one which is changed breaks the chain.
CREATE TABLE shared (
    number INTEGER PRIMARY KEY,
    text   TEXT NOT NULL UNIQUE
) STRICT;

CREATE TRIGGER shared_is_never_changed BEFORE UPDATE ON shared
BEGIN
    SELECT RAISE(ABORT, 'shared texts are never changed');
END;

CREATE TRIGGER shared_is_never_deleted BEFORE DELETE ON shared
BEGIN
    SELECT RAISE(ABORT, 'shared texts are never deleted');
END;

-- Also what stops INSERT OR REPLACE, as above.
CREATE TRIGGER shared_is_only_appended BEFORE INSERT ON shared
BEGIN
    SELECT RAISE(ABORT, 'shared texts are only appended')
    WHERE NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM shared)
       OR EXISTS (SELECT 1 FROM shared WHERE text = NEW.text);
END;

-- What finds the rows of a commune, then those that speak of its documents, without the others.
-- A kind that is not named here, and whose rows have no commune, is read with those of everyone.
CREATE INDEX entries_by_subject ON entries (CASE WHEN json_valid(content) THEN json_extract(content,
    CASE kind WHEN 'quote' THEN '$.quote.commune.code_insee' WHEN 'titre' THEN '$.invoice'
    WHEN 'titre-withdrawal' THEN '$.document' WHEN 'answer' THEN '$.quote'
    WHEN 'answer-withdrawal' THEN '$.quote' WHEN 'work' THEN '$.quote'
    WHEN 'withdrawal' THEN '$.quote' WHEN 'closure' THEN '$.quote'
    WHEN 'closure-withdrawal' THEN '$.quote' WHEN 'remise-withdrawal' THEN '$.credit'
    WHEN 'qualification' THEN '$.credit' ELSE '$.commune.code_insee' END) END);

CREATE INDEX entries_by_commune_billed ON entries (
    CASE WHEN json_valid(content) THEN json_extract(content, '$.billed.code_insee') END)
    WHERE CASE WHEN json_valid(content) THEN json_extract(content, '$.billed.code_insee') END
    IS NOT NULL;
