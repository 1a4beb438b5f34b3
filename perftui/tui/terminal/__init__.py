"""The driver between Textual and the terminal: only changed cells are sent, keys are decoded kindly."""
