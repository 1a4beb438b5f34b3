import os
from pathlib import Path

import pytest

from perftui.files.errors import NotFolder
from perftui.files.xdg_dirs import cache_folder, config_folder, state_folder

PLACES = {
    "XDG_STATE_HOME": (state_folder, ".local/state/perftui"),
    "XDG_CACHE_HOME": (cache_folder, ".cache/perftui"),
    "XDG_CONFIG_HOME": (config_folder, ".config/perftui"),
}


@pytest.fixture(params=PLACES)
def variable(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv(request.param, raising=False)
    return request.param


def test_lies_under_home(tmp_path: Path, variable: str) -> None:
    folder, place = PLACES[variable]
    assert folder() == tmp_path / "home" / place


def test_honours_the_environment(tmp_path: Path, variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, str(tmp_path / "else"))
    assert PLACES[variable][0]() == tmp_path / "else" / "perftui"


@pytest.mark.parametrize("value", ["", "relative/path"])
def test_ignores_a_relative_path(tmp_path: Path, variable: str, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(variable, value)
    assert PLACES[variable][0]() == tmp_path / "home" / PLACES[variable][1]


@pytest.mark.parametrize("name", ["XDG_STATE_HOME", "XDG_CACHE_HOME"])
def test_what_is_made_is_the_users_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, str(tmp_path / "a" / "b"))
    before = os.umask(0)
    try:
        folder = PLACES[name][0]()
    finally:
        os.umask(before)
    for made in (folder, folder.parent, folder.parent.parent):
        assert made.stat().st_mode & 0o777 == 0o700


def test_a_file_in_the_way_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "perftui").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    with pytest.raises(NotFolder):
        state_folder()
