-- Schema 2 marks the file as a register of mutualis; the rows and their rules are the same.

PRAGMA application_id = 1297437772;
