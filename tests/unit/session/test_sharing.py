"""Sharing through a real git: kept, fetched, merged by field and sent, whoever was faster, and told from the index."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from perftui.editing.edits import AddFile, DropFile, SetValue
from perftui.editing.rows import copy_project
from perftui.files.writing import write_file
from perftui.forms import Role
from perftui.model.unreviewed import without_marks
from perftui.programs.runner import Cancel
from perftui.review.engine import review
from perftui.session.clone_watch import CloneWatch
from perftui.session.conflicts import conflicts_of, settling
from perftui.session.last_hands import LastHands
from perftui.session.new_document import free_folder, rolled_over, write_document
from perftui.session.open_document import OpenDocument
from perftui.session.own_changes import last_version
from perftui.session.review_settings import accept_findings, read_settings
from perftui.session.settings_conflicts import settings_conflicts, settle_settings
from perftui.session.sharing import ShareOutcome, Sharing, VersionMessage
from perftui.session.unmerged_files import FilesUnmerged, question_in_words, side_in_words
from perftui.session.version_history import field_history
from perftui.store.create import prepare_for_git
from perftui.store.folder import DocumentFolder, find_documents
from perftui.store.git.failures import GONE, HOOK, IDENTITY, LOCKED, NETWORK, REFUSED, REWOUND, UPSTREAM, GitFailed
from perftui.store.git.git_state import read_git_state
from perftui.store.git.stale_lock import stale_locks, take_away
from perftui.viewmodel.version_message import version_message
from tests.conftest import ROOT


def git(folder: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True).stdout


class Clerk:
    """Somebody with a clone of their own, who edits on the screens and shares."""

    def __init__(self, root: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root, self.name, self._monkeypatch = root, name, monkeypatch
        self.session = OpenDocument.open(find_documents(root / "data")[0])
        self.files = list(self.session.document.projects)

    def be(self) -> None:
        self._monkeypatch.setenv("PERFTUI_USER", self.name)

    def change(self, role: Role, text: str, number: int = 0) -> None:
        self.be()
        path = self.session.form.project.path_of(role)
        assert path is not None
        self.session.run([SetValue(file=self.files[number], path=path, value=text)], "修改")

    def text(self, role: Role, number: int = 0) -> str:
        self.session.poll()
        return self.session.form.project.text_of(self.session.document.record(self.files[number]), role)

    def share(self, message: str = "一版") -> ShareOutcome:
        self.be()
        self.session.poll()
        assert not self.session.flush().waiting
        outcome = Sharing(self.session.folder).share(VersionMessage(subject=message), "origin")
        self.session.poll()
        self.session.flush()
        return outcome


def begin_next_year(clerk: Clerk) -> DocumentFolder:
    """The document of the next year, made from the clerk's and looked at, in their clone and in no version."""
    clerk.be()
    before = clerk.session.document
    later = rolled_over(before, clerk.session.form, before.year + 1)
    for file, record in later.projects.items():
        later = later.with_record(file, without_marks(record))
    folder = free_folder(clerk.session.folder.data, later.year, later.unit)
    write_document(folder, later)
    return folder


