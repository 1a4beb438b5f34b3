"""Whether what git calls renamed is the same record still."""

from perftui.forms import GroupRole, load_form
from perftui.model.record import ORDER
from perftui.store.git.renames import is_other_record
from tests import factories

OLD, NEW = "data/2021/613001/projects/new-abc234.toml", "data/2021/613001/projects/130303210000000000007.toml"
PROJECT = factories.project()


def test_a_record_that_got_a_code_and_a_name_for_its_file_is_the_same() -> None:
    assert not is_other_record((OLD, NEW), (PROJECT.with_value(("code",), None), PROJECT))


def test_a_copy_stands_elsewhere_and_so_does_another_years() -> None:
    assert is_other_record((OLD, NEW), (PROJECT, PROJECT.with_value((ORDER,), 1500)))
    assert is_other_record((OLD, NEW.replace("2021", "2022", 1)), (PROJECT, PROJECT))


def test_one_that_was_made_in_the_place_of_a_deleted_one_shares_no_row_with_it() -> None:
    made = PROJECT
    for group in load_form("hebei-2021").project.groups:
        made = factories.with_rows(made, group, ["别的内容"] if group.role is GroupRole.GOALS else [])
    assert made.value((ORDER,)) == PROJECT.value((ORDER,))
    assert is_other_record((OLD, NEW), (PROJECT, made))
