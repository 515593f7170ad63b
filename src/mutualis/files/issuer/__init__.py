"""The tables of data/issuer.toml, one module each."""
