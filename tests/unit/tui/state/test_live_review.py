"""The rules look at a large edit in a worker; what a person sees, and does, meanwhile."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from perftui.editing.edits import SetValue
from perftui.model.document import DEPARTMENT
from perftui.review.engine import review_document
from perftui.tui.panes import FORM
from perftui.tui.state import live_review
from perftui.tui.state.app_state import AppState
from tests import factories
from tests.unit.tui.state.states import opened


class Worker:
    """Does what is given to it when it is told to."""

    def __init__(self, state: AppState) -> None:
        self.given: list[tuple[Callable[[], Any], Callable[[Any], None]]] = []
        self.looked: list[bool] = []
        assert state.review.findings
        assert state.shown
        state.live_review.look_behind(lambda work, done: self.given.append((work, done)), self.looked.append)

    def work(self) -> None:
        work, done = self.given.pop(0)
        done(work())


def put(state: AppState, file: str, key: str, value: str) -> None:
    state.run([SetValue(file=file, path=(key,), value=value)], "x")


def whole(state: AppState) -> object:
    """What the rules say when they look at all of the document."""
    return review_document(state.document, state.session.form, state.live_review.current.settings).findings


@pytest.fixture
def all_is_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_review, "FEW_ROWS", 0)


@pytest.mark.usefixtures("all_is_much")
def test_an_edit_does_not_wait_for_the_rules(tmp_path: Path) -> None:
    with opened(tmp_path, factories.document(projects=3), FORM) as state:
        worker = Worker(state)
        before = state.shown.index
        put(state, state.file, "name", "")
        assert state.shown.index is before
        assert state.live_review.is_behind
        worker.work()
        assert not state.live_review.is_behind
        assert worker.looked == [True]
        assert not state.shown.index.tells_the_same(before)
        assert state.live_review.known is not None
        assert state.live_review.known.findings == whole(state)


@pytest.mark.usefixtures("all_is_much")
def test_edits_made_meanwhile_are_looked_at_together(tmp_path: Path) -> None:
    with opened(tmp_path, factories.document(projects=3), FORM) as state:
        worker = Worker(state)
        for name in ("甲", "乙", ""):
            put(state, state.file, "name", name)
        put(state, DEPARTMENT, "name", "另一个单位")
        assert len(worker.given) == 1
        worker.work()
        assert state.live_review.is_behind
        worker.work()
        assert not worker.given
        assert state.live_review.known is not None
        assert state.live_review.known.findings == whole(state)


@pytest.mark.usefixtures("all_is_much")
def test_who_asks_for_the_findings_gets_those_of_now(tmp_path: Path) -> None:
    with opened(tmp_path, factories.document(projects=3), FORM) as state:
        worker = Worker(state)
        put(state, state.file, "name", "")
        assert state.review.findings == whole(state)
        now = state.shown.index
        worker.work()
        assert state.shown.index is now, "what the worker brings is out of date"


@pytest.mark.usefixtures("all_is_much")
def test_an_edit_that_the_rules_say_nothing_new_of_shows_nothing_anew(tmp_path: Path) -> None:
    with opened(tmp_path, factories.document(projects=3), "projects") as state:
        worker = Worker(state)
        before = state.shown
        goal = state.record.rows("goals")[0].id
        state.run([SetValue(file=state.file, path=("goals", goal, "order"), value=900)], "x")
        index, shown = state.shown.index, state.shown
        worker.work()
        assert shown is not before
        assert worker.looked == [False]
        assert state.shown is shown
        assert shown.index is index


def test_a_small_edit_is_looked_at_at_once(tmp_path: Path) -> None:
    with opened(tmp_path, factories.document(projects=3), FORM) as state:
        worker = Worker(state)
        put(state, state.file, "name", "")
        assert not worker.given
        assert state.live_review.known is not None
        assert state.live_review.known.findings == whole(state)
