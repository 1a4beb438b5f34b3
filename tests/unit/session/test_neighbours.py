"""What other programs do to the files while a document is open: nothing is lost by it, and it is told."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from perftui.editing.edits import AddFile, SetValue
from perftui.files.xdg_dirs import cache_folder
from perftui.forms import load_form
from perftui.model.document import Location
from perftui.model.record import Record
from perftui.session.losses import Loss, losses_in_words
from perftui.session.open_document import OpenDocument
from perftui.store.folder import DocumentFolder, find_documents
from perftui.store.open import open_document
from perftui.store.toml.canonical import canonical
from perftui.store.toml.decode import decode
from perftui.viewmodel.outside_changes import changes_in_words
from tests import factories
from tests.unit.store.documents import first_file, write_document
from tests.unit.store.repositories import Clone

DOCUMENT = factories.document(projects=2)
SPEC = load_form(DOCUMENT.form).project
FILE = first_file(DOCUMENT)
BEFORE = DOCUMENT.record(FILE)


@pytest.fixture
def folder(tmp_path: Path) -> DocumentFolder:
    return write_document(tmp_path, DOCUMENT)


@pytest.fixture
def session(folder: DocumentFolder) -> Iterator[OpenDocument]:
    opened = OpenDocument.open(folder)
    yield opened
    opened.close()


def text_of(record: Record) -> str:
    return canonical(record, SPEC)


def cut(text: str) -> str:
    """All but the last line: the last row's table is not whole any more."""
    return "".join(text.splitlines(keepends=True)[:-1])


@pytest.mark.parametrize("left", ["", "\n", cut(text_of(BEFORE)), text_of(BEFORE)[:400] + "\0" * 50], ids=repr)
def test_an_emptied_or_cut_file_changes_nothing_and_can_be_written_back(
    session: OpenDocument, folder: DocumentFolder, left: str
) -> None:
    folder.path(FILE).write_text(left, encoding="utf-8")
    session.poll()
    assert session.document.record(FILE) == BEFORE
    assert [problem.file for problem in session.problems] == [FILE]
    assert folder.path(FILE).read_text(encoding="utf-8") == left
    assert session.write_back(FILE)
    assert session.poll() == ()
    assert session.problems == ()
    assert folder.path(FILE).read_text(encoding="utf-8") == text_of(BEFORE)
    session.run([SetValue(file=FILE, path=("name",), value="改名")], "改")
    session.flush()
    assert decode(folder.path(FILE).read_bytes(), SPEC).text(("name",)) == "改名"


def test_a_file_emptied_while_nobody_looked_comes_back_from_the_journal(folder: DocumentFolder) -> None:
    """It was made here, was never in a version, and nothing of it is in the bin."""
    made = OpenDocument.open(folder)
    file = made.new_file(BEFORE.with_value(("code",), None))
    made.run([AddFile(file=file, record=BEFORE.with_value(("code",), None))], "新建")
    made.run([SetValue(file=file, path=("name",), value="改名")], "改")
    made.close()
    folder.path(file).write_bytes(b"")
    again = OpenDocument.open(folder)
    assert [problem.file for problem in again.problems] == [file]
    assert again.write_back(file)
    assert again.document.record(file) == BEFORE.with_value(("code",), None).with_value(("name",), "改名")
    assert again.problems == ()
    again.close()


def test_what_was_edited_after_the_last_version_comes_back_with_it(folder: DocumentFolder) -> None:
    clone = Clone.new(folder.data)
    clone.commit("begun")
    edited = OpenDocument.open(folder)
    edited.run([SetValue(file=FILE, path=("name",), value="版本以后改的")], "改")
    edited.close()
    folder.path(FILE).write_bytes(b"")
    again = OpenDocument.open(folder)
    assert again.write_back(FILE)
    assert again.document.record(FILE) == BEFORE.with_value(("name",), "版本以后改的")
    again.close()


def test_a_file_that_is_whole_again_is_no_problem_any_more(session: OpenDocument, folder: DocumentFolder) -> None:
    folder.path(FILE).write_text("", encoding="utf-8")
    session.poll()
    folder.path(FILE).write_text(text_of(BEFORE.with_value(("name",), "改名")), encoding="utf-8")
    assert Location(file=FILE) in session.poll()
    assert session.problems == ()
    assert session.document.record(FILE).text(("name",)) == "改名"
    folder.path(FILE).write_text("", encoding="utf-8")
    assert session.poll() == (Location(file=FILE),)
    folder.path(FILE).write_text(text_of(BEFORE.with_value(("name",), "改名")), encoding="utf-8")
    changed = session.poll()  # nothing is another, but what is shown of the file is
    assert changes_in_words(changed, 0, (), [FILE]) == f"{FILE} 没有问题了"


