"""Versions kept and others' changes fetched from the screens, with real git."""

from pathlib import Path

from tests import factories
from tests.tui.flows import SMALL, Flow, at_work, real, sample
from tests.unit.store.repositories import Clone


def cloned(tmp_path: Path) -> Clone:
    """Somebody else's working copy of the real document, of which ``ours`` is a clone."""
    theirs = Clone.new(tmp_path / "theirs")
    real(theirs.root)
    theirs.commit("begun")
    theirs.git("clone", "-q", str(theirs.root), str(tmp_path / "ours"))
    return theirs


def rename(theirs: Clone, file: str, name: str) -> None:
    """They commit another name of a project."""
    path = theirs.root / "data/2021/613001" / file
    path.write_text(path.read_text(encoding="utf-8").replace(name, "对方改的名称"), encoding="utf-8")
    theirs.commit("theirs")


async def test_a_version_is_kept_with_what_was_done(tmp_path: Path) -> None:
    clone = Clone.new(tmp_path)
    real(tmp_path)
    clone.commit("begun")
    async with at_work(tmp_path / "data") as flow:
        file = flow.files[0]
        await flow.press("enter")
        await flow.go("name")
        await flow.enter("改过的名称")
        await flow.ask_for_version()
        await flow.enter("，改了名称")  # behind the sentence that is offered
        await flow.until(lambda: "改了名称" in clone.git("log", "--format=%s", "-1"))
        await flow.until(lambda: flow.notice and "等 git" not in flow.notice)
        assert "改过的名称" in clone.git("show", f"HEAD:data/2021/613001/{file}")


async def test_esc_keeps_no_version(tmp_path: Path) -> None:
    clone = Clone.new(tmp_path)
    real(tmp_path)
    clone.commit("begun")
    async with at_work(tmp_path / "data") as flow:
        await flow.press("enter")
        await flow.go("name")
        await flow.enter("改过的名称")
        await flow.ask_for_version()
        await flow.press("escape")
        await flow.until(lambda: flow.screen.state.git_job.cancel is None)
    assert clone.git("status", "--porcelain")
    assert clone.git("rev-list", "--count", "HEAD").strip() == "1"


async def test_without_a_repository_it_is_said(tmp_path: Path) -> None:
    async with at_work(sample(tmp_path, factories.document(projects=1))) as flow:
        await flow.run("git.fetch")
        await flow.until(lambda: flow.notice and "等 git" not in flow.notice)
        assert "git" in flow.notice


async def test_what_others_pushed_is_fetched(tmp_path: Path) -> None:
    theirs = cloned(tmp_path)
    async with at_work(tmp_path / "ours" / "data") as flow:
        file = flow.files[0]
        rename(theirs, file, flow.text("name", file=file))
        await flow.run("git.fetch")
        await flow.until(lambda: flow.text("name", file=file) == "对方改的名称")
        assert flow.disk(file)["name"] == "对方改的名称"


async def test_a_field_that_both_changed_is_said_to_wait_for_a_decision(tmp_path: Path) -> None:
    theirs = cloned(tmp_path)
    async with at_work(tmp_path / "ours" / "data") as flow:
        file = flow.files[0]
        rename(theirs, file, flow.text("name", file=file))
        await flow.press("enter")
        await flow.go("name")
        await flow.enter("自己改的名称")
        await flow.ask_for_version()
        await flow.press("enter")
        await flow.until(lambda: "存了一个版本" in flow.notice)
        await flow.run("git.fetch")
        await flow.until(lambda: "要您选" in flow.notice)
        assert flow.notice == "取回了 张三 的 1 处改动；1 处要您选：按 F7 去看，F4 选定"
        assert flow.text("name", file=file) == "自己改的名称"
        assert "已合并" not in flow.notice
        await flow.press("f6")  # the decision can wait; the key finds it from anywhere
        await flow.press("f7", "f7")
        await flow.run("git.fetch")  # and again from where it has gone on to
        await flow.until(lambda: flow.notice == "两边一样，没有要取回和送出的；1 处要您选：按 F7 去看，F4 选定")
        await flow.press("f7", "f4", "2")
        assert flow.text("name", file=file) == "对方改的名称"


