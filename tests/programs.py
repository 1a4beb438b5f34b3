"""Programs outside Python that some tests ask for a second opinion."""

import os
import shutil
from typing import NoReturn

import pytest


def require(program: str) -> str:
    """The program's path. Where it is missing the test is skipped, or fails if PERFTUI_ALL_PROGRAMS is set."""
    path = shutil.which(program, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin")
    if path is None:
        missing(program)
    return path


def missing(name: str) -> NoReturn:
    """End a test that needs something which is not installed: skipped, or failed if PERFTUI_ALL_PROGRAMS is set."""
    if os.environ.get("PERFTUI_ALL_PROGRAMS"):
        pytest.fail(f"{name} is not installed, and PERFTUI_ALL_PROGRAMS asks for it")
    pytest.skip(f"{name} is not installed")
