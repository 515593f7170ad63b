-- Schema 3 stores once what rows have in common. The rows that are there stay as they are.

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

-- Also what stops INSERT OR REPLACE (schema.sql).
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
