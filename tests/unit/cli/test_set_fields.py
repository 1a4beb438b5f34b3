"""``set``: typed as kindly as in the screens, one changed field one changed line, refused with a sentence."""

import contextlib
import io
import multiprocessing.queues
import resource
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from perftui.cli.exits import Exit
from perftui.cli.main import main
from perftui.forms import load_form
from perftui.session.open_document import OpenDocument
from perftui.store.folder import find_documents
from perftui.store.toml.decode import decode
from tests.unit.cli.conftest import Run

FILE = "projects/130303216F9HQOHBT7GG4.toml"


def changed_lines(before: str, after: str) -> list[str]:
    old, new = before.splitlines(), after.splitlines()
    return [line for line in new if line not in old]


@pytest.mark.parametrize(
    ("word", "line"),
    [
        ("name=街道补助", 'name = "街道补助"'),
        ("budget.fiscal=12万", 'fiscal = "120000.00"'),
        ("budget.total=１９７，０００．５", 'total = "197000.50"'),
        ("plan.m03=33.3％", 'm03 = "33.3"'),
        ("goals:2.text=按月发放", 'text = "按月发放"'),
        ("goals:2=按月发放", 'text = "按月发放"'),
        ("indicators:1.value=》=97％", 'value = "≥97%"'),
        ("order=2500", "order = 2500"),
        ("title=a=b", 'title = "a=b"'),
    ],
)
def test_a_field_is_one_changed_line(run: Run, real: Path, word: str, line: str) -> None:
    before = (real / FILE).read_text(encoding="utf-8")
    ran = run("set", "#2", word)
    assert (ran.code, ran.err) == (Exit.DONE, "")
    assert changed_lines(before, (real / FILE).read_text(encoding="utf-8")) == [line]
    assert " → " in ran.out


def test_a_row_is_named_by_its_id(run: Run, real: Path) -> None:
    record = decode((real / FILE).read_bytes(), load_form("hebei-2021").project)
    row = record.rows("indicators")[2]
    assert run("set", "#2", f"indicators.{row.id}.name=及时率").code == Exit.DONE
    after = decode((real / FILE).read_bytes(), load_form("hebei-2021").project)
    assert after.rows("indicators")[2].text("name") == "及时率"


def test_nothing_behind_the_sign_makes_the_field_blank(run: Run, real: Path) -> None:
    assert run("set", "#2", "plan.m03=").code == Exit.DONE
    assert "m03" not in (real / FILE).read_text(encoding="utf-8")


def test_the_number_behind_the_last_makes_a_new_row(run: Run, real: Path) -> None:
    ran = run("set", "#2", "goals:3=1. 全年发放12次", "indicators:10.name=人数", "indicators:10.value=18人")
    assert ran.code == Exit.DONE
    assert "前面的序号“1”去掉了" in ran.err
    record = decode((real / FILE).read_bytes(), load_form("hebei-2021").project)
    assert record.rows("goals")[2].text("text") == "全年发放12次"
    added = record.rows("indicators")[9]
    assert (added.text("name"), added.text("value")) == ("人数", "18人")


def test_a_new_row_is_one_row_also_when_its_levels_come_first(run: Run, real: Path) -> None:
    assert run("set", "#2", "indicators:10.category=产出指标", "indicators:10.class=数量指标").code == Exit.DONE
    assert run("set", "#2", "indicators:10.name=人数", "indicators:10.value=18人").code == Exit.DONE
    added = decode((real / FILE).read_bytes(), load_form("hebei-2021").project).rows("indicators")[9:]
    assert [[row.text(key) for key in ("category", "class", "name", "value")] for row in added] == [
        ["产出指标", "数量指标", "人数", "18人"]
    ]


def test_the_department_is_edited_as_well(run: Run, real: Path) -> None:
    ran = run("set", "部门", "overall_goal=第一段\n第二段", "duties:2.standard=改")
    assert ran.code == Exit.DONE
    record = decode((real / "department.toml").read_bytes(), load_form("hebei-2021").department)
    assert record.text(("overall_goal",)) == "第一段\n第二段"
    assert record.rows("duties")[1].text("standard") == "改"


