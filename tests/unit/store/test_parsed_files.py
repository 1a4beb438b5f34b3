"""What is kept of files says what the files say, whatever happened to them or to the cache."""

import gc
import os
import threading
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from perftui.files import processors, reading
from perftui.files.errors import FileError
from perftui.files.xdg_dirs import cache_folder
from perftui.forms import Role, load_form
from perftui.model.document import DEPARTMENT
from perftui.model.record import Comment, Record
from perftui.model.stored_record import StoredRecord, keep
from perftui.store import cache_file, parsed_files
from perftui.store import open as store_open
from perftui.store.file_state import FileState
from perftui.store.folder import DocumentFolder
from perftui.store.open import LoadedDocument, open_document, read_state
from perftui.store.toml.canonical import canonical
from tests import factories
from tests.unit.store.documents import write_document

FORM = load_form("hebei-2021")
SPEC = FORM.project
DOCUMENT = factories.document(projects=4)
FILES = list(DOCUMENT.projects)


@pytest.fixture(autouse=True)
def _small_documents_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsed_files, "FEW", 2)


@pytest.fixture
def folder(tmp_path: Path) -> DocumentFolder:
    made = write_document(tmp_path, DOCUMENT)
    for file in (DEPARTMENT, *FILES):
        os.utime(made.path(file), (10**9, 10**9))
    return made


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were parsed."""
    found: list[str] = []

    def noted(folder: DocumentFolder, file: str, form: Any) -> Any:
        found.append(file)
        return read_state(folder, file, form)

    monkeypatch.setattr(store_open, "read_state", noted)
    return found


def names(opened: LoadedDocument) -> list[str]:
    return [SPEC.text_of(record, Role.NAME) for record in opened.document.projects.values()]


def test_the_second_time_nothing_is_parsed_and_all_is_the_same(folder: DocumentFolder, parsed: list[str]) -> None:
    first = open_document(folder)
    assert sorted(parsed) == sorted([DEPARTMENT, *FILES])
    parsed.clear()
    again = open_document(folder)
    assert parsed == []
    assert list(again.document.projects) == list(first.document.projects)
    assert again.document == first.document
    for file, state in first.states.items():
        other = again.states[file]
        assert (other.text, other.digest, other.crlf, other.stamp) == (
            state.text,
            state.digest,
            state.crlf,
            state.stamp,
        )
        assert other.record == state.record == other.merged_record


def test_a_state_that_was_kept_answers_everything_that_is_asked_of_a_state(folder: DocumentFolder) -> None:
    first, again = open_document(folder).states[FILES[0]], open_document(folder).states[FILES[0]]
    names = [one.name for one in fields(FileState)]
    assert [getattr(again, name) for name in names] == [getattr(first, name) for name in names]


def test_read_by_all_processors_a_document_is_the_same(
    folder: DocumentFolder, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.path(FILES[0]).write_bytes(b"schema = 1\nname = 3\n")
    since = "since = 2021-03-01\n" + folder.path(FILES[1]).read_text(encoding="utf-8")
    folder.path(FILES[1]).write_text(since, encoding="utf-8")
    one_by_one = open_document(folder)
    for cache in (cache_folder() / "files").glob("*.cache"):
        cache.unlink()
    parsed.clear()
    for module in (processors, store_open):
        monkeypatch.setattr(module, "MANY", 2)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0, 1})
    monkeypatch.setattr(threading, "active_count", lambda: 1)  # what runs the tests may have a thread of its own
    by_all = open_document(folder)
    assert len(parsed) < 5 + 2  # this process parsed its part, and those two that cannot be kept
    assert list(by_all.document.projects) == list(one_by_one.document.projects)
    assert (by_all.document, by_all.problems) == (one_by_one.document, one_by_one.problems)
    assert {file: state.text for file, state in by_all.states.items()} == {
        file: state.text for file, state in one_by_one.states.items()
    }
    parsed.clear()
    assert open_document(folder).document == by_all.document
    assert sorted(set(parsed)) == sorted(FILES[:2])


def test_a_changed_file_alone_is_parsed(folder: DocumentFolder, parsed: list[str]) -> None:
    open_document(folder)
    parsed.clear()
    changed = DOCUMENT.projects[FILES[1]].with_value(("name",), "新名").with_value(("order",), 9000)
    folder.path(FILES[1]).write_text(canonical(changed, SPEC), encoding="utf-8")
    assert names(open_document(folder))[-1] == "新名"
    assert parsed == [FILES[1]]


def test_files_seen_a_moment_ago_are_those_that_were_seen(
    folder: DocumentFolder, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parsed_files, "_DOUBT_NS", -(10**18))  # as if they had been read long after they were written
    first = open_document(folder)
    seen = {}
    for file in FILES:
        found = folder.path(file).stat()
        seen[file] = (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
    parsed.clear()
    changed = DOCUMENT.projects[FILES[1]].with_value(("name",), "新名")
    folder.path(FILES[1]).write_text(canonical(changed, SPEC), encoding="utf-8")
    seen[FILES[2]] = (1, *seen[FILES[2]][1:])
    folder.path(FILES[3]).unlink()
    opened = open_document(folder, seen)
    assert list(opened.document.projects) == FILES[:3]
    assert opened.document.projects[FILES[1]] == first.document.projects[FILES[1]]
    assert opened.states[FILES[1]].stamp == first.states[FILES[1]].stamp != reading.stamp(folder.path(FILES[1]))
    assert parsed == [FILES[2]]


def test_files_come_and_go(folder: DocumentFolder, parsed: list[str]) -> None:
    open_document(folder)
    parsed.clear()
    folder.path(FILES[0]).unlink()
    folder.path("projects/newer.toml").write_text(canonical(factories.project(index=9), SPEC), encoding="utf-8")
    assert list(open_document(folder).document.projects) == [*FILES[1:], "projects/newer.toml"]
    assert parsed == ["projects/newer.toml"]


def test_a_change_that_size_and_time_hide_is_seen_if_it_was_fresh(folder: DocumentFolder) -> None:
    path = folder.path(FILES[0])
    fresh = path.stat().st_mtime_ns + 10**18
    path.write_text(canonical(DOCUMENT.projects[FILES[0]].with_value(("name",), "甲甲甲"), SPEC), encoding="utf-8")
    os.utime(path, ns=(fresh, fresh))
    assert "甲甲甲" in names(open_document(folder))
    with path.open("r+b") as file:
        data = file.read().replace("甲甲甲".encode(), "乙乙乙".encode())
        file.seek(0)
        file.write(data)
    os.utime(path, ns=(fresh, fresh))
    assert "乙乙乙" in names(open_document(folder))


def name_first(folder: DocumentFolder, name: str) -> None:
    """Write the first project's file over: the same inode, and with names of one length the same size."""
    text = canonical(DOCUMENT.projects[FILES[0]].with_value(("name",), name), SPEC)
    with folder.path(FILES[0]).open("r+b") as file:
        file.write(text.encode())
        file.truncate()


