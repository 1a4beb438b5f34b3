"""Which projects are alike enough to lend each other their texts."""

import pytest

from perftui.editing.likeness import ALIKE, likeness, traits_of
from perftui.forms import load_form
from tests.factories import project

FORM = load_form("hebei-2021")


def alike(one: str, other: str) -> bool:
    """Are two projects alike, by their names alone?"""
    traits = [traits_of(FORM, project(name=name, **{"budget.purpose": None})) for name in (one, other)]
    return likeness(*traits) >= ALIKE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("南湖街道统计报表", "南湖街道口袋公园"),
        ("北山镇人口普查", "北山镇植树造林"),
        ("某某县某某乡某某村公厕管理", "某某县某某乡某某村人民调解"),
    ],
)
def test_two_projects_of_one_place_are_not_alike_by_that(one: str, other: str) -> None:
    assert not alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("南湖街道口袋公园", "北山镇口袋公园"),
        ("社区工作专项补助", "街道工作专项补助"),
        ("老旧小区加装电梯", "东街老旧小区加装电梯"),
    ],
)
def test_the_same_work_at_another_place_is(one: str, other: str) -> None:
    assert alike(one, other)
