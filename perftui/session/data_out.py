"""The document as plain data, for the next system: what the files hold, whole, in one value."""

import tomllib
from collections.abc import Collection
from typing import Any

from perftui.forms import Form
from perftui.model.document import Document
from perftui.store.toml.canonical import canonical

VERSION = 1
"""Of the shape; see ``perftui schema --document``."""


def plain_document(document: Document, form: Form, files: Collection[str] | None = None) -> dict[str, Any]:
    """The document, or only some of its projects, as JSON can hold it: a record's keys are those of its file.

    Amounts and percentages are strings, in 元 and as typed; a blank field is absent; rows are keyed by id, ``order``
    says their place. Projects stand as they are printed.
    """
    projects = [
        {"file": file, **tomllib.loads(canonical(document.record(file), form.project))}
        for file in document.projects
        if files is None or file in files
    ]
    return {
        "version": VERSION,
        "form": document.form,
        "year": document.year,
        "unit": document.unit,
        "department": tomllib.loads(canonical(document.department, form.department)),
        "projects": projects,
    }
