"""Bytes on disk: read, guarded atomic write, locks, safe names."""
