"""The screens of a document by name, and which kind each is. Nothing is imported here."""

PANES = ("projects", "funds", "plan", "indicators", "department", "findings", "preview", "overview")
"""The screens in the order of F6."""

FORM = "form"
"""The form of one project, which is reached from the list of projects."""
OF_ONE_PROJECT = (FORM, "indicators")
NUMBER_SHEETS = ("funds", "plan")
"""A row a project, a column an amount."""
PROJECT_SHEETS = ("projects", *NUMBER_SHEETS)
"""Screens in which every row is a project."""
COMPARISON = "comparison"
"""This year against last year: a list that is reached from the palette and from the overview."""
FILTERED = ("projects", "findings", COMPARISON)
"""Lists in which letters filter."""
LISTS = (*FILTERED, "preview", "overview")
"""Screens in which nothing is typed."""


def pane_key(pane: str, file: str) -> str:
    """What the cursor's place on a screen is remembered under; ``file``: the project at hand."""
    return f"{pane}:{file}" if pane in OF_ONE_PROJECT else pane
