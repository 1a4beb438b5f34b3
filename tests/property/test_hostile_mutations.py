"""The suites are checked: taking out one wall or one step of a save, at a time, turns one of them red."""

import random
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from perftui.editing.edits import SetValue
from perftui.files import writing
from perftui.files.directory_entries import drop
from perftui.files.filesystem import DISK
from perftui.model import text
from perftui.model.document import project_file
from perftui.session.open_document import OpenDocument
from perftui.store.open import open_document
from perftui.store.toml.canonical import canonical
from tests import factories
from tests.property.test_terminal_safety import drawn_raw, unsafe_in_views
from tests.soak import crashes, strings
from tests.soak.crashes import Event, Recorder, fall, record_session
from tests.soak.place import own_place, write_document
from tests.unit.files.test_races import lost_lines


class WithoutFsync(Recorder):
    def fsync(self, fd: int) -> None:
        pass


class WithoutFolderSync(Recorder):
    def sync_folder(self, folder: Path) -> None:
        pass


class InPlace(Recorder):
    """Writes over the file instead of renaming a finished one to its name."""

    def exchange(self, one: Path, other: Path) -> None:
        super().exchange(one, other)
        inode = 10**12 + len(self.events)
        data = other.read_bytes()
        self.events[-1:] = [
            Event("unlinked", str(other)),
            Event("made", str(other), inode=inode),
            Event("wrote", str(other), inode=inode, data=data),
        ]


def states_found_bad(kind: type[Recorder]) -> int:
    with own_place() as place:
        recorder, before = record_session(place, kind(place))
        return len(fall(place, recorder.events, before, random.Random(1), 80).failures)


def test_the_crash_states_are_clean_with_all_steps() -> None:
    assert states_found_bad(Recorder) == 0


@pytest.mark.parametrize("crippled", [WithoutFsync, WithoutFolderSync, InPlace])
def test_a_step_of_the_save_that_is_left_out_is_noticed(crippled: type[Recorder]) -> None:
    assert states_found_bad(crippled) > 0


def test_the_lock_is_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert lost_lines(tmp_path / "with", locked=True, blind=True) == 0
    monkeypatch.setattr(DISK, "lock", lambda _fd: None, raising=False)
    assert lost_lines(tmp_path / "without", locked=True, blind=True) > 0


def somebodys_change_is_kept(place: Path) -> bool:
    """Somebody writes a field just before ours is saved: both are in the file."""
    folder = write_document(place / "data")
    session = OpenDocument.open(folder, journal=False)
    file = project_file(factories.project_code(1))
    theirs = session.document.record(file).with_value(("budget", "purpose"), "别人写的")
    folder.path(file).write_bytes(canonical(theirs, session.form.spec_of(file)).encode())
    session.run([SetValue(file=file, path=("name",), value="我写的")], "改")
    session.close()
    found = open_document(folder).document.record(file)
    return (found.text(("name",)), found.text(("budget", "purpose"))) == ("我写的", "别人写的")


def test_the_comparison_of_digests_is_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert somebodys_change_is_kept(tmp_path / "with")
    monkeypatch.setattr(writing._Save, "require_base", lambda _save: None)
    monkeypatch.setattr(writing._Save, "examine", lambda save, temporary: drop(temporary, save.fs))
    assert not somebodys_change_is_kept(tmp_path / "without")


def without_sanitiser(monkeypatch: pytest.MonkeyPatch) -> None:
    original: Callable[..., str] = text.visible
    for name, module in list(sys.modules.items()):
        if name.startswith("perftui.") and getattr(module, "visible", None) is original:
            monkeypatch.setattr(module, "visible", lambda shown, **_how: shown)


def test_the_sanitiser_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert unsafe_in_views() == []
    with monkeypatch.context() as patch:
        without_sanitiser(patch)
        assert unsafe_in_views() != []
        with own_place() as place:
            document = strings.hostile_document(strings.Counted(iter(["\x1b[31m红"] * 200)))
            write_document(place / "x" / "data", document)
            assert strings.through_commands(place / "x", random.Random(1)).failures


def test_the_line_filter_is_missed(tmp_path: Path) -> None:
    assert any(trouble.startswith("control") for trouble in drawn_raw(tmp_path, "unfiltered"))


def test_what_is_recorded_is_not_nothing() -> None:
    with own_place() as place:
        recorder, _before = record_session(place, Recorder(place))
    assert {"synced", "folder", "exchanged", "wrote", "told"} <= {event.kind for event in recorder.events}
    assert crashes.SUITE.full >= 10_000
