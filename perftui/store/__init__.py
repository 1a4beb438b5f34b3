"""The data folder: TOML files in and out, journal, saver, git."""
