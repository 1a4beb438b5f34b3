"""A file that git shows or compares, in the form's words: its form is found by its place, else by what it holds."""

from pathlib import Path

from perftui.files.reading import read_file
from perftui.forms import Form, RecordSpec, form_or_unknown, usable_forms
from perftui.model.document import DEPARTMENT
from perftui.model.record import Record
from perftui.store.git.merge_driver import record_spec
from perftui.store.toml.decode import decode


def read_versions(name: str, paths: tuple[Path, ...]) -> tuple[Form, str, tuple[Record, ...]]:
    """The form of a file, what it is called in a document, and its versions; empty ones for what is not there.

    Raises BadFile for a file that is no record of a document, and a FileError.
    """
    versions = [b"" if path == Path("/dev/null") else read_file(path).data for path in paths]
    there = [data for data in versions if data]
    spec = record_spec(name, [*there, *there[-1:] * (3 - len(there))])
    records = tuple(decode(data, spec) if data else Record() for data in versions)
    form = _form_of(spec)
    return form, DEPARTMENT if spec == form.department else f"projects/{Path(name).name or 'x.toml'}", records


def _form_of(spec: RecordSpec) -> Form:
    found = (form for form in usable_forms() if spec in (form.project, form.department))
    return next(found, None) or form_or_unknown("")[0]
