"""Every test runs alone with its own home, a fixed git author, Chinese sentences and no colour."""

import gc
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import chain, count, groupby
from operator import itemgetter
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import HealthCheck, settings

from perftui.forms import look_in
from perftui.locale import choose_language

ROOT = Path(__file__).resolve().parent.parent
"""The repository."""

WRITE_GOLDEN = os.environ.get("PERFTUI_GOLDEN") == "write"
"""Expected outputs are written anew instead of compared."""

settings.register_profile(
    "perftui",
    deadline=None,  # how long one example takes says more about the machine than about the code
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="PERFTUI_ALL_PROGRAMS" in os.environ,  # the same examples in every run of the whole
    print_blob=True,
)
settings.load_profile("perftui")

_DROPPED = ("PERFTUI", "TEXTUAL", "SSH_", "GIT_", "LC_", "PYTHON")
_WHEN = "2021-03-01T08:00:00+08:00"
_FIXED = {
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "TZ": "Asia/Shanghai",
    "COLUMNS": "120",
    "LINES": "40",
    "NO_COLOR": "1",
    "TERM": "xterm-256color",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "张三",
    "GIT_AUTHOR_EMAIL": "zhang@example.org",
    "GIT_AUTHOR_DATE": _WHEN,
    "GIT_COMMITTER_NAME": "张三",
    "GIT_COMMITTER_EMAIL": "zhang@example.org",
    "GIT_COMMITTER_DATE": _WHEN,
}
_KEPT = {*_FIXED, "PERFTUI_ALL_PROGRAMS", "GIT_CONFIG_GLOBAL"}
_OF_HOME = {
    "HOME": "",
    "XDG_STATE_HOME": "/state",
    "XDG_CACHE_HOME": "/cache",
    "XDG_CONFIG_HOME": "/config",
    "XDG_DATA_HOME": "/share",
    "GIT_CONFIG_GLOBAL": "/gitconfig",
}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files of tests in terminals, which mostly wait, stand evenly between those that compute.

    Each worker begins with a part of the list: one with all that wait would leave the processor to nobody at the end.
    """
    files = [list(tests) for _path, tests in groupby(items, key=lambda item: item.path)]
    waiting = [tests for tests in files if tests[0].path.parent.name == "pty"]
    computing = [tests for tests in files if tests[0].path.parent.name != "pty"]
    step = len(computing) / max(len(waiting), 1)
    places = [*enumerate(computing), *((step * (number + 0.5), tests) for number, tests in enumerate(waiting))]
    items[:] = chain.from_iterable(tests for _place, tests in sorted(places, key=itemgetter(0)))


def pytest_collection_finish() -> None:
    """All tests and modules stay to the end: no collection of garbage goes through them again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where homes go, one after the other: ``mktemp`` would look at all that were made before for each."""
    folder = tmp_path_factory.mktemp("homes")
    homes = (f"{folder}/{number}" for number in count(1))
    _move_into(next(homes))  # for what is made once for several tests, before the first
    return homes


def _move_into(home: str) -> None:
    """Make a home, and the surroundings of a test with it.

    Written over what the test before left, not put back after each: that would cost as much as many a test.
    """
    os.mkdir(home, mode=0o700)
    for name in [name for name in os.environ if name.startswith(_DROPPED) and name not in _KEPT]:
        del os.environ[name]
    os.environ.update({name: value for name, value in _FIXED.items() if os.environ.get(name) != value})
    os.environ.update({name: home + inside for name, inside in _OF_HOME.items()})
    time.tzset()


@pytest.fixture(autouse=True)
def _hermetic(_homes: Iterator[str]) -> Iterator[None]:
    home = next(_homes)
    _move_into(home)
    choose_language("zh")
    look_in(Path(home))  # the forms of no other test's data folder
    yield
    choose_language("zh")


class RunPython(Protocol):
    """Runs code in a clean interpreter and gives back what it printed."""

    def __call__(self, code: str, *args: str) -> str: ...


@pytest.fixture
def run_python() -> RunPython:
    """Run code in an interpreter that has loaded nothing yet; its output without the last newline."""

    def run(code: str, *args: str) -> str:
        env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
        argv = [sys.executable, "-X", "utf8", "-c", code, *args]
        done = subprocess.run(argv, env=env, capture_output=True, encoding="utf-8", timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.removesuffix("\n")

    return run