async def test_what_git_told_stands_where_a_look_at_the_files_shows_the_same_changes(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        app, file = flow.app, flow.files[0]
        before = app.state.git_job.ended
        path = app.session.folder.path(file)
        path.write_text(path.read_text(encoding="utf-8").replace("社区工作", "社区服务"), encoding="utf-8")
        changed = app.session.poll()
        app.state.git_job.ended += 1  # while the files were looked at
        flow.screen.say("取回了 张三 的 1 处改动")
        app._changed_outside(changed, (), before)
        assert flow.notice == "取回了 张三 的 1 处改动"
        assert "社区服务" in flow.text("name", file=file)


def bare(tmp_path: Path) -> Clone:
    """A clone, ``ours``, of a bare repository that has the real document; the other clerk's clone."""
    theirs = Clone.new(tmp_path / "theirs")
    real(theirs.root)
    theirs.commit("begun")
    theirs.git("clone", "-q", "--bare", str(theirs.root), str(tmp_path / "shared.git"))
    theirs.git("clone", "-q", str(tmp_path / "shared.git"), str(tmp_path / "ours"))
    theirs.git("remote", "add", "origin", str(tmp_path / "shared.git"))
    theirs.git("fetch", "-q")
    theirs.git("branch", "-q", "-u", "origin/main")
    return theirs


def cells(flow: Flow, row: int) -> list[str]:
    """The texts of a row of the list."""
    return [cell.text for cell in flow.screen.sheet.view.rows[row].cells]


async def test_one_command_keeps_fetches_and_sends(tmp_path: Path) -> None:
    theirs = bare(tmp_path)
    async with at_work(tmp_path / "ours" / "data", SMALL) as flow:
        file = flow.files[0]
        rename(theirs, flow.files[1], flow.text("name", file=flow.files[1]))
        theirs.git("push", "-q")
        await flow.press("enter")
        await flow.go("name")
        await flow.enter("自己改的名称")
        await flow.press("alt+1")
        await flow.until(lambda: "没存版本" in cells(flow, 0) and "没存 1" in str(flow.screen.foot.texts))
        hook, seen = tmp_path / "ours" / ".git" / "hooks" / "pre-push", tmp_path / "seen"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\nuntil [ -e '{seen}' ]; do sleep 0.05; done\n", encoding="utf-8")
        hook.chmod(0o755)
        await flow.run("git.share")
        await flow.until(lambda: flow.screen.picker.is_open)
        await flow.press("enter")
        await flow.until(lambda: "git 正在做事" in str(flow.screen.foot.texts))
        seen.touch()
        await flow.until(lambda: "送出您的 1 处" in flow.notice)
        assert "git 正在做事" not in str(flow.screen.foot.texts)
        assert flow.notice == "取回了 张三 的 1 处改动，送出您的 1 处"
        assert flow.text("name", file=flow.files[1]) == "对方改的名称"
        assert "自己改的名称" in theirs.git(
            "--git-dir", str(tmp_path / "shared.git"), "show", f"main:data/2021/613001/{file}"
        )
        await flow.until(lambda: "没存" not in f"{cells(flow, 0)}{flow.screen.foot.texts}")
        assert "张三" in cells(flow, 1)
        await flow.run("git.send")
        await flow.until(lambda: "两边一样" in flow.notice)


async def test_whose_lines_count_in_a_file_that_is_none_of_the_documents_is_asked(tmp_path: Path) -> None:
    theirs, ours = bare(tmp_path), Clone(tmp_path / "ours")
    for clone, text in ((theirs, "note = 'theirs'\n"), (ours, "note = 'ours'\n")):
        (clone.root / "data" / "notes.toml").write_text(text, encoding="utf-8")
        clone.commit("notes")
    theirs.git("push", "-q")
    async with at_work(ours.root / "data") as flow:
        await flow.run("git.share")
        await flow.until(lambda: flow.screen.picker.is_open)
        await flow.press("2")
        await flow.until(lambda: "送出" in flow.notice or "取回了" in flow.notice)
        assert (ours.root / "data" / "notes.toml").read_text(encoding="utf-8") == "note = 'theirs'\n"


async def test_the_key_for_saving_keeps_a_version_when_pressed_again(tmp_path: Path) -> None:
    clone = Clone.new(tmp_path)
    real(tmp_path)
    clone.commit("begun")
    async with at_work(tmp_path / "data") as flow:
        await flow.press("enter")
        await flow.go("name")
        await flow.enter("改过的名称")
        await flow.press("ctrl+s")
        assert "再按一次" in flow.notice
        await flow.press("ctrl+s")
        await flow.until(lambda: flow.screen.picker.is_open)
        await flow.press("enter")
        await flow.until(lambda: "存了一个版本" in flow.notice)
        assert clone.git("log", "-1", "--format=%s").strip() == "项目 1 改过的名称：项目名称"


async def test_a_check_that_takes_long_can_be_stopped(tmp_path: Path) -> None:
    clone = Clone.new(tmp_path)
    real(tmp_path)
    clone.commit("begun")
    hook = tmp_path / ".git/hooks/pre-commit"
    hook.write_text("#!/bin/sh\necho slow >&2\nsleep 60\n")
    hook.chmod(0o755)
    async with at_work(tmp_path / "data") as flow:
        await flow.press("enter")
        await flow.go("name")
        await flow.enter("改过的名称")
        await flow.ask_for_version()
        await flow.press("enter")
        await flow.until(lambda: "等 git" in flow.notice)
        await flow.go("budget", "other")
        await flow.enter("5")  # no key is lost meanwhile
        await flow.run("git.cancel")
        await flow.until(lambda: flow.notice.startswith("已取消"))
        assert flow.screen.state.git_job.details.startswith("slow")
        assert flow.text("budget", "other") == "5.00"
        assert not (tmp_path / ".git/index.lock").exists()
        hook.write_text("#!/bin/sh\necho the sum is wrong >&2\nexit 1\n")
        await flow.ask_for_version()
        await flow.press("enter")
        await flow.until(lambda: "hook" in flow.notice)
        await flow.run("git.details")
        assert flow.screen.picker.is_open
        assert "the sum is wrong" in "".join(item.label for item in flow.screen.picker._found)


async def test_without_git_a_version_is_begun_or_a_copy_kept(tmp_path: Path) -> None:
    async with at_work(sample(tmp_path, factories.document(projects=1))) as flow:
        await flow.run("git.version")
        await flow.press("2")
        await flow.until(lambda: "副本" in flow.notice)
        await flow.press("down")
        assert "副本" in flow.notice, "the key was none for it"
        copy = Path(flow.notice.split("：")[1])
        assert list(copy.glob("*/*/projects/*.toml"))
        await flow.run("git.version")
        await flow.press("1")
        await flow.until(lambda: flow.screen.picker.is_open and flow.screen.picker._edit.text)
        await flow.press("enter")
        await flow.until(lambda: "存了一个版本" in flow.notice)


async def test_an_old_value_of_a_field_is_taken_back_and_can_be_undone(tmp_path: Path) -> None:
    clone = Clone.new(tmp_path)
    real(tmp_path)
    clone.commit("begun")
    async with at_work(tmp_path / "data") as flow:
        file = flow.files[0]
        old = flow.text("name", file=file)
        path = tmp_path / "data/2021/613001" / file
        path.write_text(path.read_text(encoding="utf-8").replace(old, "改过的名称"), encoding="utf-8")
        clone.commit("改名")
        await flow.until(lambda: flow.text("name", file=file) == "改过的名称")
        await flow.press("enter")
        await flow.go("name")
        await flow.run("history.field")
        await flow.until(lambda: flow.screen.picker.is_open)
        assert [item.label for item in flow.screen.picker._found] == [f"{old} → 改过的名称", f"（空） → {old}"]
        await flow.press("down", "enter")
        assert flow.text("name", file=file) == old
        await flow.press("ctrl+z")
        assert flow.text("name", file=file) == "改过的名称"
        await flow.run("history.project")
        await flow.until(lambda: flow.screen.picker.is_open)
        await flow.press("enter")
        assert f"项目名称：{old} → 改过的名称" in [item.label for item in flow.screen.picker._found]
        await flow.press("escape")
        await flow.run("history.document")
        await flow.until(lambda: flow.screen.picker.is_open)
        assert [item.label.endswith(("改名", "begun")) for item in flow.screen.picker._found] == [True, True]


async def test_an_emptied_file_is_written_back_and_a_change_from_outside_undone(tmp_path: Path) -> None:
    async with at_work(sample(tmp_path, factories.document(projects=2))) as flow:
        file = flow.files[0]
        path = next(tmp_path.rglob(file.rpartition("/")[2]))
        before, whole = flow.disk(file), path.read_text(encoding="utf-8")
        path.write_text("", encoding="utf-8")
        await flow.until(lambda: any(one.file == file for one in flow.screen.state.session.problems))
        await flow.run("file.repair")
        await flow.press("1")
        await flow.until(lambda: "已写回" in flow.notice)
        assert flow.disk(file) == before
        path.write_text(whole.partition("[indicators")[0], encoding="utf-8")
        await flow.until(lambda: flow.screen.state.session.problems or "可以取回" in flow.notice)
        await flow.run("file.repair" if flow.screen.state.session.problems else "file.earlier")
        await flow.press("1")
        await flow.until(lambda: flow.disk(file) == before)
