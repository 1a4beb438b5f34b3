"""Versions kept and others' changes fetched from the screens, with real git."""

from pathlib import Path

from tests import factories
from tests.tui.flows import at_work, real, sample
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
        await flow.run("git.version")
        await flow.enter("，改了名称")  # behind the sentence that is offered
        await flow.until(lambda: "改了名称" in clone.git("log", "--format=%s", "-1"))
        await flow.until(lambda: flow.notice and "等 git" not in flow.notice)
        assert "改过的名称" in clone.git("show", f"HEAD:data/2021/613001/{file}")


async def test_esc_keeps_no_version(tmp_path: Path) -> None:
    clone = Clone.new(tmp_path)
    real(tmp_path)
    clone.commit("begun")
    async with at_work(tmp_path / "data") as flow:
        await flow.run("git.version")
        await flow.press("escape")
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
        await flow.run("git.version")
        await flow.press("enter")
        await flow.until(lambda: "存了一个版本" in flow.notice)
        await flow.run("git.fetch")
        await flow.until(lambda: "两边都改了" in flow.notice)
        assert flow.text("name", file=file) == "自己改的名称"
        assert "已合并" not in flow.notice
        await flow.press("f6")  # the decision can wait; the key finds it from anywhere
        await flow.press("f7", "f4", "2")
        assert flow.text("name", file=file) == "对方改的名称"
