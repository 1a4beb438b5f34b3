"""Is a record in another file still the same one?"""

from perftui.model.record import ORDER, Record


def is_other(before: Record, now: Record) -> bool:
    """Is it another record? The same one, edited and under another name, stays in its place and keeps rows."""
    if before.value((ORDER,)) != now.value((ORDER,)):
        return True
    ids, ids_now = ({row.id for rows in one.groups.values() for row in rows} for one in (before, now))
    return bool(ids) and ids.isdisjoint(ids_now)
