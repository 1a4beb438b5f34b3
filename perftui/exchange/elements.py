"""Elements of an office's Word file."""

from lxml import etree


def drop(element: etree._Element) -> None:
    """Take an element out of the one that it stands in."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
