"""How good the dim offers are: each project is taken out of its document, and offered what the others know.

The real document, and ten made-up ones of other kinds of work. A hit: the first offer is what stands there. Absurd: an
offer that is not, and speaks of another kind of work than the project's, by the words in ``kinds.toml``; that list is
no part of the program and hangs on nothing that it knows.
"""

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from perftui.editing.suggestions import SuggestionSources, best_at
from perftui.editing.usage import Usage
from perftui.forms import Form, GroupRole, Role, load_form
from perftui.forms.project_templates import shipped_templates
from perftui.model.document import Document, project_file
from perftui.model.record import Record, Row
from perftui.store.folder import find_documents
from perftui.store.open import open_document
from tests import factories
from tests.bench.figures import Report
from tests.bench.places import Place

ROOT = Path(__file__).resolve().parents[2]
FORM = load_form("hebei-2021")
KINDS: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parent / "kinds.toml").read_text(encoding="utf-8"))
_PLACES = ("城关镇", "河西乡", "东街", "新区", "北山镇", "南湖街道")
_MAIN, _BESIDE = 4, 2
"""Projects of a document's main kind, and of each of two others."""


@dataclass(slots=True)
class Score:
    """What came of the offers."""

    fields: int = 0
    offered: int = 0
    hits: int = 0
    absurd: int = 0

    def add(self, text: str, right: str, others: tuple[str, ...]) -> None:
        """One field: what was offered, what stands there, and the words that are absurd for its project."""
        self.fields += 1
        self.offered += bool(text)
        self.hits += bool(text) and text == right
        self.absurd += bool(text) and text != right and any(word in text for word in others)

    @property
    def absurd_share(self) -> float:
        """The share of absurd offers among those that are not taken."""
        return self.absurd / max(1, self.offered - self.hits)


def run(report: Report, _place: Place) -> None:
    """Print what the offers are worth."""
    made = [("real document", real())]
    made += [(f"made {number + 1}: {_kind_of(number)}", made_document(number)) for number in range(10)]
    scores = [(name, scored(document)) for name, document in made]
    scores.append(("first projects, each alone", first_projects()))
    report.table(
        ["document", "fields", "offered", "first offer is right", "absurd", "of those not taken"],
        [
            [name, one.fields, one.offered, f"{one.hits / one.fields:.0%}", one.absurd, f"{one.absurd_share:.1%}"]
            for name, one in scores
        ],
    )
    others = [one for _name, one in scores[1:]]
    made_up = [one for name, one in scores if name.startswith("made")]
    hits = sum(one.hits for one in made_up) / sum(one.fields for one in made_up)
    report.target("offers: absurd ones of those not taken, percent", 100 * max(one.absurd_share for one in others), 1)
    report.target("offers: fields of made documents without a right first offer, percent", 100 * (1 - hits), 60)


def real() -> Document:
    """The document that the repository has."""
    return open_document(find_documents(ROOT / "data")[0]).document


def made_document(number: int) -> Document:
    """A document of mostly one kind of work, the same every time."""
    rng = random.Random(number)
    main = _kind_of(number)
    kinds = [main] * _MAIN
    for other in rng.sample([kind for kind in KINDS if kind != main], 2):
        kinds += [other] * _BESIDE
    document = factories.document(projects=0)
    for index, kind in enumerate(kinds):
        document = document.with_record(project_file(f"P{index}"), _project(kind, index, rng))
    return document


def _kind_of(number: int) -> str:
    return list(KINDS)[number % len(KINDS)]


def _project(kind: str, index: int, rng: random.Random) -> Record:
    about = KINDS[kind]
    told = {"place": rng.choice(_PLACES), "many": rng.randint(2, 60), "share": rng.randint(90, 99)}
    rows = [
        {
            Role.LEVEL1: FORM.project.taxonomy.category_of(row[0]), Role.LEVEL2: row[0], Role.NAME: row[1],
            Role.DESCRIPTION: row[2], Role.VALUE: row[3].format(**told), Role.BASIS: row[4],
        }
        for row in about["rows"]
    ]  # fmt: skip
    return factories.project(
        index=index, name=rng.choice(about["names"]).format(**told), purpose=about["purpose"].format(**told),
        goals=[goal.format(**told) for goal in about["goals"]], indicators=rows,
    )  # fmt: skip


def first_projects() -> Score:
    """Every kind's every name, each as the first project of a document: nobody but the templates knows anything."""
    score, rng = Score(), random.Random(0)
    for kind, about in KINDS.items():
        for name in about["names"]:
            record = _project(kind, 0, rng).with_value(("name",), name.format(place=_PLACES[0]))
            scored(factories.document(projects=0).with_record(project_file("P0"), record), score)
    return score


def scored(document: Document, score: Score | None = None) -> Score:
    """Every text of every project's goals and rows, as it is offered when those before it were entered."""
    score = score or Score()
    for file, record in document.projects.items():
        usage = Usage(FORM)
        usage.look_at(document.without(file), lambda _file: set())
        sources = SuggestionSources(form=FORM, usage=usage, templates=shipped_templates(FORM.id))
        others = _absurd_words(FORM, record)
        for before, path, ghost, right in _steps(record):
            best = best_at(sources, before, path, ghost)
            score.add("" if best is None else best.text, right, others)
    return score


def _steps(record: Record) -> Iterator[tuple[Record, tuple[str, ...], Row, str]]:
    """The project as it is before each text of its rows is entered, where that goes, and the text."""
    for group in FORM.project.groups:
        levels = {group.key_of(role) for role in (Role.LEVEL1, Role.LEVEL2)}
        before = _without_rows(record, group.role)
        for row in record.rows(group.key):
            held = {key: value for key, value in row.values.items() if key in levels}
            for column in group.columns:
                text = row.text(column.key)
                if column.key not in levels and text:
                    yield before, (group.key, "+new", column.key), Row(id="+new", values=held), text
                    held = {**held, column.key: text}
            before = before.with_row(group.key, row)


def _without_rows(record: Record, role: GroupRole) -> Record:
    """Goals are entered first; the rows of indicators know them."""
    for group in FORM.project.groups:
        if group.role is role or group.role is GroupRole.INDICATORS:
            for row in record.rows(group.key):
                record = record.without_row(group.key, row.id)
    return record


def _absurd_words(form: Form, record: Record) -> tuple[str, ...]:
    """The words of the kinds that a project's own texts do not speak of."""
    own = "\n".join(record.text(path) for path, _field in form.project.fields(record))
    return tuple(
        word for about in KINDS.values() if not any(word in own for word in about["words"]) for word in about["words"]
    )
