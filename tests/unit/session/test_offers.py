"""Half-typed texts, undo history and marks of every ended session come back or are offered, whichever ended last."""

from dataclasses import replace
from pathlib import Path

import pytest

from perftui.editing.edits import SetValue
from perftui.model.document import DEPARTMENT, Location
from perftui.model.record import CONFLICTS
from perftui.session.journal.log import journal_folder
from perftui.session.open_document import OpenDocument
from perftui.store.folder import DocumentFolder
from tests import factories
from tests.unit.store.documents import first_file, write_document

DOCUMENT = factories.document()
FILE = first_file(DOCUMENT)
NAME = Location(file=FILE, path=("name",))
PURPOSE = Location(file=FILE, path=("budget", "purpose"))


@pytest.fixture
def folder(tmp_path: Path) -> DocumentFolder:
    return write_document(tmp_path / "data", DOCUMENT)


def typing(folder: DocumentFolder, place: Location, text: str) -> OpenDocument:
    session = OpenDocument.open(folder)
    session.draft(place, text, session.document)
    session.flush()
    return session


def test_a_text_of_an_older_window_is_there_when_a_newer_one_has_ended_last(folder):
    first = typing(folder, NAME, "写了一半")
    second = OpenDocument.open(folder)
    first.close()
    second.run([SetValue(file=FILE, path=PURPOSE.path, value="用途")], "later")
    second.close()
    session = OpenDocument.open(folder)
    assert session.recovered.draft is not None
    assert session.recovered.draft.text == "写了一半"
    session.close()


def two_left(folder: DocumentFolder) -> OpenDocument:
    first, second = typing(folder, NAME, "写了一半"), typing(folder, PURPOSE, "另一半")
    first.close()
    second.close()
    return OpenDocument.open(folder)


def test_of_two_texts_one_is_opened_again_and_the_other_offered_until_it_is_answered(folder):
    session = two_left(folder)
    opened = session.recovered.draft
    assert opened is not None
    (offer,) = session.offers
    assert {opened.text, offer.draft.text} == {"写了一半", "另一半"}
    assert offer.person
    assert offer.at > 0
    session.draft(None)
    session.close()
    for _start in range(2):
        again = OpenDocument.open(folder)
        assert again.offers == (offer,)
        again.close()
    last = OpenDocument.open(folder)
    last.let_go(offer)
    last.close()
    with_none = OpenDocument.open(folder)
    assert with_none.offers == ()
    with_none.close()


def test_an_offer_goes_into_its_field_where_that_is_as_it_was(folder):
    session = two_left(folder)
    (offer,) = session.offers
    step = session.put_in(offer)
    assert step is not None
    record = session.document.record(FILE)
    assert record.text(offer.draft.place.path) == offer.draft.text
    assert not record.rows(CONFLICTS)
    assert session.offers == ()
    session.undo()
    assert session.document.record(FILE).text(offer.draft.place.path) != offer.draft.text
    session.close()


def test_an_offer_for_a_field_that_was_changed_since_is_a_conflict(folder):
    session = two_left(folder)
    (offer,) = session.offers
    session.run([SetValue(file=FILE, path=offer.draft.place.path, value="别人写的")], "changed")
    session.put_in(offer)
    assert session.document.record(FILE).rows(CONFLICTS)
    session.close()


def test_an_offer_without_a_field_stays(folder):
    session = OpenDocument.open(folder)
    goal = session.document.record(FILE).rows("goals")[0]
    session.draft(Location(file=FILE, path=("goals", goal.id, "text")), "目标", session.document)
    session.flush()
    other = typing(folder, NAME, "名称")
    session.close()
    other.close()
    last = OpenDocument.open(folder)
    offers = [one for one in last.offers if len(one.draft.place.path) == 3]
    for offer in offers:
        last._shared.editor.document = last.document.with_record(
            FILE, last.document.record(FILE).without_row("goals", goal.id)
        )
        assert last.put_in(offer) is None
        assert offer in last.offers
    last.close()


def test_what_both_of_two_sessions_did_can_be_undone(folder):
    first, second = OpenDocument.open(folder), OpenDocument.open(folder)
    first.run([SetValue(file=FILE, path=NAME.path, value="一")], "first")
    second.poll()
    second.run([SetValue(file=FILE, path=PURPOSE.path, value="二")], "second")
    for session in (first, second):
        session.flush()
        session.close()
    again = OpenDocument.open(folder)
    assert [step.label for step in again.history.done] == ["first", "second"]
    again.close()
    once_more = OpenDocument.open(folder)
    assert [step.label for step in once_more.history.done] == ["first", "second"]
    once_more.close()
    assert len(list(journal_folder(folder.folder).glob("*.log"))) == 1


def test_a_text_waits_while_the_document_can_only_be_read_or_another_years_is_open(folder, tmp_path):
    typing(folder, NAME, "写了一半").close()
    path = folder.path(DEPARTMENT)
    known = path.read_text(encoding="utf-8")
    path.write_text(known.replace(f'form = "{DOCUMENT.form}"', 'form = "not-here"'), encoding="utf-8")
    OpenDocument.open(folder).close()
    path.write_text(known, encoding="utf-8")
    other = replace(DOCUMENT, year=DOCUMENT.year + 1)
    OpenDocument.open(write_document(tmp_path / "data", other)).close()
    session = OpenDocument.open(folder)
    assert session.recovered.draft is not None
    assert session.recovered.draft.text == "写了一半"
    session.close()
