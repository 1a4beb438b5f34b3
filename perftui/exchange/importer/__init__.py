"""Documents in: plain content from a dump or a DOCX, matched with a form by its labels."""