@pytest.fixture(scope="module")
def clones(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bare repository that holds the real document, and two clones of it. Copied, not used."""
    folder = tmp_path_factory.mktemp("clones")
    git(folder, "init", "-q", "--bare", "-b", "main", "shared.git")
    git(folder, "clone", "-q", "shared.git", "first")
    first = folder / "first"
    shutil.copytree(ROOT / "data" / "2021", first / "data" / "2021", ignore=shutil.ignore_patterns(".*"))
    prepare_for_git(first / "data")
    git(first, "checkout", "-q", "-B", "main")
    git(first, "add", "-A")
    git(first, "commit", "-q", "-m", "begin")
    git(first, "push", "-q", "-u", "origin", "main")
    git(folder, "clone", "-q", "shared.git", "second")
    for name in ("first", "second"):
        git(folder / name, "config", "remote.origin.url", "../shared.git")
    return folder


@pytest.fixture
def clerks(clones: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Clerk, Clerk]:
    """Two clerks with clones of one bare repository that holds the real document; no driver is installed."""
    shutil.copytree(clones, tmp_path, dirs_exist_ok=True)
    first, second = tmp_path / "first", tmp_path / "second"
    for clone in (first, second):
        git(clone, "update-index", "-q", "--refresh")  # the copies are other files by their numbers
    return Clerk(first, "甲", monkeypatch), Clerk(second, "乙", monkeypatch)


def test_both_have_what_both_changed_and_are_told_how_much(clerks: tuple[Clerk, Clerk]) -> None:
    first, second = clerks
    first.change(Role.PURPOSE, "甲的用途")
    assert first.share().sentence == "送出您的 1 处"
    second.change(Role.NAME, "乙的名称")
    second.change(Role.NAME, "也改", 1)
    assert second.share().sentence == "取回了 甲 的 1 处改动，送出您的 2 处"
    assert first.share().sentence == "取回了 乙 的 2 处改动"
    assert first.share().sentence == "两边一样，没有要取回和送出的"
    assert [(one.text(Role.NAME), one.text(Role.PURPOSE)) for one in clerks] == [("乙的名称", "甲的用途")] * 2


def test_a_submodule_that_others_moved_is_one_change_and_no_damage(clerks: tuple[Clerk, Clerk]) -> None:
    first, second = clerks
    for at in ("1" * 40, "2" * 40):  # begun, and moved on
        (first.root / "data/forms/ours").mkdir(parents=True, exist_ok=True)
        git(first.root, "update-index", "--add", "--cacheinfo", f"160000,{at},data/forms/ours")
        git(first.root, "commit", "-q", "-m", "共用的表样")
        git(first.root, "push", "-q")
        assert second.share().fetched.count == 1


def test_a_field_that_both_changed_is_sent_as_data_and_settled_once_for_both(clerks: tuple[Clerk, Clerk]) -> None:
    first, second = clerks
    first.change(Role.PURPOSE, "甲的用途")
    first.share()
    second.change(Role.PURPOSE, "乙的用途")
    assert second.share().sentence == "取回了 甲 的 1 处改动，送出您的 1 处；1 处要您选：按 F7 去看，F4 选定"
    assert first.share().waiting == 1
    file = first.files[0]
    [conflict] = conflicts_of(file, first.session.document.record(file))
    assert {side.by for side in (conflict.ours, *conflict.others)} == {"甲", "乙"}
    first.session.run(settling(first.session.document.record(file), conflict, "theirs"), "处理冲突")
    settled = first.text(Role.PURPOSE)
    first.share()
    assert second.share().waiting == 0
    assert second.text(Role.PURPOSE) == settled
    assert not git(second.root, "status", "--porcelain", "-uno").strip()


def test_the_open_document_may_write_what_both_changed_before_the_merge_does(
    clerks: tuple[Clerk, Clerk], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It looks at the files in between, merges what git could not, and saves: fetching ended without an answer."""
    first, second = clerks
    for clerk in clerks:  # git knows nothing of fields, and writes its marks into the file
        (clerk.root / ".git/info/attributes").write_text("*.toml merge\n", encoding="utf-8")
    first.change(Role.PURPOSE, "甲的用途")
    first.share()
    second.change(Role.PURPOSE, "乙的用途")
    looks = [second.session.flush, second.session.poll]

    def after_a_look(path: Path, data: bytes, base: bytes | None) -> object:
        while looks:
            looks.pop()()
        return write_file(path, data, base)

    monkeypatch.setattr("perftui.session.merge_end.write_file", after_a_look)
    assert second.share().sentence == "取回了 甲 的 1 处改动，送出您的 1 处；1 处要您选：按 F7 去看，F4 选定"
    assert second.text(Role.PURPOSE) == "乙的用途"
    assert first.share().waiting == 1
    assert not looks


def test_somebody_who_was_faster_is_taken_in_and_sending_is_tried_again(
    clerks: tuple[Clerk, Clerk], tmp_path: Path
) -> None:
    first, second = clerks
    second.change(Role.NAME, "乙的名称")
    second.be()
    second.session.flush()
    Sharing(second.session.folder).keep(VersionMessage(subject="乙"))
    hook = first.root / ".git/hooks/pre-push"  # between fetching and sending
    env = "env -u GIT_DIR -u GIT_WORK_TREE -u GIT_INDEX_FILE -u GIT_PREFIX"
    hook.write_text(f"#!/bin/sh\nrm $0\ncd {second.root} && {env} git push -q\n")
    hook.chmod(0o755)
    first.change(Role.PURPOSE, "甲的用途")
    assert first.share().sentence == "取回了 乙 的 1 处改动，送出您的 1 处"
    assert git(first.root, "rev-parse", "HEAD") == git(tmp_path / "shared.git", "rev-parse", "main")


def test_only_the_documents_own_files_are_in_a_version(clerks: tuple[Clerk, Clerk]) -> None:
    first, _second = clerks
    projects = first.session.folder.folder / "projects"
    name = Path(first.files[0]).name
    beside = [
        "笔记.txt",
        f"{name}~",
        f".{name}.swp",
        f"{name.removesuffix('.toml')}.sync-conflict-20210301-080000-ABC.toml",
    ]
    for one in beside:
        (projects / one).write_text("x", encoding="utf-8")
    (first.root / "其他.toml").write_text("x", encoding="utf-8")
    git(first.root, "add", "其他.toml")  # what somebody else has put into the index stays there
    first.change(Role.PURPOSE, "新的用途")
    first.share("只有自己的")
    shown = git(first.root, "-c", "core.quotepath=off", "show", "--format=%s %an", "--name-only", "HEAD").split()
    assert shown == ["只有自己的", "甲", f"data/2021/613001/{first.files[0]}"]
    assert git(first.root, "diff", "--cached", "--name-only", "-z") == "其他.toml\0"


def test_an_emptied_file_is_in_no_version_and_is_told(clerks: tuple[Clerk, Clerk]) -> None:
    first, second = clerks
    path = first.session.folder.path(first.files[1])
    path.write_text("", encoding="utf-8")
    first.change(Role.PURPOSE, "甲的用途")
    told = first.share().sentence
    assert told == f"送出您的 1 处；{first.files[1]} 读不出来，没有存进版本"
    before = second.text(Role.PURPOSE, 1)
    second.share()
    assert second.text(Role.PURPOSE, 1) == before
    assert first.session.write_back(first.files[1])
    assert first.share().left_out == ()


def test_the_last_field_of_a_file_that_somebody_cleared_is_no_cut(clerks: tuple[Clerk, Clerk]) -> None:
    first, second = clerks
    second.be()
    file = second.files[0]
    record = second.session.document.record(file)
    last = ("indicators", record.rows("indicators")[-1].id)
    text = second.session.folder.path(file).read_text(encoding="utf-8").rstrip().splitlines()[-1]
    key = text.partition(" = ")[0]
    assert record.value((*last, key)) == json.loads(text.partition(" = ")[2])
    second.session.run([SetValue(file=file, path=(*last, key), value=None)], "清空")
    second.session.close()
    second.session = OpenDocument.open(second.session.folder)
    assert second.share().left_out == ()
    first.share()
    for clerk in clerks:
        assert clerk.session.problems == ()
        assert clerk.session.document.record(file).value((*last, key)) is None


def test_a_file_that_was_cut_before_the_start_is_shown_as_git_has_it(clerks: tuple[Clerk, Clerk]) -> None:
    first = clerks[0]
    file, folder = first.files[0], first.session.folder
    whole, before = folder.path(file).read_text(encoding="utf-8"), first.session.document.record(file)
    first.change(Role.PURPOSE, "别的项目还在写", 1)
    first.session.close()
    folder.path(file).write_text("".join(whole.splitlines(keepends=True)[:60]), encoding="utf-8")
    first.session = OpenDocument.open(folder)
    first.session.poll()
    assert [problem.file for problem in first.session.problems] == [file]
    assert first.session.document.record(file) == before
    assert first.share().left_out == (file,)
    assert first.session.write_back(file)
    assert folder.path(file).read_text(encoding="utf-8") == whole
    assert first.session.problems == ()


def test_a_project_that_one_edits_and_the_other_deletes_waits_for_an_answer(clerks: tuple[Clerk, Clerk]) -> None:
    first, second = clerks
    file = first.files[0]
    first.be()
    first.session.run([DropFile(file=file)], "删除")
    first.share()
    second.change(Role.PURPOSE, "乙还在写")
    assert second.share().waiting == 1
    assert first.share().waiting == 1
    for clerk in clerks:
        [conflict] = conflicts_of(file, clerk.session.document.record(file))
        assert {name: side.by for name, side in conflict.sides.items()} == {"ours": "乙", "theirs": "甲"}
    form, now = second.session.form, second.session.document
    stored = now.record(file)
    plain = now.with_record(file, stored.without_row("conflicts", stored.rows("conflicts")[0].id))
    assert "乙 改过，甲 删除了" in version_message(plain, now, form).body
    first.session.run(settling(first.session.document.record(file), conflict, "theirs"), "处理冲突")
    first.share()
    second.share()
    assert not any(clerk.session.document.has(file) for clerk in clerks)


def test_an_edit_of_last_year_never_goes_into_the_next_years_copy(clerks: tuple[Clerk, Clerk]) -> None:
    """git takes a project that was rolled over, and then deleted, for one that was moved."""
    first, second = clerks
    later = begin_next_year(first)
    Sharing(later).share(VersionMessage(subject="下一年"), "origin")
    first.session.run([DropFile(file=first.files[0])], "删除")
    first.share()
    second.change(Role.PURPOSE, "乙还在写")
    assert second.share().waiting == 1
    assert second.text(Role.PURPOSE) == "乙还在写"
    copies = (second.root / later.folder.relative_to(first.root)).rglob("*.toml")
    assert not any("乙还在写" in path.read_text(encoding="utf-8") for path in copies)


def test_an_edit_never_goes_into_a_file_of_last_year_that_was_renamed_meanwhile(clerks: tuple[Clerk, Clerk]) -> None:
    """Merging, git looks for another name only of what the other side changed: there it pairs what no diff shows."""
    first, second = clerks
    later = begin_next_year(first)
    Sharing(later).share(VersionMessage(subject="下一年"), "origin")
    second.share()
    copy = later.path(next(iter(OpenDocument.open(later, journal=False).document.projects)))
    edited = second.root / copy.relative_to(first.root)
    edited.write_text(
        edited.read_text(encoding="utf-8").replace('purpose = "', 'purpose = "乙还在写'), encoding="utf-8"
    )
    git(second.root, "commit", "-q", "-a", "-m", "乙")
    old = first.session.folder.path(first.files[0])
    new = old.with_name("130303202113010009999.toml")
    new.write_text(old.read_text(encoding="utf-8") + "# 改了名\n", encoding="utf-8")
    old.unlink()
    copy.unlink()
    git(first.root, "add", "-A")
    git(first.root, "commit", "-q", "-m", "甲")
    first.share()
    second.share()
    assert "乙还在写" in edited.read_text(encoding="utf-8")
    assert "乙还在写" not in (second.root / new.relative_to(first.root)).read_text(encoding="utf-8")


def test_what_was_written_into_a_renamed_project_follows_it_beside_one_that_was_rolled_over(
    clerks: tuple[Clerk, Clerk],
) -> None:
    first, second = clerks
    Sharing(begin_next_year(first)).keep(VersionMessage(subject="下一年"))
    old = first.session.folder.path(first.files[0])
    new = old.with_name("130303202113010009999.toml")
    old.rename(new)
    new.write_text(new.read_text(encoding="utf-8") + "# 改了名\n", encoding="utf-8")
    first.share()
    second.change(Role.PURPOSE, "乙还在写")
    outcome = second.share()
    assert outcome.waiting == 0
    assert "乙还在写" in second.session.folder.path(f"projects/{new.name}").read_text(encoding="utf-8")
    assert not second.session.folder.path(second.files[0]).exists()
    assert not git(second.root, "status", "--porcelain")


@pytest.mark.parametrize(("renames_first", "next_year"), [(True, True), (False, True), (False, False)])
def test_a_project_that_one_renames_and_the_other_deletes_beside_its_copy_waits_for_an_answer(
    clerks: tuple[Clerk, Clerk], *, renames_first: bool, next_year: bool
) -> None:
    renaming, deleting = clerks
    before, form = deleting.session.document, deleting.session.form
    deleting.be()
    if next_year:
        Sharing(begin_next_year(deleting)).keep(VersionMessage(subject="下一年"))
    else:
        copy = without_marks(copy_project(before, form, deleting.files[0]))
        deleting.session.run([AddFile(file=deleting.session.new_file(copy), record=copy)], "照一个新建")
    deleting.session.run([DropFile(file=deleting.files[0])], "删除")
    renaming.change(Role.PURPOSE, "甲还在写")
    renaming.session.flush()
    old = renaming.session.folder.path(renaming.files[0])
    old.rename(old.with_name("130303202113010009999.toml"))
    order = (renaming, deleting) if renames_first else (deleting, renaming)
    order[0].share()
    assert order[1].share().waiting == 1
    order[0].share()
    file = "projects/130303202113010009999.toml"
    for clerk in clerks:
        [conflict] = conflicts_of(file, clerk.session.document.record(file))
        assert {name: side.by for name, side in conflict.sides.items()} == {"ours": "甲", "theirs": "乙"}
        assert not clerk.session.document.has(clerk.files[0])
        assert not git(clerk.root, "status", "--porcelain")
    deleting.session.run(settling(deleting.session.document.record(file), conflict, "theirs"), "处理冲突")
    deleting.share()
    renaming.share()
    assert not any(clerk.session.document.has(file) for clerk in clerks)


def test_an_edit_of_a_deleted_project_never_goes_into_its_copy(clerks: tuple[Clerk, Clerk]) -> None:
    first, second = clerks
    document, form = first.session.document, first.session.form
    copy = without_marks(copy_project(document, form, first.files[0]))
    made = first.session.new_file(copy)
    first.be()
    first.session.run([AddFile(file=made, record=copy), DropFile(file=first.files[0])], "照一个新建")
    first.share()
    second.change(Role.PURPOSE, "乙还在写")
    assert second.share().waiting == 1
    assert second.text(Role.PURPOSE) == "乙还在写"
    assert "乙还在写" not in second.session.folder.path(made).read_text(encoding="utf-8")


@pytest.mark.parametrize("by_hand", [False, True])
def test_a_project_to_which_both_gave_a_code_is_two_and_can_be_shared(
    clerks: tuple[Clerk, Clerk], by_hand: bool
) -> None:
    first, second = clerks
    codes = {one.name: f"130303210000000000{number}01" for number, one in enumerate(clerks, 1)}
    for one in clerks:
        folder, code = one.session.folder, codes[one.name]
        one.change(Role.CODE, code)
        one.change(Role.PURPOSE, f"{one.name}写的")
        one.session.flush()
        git(one.root, "mv", str(folder.path(one.files[0])), str(folder.path(f"projects/{code}.toml")))
        git(one.root, "commit", "-q", "-a", "-m", one.name)
        if one is first:
            git(one.root, "push", "-q")
    if by_hand:
        subprocess.run(["git", "pull", "-q", "--no-rebase"], cwd=second.root, capture_output=True, check=False)
    assert second.share().waiting == 0
    projects = find_documents(second.root / "data")[0].folder / "projects"
    for name, code in codes.items():
        assert f"{name}写的" in (projects / f"{code}.toml").read_text(encoding="utf-8")
    assert not git(second.root, "status", "--porcelain")


def test_a_file_that_only_got_another_name_takes_what_the_other_clerk_wrote(clerks: tuple[Clerk, Clerk]) -> None:
    first, second = clerks
    folder = first.session.folder
    old = folder.path(first.files[0])
    new = old.with_name("130203202113010009999.toml")
    old.rename(new)
    new.write_text(new.read_text(encoding="utf-8") + "# 改了名\n", encoding="utf-8")
    first.be()
    first.share()
    second.change(Role.PURPOSE, "乙还在写")
    assert second.share().waiting == 0
    assert "乙还在写" in second.session.folder.path(f"projects/{new.name}").read_text(encoding="utf-8")


def test_a_value_that_a_merge_brought_is_told_of_the_person_who_wrote_it(clerks: tuple[Clerk, Clerk]) -> None:
    first, second = clerks
    first.change(Role.PURPOSE, "甲的用途")
    first.share()
    second.change(Role.NAME, "乙的名称")
    second.share()
    form, file = second.session.form, second.files[0]
    for role, value, author in ((Role.PURPOSE, "甲的用途", "甲"), (Role.NAME, "乙的名称", "乙")):
        path = form.project.path_of(role)
        assert path is not None
        latest, begun = field_history(second.session.folder, file, path, form)
        assert (latest.new, latest.commit.author, latest.old) == (value, author, begun.new)


def test_the_history_has_what_was_written_under_the_old_name_while_another_was_given(
    clerks: tuple[Clerk, Clerk],
) -> None:
    first, second = clerks
    old = first.session.folder.path(first.files[0])
    old.rename(old.with_name("130303202113010009999.toml"))
    first.share()
    before = second.text(Role.PURPOSE)
    second.change(Role.PURPOSE, "乙还在写")
    second.share()
    form, file = second.session.form, "projects/130303202113010009999.toml"
    path = form.project.path_of(Role.PURPOSE)
    assert path is not None
    found = field_history(second.session.folder, file, path, form)
    assert [(one.old, one.new, one.commit.is_merge) for one in found] == [
        (before, "乙还在写", False), (None, before, False),
    ]  # fmt: skip


def test_a_project_that_is_kept_after_all_is_kept_by_both(clerks: tuple[Clerk, Clerk]) -> None:
    first, second = clerks
    second.be()
    second.session.run([DropFile(file=second.files[0])], "删除")
    second.share()
    first.change(Role.PURPOSE, "甲还在写")
    assert first.share().waiting == 1
    record = first.session.document.record(first.files[0])
    [conflict] = conflicts_of(first.files[0], record)
    first.session.run(settling(record, conflict, "ours"), "处理冲突")
    assert first.share().waiting == 0
    assert second.share().waiting == 0
    assert second.text(Role.PURPOSE) == "甲还在写"


def test_accepted_findings_of_two_are_both_kept(clerks: tuple[Clerk, Clerk]) -> None:
    first, second = clerks
    for clerk, rule in ((first, "X003"), (second, "F005")):
        clerk.session.folder.path("review.toml").write_text(f'[rules]\n{rule} = "off"\n', encoding="utf-8")
        clerk.share()
    first.share()
    text = first.session.folder.path("review.toml").read_text(encoding="utf-8")
    assert 'X003 = "off"' in text
    assert 'F005 = "off"' in text
    assert "<<<" not in text


def test_a_finding_that_both_accepted_otherwise_waits_for_an_answer(clerks: tuple[Clerk, Clerk]) -> None:
    first, second = clerks
    for clerk, reason in ((first, "项目库如此"), (second, "已问财政")):
        clerk.be()
        folder, session = clerk.session.folder, clerk.session
        found = review(session.document, session.form, read_settings(folder))
        accept_findings(
            folder, read_settings(folder), [one for one in found if one.rule == "C001"][:1], reason, clerk.name
        )
    assert first.share().waiting == 0
    assert second.share().waiting == 1
    assert first.share().waiting == 1
    [conflict] = settings_conflicts(first.session.folder)
    [finding] = read_settings(first.session.folder).undecided
    assert finding.rule == "X005"
    assert "C001" in finding.message
    assert "已问财政" in finding.message
    assert finding in review(first.session.document, first.session.form, read_settings(first.session.folder))
    side = next(name for name, one in conflict.told.sides.items() if one.value == "项目库如此")
    settle_settings(first.session.folder, conflict, side)
    assert [(one.reason, one.by) for one in read_settings(first.session.folder).acceptances] == [("项目库如此", "甲")]
    assert first.share().waiting == 0
    assert second.share().waiting == 0
    assert read_settings(second.session.folder) == read_settings(first.session.folder)


def test_the_message_is_made_of_what_changed(clerks: tuple[Clerk, Clerk]) -> None:
    first, _second = clerks
    first.change(Role.PURPOSE, "新的用途")
    first.session.flush()
    form, now = first.session.form, first.session.document
    message = version_message(last_version(first.session.folder, form), now, form)
    name = form.project.text_of(now.record(first.files[0]), Role.NAME)
    label = form.project.label(form.project.path_of(Role.PURPOSE) or ())
    assert message.subject == f"项目 1 {name}：{label}"
    assert "→ 新的用途" in message.body
    file = first.files[0]
    for base in (before := last_version(first.session.folder, form), now):
        marked = base.with_record(file, base.record(file).with_value(("unreviewed", "plan"), 2021))
        message = version_message(marked, now, form)
        assert message.subject == f"项目 1 {name}：{label if base is before else '核对的标记'}"
        assert "unreviewed" not in message.body


def failing(clerk: Clerk, remote: str = "origin") -> GitFailed:
    clerk.be()
    clerk.session.flush()
    with pytest.raises(GitFailed) as caught:
        Sharing(clerk.session.folder).share(VersionMessage(subject="x"), remote)
    assert not any(word in str(caught.value) for word in ("fatal", "error:", "hint:")), "git's English is for details"
    return caught.value


@pytest.mark.parametrize("count", [0, 30])
def test_a_line_that_drops_amid_the_talk_is_told_as_one_and_loses_nothing(
    clerks: tuple[Clerk, Clerk], tmp_path: Path, count: int
) -> None:
    first = clerks[0]
    line = tmp_path / "line"
    line.write_text(f'#!/bin/sh\ngit-upload-pack "$@" | {{ dd bs=1 count={count} status=none; kill $$; }}\n')
    line.chmod(0o755)
    git(first.root, "config", "remote.origin.uploadpack", str(line))
    first.change(Role.PURPOSE, "甲的用途")
    with pytest.raises(GitFailed) as refused:
        first.share()
    assert refused.value.kind in (NETWORK, "no-remote")
    assert not list((first.root / ".git").rglob("*.lock"))
    git(first.root, "config", "--unset", "remote.origin.uploadpack")
    assert first.share().sent.count == 1


def test_without_a_name_it_is_asked_for(clerks: tuple[Clerk, Clerk], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL"):
        monkeypatch.delenv(name)
    clerks[0].change(Role.PURPOSE, "新的用途")
    assert failing(clerks[0]).kind == IDENTITY


def test_without_an_upstream_the_remote_is_asked_for_once(clerks: tuple[Clerk, Clerk]) -> None:
    first, _second = clerks
    git(first.root, "branch", "--unset-upstream")
    first.change(Role.PURPOSE, "新的用途")
    assert failing(first, remote="").kind == UPSTREAM
    assert first.share().sentence == "送出您的 1 处"
    first.change(Role.PURPOSE, "又一次")
    first.session.flush()
    assert Sharing(first.session.folder).share(VersionMessage(subject="x")).sent


def test_a_hook_that_refuses_is_told_with_its_words_beside(clerks: tuple[Clerk, Clerk], tmp_path: Path) -> None:
    first, _second = clerks
    hook = first.root / ".git/hooks/pre-commit"
    hook.write_text("#!/bin/sh\necho the sum is wrong >&2\nexit 1\n")
    hook.chmod(0o755)
    first.change(Role.PURPOSE, "新的用途")
    error = failing(first)
    assert (error.kind, "the sum is wrong" in error.details) == (HOOK, True)
    hook.unlink()
    refusing = tmp_path / "shared.git/hooks/pre-receive"
    refusing.write_text("#!/bin/sh\nexit 1\n")
    refusing.chmod(0o755)
    error = failing(first)
    assert (error.kind, str(error).startswith("版本存好了；")) == (REFUSED, True)
    refusing.unlink()
    hook = first.root / ".git/hooks/pre-push"
    hook.write_text("#!/bin/sh\necho not today >&2\nexit 1\n")
    hook.chmod(0o755)
    error = failing(first)
    assert (error.kind, "not today" in error.details) == (HOOK, True)
    hook.unlink()
    line = tmp_path / "line"
    line.write_text('#!/bin/sh\ngit-receive-pack "$@" | { dd bs=1 count=300 status=none; kill $$; }\n')
    line.chmod(0o755)
    git(first.root, "config", "remote.origin.receivepack", str(line))
    assert failing(first).kind == NETWORK


def test_a_rewritten_remote_is_told_before_anything_is_merged(clerks: tuple[Clerk, Clerk]) -> None:
    first, second = clerks
    first.change(Role.PURPOSE, "甲的用途")
    first.share()
    second.share()
    git(first.root, "commit", "-q", "--amend", "--date=2021-01-01T00:00:00", "-m", "改写")
    git(first.root, "push", "-q", "--force")
    before = git(second.root, "rev-parse", "HEAD")
    assert failing(second).kind == REWOUND
    assert git(second.root, "rev-parse", "HEAD") == before


def test_a_branch_that_is_gone_from_the_remote_is_told_and_made_anew_only_when_shared_again(
    clerks: tuple[Clerk, Clerk],
) -> None:
    first, _second = clerks
    first.change(Role.PURPOSE, "甲的用途")
    first.share()
    git(first.root.parent / "shared.git", "branch", "-m", "main", "haupt")
    first.change(Role.PURPOSE, "又一次")
    error = failing(first)
    assert error.kind == GONE
    assert "haupt" in str(error)
    assert not git(first.root, "ls-remote", "origin", "refs/heads/main")
    outcome = first.share()
    assert outcome.sent.count == 1  # what the other branch has was sent before
    assert git(first.root, "ls-remote", "origin", "refs/heads/main")


def test_a_branch_that_is_new_to_the_remote_sends_what_no_branch_there_has(clerks: tuple[Clerk, Clerk]) -> None:
    first, _second = clerks
    git(first.root, "switch", "-q", "-c", "neu")
    first.change(Role.PURPOSE, "甲的用途")
    sharing = Sharing(first.session.folder)
    first.session.flush()
    assert sharing.share(VersionMessage(subject="一版"), "origin").sent.count == 1


@pytest.mark.parametrize("words", [("rebase", "--exec", "false", "HEAD~1"), ("checkout", "-q", "--detach")])
def test_what_stands_in_the_way_is_said_before_anything_is_done(clerks: tuple[Clerk, Clerk], words: list[str]) -> None:
    first, _second = clerks
    first.change(Role.PURPOSE, "甲的用途")
    first.share()
    subprocess.run(["git", *words], cwd=first.root, capture_output=True, check=False)
    first.change(Role.PURPOSE, "又一次")
    assert words[0] in str(failing(first)) or "detached" in str(failing(first))


def test_a_lock_that_nobody_holds_is_known_from_one_just_made(clerks: tuple[Clerk, Clerk]) -> None:
    first, _second = clerks
    lock = first.root / ".git/index.lock"
    lock.touch()
    first.change(Role.PURPOSE, "甲的用途")
    error = failing(first)
    assert error.kind == LOCKED
    repository = Sharing(first.session.folder).repository
    assert stale_locks(repository) == ()
    os.utime(lock, (0, 0))
    locks = stale_locks(repository)
    assert [one.path for one in locks] == [lock]
    take_away(locks)
    assert first.share().sentence == "送出您的 1 处"


def test_waiting_can_be_ended_and_leaves_no_lock_and_what_the_hook_said(clerks: tuple[Clerk, Clerk]) -> None:
    first, _second = clerks
    hook = first.root / ".git/hooks/pre-commit"
    hook.write_text("#!/bin/sh\necho checking sums >&2\nsleep 60\n")
    hook.chmod(0o755)
    first.change(Role.PURPOSE, "甲的用途")
    first.session.flush()
    stop = Cancel()
    with pytest.raises(GitFailed, match="已取消") as ended:
        Sharing(first.session.folder, cancel=stop, progress=lambda _line: stop.tell()).keep(VersionMessage(subject="x"))
    assert "checking sums" in ended.value.details
    assert not (first.root / ".git/index.lock").exists()
    hook.unlink()
    assert first.share().sent


def test_the_state_is_read_once_for_all(clerks: tuple[Clerk, Clerk], tmp_path: Path) -> None:
    first, second = clerks
    first.change(Role.PURPOSE, "甲的用途")
    first.share()
    git(second.root, "fetch", "-q")
    second.change(Role.NAME, "乙的名称")
    second.session.flush()
    state = read_git_state(Sharing(second.session.folder).repository, second.session.folder.data)
    assert (state.branch, state.upstream, state.remote) == ("main", "origin/main", "origin")
    assert (state.ahead, state.behind, state.under_way, state.unmerged) == (0, 1, "", ())
    assert state.changed == (f"data/2021/613001/{second.files[0]}",)
    assert state.in_short(1) == "1 个文件没存版本，远程有 1 个新版本"
    assert state.not_here == ""
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{tmp_path}/shared.git", "shallow")
    shallow = Sharing(find_documents(tmp_path / "shallow" / "data")[0])
    assert "浅克隆" in shallow.state().not_here


def test_at_a_cold_start_an_emptied_file_is_had_back_from_git(clerks: tuple[Clerk, Clerk]) -> None:
    first, _second = clerks
    file, before = first.files[1], first.text(Role.PURPOSE, 1)
    first.session.close()
    first.session.folder.path(file).write_text("", encoding="utf-8")
    again = OpenDocument.open(first.session.folder)
    assert not again.document.has(file)
    assert again.write_back(file)
    assert again.form.project.text_of(again.document.record(file), Role.PURPOSE) == before
    assert not again.problems
    again.close()


def test_where_the_clone_stands_for_each_project(clerks: tuple[Clerk, Clerk]) -> None:
    """Who kept a project last, what is not kept, not sent, not fetched; asked again when something has changed it."""
    first, second = clerks
    watch = CloneWatch(first.session.folder, rest=0.0)
    assert watch.changed(0.0)
    begun = watch.ask(0.0)
    assert (begun.not_kept, begun.not_sent, begun.ahead, begun.behind) == (set(), set(), 0, 0)
    assert set(begun.last_hands) >= set(first.files)
    assert not watch.changed(0.0)
    first.change(Role.NAME, "甲改的")
    assert not first.session.flush().waiting
    assert watch.changed(1.0)
    assert watch.ask(1.0).not_kept == {first.files[0]}
    Sharing(first.session.folder).keep(VersionMessage(subject="一版"))
    assert watch.changed(1.0)
    kept = watch.ask(1.0)
    assert (kept.not_kept, kept.not_sent, kept.ahead) == (set(), {first.files[0]}, 1)
    assert kept.last_hands[first.files[0]] == "甲"
    git(first.root, "push", "-q")
    assert watch.changed(1.0)
    assert watch.ask(1.0).ahead == 0
    second.change(Role.PURPOSE, "乙改的", 1)
    second.share()
    git(first.root, "fetch", "-q")
    assert watch.changed(1.0)
    assert watch.ask(1.0).behind == 2
    assert not watch.changed(1.0)
    watch.ask_at_once()
    assert watch.changed(1.0)


def test_what_was_never_sent_is_said(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    shutil.copytree(ROOT / "data" / "2021", tmp_path / "data" / "2021", ignore=shutil.ignore_patterns(".*"))
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "begin")
    folder = find_documents(tmp_path / "data")[0]
    assert not LastHands([folder]).standing(folder).never_sent
    git(tmp_path, "remote", "add", "origin", "nowhere")
    assert LastHands([folder]).standing(folder).never_sent


OTHERS = {
    "README.md": ("a\n", "b\n", "c\n"),
    "data/forms/own.toml": ("a = 1\n\n\nb = 1\n", "a = 2\n\n\nb = 1\n", "a = 3\n\n\nb = 3\n"),
    "data/.gitignore": ("*.tmp\n", "*.tmp\n/own/\n", "*.tmp\n/theirs/\n"),
    "data/library/words.toml": ("x = [\n1,\n]\n", "x = [\n2,\n]\n", None),
}
"""Files that are none of a document's: before, ours, theirs."""


def written(clerk: Clerk, number: int) -> None:
    """Somebody changes, or deletes, all of them, and commits."""
    for name, versions in OTHERS.items():
        path, text = clerk.root / name, versions[number]
        path.parent.mkdir(exist_ok=True)
        path.unlink(missing_ok=True)
        if text is not None:
            path.write_text(text, encoding="utf-8")
    git(clerk.root, "add", "-A")
    git(clerk.root, "commit", "-q", "-m", "others", "--author", f"{clerk.name} <x@localhost>")


@pytest.fixture
def parted(clerks: tuple[Clerk, Clerk]) -> tuple[Clerk, Clerk]:
    """Both changed the same places of files that are none of the document's; the second sent them."""
    first, second = clerks
    written(first, 0)
    git(first.root, "push", "-q")
    git(second.root, "pull", "-q")
    written(first, 1)
    written(second, 2)
    git(second.root, "push", "-q")
    return clerks


def test_files_that_are_none_of_the_documents_are_asked_about_and_nothing_is_half_done(
    parted: tuple[Clerk, Clerk],
) -> None:
    first, _second = parted
    before = git(first.root, "rev-parse", "HEAD")
    with pytest.raises(FilesUnmerged) as raised:
        first.share()
    files = {one.name: one for one in raised.value.files}
    assert files.keys() == OTHERS.keys()
    own = files["data/forms/own.toml"]
    assert (own.count, own.by) == (1, {"ours": "甲", "theirs": "乙"})
    assert own.lines == {"ours": "a = 2", "theirs": "a = 3"}
    assert files["data/.gitignore"].sides == ("ours", "theirs", "both")
    assert question_in_words(files["data/library/words.toml"]) == "data/library/words.toml 两边都改了：用哪一边的？"
    assert side_in_words(own, "ours", ("甲",)) == "用这里的（您）"
    assert side_in_words(own, "theirs", ("甲",)) == "用取回的（乙）"
    assert git(first.root, "rev-parse", "HEAD") == before
    assert git(first.root, "status", "--porcelain") == ""


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_they_are_settled_for_a_side_and_all_other_changes_stay(parted: tuple[Clerk, Clerk], side: str) -> None:
    first, second = parted
    answers = {name: "both" if "gitignore" in name else side for name in OTHERS}
    outcome = Sharing(first.session.folder, answers=answers).share(VersionMessage(subject="一版"), "origin")
    assert "要您选" not in outcome.sentence
    text = (first.root / "data/forms/own.toml").read_text(encoding="utf-8")
    assert text == f"a = {2 if side == 'ours' else 3}\n\n\nb = 3\n"
    assert (first.root / "data/.gitignore").read_text(encoding="utf-8") == "*.tmp\n/own/\n/theirs/\n"
    assert (first.root / "data/library/words.toml").exists() is (side == "ours")
    assert git(first.root, "status", "--porcelain") == ""
    git(second.root, "pull", "-q")
    assert git(second.root, "rev-parse", "HEAD") == git(first.root, "rev-parse", "HEAD")


def test_a_merge_that_somebody_began_by_hand_is_not_given_up(parted: tuple[Clerk, Clerk]) -> None:
    first, _second = parted
    git(first.root, "fetch", "-q")
    subprocess.run(["git", "merge", "-q", "origin/main"], cwd=first.root, capture_output=True, check=False)
    assert set(LastHands([first.session.folder]).standing(first.session.folder).unmerged) == OTHERS.keys()
    (first.root / "data/forms/own.toml").write_text("a = 23\n\n\nb = 3\n", encoding="utf-8")  # merged in an editor
    with pytest.raises(FilesUnmerged) as raised:
        first.share()
    assert {one.name for one in raised.value.files} == OTHERS.keys() - {"data/forms/own.toml"}
    answers = {one.name: "ours" for one in raised.value.files}
    Sharing(first.session.folder, answers=answers).share(VersionMessage(subject="一版"), "origin")
    assert git(first.root, "show", "origin/main:data/forms/own.toml") == "a = 23\n\n\nb = 3\n"


def test_a_clone_without_names_of_old_versions_fetches_none_to_say_who_was_last(
    clerks: tuple[Clerk, Clerk], tmp_path: Path
) -> None:
    first, _second = clerks
    for name in ("一", "二", "三"):
        first.change(Role.NAME, name)
        first.share()
    git(tmp_path / "shared.git", "config", "uploadpack.allowFilter", "true")
    git(tmp_path / "shared.git", "config", "uploadpack.allowAnySHA1InWant", "true")
    git(tmp_path, "clone", "-q", "--filter=tree:0", f"file://{tmp_path / 'shared.git'}", "treeless")
    folder = find_documents(tmp_path / "treeless" / "data")[0]
    before = git(tmp_path / "treeless", "count-objects", "-v")
    hands = LastHands([folder])
    assert hands.state is not None
    assert hands.state.is_treeless
    assert hands.standing(folder).last_hands == {}
    assert git(tmp_path / "treeless", "count-objects", "-v") == before


def test_another_document_that_is_in_no_version_is_named(clerks: tuple[Clerk, Clerk]) -> None:
    """A rollover makes it; who shares the old year must not think that the new one went along."""
    first, _second = clerks
    folder = first.session.folder
    target = free_folder(folder.data, 2022, folder.unit)
    write_document(target, rolled_over(first.session.document, first.session.form, 2022))
    assert first.share().sentence == "两边一样，没有要取回和送出的；另外 2022 613001 有改动没存版本：打开它再共享"
    Sharing(target).share(VersionMessage(subject="一版"), "origin")
    assert first.share().sentence == "两边一样，没有要取回和送出的"


def test_versions_that_change_no_place_in_the_end_are_told_as_versions(clerks: tuple[Clerk, Clerk]) -> None:
    first, second = clerks
    before = first.text(Role.PURPOSE)
    for text in ("改一下", before):
        first.change(Role.PURPOSE, text)
        first.session.flush()
        Sharing(first.session.folder).keep(VersionMessage(subject=text))
    assert first.share().sentence == "送出了 2 个版本"
    assert second.share().sentence == "取回了 甲 的 2 个版本"
    assert second.share().sentence == "两边一样，没有要取回和送出的"


def test_a_file_that_got_another_name_is_told_as_that_and_not_as_gone(clerks: tuple[Clerk, Clerk]) -> None:
    first, second = clerks
    folder, file, new = first.session.folder, first.files[0], "projects/130303202113010009999.toml"
    name = f"项目 1 {first.text(Role.NAME)}"
    folder.path(file).rename(folder.path(new))
    first.session.poll()
    message = version_message(last_version(folder, first.session.form), first.session.document, first.session.form)
    assert message.subject == f"{name} 改了文件名"
    assert message.body.splitlines() == [name, f"  文件名：{file[9:-5]} → 130303202113010009999"]
    assert first.share().sentence == "送出您的 1 处"
    second.change(Role.PURPOSE, "乙还在写")
    assert second.share().sentence == "取回了 甲 的 1 处改动，送出您的 1 处"
    assert second.session.renames() == {file: new}
    assert second.session.losses() == ()
    assert second.session.document.record(new).text(("budget", "purpose")) == "乙还在写"
    assert [one.waiting for one in (first.share(), second.share())] == [0, 0]
    assert [list(clerk.session.document.projects) for clerk in clerks] == [list(first.session.document.projects)] * 2
    assert not git(second.root, "status", "--porcelain")
