"""The entries of a journal as plain values: made from steps and drafts, and replayed after a crash."""

import os
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from perftui.editing.editor import HistoryMove
from perftui.editing.edits import Edit, from_plain, in_file, to_plain
from perftui.editing.history import History, Step
from perftui.model.document import Location
from perftui.model.frozen import frozen
from perftui.model.record import Plain
from perftui.session.journal.log import Entry
from perftui.session.journal.old_marks import OldMarks, take_marks

STEP, UNDO, REDO = "step", "undo", "redo"


@frozen
class CellDraft:
    """A cell that was being typed."""

    place: Location
    text: str
    over: tuple[Plain | None, ...] = ()
    """The cell's value when editing began, as the only item; empty where that was not noted (older journals)."""
    unit: str = ""
    """The unit that amounts were typed in then; "" in older journals."""
    kind: str = ""
    """What the field held then, as the form said (its ``Kind``); "" where it was none, and in older journals."""


def answer_place(title: str) -> Location:
    """Where an answer to a question is typed: in no file; the question stands for the field."""
    return Location(file="", path=(title,))


@frozen
class Offer:
    """A text that was half typed when its program ended, until somebody has put it in or has let it go."""

    id: str
    draft: CellDraft
    person: str
    """Who typed it."""
    at: float
    """When that person last did something there, seconds since 1970."""


@dataclass(slots=True, kw_only=True)
class JournalReplay:
    """What an old journal says."""

    person: str = ""
    at: float = 0.0
    """When it was last worked with, seconds since 1970."""
    history: History = field(default_factory=History)
    unsaved: dict[str, list[tuple[int, Edit, Edit]]] = field(default_factory=dict)
    """By file: the edits that are not known to be in it, each with its number and its inverse."""
    draft: CellDraft | None = None
    offers: dict[str, Offer] = field(default_factory=dict)
    """By id: what earlier programs had left, and nobody had answered."""
    position: Any = None
    marks: OldMarks = field(default_factory=dict)
    """Of journals of the version before."""


def opened_entry(person: str, folder: str) -> Entry:
    """The first entry of a journal."""
    return {"open": {"person": person, "folder": folder, "pid": os.getpid(), "at": time.time()}}


def step_entry(number: int, step: Step) -> Entry:
    """A step was made."""
    return {"do": STEP, "number": number, **step.plain()}


def moved_entry(number: int, kind: str, moved: HistoryMove) -> Entry:
    """A step was undone or done again, as far as it could be."""
    step = moved.step
    edits, opposites = (step.inverses, step.edits) if kind == UNDO else (step.edits, step.inverses)
    pairs = [
        (edit, opposite) for edit, opposite in zip(edits, reversed(opposites), strict=True) if edit in moved.applied
    ]
    return {
        "do": kind,
        "number": number,
        "at": time.time(),
        "edits": [to_plain(edit) for edit, _opposite in pairs],
        "inverses": [to_plain(opposite) for _edit, opposite in reversed(pairs)],
    }


def history_entry(number: int, history: History) -> Entry:
    """The history as it stands after so many steps."""
    done, undone = ([step.plain() for step in steps] for steps in (history.done, history.undone))
    return {"history": {"number": number, "done": done, "undone": undone}}


def saved_entry(number: int, file: str) -> Entry:
    """A file was written with everything up to a step."""
    return {"saved": file, "number": number}


def renamed_entry(names: Mapping[str, str]) -> Entry:
    """Files have other names now: what was done in each was done in that one."""
    return {"renamed": list(names.items())}


def draft_plain(draft: CellDraft | None) -> object:
    """The half-typed cell as plain values."""
    if draft is None:
        return None
    place = {"file": draft.place.file, "path": list(draft.place.path)}
    return {**place, "text": draft.text, "over": list(draft.over), "unit": draft.unit, "kind": draft.kind}


def offer_entry(offer: Offer) -> Entry:
    """A half-typed text waits for an answer."""
    return {"offer": {"id": offer.id, "person": offer.person, "at": offer.at, "draft": draft_plain(offer.draft)}}


def answered_entry(offer: Offer) -> Entry:
    """It was put in, or let go."""
    return {"answered": offer.id}


def _offer(plain: Any) -> Offer:
    return Offer(id=plain["id"], draft=_draft(plain["draft"]), person=plain["person"], at=float(plain["at"]))


def _draft(plain: Any) -> CellDraft:
    place = Location(file=plain["file"], path=tuple(plain["path"]))
    unit, kind = (str(plain.get(key, "")) for key in ("unit", "kind"))
    return CellDraft(place=place, text=plain["text"], over=tuple(plain.get("over", ())[:1]), unit=unit, kind=kind)


def replay(entries: Iterable[Entry]) -> JournalReplay:
    """Replay the entries of an old journal; a malformed one is skipped."""
    found = JournalReplay()
    seen = 0
    for entry in entries:
        try:
            seen = max(seen, _replay(found, entry, seen))
        except (KeyError, TypeError, ValueError, AttributeError, IndexError):
            continue
    return found


def _replay(found: JournalReplay, entry: Entry, seen: int) -> int:
    """Take one entry in; the number of the last step."""
    if "open" in entry:
        found.person = str(entry["open"]["person"])
        found.at = float(entry["open"]["at"])
    elif "history" in entry:
        plain = entry["history"]
        found.history = History(done=_steps(plain["done"]), undone=_steps(plain["undone"]))
        return int(plain["number"])
    elif "do" in entry:
        number = int(entry["number"])
        if number > seen:  # an append that failed may have been written all the same, and again
            _do(found, entry, number)
        return number
    elif "saved" in entry:
        file, number = entry["saved"], int(entry["number"])
        left = [one for one in found.unsaved.pop(file, []) if one[0] > number]
        if left:
            found.unsaved[file] = left
    elif "renamed" in entry:
        _rename(found, dict(entry["renamed"]))
    elif "draft" in entry:
        found.draft = _draft(entry["draft"]) if entry["draft"] else None
    elif "offer" in entry:
        offer = _offer(entry["offer"])
        found.offers[offer.id] = offer
    elif "answered" in entry:
        found.offers.pop(entry["answered"], None)
    elif "position" in entry:
        found.position = entry["position"]
    else:
        take_marks(found.marks, entry)
    return seen


def _rename(found: JournalReplay, names: Mapping[str, str]) -> None:
    found.history = found.history.in_files(names)
    unsaved = {old: found.unsaved.pop(old, []) for old in names}
    for old, new in names.items():
        moved = [(number, in_file(edit, names), in_file(back, names)) for number, edit, back in unsaved[old]]
        if moved:
            found.unsaved[new] = [*moved, *found.unsaved.get(new, [])]
    if found.draft is not None and found.draft.place.file in names:
        found.draft = replace(found.draft, place=replace(found.draft.place, file=names[found.draft.place.file]))


def _do(found: JournalReplay, entry: Entry, number: int) -> None:
    edits = [from_plain(edit) for edit in entry["edits"]]
    inverses = [from_plain(edit) for edit in reversed(entry["inverses"])]
    if entry["do"] == STEP:
        found.history = found.history.with_step(Step.of_plain(entry))
    elif entry["do"] == UNDO:
        found.history = found.history.after_undo()
    else:
        found.history = found.history.after_redo()
    found.at = float(entry["at"])
    for edit, inverse in zip(edits, inverses, strict=True):
        found.unsaved.setdefault(edit.file, []).append((number, edit, inverse))


def _steps(plain: Sequence[dict[str, Any]]) -> tuple[Step, ...]:
    return tuple(Step.of_plain(step) for step in plain)
