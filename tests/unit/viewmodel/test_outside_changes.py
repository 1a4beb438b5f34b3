"""What somebody else changed is said: what was merged, what waits for a decision, what cannot be read."""

from perftui.model.document import Location
from perftui.model.record import CONFLICTS, Row
from perftui.viewmodel.outside_changes import changes_in_words, conflicts_in
from tests import factories

FILE = "projects/a.toml"


def at(*path: str) -> Location:
    return Location(file=FILE, path=path)


def test_fields_are_counted_as_merged() -> None:
    assert changes_in_words([at("name"), at("goals", "7k2fmw", "text")], 0) == "别人改动了 2 处，已合并"


def test_a_conflict_is_no_merged_change_and_the_keys_are_named() -> None:
    conflict = [at(CONFLICTS, "22et7h"), at(CONFLICTS, "22et7h", "theirs"), at(CONFLICTS, "4m3p2x")]
    told = "有 2 处两边都改了，两个都留着：按 F7 去看，F4 选定"
    assert changes_in_words(conflict, 2) == told
    assert changes_in_words([at("name"), *conflict], 2) == "别人改动了 1 处，已合并；" + told


def test_a_conflict_that_somebody_else_settled_waits_for_nobody() -> None:
    settled = at(CONFLICTS, "22et7h")
    assert changes_in_words([at("name"), settled], 0) == "别人改动了 1 处，已合并"
    assert changes_in_words([settled], 0) == "别人处理了合并的冲突"


def test_a_file_that_cannot_be_read_any_more_is_named() -> None:
    assert changes_in_words([at()], 0, {FILE}) == f"{FILE} 被改得读不出来，命令“修好文件”写回最后的好内容"
    assert changes_in_words([at()], 0) == "别人改动了 1 处，已合并"


def test_the_fields_to_decide_about_are_those_of_the_conflicts_that_are_there() -> None:
    document = factories.document(projects=1)
    file, record = next(iter(document.projects.items()))
    row = Row(id="22et7h", values={"field": "budget.fiscal", "ours": "1.00", "theirs": "2.00"})
    document = document.with_record(file, record.with_row(CONFLICTS, row))
    changed = [Location(file=file, path=(CONFLICTS, row_id)) for row_id in ("22et7h", "4m3p2x")] + [at(CONFLICTS, "x")]
    assert conflicts_in(changed, document) == (Location(file=file, path=("budget", "fiscal")),)
