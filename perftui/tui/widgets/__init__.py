"""Thin widgets: they paint views and ask their host what to do with a key."""
