"""Plain frozen records, money, values, widths: no terminal, no files."""
