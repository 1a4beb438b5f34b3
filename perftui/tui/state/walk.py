"""Walking through what is left: from stop to stop of a project, once round, and to the next project by will alone."""

from perftui.editing.rows import END_ROW, NEW_ROW
from perftui.locale import _
from perftui.model.document import DEPARTMENT, Location
from perftui.model.frozen import frozen
from perftui.model.record import FieldPath
from perftui.model.text import visible
from perftui.model.width import cut
from perftui.session.remaining import Stop
from perftui.tui.terminal.tokens import APART
from perftui.viewmodel.document_view import DocumentView

_MOST_BACK = 100
"""So many places are remembered to go back to."""

_NAMED = 3
"""So many places that are left are named."""

_ROW_NAME = 16
"""The most cells of a row's name among them."""


@frozen
class WalkStep:
    """Where a step of the walk goes."""

    place: Location | None
    """``None``: it stays."""
    told: str = ""
    crosses: bool = False
    """It leaves the project: only where no other key came in the same read."""


class Walk:
    """What was visited in this round, whether the next step may leave the project, and where one came from."""

    def __init__(self) -> None:
        self.keys = 0
        """Keys that have come so far."""
        self._file = ""
        self._visited: set[FieldPath] = set()
        self._went: FieldPath = ()
        self._asked_at = -1
        self._some_left = False
        self._read: int | None = None
        self.is_apart = True
        """Was the last key pressed by itself? One that is held, or was typed ahead, was not."""
        self._back: list[Location] = []

    def key_came(self, read: int | None, pause: float | None = None) -> None:
        """A key has come; ``read``: the number of the read it was in, ``pause``: the quiet seconds before that read.

        ``None`` where nobody knows: a harness sends keys by will.
        """
        self.keys += 1
        self.is_apart = read is None or (read != self._read and (pause is None or pause >= APART))
        self._read = read

    def step(self, shown: DocumentView, file: str, here: Location | None) -> WalkStep:
        """The next place left behind the cursor within its project; when all were visited, how many are left."""
        begins = file != self._file or self._ended_round()
        if begins:
            self._visited = set()
        self._file = file
        path = here.path if here is not None and here.file == file else ()
        order = {one: number for number, one in enumerate(shown.page_paths(file))}
        if path and not begins:  # where a round begins it comes to last, if something is left there still
            self._turn_back(order, path)
            self._visited.add(path)
        found = self._next(shown, file, path, order)
        if found is not None:
            self._went = found.place.path
            self._visited.add(found.place.path)
            return WalkStep(place=found.place)
        return self._end_of_round(shown, file, path)

    def cross(self, shown: DocumentView, file: str) -> WalkStep:
        """The first place left of the next project that has any; from the last on to the first."""
        other = next_file_left(shown, file)
        self._file, self._visited, self._asked_at = other, set(), -1
        stop = next(stop for stop in shown.stops(other).stops if stop.need is not None)
        self._visited.add(stop.place.path)
        sentence = _("到“{name}”：还差 {count} 处").format(name=shown.name(other), count=shown.stops(other).left)
        return WalkStep(place=stop.place, told=sentence)

    def is_round_over(self) -> bool:
        """Was the key before this one told that all was visited, and some is left?"""
        return 0 <= self._asked_at == self.keys - 1 and self._some_left

    def begin_again(self) -> None:
        """The round is begun anew where the cursor stands."""
        self._visited, self._asked_at = set(), -1

    # ---- back

    def remember(self, place: Location | None) -> None:
        """One leaves a place by a key that goes far."""
        if place is not None and self._back[-1:] != [place]:
            self._back = [*self._back[1 - _MOST_BACK :], place]

    def back(self, shown: DocumentView, here: Location | None) -> Location | None:
        """The place that one came from last and that is still there; ``None`` where there is none."""
        while self._back:
            place = self._back.pop()
            if place != here and _is_there(shown, place):
                if here is not None and here.file == self._file:
                    self._visited.discard(here.path)
                return place
        return None

    # ---- inside

    def _ended_round(self) -> bool:
        """Was the round over, and another key has come since?"""
        return 0 <= self._asked_at < self.keys - 1

    def _turn_back(self, order: dict[FieldPath, int], path: FieldPath) -> None:
        """One went back by hand from where the walk had led: it comes again to what lies behind the cursor now."""
        at = position(order, path)
        if self._went in order and at < order[self._went]:
            self._visited = {one for one in self._visited if position(order, one) <= at}

    def _next(self, shown: DocumentView, file: str, path: FieldPath, order: dict[FieldPath, int]) -> Stop | None:
        waiting = [stop for stop in shown.stops(file).stops if stop.place.path not in {path, *self._visited}]
        if not waiting:
            return None
        self._asked_at = -1
        at = position(order, path)
        return next((stop for stop in waiting if order[stop.place.path] > at), waiting[0])

    def _end_of_round(self, shown: DocumentView, file: str, path: FieldPath) -> WalkStep:
        other, left = next_file_left(shown, file), shown.left_in(file)
        self._some_left = left > 0
        if not other:
            self._asked_at = -1
            sentence = _("全文都填好了，没有空着、有错误或没核对的地方了")
            if not shown.document.projects and shown.form.has_projects:
                sentence = _("部门填好了；还没有项目：按 Alt+1 到项目列表，再按 Ins 新建")
            return WalkStep(place=None, told=sentence)
        if self._asked_at == self.keys - 1 and self.is_apart:
            return WalkStep(place=None, crosses=True)
        if not (0 <= self._asked_at == self.keys - 1):
            self._asked_at = self.keys
        elif not self.is_apart:
            self._asked_at = self.keys  # a held key goes no further than the end
        if file == DEPARTMENT:
            sentence = _("本部门还差 {count} 处（都看过了）") if left else _("本部门填好了")
        else:
            sentence = _("本项目还差 {count} 处（都看过了）") if left else _("本项目填好了")
        further = _("再按 Ctrl+G 到“{name}”").format(name=shown.name(other))
        if not shown.document.projects:
            further = _("还没有项目：按 Alt+1 到项目列表，再按 Ins 新建")
        elif other == file:
            further = _("别处都填好了，再按 Ctrl+G 从头再看")
        told = _(" · ").join((sentence.format(count=left), further))
        return WalkStep(place=None, told="\n".join(filter(None, (told, _names_of_left(shown, file, path)))))


