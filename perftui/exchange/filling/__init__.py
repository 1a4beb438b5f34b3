"""An office's own empty form, filled: where the importer would read is where the values are written."""
