"""The parts of a document do not depend on the Python that wrote them: every other one at hand is asked."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import rich

from perftui.session.export import docx_digest
from perftui.store.folder import find_documents
from perftui.store.open import open_document
from tests.conftest import ROOT

EXPORT = """
import sys
from pathlib import Path
from perftui.session.export import docx_digest
from tests.documents import docx_of
from perftui.store.folder import find_documents
from perftui.store.open import open_document
opened = open_document(find_documents(Path(sys.argv[1]))[0])
print(docx_digest(opened.document, opened.form))
"""
NEWER = range(sys.version_info.minor + 1, 20)


def others() -> dict[str, str]:
    """Newer Pythons on the path, or beside this one as version managers keep them, by version."""
    beside = Path(sys.base_prefix).parent.glob("3.*/bin/python3")
    named = (shutil.which(f"python3.{minor}") for minor in NEWER)
    found: dict[str, str] = {}
    for program in (*map(str, beside), *filter(None, named)):
        asked = [program, "-I", "-c", "import sys; print(sys.version_info[1])"]
        said = subprocess.run(asked, capture_output=True, text=True, timeout=20, check=False).stdout.strip()
        if said.isdecimal() and int(said) in NEWER:
            found.setdefault(said, program)
    return found


def test_every_python_writes_the_same_parts() -> None:
    """What is not of the standard library is lent to it: whatever is loaded for an export is plain Python."""
    programs = others()
    if not programs:
        pytest.skip("no newer Python is installed")
    data = ROOT / "data"
    opened = open_document(find_documents(data)[0])
    expected = docx_digest(opened.document, opened.form)
    lent = os.pathsep.join((str(ROOT), str(Path(rich.__file__).parent.parent)))
    for minor, program in programs.items():
        done = subprocess.run(
            [program, "-c", EXPORT, str(data)], capture_output=True, text=True, timeout=60, check=False, cwd=ROOT,
            env={**os.environ, "PYTHONPATH": lent, "PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip() == expected, f"Python 3.{minor} writes other parts"
