-- Schema 3 stores once what rows have in common. The rows that are there stay as they are.

-- What many rows hold alike (the issuer, a level, a grid, the settings), each text once. In
-- `content`, {"shared":2.0} stands for the second; the hash of a row covers the text with them
-- in their place, so that one which is changed breaks the chain.
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
