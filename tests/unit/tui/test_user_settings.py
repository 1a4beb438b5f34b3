"""A person's settings: what is right holds, what is wrong is named with its line."""

from pathlib import Path

from perftui.tui.commands import key_of, keymap
from perftui.tui.user_settings import UserSettings, read_settings


def settings(tmp_path: Path, text: str) -> UserSettings:
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return read_settings(path)


def test_without_a_file_everything_is_as_usual(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "settings.toml") == UserSettings()


def test_choices_are_taken(tmp_path: Path) -> None:
    found = settings(tmp_path, 'language = "en"\ntheme = "light"\nambiguous = 2\nmouse = false\nenter = "next"\n')
    assert (found.language, found.theme, found.ambiguous, found.mouse, found.enter) == (
        "en",
        "light",
        "2",
        False,
        "next",
    )
    assert found.problems == ()


def test_a_key_of_ones_own_replaces_the_usual_one(tmp_path: Path) -> None:
    found = settings(tmp_path, '[keys]\n"edit.undo" = "f12, ctrl+u"\ncheck.next = "f6"\n')
    assert found.problems == ()
    assert found.keys["f12"] == found.keys["ctrl+u"] == "edit.undo"
    assert "ctrl+z" not in found.keys
    assert found.keys["f6"] == "check.next"
    assert key_of(found.keys, "edit.undo") == "F12"


def test_a_wrong_entry_is_named_with_its_line_and_the_rest_holds(tmp_path: Path) -> None:
    found = settings(tmp_path, '# mine\ntheme = "pink"\ncolour = 1\n\n[keys]\n"edit.nope" = "f2"\n"edit.undo" = "u"\n')
    assert found.theme == "dark"
    assert found.keys == keymap()
    lines = [next(word for word in problem.split() if word.isdigit()) for problem in found.problems]
    assert lines == ["2", "3", "6", "7"]
    assert "theme" in found.problems[0]
    assert "edit.nope" in found.problems[2]


def test_a_broken_file_is_named_and_everything_is_as_usual(tmp_path: Path) -> None:
    for text in ("theme = [", 'theme = "a"\ntheme = "b"\n'):
        found = settings(tmp_path, text)
        assert len(found.problems) == 1
        assert "settings.toml" in found.problems[0]
        assert found.keys == keymap()
    (tmp_path / "settings.toml").write_bytes('theme = "浅色主题"'.encode("gbk"))
    assert "UTF-8" in read_settings(tmp_path / "settings.toml").problems[0]


def test_a_file_nested_without_an_end_is_said_and_the_usual_settings_hold(tmp_path: Path) -> None:
    found = settings(tmp_path, "keys = " + "[" * 5000)
    assert found.theme == "dark"
    assert "嵌套太深" in found.problems[0]
