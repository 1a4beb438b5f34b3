"""A text looked for in every field of a document: the texts of a file are put together once, and kept."""

from collections.abc import Iterator
from itertools import islice

from perftui.model.document import Location
from perftui.model.frozen import frozen
from perftui.model.record import FieldPath, Record
from perftui.model.stop_flag import NEVER, StopFlag
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.search import holding, matches, may_slip, wanted_words

Found = tuple[Location, str]
"""A field, and what it holds."""


@frozen
class _Texts:
    """The filled fields of one file."""

    record: Record
    fields: tuple[tuple[FieldPath, str], ...]
    whole: str
    """All of the texts, joined by line breaks."""


class TextSearch:
    """Searches all fields; the texts of a file are collected once, and again only when its record is another."""

    def __init__(self) -> None:
        self._files: dict[str, _Texts] = {}

    def find(self, shown: DocumentView, wanted: str, most: int, stop: StopFlag = NEVER) -> list[Found]:
        """At most so many fields that hold what is wanted; where none does, those that nearly do. Raises Stopped."""
        if not wanted.split():
            return []
        exact = list(islice(self._exact(shown, wanted, stop), most))
        if exact or not may_slip(wanted):
            return exact
        return list(islice(self._near(shown, wanted, stop), most))

    def _exact(self, shown: DocumentView, wanted: str, stop: StopFlag) -> Iterator[Found]:
        words = wanted_words(wanted)
        parts = [plain for plain, _pattern in words if plain]
        for file, record in stop.watched(shown.document.files()):
            texts = self._files.get(file)
            if texts is None or texts.record is not record:
                if not all(map(record.may_hold, parts)):
                    continue
                texts = self._texts(shown, file, record)
            if holding(words, [((), texts.whole)]):  # one look at the whole file spares most of its fields
                for path, text in holding(words, texts.fields):
                    yield Location(file=file, path=path), text

    def _near(self, shown: DocumentView, wanted: str, stop: StopFlag) -> Iterator[Found]:
        for file, record in stop.watched(shown.document.files()):
            texts = self._texts(shown, file, record)
            if matches(wanted, texts.whole):
                yield from (
                    (Location(file=file, path=path), text) for path, text in texts.fields if matches(wanted, text)
                )

    def _texts(self, shown: DocumentView, file: str, record: Record) -> _Texts:
        texts = self._files.get(file)
        if texts is None or texts.record is not record:
            texts = self._files[file] = _read(shown, file, record)
        return texts


def _read(shown: DocumentView, file: str, record: Record) -> _Texts:
    values = shown.form.spec_of(file).values(record)
    fields = tuple([(path, str(value)) for path, _field, value in values if value is not None and value != ""])
    record.let_go()
    return _Texts(record=record, fields=fields, whole="\n".join([text for _path, text in fields]))
