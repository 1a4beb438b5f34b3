"""Marks of what was copied: kept by entries of the journal, bounded, and worth nothing but themselves."""

from collections.abc import Mapping
from typing import Any

import pytest

from perftui.model.document import Location
from perftui.model.record import FieldPath
from perftui.session import unreviewed
from perftui.session.journal.entries import replay
from perftui.session.journal.log import EndedJournal
from perftui.session.journal.recovery import recover
from perftui.session.unreviewed import Unreviewed
from perftui.store.json_values import from_json, to_json
from tests import factories

DOCUMENT = factories.document(projects=2)
ONE, TWO = DOCUMENT.projects
NAME, PURPOSE = ("name",), ("budget", "purpose")


class Noted:
    """Marks, and the journal of them."""

    def __init__(self) -> None:
        self.entries: list[dict[str, Any]] = [{"open": {"person": "", "at": 1.0}}]
        self.unreviewed = Unreviewed(self.entries.append)

    def mark(self, file: str, *paths: FieldPath) -> None:
        self.unreviewed.mark(file, DOCUMENT.record(file), paths, "样板")

    def again(self) -> Unreviewed:
        """The marks of the next start."""
        journal = EndedJournal(None, tuple(from_json(to_json(self.entries))), lambda: None)  # type: ignore[arg-type]
        return Unreviewed(marks=recover(DOCUMENT, (), [journal], "").unreviewed)


@pytest.fixture
def noted() -> Noted:
    return Noted()


def places(marks: Unreviewed) -> Mapping[Location, str]:
    return marks.current(DOCUMENT)


def test_what_was_looked_at_is_not_marked_at_the_next_start(noted: Noted) -> None:
    noted.mark(ONE, NAME, PURPOSE, ("code",))
    noted.unreviewed.look_at(Location(file=ONE, path=NAME))
    assert noted.unreviewed.look_at(Location(file=TWO, path=NAME))
    again = noted.again()
    expected = {Location(file=ONE, path=path): "样板" for path in (PURPOSE, ("code",))}
    assert places(again) == places(noted.unreviewed) == expected


def test_a_text_that_is_another_is_marked_no_longer_whatever_it_becomes(noted: Noted) -> None:
    noted.mark(ONE, NAME, PURPOSE)
    changed = DOCUMENT.with_record(ONE, DOCUMENT.projects[ONE].with_value(NAME, "别的"))
    assert set(noted.unreviewed.current(changed)) == {Location(file=ONE, path=PURPOSE)}
    assert set(places(noted.unreviewed)) == set(places(noted.again())) == {Location(file=ONE, path=PURPOSE)}


def test_a_text_changed_between_two_starts_is_marked_no_longer(noted: Noted) -> None:
    noted.mark(ONE, NAME, PURPOSE)
    changed = DOCUMENT.with_record(ONE, DOCUMENT.projects[ONE].with_value(NAME, "别的"))
    assert set(noted.again().current(changed)) == {Location(file=ONE, path=PURPOSE)}


def test_a_project_of_which_all_was_looked_at_is_still_known(noted: Noted) -> None:
    noted.mark(ONE, NAME)
    for path in (NAME, PURPOSE):
        noted.unreviewed.look_at(Location(file=ONE, path=path))
    again = noted.again()
    assert not places(again)
    assert again.knows(ONE)
    assert not again.knows(TWO)


def test_a_project_that_is_gone_is_forgotten_at_the_next_start(noted: Noted) -> None:
    noted.mark(ONE, NAME)
    noted.entries.append({"copied": "projects/gone.toml", "marks": [[["name"], "0" * 12, "样板"]]})
    assert [entry["copied"] for entry in noted.again().entries()] == [ONE]


@pytest.mark.parametrize(
    "damaged",
    [
        {"copied": None}, {"copied": ONE, "marks": [1]}, {"copied": ONE, "marks": [["name"]]}, {"seen": ONE},
        {"seen": ONE, "paths": 3}, {"copied": ONE, "marks": [[3, "", ""]]}, {"seen": "nobody", "paths": [["name"]]},
    ],
)  # fmt: skip
def test_a_damaged_entry_costs_itself_alone(noted: Noted, damaged: dict[str, Any]) -> None:
    noted.mark(TWO, PURPOSE)
    noted.entries.append(damaged)
    noted.entries.append({"position": "here"})
    noted.mark(TWO, NAME)
    assert set(places(noted.again())) == {Location(file=TWO, path=path) for path in (NAME, PURPOSE)}
    assert replay(noted.entries).position == "here"


def test_the_project_marked_first_goes_beyond_the_limit(noted: Noted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unreviewed, "MOST", 3)
    noted.mark(ONE, NAME, PURPOSE)
    noted.mark(TWO, NAME, PURPOSE)
    assert (
        set(places(noted.unreviewed))
        == set(places(noted.again()))
        == {Location(file=TWO, path=path) for path in (NAME, PURPOSE)}
    )


def test_only_projects_that_changed_are_compared(noted: Noted, monkeypatch: pytest.MonkeyPatch) -> None:
    noted.mark(ONE, NAME, PURPOSE)
    noted.mark(TWO, NAME, PURPOSE)
    places(noted.unreviewed)
    compared: list[str] = []
    digest = unreviewed._digest
    monkeypatch.setattr(unreviewed, "_digest", lambda text: compared.append(text) or digest(text))
    changed = DOCUMENT.with_record(ONE, DOCUMENT.projects[ONE].with_value(NAME, "别的"))
    assert len(noted.unreviewed.current(changed)) == 3
    assert len(compared) == 2
