"""Edits that return their inverse, history, block paste."""
