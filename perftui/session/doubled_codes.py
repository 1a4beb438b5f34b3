"""Projects whose code stands in two documents of one year: each sum over the documents counts them twice."""

from collections.abc import Iterator, Mapping

from perftui.forms import Form, Role
from perftui.forms.computed_fields import role_text
from perftui.locale import _
from perftui.model.document import Document


class DoubledCodes:
    """The codes of many documents, taken in one document after the other."""

    def __init__(self) -> None:
        self._codes: dict[int, dict[str, frozenset[str]]] = {}

    def add(self, document: Document, form: Form) -> None:
        """Take the codes of a document in."""
        texts = (role_text(form.project, record, Role.CODE).strip() for record in document.projects.values())
        self._codes.setdefault(document.year, {})[document.unit] = frozenset(filter(None, texts))

    def sentences(self) -> Iterator[str]:
        """What is said of each two documents that have codes in common, the newest year first."""
        for year, units in sorted(self._codes.items(), reverse=True):
            yield from _in_words(year, units)


def _in_words(year: int, units: Mapping[str, frozenset[str]]) -> Iterator[str]:
    seen: dict[str, str] = {}
    shared: dict[tuple[str, str], int] = {}
    for unit in sorted(units):
        for code in units[unit]:
            first = seen.setdefault(code, unit)
            if first != unit:
                shared[first, unit] = shared.get((first, unit), 0) + 1
    for (first, second), count in shared.items():
        yield _("{year} 年 {first} 和 {second} 有 {count} 个编码相同，合计算重了：复制来的删掉，或改好编码").format(
            year=year, first=first, second=second, count=count
        )
