"""Merges of random records, held against the merge's laws, and journals with random damage."""

import random

from hypothesis import HealthCheck, given, seed, settings
from hypothesis.errors import HypothesisException

from perftui.editing.edits import SetValue
from perftui.editing.history import Step
from perftui.files.appendlog import decode_log, encode_record
from perftui.session.journal.entries import replay, step_entry
from perftui.store.json_values import to_json
from tests.property import test_merge_records as laws
from tests.soak.place import in_parts
from tests.soak.suite import Deadline, Suite, Tally

WRONG, INVENTED, GIVEN_UP = "laws broken", "entries invented", "whole entries given up"
_LAWS = (
    laws.test_a_side_that_did_nothing_changes_nothing,
    laws.test_both_sides_are_treated_alike,
    laws.test_the_result_is_a_valid_file,
    laws.test_nothing_that_a_side_made_is_lost,
    laws.test_merging_the_result_again_changes_nothing,
)


def run(number: int, rng: random.Random, over: Deadline) -> Tally:
    """So many merges, each held against every law, and as many damaged journals."""
    tally = Tally("merges")
    tally.expect("cases", WRONG)
    return in_parts(tally, _several, number, rng, over, size=500, at_once=4)


def _several(given_: tuple[int, int]) -> Tally:
    start, size = given_
    tally = Tally("merges")

    @settings(max_examples=size, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @seed(start)
    @given(laws.every_case)
    def each(case: laws.Case) -> None:
        tally.counts["cases"] += 1
        for law in _LAWS:
            law.hypothesis.inner_test(case)  # type: ignore[attr-defined]

    try:
        each()
    except (AssertionError, HypothesisException, LookupError, TypeError, ValueError) as error:
        tally.fail(WRONG, f"seed {start}: {error!r:.2000}")
    return tally


def run_journals(number: int, rng: random.Random, over: Deadline) -> Tally:
    """So many journals of steps, each cut, flipped, zeroed or doubled somewhere."""
    tally = Tally("journals")
    tally.expect("journals", INVENTED, GIVEN_UP)
    entries = [to_json([entry]) for entry in _entries(rng, 12)]
    records = [encode_record(entry) for entry in entries]
    for turn in range(number):
        if turn % 256 == 0 and over():
            break
        damage_once(tally, rng, entries, records)
    return tally


def _entries(rng: random.Random, count: int) -> list[dict[str, object]]:
    made = []
    for number in range(1, count + 1):
        path = ("goals", "7k2fmw", "text")
        edit = SetValue(file="projects/a.toml", path=path, value="补助" * rng.randrange(1, 40))
        step = Step(label="填写", edits=(edit,), inverses=(edit,), at=float(number))
        made.append(step_entry(number, step))
    return made


def damage_once(tally: Tally, rng: random.Random, entries: list[object], records: list[bytes]) -> None:
    """Damage a journal in one place: what lies before and behind comes back, nothing else."""
    log = b"".join(records)
    start = rng.randrange(len(log))
    end = min(len(log), start + rng.choice((1, 1, 8, 64, 700)))
    put = rng.choice((b"", bytes(end - start), rng.randbytes(end - start), log[start:end] * 2, b"\n"))
    if rng.random() < 0.2:
        end, put = len(log), b""
    damaged = log[:start] + put + log[end:]
    found = list(decode_log(damaged).entries)
    tally.counts["journals"] += 1
    at, whole = 0, []
    for entry, record in zip(entries, records, strict=True):
        if at + len(record) <= start or at + 1 > end:  # the line feed ahead belongs to no record
            whole.append(entry)
        at += len(record)
    if any(entry not in entries for entry in found):
        tally.fail(INVENTED, f"{start} {end} {put!r}")
    missing = [entry for entry in whole if entry not in found]
    if missing:
        tally.fail(GIVEN_UP, f"{start} {end} {put!r:.60}")
    replay([entry for block in found for entry in block])


SUITE = Suite(name="merges", what="100,000 three-way merges held against the merge's laws", full=100_000, run=run)
JOURNALS = Suite(name="journals", what="damaged journals", full=100_000, run=run_journals)