def test_rows_that_a_change_from_outside_takes_can_be_had_back(session: OpenDocument, folder: DocumentFolder) -> None:
    rows = BEFORE.rows("indicators")
    now = BEFORE.without_row("indicators", rows[0].id).without_row("indicators", rows[-1].id)
    folder.path(FILE).write_text(text_of(now), encoding="utf-8")
    session.poll()
    assert session.document.record(FILE).rows("indicators") == now.rows("indicators")
    (loss,) = session.losses()
    assert losses_in_words([loss]) == "少了 2 行，可以取回"
    assert session.losses() == ()
    (version,) = session.replaced()
    session.bring_back(version, "取回")
    assert session.document.record(FILE) == BEFORE
    session.undo()
    assert session.document.record(FILE).rows("indicators") == now.rows("indicators")


def test_a_project_that_somebody_removes_can_be_had_back(session: OpenDocument, folder: DocumentFolder) -> None:
    folder.path(FILE).unlink()
    session.poll()
    assert not session.document.has(FILE)
    assert session.losses() == (Loss(file=FILE, project=True),)
    assert [(one.file, one.record) for one in session.deleted()] == [(FILE, BEFORE)]


@pytest.mark.parametrize(("count", "kept"), [(3, 0), (4, 1)])
def test_many_fields_are_kept_and_few_are_not(
    session: OpenDocument, folder: DocumentFolder, count: int, kept: int
) -> None:
    now = BEFORE
    for row in BEFORE.rows("indicators")[:count]:
        now = now.with_value(("indicators", row.id, "value"), "另一个值")
    folder.path(FILE).write_text(text_of(now), encoding="utf-8")
    session.poll()
    assert len(session.losses()) == len(session.replaced()) == kept


def set_name(session: OpenDocument, name: str) -> None:
    session.run([SetValue(file=FILE, path=("name",), value=name)], "填写")
    session.flush()


def test_what_a_person_wrote_and_git_put_back_can_be_had_back(session: OpenDocument, folder: DocumentFolder) -> None:
    """A neighbour's ``git checkout .`` or ``git stash`` in the same folder: one field is no little thing then."""
    before = folder.path(FILE).read_bytes()
    set_name(session, "甲")
    set_name(session, "甲乙")
    written = session.document.record(FILE)
    folder.path(FILE).write_bytes(before)
    session.poll()
    assert losses_in_words(session.losses()) == "您写的 1 栏变回了原来的，可以取回"
    (version,) = session.replaced()
    session.bring_back(version, "取回")
    assert session.document.record(FILE) == written


@pytest.mark.parametrize("name", ["别人写的名称", "甲乙"])
def test_what_somebody_else_writes_over_it_is_a_change_like_others(
    session: OpenDocument, folder: DocumentFolder, name: str
) -> None:
    set_name(session, "甲")
    set_name(session, "甲乙")
    folder.path(FILE).write_text(text_of(session.document.record(FILE).with_value(("name",), name)), encoding="utf-8")
    session.poll()
    assert session.losses() == ()


def test_a_row_that_is_taken_out_at_the_end_is_a_change_and_no_cut(
    session: OpenDocument, folder: DocumentFolder
) -> None:
    last = max(BEFORE.rows("indicators"), key=lambda row: row.id)
    text = text_of(BEFORE)
    folder.path(FILE).write_text(text[: text.index(f"\n[indicators.{last.id}]")], encoding="utf-8")
    session.poll()
    assert session.problems == ()
    assert session.document.record(FILE).row("indicators", last.id) is None
    assert len(session.losses()) == 1


def left(folder: DocumentFolder) -> str:
    """The document is opened and left; the last row's place in the file."""
    opened = OpenDocument.open(folder)
    opened.close()
    opened.keep_seen()
    return f"\n[indicators.{max(row.id for row in BEFORE.rows('indicators'))}]"


def test_rows_that_went_while_nobody_looked_are_kept_and_told(folder: DocumentFolder) -> None:
    text, last = text_of(BEFORE), left(folder)
    folder.path(FILE).write_text(text[: text.index(last)], encoding="utf-8")
    opened = OpenDocument.open(folder)
    assert [place.file for place in opened.poll()] == [FILE]
    assert opened.problems == ()
    assert losses_in_words(opened.losses()) == "少了 1 行，可以取回"
    assert [one.record for one in opened.replaced()] == [BEFORE]
    opened.close()
    opened.keep_seen()
    again = OpenDocument.open(folder)
    assert again.poll() == ()
    assert again.losses() == ()
    again.close()


