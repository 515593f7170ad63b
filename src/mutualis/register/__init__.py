"""The register: what was issued, for good. Only `store` speaks to sqlite3."""
