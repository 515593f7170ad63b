"""The tables of data/issuer.toml that have a module of their own."""
