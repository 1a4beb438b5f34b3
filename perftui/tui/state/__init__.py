"""What the screens do with the open document, without a terminal: every action can be tried in a plain test."""
