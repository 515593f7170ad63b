"""TOML files: where each value stands, what is wrong with it."""