def test_leaving_writes_what_has_changed_alone(folder: DocumentFolder) -> None:
    def kept() -> dict[str, int]:
        files = (path for path in (cache_folder() / "seen").rglob("*") if path.is_file())
        return {path.name: path.stat().st_mtime_ns for path in files}

    left(folder)
    first = kept()
    left(folder)
    assert kept() == first
    opened = OpenDocument.open(folder)
    set_name(opened, "改过的名称")
    opened.close()
    opened.keep_seen()
    texts = {name for name in first if not name.endswith(".cache")} & {*kept()}
    assert len(texts) == len(DOCUMENT.projects)  # of the department's and two projects' one is another
    assert all(kept()[name] == first[name] for name in texts)
    assert len(kept()) == len(first)


@pytest.mark.parametrize("rest", ["", "\n[goals"])
def test_a_file_cut_while_nobody_looked_is_written_back_as_it_was_left(folder: DocumentFolder, rest: str) -> None:
    text, _last = text_of(BEFORE), left(folder)
    folder.path(FILE).write_text(text[: text.index("\n[goals")] + rest if rest else "", encoding="utf-8")
    opened = OpenDocument.open(folder)
    opened.poll()
    assert [problem.file for problem in opened.problems] == [FILE]
    opened.keep_seen()  # left once more before anybody put it right
    assert opened.write_back(FILE)
    assert opened.document.record(FILE) == BEFORE
    opened.close()


def test_a_project_that_went_while_nobody_looked_is_in_the_bin_and_a_renamed_one_is_not(folder: DocumentFolder) -> None:
    left(folder)
    folder.path(FILE).rename(folder.path(FILE).with_name("130303219QTGB6RSH6TV9.toml"))
    renamed = OpenDocument.open(folder)
    renamed.poll()
    assert renamed.losses() == ()
    renamed.close()
    folder.path(FILE).with_name("130303219QTGB6RSH6TV9.toml").unlink()
    gone = OpenDocument.open(folder)
    gone.poll()
    assert losses_in_words(gone.losses()) == "少了 1 个项目，可以取回"
    assert [one.record for one in gone.deleted()] == [BEFORE]
    gone.close()


COPIES = [
    "{}.sync-conflict-20210301-123456-ABCDEFG.toml", "{} (冲突副本 2021-03-01 123456).toml", "{} - 副本.toml",
    "{} - 副本 (2).toml", "{} (conflicted copy 2021-03-01).toml", "{} (李四的冲突副本 2021-03-01).toml", "{} (1).toml",
    "{}_NSConflict_李四.toml", "{}-冲突版本.toml", "{}.conflict.toml",
    "{} copy.toml", "{}~.toml", "{}.orig.toml", "{}_REMOTE_1234.toml", "{}-DESKTOP-4F2K9QX.toml",
    "{}_conflict-20210301-123456.toml", "{}.toml (冲突副本 2021-03-01).toml", "{}（冲突副本）.toml", "{}.rej.toml",
    "复件 {}.toml", "复件 (2) {}.toml", "Copy of {}.toml", "副本{}.toml", "{}（副本）.toml", "{}-备份.toml",
    "{} 2.toml", "~${}.toml", "{}Copy2.toml",
]  # fmt: skip


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_is_no_project_and_is_merged_by_field(folder: DocumentFolder, name: str) -> None:
    copy = FILE.rpartition("/")[0] + "/" + name.format(folder.path(FILE).stem)
    theirs = BEFORE.with_value(("name",), "副本的名称").with_value(("plan", "m03"), None)
    folder.path(copy).write_text(text_of(theirs), encoding="utf-8")
    session = OpenDocument.open(folder)
    assert list(session.document.projects) == list(DOCUMENT.projects)
    assert [problem.file for problem in session.problems] == [copy]
    assert session.merge_copy(copy, "合并副本") == FILE
    now = session.document.record(FILE)
    assert now.text(("name",)) == BEFORE.text(("name",))
    assert now.value(("plan", "m03")) == BEFORE.value(("plan", "m03"))
    assert [(row.text("field"), row.text("theirs")) for row in now.rows("conflicts")] == [("name", "副本的名称")]
    assert not folder.path(copy).exists()
    assert session.problems == ()
    session.close()


@pytest.mark.parametrize(
    "name", ["{}-2.toml", "{}（含冲突调处）.toml", "{}（1）.toml", "{}备份.toml", "{}-ABC.toml", "新{}.toml"]
)
def test_a_name_that_a_person_may_give_makes_no_copy(folder: DocumentFolder, name: str) -> None:
    mine = FILE.rpartition("/")[0] + "/" + name.format(folder.path(FILE).stem)
    folder.path(mine).write_text(text_of(BEFORE), encoding="utf-8")
    assert mine in open_document(folder).document.projects
    folder.path(FILE).unlink()
    assert mine in open_document(folder).document.projects


