"""What review says of a text while it is typed."""

from pathlib import Path

import pytest

from perftui.forms import GroupRole, Role, load_form
from perftui.model.document import Document, Location
from perftui.model.record import FieldPath
from perftui.review import engine
from perftui.tui.state.app_state import PENDING, AppState
from perftui.tui.state.cell_entry import enter
from perftui.tui.state.draft_findings import draft_to_review
from tests import factories
from tests.unit.tui.state.states import cell_at, opened

FORM = load_form("hebei-2021")
INDICATORS = FORM.project.group_of(GroupRole.INDICATORS)
assert INDICATORS is not None
VALUE, DESCRIPTION = INDICATORS.key_of(Role.VALUE), INDICATORS.key_of(Role.DESCRIPTION)


def satisfaction(document: Document, column: str) -> FieldPath:
    """A cell of the last row of the first project."""
    assert INDICATORS is not None
    rows = next(iter(document.projects.values())).rows(INDICATORS.key)
    return (INDICATORS.key, rows[-1].id, column)


def rules(state: AppState, path: FieldPath, text: str, file: str = "") -> list[str]:
    return [one.rule for one in draft_to_review(state, cell_at(state, path, file), text)()]


@pytest.mark.parametrize(
    ("text", "expected"), [("是/否", ["I010"]), ("12人", ["I011"]), ("≥95%", []), ("", []), (" ", [])]
)
def test_the_cells_own_errors_are_told_and_nothing_is_stored(tmp_path: Path, text: str, expected: list[str]) -> None:
    document = factories.document(projects=2)
    with opened(tmp_path, document) as state:
        before, reviewed = state.session.document, state.review
        assert rules(state, satisfaction(document, VALUE), text) == expected
        assert state.session.document is before
        assert state.review is reviewed
        assert not state.session.status.waiting


def test_what_is_told_is_what_stands_there_once_it_is_entered(tmp_path: Path) -> None:
    document = factories.document(projects=1)
    path = satisfaction(document, VALUE)
    for text in ("是/否", "12人", "95", "满意", "≥195%"):
        with opened(tmp_path / text.replace("/", ""), document) as state:
            told = draft_to_review(state, cell_at(state, path), text)()
            enter(state, cell_at(state, path), text)
            stands = state.shown.index.at.get(Location(file=state.file, path=path), ())
            assert told == tuple(one for one in stands if one.severity > 1)
            assert draft_to_review(state, cell_at(state, path), text)() == told, "the text that stands there already"


def test_the_file_of_the_cell_is_asked_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = factories.document(projects=3)
    with opened(tmp_path, document) as state:
        assert state.review
        asked: list[str] = []
        review_file = engine.review_file
        monkeypatch.setattr(engine, "review_file", lambda file, *rest: asked.append(file) or review_file(file, *rest))
        monkeypatch.setattr(engine, "_across", None)
        assert rules(state, satisfaction(document, VALUE), "是/否") == ["I010"]
        assert asked == [state.file]


def test_what_a_half_typed_text_cannot_help_is_not_told(tmp_path: Path) -> None:
    document = factories.document(projects=1)
    with opened(tmp_path, document) as state:
        assert rules(state, ("code",), "1303032") == []
        assert rules(state, ("budget", "total"), "12") == []
        assert rules(state, satisfaction(document, DESCRIPTION), "单位工做") == []
        assert rules(state, satisfaction(document, DESCRIPTION), "单位工做人员") == ["T002"]


def test_a_row_and_a_project_that_are_not_stored_yet_are_judged_as_well(tmp_path: Path) -> None:
    document = factories.document(projects=1)
    with opened(tmp_path, document, file=PENDING) as state:
        state.open_project(PENDING)
        assert rules(state, ("goals", "+", "text"), "用于工做经费") == ["T002"]
        assert list(state.session.document.projects) == list(document.projects)


def test_what_is_no_entry_and_what_is_accepted_or_off_is_not_told(tmp_path: Path) -> None:
    document = factories.document(projects=1)
    (tmp_path / "review.toml").write_text('[rules]\nI010 = "off"\n', encoding="utf-8")
    with opened(tmp_path, document) as state:
        assert rules(state, satisfaction(document, VALUE), "是/否") == []
        assert rules(state, ("plan", "m12"), "百分之") == []
