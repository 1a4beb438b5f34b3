"""Thin widgets: they paint views and post messages."""