def test_a_copy_that_comes_is_told_once(session: OpenDocument, folder: DocumentFolder) -> None:
    copy = FILE.replace(".toml", " - 副本.toml")
    folder.path(copy).write_text(text_of(BEFORE), encoding="utf-8")
    changed = session.poll()
    assert changed == (Location(file=copy),)
    told = changes_in_words(changed, 0, [problem.file for problem in session.problems])
    assert told == f"来了副本 {copy}，没有当作项目：命令“修好文件”按字段合并"
    assert session.poll() == ()


def test_a_copy_that_is_deleted_is_no_problem_any_more(session: OpenDocument, folder: DocumentFolder) -> None:
    copy = folder.path(FILE).with_name(f"{folder.path(FILE).stem} - 副本.toml")
    copy.write_text(text_of(BEFORE), encoding="utf-8")
    session.poll()
    assert len(session.problems) == 1
    copy.unlink()
    session.poll()
    assert session.problems == ()


def test_a_folder_is_a_document_when_it_has_a_department_or_a_project(tmp_path: Path) -> None:
    projects = tmp_path / "2021" / "613001" / "projects"
    projects.mkdir(parents=True)
    (projects / ".a.toml.perftui-lock").touch()
    assert find_documents(tmp_path) == ()
    (projects / "a.toml").touch()
    assert [one.unit for one in find_documents(tmp_path)] == ["613001"]


NEW = "projects/改了名.toml"


def rename(folder: DocumentFolder) -> None:
    folder.path(FILE).rename(folder.path(NEW))


def test_a_file_that_gets_another_name_is_the_same_project_and_nothing_is_lost(
    session: OpenDocument, folder: DocumentFolder
) -> None:
    set_name(session, "改过的名称")
    rename(folder)
    changed = session.poll()
    renames = session.renames()
    assert renames == {FILE: NEW}
    assert session.losses() == ()
    assert session.deleted() == session.replaced() == ()
    assert changes_in_words(changed, 0, renames=renames) == f"{FILE[9:-5]} 改名为 改了名，内容都在"
    session.run([SetValue(file=FILE, path=("name",), value="还在写")], "改")  # by one who has not heard of it
    session.undo()
    session.undo()
    session.flush()
    assert session.document.record(NEW) == BEFORE
    assert decode(folder.path(NEW).read_bytes(), SPEC) == BEFORE
    assert not folder.path(FILE).exists()


def test_what_was_written_while_its_file_got_another_name_goes_there(
    session: OpenDocument, folder: DocumentFolder
) -> None:
    rename(folder)
    session.run([SetValue(file=FILE, path=("name",), value="正在写")], "改")
    session.flush()
    session.poll()
    session.flush()
    session.poll()
    assert decode(folder.path(NEW).read_bytes(), SPEC).text(("name",)) == "正在写"
    assert list(session.document.projects).count(NEW) == 1
    assert FILE not in session.document.projects
    assert not folder.path(FILE).exists()


@pytest.mark.parametrize("copied_first", [True, False])
def test_a_name_given_in_two_steps_is_a_new_name_as_well(
    session: OpenDocument, folder: DocumentFolder, *, copied_first: bool
) -> None:
    data = folder.path(FILE).read_bytes()
    for step in (0, 1):
        if (step == 0) == copied_first:
            folder.path(NEW).write_bytes(data)
        else:
            folder.path(FILE).unlink()
        session.poll()
    assert session.renames() == {FILE: NEW}
    assert (session.losses() == ()) == copied_first
    assert session.document.record(NEW) == BEFORE
    assert FILE not in session.document.projects


def test_a_project_made_from_one_that_goes_is_no_new_name_of_it(session: OpenDocument, folder: DocumentFolder) -> None:
    other = BEFORE.with_value(("code",), "13030320211301009999X").with_value(("name",), "另一个项目")
    folder.path(FILE).unlink()
    folder.path(NEW).write_text(text_of(other), encoding="utf-8")
    session.poll()
    assert session.renames() == {}
    assert session.losses() == (Loss(file=FILE, project=True),)
    assert [one.file for one in session.deleted()] == [FILE]