@pytest.mark.parametrize("set_back", [False, True], ids=["written", "copied with its time"])
@pytest.mark.parametrize("times", [1, 2])
def test_a_change_within_the_clock_tick_of_the_reading_is_seen(
    folder: DocumentFolder, monkeypatch: pytest.MonkeyPatch, times: int, set_back: bool
) -> None:
    """A look tells nothing of it: size, times and inode are what they were when the file was read, once or again."""
    name_first(folder, "甲甲甲")
    if set_back:
        os.utime(folder.path(FILES[0]), (10**9, 10**9))
    before = reading.look(str(folder.path(FILES[0])))
    assert before is not None
    monkeypatch.setattr(store_open.time, "time_ns", lambda: max(before[1:3]) + 1)  # it is read in the same tick
    for _time in range(times):
        assert "甲甲甲" in names(open_document(folder))
    name_first(folder, "乙乙乙")
    assert "乙乙乙" in names(open_document(folder, {FILES[0]: before}))


def test_a_change_long_after_the_reading_whose_time_was_set_back_is_seen(
    folder: DocumentFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder.path(FILES[0])
    name_first(folder, "甲甲甲")
    os.utime(path, (10**9, 10**9))
    written = path.stat().st_ctime_ns
    monkeypatch.setattr(store_open.time, "time_ns", lambda: written + 3600 * 10**9)  # it is read an hour later
    assert "甲甲甲" in names(open_document(folder))
    while path.stat().st_ctime_ns == written:  # until the clock of the files has ticked
        name_first(folder, "乙乙乙")
        os.utime(path, (10**9, 10**9))
    assert "乙乙乙" in names(open_document(folder))


def test_what_was_kept_for_one_form_is_nothing_to_another(
    folder: DocumentFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_document(folder)
    department = factories.changed(DOCUMENT.department, FORM.department, form="mof-2021")
    folder.path(DEPARTMENT).write_text(canonical(department, FORM.department), encoding="utf-8")
    other = open_document(folder)
    assert other.form.id == "mof-2021"
    monkeypatch.setattr(parsed_files, "FEW", 10**6)
    anew = open_document(folder).document
    paths = [group.path(amount) for group in other.form.project.amounts for amount in group.amounts]
    for path in [("name",), *paths]:  # before the record itself is made of what was kept
        assert [one.text(path) for one in other.document.projects.values()] == [
            one.text(path) for one in anew.projects.values()
        ]
    assert other.document == anew


def test_a_change_whose_time_was_set_back_is_seen(folder: DocumentFolder) -> None:
    path = folder.path(FILES[0])
    path.write_text(canonical(DOCUMENT.projects[FILES[0]].with_value(("name",), "甲甲甲"), SPEC), encoding="utf-8")
    os.utime(path, (10**9, 10**9))
    for _time in range(2):
        assert "甲甲甲" in names(open_document(folder))
    before = path.stat()
    with path.open("r+b") as file:
        data = file.read().replace("甲甲甲".encode(), "乙乙乙".encode())
        file.seek(0)
        file.write(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = path.stat()
    assert (after.st_size, after.st_mtime_ns, after.st_ino) == (before.st_size, before.st_mtime_ns, before.st_ino)
    assert "乙乙乙" in names(open_document(folder))


def test_a_text_written_by_hand_comes_back_as_it_is(folder: DocumentFolder) -> None:
    path = folder.path(FILES[0])
    text = "# 手写\n" + path.read_text(encoding="utf-8").replace("schema = 1\n", "schema   =  1  # 版本\n")
    path.write_bytes(text.replace("\n", "\r\n").encode())
    os.utime(path, (10**9, 10**9))
    first, again = open_document(folder).states[FILES[0]], open_document(folder).states[FILES[0]]
    assert again == first
    assert again.text == text
    assert again.crlf
    assert again.record.comments == first.record.comments != {}


def test_a_file_that_cannot_be_read_is_told_every_time(folder: DocumentFolder) -> None:
    folder.path(FILES[0]).write_bytes(b"schema = 1\nname = 3\n")
    for _time in range(2):
        assert [(one.file, one.line) for one in open_document(folder).problems] == [(FILES[0], 2)]


def test_values_that_only_toml_knows_are_parsed_each_time(folder: DocumentFolder, parsed: list[str]) -> None:
    path = folder.path(FILES[0])
    path.write_text("since = 2021-03-01\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    for _time in range(2):
        parsed.clear()
        assert str(open_document(folder).document.projects[FILES[0]].head["since"]) == "2021-03-01"
    assert parsed == [FILES[0]]


@pytest.mark.parametrize("damage", [b"", b"x" * 200, b"0" * 64 + b"\xff\xff", None, b"folder"], ids=repr)
def test_a_damaged_cache_costs_time_only(folder: DocumentFolder, parsed: list[str], damage: bytes | None) -> None:
    expected = open_document(folder).document
    parsed.clear()
    (cache,) = (cache_folder() / "files").glob("*.cache")
    if damage is None:
        data = bytearray(cache.read_bytes())
        data[200] ^= 1
        cache.write_bytes(bytes(data))
    elif damage == b"folder":
        cache.unlink()
        cache.mkdir()
    else:
        cache.write_bytes(damage)
    assert open_document(folder).document == expected
    assert len(parsed) == 5


@pytest.mark.parametrize("cut", [False, True])
def test_a_damaged_piece_is_made_of_the_file_again(folder: DocumentFolder, parsed: list[str], cut: bool) -> None:
    by_hand = folder.path(FILES[-1])
    by_hand.write_text(by_hand.read_text(encoding="utf-8").replace("schema = 1", "schema   =  1"), encoding="utf-8")
    expected = open_document(folder)
    (cache,) = (cache_folder() / "files").glob("*.cache")
    data = bytearray(cache.read_bytes())
    pieces = cache_file.pieces_at(data)
    for place in range(pieces, len(data)):
        data[place] ^= 1
    cache.write_bytes(bytes(data[: pieces if cut else None]))
    parsed.clear()
    again = open_document(folder)
    assert names(again) == names(expected)
    assert parsed == [FILES[-1]]
    assert again.document == expected.document
    assert again.states[FILES[-1]].text == expected.states[FILES[-1]].text == by_hand.read_text(encoding="utf-8")


def test_texts_that_lists_tell_are_those_of_the_record_as_it_is(folder: DocumentFolder) -> None:
    first, again = open_document(folder).document, open_document(folder).document
    for file, record in first.projects.items():
        for path in (("name",), ("code",), ("order",), ("budget", "total"), ("budget", "purpose"), ("nothing",)):
            assert again.projects[file].text(path) == record.text(path)
    kept_one = again.projects[FILES[0]]
    for path in (("name",), ("budget", "total")):
        assert kept_one.with_value(path, "改").text(path) == "改"
        assert kept_one.with_value(path, None).text(path) == ""
        assert kept_one.with_value(("budget", "fiscal"), "1.00").text(path) == kept_one.text(path)


def test_an_open_document_does_not_need_its_cache_to_stay(folder: DocumentFolder) -> None:
    expected = open_document(folder).document
    opened = open_document(folder)
    (cache,) = (cache_folder() / "files").glob("*.cache")
    cache.unlink()
    cache.write_bytes(b"another")
    for file in FILES:
        folder.path(file).unlink()
    assert opened.document == expected


def test_a_document_that_is_let_go_closes_its_cache(folder: DocumentFolder) -> None:
    open_document(folder)
    gc.collect()
    before = sorted(os.listdir("/proc/self/fd"))
    opened = open_document(folder)
    assert len(os.listdir("/proc/self/fd")) == len(before) + 1
    assert names(opened)
    del opened
    gc.collect()
    assert sorted(os.listdir("/proc/self/fd")) == before


def test_a_list_reads_no_pieces(folder: DocumentFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsed_files, "_DOUBT_NS", 0)  # as if the files had been written long ago
    open_document(folder)
    read: list[object] = []
    monkeypatch.setattr(cache_file.CacheReader, "read", lambda _cache, piece: read.append(piece))
    opened = open_document(folder)
    assert all(names(opened))
    assert [record.text(("budget", "total")) for record in opened.document.projects.values()]
    assert read == []
    folder.path(FILES[0]).unlink()
    with pytest.raises(FileError):
        _ = opened.document.projects[FILES[0]].groups
    assert len(read) == 1


def test_the_cache_of_another_program_is_not_believed(
    folder: DocumentFolder, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    open_document(folder)
    parsed.clear()
    stamp = parsed_files.program_stamp("model", "store", "forms")
    monkeypatch.setattr(parsed_files, "program_stamp", lambda *_parts: stamp[1:])
    open_document(folder)
    assert len(parsed) == 5


def kept_record(record: Record) -> Record:
    parsed_files = keep(record)
    return StoredRecord.of(lambda: parsed_files)


def test_a_kept_record_is_a_record_like_any_other() -> None:
    comments = {("name",): Comment(before=("# 名称",), behind="# 后"), (): Comment(before=("# 末",))}
    record = factories.project().with_comments(comments)
    back = kept_record(record)
    assert back == record
    assert record == back
    assert back != record.with_value(("name",), "另一个")
    assert record.with_value(("name",), "另一个") != kept_record(record)
    changed = kept_record(record).with_value(("name",), "另一个")
    assert changed == record.with_value(("name",), "另一个")
    assert repr(Record()) in repr(kept_record(Record())).replace("StoredRecord", "Record")
    with pytest.raises(AttributeError):
        _ = back.nothing  # type: ignore[attr-defined]


def test_an_opened_document_loads_nothing_heavy(folder: DocumentFolder, run_python: Any) -> None:
    code = (
        "import sys, pathlib\n"
        "from perftui.store.folder import find_documents\n"
        "from perftui.store.open import open_document\n"
        "print(len(open_document(find_documents(pathlib.Path(sys.argv[1]))[0]).document.projects))\n"
        "heavy = ('textual', 'rich', 'docx', 'lxml', 'tomlkit', 'asyncio', 'subprocess')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    assert run_python(code, str(folder.data)) == "4\n[]"


def test_a_record_that_let_go_of_what_was_decoded_is_the_same_and_one_that_was_changed_keeps_all() -> None:
    record = next(iter(factories.document().projects.values()))
    kept = kept_record(record)
    assert kept == record
    kept.let_go()
    held = {name for name in ("head", "tables", "groups", "comments") if _holds(kept, name)}
    assert held == set()
    assert kept == record
    changed = kept.with_value(("name",), "另一个名称")
    changed.let_go()
    assert changed == record.with_value(("name",), "另一个名称")


def _holds(record: Record, name: str) -> bool:
    try:
        object.__getattribute__(record, name)
    except AttributeError:
        return False
    return True
