"""A neighbour's blank is kept when the unsaved steps only took a row out and put it back."""

from perftui.editing.edits import DropRow, Edit, PutRow
from perftui.model.record import Record, Row
from perftui.session.journal.recovery import merged, versions

FILE = "projects/a.toml"


def test_a_row_taken_out_and_put_back_does_not_bring_back_what_a_neighbour_blanked() -> None:
    row = Row(id="222222", values={"order": 1, "x": "保障"})
    disk = Record(groups={"rows": (row.with_value("x", None),)})
    drop, put = DropRow(file=FILE, group="rows", row_id=row.id), PutRow(file=FILE, group="rows", row=row)
    unsaved: list[tuple[Edit, Edit]] = [(drop, put), (put, drop)]
    record, places = merged(FILE, disk, versions(disk, unsaved), "甲")
    assert record is not None
    assert record.text(("rows", "222222", "x")) == ""
    assert places == []
