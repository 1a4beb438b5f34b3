"""Frozen classes behave as dataclasses do, before and after their functions are compiled."""

import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace

import pytest

from perftui.model.frozen import frozen


@frozen
class Point:
    x: int
    y: int = 2
    names: list[str] = field(default_factory=list, compare=False)


@frozen
class Guarded(Point):
    def __post_init__(self) -> None:
        if self.x < 0:
            raise ValueError(self.x)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    x: int
    y: int = 2
    names: list[str] = field(default_factory=list, compare=False)


@frozen
class Empty:
    pass


@frozen
class OwnHash:
    x: int

    def __hash__(self) -> int:
        return 7


@frozen
class OwnEquality:
    x: int

    def __eq__(self, other: object) -> bool:
        return True


def test_is_made_compared_hashed_and_told_as_a_dataclass_is() -> None:
    for _round in range(2):  # the first compiles, the second finds it compiled
        one, other = Point(x=1), Point(x=1, y=2, names=["n"])
        assert (one, hash(one)) == (other, hash(other))
        assert one != Point(x=1, y=3)
        assert one != Model(x=1)
        assert hash(one) == hash(Model(x=1))
        assert repr(other) == repr(Model(x=1, names=["n"])).replace("Model", "Point")
        assert one.names is not Point(x=1).names
    assert Empty() == Empty()
    assert hash(Empty()) == hash(())
    assert repr(Empty()) == "Empty()"


@pytest.mark.parametrize("words", [{}, {"x": 1, "z": 2}])
def test_a_word_that_is_missing_or_unknown_is_a_type_error(words: dict[str, int]) -> None:
    with pytest.raises(TypeError) as ours:
        Point(**words)
    with pytest.raises(TypeError) as model:
        Model(**words)
    assert str(ours.value) == str(model.value).replace("Model", "Point")
    with pytest.raises(TypeError):
        Point(1)


def test_cannot_be_changed() -> None:
    one = Point(x=1)
    with pytest.raises(FrozenInstanceError):
        one.x = 2
    with pytest.raises(FrozenInstanceError):
        del one.x
    with pytest.raises(FrozenInstanceError):
        one.z = 2
    assert (one.x, hasattr(one, "__dict__")) == (1, False)


def test_the_standard_library_knows_it() -> None:
    assert [one.name for one in fields(Point)] == ["x", "y", "names"]
    assert replace(Point(x=1), x=5) == Point(x=5)
    assert pickle.loads(pickle.dumps(Point(x=1, names=["n"]))).names == ["n"]


def test_a_class_on_top_of_another_has_its_own_functions() -> None:
    below, above = Point(x=1), Guarded(x=1)
    assert above != below
    assert repr(above) == "Guarded(x=1, y=2, names=[])"
    with pytest.raises(ValueError, match="-1"):
        Guarded(x=-1)
    assert Point(x=-1).x == -1


def test_what_a_class_defines_itself_stays() -> None:
    assert hash(OwnHash(x=1)) == 7
    assert OwnHash(x=1) != OwnHash(x=2)
    assert OwnEquality(x=1) == OwnEquality(x=2)
    assert hash(OwnEquality(x=1)) == hash((1,))
