"""Form definitions: TOML data and its loader."""