def opened_again(folder: DocumentFolder, change: Callable[[DocumentFolder], None]) -> OpenDocument:
    """The document, of which the name of a project was changed, with what changed of its files while it was closed."""
    opened = OpenDocument.open(folder)
    set_name(opened, "改过的名称")
    opened.keep_seen()
    opened.close()
    change(folder)
    again = OpenDocument.open(folder)
    again.poll()
    return again


def test_a_file_that_got_another_name_while_nobody_looked_loses_nothing(folder: DocumentFolder) -> None:
    again = opened_again(folder, rename)
    assert again.losses() == ()
    assert again.renames() == {FILE: NEW}
    again.undo()
    assert again.document.record(NEW) == BEFORE
    again.close()


OTHER = next(file for file in DOCUMENT.projects if file != FILE)


def swap(folder: DocumentFolder) -> None:
    """Two files swap their names before anybody looks."""
    aside = folder.path(FILE).with_suffix(".t")
    folder.path(FILE).rename(aside)
    folder.path(OTHER).rename(folder.path(FILE))
    aside.rename(folder.path(OTHER))


def test_two_files_that_swap_their_names_are_the_same_projects(session: OpenDocument, folder: DocumentFolder) -> None:
    set_name(session, "改过的名称")
    session.flush()
    before = session.document
    swap(folder)
    changed = session.poll()
    renames = session.renames()
    assert renames == {FILE: OTHER, OTHER: FILE}
    assert (session.losses(), session.deleted(), session.replaced()) == ((), (), ())
    assert "别人改动了" not in changes_in_words(changed, 0, renames=renames)
    late = SetValue(file=FILE, path=("name",), value="还在写")  # by one who has not heard of it
    session.run([late], "改", seen=before)
    assert session.document.record(OTHER).text(("name",)) == "还在写"
    session.undo()
    session.undo()
    session.flush()
    assert session.document.record(OTHER) == BEFORE
    for file, was in ((OTHER, FILE), (FILE, OTHER)):
        assert decode(folder.path(file).read_bytes(), SPEC) == DOCUMENT.record(was)


def test_files_that_swap_their_names_twice_hold_what_they_held(session: OpenDocument, folder: DocumentFolder) -> None:
    set_name(session, "改过的名称")
    session.flush()
    for _time in (0, 1):
        swap(folder)
        session.poll()
    assert session.renames() == {}
    session.undo()
    session.flush()
    assert session.document == DOCUMENT


def test_a_file_that_takes_the_name_of_one_that_moves_on_is_no_change(
    session: OpenDocument, folder: DocumentFolder
) -> None:
    folder.path(OTHER).rename(folder.path(NEW))
    folder.path(FILE).rename(folder.path(OTHER))
    session.poll()
    assert session.renames() == {FILE: OTHER, OTHER: NEW}
    assert session.losses() == ()
    assert session.document.record(OTHER) == BEFORE


def test_a_file_that_takes_the_place_of_a_project_that_is_gone_is_told_as_a_loss(
    session: OpenDocument, folder: DocumentFolder
) -> None:
    folder.path(FILE).rename(folder.path(OTHER))
    session.poll()
    assert session.renames() == {}
    assert {loss.file for loss in session.losses()} == {FILE, OTHER}


def test_files_that_swapped_their_names_while_nobody_looked_lose_nothing(folder: DocumentFolder) -> None:
    again = opened_again(folder, swap)
    assert again.losses() == ()
    assert again.renames() == {FILE: OTHER, OTHER: FILE}
    again.undo()
    assert again.document.record(OTHER) == BEFORE
    again.close()


def test_what_a_killed_program_had_not_saved_goes_into_the_file_of_the_new_name(folder: DocumentFolder) -> None:
    killed = OpenDocument.open(folder)
    rename(folder)
    killed.poll()
    set_name(killed, "改过的名称")
    killed.close()
    again = OpenDocument.open(folder)
    assert again.recovered.lost == ()
    again.undo()
    assert again.document.record(NEW) == BEFORE
    again.close()


def test_a_disk_that_is_taken_out_is_not_written_below_its_name_and_takes_what_waits_when_it_is_back(
    session: OpenDocument, folder: DocumentFolder
) -> None:
    elsewhere = folder.data.with_name("taken out")
    folder.data.rename(elsewhere)
    session.poll()
    session.run([SetValue(file=FILE, path=("name",), value="正在写")], "改")
    status = session.flush()
    assert (status.waiting, str(folder.folder) in status.message) == ((FILE,), True)
    assert not folder.data.exists()
    elsewhere.rename(folder.data)
    assert not session.flush().waiting
    session.poll()
    assert (session.losses(), session.document.has(FILE)) == ((), True)
    assert decode(folder.path(FILE).read_bytes(), SPEC).text(("name",)) == "正在写"
