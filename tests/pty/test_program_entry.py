"""A whole new project typed in at 80x24, exported, and compared with the file, the DOCX and git's diff."""

import zipfile
from pathlib import Path

from perftui.forms import load_form
from tests.pty.program import DOCUMENT, FIRST, Program, git, real_data

CODE = "130303216F9HQOHBT7GG5"
NAME = "街道工作者培训经费"
PURPOSE = "用于街道工作者全年4次培训，含场地、教材和讲课费。"
GOALS = ["全年举办培训4次，参加60人次", "培训合格率达到95%以上"]
NINE = (
    ("培训人次", "全年参加培训的总人次", "≥60人次"),
    ("培训合格率", "培训后考核合格的人数占参训人数的比例", "≥95%"),
    ("培训按期开展率", "按计划月份开展的场次占计划场次的比例", "≥90%"),
    ("人均培训费用控制率", "人均费用占培训费标准的比例", "≤100%"),
    ("参训人员持证上岗率", "取得上岗证书的人数占参训人数的比例", "≥80%"),
    ("居民诉求办结率", "参训后办结的居民诉求占受理诉求的比例", "≥95%"),
    ("线上培训比例", "在线上进行、节约用纸的场次占全部场次的比例", "≥30%"),
    ("培训资料复用率", "下一年仍可使用的资料占全部资料的比例", "≥60%"),
    ("参训人员满意度", "问卷调查中表示满意的人员占被调查人员的比例", "≥95%"),
)
BASIS = "年度培训计划"


def type_project(program: Program) -> None:
    """Every field from the code on, as hands with the input method on type them."""
    program.press("insert")
    program.wait_for("新项目")
    program.enter(CODE.lower(), NAME)
    program.press("enter")  # no title of its own
    program.enter("１２万")
    program.press("f3", "f3")  # the parts of the amount
    program.enter(PURPOSE)
    program.press("f3")  # the plan
    program.enter(*GOALS)
    program.press("tab")
    for number, row in enumerate(NINE):
        program.tab(*(text.replace("≥", "》=").replace("%", "％") for text in row))
        if number == 0:
            program.enter(BASIS)  # down, to where the row was begun
        else:
            program.press("f3")


def test_from_an_open_list_to_a_saved_project_a_docx_and_a_clean_end(tmp_path: Path) -> None:
    data = real_data(tmp_path)
    with Program(data, 80, 24) as program:
        type_project(program)
        program.wait_stored(f'name = "{NINE[-1][0]}"', CODE)
        program.wait_until(lambda: program.path(CODE).read_text(encoding="utf-8").count(f'basis = "{BASIS}"') == 9)
        stored = program.stored(CODE)
        program.press("f9")
        program.wait_for(".docx", limit=20)
        program.wait_idle(0.7)  # a list that opened by itself is not answered by keys typed ahead
        program.press("escape")
        program.wait_until(lambda: "取回：" not in program.text())
        program.press("ctrl+s")
        program.wait_for("所有改动都已写好")
        program.quit()

    assert (stored["code"], stored["name"]) == (CODE, NAME)
    assert stored["budget"] == {"total": "120000.00", "fiscal": "120000.00", "other": "0.00", "purpose": PURPOSE}
    assert list(stored["plan"].values()) == ["25", "50", "75", "100"]
    assert [row["text"] for row in stored["goals"].values()] == GOALS
    rows = list(stored["indicators"].values())
    assert [(row["name"], row["description"], row["value"]) for row in rows] == list(NINE)
    taxonomy = load_form("hebei-2021").project.taxonomy
    assert [(row["category"], row["class"], row["basis"]) for row in rows] == [
        (*levels, BASIS) for levels in taxonomy.skeleton
    ]
    assert [row["order"] for row in rows] == [1000 * number for number in range(1, 10)]

    assert git(tmp_path, "status", "--porcelain") == f"?? {Path('data', DOCUMENT, 'projects', CODE)}.toml\n"
    (docx,) = (tmp_path / "exports").glob("*.docx")
    with zipfile.ZipFile(docx) as archive:
        text = archive.read("word/document.xml").decode()
    for wanted in (CODE, NAME, PURPOSE, *GOALS, *(part for row in NINE for part in row)):
        assert wanted in text, wanted


def changed_lines(folder: Path) -> list[str]:
    """The lines that git's diff takes out and puts in."""
    lines = git(folder, "diff", "-U0", "--no-ext-diff").splitlines()
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def test_the_diff_is_what_was_typed(tmp_path: Path) -> None:
    data = real_data(tmp_path)
    with Program(data, 80, 24) as program:
        program.press("enter")
        program.wait_for("项目编码")
        program.press("down", "f2")
        program.send("（二期）\r")
        program.press("ctrl+f")
        program.send("保障社区人员经费足额发放\r")
        program.press("f2", *["left"] * 4)
        program.send("按月")
        program.press("enter", "ctrl+o", "5")
        program.wait_for("总体绩效目标")
        program.press(*["down"] * 7)
        program.wait_for("没有填总体绩效目标")
        program.send("一、保障运转；\n二、改善民生。")
        program.wait_idle(0.06)
        program.press("tab")
        program.wait_stored("二、改善民生。", "department")
        program.press("ctrl+s")
        program.wait_for("所有改动都已写好")
        program.press("ctrl+s")  # the field for the version's message opens by itself, and is read in silence
        program.wait_for("写明做了什么")
        program.wait_idle(1.2)
        program.send("，第二稿")  # an input method sends a text at once
        program.wait_for("，第二稿")
        program.press("escape")
        program.quit()
    assert changed_lines(tmp_path) == [
        '+overall_goal = """',
        "+一、保障运转；",
        '+二、改善民生。"""',
        "+",
        '-name = "社区工作专项补助"',
        '+name = "社区工作专项补助（二期）"',
        '-text = "保障社区人员经费足额发放"',
        '+text = "保障社区人员经费按月足额发放"',
    ]
    assert git(tmp_path, "status", "--porcelain").splitlines() == [
        f" M {Path('data', DOCUMENT, 'department.toml')}",
        f" M {Path('data', DOCUMENT, 'projects', FIRST)}.toml",
    ]


def test_undo_of_everything_leaves_no_diff(tmp_path: Path) -> None:
    data = real_data(tmp_path)
    with Program(data, 80, 24) as program:
        program.press("ctrl+k", "insert")
        program.enter(CODE, NAME)
        program.wait_stored(NAME, CODE)
        assert not program.path(FIRST).exists()
        program.press("ctrl+z", "ctrl+z", "ctrl+z")
        program.wait_until(lambda: program.path(FIRST).exists() and not program.path(CODE).exists())
        program.press("ctrl+s")
        program.wait_for("所有改动都已写好")
        program.quit()
    assert git(tmp_path, "status", "--porcelain") == ""


def test_a_document_from_nothing(tmp_path: Path) -> None:
    """An empty folder: year, unit and name at the start, then the first project."""
    data = tmp_path / "data"
    data.mkdir()
    with Program(data, 80, 24, ready="新建绩效文本") as program:
        program.enter("2022", "613002", "路北街道办事处")
        program.press("down", "down", "enter")
        program.wait_for("没有项目")
        program.press("insert")
        program.wait_for("新项目")
        program.enter(CODE, "社区服务经费")
        file = data / "2022" / "613002" / "projects" / f"{CODE}.toml"
        program.wait_until(lambda: file.exists() and "社区服务经费" in file.read_text(encoding="utf-8"))
        program.quit()
    assert "路北街道办事处" in (data / "2022" / "613002" / "department.toml").read_text(encoding="utf-8")
