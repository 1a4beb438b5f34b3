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

    def __init__(self, form: Form) -> None:
        self._form = form
        self._now: dict[str, str] = {}
        self._untold: dict[str, str] = {}
        self._given_on: set[str] = set()  # names that were one project's and are another's

    def add(self, names: Mapping[str, str]) -> None:
        """Some have other names now, all at once."""
        if any(new in names for new in names.values()):
            self._given_on |= {*names, *names.values()}
        new_ones = {old: new for old, new in names.items() if old not in self._untold.values()}
        self._untold = _others({old: names.get(new, new) for old, new in self._untold.items()} | new_ones)
        self._now = _others({old: names.get(new, new) for old, new in self._now.items()} | dict(names))

    def taken(self) -> dict[str, str]:
        """Those since the last call, each with its name now."""
        told, self._untold = self._untold, {}
        return told

    def in_files(self, edits: Iterable[Edit], seen: Document | None, document: Document) -> list[Edit]:
        """Edits made on the version ``seen``, before one knew of it, in the files of now."""
        made = list(edits)
        added = {one.file for one in made if isinstance(one, AddFile)}
        names = self._since(seen, document)
        return [in_file(one, names) if one.file not in added else one for one in made]

    def as_now(self, seen: Document, document: Document) -> Document:
        """An older version of the document with the names of now."""
        return seen.renamed(self._since(seen, document))

    def _since(self, seen: Document | None, document: Document) -> dict[str, str]:
        """The files of an older version that have other names now."""
        names = {old: new for old, new in self._now.items() if not document.has(old)}
        if seen is None or seen is document or not self._given_on:
            return names
        before, now = (
            {file: one.projects[file] for file in self._given_on if file in one.projects} for one in (seen, document)
        )
        return names | moved_files(self._form, before, now)


def _others(names: Mapping[str, str]) -> dict[str, str]:
    return {old: new for old, new in names.items() if old != new}


def moved_files(form: Form, before: Mapping[str, Record], now: Mapping[str, Record]) -> dict[str, str]:
    """The files whose project is in another one now, each with that: gone ones, and those that swapped their names.

    A file that holds its project still is none of them, and none takes the file of a project that is nowhere now.
    """
    stay = {file for file in before if file in now and _is_same_project(form, before[file], now[file])}
    gone, came = ({file: one for file, one in lot.items() if file not in stay} for lot in (before, now))
    found = _renamed_files(form, gone, came)
    while lost := [old for old, new in found.items() if old == new or (new in gone and new not in found)]:
        found = {old: new for old, new in found.items() if old not in lost}
    return found


def _renamed_files(form: Form, gone: Mapping[str, Record], came: Mapping[str, Record]) -> dict[str, str]:
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
    before, now = (
        {file: record for file, record in one.projects.items() if other.projects.get(file) is not record}
        for one, other in ((old, new), (new, old))
    )
    return moved_files(form, before, now)


def with_names_of(new: Document, old: Document, form: Form) -> Document:
    """An older version of a document, each project in the file that it is in now."""
    return old.renamed(renamed_between(form, old, new))


def renames_in_words(renames: Mapping[str, str]) -> Sequence[str]:
    """A sentence for each file that has another name."""
    sentence = _("{old} 改名为 {new}，内容都在")
    return [sentence.format(old=file_stem(old), new=file_stem(new)) for old, new in renames.items()]
