"""Documents damaged at random: the soak's suite in small, and that it sees what it is there for."""

import random
from pathlib import Path

import pytest

from tests.soak import documents, importer


def test_damaged_documents_are_read_or_refused() -> None:
    tally = documents.run(250, random.Random(20211), lambda: False)
    tally.check()
    assert tally.counts["read"] > 50
    assert tally.counts["refused"] > 50
    assert tally.counts["files"] == tally.counts["read"] + tally.counts["refused"] == 250


def test_a_traceback_is_seen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(b"x")
    monkeypatch.setattr(importer, "read_foreign", lambda *_given, **_named: 1 // 0)
    outcome, said = importer.tried(file)
    assert outcome == importer.BROKEN
    assert "ZeroDivisionError" in said


def test_what_never_ends_is_stopped_by_its_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(b"x")

    def endless(*_given: object, **_named: object) -> None:
        while True:
            pass

    monkeypatch.setattr(importer, "read_foreign", endless)
    monkeypatch.setattr(importer, "SECONDS", 0.05)
    before = importer.signal.signal(importer.signal.SIGPROF, importer._stop)
    try:
        assert importer.tried(file) == (importer.SLOW, "")
    finally:
        importer.signal.signal(importer.signal.SIGPROF, before)


def test_memory_beyond_the_bound_is_seen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(documents, "_MIB", 1)
    tally = documents.try_documents(tmp_path, [("cut", b"x")], "here")
    assert tally.counts["over 400 MiB"] == 1
