"""Finding texts in a whole document gives what looking at every field by itself gives."""

import pytest

from perftui.forms import load_form
from perftui.model.document import Document, Location
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.search import matching
from perftui.viewmodel.text_search import Found, TextSearch
from tests import factories

FORM = load_form("hebei-2021")
DOCUMENT = factories.document(projects=3)


def field_by_field(document: Document, wanted: str) -> list[Found]:
    shown = DocumentView(document=document, form=FORM)
    filled = [
        (Location(file=file, path=path), record.text(path))
        for file, record in document.files()
        for path, _field in shown.form.spec_of(file).fields(record)
        if record.text(path)
    ]
    return matching(wanted, filled, lambda one: one[1:])


@pytest.mark.parametrize(
    "wanted",
    [
        *("补助", "居民满意度", "jmmyd", "JMMYD", "jmmyt", "≥98%", "人 补助", "1201000", "１２０１０００"),
        *("补助（一）", "第1个", "没有这样的", "a.b", "。", "第１个项目的人员"),
    ],
)
def test_the_same_as_field_by_field(wanted: str) -> None:
    shown = DocumentView(document=DOCUMENT, form=FORM)
    assert TextSearch().find(shown, wanted, 1000) == field_by_field(DOCUMENT, wanted)


def test_at_most_so_many() -> None:
    shown = DocumentView(document=DOCUMENT, form=FORM)
    assert len(TextSearch().find(shown, "补助", 2)) == 2
    assert TextSearch().find(shown, "  ", 2) == []


def test_an_edit_is_seen() -> None:
    search = TextSearch()
    assert search.find(DocumentView(document=DOCUMENT, form=FORM), "社区老年食堂", 9) == []
    file = list(DOCUMENT.projects)[1]
    edited = DOCUMENT.with_record(file, DOCUMENT.projects[file].with_value(("name",), "社区老年食堂"))
    (found,) = search.find(DocumentView(document=edited, form=FORM), "社区老年食堂", 9)
    assert (found[0].file, found[0].path, found[1]) == (file, ("name",), "社区老年食堂")
    assert search.find(DocumentView(document=edited.without(file), form=FORM), "社区老年食堂", 9) == []