def _names_of_left(shown: DocumentView, file: str, path: FieldPath) -> str:
    """The first places that are left in a file, as a sentence; "" where nothing is but the one at the cursor."""
    left = [stop.place for stop in shown.stops(file).stops if stop.need is not None]
    if [one.path for one in left] == [path]:
        return ""  # what it is, and why it is wrong, is said there
    names = _("、").join(_name_of_left(shown, place) for place in left[:_NAMED])
    more = _("…") if len(left) > _NAMED else ""
    return _("还差的（F3 回去看）：{names}").format(names=f"{names}{more}") if left else ""


def _name_of_left(shown: DocumentView, place: Location) -> str:
    """A place in few words; a field of a row with what the row is called, a demanded row by the class it is of."""
    row = place.path[1] if len(place.path) == 3 else ""
    if row.startswith(NEW_ROW) and row != NEW_ROW:
        return row.removeprefix(NEW_ROW)
    spec = shown.form.spec_of(place.file)
    group = spec.group(place.path[0])
    name = shown.document.record(place.file).text((*place.path[:2], group.entry.key)) if group is not None else ""
    if group is None or not name or place.path[2] == group.entry.key:
        return shown.short_place(place)
    return _("“{name}”的{field}").format(name=visible(cut(name, _ROW_NAME)), field=spec.label(place.path))


def _is_there(shown: DocumentView, place: Location) -> bool:
    """Is there such a place still? A row may have been deleted, or its birth undone."""
    if not shown.document.has(place.file):
        return False
    return len(place.path) != 3 or place.path[1] == END_ROW or place.path in shown.page_paths(place.file)


def next_file_left(shown: DocumentView, file: str) -> str:
    """The next file with something left, round the end; the file itself where it is the only one, "" without any."""
    files = [one for one, _record in shown.document.files()]
    at = files.index(file) + 1 if file in files else 0
    return next((one for one in (*files[at:], *files[:at]) if shown.stops(one).left), "")


def position(order: dict[FieldPath, int], path: FieldPath) -> int:
    """A place's number on its page; of one that has none the last number of what it is in; -1 before the first."""
    if path in order:
        return order[path]
    for length in range(len(path), 0, -1):
        within = [at for one, at in order.items() if one[:length] == path[:length]]
        if within:
            return max(within) if length < len(path) else within[0]
    return -1
