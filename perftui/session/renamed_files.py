"""Projects whose files were given other names outside: by a file manager, by git. Nothing of them is gone."""

from collections.abc import Iterable, Mapping, Sequence

from perftui.editing.edits import AddFile, Edit, in_file
from perftui.forms import Form, Role
from perftui.locale import _
from perftui.model.diff import same_values
from perftui.model.document import Document, file_stem
from perftui.model.record import Record
from perftui.model.record_identity import is_other


class RenamedFiles:
    """The files that were given other names since the document was opened."""

    def __init__(self) -> None:
        self._now: dict[str, str] = {}
        self._untold: dict[str, str] = {}

    def add(self, old: str, new: str) -> None:
        """One has another name now."""
        self._now[old] = self._untold[old] = new
        self._now.pop(new, None)  # it may have its first name again

    def taken(self) -> dict[str, str]:
        """Those since the last call, each with its name now."""
        told, self._untold = self._untold, {}
        return told

    def in_files(self, edits: Iterable[Edit], document: Document) -> list[Edit]:
        """Edits made before one knew of it, in the files of now."""
        made = list(edits)
        added = {one.file for one in made if isinstance(one, AddFile)}
        names = {one.file: self._name_now(one.file) for one in made if not document.has(one.file)}
        return [in_file(one, names) if one.file not in added else one for one in made]

    def as_now(self, document: Document) -> Document:
        """An older version of the document with the names of now."""
        for old in self._now:
            document = document.renamed(old, self._name_now(old))
        return document

    def _name_now(self, file: str) -> str:
        while file in self._now:
            file = self._now[file]
        return file


def renamed_files(form: Form, gone: Mapping[str, Record], came: Mapping[str, Record]) -> dict[str, str]:
    """Of files that are gone those whose project is in another one that came, each with that file.

    One whose values are all the same goes first.
    """
    found: dict[str, str] = {}
    for is_it in (same_values, lambda before, now: _is_same_project(form, before, now)):
        for old, before in gone.items():
            left = [new for new in came if new not in found.values()] if old not in found else []
            new = next((one for one in left if is_it(before, came[one])), None)
            if new is not None:
                found[old] = new
    return found


def _is_same_project(form: Form, before: Record, now: Record) -> bool:
    texts = [[form.project.text_of(one, role) for one in (before, now)] for role in (Role.CODE, Role.NAME)]
    equal = [one == other for one, other in texts]
    if all(equal) and all(one for one, _other in texts):
        return True
    return any(equal) and not is_other(before, now)


def renamed_between(form: Form, old: Document, new: Document) -> dict[str, str]:
    """The project files of one version of a document that have another name in a later one, each with that name."""
    gone = {file: record for file, record in old.projects.items() if not new.has(file)}
    came = {file: record for file, record in new.projects.items() if not old.has(file)} if gone else {}
    return renamed_files(form, gone, came) if came else {}


def with_names_of(new: Document, old: Document, form: Form) -> Document:
    """An older version of a document, each project in the file that it is in now."""
    for name, file in renamed_between(form, old, new).items():
        old = old.renamed(name, file)
    return old


def renames_in_words(renames: Mapping[str, str]) -> Sequence[str]:
    """A sentence for each file that has another name."""
    sentence = _("{old} 改名为 {new}，内容都在")
    return [sentence.format(old=file_stem(old), new=file_stem(new)) for old, new in renames.items()]
