"""The mouse, where it is wanted: clicks, double clicks, the wheel; only the two modes for these are asked for."""

from pathlib import Path

from tests.pty.program import Program, real_data

MODES = (b"\x1b[?1000h", b"\x1b[?1006h")
MOVES = (b"\x1b[?1002h", b"\x1b[?1003h", b"\x1b[?1015h", b"\x1b[?1016h")


def click(program: Program, x: int, y: int, times: int = 1) -> None:
    """At a column and row from 0."""
    for _time in range(times):
        program.send(f"\x1b[<0;{x + 1};{y + 1}M\x1b[<0;{x + 1};{y + 1}m")
    program.wait_idle(0.1)


def row_of(program: Program, text: str) -> int:
    return next(number for number, line in enumerate(program.screen()) if text in line)


def test_clicks_the_wheel_and_the_names_of_the_screens(tmp_path: Path) -> None:
    with Program(real_data(tmp_path), env={"PERFTUI_MOUSE": "1"}) as program:
        program.wait_until(lambda: all(mode in program.output for mode in MODES))
        assert not any(mode in program.output for mode in MOVES)
        program.send("\x1b[<65;5;5M")
        program.wait_until(lambda: program.cursor[1] > 4)
        click(program, 5, row_of(program, "社区工作专项补助"), times=2)
        program.wait_for("表标题")
        name = row_of(program, "项目名称")
        click(program, 16, name)
        assert program.cursor[1] == name
        click(program, 16, name, times=2)
        program.send("甲乙丙")
        click(program, 16, name)
        program.wait_cursor(15, name)  # before the character that was clicked on
        program.press("end")
        program.send("改")
        program.send("\x1b[<65;5;5M")  # the wheel leaves no open cell
        click(program, 16, row_of(program, "表标题"))
        program.wait_until(
            lambda: any('改"' in path.read_text("utf-8") for path in program.data.rglob("projects/*.toml"))
        )
        click(program, 8, 0)
        program.wait_for("资金用途")
        program.quit()


def test_off_it_is_left_to_the_terminal_and_a_command_switches_and_remembers(tmp_path: Path) -> None:
    data = real_data(tmp_path)
    env = {"XDG_CONFIG_HOME": str(tmp_path / "config"), "PERFTUI_MOUSE": None}
    settings = tmp_path / "config" / "perftui" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('# mine\ntheme = "light"\n[keys]\n"edit.undo" = "f12"\n', encoding="utf-8")
    with Program(data, env=env) as program:
        assert MODES[0] not in program.output
        program.press("ctrl+p")
        program.wait_for("命令：")
        program.send("鼠标\r")
        program.wait_for("鼠标开了")
        program.wait_until(lambda: all(mode in program.output for mode in MODES))
        program.quit()
    assert settings.read_text(encoding="utf-8") == (
        'mouse = true\n# mine\ntheme = "light"\n[keys]\n"edit.undo" = "f12"\n'
    )
    with Program(data, env=env) as program:
        program.wait_until(lambda: MODES[0] in program.output)
        program.press("ctrl+p")
        program.wait_for("命令：")
        program.send("鼠标\r")
        program.wait_for("鼠标关了")
        program.quit()
    assert settings.read_text(encoding="utf-8").startswith("mouse = false\n# mine")
