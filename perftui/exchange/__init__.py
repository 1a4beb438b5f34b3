"""Documents in and out: the printed page, DOCX, tables of text."""