def test_the_same_value_changes_nothing(run: Run, real: Path) -> None:
    before = (real / FILE).stat()
    ran = run("set", "#2", "budget.total=1973600")
    assert (ran.code, ran.out, ran.err) == (Exit.DONE, "", "没有改动\n")
    assert (real / FILE).stat().st_mtime_ns == before.st_mtime_ns


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("name", "没有等号"),
        ("budget.fiscal=十二", "budget.fiscal: "),
        ("budget.unknown=1", "不能修改“budget.unknown”，可以写：code name"),
        ("schema=2", "不能修改“schema”"),
        ("goals:9=x", "绩效目标只有 2 行，没有第 9 行"),
        ("goals:0=x", "绩效目标只有 2 行，没有第 0 行"),
        ("goals.zzzzzz.text=x", "没有行 goals.zzzzzz"),
        ("indicators:1=x", "不能修改“indicators:1”"),
        ("code=编码", "请把输入法切换到英文"),
    ],
)
def test_what_cannot_be_set_is_a_sentence_and_changes_nothing(run: Run, real: Path, word: str, said: str) -> None:
    before = (real / FILE).read_bytes()
    ran = run("set", "#2", "name=别的", word)
    assert (ran.code, ran.out) == (Exit.USAGE, "")
    assert said in ran.err
    assert (real / FILE).read_bytes() == before


def test_comments_and_unknown_keys_survive(run: Run, real: Path) -> None:
    text = (real / FILE).read_text(encoding="utf-8")
    by_hand = "# 老王写的\n" + text.replace("[budget]", '"备注" = "x"\n\n[budget] # 已核对')
    (real / FILE).write_text(by_hand, encoding="utf-8")
    assert run("set", "#2", "name=新名").code == Exit.DONE
    after = (real / FILE).read_text(encoding="utf-8")
    assert changed_lines(by_hand, after) == ['name = "新名"']
    assert len(after.splitlines()) == len(by_hand.splitlines())


def _set_name(data: Path, number: int, told: "multiprocessing.queues.Queue[str]", begin: Barrier) -> None:
    out = io.StringIO()
    begin.wait()
    with contextlib.redirect_stdout(out):
        code = main(["set", "--data", str(data), "#2", f"name=名称{number}"])
    told.put(out.getvalue() if code == Exit.DONE else f"exit {code}")


def test_commands_at_once_on_one_field_follow_one_another(real: Path) -> None:
    """The last one wins, each says what it replaced, and none makes a conflict."""
    fork, writers = multiprocessing.get_context("fork"), 12
    told, begin = fork.Queue(), fork.Barrier(writers)
    processes = [fork.Process(target=_set_name, args=(real.parents[1], n, told, begin)) for n in range(writers)]
    for process in processes:
        process.start()
    lines = [told.get(timeout=60).strip().partition(": ")[2] for _process in processes]
    for process in processes:
        process.join()
    replaced = dict(line.split(" → ") for line in lines)
    last = decode((real / FILE).read_bytes(), load_form("hebei-2021").project)
    assert last.rows("conflicts") == ()
    name, chain = "街道工作专项补助", 0
    while name in replaced:
        name, chain = replaced[name], chain + 1
    assert (name, chain) == (last.text(("name",)), writers)


def test_a_command_that_failed_says_so_and_never_comes_back(run: Run, real: Path) -> None:
    before = (real / FILE).read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))  # no file may be longer, as on a full disk
    try:
        ran = run("set", "#2", "name=改名")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert ran.code == Exit.REFUSED
    assert "没有修改" in ran.err
    session = OpenDocument.open(find_documents(real.parents[1])[0])
    assert session.recovered.edits == ()
    session.close()
    assert (real / FILE).read_bytes() == before


def test_a_field_in_conflict_that_is_set_is_settled_and_says_what_went(run: Run, real: Path) -> None:
    path = real / FILE
    row = '\n[conflicts.k7x2mw]\nfield = "name"\nours = "街道工作专项补助"\ntheirs = "街道补助"\ntheirs_by = "李四"\n'
    path.write_text(path.read_text(encoding="utf-8") + row, encoding="utf-8")
    ran = run("set", "#2", "name=工作补助")
    assert "不用李四的“街道补助”" in ran.out
    assert "conflicts" not in path.read_text(encoding="utf-8")
    assert run("set", "#2", "title=标题").code == Exit.DONE
