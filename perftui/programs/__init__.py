"""Other programs: git, LibreOffice, what sends a file through the terminal."""
