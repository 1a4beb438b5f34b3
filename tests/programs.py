"""Programs outside Python that some tests ask for a second opinion."""

import os
import shutil

import pytest


def require(program: str) -> str:
    """The program's path. Where it is missing the test is skipped, or fails if PERFTUI_ALL_PROGRAMS is set."""
    path = shutil.which(program, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin")
    if path is None and os.environ.get("PERFTUI_ALL_PROGRAMS"):
        pytest.fail(f"{program} is not installed, and PERFTUI_ALL_PROGRAMS asks for it")
    if path is None:
        pytest.skip(f"{program} is not installed")
    return path
