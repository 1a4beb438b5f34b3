"""The walk through what is left: once round a project, and to the next by will alone."""

from pathlib import Path

from perftui.model.document import DEPARTMENT, Document, Location
from perftui.tui.state.app_state import AppState
from perftui.tui.state.walk import WalkStep
from tests import factories
from tests.unit.tui.state.states import opened


def blanked(**projects: tuple[str, ...]) -> Document:
    """Three projects that lack some fields: ``one``, ``two``, ``three``."""
    document = factories.document(projects=3)
    for file, name in zip(document.projects, ("one", "two", "three"), strict=True):
        blank = dict.fromkeys(projects.get(name, ()))
        number = list(document.projects).index(file) + 1
        document = document.with_record(file, factories.project("hebei-2021", number, **blank))
    return document


def press(state: AppState, here: Location, read: int | None = None) -> WalkStep:
    state.walk.key_came(read)
    step = state.walk.step(state.shown, here.file, here)
    return state.walk.cross(state.shown, here.file) if step.crosses else step


def test_it_goes_once_round_and_then_stays_and_says_how_many_are_left(tmp_path: Path) -> None:
    with opened(tmp_path, blanked(one=("name", "budget.purpose"), two=("code",))) as state:
        one, two, _three = state.document.projects
        here = Location(file=one, path=("plan", "m06"))
        first = press(state, here)
        assert first.place == Location(file=one, path=("name",)), "round the end"
        second = press(state, first.place)
        assert second.place == Location(file=one, path=("budget", "purpose"))
        end = press(state, second.place)
        assert end.place is None
        told, names = end.told.split("\n")
        assert told == f"本项目还差 2 处（都看过了） · 再按 Ctrl+G 到“{state.shown.name(two)}”"
        assert names == "还差的（F3 回去看）：项目名称、资金用途"
        there = press(state, second.place)
        assert there.place == Location(file=two, path=("code",))
        assert there.told == f"到“{state.shown.name(two)}”：还差 1 处"


def test_where_a_round_begins_it_comes_to_last(tmp_path: Path) -> None:
    with opened(tmp_path, blanked(one=("name", "budget.purpose"), two=("code",))) as state:
        name = Location(file=state.file, path=("name",))
        second = press(state, name)
        assert second.place == Location(file=state.file, path=("budget", "purpose"))
        assert press(state, second.place).place == name
        assert press(state, name).place is None


def test_who_goes_back_by_hand_is_led_on_from_there(tmp_path: Path) -> None:
    with opened(tmp_path, blanked(one=("code", "name", "budget.purpose"), two=("code",))) as state:
        code, name, purpose = (
            Location(file=state.file, path=path) for path in (("code",), ("name",), ("budget", "purpose"))
        )
        assert press(state, code).place == name
        assert press(state, name).place == purpose
        assert press(state, code).place == name, "it lies behind the cursor, and is left"
        assert press(state, name).place == purpose


def test_what_one_came_back_from_is_gone_to_again(tmp_path: Path) -> None:
    with opened(tmp_path, blanked(one=("code", "name", "budget.purpose"), two=("code",))) as state:
        code = Location(file=state.file, path=("code",))
        there = press(state, code).place
        state.walk.remember(code)
        assert state.walk.back(state.shown, there) == code
        assert press(state, code).place == there


def test_it_goes_back_to_no_row_that_is_gone(tmp_path: Path) -> None:
    with opened(tmp_path, blanked(one=("name",))) as state:
        name = Location(file=state.file, path=("name",))
        for place in (name, Location(file=state.file, path=("indicators", "gone", "value"))):
            state.walk.remember(place)
        assert state.walk.back(state.shown, None) == name


def test_another_key_between_begins_a_new_round(tmp_path: Path) -> None:
    with opened(tmp_path, blanked(one=("name",), two=("code",))) as state:
        one = state.file
        name = Location(file=one, path=("name",))
        press(state, Location(file=one, path=("code",)))
        assert press(state, name).place is None
        state.walk.key_came(None)
        assert press(state, name).place is None, "it stands on the only one"
        elsewhere = Location(file=one, path=("code",))
        state.walk.key_came(None)
        assert press(state, elsewhere).place == name


def test_keys_of_one_read_never_leave_the_project(tmp_path: Path) -> None:
    with opened(tmp_path, blanked(one=("name",), two=("code",))) as state:
        name = Location(file=state.file, path=("name",))
        press(state, Location(file=state.file, path=("code",)), read=1)
        for _press in range(5):
            assert press(state, name, read=1).place is None
        assert press(state, name, read=2).place is not None


def test_behind_the_last_project_comes_the_first_with_something_left(tmp_path: Path) -> None:
    with opened(tmp_path, blanked(one=("name",), three=("name",))) as state:
        one, _two, three = state.document.projects
        here = Location(file=three, path=("name",))
        assert press(state, here).place is None
        assert press(state, here).place == Location(file=one, path=("name",))


def test_from_a_project_in_which_nothing_is_left_the_next_press_goes_on(tmp_path: Path) -> None:
    with opened(tmp_path, blanked(three=("name",))) as state:
        _one, _two, three = state.document.projects
        here = Location(file=DEPARTMENT, path=("overall_goal",))
        assert press(state, here).told.startswith("本部门填好了 · 再按 Ctrl+G 到")
        assert press(state, here).place == Location(file=three, path=("name",))


def test_with_nothing_left_anywhere_it_says_so(tmp_path: Path) -> None:
    with opened(tmp_path, factories.document(projects=2)) as state:
        step = press(state, Location(file=state.file, path=("name",)))
        assert (step.place, step.told) == (None, "全文都填好了，没有空着、有错误或没核对的地方了")


def test_back_goes_to_where_one_was_once_for_each_jump(tmp_path: Path) -> None:
    with opened(tmp_path, factories.document(projects=2)) as state:
        one, two = (Location(file=file, path=("name",)) for file in state.document.projects)
        for place in (one, two):
            state.walk.remember(place)
        assert state.walk.back(state.shown, None) == two
        assert state.walk.back(state.shown, None) == one
        assert state.walk.back(state.shown, None) is None


def test_what_is_left_in_a_row_is_named_by_what_the_row_is_called(tmp_path: Path) -> None:
    document = factories.document(projects=2)
    file = next(iter(document.projects))
    row = document.record(file).rows("indicators")[0]
    path = ("indicators", row.id, "value")
    record = document.record(file).with_value(path, None).with_value(("name",), None)
    with opened(tmp_path, document.with_record(file, record)) as state:
        press(state, Location(file=file, path=("name",)))
        press(state, Location(file=file, path=path))
        told = press(state, Location(file=file, path=("name",))).told
    assert f"“{row.text('name')}”的指标值" in told


def test_the_only_error_left_is_not_named_where_the_cursor_stands_on_it(tmp_path: Path) -> None:
    with opened(tmp_path, blanked(one=("name",), two=("code",))) as state:
        name = Location(file=state.file, path=("name",))
        told = press(state, name).told
    assert told.startswith("本项目还差 1 处（都看过了）")
    assert "\n" not in told
