"""Where forms are: in the data folder, so that they travel with the data; in the person's own; and shipped.

The nearest one is taken where several have a name. Whether a form is still the same is told by its content.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perftui.files.errors import FileError
from perftui.files.reading import digest, read_file
from perftui.files.xdg_dirs import config_folder
from perftui.forms.assembly import COMMON, SHIPPED, build_form, unknown_form
from perftui.forms.definition import Form
from perftui.forms.parsed_forms import keep_plain, kept_plain
from perftui.locale import _
from perftui.model.frozen import frozen

if TYPE_CHECKING:
    from perftui.forms.mistakes import BadForm

FOLDER = "forms"
"""The folder of forms in a data folder, and in the person's configuration."""
DEFAULT_FORM = "hebei-2021"
GENERAL_FORMS = (DEFAULT_FORM, "mof-2021")
"""The shipped forms by whose labels a foreign document may be read unasked: those of a whole province, or of all.

The others are one place's; read by them, another place's document looks more certain than it is.
"""

_ENDING = ".toml"


class UnknownForm(Exception):  # noqa: N818 - named for what it says
    """There is no usable form of that name; ``str()`` of it is a sentence for the person."""

    def __init__(self, form_id: str, sentence: str = "", fault: str = "") -> None:
        super().__init__(sentence or _("没有名为“{name}”的表样").format(name=form_id))
        self.form_id = form_id
        self.fault = fault
        """In few words, of a form that is here and cannot be used."""


class Origin(StrEnum):
    """Where a form comes from, the nearest first."""

    DATA = "data"
    PERSON = "person"
    SHIPPED = "shipped"


@frozen
class FormFile:
    """A file that should define a form."""

    id: str
    """The file's name."""
    origin: Origin
    path: Path


_data: list[Path] = []
"""The data folder whose forms are looked for, if any."""
_made: dict[tuple[Path, str], Form] = {}
"""The forms that were made, by file and digest."""


def look_in(data: Path) -> None:
    """Look for forms in a data folder as well, from now on; another one before is no longer looked in."""
    _data[:] = [data]


def form_files() -> tuple[FormFile, ...]:
    """Every form's file, by name; of several with one name the nearest."""
    found = {file.id: file for file in reversed(tuple(_all_files()))}
    return tuple(found[name] for name in sorted(found))


def unused_form_files() -> tuple[FormFile, ...]:
    """The files that are not taken, because a nearer one has their name."""
    taken = form_files()
    return tuple(file for file in _all_files() if file not in taken)


def form_ids() -> tuple[str, ...]:
    """The names of all forms, the usual one first."""
    return tuple(sorted((file.id for file in form_files()), key=lambda name: (name != DEFAULT_FORM, name)))


def shipped_ids() -> tuple[str, ...]:
    """The names of the forms that come with the program, the usual one first."""
    return tuple(sorted(_names(SHIPPED), key=lambda name: (name != DEFAULT_FORM, name)))


def load_form(form_id: str) -> Form:
    """The form of a name; the same object as long as its file has the same content. Raises UnknownForm."""
    for _origin, folder in _folders():
        if form_id in _names(folder):
            return _loaded(form_id, folder / f"{form_id}{_ENDING}")
    raise UnknownForm(form_id)


def usable_forms() -> Iterator[Form]:
    """Every form that can be used, the usual one first."""
    for name in form_ids():
        with suppress(UnknownForm):
            yield load_form(name)


def form_or_unknown(form_id: str) -> tuple[Form, str]:
    """The form of a name, or what stands for one that is not here, with the sentence that says why."""
    try:
        return load_form(form_id), ""
    except UnknownForm as error:
        return unknown_form(form_id, error.fault), str(error)


def exchanged(form: Form) -> Form | None:
    """What a form has become underneath an open document; ``None`` as long as it is the same."""
    now, _reason = form_or_unknown(form.id)
    return None if now is form or (not now.is_known and now.missing == form.missing) else now


def read_form_file(path: Path) -> str:
    """The text of a form's file. Raises BadForm, or a FileError where the disk refuses."""
    from perftui.forms.loader import form_text  # only who writes forms needs what checks them

    return form_text(read_file(path).data)


def _loaded(form_id: str, path: Path) -> Form:
    if path.parent == SHIPPED:
        return _shipped(form_id)
    try:
        found = read_file(path)
    except FileError as error:
        fault = _("表样“{form}”读不出来（原因见 perftui forms）").format(form=form_id)
        raise UnknownForm(form_id, str(error), fault) from error
    if (path, found.digest) not in _made:
        _made[path, found.digest] = build_form(_plain(found.data, form_id, path))
    return _made[path, found.digest]


@cache
def _shipped(form_id: str) -> Form:
    path = SHIPPED / f"{form_id}{_ENDING}"
    return build_form(_plain(path.read_bytes(), form_id, path))


def _plain(data: bytes, form_id: str, path: Path) -> dict[str, Any]:
    """What a definition says: kept from an earlier start, else read, checked and kept. Raises UnknownForm."""
    content = digest(data)
    plain = kept_plain(content)
    if plain is None or plain.get("id") != form_id:
        from perftui.forms.loader import form_text, plain_form  # most starts find it kept
        from perftui.forms.mistakes import BadForm

        try:
            plain = plain_form(form_text(data), form_id)
        except BadForm as error:
            raise UnknownForm(form_id, _bad(path, error), _fault(path, error)) from error
        keep_plain(content, plain)
    return plain


def _bad(path: Path, error: "BadForm") -> str:
    count = len(error.mistakes)
    sentence = _("表样 {name} 有 {count} 处写错，{first}。全部见 perftui form check {path}")
    return sentence.format(name=path.name, count=count, first=error, path=path)


def _fault(path: Path, error: "BadForm") -> str:
    sentence = _("表样“{form}”第 {line} 行写错了（怎样改见 perftui forms）")
    return sentence.format(form=path.stem, line=error.mistakes[0].line)


def _folders() -> Iterator[tuple[Origin, Path]]:
    yield from ((Origin.DATA, data / FOLDER) for data in _data)
    yield Origin.PERSON, config_folder() / FOLDER
    yield Origin.SHIPPED, SHIPPED


def _all_files() -> Iterator[FormFile]:
    for origin, folder in _folders():
        for name in _names(folder):
            yield FormFile(id=name, origin=origin, path=folder / f"{name}{_ENDING}")


def _names(folder: Path) -> tuple[str, ...]:
    """The names of the forms in a folder; none where there is no such folder."""
    if folder == SHIPPED:
        return _shipped_names()
    return _listed(folder)


@cache
def _shipped_names() -> tuple[str, ...]:
    return tuple(name for name in _listed(SHIPPED) if name != COMMON)


def _listed(folder: Path) -> tuple[str, ...]:
    try:
        names = os.listdir(folder)
    except OSError:
        return ()
    return tuple(sorted(name.removesuffix(_ENDING) for name in names if name.endswith(_ENDING) and name[:1] != "."))
